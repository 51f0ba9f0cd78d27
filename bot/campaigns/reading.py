"""Reading a campaign's template without running it: only what a letter needs is allowed.

So no template can run without end, fill the memory or reach beyond its variables.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from bot.campaigns.own_texts import OWN, lacking
from bot.letters.campaign import FRAME, TEMPLATE, MomentForms, To
from bot.letters.environment import environment_of
from bot.letters.language import StateForms, TreatyForms
from bot.letters.model import SECTION_KEYS, Language
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.written import Problem, is_control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.letters.campaign import Campaign

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

MAX_TEMPLATE = 40_000
"""Characters: the longest of the shipped templates has half as many."""

MAX_NODES = 4_000
MAX_LOOPS, MAX_IN_LOOP, MAX_BLANKS_IN_LOOP = 3, 30, 100
MAX_SUPERS = 60

_DIRECT = re.compile(r"\b(?:n?p?n?gettext|_)\s*\(")
_TAG = re.compile(r"\{%[-+]?\s*(end)?(block|if|for|trans)\b")
HAS = {
    "treaty": TreatyForms,
    "state": StateForms,
    "event": MomentForms,
    "milestone": MomentForms,
}
"""What stands behind a dot, for those variables that have parts."""


def read_template(
    campaign: Campaign, variables: frozenset[str], of_treaties: frozenset[str]
) -> list[Problem]:
    """What is not allowed, not known or would not be translated, by line.

    `of_treaties` are further variables that a campaign with a treaty has.
    """
    source = campaign.template
    if len(source) > MAX_TEMPLATE:
        return [Problem(TEMPLATE, 0, f"has at most {MAX_TEMPLATE} characters")]
    environment = environment_of(TEMPLATES, LOCALES, Language.EN, campaign)
    try:
        tree = environment.parse(source, TEMPLATE, str(campaign.folder / TEMPLATE))
    except TemplateSyntaxError as error:
        return [_unclosed(source) or Problem(TEMPLATE, error.lineno, _plainly(error))]
    direct = _DIRECT.search(source)
    if direct:
        line = source.count("\n", 0, direct.start()) + 1
        return [Problem(TEMPLATE, line, "messages stand in {% trans %}")]
    return _Reading(campaign, variables, of_treaties).problems(tree) or lacking(campaign, tree)


def _unclosed(source: str) -> Problem | None:
    """The first tag that is not closed where it must be."""
    opened: list[tuple[str, int]] = []
    for found in _TAG.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        if not found[1]:
            opened.append((found[2], line))
        elif opened and opened[-1][0] == found[2]:
            opened.pop()
        elif any(found[2] == tag for tag, _line in opened):
            break
        else:
            return Problem(TEMPLATE, line, f"{{% end{found[2]} %}} closes nothing")
    if not opened:
        return None
    tag, line = opened[-1]
    return Problem(TEMPLATE, line, f"{{% {tag} %}} is not closed with {{% end{tag} %}}")


def _plainly(error: TemplateSyntaxError) -> str:
    said = error.message or "cannot be read"
    if "variable_end" in said or "print statement" in said:
        return (
            "inside {% trans %} only a bare name stands in {{ }}: name it after “trans” first, "
            "as in {% trans government=state.government %}"
        )
    return said


def _foreign(loop: nodes.For) -> bool:
    """Whether a loop's body has other names than its own."""
    own = {"loop", getattr(loop.target, "name", "")}
    return any(name.name not in own for part in loop.body for name in part.find_all(nodes.Name))


def _blanks(inside: list[nodes.Node]) -> int:
    """Characters of what stands in a loop as it is."""
    data = (one.data for one in inside if isinstance(one, nodes.TemplateData))
    texts = (str(one.value) for one in inside if isinstance(one, nodes.Const))
    return sum(map(len, (*data, *texts)))


class _Reading:
    """One reading of a template's tree."""

    def __init__(
        self, campaign: Campaign, variables: frozenset[str], of_treaties: frozenset[str]
    ) -> None:
        self._campaign = campaign
        self._of_treaties = of_treaties
        self._known = MESSAGES | variables
        self._found: dict[Problem, None] = {}

    def problems(self, tree: nodes.Template) -> list[Problem]:
        """What is not allowed, not known or would not be translated, by line."""
        if sum(1 for _ in tree.find_all(nodes.Node)) > MAX_NODES:
            self._wrong(0, "is too long for a letter")
            return list(self._found)
        known = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
        self._known = self._known | known | {"loop"}
        if not list(tree.find_all(nodes.Extends)):
            more = "" if self._is_framed() else " or a treaty's own"
            frame = "frame.jinja" if self._is_framed() else "general.jinja"
            self._wrong(1, f'must begin with {{% extends "{frame}" %}}{more}')
        for node in tree.find_all(nodes.Node):
            self._look(node)
        self._names(tree)
        self._words(tree)
        self._loops(tree)
        return sorted(self._found, key=lambda one: one.line)

    def _loops(self, tree: nodes.Template) -> None:
        """Loops that would be long: a letter may have a thousand signatories."""
        loops = list(tree.find_all(nodes.For))
        for outer in loops[:MAX_LOOPS]:
            inside = list(outer.find_all(nodes.Node))
            if any(isinstance(inner, nodes.For) for inner in inside):
                self._wrong(outer.lineno, "a loop within a loop")
            elif any(isinstance(inner, nodes.Call) for inner in inside) or _foreign(outer):
                self._wrong(outer.lineno, "in a loop stand only names, such as signatory.line")
            elif len(inside) > MAX_IN_LOOP or _blanks(inside) > MAX_BLANKS_IN_LOOP:
                self._wrong(outer.lineno, "a loop is short: one line for each signatory")
        for one in loops[MAX_LOOPS:]:
            self._wrong(one.lineno, f"at most {MAX_LOOPS} loops")
        repeated = [
            call
            for call in tree.find_all(nodes.Call)
            if isinstance(call.node, nodes.Name) and call.node.name == "super"
        ]
        for call in repeated[MAX_SUPERS:]:
            self._wrong(call.lineno, f"super() stands at most {MAX_SUPERS} times")

    def _names(self, tree: nodes.Template) -> None:
        """Names that cannot be printed as they stand."""
        for name in self._printed(tree):
            if name.name in HAS:
                parts = ", ".join(f"{name.name}.{field.name}" for field in fields(HAS[name.name]))
                self._wrong(name.lineno, f"{name.name} is no text: write {parts}")
            elif name.name == OWN:
                self._wrong(name.lineno, "own is no text: write own.article, or as you named it")
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        for name in tree.find_all(nodes.Name):
            if name.name == "super" and id(name) not in called:
                self._wrong(name.lineno, "super is written with its brackets: {{ super() }}")

    def _words(self, tree: nodes.Template) -> None:
        """Words that no message holds."""
        for block in tree.find_all(nodes.Block):
            for data in block.find_all(nodes.TemplateData):
                stray = re.search(r"\S", data.data)
                if stray:
                    line = data.lineno + data.data.count("\n", 0, stray.start())
                    words = " ".join(data.data.split())[:40]
                    says = f"“{words}” stands outside {{% trans %}}: it would not be translated"
                    self._wrong(line, says)

    def _look(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Const) and any(
            map(is_control, str(node.value).replace("\n", ""))
        ):
            self._wrong(node.lineno, "a control character is not for letters")
        elif not isinstance(node, ALLOWED):
            what = NAMES.get(type(node)) or type(node).__name__.lower()
            self._wrong(node.lineno, f"{what} is not for letters")
        elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in self._known:
            self._wrong(node.lineno, self._no_variable(node.name))
        elif isinstance(node, nodes.Block) and node.name not in BLOCKS:
            says = f"no block is called {node.name}: they are {', '.join(BLOCKS)}"
            self._wrong(node.lineno, says)
        elif isinstance(node, nodes.Call) and not (
            isinstance(node.node, nodes.Name) and node.node.name in MESSAGES
        ):
            self._wrong(node.lineno, "nothing is called in a letter but super()")
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            self._part(node, node.node.name)
        elif isinstance(node, nodes.Getattr) and not isinstance(node.node, nodes.Getitem):
            self._wrong(node.lineno, f"nothing is called {node.attr} there")
        elif isinstance(node, nodes.Filter):
            self._filter(node)
        elif isinstance(node, nodes.Extends):
            self._extends(node)

    @staticmethod
    def _printed(tree: nodes.Template) -> Iterator[nodes.Name]:
        """The variables that are printed as they are, or handed to a message."""
        for output in tree.find_all(nodes.Output):
            yield from (one for one in output.nodes if isinstance(one, nodes.Name))
        for keyword in tree.find_all(nodes.Keyword):
            if isinstance(keyword.value, nodes.Name):
                yield keyword.value

    def _part(self, node: nodes.Getattr, name: str) -> None:
        has = [field.name for field in fields(HAS[name])] if name in HAS else [node.attr]
        if node.attr not in has:
            self._wrong(node.lineno, f"{name} has no {node.attr}: it has {', '.join(has)}")

    def _filter(self, node: nodes.Filter) -> None:
        if node.name not in FILTERS:
            self._wrong(node.lineno, f"the filter {node.name} is not for letters")
        elif isinstance(node.node, nodes.Filter) or not all(
            isinstance(one, nodes.Const) for one in node.args
        ):
            self._wrong(node.lineno, "one filter at a time, and with plain texts only")

    def _extends(self, node: nodes.Extends) -> None:
        name = node.template.value if isinstance(node.template, nodes.Const) else ""
        own = f"{self._campaign.treaty.lower()}.jinja"
        if name == FRAME:
            return
        if self._is_framed():
            says = f"extends {FRAME}: the others ask a State to join a treaty"
            self._wrong(node.lineno, says)
        elif name not in {own, "general.jinja", "base.jinja"}:
            self._wrong(node.lineno, f"extends {own}, or general.jinja, base.jinja or {FRAME}")

    def _is_framed(self) -> bool:
        """Whether nothing but the frame suits: what the other templates ask for is no question."""
        campaign = self._campaign
        return not campaign.treaty or campaign.to in {To.PARTIES, To.ALL}

    def _no_variable(self, name: str) -> str:
        if name in self._of_treaties:
            return f"{name}: this campaign has no treaty"
        return f"no variable is called {name}"

    def _wrong(self, line: int, says: str) -> None:
        self._found.setdefault(Problem(TEMPLATE, line, says))
