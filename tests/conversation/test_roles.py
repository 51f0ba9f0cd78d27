"""What each role may do in a coalition: every button of every screen, and what is forged."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.conversation.coalitions.kept import (
    Closed,
    Invitation,
    InvitationsWithdrawn,
    Invited,
    Left,
    MemberRemoved,
    Renamed,
    RoleGiven,
    members_of,
)
from bot.conversation.roles import allowed
from bot.conversation.screens import screen_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.drafts import DraftKept, DraftRemoved
from bot.conversation.talk.effects import SendFiles, SendLetter, Toast, Turn
from bot.conversation.talk.events import Command, Tap, Typed
from bot.conversation.talk.membership import Role
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import View
from bot.conversation.turn import turn
from bot.letters.mission_book import Book, Entry
from bot.letters.model import Office
from tests.conversation.test_coalitions import CO_SIGNERS, People, at_members, toast, writes
from tests.conversation.test_living import run_job
from tests.storage.snapshots import everything_owned
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.values import Change
    from tests.conversation.talk import Talk

STEPS = 250
AWAY = frozenset({"actfor", "workhere", "leave-yes", "forget-yes"})
"""Ways to work for oneself again: after these nothing is the coalition's."""

TEXTS = (
    "pdf",
    "français",
    "Ghana",
    "undo",
    "Kenya OPSC fr",
    "Zqtext",
    "2 March 2026",
    "C. Example",
)
COMMANDS = ("new", "letters", "sets", "letterhead", "settings", "start", "cancel", "status")


@pytest.fixture
def people(tmp_path: Path) -> People:
    """A coalition with a letter that was sent, a draft, letters to two States, a set, a book."""
    people = People(tmp_path / "db")
    a = people.talk("A")
    a.command("letterhead").type("1 Example Street")
    a.command("sets").tap("New set").type("Friends").type(CO_SIGNERS)
    writes(a).tap("Many States").type("Tonga, Ghana").tap("Write 2").tap("Write")
    run_job(a)
    a.command("new").tap("OPSC").type("Barbados").tap("As last time").tap("More").tap("Sent").tap(
        "By post, today"
    )
    a.command("new").tap("OPSC")
    entry = Entry("KEN", Office.GENEVA, TODAY, email="mission@example.org")
    a.desk.shelves.missions.put(a.session.owner, Book((entry,)), TODAY)
    return people


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_whatever_is_tapped_and_typed_a_role_changes_only_what_it_may(
    people: People, role: Role, seed: int
) -> None:
    talk, random = people.joins("B", role), Random(seed)  # noqa: S311 -- a walk to walk again
    coalition = talk.session.owner
    before, refused, files = owned(people, coalition, role), 0, 0
    for _step in range(STEPS):
        does(talk, random)
        assert owned(people, coalition, role) == before, talk.effects
        refused += any(word in toast(talk) for word in ("reader", "lecture", "lectura"))
        files += any(isinstance(one, SendFiles | SendLetter) for one in talk.effects)
    assert talk.session.owner == coalition
    assert files or refused
    assert (refused > 0) is (role is Role.READER)


def does(talk: Talk, random: Random) -> None:
    """Something that a person may do."""
    talk.effects = talk.desk.current(talk.user).effects
    buttons = [b for row in talk.screen.rows for b in row if action_of(b.data)[0] not in AWAY]
    chance = random.random()
    if chance < 0.1:
        talk.do(Command(random.choice(COMMANDS)))
    elif chance < 0.25 or not buttons:
        talk.do(Typed(random.choice(TEXTS)))
    elif chance < 0.27:
        talk.file(b"name,organisation\nC. Example,Third Organisation\n")
    else:
        talk.press(random.choice(buttons))


def owned(people: People, coalition: str, role: Role) -> object:
    """What somebody of that role must find as it was."""
    found = everything_owned(people.path, coalition)
    if role is Role.READER:
        return found
    return {table: found.get(table) for table in ("members", "invitations", "coalitions")}


def test_a_reader_gets_the_documents(people: People) -> None:
    b = people.joins("B", Role.READER).command("letters")
    b.tap(next(one for one in b.labels if "Kenya" in one))
    assert b.has_letter
    b.tap("PDF")
    assert any(isinstance(one, SendFiles) for one in b.effects)
    b.type("word")
    assert any(isinstance(one, SendFiles) for one in b.effects)
    assert "Friends (2)" in b.command("sets").labels


def test_a_readers_tap_is_answered_with_a_toast_where_they_are(people: People) -> None:
    b = people.joins("B", Role.READER)
    b.command("sets").tap("Friends")
    screen = b.screen
    b.tap("Sort by name")
    assert "reader" in toast(b)
    assert b.screen == screen
    b.type("C. Example, Third Organisation")
    assert "reader" in b.screen.text
    b.command("new")
    assert "reader" in b.screen.text


def test_an_editor_who_becomes_a_reader_with_a_draft_at_hand_is_not_stuck(people: People) -> None:
    b = people.joins("B").command("new")
    at_members(people.talk("A")).tap("B. Example").tap("○ Reader")
    b.tap_shown("OPSC")
    assert "reader" in toast(b)
    b.tap("⌂ Home")
    assert b.screen.title.startswith("Démarche")
    b.command("letters").tap(next(one for one in b.labels if "Kenya" in one))
    assert b.has_letter


def changes_of(people: People, coalition: str) -> list[tuple[Change, ...]]:
    """Every change that only an owner may make."""
    a = people.talk("A")
    context = Context.of(a.session, a.desk)
    member = members_of(context, coalition)[-1].id
    invitation = Invitation("0" * 64, coalition, "x", Role.OWNER, "x", a.desk.now())
    return [
        (Renamed(coalition, "Zqname"),),
        (Invited(coalition, invitation),),
        (InvitationsWithdrawn(coalition),),
        *((RoleGiven(coalition, member, role),) for role in Role),
        (MemberRemoved(coalition, member),),
        (Closed(coalition),),
    ]


@pytest.mark.parametrize("role", Role)
def test_what_concerns_members_is_an_owners_whatever_comes_to_it(
    people: People, role: Role
) -> None:
    b = people.joins("B", role)
    people.joins("C")
    context = Context.of(b.session, b.desk)
    for changes in changes_of(people, b.session.owner):
        turned = Turn(b.session, (), changes)
        got = allowed(context, Tap("-"), turned)
        assert (got == turned) is (role is Role.OWNER), changes
        if role is not Role.OWNER:
            assert got.session == b.session
            assert got.changes == ()
            assert isinstance(got.effects[0], Toast)


@pytest.mark.parametrize("role", Role)
def test_what_is_written_is_no_readers(people: People, role: Role) -> None:
    b = people.joins("B", role)
    context = Context.of(b.session, b.desk)
    known = b.desk.store.shelves.drafts.of(b.session.owner)[0]
    for changes in ((DraftKept(replace(known, seat=None)),), (DraftRemoved(known.id),)):
        got = allowed(context, Tap("-"), Turn(b.session, (), changes))
        assert bool(got.changes) is (role is not Role.READER)
    for draft in (replace(known, place="Zqplace"), Draft("new00001")):
        turned = Turn(b.session.with_draft(draft))
        assert (allowed(context, Tap("-"), turned) == turned) is (role is not Role.READER)
    looked_at = Turn(b.session.with_draft(known))
    assert allowed(context, Tap("-"), looked_at) == looked_at


@pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
def test_an_owners_button_is_no_other_members(people: People, role: Role) -> None:
    b, a = people.joins("B", role), people.talk("A")
    coalition = b.session.owner
    people.joins("C")
    other = members_of(Context.of(a.session, a.desk), coalition)[-1].id
    places = [View(one, coalition) for one in ("coalition", "invitemember", "renamecoalition")]
    places += [View(one, coalition, text=other) for one in ("member", "handover", "removemember")]
    places.append(View("closecoalition", coalition))
    for view in places:
        owners = screen_of(Context.of(a.session.looking(view), a.desk)).offered
        mine = b.session.looking(view)
        shown = screen_of(Context.of(mine, b.desk)).offered
        for data in {f"-:{one.split(':', 1)[1]}" for one in owners} - shown:
            got = turn(mine, Tap(data), b.desk)
            assert got.changes == ()
            assert isinstance(got.effects[0], Toast)


def test_a_demoted_owner_types_no_new_name(people: People) -> None:
    b = people.joins("B", Role.OWNER)
    at_members(b).tap("Rename")
    at_members(people.talk("A")).tap("B. Example").tap("○ Editor")
    b.type("Zqname")
    assert "Only an owner" in b.screen.text
    assert b.session.membership
    assert b.session.membership.name == "Example Coalition"


def test_nobody_is_left_without_an_owner(people: People) -> None:
    people.joins("B")
    a = people.talk("A")
    coalition = a.session.owner
    context = Context.of(a.session, a.desk)
    own = members_of(context, coalition)[0].id
    for change in (
        Left(coalition),
        MemberRemoved(coalition, own),
        RoleGiven(coalition, own, Role.EDITOR),
    ):
        got = allowed(context, Tap("-"), Turn(a.session, (), (change,)))
        assert got.changes == (), change
