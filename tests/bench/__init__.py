"""Measurements: `python -m tests.bench` prints medians, spreads and ratios."""
