"""Others against what is somebody's own, and words that mean something to a program."""
