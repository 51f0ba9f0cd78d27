"""The mission book in the chat: who may store it, what letters take from it, and when they do."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from bot.conversation.missions.kept import BookKept
from bot.conversation.roles import allowed
from bot.conversation.talk.booked import OFFICE
from bot.conversation.talk.context import Context, request_of
from bot.conversation.talk.effects import SendFiles, SendNotes, SendTemplate, Toast, Turn
from bot.conversation.talk.events import Tap
from bot.conversation.talk.membership import Role
from bot.desk.papers import as_file
from bot.letters.mission_book import Book, Entry
from bot.letters.model import NOBODY, Addressee, Gender, Language, Letter, Office, Rank
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import People, writes
from tests.conversation.test_living import run_job
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft

FEBRUARY = date(2026, 2, 3)
HEAD = Addressee(Rank.AMBASSADOR, Gender.WOMAN, "A. Example")
KENYA = Entry(
    "KEN",
    Office.GENEVA,
    FEBRUARY,
    lines=("Example Street 1", "1202 Geneva"),
    email="mission@example.org",
    language=Language.FR,
    addressee=HEAD,
)
NEW_YORK = Entry("KEN", Office.NEW_YORK, FEBRUARY, lines=("Example Avenue 2",))
TONGA = Entry("TON", Office.GENEVA, date(2025, 1, 1), email="tonga@example.org")
FILE = b"""State,Office,Address,E-mail,Language,Name,Rank,Gender,As of
Kenya,Geneva,"Example Street 1
1202 Geneva",mission@example.org,fr,A. Example,ambassador,woman,2026-02-03
"""


def booked(talk: Talk, *entries: Entry, owner: str = OFFICE) -> Talk:
    talk.desk.shelves.missions.put(owner, Book(entries), TODAY)
    return talk


def kenya(talk: Talk) -> Talk:
    """A finished letter in English."""
    return writes(talk)


def letter_of(talk: Talk, draft: Draft | None = None) -> Letter:
    draft = draft or talk.session.draft
    assert draft
    letter = talk.desk.letters.compose(request_of(draft, talk.desk))
    assert isinstance(letter, Letter)
    return letter


@pytest.fixture
def admin(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "db", administrators=frozenset({"test:1"}))


def at_book(talk: Talk) -> Talk:
    return talk.command("settings").tap("Mission book")


def test_an_administrator_sends_a_file_looks_at_it_and_stores_it(admin: Talk) -> None:
    at_book(admin).file(FILE)
    assert "New (1): Kenya – Mission in Geneva" in admin.screen.text
    assert admin.desk.shelves.missions.of(OFFICE) is None
    admin.tap("Store it")
    assert "Stored." in admin.screen.text
    assert admin.desk.shelves.missions.of(OFFICE) == Book((KENYA,))
    admin.file(FILE.replace(b"2026-02-03", b"2026-03-01"))
    assert "Changed (1): Kenya" in admin.screen.text
    admin.tap("Leave it")
    assert admin.desk.shelves.missions.of(OFFICE) == Book((KENYA,))
    admin.file(FILE)
    assert "It says the same as the book there is." in admin.screen.text


def test_every_bad_row_is_named_and_nothing_is_half_imported(admin: Talk) -> None:
    rows = b"".join(b"Nowhere %d,Geneva,X,,,,,,2026-02-03\n" % number for number in range(40))
    at_book(booked(admin, TONGA)).file(FILE + rows)
    assert "Row 3: no State" in admin.screen.text
    assert "28 more rows" in admin.screen.text
    (notes,) = (one for one in admin.effects if isinstance(one, SendNotes))
    said = notes.text.splitlines()
    assert [line.partition(":")[0] for line in said] == [f"Row {n}" for n in range(3, 43)]
    assert admin.desk.attached(notes).data.decode("utf-8-sig") == notes.text
    assert admin.desk.shelves.missions.of(OFFICE) == Book((TONGA,))
    assert admin.desk.shelves.missions.proposal("test:1") is None


def test_the_template_is_a_file(admin: Talk) -> None:
    at_book(admin).tap("The template")
    (effect,) = (one for one in admin.effects if isinstance(one, SendTemplate))
    document = admin.desk.attached(effect)
    assert document.name == "missions.xlsx"
    assert zipfile.is_zipfile(io.BytesIO(document.data))


def test_a_button_below_another_books_preview_stores_nothing(admin: Talk) -> None:
    at_book(admin).file(FILE)
    (button,) = (b for row in admin.screen.rows for b in row if b.label == "Store it")
    booked(admin, TONGA)
    admin.do(Tap(button.data))
    assert admin.desk.shelves.missions.of(OFFICE) == Book((TONGA,))
    assert "Gone (1): Tonga" in admin.screen.text


def test_nobody_else_sees_the_book_or_stores_one(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db")
    assert "Mission book" not in talk.command("settings").labels
    session = talk.session.looking(replace(talk.session.user.view, name="missions"))
    talk.desk.store.save(session, (), None, {})
    talk.file(FILE, "book.csv")
    assert talk.desk.shelves.missions.proposal("test:1") is None
    assert "kept by whoever runs this bot" in talk.screen.text


def test_the_book_is_removed_after_a_yes(admin: Talk) -> None:
    at_book(booked(admin, KENYA)).tap("Remove the book").tap("No, keep it")
    assert admin.desk.shelves.missions.of(OFFICE)
    admin.tap("Remove the book").tap("Yes, remove it")
    assert admin.desk.shelves.missions.of(OFFICE) is None


def test_a_state_is_looked_up_by_any_name(admin: Talk) -> None:
    at_book(booked(admin, KENYA, TONGA)).type("kenia")
    assert "mission@example.org" in admin.screen.text
    admin.type("Tongo")
    assert admin.screen.title == "Mission book, State by State"
    admin.tap("Tonga")
    assert "⚠ As of 1 January 2025." in admin.screen.text
    admin.type("Atlantis")
    assert "No State of that name" in admin.screen.text


# What a letter takes from it.


def test_the_letter_has_the_address_the_salutation_and_who_it_is_to(admin: Talk) -> None:
    kenya(booked(admin, KENYA))
    letter = letter_of(admin)
    block = letter.text_of("addressee").split("\n")
    assert block[0] == "Her Excellency Ms. A. Example"
    assert block[-2:] == ["Example Street 1", "1202 Geneva"]
    assert letter.to == "mission@example.org"
    said = "Address, head of the office, e-mail: mission book, as of 3 February 2026."
    assert said in admin.screen.text
    mail = message_from_bytes(as_file(letter, "eml"), policy=policy.default)
    assert mail["To"] == "mission@example.org"
    assert all("mission@example.org" not in one.text for one in letter.sections)


def test_without_an_entry_everything_is_as_without_a_book(admin: Talk) -> None:
    before = kenya(admin.beside("test:2"))
    after = kenya(booked(admin, TONGA).beside("test:3"))
    assert after.labels == before.labels
    assert after.screen.text == before.screen.text
    assert letter_of(after) == letter_of(before)
    assert message_from_bytes(as_file(letter_of(after), "eml"))["To"] is None


def test_its_language_is_offered_first_and_what_the_user_set_wins(admin: Talk) -> None:
    booked(admin, KENYA).command("new").tap("OPSC").type("Kenya")
    assert admin.labels[0] == "Français (by the mission book)"
    assert "by the mission book, as of 3 February 2026" in admin.screen.text
    admin.tap("Always English")
    admin.command("new").tap("OPSC").type("Kenya")
    assert admin.labels[0] == "English (set by you)"


def test_another_office_has_another_entry(admin: Talk) -> None:
    kenya(booked(admin, KENYA, NEW_YORK))
    admin.tap("Share").tap("To:").tap("New York")
    draft = admin.session.draft
    assert draft
    assert draft.booked == NEW_YORK
    assert draft.addressee == NOBODY
    assert letter_of(admin).text_of("addressee").endswith("\nExample Avenue 2")
    admin.tap("‹ The letter").tap("Another State").type("Tonga")
    draft = admin.session.draft
    assert draft
    assert draft.booked is None


def test_who_was_named_by_hand_stays(admin: Talk) -> None:
    kenya(booked(admin, KENYA, replace(NEW_YORK, addressee=HEAD)))
    admin.tap("Change").tap("Head of").tap("○ Chargé d’affaires, a man").type("B. Example")
    admin.tap("‹").tap("‹ The letter")
    assert "Address, e-mail: mission book" in admin.screen.text
    admin.tap("Share").tap("To:").tap("New York")
    draft = admin.session.draft
    assert draft
    assert draft.addressee == Addressee(Rank.CHARGE, Gender.MAN, "B. Example")


def test_an_address_typed_by_hand_stands_in_place_of_all(admin: Talk) -> None:
    niue = Entry("NIU", Office.GENEVA, FEBRUARY, lines=("Example Street",), email="n@example.org")
    booked(admin, niue).command("new").tap("OPSC").type("Niue").tap("English")
    admin.tap("No co-signers").type("Office of the Premier\nAlofi").tap("Geneva")
    letter = letter_of(admin)
    assert letter.text_of("addressee") == "Office of the Premier\nAlofi"
    assert letter.to == ""
    assert "mission book" not in admin.screen.text


def test_own_words_in_the_address_stay(admin: Talk) -> None:
    kenya(booked(admin, KENYA))
    admin.tap("Change").tap("The text").tap("☑ Addressee").type("To whom it may concern")
    assert letter_of(admin).text_of("addressee") == "To whom it may concern"


def test_a_letter_does_not_change_when_the_book_does(admin: Talk) -> None:
    kenya(booked(admin, KENYA))
    before = letter_of(admin)
    booked(admin, replace(KENYA, lines=("Other Street",)))
    admin.tap("Change").tap("‹ The letter")
    assert letter_of(admin) == before
    assert "⚠ The mission book has changed" in admin.labels
    admin.tap("⚠ The mission book").tap("Take it")
    assert letter_of(admin).text_of("addressee").endswith("\nOther Street")
    admin.tap("‹").tap("↶ Undo")
    assert letter_of(admin) == before
    admin.desk.shelves.missions.forget(OFFICE)
    admin.tap("Share")
    assert letter_of(admin) == before


def test_a_letter_that_was_sent_stays(admin: Talk) -> None:
    kenya(booked(admin, KENYA)).tap("More").tap("Sent").tap("By post, today")
    sent = admin.session.draft
    assert sent
    booked(admin, replace(KENYA, lines=("Other Street",)), NEW_YORK)
    admin.tap("Open the letter").tap("Share").tap("To:").tap("New York")
    copy = admin.session.draft
    assert copy
    assert copy.id != sent.id
    assert copy.booked == NEW_YORK
    (kept,) = (one for one in admin.desk.shelves.drafts.of("test:1") if one.id == sent.id)
    assert kept.booked == KENYA


def test_what_is_old_is_warned_of(admin: Talk) -> None:
    kenya(booked(admin, replace(KENYA, as_of=date(2025, 9, 2))))
    assert "More" in admin.labels
    assert "more than 180 days" in admin.screen.text
    assert "⚠ From the mission book, 2 September 2025" in admin.labels
    booked(admin, replace(KENYA, as_of=date(2025, 9, 3))).command("new")
    admin.tap("OPSC").type("Kenya").tap("As last time, in English")
    assert "more than 180 days" not in admin.screen.text


def test_it_is_left_out_of_one_letter(admin: Talk) -> None:
    kenya(booked(admin, KENYA)).tap("From the mission book").tap("Leave it out")
    assert letter_of(admin).text_of("addressee").startswith("Permanent Mission")
    assert letter_of(admin).to == ""
    admin.tap("‹")
    assert "The mission book knows this office" in admin.labels


def test_a_letter_that_is_made_of_another_has_what_the_book_says_now(admin: Talk) -> None:
    ghana = Entry("GHA", Office.GENEVA, FEBRUARY, email="ghana@example.org")
    kenya(booked(admin, KENYA, ghana)).type("Ghana")
    assert letter_of(admin).to == "ghana@example.org"
    admin.command("letters").tap("Kenya")
    booked(admin, replace(KENYA, email="other@example.org"))
    assert letter_of(admin).to == "mission@example.org"
    admin.tap("More").tap("Sent").tap("Duplicate")
    assert letter_of(admin).to == "other@example.org"
    assert letter_of(admin).text_of("addressee").startswith("Her Excellency Ms. A. Example")


def test_a_letter_that_was_there_before_the_book_stays_as_it_is(admin: Talk) -> None:
    before = letter_of(kenya(admin))
    booked(admin, KENYA).command("letters").tap("Kenya")
    assert letter_of(admin) == before
    assert "The mission book knows this office" in admin.labels
    admin.tap("The mission book knows").tap("Take it")
    assert letter_of(admin).to == "mission@example.org"


# To many States.


def test_letters_to_many_states_have_what_the_book_says_of_each(admin: Talk) -> None:
    kenya(booked(admin, KENYA, TONGA)).tap("Many States").type("Tonga, Kenya, Ghana")
    admin.tap("Write 3")
    assert "The mission book knows the offices of 2 States" in admin.screen.text
    assert "1 entry is more than 180 days older" in admin.screen.text
    admin.tap("Write")
    booked(admin, replace(TONGA, email="other@example.org"))  # while they are written
    (document,) = run_job(admin)
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        mails = {
            name.split("-")[1]: message_from_bytes(package.read(name), policy=policy.default)["To"]
            for name in package.namelist()
            if name.startswith("email/")
        }
        text = package.read("index.csv").decode("utf-8-sig")
    assert mails == {"KEN": "mission@example.org", "TON": "tonga@example.org"}
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(text))}
    columns = ("Address", "E-mail", "Language of correspondence", "As of")
    assert [rows["KEN"][one] for one in columns] == [
        *("Example Street 1, 1202 Geneva", "mission@example.org", "Français", "2026-02-03"),
    ]
    assert [rows["GHA"][one] for one in columns] == [""] * 4
    assert "180 days older" in rows["TON"]["Remark"]


def test_each_state_of_many_is_written_to_in_the_language_of_the_book(admin: Talk) -> None:
    kenya(booked(admin, replace(TONGA, language=Language.ES))).tap("Many States").type("Tonga")
    assert "Español 1" in admin.screen.text


# Coalitions.


def test_a_coalitions_own_book_holds_for_its_letters(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    a = people.talk("A")
    coalition = a.session.owner
    booked(a, KENYA)
    at_book(a)
    assert "the office’s book holds" in a.screen.text
    a.file(FILE.replace(b"Example Street 1", b"Their Street")).tap("Store it")
    assert a.desk.shelves.missions.of(OFFICE) == Book((KENYA,))
    kenya(a)
    assert "\nTheir Street\n" in letter_of(a).text_of("addressee")
    other = kenya(people.talk("X"))
    assert "\nExample Street 1\n" in letter_of(other).text_of("addressee")
    at_book(a).tap("Remove the book").tap("Yes")
    assert a.desk.shelves.missions.holding(coalition) == OFFICE


def test_a_reader_looks_and_changes_nothing(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    b = people.joins("B", Role.READER)
    booked(b, KENYA, owner=b.session.owner)
    at_book(b)
    assert not {"The template", "Remove the book"} & set(b.labels)
    b.file(FILE, "book.csv")
    assert b.desk.shelves.missions.proposal("test:B") is None
    b.tap("State by State").tap("Kenya")
    assert "mission@example.org" in b.screen.text
    kept = BookKept(b.session.owner, Book((TONGA,)), TODAY)
    turned = allowed(Context.of(b.session, b.desk), Tap("-"), Turn(b.session, (), (kept,)))
    assert turned.changes == ()
    assert isinstance(turned.effects[0], Toast)


def test_a_coalitions_book_goes_with_it(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    a = people.talk("A")
    coalition = a.session.owner
    booked(a, KENYA, owner=coalition)
    a.command("start").tap("Working for").tap("Members").tap("Close")
    assert "Its mission book is deleted, too." in a.screen.text
    a.tap("Yes, close")
    assert a.desk.shelves.missions.of(coalition) is None


def test_the_files_of_a_letter_have_the_address(admin: Talk) -> None:
    kenya(booked(admin, KENYA)).type("email")
    (effect,) = (one for one in admin.effects if isinstance(one, SendFiles))
    (document,) = admin.desk.files(effect)
    assert b"To: mission@example.org\r\n" in document.data
