"""A mistake of ours: the log says where it was, the person is given a reference to that line.

Neither says what was written: the one is told where, the other which.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.talk.reference import referred
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.world import World

log = logging.getLogger(__name__)

SIGNS = "BCDFGHJKMNPQRTVWXYZ2346789"
"""None that is taken for another when it is read out or copied, and no vowel to make a word of."""

LENGTH = 8
OURS = Path(__file__).parents[1]


def reference(pick: Callable[[str], str]) -> str:
    """A new reference, such as K7M2-QX4P; `pick` takes one of the signs by chance."""
    signs = "".join(pick(SIGNS) for _place in range(LENGTH))
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def mistake(world: World, error: BaseException | None) -> str:
    """Put a mistake into the log, and give the reference by which it is found there."""
    found = world.new_reference()
    log.error("a mistake of ours, %s: %s in %s", found, type(error).__name__, where(error))
    return found


def where(error: BaseException | None) -> str:
    """The last place of ours that the error came from, and the last of all if it is another."""
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    ours = [one for one in frames if Path(one.filename).is_relative_to(OURS)]
    last = (ours[-1:] or frames[-1:]) + [one for one in frames[-1:] if one not in ours[-1:]]
    names = [f"{_module(one.filename)}:{one.lineno} {one.name}" for one in last]
    return " > ".join(dict.fromkeys(names)) or "?"


def _module(filename: str) -> str:
    """A module's name, without the folder that the program stands in."""
    path = Path(filename).with_suffix("")
    if not path.is_relative_to(OURS):
        return path.name
    return ".".join(path.relative_to(OURS.parent).parts)


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
