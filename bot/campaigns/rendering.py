"""Rendering a campaign's letter for every stage, in every language, on days around its calendar."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, product
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from bot.letters import facts as facts_of
from bot.letters.asked import STAGES, given_of
from bot.letters.campaign import TEMPLATE
from bot.letters.compose import Composer
from bot.letters.model import (
    BODY_KEYS,
    Addressee,
    Gender,
    Language,
    Letter,
    Office,
    Purpose,
    Signatory,
)
from bot.letters.offices import ranks_of
from bot.letters.own_words import MAX_TEXT
from bot.letters.request import Request
from bot.letters.status import Act
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from bot.reference.written import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.letters.campaign import Campaign
    from bot.letters.model import Section, State
    from bot.letters.status import Records
    from bot.letters.treaties import Treaty

ONE, TWO = Signatory("A. Example"), Signatory("B. Example", "Example Organisation")
OFFICES = (
    Office.GENEVA,
    Office.MINISTRY,
    Office.NEW_YORK,
    Office.HEAD_OF_STATE,
    Office.GENEVA,
    Office.EMBASSY,
    Office.HEAD_OF_GOVERNMENT,
)
"""So many that every State has a turn with each; letters go to missions more often."""

LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\(|\bNone\b(?! of\b)|\bUndefined\b|‹|object at 0x")
GLUED = {
    Language.FR: re.compile(r"\b(?:de|à) les? (?!\w+(?:er|ir|re)\b)\w+"),
    Language.ES: re.compile(r"\b(?:de|a) el \w+"),
}


@dataclass(frozen=True, slots=True)
class _Stage:
    """A State's acts, as they would be on a stage; `purpose` is what it may be written for."""

    name: str
    acts: tuple[Act, ...]
    purpose: Purpose = Purpose.REQUEST


def _stages(treaty: Treaty) -> tuple[_Stage, ...]:
    """Every stage a State may be on, a few days after the adoption on."""
    soon = treaty.adopted_on + timedelta(days=5)
    later = treaty.adopted_on + timedelta(days=10)
    kinds = ("ratification", "accession", "succession", "acceptance", "approval")
    return (
        _Stage("neither signed nor ratified", ()),
        _Stage("signed", (Act(soon),)),
        _Stage("succeeded to the signature", (Act(soon, by_succession=True),)),
        _Stage("withdrew", (Act(action="accession", acted_on=soon, withdrawn_on=later),)),
        *(
            _Stage(f"party by {kind}", (Act(action=kind, acted_on=later),), Purpose.CONGRATULATION)
            for kind in kinds
        ),
    )


def _days(treaty: Treaty) -> list[date]:
    """Days on which a letter says something else, around anniversaries."""
    start, force = treaty.adopted_on, treaty.entry_into_force
    tenth = date(start.year + 10, start.month, min(start.day, 28))
    days = {
        start + timedelta(days=20),
        (force or start) + timedelta(days=20),
        tenth,
        tenth - timedelta(days=40),
        tenth + timedelta(days=40),
        date(start.year + 12, start.month, 15),
        date(2026, 3, 2),
    }
    return sorted(day for day in days if day > start + timedelta(days=11))


FEW = 6
"""Of so many days of a campaign each is looked at on every stage; of more the stages take turns."""


def _occasions(campaign: Campaign, treaty: Treaty) -> Iterator[tuple[_Stage, date]]:
    """Every stage and every day; congratulations, which tell no anniversary, on two."""
    stages, days = _stages(treaty), _days(treaty)
    asking = [stage for stage in stages if stage.purpose is Purpose.REQUEST]
    thanking = [stage for stage in stages if stage.purpose is Purpose.CONGRATULATION]
    own = sorted({moment.day for moment in (*campaign.events, *campaign.milestones)})
    yield from product(asking, days)
    yield from product(thanking, days[-1:])
    if own:
        after = own[-1] + timedelta(days=1)
        yield from product(stages, (own[0], after))
    if len(own) <= FEW:
        beside = {day + timedelta(days=1) for day in own}
        yield from product(asking, sorted({*own, *beside}))
    else:
        yield from zip(cycle(stages), own, strict=False)


def _samples(campaign: Campaign) -> Iterator[tuple[_Stage, Records, Request]]:
    """Letters of every stage, day and language; whom they address and who signs takes turns."""
    records = load()
    treaty = records.treaties[campaign.treaty]
    states = cycle(("KEN", "FRA", "VAT", "NLD"))
    seats, signed = cycle(OFFICES), cycle(((), (ONE,), (TWO,), (TWO, ONE)))
    genders = cycle((None, Gender.WOMAN, Gender.MAN))
    turns = zip(_occasions(campaign, treaty), states, seats, signed, genders, strict=False)
    for number, ((stage, day), state, seat, signatories, gender) in enumerate(turns):
        whom = _whom(records.states[state], seat, gender, number)
        acts = {**records.acts.get(treaty.code, {}), state: stage.acts}
        facts = replace(records, acts={**records.acts, treaty.code: acts})
        for language in campaign.languages:
            yield (
                stage,
                facts,
                Request(
                    treaty.code,
                    state,
                    language,
                    day,
                    "Geneva",
                    seat,
                    signatories,
                    addressee=whom,
                    purpose=stage.purpose,
                    campaign=campaign.key,
                    city="Geneva",
                ),
            )


def _whom(state: State, office: Office, gender: Gender | None, number: int) -> Addressee:
    """Whom a letter addresses: one of the ranks that the office has, or nobody who is known."""
    ranks = ranks_of(state, office)
    if gender is None or not ranks:
        return Addressee()
    return Addressee(ranks[number % len(ranks)], gender, "A. Example")


NO_TREATY = _Stage("without a treaty", ())
DAY = date(2026, 3, 2)


def _own_samples(campaign: Campaign) -> Iterator[tuple[_Stage, Records, Request]]:
    """Letters of a campaign that asks for something else: to samples of those it writes to.

    Every stage and day; and every State that the campaign names, which has texts of its own.
    """
    records = load()
    treaty = records.treaties.get(campaign.treaty)
    stages = [NO_TREATY]
    days = [DAY]
    if treaty:
        on, kept = date(treaty.adopted_on.year + 1, 1, 31), {}
        for stage in _stages(treaty):
            faked = replace(records, acts={treaty.code: {"KEN": stage.acts}})
            if faked.standing(treaty.code, "KEN", on).stage in STAGES[campaign.to]:
                kept[stage.name] = stage
        stages, days = list(kept.values()), _days(treaty)
    own = {moment.day for moment in (*campaign.events, *campaign.milestones)}
    days = sorted({*days, *own, *(day + timedelta(days=1) for day in own)})
    states = cycle(campaign.listed or ("KEN", "FRA", "VAT", "NLD"))
    turns = [(next(states), stage, day) for stage, day in product(stages, days)]
    turns += [(iso3, stages[0], DAY) for iso3 in campaign.listed]
    seats, signed = cycle(OFFICES), cycle(((), (ONE,), (TWO,), (TWO, ONE)))
    for (state, stage, day), seat, signatories in zip(turns, seats, signed, strict=False):
        acts = records.acts
        if treaty:
            acts = {**acts, treaty.code: {**acts.get(treaty.code, {}), state: stage.acts}}
        for language in campaign.languages:
            request = Request(campaign.treaty, state, language, day, "Geneva", seat, signatories)
            yield (
                stage,
                replace(records, acts=acts),
                replace(request, campaign=campaign.key, city="Geneva"),
            )


def variables(campaign: Campaign) -> frozenset[str]:
    """The names that a template is given."""
    records = load()
    request = Request(campaign.treaty, "KEN", Language.EN, DAY, "Geneva")
    treaties = [records.treaties[campaign.treaty]] if campaign.treaty else []
    found = [facts_of.compute(records, one, "KEN", DAY) for one in treaties]
    return frozenset(given_of(request, records, found, campaign))


def rendered(campaign: Campaign) -> list[Problem]:
    """The first thing that goes wrong on each line, with the letter in which it does."""
    found: dict[tuple[int, str], Problem] = {}
    samples = _own_samples if campaign.asks_otherwise else _samples
    for stage, records, request in samples(campaign):
        where = f"in {request.language}, {stage.name}, on {request.date}"
        if campaign.asks_otherwise:
            where = f"to {request.state}, {where}"
        composer = Composer(records, TEMPLATES, LOCALES, {campaign.key: campaign})
        try:
            letter = composer.compose(request)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            line = _line_of(error, campaign)
            found.setdefault((line, ""), Problem(TEMPLATE, line, f"{error} ({where})"))
            continue
        if not isinstance(letter, Letter):
            continue
        if empty := _empty(letter):
            problem = Problem(TEMPLATE, _block_line(campaign, "reference"), f"{empty} ({where})")
            found.setdefault((problem.line, empty), problem)
        for section in letter.sections:
            says = _clumsy(section, request.language)
            if says:
                problem = Problem(TEMPLATE, _block_line(campaign, section.key), f"{says} ({where})")
                found.setdefault((problem.line, says), problem)
    return list(found.values())


def _empty(letter: Letter) -> str:
    """What a letter on the frame alone does not say."""
    if not letter.subject:
        return "the letter has no subject: word it in {% block reference %}"
    first, last = BODY_KEYS.index("occasion"), BODY_KEYS.index("hope")
    if not any(letter.text_of(key) for key in BODY_KEYS[first : last + 1]):
        return "the letter says nothing: word what is yours, as in {% block ask %}"
    return ""


def _clumsy(section: Section, language: Language) -> str:
    """What cannot stand in a letter: left over, glued to an article, or without a capital."""
    if len(section.text) > MAX_TEXT:
        return f"{section.key} has more than {MAX_TEXT} characters"
    left = LEFT_OVER.search(section.text)
    if left:
        return f"“{left[0]}” stands in the letter"
    glued = GLUED[language].search(section.text) if language in GLUED else None
    if glued:
        says = (
            "names and Governments carry their article, so no “de”, “à” or “a” stands before them"
        )
        return f"“{glued[0]}” stands in the letter: {says}"
    if section.key in BODY_KEYS and section.text[:1].islower():
        return f"{section.key} begins with a small letter: “{section.text[:30]}…”"
    return ""


def _block_line(campaign: Campaign, key: str) -> int:
    """Where the campaign's own block of that section begins; 0 where it has none."""
    found = re.search(rf"\{{%[-+]?\s*block\s+{key}\b", campaign.template)
    return campaign.template.count("\n", 0, found.start()) + 1 if found else 0


def _line_of(error: BaseException, campaign: Campaign) -> int:
    """The template's line at which it failed; 0 where it is none of its own."""
    own = str(campaign.folder / TEMPLATE)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == own]
    return lines[-1] if lines else 0
