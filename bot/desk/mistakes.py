"""A mistake of ours: the log says where it was, the person is given a reference to that line.

Neither says what was written: the one is told where, the other which.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.conversation.talk.reference import referred
from bot.letters.model import Language
from bot.machine.figures import MISTAKES, count
from bot.machine.logs import where

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.world import World

log = logging.getLogger(__name__)

SIGNS = "BCDFGHJKMNPQRTVWXYZ2346789"
"""None that is taken for another when it is read out or copied, and no vowel to make a word of."""

LENGTH = 8


def reference(pick: Callable[[str], str]) -> str:
    """A new reference, such as K7M2-QX4P; `pick` takes one of the signs by chance."""
    signs = "".join(pick(SIGNS) for _place in range(LENGTH))
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def mistake(world: World, error: BaseException | None) -> str:
    """Put a mistake into the log, and give the reference by which it is found there."""
    found = world.new_reference()
    kind, place = type(error).__name__, where(error)
    said = {"reference": found, "error": kind, "place": place}
    log.error("a mistake of ours, %s: %s in %s", found, kind, place, extra=said)
    count(MISTAKES)
    return found


def sorry(world: World, found: str, user_id: str, language: Language | None) -> str:
    """What the person is told, in the language that they chose."""
    _ = world.translator(_chosen(world, user_id, language))
    line = _("Something went wrong on my side. Your answers are safe: /start goes on.")
    return referred(_, line, found)


def _chosen(world: World, user_id: str, language: Language | None) -> Language:
    try:
        user = world.store.people.load(user_id).user
    except Exception:  # noqa: BLE001 -- what cannot be read may be the very mistake
        return language or Language.EN
    return user.language if user.language_chosen or language is None else language
