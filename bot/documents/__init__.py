"""A letter as bytes: text, DOCX, PDF and the picture of its page."""
