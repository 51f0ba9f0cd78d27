"""Everything put away for a day: nothing answers, all comes back, or no byte of it is left."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import RunJob, SendSigned, SendText, Show
from bot.conversation.talk.events import Command, FileSent, Tap, Typed, Unsupported
from bot.desk.signed import gathered
from bot.letters.model import Language
from bot.storage.errors import DAMAGED, StoreError
from bot.web.signing.visits import Visits
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import People
from tests.everything import everything, known, left, rows, typed
from tests.hosted import connect
from tests.signings.playing import invited, open_link, opened
from tests.test_forgotten import CARD, SAID, do
from tests.world import NOON, TODAY, desk_on, make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.events import Event

ASKED = datetime.combine(TODAY, NOON, UTC)
DAY = timedelta(hours=24)
MOMENT = timedelta(seconds=1)
ME = "telegram:7316502984"
FIRST = 700_000_000


def image(path: Path, folder: Path) -> Path:
    """The files as a process leaves them that is killed at this moment."""
    folder.mkdir()
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copy(one, folder / one.name)
    return folder / path.name


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of somebody who has typed everything, played once for all tests."""
    path = tmp_path_factory.mktemp("played") / "db"
    with desk_on(path) as desk:
        talk = Talk(path, user=ME, desk=desk)
        talk.count = FIRST
        do(talk, everything()).desk.store.cards.put(ME, CARD)
    return path


@pytest.fixture
def talk(played: Path, tmp_path: Path) -> Talk:
    """Who has typed everything."""
    path = image(played, tmp_path / "mine")
    found = Talk(path, user=ME, desk=make_desk(path))
    found.count = FIRST + 1000
    return found


def at(talk: Talk, moment: datetime) -> Talk:
    """The clock shows another time, and as much has passed."""
    talk.desk.now = lambda: moment
    talk.desk.shelves.deletions.passed = moment.timestamp
    return talk


def puts_away(talk: Talk) -> Talk:
    talk.command("delete").tap("Delete, with 24 hours to undo")
    assert "on 3 March 2026, 12:00 (UTC)" in talk.screen.text
    assert talk.labels == ["Undo: keep everything", "Delete now, for good"]
    return talk


def tables(path: Path, *, without: tuple[str, ...]) -> dict[str, list[Any]]:
    """All that the database holds; of users without where they look."""
    with closing(connect(path)) as other:
        names = [
            name
            for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in {"commits", *without}
        ]
        found = {name: other.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 -- our tables
        found["users"] = other.execute(
            "SELECT id, json_remove(data, '$.view', '$.trail'), draft_id, card, preview, acting"
            " FROM users"
        ).fetchall()
    return found


@pytest.mark.file
@pytest.mark.clear
def test_undo_gives_back_all_as_it_was(talk: Talk) -> None:
    talk.desk.store.cards.put(talk.user, CARD)
    before = tables(talk.path, without=("updates",))
    assert len(before) > 20
    puts_away(talk)
    assert tables(talk.path, without=("updates",)) != before
    at(talk, ASKED + DAY - MOMENT).type("Kenya OPSC fr").tap("Undo")
    assert "Everything is there again" in talk.screen.text
    assert tables(talk.path, without=("updates",)) == before
    at(talk, ASKED + 3 * DAY)
    assert talk.desk.end_deletions() == ()


EVENTS = (
    *(Command("start"), Command("new"), Command("letters"), Command("delete"), Command("export")),
    *(
        Command("start", "s" + "x" * 40),
        Tap("-:new:"),
        Tap("x"),
        Tap("-:forget-later:"),
        Tap("draft001:forget-yes:"),
    ),
    *(Typed("Kenya OPSC fr"), FileSent("list.csv", b"Zqlate"), Unsupported("photo")),
)


@pytest.mark.file
@pytest.mark.clear
@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_whatever_they_do_they_see_one_screen(tmp_path: Path, event: Event) -> None:
    talk = puts_away(Talk(tmp_path / "db").command("new").tap("OPSC"))
    before = tables(talk.path, without=("updates",))
    shown = talk.screen
    assert talk.do(event).screen == shown
    assert len(talk.effects) == 1
    assert talk.desk.current(talk.user).effects == (Show(shown),)
    assert tables(talk.path, without=("updates",)) == before


def test_its_links_open_nothing_until_it_is_undone(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    token, anyone = invited(talk, "Example"), open_link(talk)
    asked = talk.beside("test:2").start(token)
    (signing,) = talk.desk.shelves.signings.of(talk.user)
    puts_away(talk)
    nothing = asked.beside("test:3").start("s" + "x" * 40).screen.text
    visits = Visits(talk.desk)
    for number, one in enumerate((token, anyone), start=4):
        assert visits.look(one, Language.EN) is None
        assert asked.beside(f"test:{number}").start(one).screen.text == nothing
    assert "Confirm" not in " ".join(asked.command("start").labels)
    assert talk.desk.shelves.signings.asked("test:2") == ()
    owed = SendSigned(signing.id)
    assert gathered(talk.desk, owed, "test:2", Language.EN) is None
    talk.tap("Undo")
    assert gathered(talk.desk, owed, "test:2", Language.EN)
    assert visits.look(anyone, Language.EN)
    assert len(talk.desk.shelves.signings.asked("test:2")) == 1


def test_its_invitations_open_nothing_until_it_is_undone(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    people.joins("B")
    token, a, c = people.invited(), people.talk("A"), people.talk("C")
    puts_away(a)
    assert "Join" not in c.command(f"start {token}").labels
    a.tap("Undo")
    assert "Join" in c.command(f"start {token}").labels


@pytest.mark.parametrize("alone", [True, False])
def test_a_coalition_with_others_goes_on_and_one_without_answers_nobody(
    tmp_path: Path,
    alone: bool,  # noqa: FBT001 -- a case
) -> None:
    people = People(tmp_path / "db")
    a = people.talk("A")
    if not alone:
        people.joins("B")
    a.desk.public_url = "https://letters.example.org"
    a.command("start").type("Kenya OPSC en").type("A. Example, Example Organisation").tap("Done")
    a.tap("Geneva").tap("Geneva, 2").tap("Share").tap("Ask the co-signers").tap("Open for signing")
    token, visits = a.tap("Open link").tap("Invitation in English").invitation, Visits(a.desk)
    assert visits.look(token, Language.EN)
    puts_away(a)
    assert bool(visits.look(token, Language.EN)) is not alone
    at(a, ASKED + DAY).desk.end_deletions()
    assert bool(visits.look(token, Language.EN)) is not alone
    assert people.one.desk.to_tell("test") == (set() if alone else {"test:B"})


@pytest.mark.file
def test_nobody_is_reminded_of_anything(talk: Talk) -> None:
    puts_away(talk)
    reminder = talk.desk.shelves.reminders.of(talk.user)[0]
    talk.desk.today = lambda: reminder.due
    assert talk.desk.shelves.reminders.due("telegram", reminder.due) == (talk.user,)
    assert talk.desk.to_tell("telegram") == frozenset()
    assert talk.desk.tell(talk.user) is None
    ended = talk.desk.receive(talk.user, JobEnded("job"))
    assert ended.effects == ()
    talk.tap_shown("Undo")
    assert not any(isinstance(one, SendText) for one in talk.effects)
    told = talk.command("start").effects
    assert any(isinstance(one, SendText) for one in told), "it is told when all is there again"


def test_letters_to_many_wait_and_are_written_to_their_end_after_undo(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").type("Kenya OPSC en").tap("No co-signers")
    talk.tap("Geneva").tap("Geneva, 2").tap("Many States").type("Tonga, Kenya").tap("Write 2")
    talk.tap("Write the letters")
    (job,) = (one for one in talk.effects if isinstance(one, RunJob))
    puts_away(talk)
    assert not talk.desk.shelves.jobs.is_running(job.job_id)
    assert talk.desk.unfinished("test") == ()
    talk.tap("Undo")
    assert job in talk.effects
    assert talk.desk.shelves.jobs.is_running(job.job_id)


@pytest.mark.file
@pytest.mark.clear
def test_when_the_day_is_over_no_byte_is_left_and_they_are_told(talk: Talk, tmp_path: Path) -> None:
    talk.desk.store.cards.put(talk.user, CARD)
    talk.desk.store.cards.put_preview(talk.user, {"texts": [1]})
    things = known(talk.path, talk.user) | {CARD.to_bytes(4, "big")}
    puts_away(talk)
    assert at(talk, ASKED + DAY - MOMENT).desk.end_deletions() == ()
    assert typed(everything()) <= left(talk.path, tmp_path / "tmp", things)
    (receipt,) = at(talk, ASKED + DAY).desk.end_deletions()
    assert (receipt.user_id, receipt.card) == (talk.user, CARD)
    assert receipt.forgotten == {"texts": [1]}
    (shown,) = receipt.effects
    assert isinstance(shown, Show)
    assert SAID in shown.screen.text
    assert left(talk.path, tmp_path / "tmp", things) == set()
    assert rows(talk.path, talk.user) == 0
    for data in ("draft001:forget-undo:", "draft001:forget-now:", "draft001:forget-yes:"):
        assert SAID in talk.do(Tap(data)).screen.text, "an old card's buttons say so, too"
    assert rows(talk.path, talk.user) == 0


@pytest.mark.parametrize("event", [Command("start"), Typed("Kenya OPSC fr"), Tap("a:forget-undo:")])
def test_it_is_gone_before_anything_is_answered(talk: Talk, tmp_path: Path, event: Event) -> None:
    things = known(talk.path, talk.user)
    at(puts_away(talk), ASKED + DAY).do(event)
    assert SAID in talk.screen.text
    assert left(talk.path, tmp_path / "tmp", things) == set()
    assert rows(talk.path, talk.user) == 0
    assert talk.command("start").session.draft is None


def test_at_once_is_at_once_also_while_it_is_put_away(talk: Talk, tmp_path: Path) -> None:
    things = known(talk.path, talk.user)
    puts_away(talk).tap("Delete now, for good").tap("Yes, delete everything")
    assert SAID in talk.screen.text
    assert left(talk.path, tmp_path / "tmp", things) == set()


@pytest.mark.file
@pytest.mark.clear
def test_killed_while_it_is_put_away_it_can_be_undone_or_is_gone(
    talk: Talk, tmp_path: Path
) -> None:
    before, things = tables(talk.path, without=("updates",)), known(talk.path, talk.user)
    puts_away(talk)
    one, other = image(talk.path, tmp_path / "one"), image(talk.path, tmp_path / "other")
    again = Talk(one, user=talk.user, desk=make_desk(one))
    again.count = talk.count
    again.tap_shown("Undo")
    assert tables(one, without=("updates",)) == before
    desk = make_desk(other)
    desk.now = lambda: ASKED + 2 * DAY
    assert typed(everything()) <= left(other, tmp_path / "tmp", things)
    desk.end_deletions()
    assert left(other, tmp_path / "tmp", things) == set()


def looks(talk: Talk, moments: list[datetime]) -> datetime | None:
    """The moment at which it is gone, of those at which the clock is looked at."""
    for moment in moments:
        if at(talk, moment).desk.end_deletions():
            return moment
    return None


def minutes(start: datetime, count: int) -> list[datetime]:
    return [start + timedelta(minutes=number) for number in range(0, count, 4)]


def test_a_clock_that_is_set_back_takes_no_day_and_keeps_nothing(tmp_path: Path) -> None:
    talk = puts_away(Talk(tmp_path / "db").command("new").tap("OPSC"))
    back = ASKED - 400 * DAY
    assert looks(talk, minutes(back, 23 * 60)) is None
    assert looks(talk, [ASKED, ASKED + timedelta(minutes=4)]) is None, "set right again"
    assert looks(talk, minutes(back, 70)) == back + timedelta(minutes=56)


def test_one_who_cannot_be_read_is_deleted_and_keeps_nobody_else(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")
    for number in (1, 2, 3):
        puts_away(Talk(tmp_path / "db", user=f"telegram:{number}", desk=desk).command("new"))
    desk.store.people._execute("UPDATE users SET data = '{' WHERE id = 'telegram:1'")  # noqa: SLF001 -- a damaged row
    desk.now = lambda: ASKED + DAY
    told = [receipt.user_id for receipt in desk.end_deletions()]
    assert told == ["telegram:1", "telegram:2", "telegram:3"]
    assert desk.store.people.ids() == ()


def test_what_cannot_be_deleted_keeps_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path / "db")
    for number in (1, 2):
        puts_away(Talk(tmp_path / "db", user=f"telegram:{number}", desk=desk).command("new"))
    forget = desk.store.forget

    def damaged(*people: str) -> None:
        if "telegram:1" in people:
            raise StoreError(DAMAGED)
        forget(*people)

    monkeypatch.setattr(desk.store, "forget", damaged)
    desk.now = lambda: ASKED + DAY
    assert [receipt.user_id for receipt in desk.end_deletions()] == ["telegram:2"]
    monkeypatch.undo()
    assert [receipt.user_id for receipt in desk.end_deletions()] == ["telegram:1"]


def test_a_clock_that_is_put_forward_takes_no_day(tmp_path: Path) -> None:
    talk = puts_away(Talk(tmp_path / "db").command("new").tap("OPSC"))
    assert looks(talk, [ASKED + timedelta(hours=1)]) is None
    forward = ASKED + 400 * DAY
    talk.desk.now = lambda: forward
    assert talk.desk.end_deletions() == (), "no time has passed"
    ahead = forward - timedelta(hours=1)
    gained = (ahead - ASKED).total_seconds()
    later = ahead + DAY - MOMENT
    talk.desk.now = lambda: later
    talk.desk.shelves.deletions.passed = lambda: later.timestamp() - gained
    assert "on 7 April 2027, 11:00 (UTC)" in talk.command("start").screen.text, "and it is said"
    assert talk.desk.end_deletions() == ()
    over = ahead + DAY
    talk.desk.now = lambda: over
    talk.desk.shelves.deletions.passed = lambda: over.timestamp() - gained
    assert len(talk.desk.end_deletions()) == 1


def test_a_clock_that_was_wrong_when_it_was_asked_does_no_harm(tmp_path: Path) -> None:
    late = ASKED + 400 * DAY
    talk = at(Talk(tmp_path / "db").command("new").tap("OPSC"), late)
    talk.command("delete").tap("Delete, with 24 hours to undo")
    assert looks(talk, minutes(ASKED, 24 * 60)) is None
    found = looks(talk, minutes(ASKED + DAY, 60))
    assert found
    assert found < ASKED + DAY + timedelta(minutes=10)


def test_the_first_start_says_who_can_read_it_and_no_other_does(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("start")
    assert "Telegram can read" in talk.screen.text
    assert "/privacy" in talk.screen.text
    assert "Telegram can read" not in talk.command("start").screen.text
    page = Talk(tmp_path / "page", user="web:1").command("start")
    assert "Telegram" not in page.screen.text


def test_the_first_start_says_so_by_a_link_too(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    other = talk.beside("test:2").start(invited(talk, "Example"))
    assert "Telegram can read" in other.screen.text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("user", ["telegram:1", "web:1"])
def test_privacy_fits_a_phone_and_leads_to_all_of_it(
    tmp_path: Path, language: Language, user: str
) -> None:
    talk = Talk(tmp_path / "db", language=language, user=user).command("privacy")
    first = talk.screen
    assert len(first.title + first.text) < 800
    for label in talk.labels[:4]:
        part = talk.tap(label).screen
        assert part.title == label
        assert 100 < len(part.text) < 2000
        assert talk.tap("‹").screen == first


def test_what_is_tapped_twice_does_not_delete_it_sooner(tmp_path: Path) -> None:
    talk = puts_away(Talk(tmp_path / "db").command("new").tap("OPSC"))
    shown = talk.screen
    assert talk.tap("Delete now").tap("No, keep it until then").screen == shown
    assert talk.session.leaving
    assert talk.tap("Delete now").command("start").screen == shown
