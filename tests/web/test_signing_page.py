"""The pages for people without an account: what they show, what they refuse, what they tell."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from bot.conversation.talk.values import View
from bot.letters.model import Language
from bot.signings.tokens import digest_of
from bot.signings.values import Status
from bot.web.signing.app import MOST_WRONG, build
from tests.signings.playing import at_card, everyone, form_of, invited, opened, signing_of, visit
from tests.web.visiting import visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from tests.conversation.talk import Talk
    from tests.web.visiting import Visitor

FORM = {"Content-Type": b"application/x-www-form-urlencoded"}


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Talk, Visitor]]:
    """A drafter, and somebody who asks for pages of the same desk."""
    with visiting(tmp_path / "db") as visitor:
        talk = opened(tmp_path / "other")
        talk.desk = visitor.desk
        talk.desk.public_url = "http://127.0.0.1"
        talk.type("Kenya OPSC en").type("A. Example, Example Organisation").tap("Done")
        talk.tap("Geneva").tap("Geneva, 2")
        talk.tap("Share").tap("Ask the co-signers").tap("Open for signing")
        yield talk, visitor


def sent(visitor: Visitor, token: str, form: dict[str, str]) -> Response:
    return visitor.ask("POST", f"/s/{token}", urlencode(form), FORM)


def test_a_robot_that_fetches_a_link_confirms_nothing(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        visitor.ask(method, f"/s/{token}?act=confirm&name=A.+Example")
    for form in ({}, {"act": "confirm", "name": "A. Example"}):
        assert sent(visitor, token, form).status_code == 404
    assert [one.status for one in everyone(talk)] == [Status.PROPOSED]
    link = talk.desk.shelves.signings.link(digest_of(token))
    assert link
    assert link.visits == 1


def test_pages_are_not_kept_found_or_framed(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    paths = (f"/s/{token}", f"/s/{token}/letter.pdf", f"/s/{token}/letter.txt", "/s/nothing")
    for path in paths:
        told = visitor.get(path).headers
        assert told["Cache-Control"] == "no-store"
        assert told["Referrer-Policy"] == "no-referrer"
        assert told["X-Frame-Options"] == "DENY"
        assert "noindex" in told["X-Robots-Tag"]
        assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
        assert "set-cookie" not in told
    assert "Disallow: /s/" in visitor.get("/robots.txt").text


def test_all_links_that_do_not_work_are_one_page(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    used, revoked = invited(talk, "Example"), ""
    sent(visitor, used, form_of(visit(talk, used)))
    at_card(talk).tap("Open link").tap("Invitation in English")
    revoked = talk.invitation
    talk.tap("Revoke")
    pages = [
        visitor.get(f"/s/{token}")
        for token in (used, revoked, "s" + "x" * 32, "x", "s" * 5000, "%00", "..%2f..", "é")
    ]
    assert {one.status_code for one in pages} == {404}
    assert len({one.text for one in pages}) == 1
    assert "Kenya" not in pages[0].text
    for file in ("letter.pdf", "letter.txt", "page.png"):
        assert visitor.get(f"/s/{used}/{file}").text == pages[0].text


def test_wrong_links_are_limited(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    for _ in range(MOST_WRONG):
        visitor.get("/s/nothing")
    assert visitor.get(f"/s/{token}").status_code == 429
    later = talk.desk.now().replace(hour=14)
    talk.desk.now = lambda: later
    assert visitor.get(f"/s/{token}").status_code == 200


@pytest.mark.parametrize(
    "lie",
    [
        {"page": "0" * 64},
        {"page": ""},
        {"version": "2"},
        {"version": "x"},
        {"key": "KEN.fr"},
        {"private": "s" + "x" * 32},
        {"act": "accept"},
        {"act": "second-hand"},
    ],
    ids=str,
)
def test_a_form_of_no_page_that_was_shown_is_nothing(
    both: tuple[Talk, Visitor], lie: dict[str, str]
) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    form = {**form_of(visit(talk, token)), **lie}
    assert sent(visitor, token, form).status_code == 404
    assert [one.status for one in everyone(talk)] == [Status.PROPOSED]


@pytest.mark.parametrize(
    ("said", "is_taken"),
    [
        ({}, True),  # an old browser
        ({"Origin": "null"}, True),  # as browsers have it where no Referer is sent
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://letters.example.org"}, True),  # through a proxy
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://example.org"}, False),
        ({"Origin": "http://127.0.0.1:9999"}, False),
        ({"Origin": "http://letters.example.org"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "cross-site"}, False),
    ],
    ids=str,
)
def test_a_form_that_another_page_sends_is_nothing(
    both: tuple[Talk, Visitor], said: dict[str, str], *, is_taken: bool
) -> None:
    talk, visitor = both
    talk.desk.public_url = "https://letters.example.org"
    token = invited(talk, "Example")
    visitor.without("Origin")
    headers = {**FORM, **{name: value.encode() for name, value in said.items()}}
    form = urlencode(form_of(visit(talk, token)))
    answer = visitor.ask("POST", f"/s/{token}", form, headers)
    assert answer.status_code == (303 if is_taken else 403)
    now = Status.CONFIRMED if is_taken else Status.PROPOSED
    assert [one.status for one in everyone(talk)] == [now]


def test_only_who_looks_at_a_page_is_counted(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    for dest in (b"iframe", b"image", b"empty", b"document"):
        visitor.get(f"/s/{token}", {"Sec-Fetch-Dest": dest})
    link = talk.desk.shelves.signings.link(digest_of(token))
    assert link
    assert link.visits == 1


def test_without_a_name_nothing_is_recorded_and_nothing_typed_is_lost(
    both: tuple[Talk, Visitor],
) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    form = form_of(visit(talk, token), name=" ", role="Zq role")
    found = sent(visitor, token, form)
    assert found.status_code == 422
    assert "Please write your name" in found.text
    assert 'value="Zq role"' in found.text


def test_names_are_text_and_nothing_else(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    bad = "<script>alert(1)</script>"
    found = sent(visitor, token, form_of(visit(talk, token), name=bad))
    page = visitor.get(found.headers["location"])
    assert bad not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_receipt_has_the_digest_of_the_text_to_download(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    token = invited(talk, "Example")
    found = sent(visitor, token, form_of(visit(talk, token, Language.FR)))
    page = visitor.get(found.headers["location"])
    text = visitor.get(found.headers["location"].replace("?", "/letter.txt?", 1))
    assert hashlib.sha256(text.content).hexdigest() in page.text
    assert signing_of(talk).count(Status.CONFIRMED) == 1


def test_the_pages_beside_the_bot_answer_under_their_own_name_alone(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    application = build(talk.desk, "https://letters.example.org")
    paths = {getattr(route, "path", "") for route in application.routes}
    assert "/" not in paths, "no chat page is served to the world"
    assert "/event" not in paths


def test_all_who_have_signed_can_be_seen_of_many_too(both: tuple[Talk, Visitor]) -> None:
    talk, visitor = both
    at_card(talk).tap("1 co-signer").type(
        "\n".join(f"P. Example {n}, Organisation {n:02d}" for n in range(24))
    )
    for one in everyone(talk)[1:]:
        token = invited_id(talk, one.id)
        assert sent(visitor, token, form_of(visit(talk, token))).status_code == 303
    page = visitor.get(f"/s/{invited(talk, 'Example')}")
    assert "and 4 more" in page.text
    assert "Organisation 23" not in page.text
    (more,) = re.findall(r'href="(\?[^"]*names=all)"', page.text)
    path = page.url.path + more.replace("&amp;", "&")
    assert "Organisation 23" in visitor.get(path).text


def invited_id(talk: Talk, endorser_id: str) -> str:
    """The token of an invitation for one of many."""
    view = View("invite", endorser_id)
    talk.desk.store.save(talk.session.looking(view), (), None, {})
    talk.effects = talk.desk.current(talk.user).effects
    return talk.tap("Invitation in English").invitation
