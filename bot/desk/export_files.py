"""The documents of an export: one piece of work each, made in the workshop.

What stands in the database is read when the pieces are named, in the store's own thread.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.conversation.talk.draft import Fate, signatories_from_json
from bot.conversation.talk.effects import SendFiles, SendSigned
from bot.conversation.talk.names import way_names
from bot.desk import signed
from bot.desk.papers import as_file, file_stem
from bot.documents.endorsement_sheet import to_sheet
from bot.documents.endorsements import to_csv
from bot.documents.inert import inert
from bot.documents.parcel import safe
from bot.signings.texts import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.conversation.many.kept import Job
    from bot.conversation.talk.draft import Draft, Json
    from bot.desk.making import Maker
    from bot.desk.record import Signed
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Language

TEXT, LIST, HEAD, RECORD, PDF, WORD = range(6)
"""The ranks of documents: where there is no room for all, the last of these are left out first."""

RANKS = {"txt": TEXT, "pdf": PDF, "docx": WORD}


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that is still to be made; what is made is empty where there is no such file."""

    rank: int
    name: str
    make: Callable[[], bytes]


def pieces(
    maker: Maker, owner: str, user_id: str, language: Language, content: Json
) -> Iterator[Piece]:
    """The documents of what belongs to an owner, of whom `content` holds all that is kept."""
    head, drafts = maker.shelves.letterheads.of(owner), maker.shelves.drafts.of(owner)
    for number, draft in enumerate(reversed(drafts), start=1):
        yield from _letter(maker, number, draft, head)
    for number, one in enumerate(content.get("sets", ()), start=1):
        rows = [(s.name, s.role, s.organisation) for s in signatories_from_json(one["signatories"])]
        name = f"sets/{number:02d}-{safe(one['name'])}.csv"
        yield Piece(LIST, name, partial(_set, maker, language, rows))
    for number, job in enumerate(reversed(maker.shelves.jobs.of(owner)), start=1):
        about = "-".join((job.draft.treaty or job.draft.campaign, *job.draft.also))
        name = f"letters-to-many/{number:02d}-{safe(about)}.csv"
        yield Piece(LIST, name, partial(_many, maker, language, job, drafts))
    if head and head.word:
        yield Piece(HEAD, "letterhead/letterhead.docx", partial(bytes, head.word))
    if head and head.logo:
        yield Piece(HEAD, f"letterhead/logo.{head.logo.kind}", partial(bytes, head.logo.data))
    for number, signing in enumerate(reversed(maker.shelves.signings.of(owner)), start=1):
        wanted = SendSigned(signing.id, formats=("zip",))
        found = signed.gathered(maker, wanted, user_id, language)
        if found:
            yield from _signing(number, found, head)


def _letter(maker: Maker, number: int, draft: Draft, head: Letterhead | None) -> Iterator[Piece]:
    """A letter in its formats; one that is not finished is none yet."""
    if not draft.is_complete or draft.date is None:
        return
    about = (draft.treaty or draft.campaign, draft.state, draft.language, draft.date)
    stem = f"letters/{number:03d}-{safe('-'.join(map(str, about)))}"
    effect = signed.bound(maker, SendFiles(draft, ()))
    for kind, rank in RANKS.items():
        made = partial(_made, maker, replace(effect, formats=(kind,)), head)
        yield Piece(rank, f"{stem}.{kind}", made)


def _made(maker: Maker, effect: SendFiles, head: Letterhead | None) -> bytes:
    found = maker.files(effect, head)
    return found[0].data if found else b""


def _signing(number: int, found: Signed, head: Letterhead | None) -> Iterator[Piece]:
    """What was put to co-signers, what they said, and the letter of those who confirmed."""
    folder = f"signings/{number:02d}-{safe(found.letters[0].stem)}"
    now = ((found.signing.version, one) for one in found.texts)
    for version, text in (*found.older, *now):
        name = f"{folder}/text/{version}-{safe(text.key)}-{text.digest[:8]}.txt"
        yield Piece(RECORD, name, partial(lambda letter: canonical(letter).encode(), text.letter))
    if found.record:
        yield Piece(LIST, f"{folder}/endorsements.csv", partial(to_csv, found.record))
        yield Piece(RECORD, f"{folder}/endorsements.pdf", partial(to_sheet, found.record))
    for letter in found.letters:
        for kind in ("pdf", "docx"):
            name = f"{folder}/{safe(file_stem(letter))}.{kind}"
            yield Piece(RANKS[kind], name, partial(as_file, letter, kind, head))


def _set(maker: Maker, language: Language, rows: Iterable[tuple[str, ...]]) -> bytes:
    _ = maker.translator(language)
    return _table([(_("Name"), _("Role"), _("Organization")), *rows])


def _many(maker: Maker, language: Language, job: Job, drafts: Iterable[Draft]) -> bytes:
    """To whom the letters went, and what became of each: of one that was opened, its draft says."""
    _, opened = maker.translator(language), {draft.id: draft.fate for draft in drafts}
    ways, states = way_names(_), maker.records.states
    heads = (_("State"), _("Code"), _("Language"), _("Sent on"), _("Sent by"), _("Answered on"))
    rows = [heads]
    for target in job.targets:
        known = job.fates.get(target.key, Fate())
        fate = opened.get(job.opened.get(target.key, ""), known)
        state = states.get(target.state)
        rows.append(
            (
                *(state.short(language) if state else "", target.state, target.language),
                str(fate.sent_on or ""),
                ways[fate.sent_by] if fate.sent_by else "",
                str(fate.answered_on or ""),
            )
        )
    return _table(rows)


def _table(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Rows as CSV that any spreadsheet opens, and in which none finds a formula."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([inert(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
