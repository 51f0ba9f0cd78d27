"""Co-signers as people type, paste and send them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, Problem, clean, parse_csv, parse_lines

TYPED = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"])
).filter(lambda text: text.strip() and not set(text) & set(',;"“”«»'))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A. Example, Example Organisation", Signatory("A. Example", "Example Organisation")),
        (
            "A. Example, Chair, Example Organisation",
            Signatory("A. Example", "Example Organisation", "Chair"),
        ),
        ("- A. Example, Example Organisation", Signatory("A. Example", "Example Organisation")),
        ("3) A. Example, Example Organisation", Signatory("A. Example", "Example Organisation")),
        ('A. Example, "Peace, Bread and Roses"', Signatory("A. Example", "Peace, Bread and Roses")),
        ("A. Example; Example Organisation", Signatory("A. Example", "Example Organisation")),
        ("A. Example\tExample Organisation", Signatory("A. Example", "Example Organisation")),
        ("A. Example", Signatory("A. Example")),
    ],
)
def test_a_line(line: str, expected: Signatory) -> None:
    parsed = parse_lines(line)
    assert (parsed.signatories, parsed.problems) == ((expected,), ())


@given(st.lists(st.tuples(TYPED, TYPED), min_size=1, max_size=20))
def test_what_is_typed_comes_out_as_typed(rows: list[tuple[str, str]]) -> None:
    expected = tuple(Signatory(name, organisation) for name, organisation in rows)
    parsed = parse_lines("\n".join(f"x {name}, {organisation}" for name, organisation in rows))
    assert tuple(Signatory(s.name[2:], s.organisation) for s in parsed.signatories) == expected


def test_every_bad_line_is_named_and_nothing_is_half_taken() -> None:
    parsed = parse_lines("A, B\n\n, C\nD, E, F, G\n" + "x" * (MAX_LENGTH + 1) + ", H")
    assert [(p.line, p.problem) for p in parsed.problems] == [
        (3, Problem.NO_NAME),
        (4, Problem.TOO_MANY_PARTS),
        (5, Problem.TOO_LONG),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "*x* _y_",
        "{{ 7*7 }}",
        "#set text(red)",
        "%(name)s",
        "$1",
        "\\",
        "😀",
        "a\u200cb",
    ],
)
def test_syntax_of_any_kind_is_only_text(text: str) -> None:
    assert parse_lines(f"{text}, {text}").signatories == (Signatory(text, text),)


def test_control_and_direction_characters_are_removed_and_said_so() -> None:
    assert clean("A\u202eB\x00C\u200f") == ("ABC", True)
    assert clean("A\u00a0B C") == ("A\u00a0B C", False)
    assert parse_lines("A\u202e, B").cleaned


def test_csv_in_any_column_order_and_with_semicolons() -> None:
    data = "\ufefforganisation;name;role\nExample Organisation;A. Example;\n\n".encode()
    assert parse_csv(data).signatories == (Signatory("A. Example", "Example Organisation"),)


def test_csv_with_the_other_spelling_of_its_column() -> None:
    parsed = parse_csv(b"Name,Organization\nA. Example,Example Organisation\n")
    assert parsed.signatories == (Signatory("A. Example", "Example Organisation"),)


def test_csv_with_quotes_commas_and_line_breaks_in_cells() -> None:
    data = b'name,role,organisation\r\n"Example, A.",,"Two\nlines"\r\n'
    assert parse_csv(data).signatories == (Signatory("Example, A.", "Two lines"),)


@given(st.lists(st.tuples(TYPED, TYPED, TYPED), min_size=1, max_size=10))
def test_csv_round_trip(rows: list[tuple[str, str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("name", "role", "organisation"), *rows])
    parsed = parse_csv(stream.getvalue().encode())
    assert parsed.signatories == tuple(Signatory(n, o, r) for n, r, o in rows)


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"\xff\xfe", 0, Problem.NOT_TEXT),
        (b"PK\x03\x04\x00\xff", 0, Problem.NOT_TEXT),
        (b"", 1, Problem.COLUMNS),
        (b"who,where\na,b", 1, Problem.COLUMNS),
        (b"name,role,organisation\na,b\n", 2, Problem.TOO_MANY_PARTS),
        (b"name,role,organisation\n,b,c\n", 2, Problem.NO_NAME),
        (b"name,role,organisation\na,b,\n", 2, Problem.NO_ORGANISATION),
    ],
)
def test_a_bad_file_names_its_line(data: bytes, line: int, problem: Problem) -> None:
    parsed = parse_csv(data)
    assert [(p.line, p.problem) for p in parsed.problems] == [(line, problem)]


def test_more_than_two_hundred_are_refused() -> None:
    parsed = parse_lines("\n".join(f"A{n}, B" for n in range(201)))
    assert [p.problem for p in parsed.problems] == [Problem.TOO_MANY]
