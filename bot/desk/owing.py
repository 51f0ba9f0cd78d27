"""What is owed for an update until it was sent: letters and files, on disk with the update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.draft import Draft
from bot.conversation.talk.effects import SendExport, SendFiles, SendLetter, SendSigned
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect


def to_json(effects: tuple[Effect, ...]) -> Json:
    """The letters and files of a turn, kept until they were sent."""
    owed: list[Json] = []
    for effect in effects:
        if isinstance(effect, SendSigned):
            owed.append(
                {
                    "signing": effect.signing_id,
                    "key": effect.key,
                    "version": effect.version,
                    "formats": list(effect.formats),
                }
            )
        if isinstance(effect, SendExport):
            owed.append({"export": True})
        if not isinstance(effect, SendLetter | SendFiles):
            continue
        one: Json = {"id": effect.draft.id, "draft": effect.draft.to_json()}
        if isinstance(effect, SendLetter):
            one["renews"] = effect.renews
        else:
            one["formats"] = list(effect.formats)
            one["second"], one["beside"] = effect.second, effect.beside
        owed.append(one)
    return {"send": owed} if owed else {}


def effects_from(owed: Json) -> tuple[Effect, ...]:
    """The same, to be sent."""
    effects: list[Effect] = []
    for one in owed.get("send", ()):
        if "signing" in one:
            made = SendSigned(one["signing"], one["key"], one["version"], tuple(one["formats"]))
            effects.append(made)
            continue
        if "export" in one:
            effects.append(SendExport())
            continue
        draft = Draft.from_json(one["id"], one["draft"])
        if "formats" in one:
            second = Language(one["second"]) if one.get("second") else None
            effects.append(
                SendFiles(draft, tuple(one["formats"]), second, one.get("beside", False))
            )
        else:
            effects.append(SendLetter(draft, one.get("renews", False)))
    return tuple(effects)
