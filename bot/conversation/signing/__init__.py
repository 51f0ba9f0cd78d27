"""Who signs: the co-signers of a letter, and saved sets of them."""
