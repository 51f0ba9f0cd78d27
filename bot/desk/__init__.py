"""One update's way: load, turn, save; then the documents and errands that its effects ask for."""

from bot.desk.papers import Document, Preview
from bot.desk.receipt import Receipt
from bot.desk.update import Desk

__all__ = ["Desk", "Document", "Preview", "Receipt"]
