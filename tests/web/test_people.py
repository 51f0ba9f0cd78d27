"""Who is who at the page: by a number, and what was kept under the cookie of an earlier version."""

from __future__ import annotations

import hashlib
import json
import stat
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.events import Command
from bot.web.people import People
from tests.web.visiting import visiting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.visiting import Visitor

COOKIE = "a-cookie-of-last-year"
EARLIER = f"web:{hashlib.sha256(COOKIE.encode()).hexdigest()[:32]}"


def title(visitor: Visitor, cookie: str = "", *, stays: bool = False, **look: str) -> str:
    """The screen."""
    headers = {"Cookie": cookie.encode()} if cookie else {}
    answer = visitor.post(json.dumps(look), headers, "/state")
    goes = "Max-Age=0" in answer.headers.get("set-cookie", "")
    assert goes is (bool(cookie and look) and not stays), "it is taken away when it is of no use"
    screens = [one for one in answer.json()["effects"] if one["kind"] == "screen"]
    found: str = screens[0]["title"]
    return found


def test_letters_of_an_earlier_version_are_found_by_its_cookie_once(tmp_path: Path) -> None:
    noted = tmp_path / "db-people"
    with visiting(tmp_path / "db") as visitor:
        visitor.desk.receive(EARLIER, Command("new"))
        asked = title(visitor, f"demarche={COOKIE}", opened="tab1")
        assert asked == "Which treaty is the letter about?"
        assert title(visitor) == asked, "the cookie is needed no more"
        assert title(visitor, f"demarche={COOKIE}") == asked, "nor looked at"
        assert stat.S_IMODE(noted.stat().st_mode) == 0o600
        assert json.loads(noted.read_text()) == {"1": EARLIER}
        visitor.become("2")
        assert title(visitor, f"demarche-2={COOKIE}", opened="tab1") != asked, "they are another's"
    with visiting(tmp_path / "db") as visitor:
        assert title(visitor) == asked, "nor after a restart"
        found = visitor.post(json.dumps({"kind": "typed", "text": "/privacy", "id": 1})).json()
        for number, label in enumerate(("Delete everything", "Delete at once"), 2):
            rows = next(one["rows"] for one in found["effects"] if one["kind"] == "screen")
            data = next(b[1] for row in rows for b in row if b[0].startswith(label))
            body = {"kind": "tap", "text": data, "id": number}
            found = visitor.post(json.dumps(body)).json()
        assert found["effects"][0] == {"kind": "cleared"}
        assert not noted.exists(), "no id is left of who was forgotten"
        assert title(visitor, f"demarche={COOKIE}", opened="tab1") != asked


@pytest.mark.parametrize("cookie", [COOKIE, "a-cookie-of-nobody"])
def test_a_cookie_takes_nobodys_letters_from_who_is_here(tmp_path: Path, cookie: str) -> None:
    with visiting(tmp_path / "db") as visitor:
        visitor.desk.receive("web:1", Command("settings"))
        visitor.desk.receive(EARLIER, Command("new"))
        stays = cookie == COOKIE
        shown = title(visitor, f"demarche={cookie}", stays=stays, opened="tab1")
        assert shown == "Settings"
    assert not (tmp_path / "db-people").exists()


@pytest.mark.parametrize(
    "noted",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"1": 1}',
        b'{"1": "telegram:5"}',
        b'{"x": "' + EARLIER.encode() + b'"}',
    ],
)
def test_a_damaged_note_names_nobody(tmp_path: Path, noted: bytes) -> None:
    path = tmp_path / "db-people"
    path.write_bytes(noted)
    people = People(path, lambda _user: True)
    assert [people.of(one) for one in ("", "1", "2", "99", "100", "02", "x", "\uff12")] == [
        *("web:1", "web:1", "web:2", "web:99"),
        *("web:1", "web:1", "web:1", "web:1"),
    ]
