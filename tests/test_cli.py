"""The command line: what people type, what comes out, errors in one line with status 2."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

import pypdfium2
import pytest

from bot.commands.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a person runs it, in an empty home; without a process of its own."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    status: object = None
    with (
        patch.dict(os.environ, _clean(home, environment), clear=True),
        patch.object(sys, "argv", ["demarche", *arguments]),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        try:
            main()
        except SystemExit as ended:
            status = ended.code
        out.flush()
        err.flush()
    code = status if isinstance(status, int) else 0
    said, erred = out.buffer, err.buffer
    assert isinstance(said, io.BytesIO)
    assert isinstance(erred, io.BytesIO)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), erred.getvalue())


def _clean(home: Path, environment: dict[str, str]) -> dict[str, str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("DEMARCHE_") or name == "DEMARCHE_KEY_FILE"  # see `tests.sealed`
    }
    return clean | {"HOME": str(home), "XDG_DATA_HOME": str(home), **environment}


LETTER = ("letter", "--treaty", "OPSC", "--state", "Kenya", "--date", "2026-03-02")


def test_a_console_that_lacks_a_letter_gets_a_question_mark(tmp_path: Path) -> None:
    for console in ("latin-1", "cp850", "ascii"):
        result = subprocess.run(
            [sys.executable, "-m", "bot.commands.cli", "states", "find", "ivory coast"],
            capture_output=True,
            env=_clean(tmp_path, {"PYTHONIOENCODING": console}),
            check=True,
            timeout=60,
        )
        assert result.stdout.startswith(b"CIV  C")
        assert result.stderr == b""


def test_a_picture_on_standard_output_says_that_it_is_the_first_page_alone(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text(
        "name,organisation\n" + "".join(f"A. Example {n},Example\n" for n in range(60)),
        encoding="utf-8",
    )
    more = ("--format", "png", "--signatories", str(tmp_path / "some.csv"))
    shown = run(*LETTER, *more, home=tmp_path)
    assert shown.stdout.startswith(b"\x89PNG")
    assert "Note: page 1 of 2 is written; --output FILE" in shown.stderr.decode()
    written = run(*LETTER, *more, "--output", str(tmp_path / "a.png"), home=tmp_path)
    assert b"page 1" not in written.stderr
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["a-2.png", "a.png"]


def test_control_characters_of_an_option_do_not_reach_the_letter(tmp_path: Path) -> None:
    given = ("--place", "Ber\x07n\u202e", "--address", "Mis\x1bsion\\n1 \x0b Street")
    for kind in ("text", "docx", "pdf"):
        result = run(*LETTER, *given, "--format", kind, home=tmp_path)
        assert result.returncode == 0, result.stderr
    text = run(*LETTER, *given, home=tmp_path).stdout.decode()
    assert "Bern, 2nd March 2026" in text
    assert text.startswith("Mission\n1 Street\n")


def test_the_program_in_a_process_of_its_own(tmp_path: Path) -> None:
    result = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "bot.commands.cli", *LETTER, "--seat", "moon"],
        capture_output=True,
        env=_clean(tmp_path, {}),
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (2, b"")
    assert len(result.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize(
    ("kind", "start"),
    [("text", b"Mission"), ("docx", b"PK"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("json", b"{")],
)
def test_a_letter_in_every_format(tmp_path: Path, kind: str, start: bytes) -> None:
    path = tmp_path / "letter"
    result = run(
        *LETTER, "--language", "fr", "--format", kind, "--output", str(path), home=tmp_path
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert path.read_bytes().startswith(start)


def test_the_layout_of_a_letter_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    options = ("--paper", "letter", "--columns", "two", "--stacked")
    result = run(*LETTER, *options, "--format", "pdf", "--output", str(path), home=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    with pypdfium2.PdfDocument(path) as document:
        assert tuple(map(round, document[0].get_size())) == (612, 792)


def test_json_has_its_keys_and_places_are_written_in_the_letters_language(tmp_path: Path) -> None:
    result = run(
        *LETTER, "--language", "es", "--place", "geneva", "--format", "json", home=tmp_path
    )
    data = json.loads(result.stdout)
    assert list(data) == ["treaties", "state", "language", "date", "as_of", "stage", "sections"]
    assert (data["state"], data["stage"], data["as_of"]) == ("KEN", "signed", "2026-02-03")
    sections = {section["key"]: section["text"] for section in data["sections"]}
    assert sections["place_date"] == "Ginebra, 2 de marzo de 2026"
    result = run(*LETTER, "--place", "Bogotá", home=tmp_path)
    assert "Bogotá, 2nd March 2026" in result.stdout.decode()
    assert "treaties.un.org" not in result.stdout.decode()
    result = run(*LETTER, "--source", "--without", "hope", home=tmp_path)
    assert "United Nations Treaty Collection, treaties.un.org." in result.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("letter", "--treaty", "OPSX", "--state", "KEN"), "Did you mean OPSC"),
        (("letter", "--treaty", "childrn sale", "--state", "KEN"), "Did you mean OPSC?"),
        (("letter", "--treaty", "OPSC", "--state", "Kenia x"), "Kenya (KEN)"),
        (("letter", "--treaty", "OPSC", "--state", "ivory cost"), "Côte d’Ivoire (CIV)?"),
        (("letter", "--treaty", "OPSC", "--state", "Taiwan"), "is not in the list of States"),
        (("letter", "--treaty", "OPSC", "--state", "UE"), "is an international organization"),
        (("states", "find", "Africa"), "“Africa” is more than one State."),
        (
            ("letter", "--treaty", "OPSC", "--state", "France"),
            "France joined OPSC on 2003-02-05 (ratification)",
        ),
        ((*LETTER[:-1], "1999-01-01"), "adopted only on 2000-05-25"),
        ((*LETTER[:-1], "31.2.2026"), "is no date"),
        ((*LETTER[:-1], "03/04/2027"), "in one way only"),
        ((*LETTER[:-1], "9999-12-31"), "dated from 1990 to 2040"),
        ((*LETTER, "--without", "hope,tea"), "no section tea"),
        ((*LETTER, "--signatories", "/nowhere.csv"), "cannot be read"),
        ((*LETTER, "--output", "/nowhere/letter"), "cannot be written"),
        (("treaties", "--not-party"), "needs a treaty"),
        (("states", "find", "xyzzy"), "no State is known"),
        (("dance",), "dance"),
        (("run",), "DEMARCHE_TOKEN"),
    ],
)
def test_errors_are_one_line_and_status_two(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run(*arguments, home=tmp_path)
    assert result.returncode == 2
    assert result.stdout == b""
    assert len(result.stderr.decode().splitlines()) == 1
    assert says in result.stderr.decode()


def test_every_bad_row_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,role,organisation\nA,,B\n,Chair,\nD,E,F,G\n")
    result = run(*LETTER, "--signatories", str(path), home=tmp_path)
    assert result.returncode == 2
    assert "row 3: the name is missing" in result.stderr.decode()
    assert "row 4: the row has more cells" in result.stderr.decode()


def test_treaties_and_states(tmp_path: Path) -> None:
    listed = run("treaties", "--on", "2010-07-26", home=tmp_path).stdout.decode().splitlines()
    assert len(listed) == 31
    assert any(line.split()[:2] == ["OPSC", "137"] for line in listed)
    lines = run(
        "treaties", "OPSC", "--on", "2010-07-26", "--not-party", home=tmp_path
    ).stdout.decode()
    assert "GUY  Guyana" in lines
    assert "signed 2000-09-08" in lines
    assert run("states", "find", "ivory cost", home=tmp_path).stdout.decode().startswith("CIV  ")


@pytest.mark.file
def test_the_doctor(tmp_path: Path) -> None:
    well = run("doctor", home=tmp_path)
    assert well.returncode == 0
    assert "MEND" not in well.stdout.decode()
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"not a database at all, but something else" * 50)
    ill = run("doctor", home=tmp_path, DEMARCHE_DATABASE=str(broken))
    assert ill.returncode == 1
    assert "restore a backup" in ill.stdout.decode()


@pytest.mark.file
def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"not a database at all, but something else" * 50)
    result = run("run", home=tmp_path, DEMARCHE_DATABASE=str(broken), DEMARCHE_TOKEN="1:x")  # noqa: S106 -- no token
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
    assert "restore a backup" in result.stderr.decode()


def test_no_free_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        with contextlib.suppress(OSError):  # in use already: that will do as well
            other.bind(("127.0.0.1", 65535))
            other.listen()
        result = run("try", "--no-browser", "--port", "65535", home=tmp_path)
    assert result.returncode == 2
    assert "choose another with --port" in result.stderr.decode()


def test_a_token_is_never_printed(tmp_path: Path) -> None:
    from bot.settings import Settings  # noqa: PLC0415 -- only here

    secret = tmp_path / "token"
    secret.write_text("123:secret\n")
    settings = Settings.read({"DEMARCHE_TOKEN_FILE": str(secret), "HOME": str(tmp_path)})
    assert settings.token == "123:secret"  # noqa: S105 -- made up
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMARCHE_PUBLIC_URL", "letters.example.org"),
        ("DEMARCHE_PUBLIC_URL", "http://letters.example.org"),
        ("DEMARCHE_PUBLIC_URL", "https://letters.example.org/below"),
        ("DEMARCHE_LISTEN", "8766"),
        ("DEMARCHE_LISTEN", "127.0.0.1:0"),
        ("DEMARCHE_LISTEN", "127.0.0.1:99999"),
    ],
)
def test_an_address_that_cannot_be_is_refused(name: str, value: str) -> None:
    from bot.settings import Settings, SettingsError  # noqa: PLC0415 -- only here

    with pytest.raises(SettingsError, match=name):
        Settings.read({name: value})
    read = Settings.read({"DEMARCHE_PUBLIC_URL": "https://letters.example.org/"})
    assert read.public_url == "https://letters.example.org"
    assert read.listen == ("127.0.0.1", 8766)


def test_names_of_any_language_are_taken(tmp_path: Path) -> None:
    named = ("letter", "--treaty", "OP-CRC-SC", "--state", "غانا", *LETTER[-2:])
    assert "Ghana" in run(*named, home=tmp_path).stdout.decode()
    assert run("states", "find", "Deutschland", home=tmp_path).stdout.startswith(b"DEU")
    near = run("states", "find", "ivory cost", home=tmp_path).stdout.decode()
    assert near.startswith("CIV")
