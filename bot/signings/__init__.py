"""Signings (pure): a letter's frozen text, and each co-signer's own word on it."""
