"""What a letter is. Pure: knows no chat, no database, no file format."""
