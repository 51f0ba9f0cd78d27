"""The letter as a living draft: what is edited, translated, undone, and sent to many."""

from __future__ import annotations

import asyncio
import csv
import io
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.many.kept import JobEnded, JobStatus, job_of
from bot.conversation.talk.context import Context, request_of
from bot.conversation.talk.effects import Propose, RunJob, SendFiles, SendLetter, SendText
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.values import Session, User
from bot.conversation.wording.kept import Proposed
from bot.desk.jobs import written
from bot.letters.compose import Composer
from bot.letters.model import NOBODY, Language, Letter, Signatory
from bot.letters.own_words import MAX_TEXT
from bot.letters.status import Act
from bot.machine.resources import LOCALES, TEMPLATES
from bot.machine.translator import LibreTranslate
from bot.reference.loader import load
from tests.closing import open_files
from tests.conversation.talk import Talk
from tests.conversation.test_turns import a_letter
from tests.documents.test_letterhead import picture, renamed_zip, word_file

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft
    from bot.desk import Document


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A finished English letter to Kenya, signed by two."""
    return a_letter(Talk(tmp_path / "db"))


def draft_of(talk: Talk) -> Draft:
    draft = talk.session.draft
    assert draft
    return draft


def letter_of(talk: Talk) -> Letter:
    """The letter that was last sent or renewed."""
    effect = next(e for e in reversed(talk.effects) if isinstance(e, SendLetter))
    preview = talk.desk.preview(effect, Language.EN)
    assert preview
    made = talk.desk.letters.compose(request_of(effect.draft, talk.desk))
    assert isinstance(made, Letter)
    return made


def edit(talk: Talk, label: str, text: str) -> Talk:
    return talk.tap("Change").tap("The text").tap(label).type(text)


def test_a_section_takes_two_taps_and_the_letter_is_renewed_in_place(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope for the best.")
    assert letter_of(talk).text_of("hope") == "We hope for the best."
    assert [e.renews for e in talk.effects if isinstance(e, SendLetter)] == [True]
    assert "✎" in talk.screen.text


def test_restore_and_leave_out(talk: Talk) -> None:
    before = draft_of(talk)
    edit(talk, "☑ Hope", "We hope for the best.").tap("Change").tap("The text").tap("✎ Hope")
    talk.tap("Leave out")
    assert letter_of(talk).text_of("hope") == ""
    talk.tap("Put back").tap("Restore the standard text")
    assert draft_of(talk).changes == before.changes == ()
    assert "We hope that" in letter_of(talk).text_of("hope")


def test_undo_and_redo_reach_over_the_whole_history(talk: Talk) -> None:
    steps = [draft_of(talk)]
    for text in ("One.", "Two."):
        edit(talk, "✎ Hope" if len(steps) > 1 else "☑ Hope", text)
        steps.append(draft_of(talk))
    talk.tap("More").tap("→ Français").tap("Later")
    steps.append(draft_of(talk))
    for expected in reversed(steps[:-1]):
        talk.tap("↶ Undo")
        assert draft_of(talk) == expected
    for expected in steps[1:]:
        talk.tap("↷ Redo")
        assert draft_of(talk) == expected
    assert "↷ Redo" not in talk.labels
    while "↶ Undo" in talk.labels:
        talk.tap("↶ Undo")
    assert draft_of(talk) == steps[0], "the letter as it was first finished"


def test_a_question_that_was_open_for_a_while_is_no_step_of_the_history(talk: Talk) -> None:
    edit(talk, "☑ Thanks", "Thank you, indeed.")
    talk.tap("Change").tap("Co-signers").type("C. Example, Third").tap("Done")
    assert len(draft_of(talk).signatories) == 3
    talk.tap("↶ Undo")
    assert len(draft_of(talk).signatories) == 2
    talk.tap("↶ Undo")
    assert draft_of(talk).changes == ()
    talk.tap("↷ Redo").tap("↷ Redo")
    assert len(draft_of(talk).signatories) == 3


def test_after_an_undo_another_edit_leaves_nothing_to_redo(talk: Talk) -> None:
    edit(talk, "☑ Hope", "One.").tap("↶ Undo")
    assert "↷ Redo" in talk.labels
    edit(talk, "☑ Hope", "Other.")
    assert "↷ Redo" not in talk.labels
    talk.tap("↶ Undo").tap("↷ Redo")
    assert letter_of(talk).text_of("hope") == "Other."


def test_what_became_of_a_letter_is_no_part_of_its_history(talk: Talk) -> None:
    edit(talk, "☑ Hope", "One.").tap("More").tap("Sent, answered")
    talk.tap("By post, today")
    talk.tap("Open")
    assert "Sent by post on 2 March 2026" in talk.screen.text
    assert "↶ Undo" not in talk.labels, "what was sent stays as it went out"
    talk.tap("More").tap("Sent, answered").tap("Not sent after all").tap("Open").tap("↶ Undo")
    assert draft_of(talk).fate.sent_on is None
    assert "One." not in letter_of(talk).text_of("hope")


def test_what_was_sent_stays_and_a_change_goes_into_a_copy(talk: Talk) -> None:
    edit(talk, "☑ Hope", "One.").tap("More").tap("Sent, answered")
    talk.tap("By post, today").tap("Open")
    sent = draft_of(talk)
    edit(talk, "✎ One.", "Two.")
    assert "your change is in a copy of it" in talk.screen.text
    copy = draft_of(talk)
    assert (copy.id == sent.id, copy.fate.sent_on, copy.revision) == (False, None, 1)
    kept = next(one for one in talk.desk.shelves.drafts.of(talk.user) if one.id == sent.id)
    assert kept.changes[0].text(Language.EN) == "One."
    assert kept.fate.sent_on == date(2026, 3, 2)
    edit(talk, "✎ Two.", "Three.")
    assert "copy" not in talk.screen.text, "the copy was not sent"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (MAX_TEXT + 1), "at most 4000 characters; this text has 4001"),
        ("\u200f\u202e", "was empty"),
        ("\u3000\u00a0\n", "empty"),
    ],
)
def test_a_bad_text_is_said_and_the_draft_stays(talk: Talk, text: str, says: str) -> None:
    before = draft_of(talk)
    edit(talk, "☑ Hope", text)
    assert says in talk.screen.text
    assert draft_of(talk) == before


def test_the_rest_of_a_text_that_was_too_long_is_not_taken_for_a_text(talk: Talk) -> None:
    before = draft_of(talk)
    edit(talk, "☑ Hope", "x" * 4096).type("y" * 904)
    assert draft_of(talk) == before
    talk.tap("Write it again").type("Short.")
    assert letter_of(talk).text_of("hope") == "Short."


def test_exactly_four_thousand_characters_stand_and_are_sent_whole(talk: Talk) -> None:
    text = "x" * MAX_TEXT
    edit(talk, "☑ Hope", text)
    assert letter_of(talk).text_of("hope") == text
    talk.tap("Change").tap("The text").tap("✎ Hope")
    assert SendText(text) in talk.effects
    assert len(talk.screen.text) < 4000


@pytest.mark.parametrize(("choice", "stays"), [("Keep the first", 0), ("Take the second", 1)])
def test_two_devices_write_the_same_section(talk: Talk, choice: str, stays: int) -> None:
    texts = ("From the phone.", "From the desk.")
    edit(talk, "☑ Hope", texts[0]).type(texts[1])
    assert all(text in talk.screen.text for text in texts)
    assert draft_of(talk).changes[0].text(Language.EN) == texts[0], "nothing is lost meanwhile"
    talk.tap(choice)
    assert draft_of(talk).changes[0].text(Language.EN) == texts[stays]


def test_own_paragraphs_are_added_moved_and_removed(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("Add a paragraph").type("Mine.\n\nAnd mine.")
    keys = [section.key for section in letter_of(talk).sections]
    assert keys[keys.index("own1") + 1] == "thanks"
    talk.type("And one more of mine.")
    assert [change.key for change in draft_of(talk).changes] == ["own1", "own2"]
    talk.tap("‹").tap("✎ Mine.").tap("▼ Down").tap("▼ Down")
    keys = [section.key for section in letter_of(talk).sections]
    assert keys[keys.index("own1") - 1] == "thanks"
    talk.tap("Remove")
    talk.tap("✎ And one more").tap("Remove")
    assert draft_of(talk).changes == ()


def later_records(path: Path) -> Talk:
    """The same database a month on: one more State has joined."""
    records = load()
    acts = {**records.acts["OPSC"], "TON": (Act(acted_on=date(2026, 2, 20), action="accession"),)}
    newer = replace(records, as_of=date(2026, 3, 1), acts={**records.acts, "OPSC": acts})
    talk = Talk(path)
    talk.count = 1000
    talk.desk.letters = Composer(newer, TEMPLATES, LOCALES)
    return talk


def test_facts_that_moved_on_beneath_own_words_are_shown_both(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    edit(talk, "☑ What the treaty", "It has 178 parties.")
    assert "moved on" not in talk.screen.text
    talk.desk.store.close()
    talk = later_records(tmp_path / "db").command("letters").tap("Kenya")
    assert "have moved on: “What the treaty has achieved”" in talk.screen.text
    talk.tap("Change").tap("The text").tap("✎ What the treaty")
    assert "178 states parties" in talk.screen.text
    assert "179 states parties" in talk.screen.text
    talk.tap("My words still fit").tap("‹").tap("‹").tap("‹")
    assert "moved on" not in talk.screen.text
    assert draft_of(talk).changes[0].text(Language.EN) == "It has 178 parties."


def test_another_state_beneath_own_words_is_noticed(talk: Talk) -> None:
    edit(talk, "☑ What the State", "Kenya signed in 2000.")
    talk.tap("Another State").tap("Ghana")
    assert "moved on" in talk.screen.text
    talk.tap("Change").tap("The text").tap("✎ What the State")
    assert "24th September 2003" in talk.screen.text


def test_no_file_without_a_warning_while_words_are_in_another_language(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope for the best.").tap("More").tap("→ Español").tap("Later")
    for label in ("Word", "PDF", "Share"):
        talk.tap(label)
        if label == "Share":
            talk.tap("All files")
        assert not any(isinstance(e, SendFiles) for e in talk.effects)
        assert "not translated" in talk.screen.title
        talk.tap("‹")
    talk.tap("E-mail draft")
    assert "not translated" in talk.screen.title
    talk.tap("Go on all the same")
    assert any(isinstance(e, SendFiles) and e.formats == ("eml",) for e in talk.effects)
    assert talk.screen.title == "Before it goes out", "where it was asked for"
    talk.tap("‹").tap("More").tap("→ English").tap("More").tap("Two languages")
    talk.tap("English + Français: side")
    assert "not translated" in talk.screen.title, "the second language counts as well"
    talk.tap("Translate now").type("Nous espérons.").tap("More").tap("Two languages")
    talk.tap("Français + English: side")
    assert any(isinstance(e, SendFiles) and e.beside for e in talk.effects)


def test_a_letter_turned_through_all_languages_is_unchanged(talk: Talk) -> None:
    edit(talk, "☑ Hope", "We hope.")
    before = letter_of(talk)
    talk.tap("More").tap("→ Français").type("Nous espérons.").tap("More").tap("→ Español").type(
        "Esperamos."
    )
    assert letter_of(talk).text_of("hope") == "Esperamos."
    talk.tap("More").tap("→ English")
    assert letter_of(talk) == before
    assert not any("⚠" in line for line in talk.screen.text.splitlines())


def with_machine(path: Path) -> Talk:
    talk = a_letter(Talk(path))
    talk.desk._translator = LibreTranslate("http://127.0.0.1:9")  # noqa: SLF001 -- never asked
    edit(talk, "☑ Hope", "We hope.")
    return talk.tap("More").tap("→ Français")


def test_a_machines_text_is_marked_and_must_be_accepted(tmp_path: Path) -> None:
    talk = with_machine(tmp_path / "db").tap("Ask a machine")
    asked = next(e for e in talk.effects if isinstance(e, Propose))
    assert (asked.text, asked.source, asked.target) == ("We hope.", Language.EN, Language.FR)
    assert talk.screen.moves
    answer = Proposed(asked.draft_id, asked.key, asked.target, "Nous espérons.")
    talk.do(answer)
    assert "A machine proposes" in talk.screen.text
    assert draft_of(talk).changes[0].wording(Language.FR) is None, "not before it is accepted"
    talk.tap("Accept")
    assert letter_of(talk).text_of("hope") == "Nous espérons."


def test_a_machine_that_fails_or_comes_late_stops_nothing(tmp_path: Path) -> None:
    talk = with_machine(tmp_path / "db").tap("Ask a machine")
    asked = next(e for e in talk.effects if isinstance(e, Propose))
    talk.do(Proposed(asked.draft_id, asked.key, asked.target, ""))
    assert "did not answer" in talk.screen.text
    talk.type("Nous espérons.")
    assert talk.has_letter
    state = talk.session
    talk.do(Proposed(asked.draft_id, asked.key, asked.target, "Trop tard."))
    assert talk.session == state
    assert talk.effects == ()


def test_several_treaties_stand_in_one_letter(talk: Talk) -> None:
    talk.tap("Change").tap("Add or remove").tap("☐ OPIC")
    assert letter_of(talk).treaties == ("OPSC", "OPIC")
    talk.tap("☑ OPSC")
    assert letter_of(talk).treaties == ("OPIC",)
    talk.tap("☑ OPIC")
    assert "at least one" in talk.screen.text


def test_the_addressees_name_stays_with_its_letter(talk: Talk) -> None:
    talk.tap("Change").tap("Head of the mission").tap("○ Ambassador, a man").type("C. Example")
    assert "His Excellency Mr. C. Example" in letter_of(talk).text_of("addressee")
    assert "C. Example" not in str(talk.session.user.last)
    talk.tap("‹").tap("‹").tap("More").tap("Sent, answered").tap("Duplicate")
    assert draft_of(talk).addressee == NOBODY
    talk.command("letters").do(Tap(talk.screen.rows[1][0].data))
    assert draft_of(talk).addressee.name == "C. Example"
    talk.tap("Change").tap("State").type("Ghana")
    assert draft_of(talk).addressee == NOBODY, "whom another State's mission is led by is not known"


def test_letters_are_found_archived_and_deleted(talk: Talk) -> None:
    talk.tap("Another State").tap("Ghana").command("letters")
    talk.type("ivory")
    assert "No letter was found" in talk.screen.text
    talk.type("kenia")
    assert [label for label in talk.labels if "·" in label] == ["Kenya · OPSC · English · 2 Mar"]
    talk.type("sale of children")
    assert len([label for label in talk.labels if "·" in label]) == 2
    talk.tap("Sent, answered, delete…").tap("Ghana")
    assert "Ghana" in talk.screen.title
    talk.tap("Archive").tap("‹")
    assert "Archive (1)" in talk.labels
    talk.tap("Kenya").tap("Delete")
    assert "2 Mar" in talk.screen.text
    talk.tap("Yes, delete")
    assert [draft.state for draft in talk.desk.shelves.drafts.of("test:1")] == ["GHA"]


def test_dates_of_sending_and_answer_make_sense(talk: Talk) -> None:
    talk.tap("More").tap("Sent, answered").tap("Sent on another day").tap("By hand")
    assert "still to come" in talk.type("4 March 2026").screen.text
    talk.type("1.3.2026")
    assert talk.screen.title == "The letter is dated 2 March 2026: was it sent before?"
    assert draft_of(talk).fate.sent_on is None
    assert "28 February" in talk.type("28.2.2026").screen.rows[0][0].label, "another day, typed"
    talk.tap("Choose another day").type("1.3.2026").tap("Yes, on 1 March 2026")
    assert "before the letter was sent" in (
        talk.tap("Answered on another day").type("28.2.2026").screen.text
    )
    talk.tap("Today")
    assert "Delivered by hand on 1 March 2026. Answered on 2 March 2026" in talk.screen.text
    talk.tap("Not sent after all")
    assert draft_of(talk).fate.answered_on is None


def test_a_letterhead_is_the_users_own(talk: Talk) -> None:
    talk.tap("Change").tap("Letterhead").file(word_file(), "head.docx")
    talk.file(picture("PNG"), "logo.png").type("Example Organisation")
    assert all(line in talk.screen.text for line in ("✓ A Word", "✓ A logo", "Example Org"))
    head = talk.desk.shelves.letterheads.of("test:1")
    assert head
    assert (bool(head.word), bool(head.logo), len(head.lines)) == (True, True, 1)
    assert talk.desk.shelves.letterheads.of("test:2") is None
    for data, says in ((renamed_zip(), "no Word document"), (None, "too large")):
        assert says in talk.file(data, "head.docx").screen.text
        assert talk.desk.shelves.letterheads.of("test:1") == head
    assert "at most 6 lines" in talk.type("x\n" * 7).screen.text.lower()
    talk.tap("Take the Word file away").tap("Take the logo away").tap("Take the lines away")
    assert talk.desk.shelves.letterheads.of("test:1") is None


# One letter to many States.


def run_job(talk: Talk) -> tuple[Document, ...]:
    """Run the job that the last turn began."""
    job_id = next(e.job_id for e in talk.effects if isinstance(e, RunJob))
    seen: list[int] = []

    async def moved() -> None:
        seen.append(talk.desk.progress[job_id])

    async def run() -> tuple[Document, ...]:
        with ThreadPoolExecutor(1) as workshop:
            return tuple([d async for d in written(talk.desk, workshop, job_id, moved)])

    documents = asyncio.run(run())
    assert seen == list(range(1, len(seen) + 1))
    if documents:
        talk.desk.end_job(job_id, done=True)
        talk.do(JobEnded(job_id))
    return documents


def index_of(document: Document) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        text = package.read("index.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        names = set(package.namelist())
    for row in rows:
        assert not row["Word"] or {row["Word"], row["PDF"]} <= names
    return rows


def test_every_state_gets_its_letter_in_its_language_and_stage(talk: Talk) -> None:
    talk.tap("Many States").tap("☐ All that are not party").tap("Languages").tap("○ all three")
    talk.tap("Oceania").tap("Done").tap("Tick").tap("☑ Barbados").tap("Done")
    count = next(label for label in talk.labels if label.startswith("Write "))
    talk.tap("Write ").tap("Write the letters")
    (document,) = run_job(talk)
    rows = index_of(document)
    assert count == f"Write {len(rows)} letters"
    assert "BRB" not in {row["Code"] for row in rows}
    assert [row["Language"] for row in rows if row["Code"] == "KEN"] == [
        "English",
        "Français",
        "Español",
    ]
    assert [row["Language"] for row in rows if row["Code"] == "TON"] == ["English"]
    stages = {row["Code"]: row["Stage"] for row in rows}
    assert stages["KEN"] == "signed, not ratified"
    assert stages["TON"] == "not signed"
    assert "ZIP file above" in talk.screen.text
    assert not any(talk.desk.unfinished("test"))


def test_own_words_in_many_letters(talk: Talk) -> None:
    edit(talk, "☑ What the State", "We note that Kenya signed in 2000.")
    edit(talk, "☑ Thanks", "Thank you, indeed.")
    talk.tap("Many States").type("Kenya, Ghana, Cameroon, Tonga").tap("Write ")
    assert "Français" in talk.screen.text
    assert "“What the State has done” names Kenya." in talk.screen.text
    assert "“Thanks” names" not in talk.screen.text
    assert "“What the State has done”: another original text in 2 letters" in talk.screen.text
    talk.tap("Write, with the original")
    (document,) = run_job(talk)
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        texts = {
            name: "\n".join(
                p.text for p in docx.Document(io.BytesIO(package.read(name))).paragraphs
            )
            for name in package.namelist()
            if name.endswith(".docx")
        }
    kenya, ghana = (texts[f"word/OPSC-{c}-en-2026-03-02.docx"] for c in ("KEN", "GHA"))
    assert "Kenya signed in 2000" in kenya
    assert "Kenya" not in ghana.replace("Republic of Ghana", "")
    assert "24th\u00a0September 2003" in ghana
    assert "Thank you, indeed." in kenya
    assert "Thank you, indeed." in ghana
    remarks = {row["Code"]: row["Remark"] for row in index_of(document)}
    assert remarks["CMR"]
    assert not remarks["KEN"]


def test_a_job_can_be_cancelled_and_survives_a_restart(talk: Talk, tmp_path: Path) -> None:
    talk.tap("Many States").tap("☐ Signed").tap("Write ").tap("Write the letters")
    assert talk.screen.moves
    job_id = next(e.job_id for e in talk.effects if isinstance(e, RunJob))
    assert talk.desk.unfinished("test") == (("test:1", job_id),)
    talk.desk.store.close()
    again = Talk(tmp_path / "db")
    again.count = 500
    assert again.desk.unfinished("test") == (("test:1", job_id),)
    again.command("start")
    again.effects = (*again.effects, RunJob(job_id))
    (document,) = run_job(again)
    assert len(index_of(document)) == 8
    assert again.desk.unfinished("test") == ()
    again.command("letters").tap("OPSC · 8 States · 2 Mar").tap("Kenya").tap("Open")
    again.tap("Many States").tap("Write ").tap("Write the")
    running = next(e.job_id for e in again.effects if isinstance(e, RunJob))
    again.tap("Cancel")
    assert "Nothing was sent" in again.screen.text
    again.effects = (RunJob(running),)
    assert run_job(again) == ()
    found = again.desk.shelves.jobs.find(running)
    assert found
    assert found[1].status is JobStatus.CANCELLED
    other = Context.of(Session(User("test:2")), again.desk)
    assert job_of(other, running) is None, "another user's job is an unknown one"


def test_names_that_are_not_certain_are_said(talk: Talk) -> None:
    talk.tap("Many States").type("Tonga, France; nowhere\nkenya")
    assert "nowhere" in talk.screen.text
    assert "France" in talk.screen.text
    selection = talk.session.user.selection
    assert selection
    assert selection.states == {"TON", "KEN"}


@settings(max_examples=25, deadline=None)
@given(taps=st.lists(st.integers(0, 40), max_size=25), data=st.data())
def test_any_walk_among_the_letters_screens(
    tmp_path_factory: pytest.TempPathFactory, taps: list[int], data: st.DataObject
) -> None:
    """Whatever is tapped or typed, the draft on disk is the one in hand, and can be undone."""
    with closing(a_letter(Talk(tmp_path_factory.mktemp("walk") / "db"))) as talk:
        for number in taps:
            buttons = [b for row in talk.screen.rows for b in row if b.label != "⌂ Home"]
            if data.draw(st.booleans()):
                talk.do(Tap(buttons[number % len(buttons)].data))
            else:
                texts = ["One.", "Two\n\nthree", "1.3.2026", "Tonga"]
                talk.type(data.draw(st.sampled_from(texts)))
            draft = talk.session.draft
            if draft and draft.is_complete:
                assert 1 <= draft.revision <= draft.revisions
                stored = talk.desk.shelves.drafts.revision("test:1", draft, draft.revision)
                assert stored
                assert replace(stored, updated=None) == replace(draft, updated=None)


def test_a_text_typed_on_an_old_screen_finds_its_section(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("☑ Hope")
    about = talk.screen.topic
    talk.type("From the phone.").tap("Change").tap("The text").tap("☑ Thanks")
    talk.do(Typed("From the desk.", about))
    assert "Two texts for “Hope”" in talk.screen.title
    talk.tap("Take the second")
    assert letter_of(talk).text_of("hope") == "From the desk."
    talk.tap("Change").tap("The text").tap("✎ Hope")
    about = talk.screen.topic
    talk.command("help").do(Typed("From the bus.", about))
    assert letter_of(talk).text_of("hope") == "From the bus."
    talk.tap("More").do(Typed("Of no draft here.", "draft999:hope:00000000"))
    assert "“Of no draft here.” at an earlier screen" in talk.screen.text


def test_restoring_a_translation_keeps_the_source(talk: Talk) -> None:
    edit(talk, "☑ Thanks", "Thank you, indeed.").tap("More").tap("→ Français").type("Merci encore.")
    talk.tap("Change").tap("The text").tap("✎ Thanks").tap("Restore the standard text")
    assert "Merci encore" not in letter_of(talk).text_of("thanks")
    talk.tap("‹").tap("‹").tap("‹").tap("More").tap("→ English")
    assert letter_of(talk).text_of("thanks") == "Thank you, indeed."
    talk.tap("Change").tap("The text").tap("✎ Thanks").tap("Restore the standard text")
    assert draft_of(talk).changes == ()


def test_a_translation_written_in_the_section_itself_is_one(talk: Talk) -> None:
    edit(talk, "☑ Thanks", "Thank you, indeed.").tap("More").tap("→ Français").tap("Later")
    edit(talk, "✎ Thanks", "Merci encore.").tap("More").tap("→ English")
    assert "⚠" not in talk.screen.text
    assert draft_of(talk).changes[0].source.language is Language.EN


def test_own_words_that_name_another_state_are_pointed_out(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("Add a paragraph").type("Kenya led, and Iran followed.")
    talk.tap("‹").tap("☑ Addressee").type("To the Ambassador of Kenya")
    assert "names Iran" in talk.screen.text
    assert "names Kenya" not in talk.screen.text
    talk.tap("Another State").tap("Ghana")
    assert "“Own paragraph 1” names Kenya" in talk.screen.text
    assert "Kenya" not in letter_of(talk).text_of("addressee")


def test_what_is_left_out_is_left_out_of_the_other_letters_and_nothing_else(talk: Talk) -> None:
    talk.tap("Change").tap("The text").tap("☑ Hope").tap("Leave out").tap("‹").tap("‹").tap("‹")
    assert letter_of(talk.tap("More").tap("→ Français")).text_of("hope") == ""
    talk.tap("Another State").tap("Cook").tap("Français")
    made = letter_of(talk)
    assert made.text_of("hope") == ""
    assert made.text_of("copies") == "", "no other mission of the Cook Islands is known"
    talk.tap("Another State").tap("Ghana").tap("Français")
    assert letter_of(talk).text_of("copies")
    talk.tap("Change").tap("The text").tap("☑ Copy").tap("Leave out")
    assert letter_of(talk).text_of("copies") == ""
    talk.tap("Put back")
    assert letter_of(talk).text_of("copies")


def test_cancelled_while_the_zip_is_closed_nothing_is_sent(talk: Talk) -> None:
    talk.tap("Many States").tap("☐ Signed").tap("Write ").tap("Write the letters")
    job_id = next(e.job_id for e in talk.effects if isinstance(e, RunJob))

    async def moved() -> None:
        if talk.desk.progress[job_id] == 8:
            talk.desk.store.shelves.jobs.end(job_id, JobStatus.CANCELLED)

    async def run() -> int:
        with ThreadPoolExecutor(1) as workshop:
            return len([d async for d in written(talk.desk, workshop, job_id, moved)])

    assert asyncio.run(run()) == 0


def test_letters_that_are_stopped_in_the_midst_leave_none_open_and_none_behind(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    rmtree = shutil.rmtree
    held: list[str] = []

    def removed(path: Path, *, ignore_errors: bool) -> None:
        held.extend(open_files(path))
        rmtree(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", removed)
    talk.tap("Many States").tap("☐ Signed").tap("Write ").tap("Write the letters")
    job_id = next(e.job_id for e in talk.effects if isinstance(e, RunJob))

    async def moved() -> None:
        """The program is told to stop: the next letter is being written when it hears of it."""
        task = asyncio.current_task()
        assert task
        task.cancel()

    async def run() -> None:
        with ThreadPoolExecutor(1) as workshop:
            async with aclosing(written(talk.desk, workshop, job_id, moved)) as documents:
                assert [document async for document in documents] == []

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())
    assert list(folder.iterdir()) == []
    assert held == []


def test_the_source_of_the_facts_stands_in_a_letter_on_request(talk: Talk) -> None:
    assert letter_of(talk).text_of("source") == ""
    talk.tap("Change").tap("The text").tap("☐ Source of the facts").tap("Put back")
    assert letter_of(talk).text_of("source") == (
        "Status of ratification as at 3rd February 2026. "
        "Source: United Nations Treaty Collection, treaties.un.org."
    )


def test_the_age_of_the_facts_is_one_short_line_that_opens(tmp_path: Path) -> None:
    late = a_letter(Talk(tmp_path / "late", today=date(2026, 5, 5)))
    assert "more than three months" not in late.screen.text
    assert "⚠ Facts of 3 February 2026" in late.labels
    assert "check at treaties.un.org" in late.tap("⚠ Facts").screen.text
    in_time = a_letter(Talk(tmp_path / "in time", today=date(2026, 5, 4)))
    assert not [label for label in in_time.labels if "Facts" in label]
    assert "Status of treaties as at 3 February 2026." in in_time.screen.text


@pytest.mark.parametrize(
    ("count", "pictures", "says"),
    [(3, 1, ""), (30, 2, ""), (41, 1, "page 1 of 2"), (1000, 1, "page 1 of ")],
)
def test_of_many_cosigners_the_picture_shows_the_first_page(
    talk: Talk, count: int, pictures: int, says: str
) -> None:
    signatories = tuple(Signatory(f"A. Example {n}", "Example Org") for n in range(count))
    draft = replace(draft_of(talk), signatories=signatories)
    shown = talk.desk.preview(SendLetter(draft), Language.EN)
    assert shown
    assert len(shown.pictures) == pictures
    assert says in shown.notice
    assert bool(shown.notice) == bool(says)
