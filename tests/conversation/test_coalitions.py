"""Coalitions: who works for one shares its letters, and may there what the role allows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.drafts import DraftRemoved
from bot.conversation.talk.effects import SendLetter, SendText, Toast
from bot.conversation.talk.membership import Role
from tests.conversation.talk import Talk
from tests.storage.snapshots import everything_owned

if TYPE_CHECKING:
    from pathlib import Path

LABELS = {Role.OWNER: "Owner", Role.EDITOR: "Editor", Role.READER: "Reader"}
CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Second Organisation"


class People:
    """A desk with people at it: "A" has founded a coalition and works for it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.one = Talk(path, user="test:1")
        self.tokens = 0
        self.talks: dict[str, Talk] = {}
        founder = self.talk("A")
        founder.command("settings").tap("Coalitions").tap("Found a coalition")
        founder.type("Example Coalition").type("A. Example")

    def talk(self, name: str) -> Talk:
        """Who is called so."""
        if name not in self.talks:
            self.talks[name] = Talk(self.path, user=f"test:{name}", desk=self.one.desk)
        return self.talks[name]

    def invited(self, role: Role = Role.EDITOR) -> str:
        """A token that A gives out."""
        at_members(self.talk("A")).tap("Invite").tap(LABELS[role])
        self.tokens += 1
        return self.token(self.tokens)

    def token(self, number: int) -> str:
        """That token."""
        return f"c{self.path.name[:8]:-<8}{number:024d}"

    def joins(self, name: str, role: Role = Role.EDITOR) -> Talk:
        """Somebody joins as that."""
        token = self.invited(role)
        talk = self.talk(name).command(f"start {token}").tap("Join").type(f"{name}. Example")
        assert talk.session.membership
        assert talk.session.membership.role is role
        return talk


def at_members(talk: Talk) -> Talk:
    talk.command("start").tap("Working for")
    return talk.tap("Members")


def writes(talk: Talk, state: str = "kenia") -> Talk:
    """A finished letter."""
    talk.command("new").tap("OPSC").type(state).tap("English").type(CO_SIGNERS).tap("Done")
    return talk.tap("Geneva").tap("Geneva")


def toast(talk: Talk) -> str:
    return next((one.text for one in talk.effects if isinstance(one, Toast)), "")


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path / "db")


def test_what_belongs_to_a_coalition_is_its_members_alone(people: People) -> None:
    a = writes(people.talk("A"))
    b = people.joins("B")
    assert any(one.startswith("Kenya") or "Kenya" in one for one in b.command("letters").labels)
    b.command("start").tap("Working for").tap("○ Myself")
    assert not any("Kenya" in one for one in b.command("letters").labels)
    assert a.session.draft
    assert people.talk("C").command("letters").session.draft is None
    owner = people.one.desk.store.shelves.drafts
    assert [one.state for one in owner.of(a.session.owner)] == ["KEN"]
    assert owner.of("test:A") == owner.of("test:B") == ()


def test_what_was_ones_own_stays_so(people: People) -> None:
    b = writes(people.talk("B"), "Tonga")
    people.joins("B")
    assert b.session.draft is None
    assert not any("Tonga" in one for one in b.command("letters").labels)
    b.command("start").tap("Working for").tap("○ Myself")
    assert any("Tonga" in one for one in b.command("letters").labels)


def test_sets_and_letterheads_are_shared(people: People) -> None:
    a, b = people.talk("A"), people.joins("B")
    a.command("sets").tap("New set").type("Friends").type(CO_SIGNERS)
    assert "Friends (2)" in b.command("sets").labels
    a.command("letterhead").type("1 Example Street")
    head = people.one.desk.shelves.letterheads
    assert head.of(a.session.owner)
    assert head.of("test:A") is None
    writes(b)
    assert b.session.draft
    assert head.over(b.session.draft.id, "test:B") == head.of(a.session.owner)


def test_nobody_is_offered_the_co_signers_of_anothers_last_letter(people: People) -> None:
    a = writes(people.talk("A"))
    a.command("start").tap("Working for").tap("○ Myself")
    assert a.session.user.last.signatories == ()
    a.command("new").tap("OPSC").type("Tonga")
    assert CO_SIGNERS.split(",", maxsplit=1)[0] not in a.screen.text


@pytest.mark.parametrize(
    "token", ["c", "cdrafttoken999", "CDRAFTTOKEN001", "cdrafttoken001x", "drafttoken001"]
)
def test_a_wrong_token_says_nothing(people: People, token: str) -> None:
    people.invited()
    b = people.talk("B").command(f"start {token}")
    assert "does not work" in b.screen.text
    assert "Example Coalition" not in b.screen.title + b.screen.text


def test_used_expired_withdrawn_and_wrong_tokens_are_answered_alike(people: People) -> None:
    wrong = people.talk("W").command("start cwrong").screen
    used = people.invited()
    people.talk("B").command(f"start {used}").tap("Join").type("B. Example")
    assert people.talk("C").command(f"start {used}").screen == wrong
    taken = people.invited()
    people.talk("A").tap("Take back 1")
    assert people.talk("D").command(f"start {taken}").screen == wrong
    late, desk = people.invited(), people.one.desk
    before = desk.now
    desk.now = lambda: before() + timedelta(days=14)
    assert people.talk("E").command(f"start {late}").screen == wrong
    desk.now = before
    assert "invited" in people.talk("E").command(f"start {late}").screen.title


def test_an_invitation_that_is_taken_back_while_one_types_is_not_taken_up(people: People) -> None:
    token = people.invited()
    b = people.talk("B").command(f"start {token}").tap("Join")
    people.talk("A").tap("Take back 1")
    b.type("B. Example")
    assert b.session.membership is None
    assert "no longer open" in b.screen.text


def test_of_two_who_open_one_link_one_joins(people: People) -> None:
    token = people.invited()
    b = people.talk("B").command(f"start {token}").tap("Join")
    c = people.talk("C").command(f"start {token}").tap("Join")
    b.type("B. Example")
    c.type("C. Example")
    assert b.session.membership
    assert c.session.membership is None


def test_a_member_does_not_use_up_a_link(people: People) -> None:
    token = people.invited()
    assert "already" in people.talk("A").command(f"start {token}").screen.text
    assert "invited" in people.talk("B").command(f"start {token}").screen.title


@pytest.mark.file
def test_no_token_and_no_persons_id_is_shown_or_kept(people: People) -> None:
    token = people.invited()
    people.joins("B")
    a = at_members(people.talk("A"))
    shown = [b.data for row in a.screen.rows for b in row]
    assert not any("test:" in one for one in shown)
    people.one.desk.store.tidy()
    assert token.encode() not in people.path.read_bytes()


def test_the_last_owner_does_not_leave(people: People) -> None:
    b, a = people.joins("B"), people.talk("A")
    at_members(a).tap("Leave")
    assert a.screen.title == "You are the last owner"
    a.tap("To the members").tap("B. Example").tap("Hand the coalition over").tap("Yes, hand")
    assert a.session.membership
    assert a.session.membership.role is Role.EDITOR
    assert "Owner" in b.command("start").effects[0].text  # type: ignore[union-attr]
    at_members(a).tap("Leave").tap("Yes, leave")
    assert a.session.membership is None
    assert b.session.membership
    assert b.session.membership.role is Role.OWNER


def test_the_last_owner_becomes_no_reader(people: People) -> None:
    b = people.joins("B", Role.OWNER)
    a = people.talk("A")
    at_members(a).tap("B. Example")
    at_members(b).tap("A. Example").tap("○ Reader")
    a.tap_shown("⌂ Home")
    at_members(b).tap("Leave")
    assert b.screen.title == "You are the last owner"


def test_who_is_alone_closes_and_is_told_what_is_lost(people: People) -> None:
    a = writes(people.talk("A"))
    a.command("sets").tap("New set").type("Friends").type(CO_SIGNERS)
    coalition = a.session.owner
    at_members(a).tap("Leave")
    assert a.screen.title == "Close “Example Coalition”?"
    assert "1 letter" in a.screen.text
    assert "1 set" in a.screen.text
    a.tap("Yes, close and delete")
    assert a.session.membership is None
    assert everything_owned(people.path, coalition) == {}


def test_who_was_removed_acts_for_themself_again(people: People) -> None:
    b, a = writes(people.joins("B")), people.talk("A")
    at_members(a).tap("B. Example").tap("Remove").tap("Yes, remove")
    before = everything_owned(people.path, a.session.owner)
    b.type("pdf")
    assert "no longer a member" in b.screen.text
    assert b.session.user.acting == ""
    assert b.session.draft is None
    assert everything_owned(people.path, a.session.owner) == before
    assert "no longer a member" not in b.command("start").screen.text
    assert not any(isinstance(one, SendLetter) for one in b.effects)


def test_a_removed_members_tap_changes_nothing(people: People) -> None:
    b, a = writes(people.joins("B")), people.talk("A")
    more = [button for row in b.screen.rows for button in row]
    at_members(a).tap("B. Example").tap("Remove").tap("Yes, remove")
    before = everything_owned(people.path, a.session.owner)
    for button in more:
        b.press(button)
        assert everything_owned(people.path, a.session.owner) == before


def test_a_link_that_a_removed_owner_gave_out_opens_nothing(people: People) -> None:
    b = people.joins("B", Role.OWNER)
    at_members(b).tap("Invite").tap("Reader")
    at_members(people.talk("A")).tap("B. Example").tap("Remove").tap("Yes, remove")
    assert "does not work" in people.talk("C").command("start " + people.token(2)).screen.text


def test_two_editors_at_once_lose_nothing(people: People) -> None:
    b = people.joins("B")
    a = writes(people.talk("A"))
    b.command("letters").tap(next(one for one in b.labels if "Kenya" in one))
    a.tap("Change").tap("Place and date").type("3 March 2026")
    b.tap_shown("Change").tap("The text,").tap("☑ We hope").type("We hope for more.")
    assert a.session.draft
    assert a.session.draft == b.session.draft
    assert a.session.draft.date
    assert a.session.draft.date.day == 3
    assert a.session.draft.changes


def test_a_letter_that_another_deletes_is_gone_from_ones_hand(people: People) -> None:
    a = writes(people.talk("A"))
    b = people.joins("B").command("letters")
    b.tap(next(one for one in b.labels if "Kenya" in one))
    draft = b.session.draft
    assert draft
    a.desk.store.save(a.session.with_draft(None), (DraftRemoved(draft.id),), None, {})
    b.type("pdf")
    assert b.session.draft is None


def test_a_coalitions_signing_is_its_members(people: People) -> None:
    reader, editor = people.joins("B", Role.READER), people.joins("C")
    a = writes(people.talk("A"))
    a.desk.public_url = "https://letters.example.org"
    a.tap("Share").tap("Ask the co-signers").tap("Open for signing")
    for talk in (reader, editor):
        assert "1 signing" in talk.command("start").labels
        talk.tap("1 signing").tap("OPSC")
        assert "0 of 2 confirmed" in talk.screen.text
    reader.tap("Close and").tap("Order")
    assert "reader" in next(one.text for one in reader.effects if isinstance(one, Toast))
    token = editor.tap("Invite").tap("… Example").invitation
    # As a person, for themself: a reader of the coalition may sign.
    reader.start(token).tap("Confirm as")
    assert "Your name stands below this text" in reader.screen.text
    assert "1 of 2 confirmed" in a.command("start").tap("1 signing").tap("OPSC").screen.text


def test_the_links_of_one_who_may_not_invite_any_more_open_nothing(people: People) -> None:
    b = people.joins("B", Role.OWNER)
    at_members(b).tap("Invite").tap("Owner")
    at_members(people.talk("A")).tap("B. Example").tap("○ Editor")
    assert "does not work" in people.talk("C").command("start " + people.token(2)).screen.text


def test_what_a_reader_hears_the_owner_hears_too(people: People) -> None:
    reader = people.joins("B", Role.READER)
    a = writes(people.talk("A"))
    a.desk.public_url = "https://letters.example.org"
    a.tap("Share").tap("Ask the co-signers").tap("Open for signing")
    token = a.tap("Invite").tap("… Example").invitation
    people.talk("C").start(token).tap("We do not sign")
    reader.command("start")
    assert not any(isinstance(one, SendText) for one in reader.effects)
    assert a.user in a.desk.to_tell("test")
    a.command("start")
    assert any("refused" in one.text for one in a.effects if isinstance(one, SendText))


def test_a_closed_coalition_leaves_nobody_its_co_signers(people: People) -> None:
    b = people.joins("B")
    writes(b)
    assert b.session.user.last.signatories
    at_members(people.talk("A")).tap("Close the coalition").tap("Yes, close")
    assert not b.desk.store.people.load(b.user).user.last.signatories
