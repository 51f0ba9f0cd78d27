"""The record of a signing: who said what, when, of which text; as a sheet, a table, a ZIP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.endorsing.words import status_names, title
from bot.desk.papers import MIME, Document, as_file, file_stem
from bot.documents.bundle import zipped
from bot.documents.endorsement_sheet import to_sheet
from bot.documents.endorsements import EndorsementRecord, Entry, Frozen, Headings, to_csv
from bot.signings.texts import canonical, with_names

if TYPE_CHECKING:
    from bot.conversation.talk.library import Translator
    from bot.desk.world import World
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Language, Letter, Signatory
    from bot.signings.texts import Text
    from bot.signings.values import Endorser, Signing


@dataclass(frozen=True, slots=True)
class Signed:
    """What the documents of a signing are made of; `texts` are those that are asked for.

    `older` are the texts of earlier versions: somebody may have confirmed one of them.
    """

    signing: Signing
    texts: tuple[Text, ...]
    names: tuple[Signatory, ...]
    record: EndorsementRecord | None
    older: tuple[tuple[int, Text], ...] = ()

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters with their names; marked as drafts until the signing is closed."""
        unsigned = self.signing.closed is None
        return tuple(
            with_names(one.letter, self.names, self.signing.asks, unsigned=unsigned)
            for one in self.texts
        )


def record_of(world: World, signing: Signing, language: Language) -> EndorsementRecord:
    """Everything that was said, in the reader's language."""
    _ = world.translator(language)
    shelf = world.shelves.signings
    return EndorsementRecord(
        title=title(_, world.records, signing),
        asked_by=signing.asks,
        opened=signing.opened,
        closed=signing.closed,
        entries=tuple(_entry(_, one) for one in shelf.endorsers(signing.id)),
        texts=tuple(
            Frozen(version, key.rpartition(".")[2], key.partition(".")[0], digest, made)
            for version, key, digest, made in shelf.made(signing.id)
        ),
        language=language,
        words=_headings(_),
    )


def _entry(_: Translator, one: Endorser) -> Entry:
    shown, standing = one.shown, one.standing
    note = _("deleted by the one who gave it") if one.erased else ""
    if one.after_sending:
        note = _("withdrawn after the letter was sent")
    return Entry(
        organisation=standing.organisation,
        name="" if one.erased else standing.name,
        role=standing.role,
        status=status_names(_)[one.status],
        at=one.at,
        version=shown.version if shown else 0,
        language=shown.language if shown else "",
        digest=shown.digest if shown else "",
        note=note,
    )


def _headings(_: Translator) -> Headings:
    return Headings(
        heading=_("Endorsements of a joint letter"),
        asked_by=_("Asked by"),
        opened=_("Opened"),
        closed=_("Closed"),
        organisation=_("Organization"),
        name=_("Name"),
        role=_("Role"),
        status=_("Status"),
        at=_("Time (UTC)"),
        version=_("Version"),
        language=_("Language"),
        digest=_("SHA-256 of the text"),
        note=_("Note"),
        texts=_("The texts"),
        state=_("State"),
        canonical=_(
            "The SHA-256 is that of the letter’s text without its co-signers, as the files in the "
            "folder “text” have it: anyone can compute it with sha256sum."
        ),
    )


def recorded(
    signed: Signed, record: EndorsementRecord, kind: str, head: Letterhead | None
) -> Document:
    """The sheet, the table, or the letters with both and every text as it was hashed."""
    letters = signed.letters
    first = letters[0]
    stem = f"{first.stem}-{first.date.isoformat()}"
    if kind == "csv":
        return Document(f"{stem}-endorsements.csv", to_csv(record), "text/csv; charset=utf-8")
    if kind == "sheet":
        return Document(f"{stem}-endorsements.pdf", to_sheet(record), MIME["pdf"])
    files = [
        (f"{file_stem(letter)}.{form}", as_file(letter, form, head))
        for letter in letters
        for form in ("docx", "pdf")
    ]
    now = ((signed.signing.version, one) for one in signed.texts)
    files += [
        (f"text/{number}-{one.key}-{one.digest[:8]}.txt", canonical(one.letter).encode())
        for number, one in (*signed.older, *now)
    ]
    files += [("endorsements.pdf", to_sheet(record)), ("endorsements.csv", to_csv(record))]
    return Document(f"{stem}.zip", zipped(files, first.date), MIME["zip"])
