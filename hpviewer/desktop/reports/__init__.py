"""The area of the annual report: its tables as the official form, findings, figures, charts, comparison."""
