"""Where States stand: shown, renewed, and what has changed for one’s letters."""
