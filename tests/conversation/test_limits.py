"""How much one person may do in a day: counted, said in words, and nothing is lost."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.access.kept import CountedOn
from bot.conversation.talk.access import Access
from bot.conversation.talk.effects import RunJob, SendFiles, Toast
from bot.conversation.talk.limits import DEFAULTS, MEGABYTE, Kind, Limits, limits_from
from bot.signings.values import Status
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import writes
from tests.hosted import connect
from tests.signings.playing import everyone, opened
from tests.test_cli import run
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = "It goes on tomorrow, from midnight UTC. Nothing is lost."


def at(talk: Talk, **most: int) -> Talk:
    """With these bounds."""
    talk.desk.access = Access(limits=Limits({Kind(name): number for name, number in most.items()}))
    return talk


def days_later(talk: Talk, days: int) -> None:
    before = talk.desk.now
    talk.desk.now = lambda: before() + timedelta(days)


def counted(talk: Talk) -> dict[str, int]:
    with closing(connect(talk.path)) as connection:
        return dict(connection.execute("SELECT kind, number FROM counts"))


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One who has a finished letter."""
    return writes(Talk(tmp_path / "db"))


def test_letters_that_are_begun(talk: Talk) -> None:
    at(talk, drafts=1)
    talk.command("start").type("Ghana OPSC fr")
    assert "You have begun as many letters today as one person may: 1." in talk.screen.text
    assert TOMORROW in talk.screen.text
    assert talk.screen.kept, "what was typed may be sent again"
    assert talk.session.draft is None or talk.session.draft.state == "KEN"
    talk.command("letters")
    assert any("Kenya" in label for label in talk.labels)
    days_later(talk, 1)
    talk.command("start").type("Ghana OPSC fr")
    assert talk.session.draft
    assert talk.session.draft.state == "GHA"
    days_later(talk, -1)
    assert counted(talk) == {"drafts": 1}
    talk.command("new")
    assert "as many letters today" in talk.screen.text, "the clock has stepped back by a day"
    days_later(talk, 400)
    talk.command("new").tap("OPSC")
    days_later(talk, -400)
    talk.desk.tidy()
    with closing(connect(talk.path)) as connection:
        days = {day for (day,) in connection.execute("SELECT DISTINCT day FROM counts")}
    assert days == {"2026-03-02", "2026-03-03"}, "a day that is far from now is forgotten"


def test_files_and_an_answer_that_was_typed_stays(talk: Talk) -> None:
    at(talk, documents=3)
    assert any(isinstance(one, SendFiles) for one in talk.tap("PDF").effects)
    talk.tap("Share").tap("All")
    (said,) = (one.text for one in talk.effects if isinstance(one, Toast))
    assert "as many files made today as one person may: 3." in said
    assert said in talk.screen.text
    assert not any(isinstance(one, SendFiles) for one in talk.effects)
    talk.command("start").type("Ghana OPSC fr")
    assert talk.session.draft
    assert talk.session.draft.state == "GHA", "all else goes on"
    assert counted(talk)["documents"] == 1, "what was refused does not count"


def test_letters_to_many(talk: Talk) -> None:
    at(talk, letters=2)
    talk.tap("Many States").type("Tonga, Ghana, Barbados").tap("Write 3").tap("Write")
    assert "Today one person may have 2 letters to many States written" in talk.screen.text
    assert not any(isinstance(one, RunJob) for one in talk.effects)
    at(talk, letters=3)
    assert any(isinstance(one, RunJob) for one in talk.tap("Write").effects)


def test_files_that_are_sent(talk: Talk) -> None:
    at(talk, uploads=1)
    talk.command("letterhead").file(b"no picture", "logo.png")
    assert "That is no picture" in talk.screen.text
    talk.file(b"no picture", "logo.png")
    assert "You have sent as many files today as one person may: 1." in talk.screen.text
    assert not talk.desk.takes_file(talk.user, 1)
    at(talk, megabytes=1)
    assert talk.desk.takes_file(talk.user, MEGABYTE - 2000)
    assert not talk.desk.takes_file(talk.user, MEGABYTE + 1)
    talk.file(b"x" * (MEGABYTE + 1), "logo.png")
    assert "Today one person may send files of 1 MB" in talk.screen.text


def test_signings_links_and_what_co_signers_do(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    assert counted(talk)["signings"] == 1
    at(talk, signings=1, links=1)
    talk.command("start").tap("1 signing").tap("OPSC").tap("Invite").tap("… Example")
    token = talk.invitation
    talk.command("start").tap("1 signing").tap("OPSC").tap("Invite").tap("… Second")
    assert "You have made as many links today as one person may: 1." in talk.screen.text
    talk.command("start").type("Ghana OPSC en").type(CO_SIGNERS).tap("Done").tap("Geneva")
    talk.tap("Geneva").tap("Share").tap("Ask the co-signers").tap("Open for signing")
    assert "as many letters for signing today as one person may: 1." in talk.screen.text
    talk.beside("test:2").start(token).tap("Confirm as A. Example")
    assert everyone(talk)[0].status is Status.CONFIRMED


def test_how_much_is_kept_in_all(talk: Talk) -> None:
    at(talk, storage=0)
    talk.command("new")
    assert "What you keep here has reached 0 MB" in talk.screen.text
    assert "delete letters or sets" in talk.screen.text
    at(talk, storage=1)
    talk.command("new").tap("OPSC")
    assert talk.session.draft
    held = talk.desk.shelves.access.held(talk.user)
    assert 1000 < held < 100_000


def test_tokens_that_open_nothing(talk: Talk) -> None:
    at(talk, tokens=2)
    for number in range(2):
        talk.start(f"s{number:032d}")
        assert "This link does not work (any more)." in talk.screen.text
    talk.start(f"s{3:032d}")
    assert "Too many codes or links that do not work were tried today (2)." in talk.screen.text


def test_counts_go_with_everything_else(talk: Talk) -> None:
    assert counted(talk)
    talk.desk.store.keep(talk.user, (CountedOn(talk.desk.now().date(), {Kind.EXPORTS: 1}),))
    talk.command("privacy").tap("Delete everything").tap("Delete at once")
    assert not counted(talk)


def test_nobody_who_writes_to_all_states_meets_a_bound() -> None:
    """Every State in three languages, each with files of three kinds; a day of lists and links."""
    assert DEFAULTS[Kind.LETTERS] >= 3 * 197 * 5
    assert DEFAULTS[Kind.DRAFTS] >= 197 * 3
    assert DEFAULTS[Kind.DOCUMENTS] >= 197 * 3 * 3
    assert DEFAULTS[Kind.LINKS] >= 1000
    assert set(DEFAULTS) == set(Kind)


def test_bounds_are_set_by_name(tmp_path: Path) -> None:
    found = limits_from({"drafts": 7})
    assert isinstance(found, Limits)
    assert (found.of(Kind.DRAFTS), found.of(Kind.EXPORTS)) == (7, DEFAULTS[Kind.EXPORTS])
    assert limits_from({"drafts": 7, "letter": 1}) == "letter"
    said = run("access", "list", home=tmp_path, DEMARCHE_LIMITS="letter=1").stderr.decode()
    assert "DEMARCHE_LIMITS knows no “letter”" in said
    said = run("access", "list", home=tmp_path, DEMARCHE_LIMITS="drafts=many").stderr.decode()
    assert "DEMARCHE_LIMITS is no list such as drafts=200" in said
