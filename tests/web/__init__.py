"""Tests of the page on this computer: its address, and the page itself in a real browser."""
