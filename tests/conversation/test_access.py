"""Who is let in: by invitation, by a list, into a coalition; and what everybody else can do."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.conversation.access.codes import LETTER, code_in, shown
from bot.conversation.access.kept import Blocked, Counted, ShutOut
from bot.conversation.coalitions.kept import Joined
from bot.conversation.endorsing.kept import EndorserBound, EndorserSpoke, LinkUsed, LinkVisited
from bot.conversation.person.kept import DeletionBegun, DeletionUndone, Forgotten
from bot.conversation.screens import screen_of
from bot.conversation.subjects import SUBJECTS
from bot.conversation.talk.access import Access, Mode
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import SendExport, SendSigned, SendText, Show, Toast
from bot.conversation.talk.events import Command, FileSent, LeftOut, Tap, Typed, Unsupported
from bot.conversation.talk.limits import Kind, Limits
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import View
from bot.conversation.turn import COMMANDS, turn
from bot.letters.model import Language
from bot.signings.values import Status
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import People, writes
from tests.hosted import connect
from tests.signings.playing import everyone, invited, opened

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.effects import Turn
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Session
    from bot.desk import Desk

CLOSED = Access(Mode.INVITATION)
LISTED = Access(Mode.LIST, frozenset({"test:allowed"}))
ADMINISTRATOR = "test:1"
DOOR = "This bot is for people who were invited."

OWN = frozenset({"privacy", "privacypart", "forget"})
"""Where one decides on what is kept about oneself."""

GUESTS = (
    *(EndorserSpoke, EndorserBound, LinkVisited, LinkUsed, Joined),
    *(Forgotten, DeletionBegun, DeletionUndone, Counted),
)
"""What may change at all of somebody who is not let in."""

AWAY = frozenset({"forget-yes", "leave-yes", "close-yes"})


def an_administrator(path: Path, access: Access = CLOSED) -> Talk:
    talk = Talk(path, administrators=frozenset({ADMINISTRATOR}))
    talk.desk.access = access
    talk.desk.bot_name = "ExampleBot"
    return talk


def invitation(talk: Talk, people: str = "1 person") -> str:
    """A code that the administrator makes."""
    talk.command("settings").tap("People").tap("Make an invitation").tap(people)
    said = next(one.text for one in talk.effects if isinstance(one, SendText))
    code = said.rpartition(": ")[2]
    assert f"https://t.me/ExampleBot?start={LETTER}{code_in(code)}" in said
    return code


def rows(desk: Desk, path: Path) -> dict[str, list[object]]:
    """All that stands in the database."""
    del desk
    with closing(connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 -- our tables
            for (name,) in names
            if not name.startswith("sqlite_")
        }


EVENTS: tuple[Event, ...] = (
    *(Command(name) for name in (*COMMANDS, "letterhead", "export", "delete", "nonsense")),
    *(Typed(text) for text in ("Kenya OPSC fr", "A. Example, Example Organisation", "pdf", "undo")),
    *(Tap(data) for data in ("-:new:", "-:settings:", "-:forget-yes:", "abcd1234:pdf:")),
    FileSent("list.csv", b"name\nA. Example\n"),
    LeftOut(),
    Unsupported("photo"),
)


@pytest.mark.parametrize("access", [CLOSED, LISTED], ids=str)
def test_of_who_is_outside_nothing_is_kept(tmp_path: Path, access: Access) -> None:
    talk = an_administrator(tmp_path / "db", access).beside("test:2", Language.FR)
    before = rows(talk.desk, talk.path)
    for event in EVENTS:
        talk.do(event)
        assert "Démarche" in talk.screen.title
        assert "veuillez" in talk.screen.text
        assert not talk.screen.rows
    assert ("2" in talk.screen.text) == (access is LISTED), "whom to let in"
    assert rows(talk.desk, talk.path) == before


def test_a_code_lets_in_as_often_as_it_is_meant_to(tmp_path: Path) -> None:
    one = an_administrator(tmp_path / "db")
    code = invitation(one, "5 people")
    talks = []
    for number in range(5):
        talk = one.beside(f"test:in{number}")
        # Read aloud and typed by hand, or by its link.
        typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        talk.type(typed) if number % 2 else talk.start(f"{LETTER}{code_in(code)}")
        assert "Welcome: you may use this bot now." in talk.screen.text
        talks.append(talk)
    assert writes(talks[1]).has_letter
    late = one.beside("test:late").type(code)
    assert "This code does not work (any more)." in late.screen.text
    assert not late.desk.store.people.knows("test:late")
    again = talks[1].start(f"{LETTER}{code_in(code)}")
    assert "You may use this bot already." in again.screen.text


def test_of_a_code_only_its_digest_is_kept(tmp_path: Path) -> None:
    one = an_administrator(tmp_path / "db")
    code = invitation(one)
    one.desk.store.tidy()
    data = b"".join(file.read_bytes() for file in tmp_path.glob("db*"))
    assert code.encode() not in data
    assert code_in(code).encode() not in data
    one.tap("Take back 1 invitation")
    one.beside("test:2").type(code)
    assert not one.desk.store.people.knows("test:2")


def test_who_tries_many_codes_is_not_listened_to_until_tomorrow(tmp_path: Path) -> None:
    one = an_administrator(
        tmp_path / "db", Access(Mode.INVITATION, limits=Limits({Kind.TOKENS: 3}))
    )
    code = invitation(one)
    talk = one.beside("test:2")
    wrong = [f"000{digit}-0000-0000-0000" for digit in range(3)]
    talk.type(wrong[0]).start(f"{LETTER}{code_in(wrong[1])}").start("s" + "x" * 32)
    talk.type(code)
    assert "Too many codes or links that do not work were tried today (3)." in talk.screen.text
    assert "tomorrow" in talk.screen.text
    now = talk.desk.now
    data = b"".join(file.read_bytes() for file in tmp_path.glob("db*"))
    assert b"test:2" not in data, "it is counted by a mark"
    another = one.beside("test:3").type(code)
    assert "Welcome" in another.screen.text, "others may"
    code = invitation(one)
    talk.desk.now = lambda: now().replace(year=2027)
    talk.desk.tidy()
    talk.desk.now = now  # the clock was wrong for a while, and steps back
    talk.type(code)
    assert "Welcome" in talk.screen.text, "what was counted for the wrong day is no more"


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Talk, Talk]:
    """A drafter who is let in, and a co-signer who came by a link that signs."""
    drafter = opened(tmp_path / "db")
    token = invited(drafter, "Example")
    drafter.desk.access = replace(CLOSED, allowed=frozenset({drafter.user}))
    guest = drafter.beside("test:2", Language.EN).start(token)
    return drafter, guest


def test_a_co_signer_is_let_in_for_what_they_were_asked(asked: tuple[Talk, Talk]) -> None:
    drafter, guest = asked
    assert "asks you to sign this joint letter" in guest.screen.text
    guest.tap("Confirm as A. Example")
    assert everyone(drafter)[0].status is Status.CONFIRMED
    guest.command("start")
    assert DOOR in guest.screen.text
    assert guest.labels == ["1 letter to sign", "Privacy"]
    guest.tap("1 letter").tap("OPSC").tap("Withdraw").tap("Yes, withdraw")
    assert everyone(drafter)[0].status is Status.WITHDRAWN
    guest.command("new")
    assert DOOR in guest.screen.text
    assert guest.session.draft is None
    guest.command("privacy").tap("Delete everything").tap("Delete at once")
    assert "Everything about you was deleted." in guest.screen.text
    assert DOOR in guest.screen.text
    assert not guest.labels
    assert not guest.desk.store.people.knows(guest.user)


def all_views() -> list[str]:
    return sorted(view for one in SUBJECTS for page in one.pages for view in page.views)


def walked(talk: Talk, steps: int) -> list[Session]:
    """Where somebody has been who tapped whatever there was, each place once."""
    found: dict[tuple[str, str], Session] = {}
    random = Random(7)  # noqa: S311 -- no secret
    for _step in range(steps):
        at = talk.session
        found.setdefault((at.user.view.name, at.user.view.key[:4]), at)
        buttons = [one for row in talk.screen.rows for one in row]
        good = [one for one in buttons if action_of(one.data)[0] not in AWAY]
        if good and random.random() < 0.9:
            talk.press(random.choice(good))
        else:
            talk.command(random.choice(("start", "settings", "letters", "sets", "new")))
    return list(found.values())


def tried(desk: Desk, places: list[Session], access: Access) -> int:
    """Every button of every screen, from where an open bot shows it; how many these are.

    And what is typed, sent and asked for there. Nothing of it comes to more than a guest may.
    """
    count = 0
    for session in places:
        desk.access = Access()
        offered = screen_of(Context.of(session, desk)).offered
        desk.access = access
        for event in (*map(Tap, sorted(offered)), *EVENTS[len(offered) % 5 :: 5]):
            count += 1
            harmless(turn(session, event, desk), session.user.view.name)
    return count


def harmless(turned: Turn, where: str) -> None:
    assert all(isinstance(one, GUESTS) for one in turned.changes), (where, turned.changes)
    allowed = Show | Toast | SendSigned | SendText | SendExport
    assert all(isinstance(one, allowed) for one in turned.effects), (where, turned.effects)
    name = turned.session.user.view.name
    assert name in {*OWN, "home", "myasked", "joining", "joinas"} or name.startswith("asked"), (
        where,
        name,
    )


def test_no_button_of_any_screen_lets_a_guest_do_more(tmp_path: Path) -> None:
    """Of somebody who has letters, sets and a coalition from when the bot was open."""
    people = People(tmp_path / "db")
    writes(people.talk("A"))
    places = walked(people.talk("A"), 110)
    assert len({one.user.view.name for one in places}) > 15
    assert tried(people.one.desk, places, CLOSED) > 300
    people.one.desk.access = CLOSED
    assert len(people.talk("A").command("letters").labels) <= 2
    people.one.desk.access = Access()
    assert any("OPSC" in one for one in people.talk("A").command("letters").labels), "all is there"


def test_an_invitation_to_a_coalition_is_one_to_the_bot(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    owner = people.talk("A")
    tokens = people.invited(), people.invited()
    desk = people.one.desk
    desk.access = replace(LISTED, allowed=frozenset({owner.user}))
    other = people.talk("C").start(tokens[1])
    assert "administrators have let in" in other.screen.text, "a list is a list"
    assert not desk.store.people.knows(other.user)
    desk.access = replace(desk.access, mode=Mode.INVITATION)
    member = people.talk("B").start(tokens[0])
    member.command("new")
    assert DOOR in member.screen.text, "not before they have joined"
    member.start(tokens[0]).tap("Join").type("B. Example").command("new").tap("OPSC")
    assert member.session.draft
    member.command("settings").tap("Coalitions").tap("Members").tap("Leave")
    member.tap("Yes").command("new")
    assert "treaty" in member.screen.title.lower(), "who has left is still let in"


@pytest.mark.file
def test_who_is_blocked_hears_it_once_a_day_and_can_delete(tmp_path: Path) -> None:
    one = an_administrator(tmp_path / "db", Access())
    talk = writes(one.beside("test:22"))
    one.command("settings").tap("People").type("22").tap("Block")
    assert one.labels[0] == "Unblock"
    talk.command("letters")
    (said,) = talk.effects
    assert isinstance(said, SendText)
    assert "has blocked you here" in said.text
    (shown_now,) = talk.desk.current(talk.user).effects
    assert isinstance(shown_now, Show)
    assert not shown_now.screen.rows, "where a screen has to be shown, it has nothing to tap"
    for event in (Command("new"), Typed("Kenya OPSC fr"), Command("letters")):
        assert not talk.do(event).effects
    before = talk.desk.now
    talk.desk.now = lambda: before().replace(day=before().day + 1)
    assert talk.command("new").effects, "once a day"
    assert not talk.command("new").effects
    talk.command("privacy").tap("Delete everything").tap("Delete at once")
    assert "Everything about you was deleted." in talk.screen.text
    assert "Welcome" not in talk.screen.text
    assert not talk.desk.store.people.knows(talk.user)
    assert not talk.command("new").effects, "the block is still there"
    assert b"test:22" not in (tmp_path / "db").read_bytes()
    one.command("settings").tap("People").type("22").tap("Unblock")
    talk.command("new").tap("OPSC")
    assert talk.session.draft


def test_no_button_lets_somebody_blocked_do_anything(tmp_path: Path) -> None:
    drafter = opened(tmp_path / "db")
    token = invited(drafter, "Example")
    administrator = drafter.beside("test:9")
    drafter.desk.administrators = frozenset({"test:9"})
    drafter.desk.bot_name = "ExampleBot"
    administrator.command("settings").tap("People").type("1").tap("Block")
    assert not any(isinstance(one, Show) for one in drafter.start(token).effects)
    at = drafter.session
    for name in all_views():
        for event in (*EVENTS, Command("start", token)):
            turned = turn(at.looking(View(name)), event, drafter.desk)
            shown = [one for one in turned.effects if isinstance(one, Show)]
            assert not shown or turned.session.user.view.name in {*OWN, "home"}
            assert turned.traceless or turned.session.user.view.name in {*OWN, "home"}
            assert not any(isinstance(one, EndorserSpoke) for one in turned.changes)


def test_an_administrator_lets_in_by_number(tmp_path: Path) -> None:
    one = an_administrator(tmp_path / "db", LISTED)
    talk = one.beside("test:7")
    talk.command("start")
    assert "your number here: 7" in talk.screen.text
    one.command("settings").tap("People")
    assert "Make an invitation" not in one.labels
    one.type("me").type("7").tap("Let in")
    talk.command("new").tap("OPSC")
    assert talk.session.draft
    one.command("settings").tap("People").type("7").tap("No longer let in")
    assert "administrators have let in" in talk.command("new").screen.text
    one.beside("test:allowed").command("new").tap("OPSC")
    one.command("settings").tap("People").type("1")
    assert "whom nobody can block" in one.screen.text


def test_only_administrators_look_at_people(tmp_path: Path) -> None:
    one = an_administrator(tmp_path / "db", Access())
    talk = one.beside("test:2").command("settings")
    assert "People" not in talk.labels
    session = talk.session.looking(View("people"))
    screen = screen_of(Context.of(session, talk.desk))
    assert screen.text == "Who may use this bot is decided by whoever runs it."
    for action in ("invitein:1", "revokecodes:1", "letin:2", "block:3", "unblock:4"):
        turned = turn(session, Tap(f"-:{action}"), talk.desk)
        assert not turned.changes


def test_a_code_is_read_as_people_type_it() -> None:
    assert code_in("abcd-efgh jkmn—pqrs") == "ABCDEFGHJKMNPQRS"
    assert code_in("OIl0-0000-0000-0000") == "0110000000000000"
    assert shown("ABCDEFGHJKMNPQRS") == "ABCD-EFGH-JKMN-PQRS"
    for text in ("", "ABCD", "Kenya OPSC fr", "ABCD-EFGH-JKMN-PQRU", "ABCD-EFGH-JKMN-PQRS-T"):
        assert not code_in(text)


def test_nothing_waits_of_somebody_who_was_blocked_or_shut_out(tmp_path: Path) -> None:
    store = an_administrator(tmp_path / "db").desk.store
    for number, change in enumerate((Blocked("test:2"), ShutOut("test:2"))):
        store.inbox.keep("test", number, "test:2", "{}")
        store.inbox.keep("test", 9, "test:3", "{}")
        store.keep(ADMINISTRATOR, (change,))
        assert store.inbox.kept("test") == ("{}",), "another's stays"
