"""The words of a letter, section by section, and their translation."""
