"""The page's wire: who may send events, what comes back, what is refused."""

from __future__ import annotations

import base64
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from httpx import Client

from bot.conversation.talk.effects import SendFiles
from bot.storage.errors import StoreError
from bot.storage.store import Store
from bot.web.door import KEY_HEADER
from bot.web.made import again
from tests.conversation.talk import Talk
from tests.conversation.test_news import PARTY, renewed
from tests.web.serving import Served
from tests.world import CO_SIGNERS, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNT = itertools.count(1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "db")
    yield server
    server.stop()


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    """A visitor who has opened the page."""
    with client_of(served) as visitor:
        yield visitor


def client_of(served: Served, person: str = "") -> Client:
    """A page of that person's, which holds the key."""
    asked = {"user": person} if person else {}
    return Client(
        base_url=served.address, params=asked, headers={KEY_HEADER: served.key}, timeout=PATIENCE
    )


def origin(client: Client) -> dict[str, str]:
    return {"Origin": str(client.base_url).rstrip("/")}


def send(client: Client, kind: str, text: str, **more: object) -> dict[str, Any]:
    body = {"kind": kind, "text": text, "id": next(COUNT), **more}
    response = client.post("/event", json=body, headers=origin(client))
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def screen(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in answer["effects"] if e["kind"] == "screen")
    return found


def tap(client: Client, answer: dict[str, Any], label: str) -> dict[str, Any]:
    buttons = [button for row in screen(answer)["rows"] for button in row]
    return send(
        client, "tap", next(data for name, data, _main in buttons if name.startswith(label))
    )


def a_letter(client: Client) -> dict[str, Any]:
    answer = tap(client, send(client, "typed", "/new"), "OPSC")
    answer = tap(client, send(client, "typed", "kenia"), "English")
    answer = tap(client, send(client, "typed", CO_SIGNERS), "Done")
    return tap(client, tap(client, answer, "Geneva"), "Geneva")


def test_a_whole_letter_and_its_files(client: Client) -> None:
    answer = a_letter(client)
    letter = next(e for e in answer["effects"] if e["kind"] == "letter")
    assert base64.b64decode(letter["pictures"][0]).startswith(b"\x89PNG")
    assert "Your Excellency," in letter["text"]
    files = tap(client, tap(client, answer, "Share"), "All files")["effects"][0]["files"]
    starts = [base64.b64decode(file["data"])[:4] for file in files]
    assert starts == [b"\x89PNG", b"%PDF", b"PK\x03\x04", b"Perm"]


def test_a_csv_file_adds_co_signers(client: Client) -> None:
    tap(client, send(client, "typed", "/new"), "OPSC")
    tap(client, send(client, "typed", "kenia"), "English")
    data = base64.b64encode(b"name,role,organisation\nA. Example,,Example Organisation\n").decode()
    answer = send(client, "file", "list.csv", data=data)
    assert "1. A. Example, Example Organisation" in screen(answer)["text"]


def test_the_same_event_twice_changes_nothing(client: Client) -> None:
    tap(client, send(client, "typed", "/new"), "OPSC")
    tap(client, send(client, "typed", "kenia"), "English")
    body = {"kind": "typed", "text": "A. Example, Example Organisation", "id": next(COUNT)}
    answers = [client.post("/event", json=body, headers=origin(client)).json() for _ in range(2)]
    assert [screen(answer)["text"].count("A. Example") for answer in answers] == [1, 1]
    assert "already" not in screen(answers[1])["text"]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_interface_follows_the_browser(served: Served, language: str) -> None:
    titles = {"fr": "Démarche : lettres", "es": "Démarche: cartas"}
    headers = {"Accept-Language": f"{language}-CH,{language};q=0.9,en;q=0.5"}
    with client_of(served) as visitor:
        visitor.headers.update(headers)
        answer = state(visitor)
        assert answer["language"] == language
        assert screen(answer)["title"].replace("\xa0", " ").startswith(titles[language])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "http://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://example.org", "Host": "example.org"}, 400),
    ],
)
def test_only_the_page_itself_may_send(
    client: Client, headers: dict[str, str], status: int
) -> None:
    body = {"kind": "typed", "text": "/new", "id": next(COUNT)}
    assert client.post("/event", json=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"kind": "dance", "id": 1}', 400),
        (b'{"kind": "file", "text": "a", "data": "%%%", "id": 1}', 400),
        (b" " * 12_100_000, 413),
    ],
)
def test_what_is_no_event_is_refused(client: Client, body: bytes, status: int) -> None:
    response = client.post("/event", content=body, headers=origin(client))
    assert response.status_code == status


def test_another_visitors_button_answers_as_an_unknown_one(client: Client) -> None:
    data = screen(a_letter(client))["rows"][0][0][1]
    client.params = client.params.set("user", "2")
    answers = [send(client, "tap", one) for one in (data, "unknown1:file:docx")]
    assert answers[0] == answers[1]


def test_what_cannot_be_saved_is_one_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        message = "the disk is full: make room and try again"
        raise StoreError(message)

    monkeypatch.setattr(Store, "save", full)
    body = {"kind": "typed", "text": "/new", "id": next(COUNT)}
    response = client.post("/event", json=body, headers=origin(client))
    assert response.status_code == 503
    assert response.json() == {"error": "the disk is full: make room and try again"}


def state(client: Client) -> dict[str, Any]:
    return looked(client)


def looked(client: Client, **more: object) -> dict[str, Any]:
    response = client.post("/state", json=more, headers=origin(client))
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_letters_to_many_states_are_fetched_when_they_are_ready(client: Client) -> None:
    answer = tap(client, a_letter(client), "Many States")
    answer = tap(client, tap(client, answer, "☐ Signed but not party"), "Write ")
    answer = tap(client, answer, "Write the letters")
    assert screen(answer)["moves"]
    files = []
    for _ in range(2000):
        answer = state(client)
        files = [file for e in answer["effects"] if e["kind"] == "files" for file in e["files"]]
        if files:
            break
    assert [file["name"] for file in files] == ["OPSC-2026-03-02.zip"]
    assert base64.b64decode(files[0]["data"]).startswith(b"PK")
    (word,) = [e["made"] for e in answer["effects"] if e["kind"] == "files"]
    for one in (state(client), looked(client, got=["job:unknown"]), looked(client, opened="tab2")):
        assert word in [e.get("made") for e in one["effects"]], "the answer may have been lost"
    client.params = client.params.set("user", "2")
    assert not [e for e in looked(client, got=[word])["effects"] if e["kind"] == "files"]
    client.params = client.params.set("user", "")
    assert word in [e.get("made") for e in state(client)["effects"]], "nobody else confirms it"
    answer = looked(client, got=[word])
    assert "ZIP file above" in screen(answer)["text"]
    for got in ([word], []):
        answer = looked(client, got=got)
        assert not [e for e in answer["effects"] if e["kind"] == "files"], "it has arrived"
    assert [f["name"] for one in opened(client, word) for f in one.get("files", ())] == [
        "OPSC-2026-03-02.zip"
    ], "but to a page that is opened again"
    assert not [one for one in opened(client) if one["kind"] == "files"]


def opened(client: Client, *made: str) -> list[dict[str, Any]]:
    """What a page that is opened again shows, the screen left out."""
    answer = looked(client, opened="tab1", made=made)
    return [one for one in answer["effects"] if one["kind"] != "screen"]


def test_a_page_opened_again_has_the_letter_and_the_files_made_before(client: Client) -> None:
    made = tap(client, a_letter(client), "PDF")["effects"][0]
    letter, files = opened(client, made["made"])
    assert letter["text"].startswith("Permanent Mission")
    assert files == made
    assert opened(client) == [letter]
    assert state(client)["effects"][0]["kind"] == "screen", "nothing but the screen, later"
    tap(client, send(client, "typed", "/settings"), "⌂ Home")
    assert [one["kind"] for one in opened(client, made["made"])] == ["files"]


def test_no_file_is_made_again_of_a_letter_that_there_is_not_any_more(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.tap("No co-signers yet").tap("Geneva").tap("Geneva")
    made = [f"{talk.session.user.draft_id}:pdf::"]
    assert any(isinstance(one, SendFiles) for one in again(talk.desk, talk.user, made))
    renewed(talk, PARTY).command("settings")
    assert not any(isinstance(one, SendFiles) for one in again(talk.desk, talk.user, made))


def test_nothing_comes_of_anothers_letter_nor_of_odd_words(client: Client) -> None:
    made = tap(client, a_letter(client), "PDF")["effects"][0]["made"]
    draft = made.split(":")[0]
    odd = (
        "",
        ":",
        "::::",
        draft,
        f"{draft}:pdf",
        f"{draft}:exe::",
        f"{draft}:::",
        f"{draft}:pdf:xx:",
    )
    more = (
        f"{draft}:pdf+pdf::",
        f"{draft}:txt:fr:",
        f"{draft}:pdf::a:b",
        "nobody:pdf::",
        "\0",
        "x" * 5000,
    )
    assert [one["kind"] for one in opened(client, *odd, *more)] == ["letter"]
    many = [
        f"{draft}:{kind}:{second}:" for kind in ("pdf", "docx") for second in ("", "en", "fr", "es")
    ]
    assert len(opened(client, *many, *many, made)) == 1 + 8
    client.params = client.params.set("user", "2")
    assert opened(client, made) == []


def half(client: Client, tab: object, text: object, **headers: str) -> int:
    body = json.dumps({"tab": tab, "text": text}).encode()
    return client.post("/half", content=body, headers=headers or origin(client)).status_code


def test_what_is_half_typed_is_given_back_once_to_its_tab_alone(client: Client) -> None:
    def found(tab: str) -> str:
        found: str = looked(client, opened=tab)["half"]
        return found

    assert half(client, "tab1", "A. Exam") == 204
    assert half(client, "tab2", "Kenya") == 204
    assert half(client, "tab2", "") == 204
    client.params = client.params.set("user", "2")
    assert found("tab1") == ""
    client.params = client.params.set("user", "")
    assert [found("tab2"), found("tab1"), found("tab1")] == ["", "A. Exam", ""]
    for number in range(7):
        half(client, str(number), f"text {number}")
    assert [found("1"), found("2"), found("6")] == ["", "text 2", "text 6"]


def test_a_half_text_is_taken_of_the_page_alone(client: Client) -> None:
    assert half(client, "tab1", "A", Origin="http://example.org") == 403
    assert [half(client, *odd) for odd in (("", "A"), ("x" * 41, "A"), (1, "A"), ("a", None))] == [
        400
    ] * 4
    assert half(client, "tab1", "A" * 500_000) == 400


def test_the_page_says_in_the_browsers_language_that_it_loads(client: Client) -> None:
    for language, word in (("fr-CH,en", "Chargement…"), ("es", "Cargando…"), ("de", "Loading…")):
        text = client.get("/", headers={"Accept-Language": language}).text
        assert f">{word}</h2>" in text
        assert "$" not in text


def test_no_part_of_an_earlier_page_stays_beside_a_later_one(client: Client) -> None:
    found = client.get("/static/page.js")
    assert found.headers["cache-control"] == "no-cache"
    assert found.headers["content-type"].startswith("text/javascript")
    again = client.get("/static/page.js", headers={"If-None-Match": found.headers["etag"]})
    assert again.status_code == 304
