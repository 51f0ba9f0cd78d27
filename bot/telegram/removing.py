"""Taking messages out of a chat, many with one call."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden, TelegramError

if TYPE_CHECKING:
    from telegram import Bot

log = logging.getLogger(__name__)

TOGETHER = 100
"""So many messages Telegram deletes at once."""


async def removed(bot: Bot, chat_id: int, messages: tuple[int, ...]) -> bool:
    """Take messages away with few calls; whether they have gone, or are too old to go.

    One that is too old may keep the others: then each is asked for alone.
    """
    for start in range(0, len(messages), TOGETHER):
        some = messages[start : start + TOGETHER]
        try:
            await bot.delete_messages(chat_id, some)
        except BadRequest:
            log.debug("an old message could not be removed")
            for one in some if len(some) > 1 else ():
                with suppress(BadRequest):
                    await bot.delete_message(chat_id, one)
        except Forbidden:
            raise
        except TelegramError:
            return False
    return True
