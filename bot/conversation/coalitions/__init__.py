"""Coalitions: people who write letters together, and what each of them may do."""
