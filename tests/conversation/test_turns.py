"""What a user would notice: taps counted, wrong turns, stale buttons, nothing lost."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.screens import screen_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import SendLetter, Show, Toast
from bot.conversation.talk.events import Command, FileSent, Tap, Typed, Unsupported
from bot.conversation.turn import COMMANDS
from bot.letters.model import Language, Office, Signatory
from tests.conversation.talk import Talk
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.events import Event


def a_letter(talk: Talk, state: str = "kenia") -> Talk:
    """From /new to the finished letter, the first time."""
    talk.command("new").tap("OPSC").type(state).tap("English").type(CO_SIGNERS)
    return talk.tap("Done").tap("Geneva").tap("Geneva")


def test_at_most_eight_steps_the_first_time_and_three_the_next(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    assert talk.has_letter
    assert talk.count - 1 <= 8
    before = talk.count
    talk.command("new").tap("OPSC").tap("Ghana").tap("As last time")
    assert talk.has_letter
    assert talk.count - before - 1 <= 3
    assert talk.session.draft
    assert talk.session.draft.signatories == (
        Signatory("A. Example", "Example Organisation"),
        Signatory("B. Example", "Second Organisation", "Chair"),
    )


def test_translating_is_one_tap_and_changes_nothing_else(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    before = talk.session.draft
    talk.tap("More").tap("→ Français")
    assert talk.has_letter
    talk.tap("More").tap("→ Español").tap("More").tap("→ English")
    assert talk.session.draft == before


def test_back_from_a_letter_is_my_letters_and_it_stays_finished(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).tap("‹ My letters")
    assert talk.screen.title == "My letters"
    assert talk.session.draft
    assert talk.session.draft.is_complete
    assert "⌂ Home" in talk.labels
    assert not [label for label in talk.labels if label.startswith("‹")], "home is before them"


def test_back_goes_through_the_questions_and_takes_no_answer_away(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("A. Example, First").tap("Done").tap("New York")
    titles = [talk.tap("‹").screen.title.split()[0] for _ in range(5)]
    assert titles == ["Which", "Who", "In", "Which", "Which"]
    draft = talk.session.draft
    assert draft
    assert (draft.treaty, draft.state, draft.language) == ("OPSC", "KEN", "en")
    assert len(draft.signatories) == 1
    assert draft.seat is Office.NEW_YORK
    talk.tap("Keep: OPSC")
    assert talk.screen.title.startswith("From where"), "on to what is not answered yet"


def test_editing_one_answer_keeps_the_rest(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    talk.tap("Change").tap("State").type("Ghana")
    assert talk.has_letter
    draft = talk.session.draft
    assert draft
    assert (draft.state, draft.language, len(draft.signatories)) == ("GHA", Language.EN, 2)
    talk.tap("Change").tap("Co-signers").type("C. Example, Third").tap("Done")
    assert talk.has_letter
    assert talk.session.draft
    assert len(talk.session.draft.signatories) == 3


def test_another_treaty_that_the_state_has_joined_asks_for_a_state(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).tap("Change").tap("Treaty").tap("OPAC")
    assert talk.screen.title == "Kenya has joined OPAC"
    assert "already party" in talk.screen.text
    assert "Write to congratulate it" in talk.labels
    talk.tap("Another State")
    assert talk.screen.title == "Which State is the letter to?"


def test_a_party_is_refused_with_its_date(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("France")
    assert "5 February 2003" in talk.screen.text
    assert talk.session.draft
    assert talk.session.draft.state is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Geneva, 1 May 2000", "adopted only on 25 May 2000"),
        ("Geneva, 31.2.2026", "was not understood"),
        ("x" * 61, "at most 60 characters"),
    ],
)
def test_a_bad_place_or_date_is_said_and_asked_again(tmp_path: Path, typed: str, says: str) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.tap("No co-signers yet").tap("Geneva").type(typed)
    assert says in talk.screen.text
    assert not talk.has_letter


@pytest.mark.parametrize(
    "typed", ["Geneva, 26 July 2001", "New York", "3 December 2031", "Bogotá, 1.3.2026"]
)
def test_past_and_future_dates_and_any_place(tmp_path: Path, typed: str) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.tap("No co-signers yet").tap("Geneva").type(typed)
    assert talk.has_letter


def test_facts_older_than_ninety_days_carry_a_warning(tmp_path: Path) -> None:
    fresh = a_letter(Talk(tmp_path / "a"))
    stale = a_letter(Talk(tmp_path / "b", today=date(2026, 11, 24)))
    assert "⚠" not in fresh.screen.text
    assert "⚠ Facts of 3 February 2026" in stale.labels
    assert "3 February 2026" in fresh.screen.text


def test_a_stale_button_shows_where_the_user_is(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new")
    old = talk.screen.rows[0][0].data
    talk.tap("OPSC")
    state = talk.session
    talk.do(Tap(old))
    assert talk.session == state
    assert isinstance(talk.effects[0], Toast)
    assert talk.screen.title == "Which State is the letter to?"


def test_another_users_button_answers_as_an_unknown_one(tmp_path: Path) -> None:
    mine = a_letter(Talk(tmp_path / "db"))
    other = Talk(tmp_path / "db", user="test:2").command("start")
    screens = []
    for data in (mine.screen.rows[0][0].data, "unknown1:file:docx", "", ":", "x:y:z", "💥" * 20):
        other.do(Tap(data))
        screens.append(other.effects)
    assert all(effects == screens[0] for effects in screens)
    assert len(mine.session.draft.signatories if mine.session.draft else ()) == 2


def test_an_update_seen_twice_changes_nothing(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("A. Example, Example Organisation")
    before = talk.session
    talk.count -= 1
    talk.type("A. Example, Example Organisation\nB. Example, Second")
    assert talk.session == before


def test_a_letter_is_sent_again_if_its_update_comes_again_unsettled(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    talk.count -= 1
    talk.do(Tap("whatever"))
    assert talk.has_letter


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice"])
def test_what_is_not_text_gets_one_line_that_helps(tmp_path: Path, kind: str) -> None:
    talk = Talk(tmp_path / "db").command("new")
    assert "only text" in talk.send(kind).screen.text
    talk.tap("OPSC").type("kenia").tap("English")
    assert "CSV" in talk.send(kind).screen.text
    assert "only text" in a_letter(Talk(tmp_path / "c")).send(kind).screen.text


def test_a_csv_file_adds_co_signers_and_a_bad_one_adds_none(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.file(b"name,role,organisation\nA. Example,,Example Organisation\n,x,\ny,,,z\n")
    assert "row 3" in talk.screen.text
    assert "row 4" in talk.screen.text
    assert talk.session.draft
    assert talk.session.draft.signatories == ()
    talk.file(b"name,role,organisation\nA. Example,,Example Organisation\n").tap("Add 1 co-signer")
    again = talk.session.draft
    assert again is not None
    assert len(again.signatories) == 1
    assert "too large" in talk.file(None).screen.text


def test_what_was_removed_from_names_is_said(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    assert "were removed" in talk.type("A.\u202e Example, Example Organisation").screen.text


def test_sets_are_saved_reused_overwritten_and_renamed(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).tap("More").tap("Save the co-signers").type("One")
    assert [s.name for s in talk.session.sets] == ["One"]
    assert "already" in talk.tap("More").tap("Save the co-signers").type("ONE").screen.text
    talk.type("Two")
    talk.tap("Change").tap("Co-signers").type("C. Example, Third").tap("Done")
    talk.tap("More").tap("Save the co-signers").tap("Overwrite “Two”")
    assert [len(s.signatories) for s in talk.session.sets] == [2, 3]
    talk.command("new").tap("OPSC").type("Ghana").tap("Choose anew").tap("English")
    talk.tap("Add Two").tap("Add One")
    assert "listed already" in talk.screen.text
    assert talk.session.draft
    assert len(talk.session.draft.signatories) == 3


def test_forgetting_asks_and_then_forgets(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).command("privacy").tap("Delete everything")
    assert talk.session.draft
    talk.tap("Delete at once")
    assert talk.session.draft is None
    assert talk.desk.shelves.drafts.of("test:1") == ()
    assert not talk.session.user.last.is_whole


def test_the_letter_keeps_its_language_whatever_the_interfaces(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db", language=Language.EN)).command("settings")
    talk.tap("○ Français").tap("⌂ Accueil").tap("Ouvrir")
    assert talk.has_letter
    assert talk.session.draft
    assert talk.session.draft.language is Language.EN


def test_cancel_keeps_what_was_answered(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").command("cancel")
    assert talk.session.draft is None
    talk.command("letters").tap("✎ Kenya")
    assert talk.screen.title == "In which language is the letter?"
    talk.command("new").command("cancel")
    assert len(talk.desk.shelves.drafts.of("test:1")) == 1, "an empty letter is not kept"


EVENTS: st.SearchStrategy[Event | int] = st.one_of(
    st.integers(0, 60),
    st.sampled_from([*COMMANDS, "unknown"]).map(Command),
    st.sampled_from(
        ["kenia", "France", "opsc", CO_SIGNERS, "Geneva, 1.3.2026", "x", "   ", "My set"]
    ).map(Typed),
    st.text(max_size=30).map(Typed),
    st.binary(max_size=40).map(lambda data: FileSent("a.csv", data)),
    st.just(Unsupported("photo")),
    st.text(max_size=20).map(Tap),
)


@settings(max_examples=60, deadline=None)
@given(events=st.lists(EVENTS, max_size=40), language=st.sampled_from(Language))
def test_anything_at_any_time(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event | int], language: Language
) -> None:
    with closing(Talk(tmp_path_factory.mktemp("any") / "db", language=language)) as talk:
        talk.command("start")
        for event in events:
            buttons = [button for row in talk.screen.rows for button in row]
            talk.do(Tap(buttons[event % len(buttons)].data) if isinstance(event, int) else event)
            shown = [effect for effect in talk.effects if isinstance(effect, Show)]
            assert len(shown) == 1
            check(talk)


def check(talk: Talk) -> None:
    """Every screen can be sent, and every button on it works."""
    screen = talk.screen
    assert screen.title.strip()
    assert sum(len(row) for row in screen.rows) <= 100
    assert all(0 < len(row) <= 8 for row in screen.rows)
    for row in screen.rows:
        for button in row:
            assert button.label.strip()
            assert 0 < len(button.data.encode()) <= 64
    assert screen.offered == screen_of(Context.of(talk.session, talk.desk)).offered
    if talk.session.user.view.name != "home" and not talk.session.leaving:
        assert any(":home:" in data for data in screen.offered)
    for effect in talk.effects:
        if isinstance(effect, SendLetter):
            assert effect.draft.is_complete
