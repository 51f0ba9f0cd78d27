"""The pages of those who are asked to sign: they need no account, and no JavaScript."""
