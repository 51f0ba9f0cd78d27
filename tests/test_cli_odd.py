"""The command line with what is no text, dates out of reach, and consoles of another age."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.test_cli import LETTER, run

if TYPE_CHECKING:
    from pathlib import Path

HALF = "Gen\udce8ve"
"""As Python hands over bytes of Latin-1."""

ODD = (HALF, "qx\x1bzz\x1e\x1f", "\ufffe\u2028", "%s %(x)s {{ }}", "x" * 5_000, " ", "-")


@pytest.mark.parametrize("option", ["--place", "--address"])
def test_bytes_of_another_encoding_are_no_text(tmp_path: Path, option: str) -> None:
    result = run(*LETTER, option, HALF, home=tmp_path)
    assert result.returncode == 2
    assert "“Gen\ufffdve” is not in this console’s encoding" in result.stderr.decode()


@pytest.mark.parametrize("kind", ["text", "docx", "pdf", "png", "json"])
def test_control_characters_do_not_reach_a_letter(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "letter"
    place = ("--place", "Gen\x1e\x1f\x07eva\x0bX\ufffe")
    result = run(*LETTER, *place, "--format", kind, "--output", str(path), home=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    if kind == "text":
        assert "Geneva X, 2nd March 2026" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_arguments_are_refused_in_a_line(tmp_path: Path, text: str) -> None:
    for arguments in (
        ("letter", "--treaty", text, "--state", "Kenya"),
        ("letter", "--treaty", "OPSC", "--state", text),
        (*LETTER, "--date", text),
        (*LETTER, "--campaign", text),
        (*LETTER, "--signatories", text),
        (*LETTER, "--seat", text),
        ("states", "find", text),
        ("treaties", text),
        ("treaties", "rollback", text),
        ("treaties", "--on", text),
        ("treaties", "import", "--withdrawn", text, "page.html"),
    ):
        result = run(*arguments, home=tmp_path)
        assert result.returncode == 2, arguments
        assert len(result.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("day", ["2206-03-02", "9999-12-31", "0001-01-01", "1026-03-02"])
def test_a_date_out_of_reach_is_refused_with_the_years_that_are_taken(
    tmp_path: Path, day: str
) -> None:
    for arguments, first in (
        ((*LETTER[:-1], day), 1990),
        (("treaties", "--on", day), 1945),
        (("treaties", "OPSC", "--not-party", "--on", day), 1945),
        (("treaties", "import", "--as-of", day, "page.xml"), 1945),
        (("treaties", "import", "--withdrawn", f"KEN={day}", "page.html"), 1945),
    ):
        result = run(*arguments, home=tmp_path)
        assert result.returncode == 2, arguments
        assert f"from {first} to 2040" in result.stderr.decode(), arguments


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "cp1252", "ascii"])
def test_a_console_that_lacks_our_quotation_marks(tmp_path: Path, encoding: str) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DEMARCHE_")}
    result = subprocess.run(
        [sys.executable, "-m", "bot.commands.cli", "states", "find", "cote d'ivoire"],
        capture_output=True,
        env=clean | {"HOME": str(tmp_path), "PYTHONIOENCODING": encoding},
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(b"CIV  ")
