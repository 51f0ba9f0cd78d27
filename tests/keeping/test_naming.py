"""Whose name is meant: in fields and texts, and never within another's."""

from __future__ import annotations

import pytest

from bot.keeping.naming import Hits, Name


def name(words: str, organisation: str = "") -> Name:
    found = Name.of(words, organisation)
    assert found
    return found


@pytest.mark.parametrize(
    ("words", "text", "sure", "doubtful"),
    [
        ("José Pérez", "jose perez", 1, 0),
        ("jose perez", "Dear José Pérez, thank you", 1, 0),
        ("José Pérez", "JOSÉ\u00a0 PÉREZ’s letter and José Pe\u0301rez", 2, 0),
        ("José Pérez", "l’avis d’José Pérez", 1, 0),
        ("José Pérez", "Thank you. José Pérez\nDirector", 1, 0),
        ("José Pérez", "José Pérez López", 0, 1),
        ("José Pérez", "Juan José Pérez", 0, 1),
        ("José Pérez", "Ask José Pérez de la Cruz.", 0, 1),
        ("José Pérez", "José Pérez de la ciudad", 1, 0),
        ("José Pérez", "José Pérez-Díaz, Josefa Pérez, MaríaJosé Pérez", 0, 0),
        ("Ana", "Anastasia, Ana-Lucía, Susana", 0, 0),
        ("Ana", "Ana", 1, 0),
        ("Ana", "Dear Ana,", 1, 0),
        ("Ana", "Ana María", 0, 1),
        ("Brien", "O’Brien", 0, 0),
        ("Anne Martin", "d’Anne Martin", 1, 0),
        ("李明", "李明", 1, 0),
    ],
)
def test_hits(words: str, text: str, sure: int, doubtful: int) -> None:
    assert name(words).hits(text) == Hits(sure, doubtful)


def test_a_mark_stands_in_its_place_and_all_else_stays() -> None:
    text = "Dear José Pérez, as José Pérez López wrote: José  Pe\u0301rez!"
    one = name("jose perez")
    assert one.without(text, "[x]") == "Dear [x], as José Pérez López wrote: [x]!"
    assert one.without(text, "[x]", every=True) == "Dear [x], as [x] López wrote: [x]!"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("José Pérez", True),
        ("  Dr. JOSE  PÉREZ ", True),
        ("José Pérez López", False),
        ("Josefa Pérez", False),
        ("", False),
    ],
)
def test_a_field_holds_the_whole_name_or_another(field: str, found: bool) -> None:  # noqa: FBT001 -- a case
    assert name("José Pérez").is_in_field(field) is found


def test_an_organisation_is_the_whole_of_it_too() -> None:
    assert name("A. Example", "Médecins").is_of("MEDECINS")
    assert not name("A. Example", "Médecins").is_of("Médecins du Monde")
    assert Name.of(" .,; ") is None
