"""One letter for the command line: composed from options, as bytes of a format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.commands.addressing import completed
from bot.documents.page import to_pdf, to_png
from bot.documents.text import to_text
from bot.documents.word import to_docx
from bot.letters.campaign import To
from bot.letters.compose import Composer, default_without
from bot.letters.layout import USUAL
from bot.letters.model import NOBODY, Kind, Language, Letter, Office, Purpose
from bot.letters.request import (
    AlreadyParty,
    BeforeAdoption,
    NoCampaign,
    NoStatus,
    NotAddressed,
    NotInLanguage,
    NotOpen,
    NotParty,
    NotThere,
    OutOfReach,
    Request,
)
from bot.letters.signatories import clean
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.commands.addressing import Addressed
    from bot.letters.campaign import Campaign
    from bot.letters.layout import Layout
    from bot.letters.mission_book import Entry
    from bot.letters.model import Signatory, State
    from bot.letters.request import OfCampaign, Refusal
    from bot.letters.status import Records
    from bot.letters.treaties import Treaty


def compose(  # noqa: PLR0913 -- one parameter an option
    records: Records,
    *,
    treaty: Treaty | None,
    also: tuple[Treaty, ...] = (),
    state: State,
    language: Language,
    day: date,
    place: str | None,
    whom: Addressed,
    signatories: tuple[Signatory, ...],
    without: frozenset[str] | None,
    source: bool = False,
    purpose: Purpose = Purpose.REQUEST,
    campaign: Campaign | None = None,
    undated: bool = False,
    entry: Entry | None = None,
    layout: Layout = USUAL,
) -> Letter | str:
    """The letter, or one line on why there is none."""
    code = treaty.code if treaty else ""
    if campaign and (campaign.treaty != code or also):
        on = f"on {campaign.treaty} alone" if campaign.treaty else "on no treaty: leave it out"
        return f"the campaign {campaign.key} is {on}."
    if campaign and campaign.asks_otherwise and purpose is Purpose.CONGRATULATION:
        return f"the campaign {campaign.key} does not ask a State to join: there is no thanking."
    if campaign and language not in campaign.languages:
        return f"the campaign {campaign.key} is in {', '.join(campaign.languages)}."
    addressed = completed(whom, state)
    if isinstance(addressed, str):
        return addressed
    seat, city = addressed.office, _local(addressed.city, language)
    place = clean(place or "")[0] or _written_at(addressed)
    left_out = default_without(seat, state) if without is None else without
    request = Request(
        treaty=code,
        state=state.iso3,
        language=language,
        date=day,
        place=_local(place, language),
        seat=seat,
        signatories=signatories,
        also=tuple(one.code for one in also),
        purpose=purpose,
        campaign=campaign.key if campaign else "",
        without=left_out - {"source"} if source else left_out | {"source"},
        undated=undated,
        address=addressed.address,
        addressee=entry.addressee if entry and whom.addressee == NOBODY else addressed.addressee,
        city=city,
        street="\n".join(entry.lines) if entry else "",
        to=entry.email if entry else "",
        layout=layout,
    )
    result = Composer(
        records, TEMPLATES, LOCALES, {campaign.key: campaign} if campaign else None
    ).compose(request)
    if isinstance(result, Letter):
        return result
    return _refused(result, code, state, day)


def _written_at(whom: Addressed) -> str:
    """The city of a mission or an embassy; of another office, Geneva."""
    return whom.city or ("New York" if whom.office is Office.NEW_YORK else "Geneva")


def _refused(refusal: Refusal, treaty: str, state: State, day: date) -> str:
    """Why there is no such letter, in a sentence that says what would work."""
    name = state.short(Language.EN)
    match refusal:
        case AlreadyParty(standing):
            return (
                f"{name} joined {treaty} on {standing.acted_on} ({standing.action}): there is"
                " nothing left to ask for."
            )
        case NoStatus(code):
            return (
                f"{code}: it is not known yet which States have joined. Save its page at"
                " treaties.un.org and run “demarche treaties import” on it."
            )
        case NotParty():
            return f"{treaty}, {name}: not party on {day}, as far as the facts know."
        case NotOpen(code, article):
            return (
                f"{code} is open to Members of the United Nations only ({article}). {name}: not a"
                " Member. Choose another State or treaty."
            )
        case NotThere(admitted_on):
            return (
                f"{name}: {_to_the_un(state)} only since {admitted_on}. Give that date or a later"
                " one."
            )
        case OutOfReach(last):
            return f"a letter is dated no later than {last}."
        case BeforeAdoption(adopted_on):
            return f"{treaty} was adopted only on {adopted_on}: give that date or a later one."
        case _:
            return _refused_by_campaign(refusal, treaty, name)


def _refused_by_campaign(refusal: OfCampaign, treaty: str, name: str) -> str:
    match refusal:
        case NotAddressed(to, _standing, listed):
            return f"{name}: {_not_addressed(to, treaty, listed=listed)}"
        case NotInLanguage(languages):
            return f"the campaign is in {', '.join(languages)}."
        case NoCampaign(key):
            return f"the campaign {key or '(none)'} is not there: see “demarche campaigns check”."


def _not_addressed(to: To, treaty: str, *, listed: bool) -> str:
    if listed:
        return "the campaign writes to other States, which its campaign.toml names."
    if to is To.PARTIES:
        return f"not a party to {treaty} on that date; the campaign writes to parties."
    if to is To.SIGNATORIES:
        return (
            f"not one of those that have signed {treaty} and not ratified it by that date; the"
            " campaign writes to these."
        )
    return "the campaign does not write to it."


def _to_the_un(state: State) -> str:
    member = state.kind is Kind.MEMBER
    return "a Member of the United Nations" if member else "an observer State of the United Nations"


def _why_dropped(records: Records, letter: Letter, code: str) -> str:
    treaty = records.treaties[code]
    if not records.has_status(code):
        return "no page with its status was imported yet"
    if treaty.adopted_on > letter.date:
        return f"adopted only on {treaty.adopted_on}"
    if not records.is_open(code, letter.state):
        return f"open to Members of the United Nations only ({treaty.members_only})"
    return "joined already"


def notes(letter: Letter, records: Records, asked: Sequence[str]) -> list[str]:
    """What whoever asked for those treaties should know of the letter that came of it."""
    state = records.states[letter.state].short(Language.EN)
    found = [
        f"{code}: {_why_dropped(records, letter, code)}, so the letter does not ask for it"
        for code in asked
        if code not in letter.treaties
    ]
    for code in letter.treaties:
        parent = records.lacking(code, letter.state, letter.date)
        condition = records.treaties[code].condition
        if parent in letter.treaties and parent not in asked and condition:
            found.append(
                f"{state} has to join {parent} before {code} ({code}, {condition.article}): the"
                " letter asks for both, in that order"
            )
    return found


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
        **({"campaign": letter.campaign} if letter.campaign else {}),
        "state": letter.state,
        "language": letter.language,
        "date": letter.date.isoformat(),
        "as_of": letter.as_of.isoformat(),
        "stage": letter.stage,
        "sections": [{"key": s.key, "text": s.text} for s in letter.sections],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _local(place: str, language: Language) -> str:
    wanted = place.casefold()
    for names in places():
        if wanted in [name.casefold() for name in names.values()]:
            return names[language]
    return place
