"""What lives how long, and whose name is meant."""
