"""Whatever a program sends to the page's wire: never a 500, and the page opens again."""

from __future__ import annotations

import base64
import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.model import Signatory
from tests.web.visiting import visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.visiting import Visitor

COUNT = itertools.count(1)


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with visiting(tmp_path / "db") as found:
        yield found


@pytest.fixture(scope="module")
def one_visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The same for all examples of a property."""
    with visiting(tmp_path_factory.mktemp("web") / "db") as found:
        yield found


def event(**more: object) -> dict[str, object]:
    return {"kind": "typed", "text": "/new", "id": next(COUNT), **more}


def opens_again(visitor: Visitor) -> dict[str, Any]:
    """What the page shows when it is opened, in strict UTF-8."""
    answer = visitor.post("{}", path="/state")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content.decode("utf-8", "strict"))
    return found


NO_EVENTS = {
    "nothing": b"",
    "a blank": b" ",
    "no JSON": b"{",
    "a list": b"[]",
    "a text": b'"typed"',
    "null": b"null",
    "a number": b"1",
    "no fields": b"{}",
    "brackets": b"[" * 100_000,
    "brackets in a field": b'{"kind":"typed","id":1,"text":' + b"[" * 100_000,
    "braces": b'{"a":' * 100_000,
    "another encoding": '{"kind":"typed","id":1,"text":"é"}'.encode("latin-1"),
    "no encoding": b"\xff\xfe\xff",
    "digits without end": b'{"kind":"typed","text":"a","id":' + b"9" * 5_000 + b"}",
}
NO_NUMBERS = ["1", True, False, None, -1, 1.5, 1e30, 10**30, -(10**30), [], {}, 2**53 + 1]
NO_TEXTS = [None, 1, 1.5, True, [], ["a"], {}, {"a": 1}]


@pytest.mark.parametrize("body", NO_EVENTS.values(), ids=NO_EVENTS.keys())
def test_a_body_that_is_no_event_is_refused(visitor: Visitor, body: bytes) -> None:
    assert visitor.post(body).status_code == 400
    assert visitor.post(body, path="/half").status_code == 400
    if body != b"{}":
        assert visitor.post(body, path="/state").status_code == 400
    opens_again(visitor)


@pytest.mark.parametrize(
    "look",
    [
        *('{"opened": 1}', '{"opened": "%s"}' % ("x" * 41), '{"opened": null}', '{"made": "a"}'),
        *('{"made": [1]}', '{"got": {}}', '{"got": [null]}', '{"made": ["%s"]}' % ("x" * 100_001)),
        *('{"got": 1e400}', '{"made": [NaN]}', '{"opened": %s}' % ("9" * 5000)),
    ],
    ids=lambda look: look[:30],
)
def test_a_look_that_is_none_is_refused(visitor: Visitor, look: str) -> None:
    assert visitor.post(look, path="/state").status_code == 400
    opens_again(visitor)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(visitor: Visitor, number: str) -> None:
    body = f'{{"kind":"typed","text":"/new","id":{number}}}'
    assert visitor.post(body).status_code == 400


@pytest.mark.parametrize("number", NO_NUMBERS, ids=repr)
def test_an_event_has_a_whole_number(visitor: Visitor, number: object) -> None:
    assert visitor.post(json.dumps(event(id=number))).status_code == 400


@pytest.mark.parametrize("field", ["kind", "text", "about", "data"])
@pytest.mark.parametrize("value", NO_TEXTS, ids=repr)
def test_its_other_fields_are_texts(visitor: Visitor, field: str, value: object) -> None:
    kind = "file" if field == "data" else "typed"
    body = event(kind=kind, data="") | {field: value}
    assert visitor.post(json.dumps(body)).status_code == 400


@pytest.mark.parametrize("data", ["%%%", "é", "YQ", "Y Q==", "YQ==\n", "\ud83d"])
def test_a_file_is_base64(visitor: Visitor, data: str) -> None:
    assert visitor.post(json.dumps(event(kind="file", data=data))).status_code == 400


@pytest.mark.parametrize("length", ["", "-1", "1e3", "²", "99999999999", "9" * 6_000])
def test_a_length_that_is_none_or_too_much_is_refused(visitor: Visitor, length: str) -> None:
    headers = {"Content-Length": length.encode("utf-8")}
    body = json.dumps(event())
    assert visitor.post(body, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "text",
    [
        r'"\ud83d"',
        r'"a\ude00\u0000\u001b\uffff"',
        r'"/\ud83d"',
        r'"/new\ud83d"',
        r'"\u202e\u2066abc"',
    ],
)
@pytest.mark.parametrize("before", [(), ("/new",), ("/new", "opsc"), ("/letters",), ("/sets",)])
def test_half_an_emoji_is_taken_and_the_page_opens_again(
    visitor: Visitor, text: str, before: tuple[str, ...]
) -> None:
    for one in before:
        visitor.post(json.dumps(event(text=one)))
    body = f'{{"kind":"typed","text":{text},"about":{text},"id":{next(COUNT)}}}'
    assert visitor.post(body).status_code == 200
    opens_again(visitor)
    body = f'{{"kind":"file","text":{text},"data":"","id":{next(COUNT)}}}'
    assert visitor.post(body).status_code == 200
    body = f'{{"kind":"tap","text":{text},"id":{next(COUNT)}}}'
    assert visitor.post(body).status_code == 200
    opens_again(visitor)


def test_what_an_earlier_version_stored_opens_again(visitor: Visitor) -> None:
    for text in ("/new", "opsc", "kenya", "english"):
        visitor.post(json.dumps(event(text=text)))
    half = "A. Example \ud83d"
    session = visitor.desk.store.people.load("web:1")
    assert session.draft
    draft = replace(session.draft, signatories=(Signatory(half, half),), place=half)
    view = replace(session.user.view, text=half)
    stored = replace(session, user=replace(session.user, view=view), draft=draft)
    visitor.desk.store.save(stored, (), None, {})
    assert "A. Example \ufffd" in opens_again(visitor)["effects"][0]["text"]


def test_a_text_longer_than_any_is_refused_with_a_word_on_it(visitor: Visitor) -> None:
    visitor.post(json.dumps(event()))
    answer = visitor.post(json.dumps(event(text="x" * 100_001))).json()
    assert "more than 100000 characters" in answer["effects"][0]["text"]
    assert visitor.post(json.dumps(event(text="opsc"))).json()["effects"][0]["title"] == (
        "Which State is the letter to?"
    )


@pytest.mark.parametrize(
    "language",
    [
        *("", ",", ";;;", "-", "fr;q=", "*", "fr-" + "x" * 9_000, "de, ,es;q=a"),
        *("é", "\x7f", "a=b;c", "EN", "zz" * 4_000),
    ],
)
def test_odd_languages(visitor: Visitor, language: str) -> None:
    headers = {"Accept-Language": language.encode("utf-8")}
    assert visitor.post("{}", headers, "/state").status_code == 200


@pytest.mark.parametrize(
    "cookie",
    [
        *("", "=", ";;;;", "demarche", "demarche=", 'demarche="', "demarche=a; demarche=b"),
        *("demarche=\\777\\303", 'demarche="\\377"', "demarche=" + "x" * 9_000, "demarche=é"),
        *("demarche=\x01", "demarche=%00", "a=" * 4_000),
    ],
)
def test_odd_cookies(visitor: Visitor, cookie: str) -> None:
    headers = {"Cookie": cookie.encode("utf-8")}
    assert visitor.post('{"opened": "tab1"}', headers, "/state").status_code == 200
    assert visitor.get("/", headers=headers).status_code == 200
    assert visitor.post(json.dumps(event()), headers=headers).status_code == 200


PATHS = [
    *("/half", "/state?opened=1&made=a:b:c:d", "/state?made=%ff&opened=%00"),
    *("/", "/state", "/event", "/static/page.js", "/static", "/static/", "/static//", "/nothing"),
    *("/static/%00", "/static/..%2f..%2fapp.py", "/static/%ff", "/static/" + "x" * 4_000),
    *("/%00", "//", "/static/" + "a/" * 1_500, "/static/%ed%a0%bd", "/event/", "/state%20"),
]


@pytest.mark.parametrize("path", PATHS)
def test_odd_paths_and_methods(visitor: Visitor, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "ODD"):
        answer = visitor.ask(method, path, b"{}" if method == "POST" else None)
        assert answer.status_code < 500, (method, path)
        assert b"from bot" not in answer.content


def test_the_number_of_anothers_event_brings_nothing_of_theirs(visitor: Visitor) -> None:
    body = event()
    visitor.post(json.dumps(body))
    visitor.post(json.dumps(event(text="opsc")))
    visitor.become("2")
    answers = [visitor.post(json.dumps(body)).json() for _ in range(2)]
    assert [one["effects"][0]["title"] for one in answers] == [
        "Which treaty is the letter about?"
    ] * 2
    visitor.become("1")
    again = visitor.post(json.dumps(body)).json()
    assert again["effects"][0]["title"] == "Which State is the letter to?", (
        "seen before, by its own"
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
BASE64 = st.binary(max_size=200).map(lambda data: base64.b64encode(data).decode())
LIKE_EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["typed", "tap", "file", "dance"]) | VALUES,
        "text": st.text(st.characters(), max_size=200)
        | st.sampled_from(["/new", "/letters", "opsc", "kenya", "fr", "A. Example, B"])
        | VALUES,
        "id": st.integers(0, 2**53) | VALUES,
        "about": st.text(st.characters(), max_size=150) | VALUES,
        "data": BASE64 | VALUES,
    },
)


@settings(deadline=None, max_examples=200)
@given(body=LIKE_EVENTS | VALUES)
def test_any_json_is_an_event_or_refused(one_visitor: Visitor, body: object) -> None:
    answer = one_visitor.post(json.dumps(body))
    assert answer.status_code in {200, 400}
    opens_again(one_visitor)


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused(one_visitor: Visitor, data: bytes) -> None:
    assert one_visitor.post(data).status_code == 400
