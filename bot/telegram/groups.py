"""Groups and channels: the bot says once that it works in private, and then nothing any more.

Who types a command there may mean another bot, and a letter that is begun there would be for all to
read. So nothing is taken from there and nothing is answered.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import (
    ChatMember,
    ChatMemberRestricted,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import TelegramError

from bot.letters.model import Language
from bot.storage.errors import StoreError
from bot.telegram.inbound import interface_language

if TYPE_CHECKING:
    from telegram import Update

    from bot.conversation.talk.library import Translator
    from bot.desk import Desk
    from bot.telegram.polling import PatientBot

log = logging.getLogger(__name__)

THERE = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})


@dataclass(frozen=True, slots=True)
class Group:
    """Where the bot was added; the language is that of whoever added it: a group has none."""

    chat_id: int
    language: Language


async def elsewhere(desk: Desk, bot: PatientBot, update: Update) -> None:
    """What is in no private chat: a group that the bot was added to is told so once."""
    group = group_joined(update)
    try:
        if group is None or not desk.store.updates.is_first("group", group.chat_id):
            return
    except StoreError as error:
        log.error("an update could not be saved: %s", error)  # noqa: TRY400 -- one line
        return
    finally:
        bot.saved(update.update_id)
    await greet(bot, desk.translator(group.language), group)


def group_joined(update: Update) -> Group | None:
    """The group or channel that the bot has just come into; None for every other update."""
    moved = update.my_chat_member
    if moved is None or getattr(moved.chat, "type", "private") == "private":
        return None
    if _is_there(moved.old_chat_member) or not _is_there(moved.new_chat_member):
        return None
    language = interface_language(getattr(moved.from_user, "language_code", "")) or Language.EN
    return Group(moved.chat.id, language)


def _is_there(member: ChatMember | None) -> bool:
    """The library takes a field that is missing for None, whatever its types say."""
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member)
    return member is not None and member.status in THERE


async def greet(bot: PatientBot, _: Translator, group: Group) -> None:
    """The one message; where the bot may not write, there is none."""
    button = InlineKeyboardButton(_("Open the private chat"), url=f"https://t.me/{bot.username}")
    text = _(
        "I help to write letters to Permanent Missions, and I work in private chats only. Here I "
        "answer nothing and keep nothing: to begin, please write to me in private."
    )
    try:
        await bot.send_message(group.chat_id, text, reply_markup=InlineKeyboardMarkup([[button]]))
    except TelegramError as error:
        log.info("a group could not be told: %s", type(error).__name__)
