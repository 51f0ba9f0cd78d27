"""Two tabs, a letter that was sent, a State that has joined: wrong turns that must lose nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.effects import SendFiles
from bot.conversation.talk.events import FileSent, Typed
from tests.conversation.talk import Talk
from tests.conversation.test_living import edit, letter_of, run_job
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft

SECOND = "C. Example, Third Organisation"


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A finished letter to Kenya."""
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    return talk.type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva,")


@pytest.fixture
def sent(talk: Talk) -> Talk:
    """The same, marked as sent, looked at."""
    talk.tap("Share").tap("Mark as sent").tap("By e-mail").tap("Today")
    return talk.tap("‹ Back").tap("‹ The letter")


def draft_of(talk: Talk) -> Draft:
    draft = talk.session.draft
    assert draft
    return draft


def test_back_from_a_copy_stays_with_the_copy(sent: Talk) -> None:
    first = draft_of(sent)
    sent.tap("Change").tap("The text").tap("☑ Hope").type("We hope for the best.")
    copy = draft_of(sent)
    assert copy.id != first.id
    sent.tap("Change").tap("‹").tap("Change").tap("The text").tap("☑ Thanks").type("Thank you.")
    assert draft_of(sent).id == copy.id
    assert {one.key for one in draft_of(sent).changes} == {"hope", "thanks"}
    assert len(sent.desk.shelves.drafts.of(sent.user)) == 2
    kept = next(one for one in sent.desk.shelves.drafts.of(sent.user) if one.id == first.id)
    assert kept.content() == first.content()


def test_each_back_from_a_copy_shows_the_copy(sent: Talk) -> None:
    sent.tap("Change").tap("Co-signers").type(SECOND)
    copy = draft_of(sent)
    assert "in a copy of it" in sent.screen.text
    sent.tap("‹")
    assert sent.screen.title == "What would you like to change?"
    assert draft_of(sent).id == copy.id
    sent.tap("‹ The letter")
    assert "3 co-signers." in sent.screen.text


def test_a_copy_made_from_the_last_look_returns_to_the_last_look(sent: Talk) -> None:
    sent.tap("Share").tap("Signed by").type(SECOND).tap("Done")
    assert sent.screen.title == "Before it goes out"
    assert any(label == "Signed by 3 people" for label in sent.labels)
    assert not draft_of(sent).fate.sent_on


def test_another_language_asked_of_a_sent_letter_is_gone_back_from(sent: Talk) -> None:
    first = draft_of(sent)
    sent.tap("Change").tap("State").type("Cameroon")
    assert sent.screen.title == "In which language is the letter?"
    sent.tap("‹ Back")
    assert draft_of(sent).id == first.id
    assert draft_of(sent).content() == first.content()
    assert len(sent.desk.shelves.drafts.of(sent.user)) == 1, "what was begun is no letter"


def test_text_for_a_section_adds_no_co_signer_to_another_letter(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("☑ Hope")
    about = talk.screen.topic
    talk.command("new").tap("OPIC").type("kenia").tap("Choose anew").tap("English")
    assert talk.screen.title == "Who signs the letter?"
    talk.do(Typed("We hope, with all children, for a reply", about))
    assert "at an earlier screen" in talk.screen.text
    assert draft_of(talk).signatories == ()


def test_text_for_a_section_names_no_set(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("☑ Hope")
    about = talk.screen.topic
    talk.command("new").command("sets").tap("New set").do(Typed("We hope", about))
    assert "at an earlier screen" in talk.screen.text
    assert talk.session.sets == ()


def test_lines_typed_at_the_list_change_nobody_who_is_looked_at(talk: Talk) -> None:
    talk.tap("Change").tap("Co-signers")
    about = talk.screen.topic
    before = draft_of(talk).signatories
    talk.tap("✎ 2")
    talk.do(Typed(SECOND, about))
    assert "at an earlier screen" in talk.screen.text
    assert draft_of(talk).signatories == before


def test_lines_typed_at_a_set_change_no_member(talk: Talk) -> None:
    talk.command("sets").tap("New set").type("Core").type(CO_SIGNERS)
    about = talk.screen.topic
    members = talk.session.sets[0].signatories
    talk.tap("✎ 2").do(Typed(SECOND, about))
    assert "at an earlier screen" in talk.screen.text
    assert talk.session.sets[0].signatories == members


def test_not_sent_after_all_holds_when_the_letter_goes_to_another_state(talk: Talk) -> None:
    talk.tap("Many States").tap("☐ Signed").tap("Write 8").tap("Write the letters")
    run_job(talk)
    talk.tap("Mark all as sent").tap("By post").tap("✉ Kenya")
    talk.tap("Not sent after all")
    assert "✉ sent: 7" in talk.screen.text
    talk.tap("Kenya").tap("Open the letter").tap("Change").tap("State").type("Tonga")
    assert draft_of(talk).state == "TON"
    talk.command("letters").tap("OPSC · 8 States")
    assert "✉ sent: 7" in talk.screen.text


def test_words_that_ask_do_not_stand_in_a_congratulation(talk: Talk) -> None:
    edit(talk, "☑ We urge", "We urge you to ratify the Protocol without delay.")
    talk.tap("Change").tap("State").type("France").tap("Write to congratulate it")
    assert "your co-signers agree" in talk.screen.text
    assert draft_of(talk).congratulates
    assert draft_of(talk).changes == ()
    assert "Français (official language)" in talk.labels
    assert "ratify the Protocol without delay" not in str(letter_of(talk.tap("English")))


def test_a_state_typed_at_home_is_said_back_and_listed(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("start").type("Kenya")
    assert "↶ Not Kenya" in talk.labels
    talk.tap("⌂ Home").command("letters")
    assert any(label.startswith("✎ Kenya · no treaty yet") for label in talk.labels)


def test_a_language_typed_at_home_begins_no_letter(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("start").type("fr")
    assert "To begin a letter, type" in talk.screen.text
    assert talk.desk.shelves.drafts.of(talk.user) == ()


def test_a_set_of_long_lines_fits_a_message(talk: Talk) -> None:
    lines = "\n".join(f"A{n}. Example; {'Organisation ' * 15}{n}" for n in range(60))
    talk.command("sets").tap("New set").type("Long").type(lines)
    assert len(talk.session.sets[0].signatories) == 60
    while "‹" not in talk.screen.title and talk.screen.title != "Long":
        talk.tap("‹ Back")
    talk.command("sets").tap("Long")
    assert len(talk.screen.text) < 4_000


def test_files_asked_for_at_the_last_look_return_to_it(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope.").tap("More").tap("→ Español").tap("Later")
    talk.tap("Share").tap("All files").tap("Go on all the same")
    assert any(isinstance(one, SendFiles) for one in talk.effects)
    assert talk.screen.title == "Before it goes out"
    talk.tap("‹ The letter")
    assert talk.screen.title == "Letter to Kenya"


def test_the_last_look_at_a_sent_letter_warns_of_nothing_to_mend(sent: Talk) -> None:
    later = replace(draft_of(sent), updated=None).date
    assert later
    sent.desk.today = lambda: later.replace(day=20)
    sent.tap("Share")
    assert "has agreed" not in sent.screen.text
    assert "⚠" not in sent.screen.text
    assert not any(label.startswith("⚠ Date") for label in sent.labels)
    assert "goes into a copy" in sent.screen.text


def test_a_word_works_at_the_last_look(talk: Talk) -> None:
    talk.tap("Share").type("pdf")
    assert any(isinstance(e, SendFiles) and e.formats == ("pdf",) for e in talk.effects)
    assert talk.screen.title == "Before it goes out"


def test_a_state_typed_at_a_stopped_letter_lets_it_go_on(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    before = draft_of(talk)
    joined = replace(before, state="FRA")
    talk.desk.store.save(talk.session.with_draft(joined), (), None, {})
    talk.command("letters")
    talk.tap("✎ France")
    assert "There is nothing left to ask for" in talk.screen.text
    talk.type("Ghana")
    assert draft_of(talk).id == before.id
    assert draft_of(talk).state == "GHA"
    assert len(talk.desk.shelves.drafts.of(talk.user)) == 1


def test_never_is_said(sent: Talk) -> None:
    sent.tap("More").tap("Sent, answered").tap("Reminder").tap("Never")
    assert "I will not remind you." in sent.screen.text


WAYS = {
    "at home": ("/start", "=Kenya OPSC", "↶ Not Kenya", "‹ Back"),
    "a treaty alone at home": ("/start", "=OPIC", "↶ Not OPIC"),
    "at a letter": ("=Cameroon", "↶ Not Cameroon", "‹"),
    "a State in an edit": ("Change", "State", "=Cameroon", "↶ Not Cameroon", "‹"),
    "a congratulation": ("Change", "State", "=France", "Write to cong", "↶ Not France", "‹"),
    "a treaty in an edit": ("Change", "Treaty", "=CRC", "↶ Not CRC", "‹"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("is_sent", [False, True], ids=["", "sent"])
def test_back_after_an_answer_was_taken_back(
    talk: Talk, way: tuple[str, ...], *, is_sent: bool
) -> None:
    if is_sent:
        talk.tap("Share").tap("Mark as sent").tap("By e-mail").tap("Today")
        talk.tap("‹ Back").tap("‹ The letter")
    for step in way:
        if step.startswith("/"):
            talk.command(step[1:])
        elif step.startswith("="):
            talk.type(step[1:])
        elif any(label.startswith(step) for label in talk.labels):
            talk.tap(step)
    assert talk.screen.rows
    kept = talk.desk.shelves.drafts.of(talk.user)
    assert not [one for one in kept if one.fate.sent_on and not one.is_complete]
    assert any(one.is_complete and one.state == "KEN" for one in kept)


def test_after_a_congratulation_other_treaties_are_asked_for(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("France")
    talk.tap("Write to congratulate it").tap("‹ Back").tap("2 treaties that it has not")
    talk.tap("ICRMW")
    assert not draft_of(talk).congratulates


def test_a_change_of_the_treaty_that_is_not_made_leaves_no_draft(sent: Talk) -> None:
    sent.tap("Change").tap("Treaty").type("CRC").tap("‹")
    assert len(sent.desk.shelves.drafts.of(sent.user)) == 1


def test_the_words_for_one_co_signer_do_not_change_another(talk: Talk) -> None:
    talk.tap("Change").tap("Co-signers").tap("✎ 1")
    about = talk.screen.topic
    talk.tap("▼ Down").tap("‹").tap("✎ 1")
    before = draft_of(talk).signatories
    talk.do(Typed("A. Mended; First Organisation", about))
    assert "at an earlier screen" in talk.screen.text
    assert draft_of(talk).signatories == before


def test_a_yes_to_one_line_signs_no_other(talk: Talk) -> None:
    talk.tap("Change").tap("Co-signers").type("Dear colleagues\nPlease sign here")
    about = talk.screen.topic
    talk.tap("Leave it out")
    before = draft_of(talk).signatories
    talk.do(Typed("yes", about))
    assert "at an earlier screen" in talk.screen.text
    assert draft_of(talk).signatories == before


def test_the_head_of_one_mission_is_not_that_of_another(talk: Talk) -> None:
    talk.tap("Change").tap("Head of the mission")
    about = talk.screen.topic
    talk.tap("‹").tap("State").type("Ghana")
    talk.tap("Change").tap("Head of the mission").do(Typed("J. Example", about))
    assert "at an earlier screen" in talk.screen.text
    assert draft_of(talk).addressee.name == ""


def test_a_translation_is_of_the_language_that_was_asked_for(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope.").tap("More").tap("→ Français")
    about = talk.screen.topic
    talk.tap("Later").tap("More").tap("→ Español")
    talk.do(Typed("Nous espérons.", about))
    assert "at an earlier screen" in talk.screen.text


def test_a_list_sent_from_another_tab_is_asked_about(talk: Talk) -> None:
    talk.tap("Change").tap("Co-signers")
    about = talk.screen.topic
    talk.command("new").tap("OPIC").type("kenia").tap("Choose anew").tap("English")
    talk.do(FileSent("list.csv", b"name,organization\nC. Example,Third\n", about=about))
    assert "You sent “list.csv” from an earlier screen" in talk.screen.text
    assert draft_of(talk).signatories == ()


def test_undo_at_the_last_look_stays_there(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope.").tap("Share").type("undo")
    assert talk.screen.title == "Before it goes out"


def test_a_state_typed_twice_at_home_begins_one_letter(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("start").type("Kenya").tap("⌂ Home").type("Kenya")
    assert len(talk.desk.shelves.drafts.of(talk.user)) == 1
    talk.command("cancel")
    assert "kept under" in talk.screen.text


def test_no_typed_at_a_letter_is_not_norway(talk: Talk) -> None:
    talk.type("no")
    assert "nothing I can do with a letter" in talk.screen.text
    assert draft_of(talk).state == "KEN"
