"""What goes on beside a coalition's letters: reminders, news, letters to many States, copies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import RunJob, SendText
from bot.conversation.talk.membership import Role
from tests.conversation.test_coalitions import CO_SIGNERS, People, at_members, toast, writes
from tests.conversation.test_living import run_job
from tests.conversation.test_news import PARTY, renewed
from tests.storage.snapshots import everything_owned
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversation.talk import Talk


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path / "db")


def for_oneself(talk: Talk) -> Talk:
    return talk.command("start").tap("Working for").tap("○ Myself")


def told(talk: Talk) -> str:
    receipt = talk.desk.tell(talk.user)
    return "\n".join(e.text for e in receipt.effects if isinstance(e, SendText)) if receipt else ""


def test_one_is_reminded_of_a_coalitions_letter_while_one_works_for_oneself(people: People) -> None:
    a = writes(people.talk("A")).tap("More").tap("Sent").tap("By post, today")
    for_oneself(a)
    a.desk.today = lambda: TODAY + timedelta(30)
    assert a.desk.to_tell("test") == {"test:A"}
    said = told(a)
    assert "For “Example Coalition”:" in said
    assert "Kenya" in said
    assert told(a) == ""
    assert not any("No answer" in one for one in a.command("start").labels)
    a.tap("Working for").tap("○ Example")
    assert "● No answer yet (1)" in a.labels


def test_who_is_no_member_any_more_is_reminded_of_nothing(people: People) -> None:
    a, b = people.talk("A"), writes(people.joins("B"))
    b.tap("More").tap("Sent").tap("By post, today")
    at_members(a).tap("B. Example").tap("Remove").tap("Yes, remove")
    a.desk.today = lambda: TODAY + timedelta(30)
    assert a.desk.to_tell("test") == frozenset()


def test_news_of_a_coalitions_letter_reach_who_may_write(people: People) -> None:
    a = writes(people.talk("A"))
    people.joins("B")
    people.joins("R", Role.READER)
    renewed(for_oneself(a), PARTY)
    assert a.desk.to_tell("test") == {"test:A", "test:B"}
    said = told(a)
    assert "For “Example Coalition”:" in said
    assert "OPSC" in said
    assert "For “" not in told(people.talk("B"))
    assert a.desk.to_tell("test") == frozenset()
    assert "● What has changed" in people.talk("B").command("start").labels
    assert "● What has changed" not in a.command("start").labels


def test_letters_to_many_states_go_on_in_the_name_of_who_began_them(people: People) -> None:
    a, b = people.talk("A"), people.joins("B")
    a.command("letterhead").type("1 Zqstreet")
    writes(b).tap("Many States").type("Tonga, Ghana").tap("Write 2").tap("Write")
    (job_id,) = [one.job_id for one in b.effects if isinstance(one, RunJob)]
    assert b.desk.unfinished("test") == (("test:B", job_id),)
    for_oneself(b)
    assert b.desk.unfinished("test") == (("test:B", job_id),)
    b.effects = (RunJob(job_id),)
    run_job(b)
    assert any("2 States" in one for one in a.command("letters").labels)
    assert not any("2 States" in one for one in b.command("letters").labels)
    rows = everything_owned(people.path, a.session.owner)["jobs"]
    assert "test:B" not in str(rows)


def test_who_is_removed_sends_nothing_more_to_many_states(people: People) -> None:
    a, b = people.talk("A"), people.joins("B")
    writes(b).tap("Many States").type("Tonga, Ghana").tap("Write 2").tap("Write")
    (job_id,) = [one.job_id for one in b.effects if isinstance(one, RunJob)]
    at_members(a).tap("B. Example").tap("Remove").tap("Yes, remove")
    assert not b.desk.shelves.jobs.is_running(job_id)
    assert b.desk.unfinished("test") == ()
    before = b.session
    assert b.do(JobEnded(job_id)).effects == ()
    assert b.session == before


def test_the_letterhead_is_whose_the_letter_is(people: People) -> None:
    a = people.talk("A")
    a.command("letterhead").type("1 Zqstreet")
    draft = writes(a).session.draft
    assert draft
    for_oneself(a)
    heads = a.desk.shelves.letterheads
    found = heads.over(draft.id, a.user)
    assert found
    assert found.lines == ("1 Zqstreet",)
    own = writes(a, "Tonga").session.draft
    assert own
    assert heads.over(own.id, a.user) is None


def test_a_set_and_a_letter_are_copied_and_stay(people: People) -> None:
    b = writes(people.talk("B"), "Tonga")
    assert "Copy to another" not in b.tap("More").labels
    b.command("sets").tap("New set").type("Friends").type(CO_SIGNERS)
    people.joins("B")
    for_oneself(b).command("letters").tap(next(one for one in b.labels if "Tonga" in one))
    b.tap("More").tap("Copy to another").tap("Example Coalition")
    assert "Copied" in b.screen.text
    b.command("sets").tap("Friends").tap("Copy to another").tap("Example Coalition")
    b.tap("Copy to another").tap("Example Coalition")
    assert "of that name already" in b.screen.text
    a = people.talk("A")
    assert "Friends (2)" in a.command("sets").labels
    a.command("letters").tap(next(one for one in a.labels if "Tonga" in one))
    assert a.has_letter
    assert a.session.draft
    assert a.session.draft.id not in {one.id for one in a.desk.shelves.drafts.of("test:B")}
    assert "Friends (2)" in b.command("sets").labels


def test_a_reader_copies_to_themself_and_not_to_others(people: People) -> None:
    people.talk("A").command("sets").tap("New set").type("Friends").type(CO_SIGNERS)
    r = people.joins("R", Role.READER)
    r.command("sets").tap("Friends").tap("Copy to another")
    r.tap("Myself")
    assert not toast(r)
    assert "Friends (2)" in for_oneself(r).command("sets").labels
    assert "Copy to another" not in r.tap("Friends").labels
