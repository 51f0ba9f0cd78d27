"""The order of co-signers, and which of them are one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.model import Signatory
from bot.letters.sorting import by_name, by_organisation, joined

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SIGNATORIES = st.lists(st.builds(Signatory, TEXT, TEXT, TEXT), max_size=20)


@pytest.mark.parametrize(
    "names",
    [
        (
            "L’Abeille",
            "The Bee",
            "La Casa",
            "les Droits",
            "Élan",
            "An Example",
            "Los Niños",
            "Zeal",
        ),
        ("Le Monde", "the net", "Une Place", "« Quai »", "A Rose", "El Sol", "(The) Union"),
        ("Las Madres", "Manos", "l' Or", "Un Toit", "Una Voz"),
        ("La", "Le", "The"),  # no article where nothing follows
    ],
)
def test_articles_accents_capitals_and_marks_are_passed_over(names: tuple[str, ...]) -> None:
    shuffled = [Signatory("A", name) for name in sorted(names)]
    assert [one.organisation for one in by_organisation(shuffled)] == list(names)


def test_by_name_is_by_the_name_as_it_is_written() -> None:
    given_names = [Signatory("Zoë A", "x"), Signatory("", "The Bee"), Signatory("ana Z", "y")]
    assert [one.line for one in by_name(given_names)] == ["ana Z, y", "The Bee", "Zoë A, x"]


@given(SIGNATORIES)
def test_sorting_loses_nobody_and_is_stable(signatories: list[Signatory]) -> None:
    for sort in (by_name, by_organisation):
        ordered = sort(signatories)
        assert sorted(map(id, ordered)) == sorted(map(id, signatories))
        assert sort(ordered) == ordered


@given(SIGNATORIES, SIGNATORIES)
def test_each_is_listed_once_and_none_is_lost(have: list[Signatory], more: list[Signatory]) -> None:
    once, _twice = joined((), have)
    everybody, twice = joined(once, more)
    assert everybody[: len(once)] == once
    assert len(everybody) + len(twice) == len(once) + len(more)
    assert joined(everybody, [*have, *more])[0] == everybody


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Example", "JOSE EXAMPLE"),
        ("Jose\u0301 Example", "Jos\u00e9 Example"),
        ("O'Example", "O’Example"),
        ("A.\u00a0Example", "A. Example"),
        ("Ångström", unicodedata.normalize("NFD", "Ångström")),
        ("Example – Kenya", "Example - Kenya"),
    ],
)
def test_one_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert joined([Signatory(one, "x")], [Signatory(other, "X")])[1]


def test_marks_that_are_letters_make_another() -> None:
    assert not joined([Signatory("कि")], [Signatory("कु")])[1]
