"""The finished letter: looked over, changed, handed out."""
