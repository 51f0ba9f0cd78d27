"""The mission book in words: offices, columns, an entry, and what is wrong with a file or a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.book_faults import BadRow, BookFault, NoBook, RowFault
from bot.letters.book_heads import HEADS, Column
from bot.letters.book_words import OFFICE_NAMES, RANK_NAMES
from bot.letters.mission_book import (
    MAX_CITY,
    MAX_ENTRIES,
    MAX_LINE,
    MAX_LINES,
    MAX_NAME,
)
from bot.letters.model import Office
from bot.letters.signatory_tables import MAX_COLUMNS, TableFault, TableRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.conversation.talk.library import Translator

    Named = Callable[[str], str]
    """A State's name by its code."""

MOST = {Column.CITY: MAX_CITY, Column.ADDRESS: MAX_LINE, Column.NAME: MAX_NAME}


def office_name(_: Translator, office: Office, city: str = "") -> str:
    """An office, with the city of an embassy."""
    name = OFFICE_NAMES[office][_.language]
    return f"{name} ({city})" if city else name


def column_name(_: Translator, column: Column | None) -> str:
    """A column as its head in the template says."""
    return HEADS[column][_.language] if column else ""


def refused_lines(_: Translator, refused: TableRefused | NoBook, named: Named) -> list[str]:
    """Why nothing was taken, and what would work: of bad rows a line each."""
    if isinstance(refused, TableRefused):
        return [_table_line(_, refused)]
    if refused.fault:
        return [_book_line(_, refused.fault, refused.columns)]
    return [row_line(_, row, named) for row in refused.rows]


def _table_line(_: Translator, refused: TableRefused) -> str:
    text = {
        TableFault.TOO_LARGE: _("That file is too large: a mission book has at most 4 MB."),
        TableFault.TOO_MANY_ROWS: _(
            "That file has too many rows: a mission book has at most %(count)s.",
            count=MAX_ENTRIES,
        ),
        TableFault.TOO_MANY_COLUMNS: _(
            "That file has too many columns: at most %(count)s can be read.", count=MAX_COLUMNS
        ),
        TableFault.EMPTY: _("That file is empty."),
        TableFault.NO_COLUMNS: _("That file has no columns."),
        TableFault.NOT_TEXT: _(
            "That is neither a spreadsheet nor a text: please save the book as XLSX or CSV."
        ),
        TableFault.BROKEN: _("The spreadsheet is damaged: please save it again as XLSX or CSV."),
        TableFault.PROTECTED: _(
            "The spreadsheet has a password: please save it without one, as XLSX or CSV."
        ),
        TableFault.OTHER_KIND: _(
            "That is a file of another kind (%(kind)s): please save the book as XLSX or CSV.",
            kind=refused.detail,
        ),
        TableFault.TOO_COSTLY: _(
            "Reading that file takes too long: please send only the rows of the book, as CSV."
        ),
        TableFault.UNPACKS_TOO_LARGE: _(
            "The spreadsheet unpacks to far more than a mission book: please save only the book, "
            "as CSV."
        ),
    }
    return text[refused.fault]


def _book_line(_: Translator, fault: BookFault, columns: Iterable[Column]) -> str:
    names = ", ".join(f"“{column_name(_, one)}”" for one in columns)
    return {
        BookFault.NO_HEADS: _(
            "No row has the heads of a mission book (State, office, address, e-mail, as of …): "
            "please start from the template."
        ),
        BookFault.MISSING: _("These columns are missing: %(names)s.", names=names),
        BookFault.TWICE: _(
            "These columns stand there twice: %(names)s. Please keep one of each.", names=names
        ),
        BookFault.TOO_MANY_ROWS: _(
            "That file has too many rows: a mission book has at most %(count)s.",
            count=MAX_ENTRIES,
        ),
        BookFault.NOTHING: _(
            "No row says anything of its office: please fill in an address, an e-mail, a language "
            "or who is its head."
        ),
    }[fault]


def row_line(_: Translator, row: BadRow, named: Named) -> str:
    """A bad row by its number, and what to do."""
    return _("Row %(number)s: %(problem)s", number=row.row, problem=_problem(_, row, named))


def _problem(_: Translator, row: BadRow, named: Named) -> str:
    if row.fault is RowFault.UNKNOWN_STATE and row.near:
        return _(
            "“%(text)s” is not certain: is it %(names)s? Type the whole name, or the code of three "
            "letters.",
            text=row.text,
            names=", ".join(named(one) for one in row.near[:3]),
        )
    offices = ", ".join(office_name(_, one) for one in Office)
    ranks = ", ".join(names[_.language] for names in RANK_NAMES.values())
    messages = {
        RowFault.NO_STATE: _("the State is missing: type its name or its code of three letters."),
        RowFault.UNKNOWN_STATE: _(
            "no State that letters go to is called “%(text)s”: type its name as the United Nations "
            "has it, or its code of three letters."
        ),
        RowFault.TWO_STATES: _("the code and the name are of two States (%(text)s): mend one."),
        RowFault.NO_OFFICE: _("the office is missing: it is one of %(offices)s."),
        RowFault.UNKNOWN_OFFICE: _("“%(text)s” is no known office: it is one of %(offices)s."),
        RowFault.NO_CITY: _("an embassy needs the city in which it is."),
        RowFault.OTHER_CITY: _(
            "that mission is not in “%(text)s”: leave the city empty, or make it an embassy."
        ),
        RowFault.FORMULA: _(
            "“%(column)s” holds a formula, or begins as one does (“%(text)s”): type the plain text."
        ),
        RowFault.TOO_LONG: _(
            "“%(column)s” is too long (“%(text)s …”): at most %(most)s characters to a line."
        ),
        RowFault.MANY_LINES: _("the address has %(text)s lines: at most %(lines)s, please."),
        RowFault.EMAIL: _(
            "“%(text)s” is not one e-mail address: give one, such as mission@example.org."
        ),
        RowFault.LANGUAGE: _("letters are in English, French or Spanish, not in “%(text)s”."),
        RowFault.RANK: _("“%(text)s” is no known rank: it is one of %(ranks)s, or left empty."),
        RowFault.OTHER_RANK: _("“%(text)s” is not the rank of the head of that office."),
        RowFault.NUNCIO: _(
            "the Holy See is represented by a nuncio, and no other State is: mend the rank."
        ),
        RowFault.GENDER: _("“%(text)s” is not understood: type woman or man, or leave it empty."),
        RowFault.EITHER_GENDER: _(
            "“%(text)s” may stand for a man or, in Spanish, for a woman: type woman or man."
        ),
        RowFault.TITLE: _(
            "please give the name without a title (“%(text)s”): the letter adds what is due."
        ),
        RowFault.NO_DATE: _(
            "the date is missing: say under “%(as_of)s” on which day this was last checked."
        ),
        RowFault.BAD_DATE: _(
            "“%(text)s” is no date that reads in one way only: type it as 2026-05-03."
        ),
        RowFault.FUTURE: _("“%(text)s” is still to come: say on which day this was last checked."),
        RowFault.DOUBLED: _("row %(other)s is on the same office: keep one of the two."),
    }
    values = {
        "text": row.text,
        "column": column_name(_, row.column),
        "most": MOST.get(row.column, MAX_LINE) if row.column else MAX_LINE,
        "lines": MAX_LINES,
        "offices": offices,
        "ranks": ranks,
        "as_of": column_name(_, Column.AS_OF),
        "other": row.other,
    }
    return messages[row.fault] % values
