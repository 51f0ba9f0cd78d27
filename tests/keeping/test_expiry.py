"""What has lived its time: told a week before, kept with a tap, deleted without a trace."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.access import Access, Mode
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.membership import Role
from bot.keeping.lifetimes import read
from bot.letters.model import Language
from bot.storage.forgetting import TABLES
from bot.storage.steps.keeping import TOUCHED
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import People, at_members
from tests.conversation.test_turns import a_letter
from tests.everything import left, rows
from tests.hosted import connect
from tests.signings.playing import opened
from tests.world import TODAY, make_desk

if TYPE_CHECKING:
    from pathlib import Path


def on(talk: Talk, days: int) -> Talk:
    """The program looks on the day that comes so many days after today."""
    day = TODAY + timedelta(days=days)
    talk.desk.today = lambda: day
    talk.desk.tidy()
    return talk


def through(talk: Talk, days: range) -> Talk:
    for day in days:
        on(talk, day)
    return talk


def told(talk: Talk) -> str:
    return "\n".join(one.text for one in talk.effects if isinstance(one, SendText))


def letters(talk: Talk) -> int:
    return len(talk.desk.shelves.drafts.of(talk.user))


def count(talk: Talk, table: str) -> int:
    with closing(connect(talk.path)) as connection:
        ((found,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608 -- our tables
        return int(found)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One with a letter, at home."""
    return on(a_letter(Talk(tmp_path / "db")), 0).command("cancel")


def test_an_idle_letter_is_told_of_once_and_deleted_after_a_week_of_looks(talk: Talk) -> None:
    on(talk, 82).command("start")
    assert "Deleted soon" not in "".join(talk.labels)
    on(talk, 83).command("start")
    assert "Kenya · OPSC · English · 2 Mar: on 31 May 2026." in told(talk)
    assert "● Deleted soon (1)" in talk.labels
    talk.command("letters")
    assert not told(talk)
    assert "Kenya · OPSC · English · 2 Mar · ✕ 31 May" in talk.labels
    assert "✕ deleted on that day" in talk.screen.text
    through(talk, range(84, 90))
    assert letters(talk) == 1
    on(talk, 90)
    assert letters(talk) == 0
    talk.command("letters")
    assert "You have no letters yet" in talk.screen.text


@pytest.mark.file
def test_no_byte_is_left_of_it(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db")
    talk.command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Zqname One, Zqorganisation").tap("Done").tap("Geneva").tap("Geneva")
    talk.command("cancel")
    draft = talk.desk.shelves.drafts.of(talk.user)[0]
    through(talk, range(7))
    assert left(talk.path, tmp_path / "tmp", {draft.id.encode()})
    through(talk, range(200, 208))
    assert letters(talk) == 0
    assert left(talk.path, tmp_path / "tmp", {draft.id.encode()}) == set()
    assert talk.session.user.last.signatories == ()


@pytest.mark.parametrize("how", ["keep", "open", "change"])
def test_what_is_kept_opened_or_changed_has_its_time_anew(talk: Talk, how: str) -> None:
    on(talk, 85).command("letters")
    if how == "keep":
        talk.tap("● Deleted soon").tap("Keep it")
        assert "The letter is kept" in talk.screen.text
    elif how == "open":
        talk.tap("Kenya")
    else:
        talk.tap("Sent, answered").tap("Kenya").tap("Archive")
    talk.command("letters")
    assert "Deleted soon" not in "".join(talk.labels)
    through(talk, range(86, 100))
    assert letters(talk) == 1
    if how != "change":
        through(talk, range(168, 178))
        assert letters(talk) == 0


@pytest.mark.file
@pytest.mark.clear
def test_letters_to_many_states_are_kept_by_looking_at_them(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    talk.command("cancel")
    with talk.desk.store._db.atomic():  # noqa: SLF001 -- a job as an earlier run has left it
        talk.desk.store._execute(  # noqa: SLF001 -- as above
            "INSERT INTO jobs (id, user_id, data, status) SELECT 'job', user_id, json_object("
            "'draft_id', id, 'draft', json(data), 'targets', json('[[\"DZA\", \"fr\"]]'),"
            "'originals', json('false')), 'done' FROM drafts"
        )
    on(talk, 0)
    on(talk, 725).command("letters")
    assert told(talk).count("• ") == 2
    talk.press(next(b for row in talk.screen.rows for b in row if b.data.endswith(":many:job")))
    through(talk, range(726, 734))
    assert (letters(talk), count(talk, "jobs")) == (0, 1)
    through(talk, range(1450, 1459))
    assert count(talk, "jobs") == 0


def test_a_clock_that_jumps_deletes_nothing_at_once(talk: Talk) -> None:
    on(talk, 4000)
    on(talk, 4000)
    assert letters(talk) == 1
    on(talk, 1).command("start")
    assert not told(talk)
    through(talk, range(2, 30))
    assert letters(talk) == 1
    for day in range(31, 45):  # it jumps every other day
        on(talk, 4000 + day)
        on(talk, day)
    assert letters(talk) == 1


def test_a_clock_that_is_put_back_deletes_nothing_early(talk: Talk) -> None:
    through(talk, range(83, 87))
    for day in range(20):
        on(talk, -day)
    assert letters(talk) == 1
    through(talk, range(60))
    assert letters(talk) == 1


def test_what_did_not_arrive_is_told_again_and_has_a_week_from_then(talk: Talk) -> None:
    on(talk, 83)
    assert talk.user in talk.desk.to_tell("test")
    receipt = talk.desk.tell(talk.user)
    assert receipt
    talk.desk.not_delivered(receipt)
    assert talk.user in talk.desk.to_tell("test")
    through(talk, range(84, 89)).command("start")
    assert "on 5 June 2026" in told(talk), "a week from the day on which it is told"
    through(talk, range(89, 95))
    assert letters(talk) == 1
    on(talk, 95)
    assert (letters(talk), talk.desk.today()) == (0, date(2026, 6, 5))


def test_who_never_hears_of_it_does_not_keep_it_for_ever(talk: Talk) -> None:
    through(talk, range(83, 91))
    assert letters(talk) == 0


def test_a_letter_that_was_sent_has_a_longer_time_and_settings_have_the_word(talk: Talk) -> None:
    talk.command("letters").tap("Sent, answered").tap("Kenya").tap("By post, today")
    talk.command("start")
    through(talk, range(1, 3))
    through(talk, range(100, 110))
    assert letters(talk) == 1
    talk.desk.lifetimes = read("sent=never")
    through(talk, range(1000, 1010))
    assert letters(talk) == 1
    talk.desk.lifetimes = read("sent=120")
    through(talk, range(1010, 1019))
    assert (letters(talk), count(talk, "reminders")) == (0, 0)


def test_what_is_open_for_signing_stays_until_the_deadline_and_goes_with_its_letter(
    tmp_path: Path,
) -> None:
    talk = opened(tmp_path / "db")
    talk.desk.lifetimes = read("drafts=14 signings=14")
    through(talk, range(10))
    assert count(talk, "signings") == 1
    through(talk, range(14, 27))
    assert (letters(talk), count(talk, "signings")) == (1, 1)
    through(talk, range(27, 40))
    assert (letters(talk), count(talk, "signings")) == (0, 0)
    assert count(talk, "endorsers") == count(talk, "signing_texts") == 0


def test_a_coalitions_writers_are_told_and_one_of_them_keeps_it_for_all(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    writes, reads = people.joins("B"), people.joins("C", Role.READER)
    founder = a_letter(people.talk("A")).command("cancel")
    through(founder, range(2))
    on(founder, 85)
    assert founder.desk.to_tell("test") == {founder.user, writes.user}
    assert "Kenya · OPSC" in told(writes.command("start"))
    assert not told(reads.command("start"))
    writes.tap("● Deleted soon").tap("Keep it")
    assert "Deleted soon" not in "".join(founder.command("letters").labels)
    through(founder, range(86, 100))
    assert count(founder, "drafts") == 1
    on(founder, 170)
    at_members(founder).tap("B. Example").tap("Remove").tap("Yes")
    assert writes.user not in founder.desk.to_tell("test")


def test_a_letter_at_hand_that_is_looked_at_is_not_told_of(talk: Talk) -> None:
    talk.command("letters").tap("Kenya").command("start")
    through(talk, range(1, 3))
    on(talk, 86).tap("Open: Kenya")
    assert not told(talk)
    through(talk, range(87, 100))
    assert letters(talk) == 1


def test_who_has_everything_deleted_leaves_nothing_of_what_was_due(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).command("cancel")
    (draft,) = talk.desk.shelves.drafts.of(talk.user)
    on(talk, 0)
    on(talk, 85).command("privacy").tap("Delete everything").tap("Delete at once")
    assert rows(talk.path, talk.user) == 0
    assert left(talk.path, tmp_path / "tmp", {draft.id.encode(), talk.user.encode()}) == set()


def test_who_has_nothing_left_and_does_not_write_is_forgotten(talk: Talk) -> None:
    through(talk, range(1, 3))
    through(talk, range(90, 98))
    assert (letters(talk), count(talk, "users")) == (0, 1)
    through(talk, range(800, 808))
    assert count(talk, "users") == 0
    talk.command("start")
    assert talk.screen.title.startswith("Démarche")


def test_lists_that_are_not_added_and_old_numbers_of_messages_go(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.file(b"name,role,organisation\nA. Example,,Example Organisation\n")
    on(talk, 0)
    assert count(talk, "lists") == 1
    before = count(talk, "updates")
    assert before > 3
    through(talk, range(25, 33))
    assert (count(talk, "lists"), count(talk, "updates")) == (0, 0)
    assert letters(talk) == 1


@pytest.mark.file
def test_rows_of_before_the_step_are_counted_from_its_day(tmp_path: Path) -> None:
    path = tmp_path / "db"
    talk = a_letter(Talk(path)).command("cancel")
    talk.close()
    with closing(connect(path)) as connection, connection:
        for table in TOUCHED:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN touched")
        for table in ("looks", "doomed", "warnings", "removals"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm012_keeping'")
    later = Talk(path, desk=make_desk(path, today=TODAY + timedelta(days=1000)))
    later.count = talk.count
    later.desk.tidy()
    on(later, 1082).command("start")
    assert (letters(later), told(later)) == (1, "")
    assert "Kenya · OPSC" in told(on(later, 1083).command("start"))


def test_much_at_once_is_deleted_bit_by_bit(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.expiry.MOST", 2)
    for state in ("ghana", "tonga"):
        talk.command("new").tap("OPSC").type(state).tap("As last time").command("cancel")
    through(talk, range(1, 3))
    through(talk, range(200, 207))
    assert letters(talk) == 3
    on(talk, 207)
    assert letters(talk) == 1
    on(talk, 207)
    assert letters(talk) == 0


def test_people_hear_of_it_in_their_language(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db", language=Language.FR)
    talk.command("new").tap("OPSC").type("kenya").tap("Français")
    talk.command("cancel")
    on(talk, 0)
    on(talk, 84).command("start")
    assert "je les supprimerai au jour indiqué" in told(talk)


def test_what_marks_a_persons_rows_is_theirs() -> None:
    assert {"doomed", "warnings"} <= set(TABLES)


def test_letters_of_who_is_told_of_nothing_are_kept_for_a_year_more(tmp_path: Path) -> None:
    user = "telegram:5"
    talk = a_letter(Talk(tmp_path / "db", user=user)).command("cancel")
    talk.desk.access = Access(Mode.INVITATION)
    assert talk.desk.is_guest(user)
    through(talk, range(1, 3))
    through(talk, range(90, 120))
    assert letters(talk) == 1
    talk.desk.access = Access()
    through(talk, range(120, 140))
    assert letters(talk) == 0
