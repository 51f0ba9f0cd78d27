"""The buttons below an invitation: to share it in Telegram, and to copy its link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

if TYPE_CHECKING:
    from bot.conversation.talk.effects import SendInvitation
    from bot.conversation.talk.library import Translator

SHARE = "https://t.me/share/url"
"""Telegram's own page that offers whom to send a link to."""


def invitation_keyboard(_: Translator, effect: SendInvitation) -> InlineKeyboardMarkup | None:
    """None where there is no link that Telegram could take."""
    if not effect.link.startswith("https://"):
        return None
    shared = urlencode({"url": effect.link, "text": effect.subject})
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(_("Share in Telegram"), url=f"{SHARE}?{shared}")],
            [InlineKeyboardButton(_("Copy the link"), copy_text=CopyTextButton(effect.link))],
        ]
    )
