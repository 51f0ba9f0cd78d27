"""Files sent on the page: nobody waits for another's."""

from __future__ import annotations

import base64
import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.botapi.images import png
from tests.web.serving import Served
from tests.web.test_api import client_of, origin, screen, send, tap
from tests.world import PATIENCE, Held

if TYPE_CHECKING:
    from pathlib import Path

COUNT = itertools.count(1_000_000)


def test_a_tap_is_answered_while_another_ones_file_is_read(tmp_path: Path) -> None:
    room = Held()
    server = Served(tmp_path / "db", room)
    with client_of(server) as sender, client_of(server, "2") as other:
        send(sender, "typed", "/letterhead")
        data = base64.b64encode(png()).decode()
        with ThreadPoolExecutor(1) as beside:
            body = {"kind": "file", "text": "logo.png", "data": data, "id": next(COUNT)}
            sent = beside.submit(sender.post, "/event", json=body, headers=origin(sender))
            assert room.begun.wait(PATIENCE)
            assert "Which treaty" in screen(send(other, "typed", "/new"))["title"]
            assert not sent.done()
            room.let.set()
            assert "✓ A logo." in screen(sent.result().json())["text"]
    server.stop()


def test_the_empty_mission_book_is_a_file_to_save(tmp_path: Path) -> None:
    server = Served(tmp_path / "db")
    with client_of(server) as visitor:
        found = send(visitor, "typed", "/settings")
        found = tap(visitor, tap(visitor, found, "Coalitions"), "Found a coalition")
        for text in ("Example Coalition", "A. Example", "/settings"):
            found = send(visitor, "typed", text)
        found = tap(visitor, found, "Mission book")
        assert "There is none yet." in screen(found)["text"]
        found = tap(visitor, found, "The template")
        (files,) = (one["files"] for one in found["effects"] if one["kind"] == "files")
        assert files[0]["name"] == "missions.xlsx"
        assert base64.b64decode(files[0]["data"]).startswith(b"PK")
        assert "spreadsheetml" in files[0]["mime"]
    server.stop()
