"""`demarche missions`: the office's own book from a file, shown, used and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.documents.books import read_rows
from bot.letters.signatory_tables import TableRefused
from tests.test_cli import run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

HEAD = "State,Office,Address,E-mail,Language,Name,Rank,Gender,As of\n"
KENYA = (
    "Kenya,Geneva,Example Street 1,mission@example.org,fr,A. Example,ambassador,woman,2025-01-03\n"
)
GUYANA = "Guyana,NY,,ny@example.org,,,,,2025-01-04\n"
LETTER = ("letter", "--treaty", "OPSC", "--state", "Kenya", "--date", "2025-03-02")


def imported(home: Path, *rows: str, name: str = "book.csv") -> subprocess.CompletedProcess[bytes]:
    file = home / name
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    return run("missions", "import", str(file), "--yes", home=home)


def test_it_is_imported_shown_and_deleted(tmp_path: Path) -> None:
    assert run("missions", "show", home=tmp_path).returncode == 2
    result = imported(tmp_path, KENYA, GUYANA)
    assert result.returncode == 0
    assert b"2 new, 0 changed, 0 gone, 0 as before" in result.stdout
    assert b"older than 180 days: 2 entries" in result.stdout
    shown = run("missions", "show", home=tmp_path).stdout.decode()
    assert "KEN  Kenya, Mission in Geneva: address, e-mail, language, head; as of" in shown
    one = run("missions", "show", "kenia", home=tmp_path).stdout.decode()
    assert "  Example Street 1\n  e-mail: mission@example.org\n" in one
    assert run("missions", "show", "Tonga", home=tmp_path).returncode == 2
    again = imported(tmp_path, KENYA.replace("Street 1", "Street 2"))
    assert b"0 new, 1 changed, 1 gone, 0 as before" in again.stdout
    assert b"gone: GUY  Guyana, Mission in New York" in again.stdout
    assert run("missions", "forget", "--yes", home=tmp_path).returncode == 0
    assert run("missions", "forget", "--yes", home=tmp_path).returncode == 2


def test_every_bad_row_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    imported(tmp_path, GUYANA)
    rows = [f"Nowhere {number},Geneva,X,,,,,,2025-01-03\n" for number in range(10_000 - 1)]
    result = imported(tmp_path, KENYA, *rows)
    assert result.returncode == 2
    lines = result.stderr.decode().splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [f"Row {n}" for n in range(3, 10_002)]
    assert lines[-1].endswith("9999 rows cannot be taken, see above; nothing was stored")
    assert b"1 entry, States: 1" in run("missions", "show", home=tmp_path).stdout


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    result = run("missions", "import", str(tmp_path / name), "--yes", home=tmp_path)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["book.xlsx", "book.csv", "BOOK.CSV"])
def test_the_template_is_written_and_never_over_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert run("missions", "template", str(file), home=tmp_path).returncode == 0
    rows = read_rows(file.read_bytes())
    assert not isinstance(rows, TableRefused)
    assert len(rows) == 1 + 2 * 197
    again = run("missions", "template", str(file), home=tmp_path)
    assert again.returncode == 2
    assert b"is there already" in again.stderr
    assert run("missions", "template", str(tmp_path / "b.pdf"), home=tmp_path).returncode == 2


@pytest.mark.file
def test_a_letter_takes_its_address_and_says_so_with_its_day(tmp_path: Path) -> None:
    imported(tmp_path, KENYA)
    result = run(*LETTER, home=tmp_path)
    said = result.stdout.decode()
    assert said.startswith("Her Excellency Ms. A. Example\n")
    assert "\nExample Street 1\n" in said
    note = result.stderr.decode()
    assert "address and head of the office from the mission book, as of 2025-01-03.\n" in note
    assert "--language fr" in note
    late = run(*LETTER[:-1], "2025-07-03", home=tmp_path).stderr.decode()
    assert "as of 2025-01-03, more than 180 days before the letter" in late
    for more in (("--no-book",), ("--seat", "new-york"), ("--address", "Other")):
        bare = run(*LETTER, *more, home=tmp_path)
        assert b"Example Street" not in bare.stdout
        assert b"mission book" not in bare.stderr
