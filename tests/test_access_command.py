"""`demarche access`: invitations, who is let in, who is blocked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot.commands.access import access_group
from bot.conversation.access.codes import code_in
from bot.conversation.talk.access import Access, Mode
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def asked(path: Path, *words: str, **more: str) -> Result:
    settings = {
        "DEMARCHE_DATABASE": str(path),
        "DEMARCHE_ACCESS": "invitation",
        "DEMARCHE_ADMINISTRATORS": "9",
        "DEMARCHE_ALLOWED": "",
        "DEMARCHE_LIMITS": "",
        **more,
    }
    return CliRunner().invoke(access_group, words, env=settings)


def test_an_invitation_is_made_shown_once_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "db"
    made = asked(path, "invite", "--uses", "2", "--days", "30000")
    assert made.exit_code == 2, "too long"
    made = asked(path, "invite", "--uses", "2", "--days", "3000", "--bot", "@ExampleBot")
    code, link = made.stdout.splitlines()
    assert len(asked(path, "invite").stdout.splitlines()) == 1, "the bot's name is not known"
    assert code_in(code)
    assert link == f"https://t.me/ExampleBot?start=a{code_in(code)}"
    assert "For 2 people, until" in made.stderr
    listed = asked(path, "list").stdout
    assert "Access: invitation" in listed
    assert "2 uses left" in listed
    assert asked(path, "revoke", "--invitations").exit_code == 0
    code = asked(path, "invite", "--uses", "2").stdout.splitlines()[0]
    assert code not in listed
    talk = Talk(path, user="telegram:22")
    talk.desk.shelves.access.name_bot("ExampleBot")
    assert "https://t.me/ExampleBot?start=a" in asked(path, "invite").stdout
    talk.desk.access = Access(Mode.INVITATION)
    assert "Welcome" in talk.type(code).screen.text
    listed = asked(path, "list").stdout
    assert "  22  by an invitation, " in listed
    marks = re.findall(r"Invitation (\w{8}): 1 use left", listed)
    assert len(marks) == 2
    assert asked(path, "revoke", *marks, "22").exit_code == 0
    assert "Invitation" not in asked(path, "list").stdout
    assert "invited" in talk.command("new").screen.text, "a bot that runs takes it up"
    assert asked(path, "revoke", marks[0]).exit_code == 1
    assert asked(path, "revoke").exit_code == 1
    assert "DEMARCHE_ACCESS=invitation" in asked(path, "invite", DEMARCHE_ACCESS="open").stderr


def test_people_are_let_in_and_blocked_by_number(tmp_path: Path) -> None:
    path = tmp_path / "db"
    talk = Talk(path, user="telegram:22").command("new")
    talk.desk.access = Access(Mode.LIST)
    assert "Let in: 2." in asked(path, "admit", "33", "--known").stdout
    assert asked(path, "admit").exit_code == 1
    assert asked(path, "admit", "@somebody").exit_code == 1
    talk.command("new").tap("OPSC")
    assert talk.session.draft
    assert asked(path, "block", "22").exit_code == 0
    talk.command("new")
    assert not talk.command("new").effects
    assert "is an administrator" in asked(path, "block", "9").stderr
    listed = asked(path, "list", DEMARCHE_ALLOWED="44, 55").stdout
    assert "  44  by DEMARCHE_ALLOWED" in listed
    assert "  33  by an administrator, " in listed
    assert "Blocked: 22" in listed
    asked(path, "block", "66")
    assert "Blocked, with nothing kept of them: 1" in asked(path, "list").stdout
    assert asked(path, "unblock", "22").exit_code == 0
    assert asked(path, "unblock", "22").exit_code == 1
    assert talk.command("new").tap("OPSC").session.draft
