"""Home, settings, help, and what is kept of a person."""
