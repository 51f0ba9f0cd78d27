"""Every route, and whoever may ask: with and without the key, of which page, by which name."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.routing import Mount, Route

from bot.web.app import build
from bot.web.door import KEY_HEADER
from tests.web.visiting import HOST, KEY, visiting
from tests.world import make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from tests.web.visiting import Visitor

NUMBERS = itertools.count(100)
OPEN, SHUT = 200, 403
EVENT = {"kind": "typed", "text": "/new", "id": 7}
ROUTES: dict[str, tuple[str, str, object, int]] = {
    "/": ("GET", "/", None, OPEN),
    "/static": ("GET", "/static/page.js", None, OPEN),
    "/state": ("POST", "/state", {"opened": "tab1"}, SHUT),
    "/event": ("POST", "/event", EVENT, SHUT),
    "/half": ("POST", "/half", {"tab": "tab1", "text": "A"}, SHUT),
    "/robots.txt": ("GET", "/robots.txt", None, OPEN),
    "/s/-/signing.css": ("GET", "/s/-/signing.css", None, OPEN),
    "/s/{token}": ("GET", "/s/nothing", None, OPEN),
    "/s/{token}/{file}": ("GET", "/s/nothing/letter.pdf", None, OPEN),
}
"""Of every route a request; and whether it is answered to whoever has no key."""

OWN = {"Origin": HOST, KEY_HEADER: KEY}
ASKING: dict[str, tuple[dict[str, str], bool]] = {
    "the page": (OWN, True),
    "the page, as browsers say it": ({**OWN, "Sec-Fetch-Site": "same-origin"}, True),
    "no key": ({"Origin": HOST}, False),
    "an empty key": ({**OWN, KEY_HEADER: ""}, False),
    "a wrong key": ({**OWN, KEY_HEADER: "key-of-another-start"}, False),
    "half the key": ({**OWN, KEY_HEADER: KEY[:-1]}, False),
    "more than the key": ({**OWN, KEY_HEADER: KEY + "a"}, False),
    "an odd key": ({**OWN, KEY_HEADER: "\xe9\xff"}, False),
    "a cookie for a key": ({"Origin": HOST, "Cookie": f"demarche={KEY}; key={KEY}"}, False),
    "no origin": ({KEY_HEADER: KEY}, False),
    "a foreign origin": ({**OWN, "Origin": "http://example.org"}, False),
    "a neighbour's origin": ({**OWN, "Origin": "http://127.0.0.1:9999"}, False),
    "another scheme": ({**OWN, "Origin": "https://127.0.0.1"}, False),
    "no page's origin": ({**OWN, "Origin": "null"}, False),
    "another site": ({**OWN, "Sec-Fetch-Site": "cross-site"}, False),
    "a neighbour of the site": ({**OWN, "Sec-Fetch-Site": "same-site"}, False),
    "a navigation": ({**OWN, "Sec-Fetch-Site": "none"}, False),
}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with visiting(tmp_path_factory.mktemp("door") / "db") as found:
        for header in OWN:
            found.without(header)
        yield found


def ask(visitor: Visitor, route: str, headers: dict[str, str]) -> Response:
    method, path, body, _without = ROUTES[route]
    content = None if body is None else json.dumps(body)
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    return visitor.ask(method, path, content, sent)


def test_no_route_is_left_out(tmp_path: Path) -> None:
    paths = {
        one.path
        for one in build(make_desk(tmp_path / "db"), KEY).routes
        if isinstance(one, Route | Mount)
    }
    assert paths == set(ROUTES)


@pytest.mark.parametrize("who", ASKING)
def test_who_may_ask_for_what(visitor: Visitor, who: str) -> None:
    headers, is_page = ASKING[who]
    for route, (_method, _path, _body, without) in ROUTES.items():
        answer = ask(visitor, route, headers)
        if without == OPEN:
            assert answer.status_code in {200, 404, 429}, route
            assert not any(word in answer.text for word in ("web:1", KEY, "Which treaty")), route
        elif is_page:
            assert answer.status_code == (204 if route == "/half" else 200), route
        else:
            assert answer.status_code == SHUT, route
            assert set(answer.json()) in ({"error"}, {"title", "text"}), route


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "", "[::1]", "10.0.0.1"])
def test_by_another_name_nobody_is_answered(visitor: Visitor, host: str) -> None:
    for route in ROUTES:
        for origin in (HOST, f"http://{host}"):
            answer = ask(visitor, route, {**OWN, "Host": host, "Origin": origin})
            assert answer.status_code == 400, route


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_a_post_of_the_page_does_anything(visitor: Visitor, method: str) -> None:
    own = {name: value.encode() for name, value in OWN.items()}
    for _post, path, _body, without in ROUTES.values():
        if without == SHUT or method not in {"GET", "HEAD"}:
            answer = visitor.ask(method, path, None, own)
            assert answer.status_code == 405, path
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("twice", [KEY_HEADER, "origin", "host", "sec-fetch-site"])
def test_what_is_said_twice_is_not_believed(tmp_path: Path, twice: str) -> None:
    with visiting(tmp_path / "db") as visitor:
        said = {**OWN, "host": "127.0.0.1", "sec-fetch-site": "same-origin"}
        headers = [(name.lower(), value) for name, value in said.items()]
        assert visitor.raw("POST", "/state", headers, "{}").status_code == 200
        more = [*headers, (twice, dict(headers)[twice])]
        assert visitor.raw("POST", "/state", more, "{}").status_code == 403


@pytest.mark.parametrize("route", [*ROUTES, "nothing", "a foreign name", "no key"])
def test_every_answer_is_closed_to_others(visitor: Visitor, route: str) -> None:
    if route in ROUTES:
        told = ask(visitor, route, OWN).headers
    elif route == "nothing":
        told = visitor.get("/nothing").headers
    elif route == "no key":
        told = ask(visitor, "/state", {"Origin": HOST}).headers
    else:
        told = ask(visitor, "/", {"Host": "example.org"}).headers
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert "default-src 'none'" in told["Content-Security-Policy"]
    assert "unsafe" not in told["Content-Security-Policy"]
    known = {"/static": "no-cache", "/s/-/signing.css": "public, max-age=3600"}
    assert told["Cache-Control"] == known.get(route, "no-store")
    assert "set-cookie" not in told


def test_another_number_can_use_nothing_of_the_first(tmp_path: Path) -> None:
    with visiting(tmp_path / "db") as visitor:
        for text in (
            "/new",
            "opsc",
            "kenya",
            "english",
            "A. Example, B",
            "Done",
            "Geneva",
            "Geneva",
        ):
            answer = say(visitor, text)
        data = {button[1] for row in screen(answer)["rows"] for button in row}
        (draft,) = {one.partition(":")[0] for one in data} - {"-"}
        visitor.become("2")
        say(visitor, "/settings")
        for one in sorted(data):
            body = {"kind": "tap", "text": one, "id": next(NUMBERS)}
            found = visitor.post(json.dumps(body)).text
            assert "A. Example" not in found
            assert "Permanent Mission" not in found
        look = {"opened": "tab1", "made": [f"{draft}:pdf::"], "got": ["job:" + draft]}
        found = visitor.post(json.dumps(look), path="/state").json()
        assert [one["kind"] for one in found["effects"]] == ["screen"]
        visitor.become("1")
        assert screen(say(visitor, "/letters"))["rows"][0][0][0].startswith("Kenya")


def say(visitor: Visitor, text: str) -> dict[str, Any]:
    """Type it; or tap the button that begins so."""
    body: dict[str, Any] = {"kind": "typed", "text": text, "id": next(NUMBERS)}
    current = visitor.post("{}", path="/state").json()
    for row in screen(current)["rows"]:
        for label, data, _main in row:
            if label.startswith(text):
                body.update(kind="tap", text=data)
    found: dict[str, Any] = visitor.post(json.dumps(body)).json()
    return found


def screen(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["effects"] if one["kind"] == "screen")
    return found
