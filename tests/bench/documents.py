"""Measures 1 and 2: the documents of a letter, and its page against bare Typst."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from bot.commands.signatory_files import signatories_in
from bot.documents.page import FONTS, first_page, set_page, to_pdf, to_png
from bot.documents.page import _data as data_of  # the same page, which is the point
from bot.documents.text import to_text
from bot.documents.word import to_docx
from bot.letters.compose import Composer, default_without
from bot.letters.model import Language, Letter, Office, Signatory
from bot.letters.request import Request
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.bench.figures import ratio, say, single, spread, timed
from tests.world import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.figures import Plan

CO_SIGNERS = Path(__file__).parents[1] / "data" / "signatories_2010.csv"


def co_signers() -> tuple[Signatory, ...]:
    """The eleven of 2010."""
    found = signatories_in(CO_SIGNERS.name, CO_SIGNERS.read_bytes())
    if isinstance(found, str):
        raise TypeError(found)
    return found


WARM_UP = 5
DOCUMENTS_MS = 35
PAGE_RATIO = 1.5
MANY_MS = 500

_composer = Composer(load(), TEMPLATES, LOCALES)
_serial = itertools.count(1)


def requests_of_2010() -> Iterator[Request]:
    """The letter of 2010 to Guyana, each time with another first co-signer: no cache has it."""
    first, *others = co_signers()
    guyana = load().states["GUY"]
    for number in _serial:
        yield Request(
            treaty="OPSC",
            state=guyana.iso3,
            language=Language.EN,
            date=date(2010, 7, 26),
            place="Geneva",
            seat=Office.GENEVA,
            signatories=(replace(first, name=f"{first.name} {number}"), *others),
            without=default_without(Office.GENEVA, guyana),
        )


def mixed_requests() -> Iterator[Request]:
    """Letters to different States on different treaties in turn through the three languages."""
    signatories = co_signers()
    records = load()
    languages = itertools.cycle(Language)
    lists = [records.not_party(code, TODAY) for code in records.treaties]
    for row in itertools.zip_longest(
        *(
            [(code, state) for state, _ in states]
            for code, states in zip(records.treaties, lists, strict=True)
        )
    ):
        for treaty, state in filter(None, row):
            yield Request(
                treaty=treaty,
                state=state.iso3,
                language=next(languages),
                date=TODAY,
                place="Geneva",
                signatories=signatories,
                without=default_without(Office.GENEVA, state),
            )


def composed(request: Request) -> Letter:
    """The letter; every request here has one."""
    letter = _composer.compose(request)
    if not isinstance(letter, Letter):
        raise TypeError(request)
    return letter


PARTS: dict[str, Callable[[Letter], object]] = {
    "text": to_text,
    "DOCX": to_docx,
    "PDF": to_pdf,
    "PNG, 100 ppi, of the page as it was set": to_png,
}


def documents(plan: Plan) -> None:
    """Measure 1."""
    say("1  Documents of the OPSC letter of 2010 to Guyana, 11 co-signers, English (warm)")
    requests = requests_of_2010()
    _, first = timed(lambda: _all_parts(composed(next(requests))))
    for request in itertools.islice(requests, WARM_UP):
        _all_parts(composed(request))
    rounds = plan.rounds(200, 30)
    composing, parts, totals = _measured(itertools.islice(requests, rounds))
    spread("text + DOCX + PDF + PNG", totals, "ms", DOCUMENTS_MS)
    for name, samples in parts.items():
        spread(f"  {name}", samples, "ms")
    spread("composing (beside it)", composing, "ms")
    _many()
    single("first letter of this process, composing too", first, "ms")
    _, _, mixed = _measured(itertools.islice(mixed_requests(), rounds))
    spread("the four, other State, treaty, language each", mixed, "ms")


def _many() -> None:
    """As many co-signers as there may be, each time others."""
    request = next(requests_of_2010())
    pages: list[float] = []
    pictures: list[float] = []
    for turn in range(5):
        names = (f"A. Example {turn}-{number}" for number in range(1000))
        signatories = tuple(Signatory(name, "Example Organisation for Children") for name in names)
        letter = composed(replace(request, signatories=signatories))
        pages.append(timed(lambda letter=letter: to_pdf(letter))[1])  # type: ignore[misc]
        pictures.append(timed(lambda letter=letter: first_page(letter))[1])  # type: ignore[misc]
    spread("PDF of 1,000 co-signers in columns", pages, "ms", MANY_MS)
    spread("picture of its first page", pictures, "ms")


def page(plan: Plan) -> None:
    """Measure 2."""
    say("2  The PDF through bot.documents.page against a bare typst compile of the same page")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(TEMPLATES / "page.typ", root=TEMPLATES, font_paths=fonts)

    def bare(letter: Letter) -> bytes:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"letter": data_of(letter, None)},
            pdf_standards="ua-1",
            timestamp=datetime.combine(letter.date, time(12), tzinfo=UTC),
        )
        if not isinstance(pdf, bytes):
            raise TypeError(type(pdf).__name__)
        return pdf

    requests = requests_of_2010()
    for request in itertools.islice(requests, WARM_UP):
        letter = composed(request)
        if bare(letter) != set_page(letter).pdf:
            message = "the two do not set the same page"
            raise RuntimeError(message)
    ours: list[float] = []
    bares: list[float] = []
    for number in range(plan.rounds(200, 30)):
        one, other = composed(next(requests)), composed(next(requests))
        for turn in (0, 1):
            if (number + turn) % 2:
                ours.append(timed(lambda one=one: to_pdf(one))[1])  # type: ignore[misc]
            else:
                bares.append(timed(lambda other=other: bare(other))[1])  # type: ignore[misc]
    spread("bot.documents.page", ours, "ms")
    spread("bare typst", bares, "ms")
    ratio("ratio", ours, bares, PAGE_RATIO)


def _all_parts(letter: Letter) -> None:
    for make in PARTS.values():
        make(letter)


def _measured(
    requests: Iterator[Request],
) -> tuple[list[float], dict[str, list[float]], list[float]]:
    composing: list[float] = []
    parts: dict[str, list[float]] = {name: [] for name in PARTS}
    totals: list[float] = []
    for request in requests:
        letter, took = timed(lambda request=request: composed(request))  # type: ignore[misc]
        composing.append(took)
        total = 0.0
        for name, make in PARTS.items():
            _, took = timed(lambda make=make, letter=letter: make(letter))  # type: ignore[misc]
            parts[name].append(took)
            total += took
        totals.append(total)
    return composing, parts, totals
