"""The mission book: an office's or a coalition's own directory of those to whom it writes."""
