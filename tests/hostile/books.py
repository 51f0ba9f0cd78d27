"""Mission books that mean no good, beside all other tables: ten thousand of everything."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEAD = "State,Office,Address,E-mail,Name,As of\n"
MANY = 10_000


def _rows(row: str) -> Callable[[], bytes]:
    """The row ten thousand times, with its number in it."""
    return lambda: (HEAD + "".join(row.replace("#", str(n)) for n in range(MANY))).encode()


def _formulas() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for column, head in enumerate(HEAD.strip().split(",")):
            sheet.write_string(0, column, head)
        for row in range(1, MANY + 1):
            for column in range(6):
                sheet.write_formula(row, column, "=WEBSERVICE(1)", None, "Kenya")
    return stream.getvalue()


BOOKS: Mapping[str, Callable[[], bytes]] = {
    "ten thousand States that are none": _rows("Nowhere #,Geneva,X,,,2026-05-03\n"),
    "ten thousand near names": _rows("Kenyaa#,Geneva,X,,,2026-05-03\n"),
    "one office ten thousand times": _rows("Kenya,Geneva,X #,,,2026-05-03\n"),
    "ten thousand embassies": _rows("Kenya,embassy,X,,,2026-05-03\n"),
    "ten thousand injected addresses": _rows(
        'Kenya,Geneva,X,"a@example.org\nBcc: b#@example.org",,2026-05-03\n'
    ),
    "an e-mail address without end": _rows("Kenya,Geneva,X," + "a." * 100 + "@b.org,,2026-05-03\n"),
    "a date that is digits": _rows("Kenya,Geneva,X,,," + "1" * 100 + "\n"),
    "formulas everywhere": _formulas,
}
