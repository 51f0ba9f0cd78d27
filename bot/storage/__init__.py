"""SQLite through sqlite-utils: the only SQL in the house."""
