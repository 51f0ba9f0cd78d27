"""One way back from each screen to the one before it; nothing is lost on it, nothing unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.screens import screen_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.trail import ASKING
from bot.conversation.turn import turn
from bot.conversation.whereabouts import here, is_letter
from tests.conversation.talk import Talk
from tests.conversation.test_living import run_job

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Session

ELSEWHERE = frozenset(
    {
        "home",
        "back",
        "toletter",
        "page",
        "turn",
        "undo",
        "forget-yes",
        "forget-later",
        "deleteyes",
        "deleteset-yes",
    }
)
"""Ways that lead out of where one is, and what is deleted: it cannot be gone back to."""

DEPTH = 5


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A finished letter to Kenya, of two co-signers."""
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("A. Example, Example Organisation\nB. Example, Second Organisation").tap("Done")
    return talk.tap("Geneva").tap("Geneva")


def answers(draft: Draft | None) -> dict[str, object]:
    """What is answered."""
    if draft is None:
        return {}
    content = draft.content()
    keys = ("treaty", "state", "language", "signatories", "seat", "place", "date", "changes")
    return {key: content[key] for key in keys if content[key]}


def tapped(talk: Talk, session: Session, data: str) -> Session:
    return turn(session, Tap(data), talk.desk).session


def action_of(data: str) -> str:
    return data.split(":")[1]


class Walk:
    """Every screen that taps lead to, each once; and Back from it."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.seen: set[tuple[str, ...]] = set()

    def screen(self, session: Session) -> tuple[str, list[str]]:
        """Its title, and where its buttons lead."""
        shown = screen_of(Context.of(session, self.talk.desk))
        return shown.title, [b.data for row in shown.rows for b in row]

    def on_from(self, session: Session, depth: int) -> None:
        """Tap each button that leads elsewhere, go back, and go on from there."""
        _title, buttons = self.screen(session)
        for data in buttons:
            if action_of(data) in ELSEWHERE:
                continue
            after = tapped(self.talk, session, data)
            context = Context.of(after, self.talk.desk)
            place = here(context)
            if place == here(Context.of(session, self.talk.desk)):
                continue
            self.goes_back(session, after, data)
            where = (place.view.name, place.view.key, place.view.text.partition(":")[0])
            if where not in self.seen and depth and not is_letter(context):
                self.seen.add(where)
                self.on_from(after, depth - 1)

    def goes_back(self, session: Session, after: Session, data: str) -> None:
        """From where the tap led, Back is the screen that was tapped."""
        title, offered = self.screen(after)
        ways = [one for one in offered if action_of(one) == "back"]
        if is_letter(Context.of(after, self.talk.desk)):
            assert after.draft
            assert ways, title
            left = tapped(self.talk, after, ways[0])
            assert left.draft == after.draft, "a finished letter stays finished"
            return
        if not ways:
            assert here(Context.of(after, self.talk.desk)).view.name == "home" or (
                here(Context.of(session, self.talk.desk)).view.name == "home"
            ), (data, title)
            return
        back = tapped(self.talk, after, ways[0])
        before, again = self.screen(session), self.screen(back)
        kept = after.draft and session.draft and after.draft.id == session.draft.id
        if not _is_passed(session, after, self.talk):
            assert again[0] == before[0], (data, title)
        if kept:
            had, has = answers(after.draft), answers(back.draft)
            assert set(answers(session.draft)) <= set(has), (data, title)
            assert set(had) <= set(has), (data, title)


def _is_passed(session: Session, after: Session, talk: Talk) -> bool:
    """Whether Back goes past the screen before: a letter was finished, or a step is over."""
    names = {here(Context.of(one, talk.desk)).view.name for one in (session, after)}
    place = here(Context.of(after, talk.desk))
    if session.draft and session.draft.revision and not session.draft.is_complete:
        return True  # a change that is not made to its end is taken back
    if names & ASKING and place.view.name not in ASKING:
        return True
    been = {(one.view.name, one.view.key) for one in session.user.trail}
    return (place.view.name, place.view.key) in been or bool(names & {"translate", "unready"})


def test_every_screen_has_one_way_back_to_the_one_before(talk: Talk) -> None:
    walk = Walk(talk)
    walk.on_from(talk.session, DEPTH)
    talk.command("start")
    walk.on_from(talk.session, DEPTH)
    names = {where[0] for where in walk.seen}
    assert len(walk.seen) > 60
    assert names >= {
        *("edit", "sending", "more", "sections", "section", "addparagraph", "treaties", "mailing"),
        *("bilingual", "addressed", "letterhead", "saveset", "statusof", "draft", "letters"),
        *(
            "settings",
            "privacy",
            "privacypart",
            "forget",
            "languages",
            "help",
            "sets",
            "status",
            "statusin",
        ),
    }


def test_help_in_a_question_goes_back_to_the_question(talk: Talk) -> None:
    talk.command("new").tap("OPIC").command("help").tap("‹ Back")
    assert talk.screen.title == "Which State is the letter to?"
    talk.command("status").type("kenya").tap("‹ Back").tap("‹ Back")
    assert talk.screen.title == "Which State is the letter to?"


def test_where_the_state_stands_goes_back_to_the_letters_menu(talk: Talk) -> None:
    talk.tap("More").tap("Where the State").tap("‹ Back")
    assert talk.screen.title == "What else would you like to do?"
    assert talk.tap("‹ The letter").screen.title == "Letter to Kenya"


def test_out_of_an_edit_of_co_signers_is_the_list_of_changes(talk: Talk) -> None:
    talk.tap("Change").tap("Co-signers").type("C. Example, Third")
    assert talk.session.draft
    assert talk.session.draft.is_complete, "a finished letter is never unfinished by an edit"
    talk.tap("‹ Back")
    assert talk.screen.title == "What would you like to change?"
    assert len(talk.session.draft.signatories) == 3
    talk.tap("‹ The letter")
    assert "3 co-signers." in talk.screen.text


def test_another_state_that_was_not_chosen_leaves_no_draft(talk: Talk) -> None:
    talk.tap("Another State").tap("‹ The letter")
    assert talk.screen.title == "Letter to Kenya"
    assert len(talk.desk.shelves.drafts.of(talk.user)) == 1


def test_another_state_in_an_edit_is_gone_back_from_with_the_letter_as_it_was(talk: Talk) -> None:
    before = answers(talk.session.draft)
    talk.tap("Change").tap("State").type("Cameroon")
    assert talk.screen.title == "In which language is the letter?"
    talk.tap("‹ Back")
    assert talk.screen.title == "Which State is the letter to?"
    assert answers(talk.session.draft) == before


def test_old_sessions_have_no_trail_and_come_home(talk: Talk) -> None:
    talk.command("settings")
    data = talk.session.user
    assert data.trail, "the letter is before it"
    assert "‹ The letter" in talk.labels


@pytest.mark.parametrize("where", ["Which State", "Who signs"])
def test_what_is_typed_at_an_earlier_screen_is_asked_about(tmp_path: Path, where: str) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC")
    about = talk.screen.topic
    talk.type("kenia")
    if where == "Who signs":
        talk.tap("English")
    talk.do(Typed("Liban", about))
    assert "You typed “Liban” at an earlier screen" in talk.screen.text
    assert talk.screen.kept
    assert talk.session.draft
    assert talk.session.draft.signatories == ()
    talk.do(Typed("B. Example, Second", talk.screen.topic))
    assert "earlier screen" not in talk.screen.text


def test_what_was_deleted_or_said_is_not_gone_back_to(talk: Talk) -> None:
    talk.tap("Share").tap("Mark as sent").tap("By e-mail").tap("Today").tap("‹ Back")
    assert talk.screen.title == "Before it goes out", "how it was sent is said"
    talk.tap("‹ The letter").tap("More").tap("Sent, answered").tap("Delete").tap("Yes")
    assert talk.screen.title == "My letters"
    assert not [label for label in talk.labels if label.startswith("‹")]


def test_letters_that_were_written_are_not_gone_back_to_as_being_written(talk: Talk) -> None:
    talk.tap("Many States").tap("☐ Signed").tap("Write 8").tap("Write the letters")
    run_job(talk)
    assert talk.screen.title.startswith("OPSC · 8 States")
    assert talk.tap("‹ Back").screen.title == "Write 8 letters?"
