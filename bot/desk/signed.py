"""Letters that are or were open for signing: made of their frozen texts, with the record beside.

What stands in the database is read in the store's own thread (`gathered`); documents are made of it
in any.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.conversation.endorsing.words import nearest
from bot.desk import papers
from bot.desk.record import Signed, record_of, recorded
from bot.signings.final import final_names
from bot.signings.texts import with_names
from bot.signings.values import Status

if TYPE_CHECKING:
    from bot.conversation.talk.effects import SendFiles, SendLetter, SendSigned
    from bot.desk.world import World
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Language, Signatory
    from bot.signings.values import Signing

E = TypeVar("E", "SendLetter", "SendFiles")
RECORD = frozenset({"csv", "sheet", "zip"})


def gathered(world: World, effect: SendSigned, user_id: str, language: Language) -> Signed | None:
    """All that is needed of the database; None where the signing is gone.

    The drafter's own documents have the names of all who have confirmed; those of others only if
    the drafter shows them.
    """
    shelf = world.shelves.signings
    signing = shelf.find(effect.signing_id)
    if signing is None:
        return None
    version = effect.version or signing.version
    own = is_owners(world, signing, user_id)
    keys = tuple(shelf.keys(signing.id, version))
    if not keys:
        return None
    everything = bool(RECORD & set(effect.formats))
    if everything and not own:
        return None
    wanted = keys
    if not everything:
        wanted = (effect.key if effect.key in keys else nearest(keys, signing.language, language),)
    texts = tuple(text for key in wanted if (text := shelf.text(signing.id, version, key)))
    return Signed(
        signing,
        texts,
        names_shown(world, signing, version) if own or signing.shows or signing.closed else (),
        record_of(world, signing, language) if everything else None,
        tuple(
            (number, text)
            for number in range(1, version if "zip" in effect.formats else 1)
            for text in shelf.texts(signing.id, number)
        ),
    )


def is_owners(world: World, signing: Signing, user_id: str) -> bool:
    """Whether the signing is the user's own, or a coalition's of which the user is a member."""
    if signing.owner == user_id:
        return True
    return any(one.coalition == signing.owner for one in world.shelves.coalitions.of(user_id))


def names_shown(world: World, signing: Signing, version: int) -> tuple[Signatory, ...]:
    """Who has confirmed the text that is shown."""
    if version != signing.version:
        return ()
    among = (Status.CONFIRMED, Status.WITHDRAWN)
    return final_names(signing, world.shelves.signings.endorsers(signing.id, among))


def preview(signed: Signed, head: Letterhead | None) -> papers.Preview | None:
    """The letter to look at."""
    return papers.preview(signed.letters[0], head) if signed.letters else None


def files(
    signed: Signed, formats: tuple[str, ...], head: Letterhead | None
) -> tuple[papers.Document, ...]:
    """The files that are asked for."""
    found: list[papers.Document] = []
    for kind in formats:
        if kind in RECORD and signed.record:
            found.append(recorded(signed, signed.record, kind, head))
        elif kind not in RECORD and signed.letters:
            found += papers.files(signed.letters[0], (kind,), head)
    return tuple(found)


def bound(world: World, effect: E) -> E:
    """The effect with the letters as they were signed, where its letter is final.

    What co-signers read stays as it was, whatever the facts or the templates say by now.
    """
    fate = effect.draft.fate
    if not fate.signed:
        return effect
    shelf = world.shelves.signings
    signing = shelf.find(fate.signing)
    if signing is None:
        return effect
    names = names_shown(world, signing, signing.version)
    state = effect.draft.state
    found = (
        shelf.text(signing.id, signing.version, key)
        for key in shelf.keys(signing.id, signing.version)
        if key.partition(".")[0] == state
    )
    letters = tuple(
        with_names(one.letter, names, signing.asks, unsigned=False) for one in found if one
    )
    return replace(effect, signed=letters)
