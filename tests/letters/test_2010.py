"""The letter of 2010 comes out word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.cli import cli

DATA = Path(__file__).parents[1] / "data"


def normal(text: str) -> str:
    """Blanks, hyphens and apostrophes made one: the old text mixes them."""
    text = re.sub("[\u2010-\u2015-]", "-", text)
    return re.sub(r"\s+", " ", re.sub("[‘’]", "'", text)).strip()


def command(*changes: str) -> str:
    arguments = [
        *("letter", "--treaty", "OPSC", "--state", "GUY", "--date", "2010-07-26"),
        *("--place", "Geneva", "--language", "en", "--format", "text"),
        *("--signatories", str(DATA / "signatories_2010.csv")),
        *("--without", "addressee,reference,contact,copies"),
        *changes,
    ]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_word_for_word() -> None:
    assert normal(command()) == normal((DATA / "letter_2010.txt").read_text(encoding="utf-8"))


def test_the_count_is_of_the_date_and_not_of_the_template() -> None:
    assert "137 states parties" in command()
    assert "137 states parties" not in command("--date", "2009-07-26")


@pytest.mark.parametrize("key", ["hope", "thanks"])
def test_a_section_left_out_takes_nothing_else_with_it(key: str) -> None:
    whole = command().split("\n\n")
    less = command("--without", f"addressee,reference,contact,copies,{key}").split("\n\n")
    assert len(less) == len(whole) - 1
    assert set(less) < set(whole)
