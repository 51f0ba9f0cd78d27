"""Links that are none any more, or never were: one answer for all, nothing seen, nothing changed.

Every kind of link, with everything that can be done to a secret; in the chat and for the pages.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.letters.model import Language
from bot.signings.tokens import PRIVATE_FOR
from bot.signings.values import Status
from bot.web.signing.visits import ACTS, Done, Visits
from tests.conversation.test_coalitions import People
from tests.signings.playing import at_card, everyone, form_of, invited, open_link, opened, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conversation.talk import Talk

STRANGERS = itertools.count(1)
MARKED = "A. Zqname, Zqorganisation\nB. Zqsecond, Zqothers"
NONE = "s" + "x" * 32

KINDS: dict[str, Callable[[Talk], str]] = {
    "personal": lambda talk: invited(talk, "Zqorganisation"),
    "open": open_link,
    "private": lambda talk: confirmed(talk, open_link(talk)),
}
"""The kinds of a signing's links, each with a way to one that works."""


def confirmed(talk: Talk, token: str) -> str:
    """The private link of who confirms by that link."""
    form = form_of(visit(talk, token), name="C. Zqthird", organisation="Zqthirds")
    done = Visits(talk.desk).speak(token, form)
    assert isinstance(done, Done)
    return done.token


def spoilt(token: str) -> list[str]:
    """What is nearly that token."""
    first = token[0]
    other = "A" if token[9] != "A" else "B"
    found = (
        *(token[:-1], token[1:], token + "A", token + "=", token[:16], f"{token}/..", first, ""),
        *("c" + token[1:], "S" + token[1:], "s" + token[1:], token.swapcase(), token[:-1] + "é"),
        *(f"%{ord(first):x}{token[1:]}", token.replace("-", "_"), token[::-1]),
        token[:9] + other + token[10:],
    )
    return [one for one in found if one != token]


def opens_nothing(talk: Talk, token: str, form: dict[str, str]) -> None:
    """Neither page nor chat knows it, and nothing happens."""
    before = _dump(talk)
    visits = Visits(talk.desk)
    assert visits.look(token, Language.EN) is None, token
    for act in sorted(ACTS):
        assert visits.speak(token, {**form, "act": act}) is None, (token, act)
    assert _dump(talk) == before
    stranger = talk.beside(f"test:S{next(STRANGERS)}")  # who tries many is not listened to
    stranger.command("start")  # and says only once who can read the chat
    said = stranger.start(token).effects
    assert "Zq" not in repr(said)
    assert said == stranger.start(NONE if token else token).effects, token


@pytest.mark.file
@pytest.mark.parametrize("kind", KINDS)
def test_nearly_the_token(tmp_path: Path, kind: str) -> None:
    talk = opened(tmp_path / "db", MARKED)
    token = KINDS[kind](talk)
    form = form_of(visit(talk, token))
    for wrong in spoilt(token):
        opens_nothing(talk, wrong, form)
    assert "Zq" in repr(visit(talk, token)), "the right one opens it"


@pytest.mark.file
@pytest.mark.parametrize("kind", KINDS)
def test_once_its_time_is_over(tmp_path: Path, kind: str) -> None:
    talk = opened(tmp_path / "db", MARKED)
    token = KINDS[kind](talk)
    form = form_of(visit(talk, token))
    late = talk.desk.now() + (PRIVATE_FOR if kind == "private" else timedelta(days=60))
    talk.desk.now = lambda: late
    opens_nothing(talk, token, form)


@pytest.mark.file
@pytest.mark.parametrize("way", [("Invite", "… Zqorganisation"), ("Open link",)])
def test_once_it_was_taken_back(tmp_path: Path, way: tuple[str, ...]) -> None:
    talk = opened(tmp_path / "db", MARKED)
    token = KINDS["personal" if len(way) > 1 else "open"](talk)
    form = form_of(visit(talk, token))
    at_card(talk)
    for label in (*way, "Revoke the links"):
        talk.tap(label)
    opens_nothing(talk, token, form)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_one_signing_says_nothing_in_another(tmp_path: Path, kind: str) -> None:
    talk, other = opened(tmp_path / "one", MARKED), opened(tmp_path / "other", MARKED)
    form = form_of(visit(talk, KINDS[kind](talk)), name="D. Example")
    token = KINDS[kind](other)
    before = [one.status for one in everyone(other)]
    for act in sorted(ACTS):
        assert Visits(other.desk).speak(token, {**form, "act": act}) is None
    assert [one.status for one in everyone(other)] == before


@pytest.mark.file
def test_an_invitation_that_was_used_shows_nothing_and_says_nothing(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db", MARKED)
    token = invited(talk, "Zqorganisation")
    page = visit(talk, token)
    confirmed(talk, token)
    assert Visits(talk.desk).look(token, Language.EN) is None
    before = _dump(talk)
    stranger = talk.beside("test:S")
    assert "Zq" not in repr(stranger.start(token).effects)
    for act in ("change", "decline", "withdraw", "erase"):
        Visits(talk.desk).speak(token, form_of(page, act, private="", comment="x"))
    assert [one.status for one in everyone(talk)].count(Status.CONFIRMED) == 1
    assert _dump(talk) == before


def test_invitations_to_a_coalition(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    token = people.invited()
    members = repr(people.talk("A").session.membership)
    for wrong in spoilt(token):
        stranger = people.talk("S")
        assert "Example Coalition" not in repr(stranger.start(wrong).effects), wrong
        assert stranger.session.membership is None
    people.talk("B").start(token).tap("Join").type("B. Example")
    for late in ("S", "B"):
        assert "Join" not in people.talk(late).start(token).labels, "it works once"
    assert people.talk("S").session.membership is None
    assert repr(people.talk("A").session.membership) == members


def _dump(talk: Talk) -> list[str]:
    """All rows but those that say where people stand, and how much they tried."""
    connection = talk.desk.store._db.conn  # noqa: SLF001 -- nothing else shows all of it
    apart = tuple(f'INSERT INTO "{one}"' for one in ("users", "updates", "counts", "commits"))
    return [line for line in connection.iterdump() if not line.startswith(apart)]
