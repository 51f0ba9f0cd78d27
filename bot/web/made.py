"""What a page that is opened again shows as before: the letter, and the files made in that tab.

The tab keeps which files there were: the letter's id, formats, languages, and no word of a text.
They are made anew of the letter as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.subjects import page_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import SendFiles, SendLetter
from bot.letters.model import Language, Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.effects import Effect
    from bot.desk import Desk

MOST = 8
"""So many files, or sets of files, are shown again, the latest."""

_ALONE = frozenset({"docx", "pdf", "png", "txt", "eml"})
_OF_TWO = frozenset({"docx", "pdf"})
_PARTS = 4


def made_of(effect: SendFiles) -> str:
    """The files in a word, for `again`: "draft001:docx+pdf:fr:beside"."""
    layout = "beside" if effect.beside else ""
    return ":".join((effect.draft.id, "+".join(effect.formats), effect.second or "", layout))


def again(desk: Desk, user_id: str, made: Iterable[str]) -> tuple[Effect, ...]:
    """The letter where the user stands on one of its screens, and files by their words.

    Whatever is no such word, or names a letter that is not the user's, brings nothing. Raises
    `StoreError`.
    """
    session = desk.store.people.load(user_id)
    if session.leaving:
        return ()
    context = Context.of(session, desk)
    draft, own = session.draft, {one.id: one for one in desk.shelves.drafts.of(context.owner)}
    effects: list[Effect] = []
    if draft and draft.is_complete and page_of(context).of_draft:
        effects.append(SendLetter(draft))
    for word in list(dict.fromkeys(made))[-MOST:]:
        parts = word.split(":")
        found = own.get(parts[0])
        if len(parts) != _PARTS or found is None or not found.is_complete:
            continue
        if not isinstance(context.compose(found), Letter):
            continue  # the State has joined since: there is no such letter any more
        formats, second = tuple(parts[1].split("+")), parts[2]
        known = set(formats) <= (_OF_TWO if second else _ALONE)
        if known and len(set(formats)) == len(formats) and second in {"", *Language}:
            both = Language(second) if second else None
            effects.append(SendFiles(found, formats, both, beside=parts[3] == "beside"))
    return tuple(effects)
