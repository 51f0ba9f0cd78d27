"""How short the ways are: taps are counted, words do what buttons do, no State is a dead end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import SendFiles, SendLetter
from bot.conversation.talk.events import Typed
from bot.letters.model import Language, Letter, Office
from bot.letters.treaties import Register
from bot.reference.loader import load
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft

SEVEN = "\n".join(f"{letter}. Example, Organisation {letter}" for letter in "ABCDEFG")


class Thumb(Talk):
    """A talk that counts its taps."""

    taps = 0

    def tap(self, label: str) -> Thumb:
        """One more."""
        self.taps += 1
        super().tap(label)
        return self


@pytest.fixture
def thumb(tmp_path: Path) -> Thumb:
    return Thumb(tmp_path / "db")


def draft_of(talk: Talk) -> Draft:
    draft = talk.session.draft
    assert draft
    return draft


def text_of(talk: Talk, key: str) -> str:
    found = Context.of(talk.session, talk.desk).compose(draft_of(talk))
    assert isinstance(found, Letter)
    return found.text_of(key)


def a_letter(talk: Talk, state: str = "kenia", signers: str = SEVEN) -> Talk:
    talk.command("new").tap("OPSC").type(state).tap("English").type(signers)
    return talk.tap("Done").tap("Geneva").tap("Geneva")


def test_a_first_letter_is_seven_taps(thumb: Thumb) -> None:
    thumb.command("start").tap("New letter").tap("OPSC").tap("Kenya").tap("English")
    thumb.tap("No co-signers yet").tap("Geneva").tap("Geneva")
    assert thumb.has_letter
    assert thumb.taps <= 7


def test_who_comes_back_needs_three_and_the_pdf_one_more(thumb: Thumb) -> None:
    a_letter(thumb).command("start")
    thumb.taps = 0
    thumb.tap("New letter on OPSC").tap("Ghana").tap("As last time")
    assert thumb.has_letter
    assert thumb.taps <= 3
    thumb.tap("PDF")
    assert any(isinstance(e, SendFiles) and e.formats == ("pdf",) for e in thumb.effects)
    assert thumb.taps <= 4


def test_a_slip_in_a_co_signer_is_mended_in_four(thumb: Thumb) -> None:
    a_letter(thumb)
    thumb.taps = 0
    thumb.tap("Change").tap("Co-signers").tap("✎ 1")
    assert thumb.screen.filled == "A. Example; Organisation A"
    thumb.type("Ann Example; Organisation A").tap("Done: 7")
    assert any(isinstance(effect, SendLetter) for effect in thumb.effects)
    assert "Ann Example, Organisation A" in text_of(thumb, "signatories")
    assert thumb.taps <= 4


@pytest.mark.parametrize(
    ("typed", "formats"),
    [
        *(("pdf", ("pdf",)), ("Word", ("docx",)), ("texte", ("txt",)), ("E-mail", ("eml",))),
        ("todo", ("png", "pdf", "docx", "txt")),
    ],
)
def test_a_letter_takes_words_for_files(thumb: Thumb, typed: str, formats: tuple[str, ...]) -> None:
    a_letter(thumb).type(typed)
    assert [e.formats for e in thumb.effects if isinstance(e, SendFiles)] == [formats]


def test_a_letter_takes_words_for_what_is_done_with_it(thumb: Thumb) -> None:
    a_letter(thumb).type("français")
    assert draft_of(thumb).language is Language.FR
    thumb.type("undo")
    assert draft_of(thumb).language is Language.EN
    assert "nothing to undo" in thumb.type("annuler").screen.text
    thumb.type("rehacer")
    assert draft_of(thumb).language is Language.FR
    assert "already" in thumb.type("French").screen.text
    first = draft_of(thumb).id
    thumb.type("Cameroon")
    assert draft_of(thumb).state == "CMR"
    assert draft_of(thumb).id != first
    assert thumb.has_letter, "a State whose own language is the letter's"


def test_what_means_nothing_to_a_letter_changes_nothing(thumb: Thumb) -> None:
    before = draft_of(a_letter(thumb))
    assert "nothing I can do" in thumb.type("hello there").screen.text
    assert draft_of(thumb) == before


@pytest.mark.parametrize(
    ("typed", "treaty", "state", "language"),
    [
        ("Kenya OPSC fr", "OPSC", "KEN", Language.FR),
        ("opsc kenya", "OPSC", "KEN", None),
        ("Français, Cameroun, CMW", "ICRMW", "CMR", Language.FR),
        ("Papua New Guinea OPIC English", "OPIC", "PNG", Language.EN),
        ("OPIC", "OPIC", None, None),
        ("Kenya", None, "KEN", None),
    ],
)
def test_a_letter_begins_with_what_is_typed_at_home(
    thumb: Thumb, typed: str, treaty: str | None, state: str | None, language: Language | None
) -> None:
    draft = draft_of(thumb.command("start").type(typed))
    assert (draft.treaty, draft.state, draft.language) == (treaty, state, language)


def test_what_means_nothing_at_home_begins_nothing(thumb: Thumb) -> None:
    thumb.command("start").type("good morning")
    assert "as in “Kenya OPSC fr”" in thumb.screen.text
    assert thumb.session.draft is None


def test_a_state_that_has_joined_is_congratulated(thumb: Thumb) -> None:
    thumb.command("new").tap("OPSC").type("France").tap("Write to congratulate it")
    thumb.tap("Français").tap("No co-signers").tap("Geneva").tap("Geneva")
    assert thumb.has_letter
    assert draft_of(thumb).congratulates
    assert "A letter of congratulation." in thumb.screen.text


def test_a_state_that_has_joined_is_asked_for_the_rest(thumb: Thumb) -> None:
    thumb.command("new").tap("OPSC").type("Senegal")
    assert thumb.screen.title == "Senegal has joined OPSC"
    label = next(one for one in thumb.labels if "has not joined" in one)
    thumb.tap(label)
    assert thumb.screen.title == "What has Senegal not joined?"
    assert thumb.tap("‹").screen.title == "Senegal has joined OPSC"
    thumb.tap(label)
    first = next(one for one in thumb.labels if " – " in one)
    thumb.tap(first)
    assert (draft_of(thumb).state, draft_of(thumb).treaty) == ("SEN", first.split(" – ")[0])
    assert thumb.tap("‹").screen.title == "Which State is the letter to?", "of another treaty"


def test_one_letter_on_all_that_a_state_has_not_joined(thumb: Thumb) -> None:
    thumb.command("status").type("Kenya")
    lacking = [label.removeprefix("✎ ") for label in thumb.labels if label.startswith("✎ ")]
    every = next(one for one in lacking if one.startswith("One letter on all"))
    lacking.remove(every)
    kinds = {code: load().treaties[code].register for code in lacking}
    lacking = [code for code in lacking if kinds[code] is Register.HUMAN_RIGHTS]
    assert len(lacking) < len(kinds), "it has not joined others, too"
    assert every == f"One letter on all {len(lacking)} on human rights"
    thumb.tap("✎ One letter").tap("English").tap("No co-signers").tap("Geneva").tap("Geneva")
    assert thumb.has_letter
    assert {draft_of(thumb).treaty, *draft_of(thumb).also} == set(lacking)


def test_the_states_say_who_has_signed_and_who_was_written_to(thumb: Thumb) -> None:
    a_letter(thumb).command("new").tap("OPSC")
    assert {"Kenya ◐ ✉", "Ghana ◐", "Tonga"} <= set(thumb.labels)
    assert "◐ signed, not ratified · ✉ you have written to it" in thumb.screen.text
    thumb.command("new").tap("OPAC")
    assert not [label for label in thumb.labels if "✉" in label], "it is of another treaty"


def test_nobody_signs_is_said(thumb: Thumb) -> None:
    thumb.command("new").tap("OPSC").type("kenya").tap("English").tap("No co-signers")
    thumb.tap("Geneva").tap("Geneva")
    assert "⚠ No one signs yet." in thumb.screen.text
    assert "⚠ No one signs yet" in thumb.tap("Share").labels


def test_each_line_of_the_last_look_is_mended_and_seen_again(thumb: Thumb) -> None:
    a_letter(thumb).tap("Share")
    assert "To: Kenya, mission in Geneva" in thumb.labels
    thumb.tap("To: Kenya").tap("New York")
    assert thumb.screen.title == "Before it goes out"
    assert "To: Kenya, mission in New York" in thumb.labels
    assert any(isinstance(effect, SendLetter) for effect in thumb.effects)
    assert draft_of(thumb).seat is Office.NEW_YORK
    thumb.tap("Signed by 7").type("H. Example, Organisation H").tap("Done: 8")
    assert thumb.screen.title == "Before it goes out"
    thumb.tap("Date").type("Geneva, 25 February 2026")
    assert "dated 25 February 2026, and today is 2 March 2026" in thumb.screen.text
    thumb.tap("Language: English").tap("Français")
    assert "⚠ Language: Français" in thumb.labels, "Kenya's mission writes English"
    thumb.tap("‹ The letter")
    assert thumb.screen.title == "Letter to Kenya"


def test_sets_are_made_and_mended_where_they_are(thumb: Thumb) -> None:
    thumb.command("sets").tap("New set").type("Coalition")
    assert thumb.screen.title == "Coalition"
    assert "Type or send names" in thumb.screen.text
    thumb.type("A. Example, First\nB. Exampel, Second\nhello").tap("✎ 2")
    thumb.type("B. Example; Second").tap("Done: 2")
    (saved,) = thumb.session.sets
    assert [one.line for one in saved.signatories] == ["A. Example, First", "B. Example, Second"]
    thumb.type("C. Example, Third")
    assert len(thumb.session.sets[0].signatories) == 3
    thumb.tap("✎ 3").tap("To the top").tap("‹")
    thumb.tap("Change, sort or remove").tap("Remove all").tap("Yes")
    assert not thumb.session.sets[0].signatories
    assert thumb.session.draft is None, "no letter was begun"


def test_what_is_not_clear_of_a_set_is_said(thumb: Thumb) -> None:
    thumb.command("sets").type("Coalition").type("A. Example, First\nB, Women, Peace and Security")
    assert "Not clear, so not added: “B, Women, Peace and Security”" in thumb.screen.text
    assert len(thumb.session.sets[0].signatories) == 1


def test_a_text_for_a_section_comes_filled(thumb: Thumb) -> None:
    a_letter(thumb).tap("Change").tap("The text").tap("☑ Hope")
    assert thumb.screen.filled == text_of(thumb, "hope")
    about = thumb.screen.topic
    thumb.do(Typed("We hope.", about))
    assert text_of(thumb, "hope") == "We hope."
