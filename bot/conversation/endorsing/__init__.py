"""Signings: a letter is put to its co-signers, and each says for itself whether it signs."""
