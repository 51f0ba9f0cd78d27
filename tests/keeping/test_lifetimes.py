"""What lives how long: one table, of which settings, documents and the chat are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.keeping.lifetimes import LETTERS, TABLE, USUAL, read, table
from bot.letters.model import Language
from bot.settings import Settings, SettingsError
from tests.conversation.talk import Talk
from tests.test_cli import run

ROOT = Path(__file__).parents[2]


def test_a_setting_changes_what_it_names_and_nothing_else() -> None:
    found = read("drafts=60, sent=never")
    assert found == {**USUAL, "drafts": 60, "sent": None}
    assert read("") == USUAL


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("drafts=0", "drafts=0: write whole days from 14 to 36500, or drafts=never"),
        ("drafts=13", "from 14"),
        ("drafts=36501", "to 36500"),
        ("drafts=٣٠", "whole days"),
        ("drafts=-90", "whole days"),
        ("drafts", "names no kind"),
        ("letters=90", "write one of archived, drafts,"),
        ("missions=90", "names no kind"),
        ("drafts=90 drafts=60", "drafts is given twice"),
    ],
)
def test_a_bad_setting_says_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=f"DEMARCHE_KEEP.*{says}"):
        Settings.read({"DEMARCHE_KEEP": text})


def test_the_documents_have_the_table_of_the_code() -> None:
    assert table() in (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    example = (ROOT / "deploy" / "demarche.env.example").read_text(encoding="utf-8")
    usual = " ".join(f"{one.key}={one.days}" for one in TABLE if one.days)
    assert f"# {usual}\n#DEMARCHE_KEEP=\n" in example
    assert read(usual) == USUAL


@pytest.mark.parametrize("code", Language)
def test_the_chat_says_a_line_for_each_kind_with_the_days_that_hold(
    tmp_path: Path, code: Language
) -> None:
    talk = Talk(tmp_path / "db", language=code)
    talk.desk.lifetimes = read("drafts=61 sent=never")
    talk.command("privacy")
    talk.press(next(b for row in talk.screen.rows for b in row if b.data.endswith(":long")))
    lines = [one for one in talk.screen.text.splitlines() if one.startswith("• ")]
    assert len(lines) == len(TABLE)
    assert " 61 " in lines[0]
    assert "90" not in lines[0]
    assert not any(char.isdigit() for char in lines[1]), "never is said without days"
    assert "%" not in talk.screen.text
    if code is not Language.EN:
        english = {one.line for one in TABLE} | {one.lasting for one in TABLE}
        assert not any(one[2:] in english for one in lines)


@pytest.mark.file
def test_the_command_shows_the_table_with_what_there_is(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "demarche" / "demarche.sqlite3")
    talk.command("new").tap("OPSC").type("kenia")
    talk.close()
    shown = run("keep", home=tmp_path).stdout.decode().splitlines()
    assert [line.split()[0] for line in shown[1:-1]] == [one.key for one in TABLE]
    assert shown[1].split()[:4] == ["drafts", "90", "1", "0"]


def test_letters_are_kinds_of_the_table() -> None:
    assert {one.key for one in TABLE} > LETTERS
