"""What stands at the head of a person’s letters."""
