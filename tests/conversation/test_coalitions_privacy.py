"""What is deleted with somebody of their coalitions, and what stays with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.membership import Role
from tests.conversation.test_coalitions import CO_SIGNERS, People, at_members, writes
from tests.everything import known, left, rows
from tests.storage.snapshots import everything_owned

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversation.talk import Talk

MARKED = "A. Zqsigner, Zqorganisation"


@pytest.fixture
def people(tmp_path: Path) -> People:
    """A coalition with a set of its own."""
    people = People(tmp_path / "db")
    people.talk("A").command("sets").tap("New set").type("Zqset").type(MARKED)
    return people


def forgets(talk: Talk) -> None:
    talk.command("privacy").tap("Delete everything").tap("Delete at once")


@pytest.mark.file
def test_a_coalition_of_one_is_deleted_with_them(people: People, tmp_path: Path) -> None:
    a = people.talk("A")
    people.invited()
    coalition = a.session.owner
    things = known(people.path, coalition) | known(people.path, "test:A")
    things |= {coalition.encode(), b"Example Coalition", b"A. Example"}
    assert left(people.path, tmp_path / "none", things)
    forgets(a)
    assert everything_owned(people.path, coalition) == {}
    assert rows(people.path, coalition) == rows(people.path, "test:A") == 0
    assert left(people.path, tmp_path / "none", things) == set()


@pytest.mark.file
@pytest.mark.clear
def test_of_a_coalition_of_more_only_the_membership_goes(people: People, tmp_path: Path) -> None:
    b, a = people.joins("B"), people.talk("A")
    coalition = a.session.owner
    people.invited()
    forgets(a)
    assert rows(people.path, "test:A") == 0
    found = left(people.path, tmp_path / "none", {b"A. Example", b"test:A", b"B. Example"})
    assert found == {b"B. Example", b"Zqset", b"Zqsigner", b"Zqorganisation"}
    assert "invitations" not in everything_owned(people.path, coalition)
    assert "Zqset (1)" in b.command("sets").labels


def test_the_longest_member_becomes_the_owner_and_is_told_once(people: People) -> None:
    reader, b, c = people.joins("R", Role.READER), people.joins("B"), people.joins("C")
    a, desk = people.talk("A"), people.one.desk
    assert not desk.to_tell("test")
    forgets(a)
    assert desk.to_tell("test") == {"test:B"}
    receipt = desk.tell("test:B")
    assert receipt
    assert "now: Owner" in str(receipt.effects[0])
    assert desk.tell("test:B") is None
    roles = [one.session.membership and one.session.membership.role for one in (reader, b, c)]
    assert roles == [Role.READER, Role.OWNER, Role.EDITOR]


def test_where_another_is_an_owner_nobody_becomes_one(people: People) -> None:
    people.joins("B", Role.OWNER)
    c = people.joins("C")
    forgets(people.talk("A"))
    assert c.session.membership
    assert c.session.membership.role is Role.EDITOR


def test_who_deletes_everything_is_told_what_becomes_of_it(people: People) -> None:
    text = people.talk("A").command("privacy").tap("Delete everything").screen.text
    assert "last owner" in text
    assert "last owner" not in people.talk("Z").command("privacy").tap("Delete ev").screen.text


def test_who_works_for_a_closed_coalition_works_for_themself(people: People) -> None:
    b, a = writes(people.joins("B")), people.talk("A")
    at_members(a).tap("Close").tap("Yes, close")
    b.tap("PDF")
    assert "no longer a member" in b.screen.text
    assert not any("Zqset" in one for one in b.command("sets").labels)


@pytest.mark.file
def test_what_is_closed_leaves_no_byte(people: People, tmp_path: Path) -> None:
    a = people.talk("A")
    coalition = a.session.owner
    things = known(people.path, coalition) | {b"Example Coalition"}
    at_members(a).tap("Close").tap("Yes, close")
    people.one.desk.tidy()
    assert left(people.path, tmp_path / "none", things) - things == set()
    assert b"Zqset" not in people.path.read_bytes()
    assert people.one.desk.store.check() == "ok"


@pytest.mark.file
@pytest.mark.clear
def test_the_name_of_who_left_is_gone_and_what_they_wrote_stays(
    people: People, tmp_path: Path
) -> None:
    b = people.joins("B").command("sets").tap("New set").type("Of B").type(CO_SIGNERS)
    at_members(b).tap("Leave").tap("Yes, leave")
    people.one.desk.tidy()
    assert left(people.path, tmp_path / "none", {b"B. Example, Zq"}) >= {b"Zqset"}
    assert "Of B (2)" in people.talk("A").command("sets").labels
    assert "Of B (2)" not in b.command("sets").labels
