"""`demarche letter --to`: which office, where, and who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_cli import LETTER, run

if TYPE_CHECKING:
    from pathlib import Path


def letter(home: Path, *options: str) -> list[str]:
    """The letter's lines."""
    result = run(*LETTER, *options, home=home)
    assert result.returncode == 0, result.stderr
    return result.stdout.decode().splitlines()


def test_each_office_has_its_address(tmp_path: Path) -> None:
    ministry = letter(tmp_path, "--to", "ministry", "--gender", "woman", "--name", "A. Example")
    assert ministry[:2] == [
        "Her Excellency Ms. A. Example",
        "Minister for Foreign Affairs of the Republic of Kenya",
    ]
    head = letter(tmp_path, "--to", "head-of-state", "--gender", "man", "--language", "fr")
    assert head[0] == "Son Excellence Monsieur le Président de la République du Kenya"
    assert "Monsieur le Président," in head
    government = letter(tmp_path, "--to", "head-of-government", "--language", "es")
    assert government[0] == "Jefatura del Gobierno de la República de Kenya"
    embassy = letter(tmp_path, "--to", "embassy", "--city", "london", "--language", "fr")
    assert embassy[0] == "Ambassade de la République du Kenya, Londres"
    assert "Londres, le 2\u00a0mars 2026" in embassy
    assert letter(tmp_path, "--to", "new-york") == letter(tmp_path, "--seat", "new-york")
    assert letter(tmp_path, "--to", "geneva") == letter(tmp_path)


def test_an_address_of_one_s_own_has_a_salutation_that_fits(tmp_path: Path) -> None:
    own = ("--address", "Ministry of Justice\\nP.O. Box 1")
    assert "Your Excellency," in letter(tmp_path, *own)
    assert "Dear Sir or Madam," in letter(tmp_path, *own, "--rank", "untitled")
    minister = letter(tmp_path, *own, "--rank", "minister", "--gender", "man", "--language", "fr")
    assert "Monsieur le Ministre," in minister
    assert minister[:2] == ["Ministry of Justice", "P.O. Box 1"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--to", "embassy"), "an embassy is in a city: give it with --city."),
        (("--city", "Bern"), "a city is that of an embassy: give --to embassy"),
        (("--to", "ministry", "--seat", "geneva"), "are two offices: give one of them."),
        (("--to", "ministry", "--rank", "ambassador"), "--rank ambassador does not fit ministry"),
        (("--to", "head-of-state", "--rank", "monarch"), "of Kenya: give president."),
        (("--gender", "man"), "--gender man needs a --rank: ambassador or charge."),
        (("--rank", "untitled"), "does not fit geneva of Kenya: give ambassador or charge."),
        (("--name", "A. Example", "--address", "B"), "write it into --address instead."),
        (("--to", "moon"), "'moon' is not one of"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    result = run(*LETTER, *options, home=tmp_path)
    assert result.returncode in {1, 2}
    assert result.stdout == b""
    error = result.stderr.decode()
    assert says in error
    assert len(error.splitlines()) == 1
