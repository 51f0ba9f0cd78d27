"""What a template has to say of single States: whether each has what is said of it.

A template may ask for a text before it names it ("if own.article"): then a State may lack it. So
the template is followed for each State, down every branch that its own texts do not rule out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from bot.letters.campaign import TEMPLATE
from bot.reference.written import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from bot.letters.campaign import Campaign

OWN = "own"
SETTINGS = "campaign.toml"
MAX_DEPTH = 60
"""Conditions within conditions; more of them are for no letter."""


def lacking(campaign: Campaign, tree: nodes.Template) -> list[Problem]:
    """What the template names of a State that has no such text."""
    found: dict[Problem, None] = {}
    if not campaign.listed:
        names = frozenset(campaign.texts)
        for name, line in _first_named(tree, names).items():
            found.setdefault(Problem(TEMPLATE, line, _unknown(name, names)))
    for iso3 in campaign.listed:
        for name, line in _first_named(tree, campaign.named(iso3)).items():
            says = f'{iso3} has no {name}: write it below state = "{iso3}" in {SETTINGS}'
            found.setdefault(Problem(TEMPLATE, line, says))
    return list(found)


def _first_named(tree: nodes.Template, has: frozenset[str]) -> dict[str, int]:
    """What is named and not there, with the line where it is named first."""
    found: dict[str, int] = {}
    for node in _named(tree, has, 0):
        if node.attr not in has:
            found.setdefault(node.attr, node.lineno)
    return found


def _unknown(name: str, names: AbstractSet[str]) -> str:
    if names:
        return f"own has no {name}: it has {', '.join(sorted(names))}"
    return (
        f"own.{name}: no State has it; write a [[states]] for each State, with its {name}, "
        f"in {SETTINGS}"
    )


def _named(node: nodes.Node, has: frozenset[str], depth: int) -> Iterator[nodes.Getattr]:
    """What is named of `own`: of a State that has those texts."""
    if depth > MAX_DEPTH:
        return
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield from _down(node, has, depth)
        return
    if isinstance(node, nodes.Getattr) and _is_own(node.node):
        yield node
    for child in node.iter_child_nodes():
        yield from _named(child, has, depth + 1)


def _down(
    node: nodes.If | nodes.CondExpr, has: frozenset[str], depth: int
) -> Iterator[nodes.Getattr]:
    """The branches that such a State's letter may take."""
    ways: list[tuple[nodes.Node | None, list[nodes.Node]]]
    if isinstance(node, nodes.CondExpr):
        ways = [(node.test, [node.expr1]), (None, [node.expr2] if node.expr2 else [])]
    else:
        ways = [(one.test, one.body) for one in (node, *node.elif_)]
        ways.append((None, node.else_))
    for test, body in ways:
        holds = True if test is None else _holds(test, has)
        if holds is not False:
            for child in body:
                yield from _named(child, has, depth + 1)
        if holds:
            return


def _holds(test: nodes.Node, has: frozenset[str]) -> bool | None:
    """Whether the test holds for the State; None where that is not for its texts to say."""
    if isinstance(test, nodes.Getattr) and _is_own(test.node):
        return test.attr in has
    if isinstance(test, nodes.Not):
        inner = _holds(test.node, has)
        return None if inner is None else not inner
    if isinstance(test, nodes.And | nodes.Or):
        sides = (_holds(test.left, has), _holds(test.right, has))
        decides = isinstance(test, nodes.Or)
        if decides in sides:
            return decides
        return None if None in sides else not decides
    return None


def _is_own(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == OWN
