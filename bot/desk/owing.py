"""What is owed for an update until it was sent: letters, files and texts, on disk with the update.

Not what holds a link: a link is a secret that is not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.draft import Draft
from bot.conversation.talk.effects import (
    SendChart,
    SendExport,
    SendFiles,
    SendLetter,
    SendNotes,
    SendSigned,
    SendTemplate,
    SendText,
    Show,
)
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect


FILES = SendFiles | SendSigned | SendTemplate | SendNotes | SendExport
OWED = FILES | SendLetter | SendText | SendChart
"""What is owed until it was sent, but for a text with a link."""


def is_owed(effect: Effect) -> bool:
    """Whether it is owed until it was sent."""
    return isinstance(effect, OWED) and not (isinstance(effect, SendText) and effect.secret)


def screen_owed(effects: tuple[Effect, ...], update: tuple[str, int] | None) -> int:
    """For which update the screen is owed with a turn: negative where it is a message of its own.

    1 stands for no update, 0 for no screen.
    """
    shows = [effect for effect in effects if isinstance(effect, Show)]
    if not shows:
        return 0
    number = update[1] if update else 1
    below = any(one.below for one in shows) or any(map(is_owed, effects))
    return -number if below else number


def to_json(effects: tuple[Effect, ...]) -> Json:
    """What of a turn is kept until it was sent."""
    owed = [_one(effect) for effect in effects if is_owed(effect)]
    return {"send": owed} if owed else {}


def _one(effect: Effect) -> Json:
    match effect:
        case SendSigned():
            return {
                "signing": effect.signing_id,
                "key": effect.key,
                "version": effect.version,
                "formats": list(effect.formats),
            }
        case SendLetter():
            one = {"id": effect.draft.id, "draft": effect.draft.to_json()}
            return {**one, "renews": effect.renews}
        case SendFiles():
            one = {"id": effect.draft.id, "draft": effect.draft.to_json()}
            return {
                **one,
                "formats": list(effect.formats),
                "second": effect.second,
                "beside": effect.beside,
            }
        case SendExport():
            return {"export": True}
        case SendText(text):
            return {"text": text}
        case SendChart(state, treaty):
            return {"chart": [state, treaty]}
        case SendTemplate(language):
            return {"template": language}
        case SendNotes(name, text):
            return {"notes": [name, text]}
    raise TypeError(effect)


def effects_from(owed: Json) -> tuple[Effect, ...]:
    """The same, to be sent."""
    return tuple(map(_effect_from, owed.get("send", ())))


def _effect_from(one: Json) -> Effect:
    match one:
        case {"signing": signing_id}:
            return SendSigned(signing_id, one["key"], one["version"], tuple(one["formats"]))
        case {"export": _}:
            return SendExport()
        case {"text": text}:
            return SendText(text)
        case {"chart": [state, treaty]}:
            return SendChart(state, treaty)
        case {"template": language}:
            return SendTemplate(Language(language))
        case {"notes": [name, text]}:
            return SendNotes(name, text)
    draft = Draft.from_json(one["id"], one["draft"])
    if "formats" in one:
        second = Language(one["second"]) if one.get("second") else None
        return SendFiles(draft, tuple(one["formats"]), second, one.get("beside", False))
    return SendLetter(draft, one.get("renews", False))
