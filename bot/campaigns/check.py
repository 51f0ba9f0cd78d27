"""Whether a campaign's template is safe and whole: read without running it, then rendered.

It is read first: only what a letter needs is allowed, so that no template can run without end or
reach beyond its variables. Then every stage is rendered in every language of the campaign, on days
before, between and after everything on its calendar.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, product
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from bot.campaigns import catalogue
from bot.campaigns.folder import Problem
from bot.letters import facts as facts_of
from bot.letters.campaign import TEMPLATE
from bot.letters.compose import Composer, Request, given
from bot.letters.environment import environment_of
from bot.letters.model import (
    SECTION_KEYS,
    Addressee,
    Gender,
    Language,
    Letter,
    Purpose,
    Rank,
    Seat,
    Signatory,
)
from bot.letters.status import Act
from bot.reference.loader import load
from bot.resources import LOCALES, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from bot.letters.campaign import Campaign
    from bot.letters.model import Treaty
    from bot.letters.status import Records

BLOCKS = (*SECTION_KEYS, "does")
MESSAGES = frozenset({"gettext", "ngettext", "pgettext", "npgettext", "super", "_"})
FILTERS = frozenset({"length", "join", "first", "last", "trim", "default", "trimmed"})
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Extends,
    nodes.Block,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Call,
    nodes.Keyword,
    nodes.Filter,
    nodes.Test,
    nodes.Tuple,
    nodes.List,
    nodes.MarkSafeIfAutoescape,
)
NAMES: dict[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.With: "with",
}
ONE, TWO = Signatory("A. Example"), Signatory("B. Example", "Example Organisation")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\(|\bNone\b|\bUndefined\b")


def problems(campaign: Campaign) -> list[Problem]:
    """All that is wrong with a campaign; nothing is rendered before it was read and found good."""
    found = _read(campaign)
    for language in campaign.languages:
        if language is not Language.EN and not found:
            found += catalogue.problems(campaign, language)
    return found or _rendered(campaign)


def _read(campaign: Campaign) -> list[Problem]:
    path = campaign.folder / TEMPLATE
    try:
        source = path.read_text(encoding="utf-8")
        environment = environment_of(TEMPLATES, LOCALES, Language.EN, campaign)
        tree = environment.parse(source, TEMPLATE, str(path))
    except UnicodeDecodeError:
        return [Problem(TEMPLATE, 0, "is not in UTF-8")]
    except TemplateSyntaxError as error:
        return [Problem(TEMPLATE, error.lineno, error.message or "cannot be read")]
    return _Reading(campaign, environment).problems(tree)


class _Reading:
    """One reading of a template's tree."""

    def __init__(self, campaign: Campaign, environment: Environment) -> None:
        self._environment = environment
        self._known = MESSAGES | _variables(campaign)
        self._found: list[Problem] = []

    def problems(self, tree: nodes.Template) -> list[Problem]:
        """What is not allowed, not known or would not be translated, by line."""
        known = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
        self._known = self._known | known | {"loop"}
        if not list(tree.find_all(nodes.Extends)):
            self._wrong(1, 'must begin with {% extends "general.jinja" %} or a treaty\'s own')
        for node in tree.find_all(nodes.Node):
            self._look(node)
        for outer in tree.find_all(nodes.For):
            if any(inner is not outer for inner in outer.find_all(nodes.For)):
                self._wrong(outer.lineno, "a loop within a loop")
        for block in tree.find_all(nodes.Block):
            for data in block.find_all(nodes.TemplateData):
                if re.search(r"\w", data.data):
                    words = " ".join(data.data.split())[:40]
                    says = f"“{words}” stands outside {{% trans %}}: it would not be translated"
                    self._wrong(data.lineno, says)
        return sorted(self._found, key=lambda one: one.line)

    def _look(self, node: nodes.Node) -> None:
        if not isinstance(node, ALLOWED):
            what = NAMES.get(type(node)) or type(node).__name__.lower()
            self._wrong(node.lineno, f"{what} is not for letters")
        elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in self._known:
            self._wrong(node.lineno, f"no variable is called {node.name}")
        elif isinstance(node, nodes.Block) and node.name not in BLOCKS:
            says = f"no block is called {node.name}: they are {', '.join(BLOCKS)}"
            self._wrong(node.lineno, says)
        elif isinstance(node, nodes.Call) and not (
            isinstance(node.node, nodes.Name) and node.node.name in MESSAGES
        ):
            self._wrong(node.lineno, "nothing is called in a letter but super()")
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._wrong(node.lineno, f"the filter {node.name} is not for letters")
        elif isinstance(node, nodes.Extends):
            self._extends(node)

    def _extends(self, node: nodes.Extends) -> None:
        shipped = sorted(path.name for path in (TEMPLATES / "letters").glob("*.jinja"))
        name = node.template.value if isinstance(node.template, nodes.Const) else ""
        if name not in set(shipped) - {"congratulation.jinja", "several.jinja"}:
            self._wrong(node.lineno, "extends one of the shipped templates, such as general.jinja")

    def _wrong(self, line: int, says: str) -> None:
        problem = Problem(TEMPLATE, line, says)
        if problem not in self._found:
            self._found.append(problem)


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


def _days(campaign: Campaign, treaty: Treaty) -> list[date]:
    """Days on which a letter says something else: around anniversaries and the calendar."""
    start, force = treaty.adopted_on, treaty.entry_into_force
    tenth = date(start.year + 10, start.month, min(start.day, 28))
    days = {
        start + timedelta(days=20),
        force + timedelta(days=20),
        tenth,
        tenth - timedelta(days=40),
        tenth + timedelta(days=40),
        date(start.year + 12, start.month, 15),
        date(2026, 3, 2),
    }
    for moment in (*campaign.events, *campaign.milestones):
        days |= {moment.day, moment.day + timedelta(days=1)}
    return sorted(day for day in days if day > start + timedelta(days=11))


def _samples(campaign: Campaign) -> Iterator[tuple[_Stage, Records, Request]]:
    """Letters of every stage, day and language; whom they address and who signs takes turns."""
    records = load()
    treaty = records.treaties[campaign.treaty]
    states = cycle(("KEN", "FRA", "VAT", "NLD"))
    seats, signed = cycle(Seat), cycle(((), (ONE,), (TWO,), (TWO, ONE)))
    addressees = cycle(
        (
            Addressee(),
            Addressee(Rank.AMBASSADOR, Gender.WOMAN, "A. Example"),
            Addressee(Rank.CHARGE, Gender.MAN, "A. Example"),
        )
    )
    for stage, day in product(_stages(treaty), _days(campaign, treaty)):
        state, seat, signatories, whom = (
            next(states), next(seats), next(signed), next(addressees)
        )  # fmt: skip
        acts = {**records.acts[treaty.code], state: stage.acts}
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
                ),
            )


def _variables(campaign: Campaign) -> frozenset[str]:
    """The names that a template is given."""
    _stage, records, request = next(_samples(campaign))
    treaty = records.treaties[campaign.treaty]
    facts = facts_of.compute(records, treaty, request.state, request.date)
    return frozenset(given(request, records, [facts], campaign))


def _rendered(campaign: Campaign) -> list[Problem]:
    """The first thing that goes wrong on each line, with the letter in which it does."""
    found: dict[tuple[str, int], Problem] = {}
    for stage, records, request in _samples(campaign):
        where = f"in {request.language}, {stage.name}, on {request.date}"
        composer = Composer(records, TEMPLATES, LOCALES, {campaign.key: campaign})
        try:
            letter = composer.compose(request)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            problem = Problem(TEMPLATE, _line_of(error, campaign), f"{error} ({where})")
        else:
            if not isinstance(letter, Letter):
                continue
            left = LEFT_OVER.search("\n".join(section.text for section in letter.sections))
            if left is None:
                continue
            problem = Problem(TEMPLATE, 0, f"“{left[0]}” stands in the letter ({where})")
        found.setdefault((problem.file, problem.line), problem)
    return list(found.values())


def _line_of(error: BaseException, campaign: Campaign) -> int:
    """The template's line at which it failed; 0 where it is none of its own."""
    own = str(campaign.folder / TEMPLATE)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == own]
    return lines[-1] if lines else 0
