"""States, treaties and status: the shipped facts, their loader, and the search for a State."""
