"""A policy document or its interpretation (docx, html, txt, pdf) -> metadata and clauses; nothing is saved."""
