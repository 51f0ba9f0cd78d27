"""A translation service that works, and every way in which one may fail."""

from __future__ import annotations

import itertools
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from bot.machine.translator import MAX_ANSWER, LibreTranslate
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = json.dumps({"translatedText": " Nous espérons. "}).encode()


@contextmanager
def service(
    body: bytes, status: int = 200, *, hangs: bool = False
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A service on the loopback address, and what it was asked."""
    asked: list[dict[str, str]] = []
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            done.wait(10)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            if hangs:
                done.wait(10)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        done.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_text_is_translated() -> None:
    with service(GOOD) as (url, asked):
        text = LibreTranslate(f"{url}/", "key").translate("We hope.", "en", "fr")
    assert text == "Nous espérons."
    assert asked == [
        {
            "path": "/translate",
            "q": "We hope.",
            "source": "en",
            "target": "fr",
            "format": "text",
            "api_key": "key",
        }
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (GOOD, 500),
        (GOOD, 403),
        (b"<html>maintenance</html>", 200),
        (b'{"error": "no such language"}', 200),
        (b'{"translatedText": 7}', 200),
        (b"[]", 200),
        (b"\xff\xfe", 200),
        (b"", 200),
        (b'{"translatedText": "' + b"x" * MAX_ANSWER + b'"}', 200),
    ],
)
def test_what_is_no_translation_is_none(body: bytes, status: int) -> None:
    with service(body, status) as (url, _asked):
        assert LibreTranslate(url).translate("We hope.", "en", "fr") == ""


def test_a_service_that_hangs_is_not_waited_for() -> None:
    with service(GOOD, hangs=True) as (url, _asked):
        assert LibreTranslate(url, seconds=0.2).translate("We hope.", "en", "fr") == ""


def test_a_service_that_drips_is_not_waited_for() -> None:
    clock = itertools.count(0, 10)
    with service(GOOD) as (url, _asked):
        slow = LibreTranslate(url, seconds=15, clock=lambda: float(next(clock)) * 2)
        assert slow.translate("We hope.", "en", "fr") == ""


def test_nobody_there() -> None:
    assert LibreTranslate("http://127.0.0.1:9").translate("We hope.", "en", "fr") == ""


def test_the_key_is_never_printed_and_the_address_is_looked_at() -> None:
    read = Settings.read(
        {"DEMARCHE_TRANSLATOR_URL": "http://127.0.0.1:9/", "DEMARCHE_TRANSLATOR_KEY": "secret"}
    )
    assert read.translator_url == "http://127.0.0.1:9"
    assert "secret" not in repr(read)
    assert "secret" not in repr(LibreTranslate(read.translator_url, read.translator_key))
    with pytest.raises(SettingsError, match="DEMARCHE_TRANSLATOR_URL"):
        Settings.read({"DEMARCHE_TRANSLATOR_URL": "translate.example"})


@pytest.mark.parametrize("host", ["translate.example", "127.0.0.1.example.org", "192.0.2.7:5000"])
def test_texts_go_nowhere_in_the_clear(host: str) -> None:
    with pytest.raises(SettingsError, match="begins with https://"):
        Settings.read({"DEMARCHE_TRANSLATOR_URL": f"http://{host}"})
    read = Settings.read({"DEMARCHE_TRANSLATOR_URL": f"https://{host}"})
    assert read.translator_url == f"https://{host}"


def test_the_key_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret\n")
    environment = {"DEMARCHE_TRANSLATOR_KEY_FILE": str(tmp_path / "key")}
    assert Settings.read(environment).translator_key == "secret"
    assert "secret" not in repr(Settings.read(environment))
    (tmp_path / "key").unlink()
    with pytest.raises(SettingsError, match="DEMARCHE_TRANSLATOR_KEY_FILE cannot be read"):
        Settings.read(environment)
