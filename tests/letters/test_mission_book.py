"""The mission book as a value: its heads in any order, every bad row named, nothing by halves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.book_faults import BookFault, BookRead, NoBook, Row, RowFault
from bot.letters.book_heads import HEADS, Column, column_of, heads_of
from bot.letters.book_rows import book_of
from bot.letters.book_words import GENDER_NAMES, OFFICE_NAMES, RANK_NAMES
from bot.letters.mission_book import (
    EMPTY,
    MAX_ENTRIES,
    Book,
    Entry,
    entry_for,
    language_of,
    revised,
    with_address,
)
from bot.letters.model import Addressee, Gender, Language, Office, Rank
from bot.letters.offices import ranks_of
from bot.reference.loader import load
from bot.reference.search import find_states

TODAY = date(2026, 6, 1)
MAY = date(2026, 5, 3)
HEAD = (
    *("State", "Code", "Office", "City", "Address 1", "Address 2", "E-mail", "Language"),
    *("Name", "Rank", "Gender", "As of"),
)
GOOD = {
    "State": "Kenya",
    "Office": "Geneva",
    "Address 1": "Example Street 1",
    "Address 2": "1202 Geneva",
    "E-mail": "mission@example.org",
    "Language": "fr",
    "Name": "A. Example",
    "Rank": "ambassador",
    "Gender": "woman",
    "As of": "2026-05-03",
}
KENYA = Entry(
    "KEN",
    Office.GENEVA,
    MAY,
    lines=("Example Street 1", "1202 Geneva"),
    email="mission@example.org",
    language=Language.FR,
    addressee=Addressee(Rank.AMBASSADOR, Gender.WOMAN, "A. Example"),
)


def cells(**changed: str) -> tuple[str, ...]:
    values = GOOD | {key.replace("_", " "): value for key, value in changed.items()}
    return tuple(values.get(head, "") for head in HEAD)


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> BookRead | NoBook:
    numbered = [Row(number, row) for number, row in enumerate((head, *rows), start=1)]
    return book_of(numbered, partial(find_states, whole=True), find_states, TODAY)


def bad(found: BookRead | NoBook) -> list[tuple[int, RowFault]]:
    assert isinstance(found, NoBook)
    assert found.fault is None
    return [(one.row, one.fault) for one in found.rows]


def test_a_row_is_an_entry() -> None:
    assert read(cells()) == BookRead(Book((KENYA,)))


def test_an_entry_is_json_and_back() -> None:
    bare = Entry("GUY", Office.EMBASSY, MAY, "Geneva")
    book = Book((KENYA, bare))
    assert Book.from_json(book.to_json()) == book


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_columns_stand_in_any_order(order: tuple[int, ...]) -> None:
    head = ("As of", "Adresse", "Oficina", "État")
    row = ("2026-05-03", "Example Street 1\n1202 Geneva", "Ginebra", "Kenia")
    found = read(tuple(row[n] for n in order), head=tuple(head[n] for n in order))
    assert isinstance(found, BookRead)
    (entry,) = found.book.entries
    assert (entry.state, entry.office) == ("KEN", Office.GENEVA)
    assert entry.lines == ("Example Street 1", "1202 Geneva")


@pytest.mark.parametrize("language", Language)
def test_the_words_of_the_template_are_understood_in_every_language(language: Language) -> None:
    for column, names in HEADS.items():
        assert column_of(names[language]) is column
        assert column_of(f"  {names[language].upper()}* ") is column
    for office in Office:
        city = "Geneva" if office is Office.EMBASSY else ""
        row = cells(Office=OFFICE_NAMES[office][language], City=city, Rank="")
        found = read(row)
        assert isinstance(found, BookRead), found
        assert found.book.entries[0].office is office
    for rank in map(Rank, RANK_NAMES):
        state = {Rank.NUNCIO: "VAT", Rank.MONARCH: "NOR"}.get(rank, "KEN")
        offices = (one for one in Office if one is not Office.EMBASSY)
        office = next(one for one in offices if rank in ranks_of(load().states[state], one))
        row = cells(Code=state, State="", Rank=RANK_NAMES[rank][language], Office=office)
        found = read(row)
        assert isinstance(found, BookRead), found
        assert found.book.entries[0].addressee.rank is rank
    for gender in Gender:
        found = read(cells(Gender=GENDER_NAMES[gender][language]))
        assert isinstance(found, BookRead)
        assert found.book.entries[0].addressee.gender is gender


def test_a_title_and_advice_may_stand_above_the_head() -> None:
    rows = [Row(1, ("Mission book",)), Row(2, ("Address",)), Row(4, HEAD), Row(5, cells())]
    found = book_of(rows, partial(find_states, whole=True), find_states, TODAY)
    assert found == BookRead(Book((KENYA,)))


BAD = {
    RowFault.NO_STATE: [{"State": ""}, {"State": "–"}],
    RowFault.UNKNOWN_STATE: [
        *({"State": name} for name in ("Kenyaa", "Congo", "Atlantis", "Taiwan", "x" * 500)),
        {"Code": "XXX"},
    ],
    RowFault.TWO_STATES: [{"Code": "GUY"}],
    RowFault.NO_OFFICE: [{"Office": ""}],
    RowFault.UNKNOWN_OFFICE: [{"Office": "Moon"}, {"Office": "Vienna"}],
    RowFault.NO_CITY: [{"Office": "embassy"}],
    RowFault.OTHER_CITY: [{"City": "Paris"}],
    RowFault.FORMULA: [
        {"E-mail": "=1+1"},
        {"Address 2": "+41 22 555 00 00"},
        {"Name": "@SUM(A1)"},
        {"Name": " -2+3"},
        {"Address 1": "Example Street 1\n=HYPERLINK(1)"},
        {"Name": "＝1"},
    ],
    RowFault.TOO_LONG: [
        {"Address 1": "x" * 121},
        {"Name": "x" * 121},
        {"Office": "embassy", "City": "x" * 61},
    ],
    RowFault.MANY_LINES: [{"Address 1": "\n".join("abcdefghi")}],
    RowFault.EMAIL: [
        {"E-mail": text}
        for text in (
            "mission",
            "a@b",
            "a b@example.org",
            "a@example.org, b@example.org",
            "a@example.org;b@example.org",
            "<a@example.org>",
            "A <a@example.org>",
            "a@example.org\nBcc: b@example.org",
            "a..b@example.org",
            "a@-example.org",
            "é@example.org",
            "x" * 65 + "@example.org",
            "a@" + "x." * 130 + "org",
        )
    ],
    RowFault.LANGUAGE: [{"Language": "Arabic"}],
    RowFault.RANK: [{"Rank": "boss"}],
    RowFault.NUNCIO: [{"Rank": "nuncio"}, {"State": "Holy See"}],
    RowFault.GENDER: [{"Gender": "x"}],
    RowFault.EITHER_GENDER: [{"Gender": "M"}],
    RowFault.TITLE: [
        {"Name": text} for text in ("H.E. Mr. X", "Mme X", "Sra. X", "His Excellency X", "S.E. X")
    ],
    RowFault.NO_DATE: [{"As of": ""}],
    RowFault.BAD_DATE: [{"As of": text} for text in ("03/05/2026", "soon", "2026-13-01", "46145")],
    RowFault.FUTURE: [{"As of": "2026-07-01"}],
}


@pytest.mark.parametrize(
    ("fault", "changed"),
    [(fault, changed) for fault, many in BAD.items() for changed in many],
    ids=lambda one: one if isinstance(one, str) else "-",
)
def test_what_is_wrong_with_a_row_is_said_of_that_row(
    fault: RowFault, changed: dict[str, str]
) -> None:
    row = tuple((GOOD | changed).get(head, "") for head in HEAD)
    other = cells(State="Guyana")
    assert bad(read(other, row)) == [(3, fault)]


def test_every_fault_is_tried() -> None:
    assert set(RowFault) - set(BAD) == {RowFault.DOUBLED, RowFault.OTHER_RANK}


@pytest.mark.parametrize("name", ["He Example", "Se Example", "Dr. Example", "M. Example"])
def test_a_name_that_is_no_title_is_taken(name: str) -> None:
    found = read(cells(Name=name))
    assert isinstance(found, BookRead)
    assert found.book.entries[0].addressee.name == name


def test_of_two_rows_on_one_office_both_are_named() -> None:
    found = read(cells(), cells(State="Guyana"), cells(State="kenia", Office="Genève"))
    assert isinstance(found, NoBook)
    assert [(one.row, one.fault, one.other) for one in found.rows] == [
        (2, RowFault.DOUBLED, 4),
        (4, RowFault.DOUBLED, 2),
    ]
    embassies = [cells(Office="embassy", City=city) for city in ("Paris", "Rome", "PARÍS")]
    assert bad(read(*embassies)) == [(2, RowFault.DOUBLED), (4, RowFault.DOUBLED)]


def test_a_code_says_which_of_two_states_of_one_name_is_meant() -> None:
    found = read(cells(State="Congo", Code="COG"))
    assert isinstance(found, BookRead)
    assert found.book.entries[0].state == "COG"


def test_a_dash_is_nothing_and_a_row_that_says_nothing_is_passed_over() -> None:
    nothing = {head: "-" for head in HEAD if head not in {"State", "Office"}}
    row = tuple((GOOD | nothing).get(head, "") for head in HEAD)
    assert read(cells(), row) == BookRead(Book((KENYA,)), 1)
    assert read(row) == NoBook(BookFault.NOTHING)


def test_a_table_that_is_no_book_says_why() -> None:
    assert read(("a", "b"), head=("name", "organisation")) == NoBook(BookFault.NO_HEADS)
    assert read(("KEN", "x"), head=("State", "Address")) == NoBook(
        BookFault.MISSING, (Column.OFFICE, Column.AS_OF)
    )
    twice = ("State", "Office", "As of", "E-mail", "Courriel")
    assert read(("KEN",) * 5, head=twice) == NoBook(BookFault.TWICE, (Column.EMAIL,))
    found = read((*cells(), "x"), head=(*HEAD, "Telephone"))
    assert isinstance(found, BookRead)
    assert found.unused == ("Telephone",)
    assert heads_of([]) is None


def test_ten_thousand_bad_rows_are_all_named_and_one_more_is_too_many() -> None:
    rows = [cells(State=f"Nowhere {number}") for number in range(MAX_ENTRIES)]
    found = bad(read(*rows))
    assert [row for row, _fault in found] == list(range(2, MAX_ENTRIES + 2))
    assert read(*rows, cells()) == NoBook(BookFault.TOO_MANY_ROWS)


@given(st.lists(st.tuples(*[st.text(max_size=30)] * len(HEAD)), max_size=5))
def test_whatever_stands_in_cells_is_an_entry_or_a_bad_row(rows: list[tuple[str, ...]]) -> None:
    assert isinstance(read(*rows), BookRead | NoBook)


def test_what_changes_from_book_to_book() -> None:
    guyana = Entry("GUY", Office.GENEVA, MAY)
    other = Entry("KEN", Office.GENEVA, TODAY)
    tonga = Entry("TON", Office.GENEVA, MAY)
    found = revised(Book((KENYA, guyana)), Book((other, guyana, tonga)))
    assert (found.new, found.changed, found.gone, found.same) == ((tonga,), (other,), (), 1)
    assert revised(Book((KENYA,)), EMPTY).gone == (KENYA,)


def test_an_entry_is_found_by_its_office_and_city() -> None:
    paris = Entry("KEN", Office.EMBASSY, MAY, "Paris")
    assert entry_for((KENYA, paris), "KEN", Office.GENEVA) is KENYA
    assert entry_for((KENYA, paris), "KEN", Office.EMBASSY, "paris") is paris
    assert entry_for((KENYA, paris), "KEN", Office.EMBASSY) is None
    assert entry_for((KENYA, paris), "KEN", Office.NEW_YORK) is None


def test_the_language_is_that_of_the_office_or_that_in_which_all_others_agree() -> None:
    english = Entry("KEN", Office.NEW_YORK, MAY, language=Language.EN)
    assert language_of((KENYA, english), Office.NEW_YORK) is english
    assert language_of((KENYA,), Office.NEW_YORK) is KENYA
    assert language_of((KENYA, english), Office.MINISTRY) is None
    assert language_of((), Office.GENEVA) is None


def test_it_is_old_after_180_days() -> None:
    assert not KENYA.is_old(MAY + timedelta(days=180))
    assert KENYA.is_old(MAY + timedelta(days=181))


@pytest.mark.parametrize(
    ("block", "address", "stands"),
    [
        ("Permanent Mission of Kenya", "", "Permanent Mission of Kenya"),
        (
            "Permanent Mission of Kenya",
            "Street 1\nTown",
            "Permanent Mission of Kenya\nStreet 1\nTown",
        ),
        (
            "Ms. A\nPermanent Mission of Kenya",
            "Mission du Kenya\nTown",
            "Ms. A\nMission du Kenya\nTown",
        ),
        ("The Minister", "Ministry of X\nTown", "The Minister\nMinistry of X\nTown"),
        (
            "Permanent Mission of Kenya to the United Nations, New York",
            "Mission Street 12, New York",
            (
                "Permanent Mission of Kenya to the United Nations, New York\n"
                "Mission Street 12, New York"
            ),
        ),
        (
            "Embassy of the Republic of India, Berlin",
            "2107 Embassy Row\nBerlin",
            "Embassy of the Republic of India, Berlin\n2107 Embassy Row\nBerlin",
        ),
    ],
)
def test_the_address_stands_below_the_office_whose_name_stands_once(
    block: str, address: str, stands: str
) -> None:
    assert with_address(block, address) == stands


def test_every_state_is_known_by_its_code_and_its_names() -> None:
    for state in load().states.values():
        for language in Language:
            rank = "nuncio" if state.iso3 == "VAT" else "ambassador"
            found = read(cells(Code=state.iso3, State=state.short(language), Rank=rank))
            assert isinstance(found, BookRead), state
            assert found.book.entries[0].state == state.iso3
