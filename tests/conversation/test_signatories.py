"""Who signs: what is clear is taken, what is not is asked about, and nobody signs by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.letters.signatories import MAX_SIGNATORIES
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

FORM = (
    b"Timestamp,E-mail address,Name of your organization,Your full name\n"
    b'1,a@example.org,"Example, Inc.",A. Example\n2,b@example.org,Second Example,\n'
)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")


def signing(talk: Talk) -> list[str]:
    assert talk.session.draft
    return [one.line for one in talk.session.draft.signatories]


def restarted(path: Path, talk: Talk) -> Talk:
    """The same person at another desk on the same database."""
    again = Talk(path / "db")
    again.count = talk.count
    return again


def test_good_lines_are_taken_at_once_and_the_others_asked_one_by_one(talk: Talk) -> None:
    talk.type("A, Example\nB, Women, Peace and Security\nC, Third\nd@example.org")
    assert signing(talk) == ["A, Example", "C, Third"]
    assert "2 co-signers were added." in talk.screen.text
    assert talk.screen.title == "Which part is the organization?"
    talk.tap("Women, Peace and Security")
    assert talk.screen.title == "Is this a co-signer?"
    talk.tap("Leave it out")
    assert talk.screen.title == "Who signs the letter?"
    assert signing(talk) == ["A, Example", "C, Third", "B, Women, Peace and Security"]


def test_a_line_that_is_asked_about_can_be_typed_again(talk: Talk) -> None:
    talk.type("B, Women, Peace and Security\n, Third")
    talk.type("B; Women, Peace and Security")
    assert signing(talk) == ["B, Women, Peace and Security"]
    assert talk.screen.title == "This line has no name"
    talk.type("C; Third")
    assert talk.screen.title == "Who signs the letter?"
    assert len(signing(talk)) == 2


def test_lines_that_are_asked_about_are_not_lost(tmp_path: Path, talk: Talk) -> None:
    talk.type("B, Women, Peace and Security").command("help")
    again = restarted(tmp_path, talk).command("start").tap("Continue")
    assert again.screen.title == "Which part is the organization?"
    many = "\n".join(f"{name}, b, c, D" for name in "ABC")
    again.type(many).tap("Leave out all 4 lines")
    assert again.screen.title == "Who signs the letter?"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("done", "Which Permanent Mission is the letter to?"),
        ("That’s all", "Which Permanent Mission is the letter to?"),
        ("nobody", "Which Permanent Mission is the letter to?"),
        ("back", "In which language is the letter?"),
        ("hello", "Who signs the letter?"),
    ],
)
def test_what_is_said_to_the_bot_is_acted_on_and_signs_nothing(
    talk: Talk, said: str, title: str
) -> None:
    talk.type(said)
    assert talk.screen.title == title
    assert signing(talk) == []


def test_typing_where_co_signers_are_moved_adds_nobody(talk: Talk) -> None:
    talk.type("\n".join(f"A{number}, Example" for number in range(1, 13)))
    talk.tap("Change, sort or remove").type("A13, Example")
    assert "nobody was added" in talk.screen.text
    talk.type("12")
    assert "12. A12; Example" in talk.screen.text
    assert talk.screen.filled == "A12; Example"
    talk.type("1")
    assert signing(talk)[:2] == ["A12, Example", "A1, Example"]
    talk.tap("▼ Down").tap("▼ Down").tap("To the top")
    assert signing(talk)[0] == "A12, Example"
    assert len(signing(talk)) == 12


def test_what_a_column_was_taken_for_is_shown_before_anything_is_added(talk: Talk) -> None:
    talk.file(FORM, "answers.csv")
    assert talk.screen.title == "2 co-signers in this file"
    assert "Name: D “Your full name”" in talk.screen.text
    assert "Organization: C “Name of your organization”" in talk.screen.text
    assert "Left out: A “Timestamp”, B “E-mail address”" in talk.screen.text
    assert "1. A. Example, Example, Inc.\n2. Second Example" in talk.screen.text
    assert signing(talk) == []
    talk.tap("Add 2 co-signers")
    assert signing(talk) == ["A. Example, Example, Inc.", "Second Example"]


def test_a_list_that_waits_is_not_lost_and_can_be_left(tmp_path: Path, talk: Talk) -> None:
    talk.file(FORM).type("B, Example")
    assert signing(talk) == []
    again = restarted(tmp_path, talk)
    again.tap_shown("Do not add them")
    assert again.screen.title == "Who signs the letter?"
    assert again.desk.shelves.lists.of("test:1") is None


def test_another_column_can_be_taken(talk: Talk) -> None:
    talk.file(b"Name,Organisation,Network\nA,Wrong,Right\n").tap("Other columns")
    talk.tap("Organization: B “Organisation”").tap("C “Network”: Right").tap("Back to the list")
    assert "1. A, Right" in talk.screen.text
    talk.tap("Other columns").tap("Organization").tap("None of them").tap("Back to the list")
    talk.tap("Add 1 co-signer")
    assert signing(talk) == ["A"]


def test_a_list_whose_columns_nobody_named_is_asked_about(talk: Talk) -> None:
    talk.file(b"1;A. Example;x;Example;Kenya\n2;B. Example;y;Second;Ghana\n")
    assert "No row of this list says what its columns hold" in talk.screen.text
    talk.tap("Choose the columns").tap("Name: –").tap("B: A. Example")
    talk.tap("Organization: –").tap("D: Example").tap("Back to the list")
    assert "1. A. Example, Example\n2. B. Example, Second" in talk.screen.text
    talk.tap("Add 2 co-signers")
    assert signing(talk) == ["A. Example, Example", "B. Example, Second"]


def test_two_columns_that_say_the_same_are_said(talk: Talk) -> None:
    talk.file(b"Name,Organisation,Affiliation\nA,Right,Wrong\n")
    assert "could be taken as well: C “Affiliation”" in talk.screen.text


def test_a_file_of_plain_lines_is_shown_first_and_asked_about_after(talk: Talk) -> None:
    talk.file(
        b"1. A. Example, Example\n2. B. Example, Second\n3. C, Women, Peace, Kenya\n", "a.txt"
    )
    assert talk.screen.title == "2 co-signers in this file"
    assert "1 more line is not clear" in talk.screen.text
    assert not any(label.startswith("Other columns") for label in talk.labels)
    talk.tap("Add 2 co-signers")
    assert signing(talk) == ["A. Example, Example", "B. Example, Second"]
    assert talk.screen.title == "Which part is the organization?"


def test_a_list_that_waits_is_found_again_and_gone_when_it_is_done(talk: Talk) -> None:
    talk.type("A, Example").file(FORM).tap("‹")
    assert talk.screen.title == "Who signs the letter?"
    talk.tap("The list that you sent (2)").tap("‹").tap("Done: 1 co-signer")
    assert talk.desk.shelves.lists.of("test:1") is None


def test_bad_rows_are_named_and_another_column_may_mend_them(talk: Talk) -> None:
    long = "x" * 201
    talk.file(f"Name,Organisation,Short name\nA,{long},B\n,,\nC,{long},D\n".encode())
    assert "row 2: a name has at most 200 characters" in talk.screen.text
    assert "row 4: " in talk.screen.text
    assert "Nothing was added" in talk.screen.text
    assert not any(label.startswith("Add") for label in talk.labels)
    talk.tap("Other columns").tap("Organization: B").tap("C “Short name”: B")
    talk.tap("Back to the list").tap("Add 2 co-signers")
    assert signing(talk) == ["A, B", "C, D"]


def test_a_line_that_is_not_typed_again_stays_open(talk: Talk) -> None:
    talk.type("B, Women, Peace and Security").type("C. Example, Third")
    assert signing(talk) == ["C. Example, Third"]
    assert talk.screen.title == "Which part is the organization?"
    talk.type("B; Women, Peace and Security")
    assert signing(talk) == ["C. Example, Third", "B, Women, Peace and Security"]


def test_a_line_that_is_asked_about_can_wait(talk: Talk) -> None:
    talk.type("A, Example\nB, Women, Peace and Security").tap("Later")
    assert "1. A, Example" in talk.screen.text
    assert "✎ 1" in talk.labels
    talk.tap("1 line is not clear yet").tap("Later").type("done")
    assert talk.screen.title == "Which Permanent Mission is the letter to?"
    assert "1 line that is not clear was not added" in talk.screen.text
    talk.tap("‹")
    assert talk.screen.title == "Who signs the letter?", "as it was left"
    assert "1 line is not clear yet" in talk.labels


@pytest.mark.parametrize(
    ("said", "signs"),
    [("skip", []), ("no", []), ("yes", ["d@example.org"]), ("ok", ["d@example.org"])],
)
def test_a_yes_or_no_answers_what_is_asked(talk: Talk, said: str, signs: list[str]) -> None:
    talk.type("d@example.org").type(said)
    assert signing(talk) == signs
    assert talk.screen.title == "Who signs the letter?"


def test_to_agree_ends_no_list_that_has_nobody(talk: Talk) -> None:
    talk.type("ok")
    assert talk.screen.title == "Who signs the letter?"
    talk.type("A, Example").type("ok")
    assert talk.screen.title == "Which Permanent Mission is the letter to?"


def test_one_is_found_by_name_and_changed_where_it_stands(talk: Talk) -> None:
    talk.type("\n".join(f"A{number}, Example" for number in range(1, 31)))
    talk.tap("Change, sort or remove").type("a2")
    assert [label.split(".")[0] for label in talk.labels if ". " in label] == [
        *("2", "20", "21", "22", "23", "24", "25", "26")
    ]
    talk.tap("20. A20, Example").type("B20; Other, Inc.")
    assert signing(talk)[18:21] == ["A19, Example", "B20, Other, Inc.", "A21, Example"]
    talk.tap("Change, sort").type("20").type("A1, Example")
    assert "listed already" in talk.screen.text
    talk.type("X, Women, Peace, Kenya")
    assert "nothing was changed" in talk.screen.text
    assert len(signing(talk)) == 30


def test_all_are_removed_only_after_a_yes(talk: Talk) -> None:
    talk.type("A, Example\nB, Example\nC, Example").tap("Change, sort or remove")
    talk.tap("Remove all").tap("No, keep them")
    assert len(signing(talk)) == 3
    talk.tap("Remove all").tap("Yes, remove all")
    assert signing(talk) == []


def test_sorting_is_taken_back_in_a_tap(talk: Talk) -> None:
    names = ["C, Zebra", "A, Beta", "B, Alpha"]
    talk.type("\n".join(names)).tap("Change, sort or remove").tap("Sort by name")
    assert signing(talk) == ["A, Beta", "B, Alpha", "C, Zebra"]
    talk.tap("↶ The order before")
    assert signing(talk) == names


def test_doubles_are_named_and_not_added(talk: Talk) -> None:
    talk.type("José, Example’s").type("JOSE\u0301,  example's\nB, Second")
    assert "These were listed already: JOSÉ, example's" in talk.screen.text
    assert signing(talk) == ["José, Example’s", "B, Second"]


def test_sorting_passes_over_articles_and_accents(talk: Talk) -> None:
    talk.type("C, The Zebra\nA, Élan\nB, l’Abeille\nD, La Casa").tap("Change, sort")
    assert signing(talk)[0] == "C, The Zebra"
    talk.tap("Sort by organization")
    assert signing(talk) == ["B, l’Abeille", "D, La Casa", "A, Élan", "C, The Zebra"]
    talk.tap("Sort by name")
    assert [line[0] for line in signing(talk)] == ["A", "B", "C", "D"]


def test_as_many_sign_as_an_open_letter_has_and_not_more(talk: Talk) -> None:
    rows = "\n".join(f"A{number},Example {number}" for number in range(MAX_SIGNATORIES))
    talk.file(f"name,organisation\n{rows}\n".encode()).tap(f"Add {MAX_SIGNATORIES} co-signers")
    assert len(signing(talk)) == MAX_SIGNATORIES
    assert "1000. A999, Example 999" in talk.screen.text
    assert "980. " not in talk.screen.text
    talk.tap("◀ Previous")
    assert "961. A960, Example 960" in talk.screen.text
    talk.type("B, Example\nC, Example")
    assert "at most 1000 co-signers; these would make 1002" in talk.screen.text
    assert len(signing(talk)) == MAX_SIGNATORIES
    talk.tap("Done")
    assert talk.screen.title == "Which Permanent Mission is the letter to?"


def test_a_shared_contact_is_added(talk: Talk) -> None:
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:A. Example\nORG:Example\nEND:VCARD\n"
    talk.file(card, "contact.vcf")
    assert signing(talk) == ["A. Example, Example"]
