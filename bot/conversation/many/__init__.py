"""One letter to many States: chosen, written, and what became of each."""
