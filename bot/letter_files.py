"""One letter for the command line: composed from options, as bytes of a format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.documents.page import to_pdf, to_png
from bot.documents.text import to_text
from bot.documents.word import to_docx
from bot.letters.compose import AlreadyParty, Composer, NotParty, Request, default_without
from bot.letters.model import Language, Letter, Purpose, Seat
from bot.reference.loader import places
from bot.resources import LOCALES, TEMPLATES

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.campaign import Campaign
    from bot.letters.model import Signatory, State, Treaty
    from bot.letters.status import Records


def compose(  # noqa: PLR0913 -- one parameter an option
    records: Records,
    *,
    treaty: Treaty,
    also: tuple[Treaty, ...] = (),
    state: State,
    language: Language,
    day: date,
    place: str | None,
    seat: Seat,
    signatories: tuple[Signatory, ...],
    without: frozenset[str] | None,
    source: bool = False,
    purpose: Purpose = Purpose.REQUEST,
    campaign: Campaign | None = None,
) -> Letter | str:
    """The letter, or one line on why there is none."""
    if campaign and (campaign.treaty != treaty.code or also):
        return f"the campaign {campaign.key} is on {campaign.treaty} alone."
    if campaign and language not in campaign.languages:
        return f"the campaign {campaign.key} is in {', '.join(campaign.languages)}."
    left_out = default_without(seat, state) if without is None else without
    request = Request(
        treaty=treaty.code,
        state=state.iso3,
        language=language,
        date=day,
        place=_local(place or ("Geneva" if seat is Seat.GENEVA else "New York"), language),
        seat=seat,
        signatories=signatories,
        also=tuple(one.code for one in also),
        purpose=purpose,
        campaign=campaign.key if campaign else "",
        without=left_out - {"source"} if source else left_out | {"source"},
    )
    result = Composer(
        records, TEMPLATES, LOCALES, {campaign.key: campaign} if campaign else None
    ).compose(request)
    if isinstance(result, Letter):
        return result
    if isinstance(result, AlreadyParty):
        return (
            f"{state.short(Language.EN)} has been party to {treaty.code} since"
            f" {result.standing.party_since}: there is nothing left to ask for."
        )
    if isinstance(result, NotParty):
        return f"{state.short(Language.EN)} is not party to {treaty.code} on {day}."
    return f"{treaty.code} was adopted only on {result.adopted_on}: give that date or a later one."


def files(letter: Letter, kind: str) -> list[bytes]:
    """The letter in the format; a picture for each page, one file for the others."""
    if kind == "png":
        return to_png(letter)
    if kind == "docx":
        return [to_docx(letter)]
    if kind == "pdf":
        return [to_pdf(letter)]
    if kind == "json":
        return [_json(letter)]
    return [to_text(letter).encode()]


def _json(letter: Letter) -> bytes:
    data = {
        "treaties": list(letter.treaties),
        "state": letter.state,
        "language": letter.language,
        "date": letter.date.isoformat(),
        "as_of": letter.as_of.isoformat(),
        "stage": letter.stage,
        "sections": [{"key": s.key, "text": s.text} for s in letter.sections],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _local(place: str, language: Language) -> str:
    wanted = place.strip().casefold()
    for names in places():
        if wanted in [name.casefold() for name in names.values()]:
            return names[language]
    return place.strip()
