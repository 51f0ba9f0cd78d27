"""What lives how long, and whose name is meant: pure, and known to every layer."""
