"""Ledgers of records (xlsx, xls, ods, csv): a table kept by hand -> records, and every row that was not understood."""
