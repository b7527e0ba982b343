"""Policy documents, their clauses, and questions answered from them with citations."""
