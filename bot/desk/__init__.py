"""One update's way: load, turn, save; then the documents and errands that its effects ask for."""

from bot.desk.papers import Document, Preview
from bot.desk.update import Desk, Receipt

__all__ = ["Desk", "Document", "Preview", "Receipt"]
