"""The questions of a letter, one module each; `table` holds them in their order."""
