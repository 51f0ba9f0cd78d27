"""Campaign folders as Windows and Mac leave them."""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.commands.campaigns import campaigns_of
from bot.commands.cli import cli
from bot.letters.compose import Composer
from bot.letters.model import Language, Letter
from bot.letters.request import Request
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.campaigns.folders import campaign, run, write
from tests.world import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("campaign.toml", "letter.jinja", "fr.po")

COMPUTERS: dict[str, Callable[[bytes], bytes]] = {
    "a byte-order mark": lambda data: codecs.BOM_UTF8 + data,
    "Windows line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "both": lambda data: codecs.BOM_UTF8 + data.replace(b"\n", b"\r\n"),
    "old Mac line ends": lambda data: data.replace(b"\n", b"\r"),
    "decomposed accents": lambda data: unicodedata.normalize("NFD", data.decode()).encode(),
    "invisible characters": lambda data: data.replace(b" ", " \u200b".encode()),
}


def letters_of(path: Path) -> dict[Language, str]:
    found = campaign(path)
    composer = Composer(load(), TEMPLATES, LOCALES, {found.key: found})
    texts = {}
    for language in (Language.EN, Language.FR):
        request = Request("OPSC", "KEN", language, TODAY, "Geneva", campaign="online")
        made = composer.compose(request)
        assert isinstance(made, Letter)
        texts[language] = "\n\n".join(section.text for section in made.sections)
    return texts


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, str]:
    """The letters of the folder as it was written."""
    texts = letters_of(write(tmp_path_factory.mktemp("plain")))
    assert "la réunion d’Example" in texts[Language.FR]
    return texts


@pytest.mark.parametrize("computer", COMPUTERS)
@pytest.mark.parametrize("names", [NAMES, ("fr.po",)])
def test_the_letters_are_the_same(
    tmp_path: Path, computer: str, names: tuple[str, ...], plain: dict[Language, str]
) -> None:
    path = write(tmp_path)
    for name in names:
        (path / name).write_bytes(COMPUTERS[computer]((path / name).read_bytes()))
    assert run("check", str(path)).output == f"{path}: good (OPSC; en, fr)\n"
    assert letters_of(path) == plain


@pytest.mark.parametrize("computer", COMPUTERS)
def test_messages_makes_a_sound_catalogue_of_it(tmp_path: Path, computer: str) -> None:
    path = write(tmp_path)
    run("messages", str(path))
    plain = (path / "fr.po").read_bytes()
    for name in NAMES:
        (path / name).write_bytes(COMPUTERS[computer]((path / name).read_bytes()))
    assert "fr.po: 0 to translate" in run("messages", str(path)).output
    assert (path / "fr.po").read_bytes() == plain


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_what_to_do(tmp_path: Path, name: str, encoding: str) -> None:
    path = write(tmp_path)
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    (path / name).write_bytes(mark + (path / name).read_text("utf-8").encode(encoding))
    result = run("check", str(path))
    assert result.exit_code == 1
    assert f"{name}: is in UTF-16: save it as UTF-8" in result.output


@pytest.mark.parametrize("name", NAMES)
def test_a_control_character_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    path = write(tmp_path)
    text = (path / name).read_text("utf-8")
    at = text.index("Example Organisation") if name == "campaign.toml" else text.index("We hope")
    (path / name).write_text(text[:at] + "\x0b" + text[at:], "utf-8")
    line = text.count("\n", 0, at) + 1
    result = run("check", str(path))
    assert f"{name}:{line}: a control character (U+000B) stands here: delete it" in result.output


def test_what_systems_leave_in_folders_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path)
    for name in ("._fr.po", "._campaign.toml", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (path / name).write_bytes(b"\0\xff" * 40)
        (tmp_path / name).write_bytes(b"\0\xff" * 40)
    for name in ("__MACOSX", ".Trash", "$RECYCLE.BIN"):
        (tmp_path / name / "online").mkdir(parents=True)
        (tmp_path / name / "campaign.toml").write_bytes(b"\0")
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    assert run("check").output == f"{path}: good (OPSC; en, fr)\n"
    assert list(campaigns_of(tmp_path)) == ["online"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("campaign.toml", "Campaign.toml"),
        ("campaign.toml", "CAMPAIGN.TOML.txt"),
        ("letter.jinja", "letter.jinja.txt"),
        ("fr.po", "FR.po"),
    ],
)
def test_a_file_by_another_name_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, other: str
) -> None:
    path = write(tmp_path)
    (path / name).rename(path / other)
    (path / f"._{name}").write_bytes(b"\0")
    assert f"{name}: is missing: {other} must be called {name}" in run("check", str(path)).output
    assert campaigns_of(tmp_path) == {}
    assert "the campaign online is left out" in capsys.readouterr().err


def test_a_letter_of_such_a_folder_stands_alone_on_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    (path / "fr.po").write_bytes(codecs.BOM_UTF8 + (path / "fr.po").read_bytes())
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))
    start = ["letter", "--state", "KEN", "--date", "2026-03-02", "--campaign", "online"]
    for kind, head in (("text", b"Mission permanente"), ("pdf", b"%PDF")):
        more = ["--treaty", "OPSC", "--language", "fr", "--format", kind]
        made = CliRunner().invoke(cli, [*start, *more])
        assert made.stdout_bytes.startswith(head)
        assert b"Content-Type: text" not in made.stdout_bytes
