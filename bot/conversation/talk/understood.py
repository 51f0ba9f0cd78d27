"""What is said of a typed name that is not certain, or that is none of a State."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.matching import Match, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.conversation.talk.library import Library, Translator
    from bot.letters.matching import NoState
    from bot.letters.model import State

EVERYONE = frozenset([
    "all", "all states", "all countries", "everyone", "tous", "tous les etats", "tous les pays",
    "todos", "todos los estados", "todos los paises",
])  # fmt: skip
"""How all States are typed that may be asked, folded."""

MOST_OTHERS = 3
MOST_PLACES = 8
MOST_PARTS = 3
"""A name has at most two commas: "Bonaire, Sint Eustatius and Saba", "Korea, Republic of"."""

LONGEST_LIST = 12_000
"""Characters of a list: every State by its formal name has fewer."""

MOST_UNSURE = 40
"""So many names of a list are looked up by what they are near to: some ten milliseconds each."""


def meant_line(_: Translator, names: Sequence[str]) -> str:
    """The question above what a name was near to."""
    if len(names) == 1:
        return _("Did you mean %(name)s?", name=names[0])
    return _("Did you mean one of these?")


def joined_line(_: Translator, names: str) -> str:
    """The same where all that was near has joined already: it may not be what was meant."""
    return _(
        "Did you mean %(names)s? There is nothing left to ask for there: please choose another "
        "State.",
        names=names,
    )


def no_state_line(_: Translator, other: NoState) -> str:
    """Why nothing is offered; it says no more than whose list is followed."""
    name = other.names[_.language]
    if other.sort is Sort.ORGANISATION:
        return _(
            "“%(name)s” is an international organization; letters go to States. Please choose one.",
            name=name,
        )
    if other.sort is Sort.REGION:
        return _("“%(name)s” is more than one State. Please choose one.", name=name)
    if other.sort is Sort.FORMER:
        return _("“%(name)s” no longer exists as a State. Please choose one of today’s.", name=name)
    return _(
        "“%(name)s” is not in the list of States that letters go to here. The list follows the "
        "United Nations: its 193 Members and two observer States, as well as the Cook Islands and "
        "Niue. Please choose one of them.",
        name=name,
    )


def no_states_lines(_: Translator, others: Sequence[NoState]) -> list[str]:
    """The same of several names; places share one line, since the reason is the same."""
    others = list({one.names[_.language]: one for one in others}.values())
    places = [one for one in others if one.sort is Sort.PLACE]
    if len(places) < 2:  # noqa: PLR2004 -- one has a sentence of its own
        return [no_state_line(_, one) for one in others[:MOST_OTHERS]]
    together = _(
        "Not in the list of States that letters go to: %(names)s. The list follows the United "
        "Nations: its 193 Members and two observer States, as well as the Cook Islands and Niue.",
        names=", ".join(one.names[_.language] for one in places[:MOST_PLACES]),
    )
    rest = [one for one in others if one.sort is not Sort.PLACE]
    return [together, *(no_state_line(_, one) for one in rest[: MOST_OTHERS - 1])]


def states_in(library: Library, text: str) -> Iterator[tuple[str, Match[State]]]:
    """Each name in a list parted by commas, semicolons or lines, with what it means.

    A comma may stand within a name: the longest that is a whole name is one. What is none may be
    near to one: that is looked for in the first few only, as it takes its time.
    """
    looked = 0
    for line in text[:LONGEST_LIST].replace(";", "\n").splitlines():
        parts = [part.strip() for part in line.split(",") if part.strip()]
        while parts:
            for length in range(min(MOST_PARTS, len(parts)), 0, -1):
                name = ", ".join(parts[:length])
                match = library.find.states(name, whole=True)
                if match == Match() and length == 1 and looked < MOST_UNSURE:
                    looked += 1
                    match = library.find.states(name)
                if match.exact or match.other or length == 1:
                    yield name, match
                    del parts[:length]
                    break
