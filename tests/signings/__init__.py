"""What a signing is, and what may be said in it."""
