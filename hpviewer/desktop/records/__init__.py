"""The records: table, detail of one record, and what is said when none is found."""
