"""What is taken from one address and by one link in an hour, whatever the clock does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

from bot.web.signing import app
from bot.web.signing.limits import Limits
from tests.signings.playing import form_of, invited, open_link, opened, visit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.desk import Desk

URL = "https://letters.example.org"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Pages:
    """The pages, asked from one address or another."""

    def __init__(self, desk: Desk) -> None:
        self._app = app.build(desk, URL)

    def ask(self, method: str, path: str, form: str = "", number: int = 1) -> int:
        """The status of the answer."""
        return asyncio.run(self._asked(method, path, form, number))

    async def _asked(self, method: str, path: str, form: str, number: int) -> int:
        transport = httpx.ASGITransport(self._app, client=(f"192.0.2.{number}", 4000))
        head = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
            answer = await client.request(method, f"/s/{path}", content=form, headers=head)
        return answer.status_code


def test_a_clock_that_steps_back_locks_nobody_out() -> None:
    limits = Limits(2)
    for _time in range(2):
        limits.note("192.0.2.1", NOW + timedelta(days=3650))
    assert limits.is_reached("192.0.2.1", NOW + timedelta(days=3650))
    assert not limits.is_reached("192.0.2.1", NOW)
    for _time in range(2):
        limits.note("192.0.2.1", NOW)
    assert limits.is_reached("192.0.2.1", NOW)
    assert not limits.is_reached("192.0.2.1", NOW + timedelta(hours=1))


def test_one_link_takes_so_many_forms_from_wherever_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MOST_OF_LINK", 2)
    talk = opened(tmp_path / "db")
    token, other = open_link(talk), invited(talk, "Example")
    pages = Pages(talk.desk)
    form = urlencode(form_of(visit(talk, token), name="C. Example", organisation="Third"))
    assert [pages.ask("POST", token, form, number) for number in range(3)] == [303, 303, 429]
    assert pages.ask("GET", other) == 200, "others are open"


def test_one_address_has_so_many_files_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MOST_FILES", 1)
    talk = opened(tmp_path / "db")
    token = open_link(talk)
    pages = Pages(talk.desk)
    assert [pages.ask("GET", f"{token}/letter.pdf") for _ in range(2)] == [200, 429]
    assert pages.ask("GET", f"{token}/letter.txt") == 200, "what costs nothing"
    assert pages.ask("GET", f"{token}/letter.pdf", number=7) == 200, "another address"
