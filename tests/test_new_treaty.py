"""`demarche treaties new`: what a page says, the rest marked; nothing is overwritten."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.commands.cli import cli
from bot.letters.joining import NoticePeriod
from bot.letters.model import Language
from bot.reference import folders
from bot.reference.acts import read as read_acts
from bot.reference.loader import load
from tests.reference.pages import leaves, other_page, page, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

HEADS = ("Participant", "Signature", "Ratification, Accession(a), Formal confirmation(c)")
ROWS = [
    ("Albania", "3 Dec 1997", "16 Jun 2009"),
    ("Austria", "[3 Dec 1997]", "[16 Jun 2009]"),
    ("Kenya", "", "1 Jul 2010 a"),
    ("Poland", "4 Dec 1997", "27 Dec 2012"),
    ("European Union", "", "1 Jul 2011 c"),
]
NOTES = {
    1: leaves("Austria", "27 June 2025", "27 December 2025"),
    2: leaves("Poland", "20 August 2025", "20 February 2026", "will take"),
}
ABOUT = (
    "The Treaty was concluded by the Example Conference on Examples at Oslo on 18 September 1997."
    " In accordance with its article 15, the Treaty was opened for signature at Ottawa by all"
    " States from 3 December 1997 until 4 December 1997, and will remain open thereafter at the"
    " Headquarters until its entry into force. By resolution 52/38/A, the General Assembly"
    " welcomed it."
)


@pytest.fixture(autouse=True)
def _nobodys_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one of their own, which a command would open."""
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))


def saved(path: Path, name: str = "page.html", **changes: Any) -> str:  # noqa: ANN401 -- handed on
    said: dict[str, Any] = {
        "notes": NOTES,
        "noted": {"Austria": 1, "Poland": 2},
        "about": ABOUT,
        **changes,
    }
    headline = said.pop("headline", "Signatories : 2. Parties : 4")
    (path / name).write_text(other_page(HEADS, ROWS, headline, **said), encoding="utf-8")
    return str(path / name)


def new(*arguments: str, folder: Path) -> Result:
    return CliRunner().invoke(cli, ["treaties", "new", *arguments, "--folder", str(folder)])


def toml(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "treaty.toml").read_text(encoding="utf-8"))


def test_what_the_page_says_is_filled_in_and_the_rest_marked(tmp_path: Path) -> None:
    result = new(saved(tmp_path), "--code", "EXT", folder=tmp_path)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "EXT"
    found = toml(folder)
    assert (found["number"], found["register"]) == ("XXVI-99", "disarmament")
    assert found["title"]["en"]["text"] == "Treaty on Examples"
    assert found["title"]["en"]["short"] == "Treaty"
    assert found["adoption"]["on"] == date(1997, 9, 18)
    assert found["adoption"]["by"]["en"] == "the Example Conference on Examples"
    assert "document" not in found["adoption"]
    assert found["signature"] == {
        "opened": date(1997, 12, 3),
        "until": "entry into force",
        "article": "art. 15",
    }
    assert found["entry_into_force"] == {"on": date(1999, 3, 1), "article": "art. 17 (1)"}
    assert found["withdrawal"]["months"] == 6
    assert found["organisations"] == [
        {
            "name": "European Union",
            "action": "formal confirmation",
            "acted_on": date(2011, 7, 1),
        }
    ]
    lines = (folder / "treaty.toml").read_text(encoding="utf-8").splitlines()
    marked = [f"treaty.toml:{at}: " for at, line in enumerate(lines, 1) if "# ADD: " in line]
    assert marked
    for one in marked:
        assert str(folder / one) in result.output
    assert 'text = ""  # ADD: the French title' in lines
    assert "welcomed" not in "".join(lines)
    with (folder / "status.csv").open(encoding="utf-8", newline="") as file:
        status = list(csv.DictReader(file))
    assert [row["iso3"] for row in status] == ["ALB", "KEN"]
    with (folder / "withdrawals.csv").open(encoding="utf-8", newline="") as file:
        left = {row.pop("iso3"): row for row in csv.DictReader(file)}
    assert left["POL"]["denunciation_effective_on"] == "2026-02-20"
    assert left["AUT"]["denounced_on"] == "2025-06-27"
    assert left["AUT"]["source"] == "UNTC XXVI-99 page, end note 1 (status as at 2026-02-03)"
    header = (folder / "names.csv").read_text(encoding="utf-8")
    assert header == "language,kind,name\n"


def test_once_what_is_marked_is_added_the_folder_is_good(tmp_path: Path) -> None:
    result = new(saved(tmp_path), "--code", "EXT", folder=tmp_path)
    file = tmp_path / "EXT" / "treaty.toml"
    unfinished = folders.read(tmp_path / "EXT")
    assert isinstance(unfinished, list)
    for problem in unfinished:
        assert str(tmp_path / "EXT" / f"treaty.toml:{problem.line}:") in result.output
    text = file.read_text(encoding="utf-8")
    text = text.replace('article = ""  # ADD: la, le', 'article = "le"  # ').replace(
        'article = ""  # ADD: la or', 'article = "el"  # '
    )
    file.write_text(re.sub(r'""  # ADD: .*', '"An example"', text), encoding="utf-8")
    found = folders.read(tmp_path / "EXT")
    assert isinstance(found, folders.Folder), found
    treaty = found.treaty
    assert treaty.titles[Language.EN] == "Treaty on Examples"
    assert treaty.notice == NoticePeriod(6, False, "art. 15 (1)")  # noqa: FBT003 -- as it is read
    acts = read_acts(tmp_path / "EXT", treaty, load().states)
    assert acts.problems == []
    assert set(acts.acts) == {"ALB", "AUT", "KEN", "POL"}


def test_a_withdrawal_without_a_day_is_named_to_be_added(tmp_path: Path) -> None:
    result = new(saved(tmp_path, notes={}, noted={}), folder=tmp_path)
    assert "withdrawals.csv:2: AUT: the day of effect, which no note states" in result.output
    assert "withdrawal" not in toml(tmp_path / "XXVI-99")


@pytest.mark.parametrize(
    ("label", "force", "found"),
    [
        (
            "Not yet in force",
            "see article 85: on the thirtieth day after the deposit of the thirty-fifth instrument",
            {"needs": 35, "article": "art. 85"},
        ),
        (
            "Not yet in force",
            (
                "[see article XIV]. All (that is to say: Iran (Islamic Republic of), Viet Nam,"
                " Bosnia and Herzegovina and Zaire), but not earlier than 1 March 1999."
            ),
            {"states": ["IRN", "VNM", "BIH", "COD"], "article": "art. XIV"},
        ),
        (
            "Not yet in force",
            "All States listed (that is to say: Kenya and Atlantis), but not at once",
            {"article": ""},
        ),
    ],
)
def test_what_entry_into_force_needs(
    tmp_path: Path, label: str, force: str, found: dict[str, Any]
) -> None:
    new(saved(tmp_path, force=(label, force)), folder=tmp_path)
    assert toml(tmp_path / "XXVI-99")["entry_into_force"] == found


def test_the_general_assemblys_own_treaty_and_one_that_nobody_signs(tmp_path: Path) -> None:
    about = "The Treaty was adopted on 2 April 2013 by resolution 67/234B of the General Assembly."
    text = other_page(
        ("Participant", "Consent to be bound(P)"),
        [("Kenya", "1 Jul 2014 P")],
        "Parties : 1",
        about=about,
        number="XI-B-9",
    )
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert new(str(tmp_path / "page.html"), folder=tmp_path).exit_code == 0
    found = toml(tmp_path / "XI-B-9")
    assert found["adoption"]["document"] == "67/234B"
    assert "by" not in found["adoption"]
    assert "signature" not in found
    assert found["register"] == ""


def test_the_days_of_signature(tmp_path: Path) -> None:
    about = (
        "The Protocol was adopted by resolution A/RES/55/25 of 15 November 2000 at the fifty-fifth"
        " session of the General Assembly. In accordance with its article 16, it will be open for"
        " signature by all States from 12 to 15 December 2000 at Palermo, Italy, and thereafter at"
        " the Headquarters until 12 December 2002."
    )
    new(saved(tmp_path, about=about), folder=tmp_path)
    found = toml(tmp_path / "XXVI-99")
    assert found["signature"] == {
        "opened": date(2000, 12, 12),
        "until": date(2002, 12, 12),
        "article": "art. 16",
    }
    assert found["adoption"]["document"] == "A/RES/55/25"


def test_the_french_title_is_taken_from_the_french_page(tmp_path: Path) -> None:
    french = saved(tmp_path, "fr.html", title="Traité sur l'exemple", language="_fr")
    assert new(saved(tmp_path), "--french", french, folder=tmp_path).exit_code == 0
    found = toml(tmp_path / "XXVI-99")["title"]["fr"]
    assert (found["text"], found["article"], found["short"]) == (
        "Traité sur l’exemple",
        "le",
        "Traité",
    )


def test_what_is_no_french_page_of_it_is_refused(tmp_path: Path) -> None:
    english = saved(tmp_path)
    other = saved(tmp_path, "fr.html", number="XXVI-98", language="_fr")
    for given, says in (
        (english, "this is not the French page"),
        (other, "the French page is on another treaty: XXVI-98 / XXVI-99"),
        (str(tmp_path / "none.html"), "cannot be read"),
    ):
        result = new(english, "--french", given, folder=tmp_path)
        assert result.exit_code == 1
        assert says in result.output
        assert "nothing was made" in result.output
    assert "the French page" in new(other, folder=tmp_path).output
    assert not (tmp_path / "XXVI-99").exists()


def test_nothing_is_overwritten_and_no_bad_page_or_code_taken(tmp_path: Path) -> None:
    good = saved(tmp_path)
    (tmp_path / "EXT").mkdir()
    known = tmp_path / "opsc.html"
    known.write_text(page("OPSC", shipped("OPSC")), encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text("<html>Please log in</html>", encoding="utf-8")
    wrong = saved(tmp_path, "wrong.html", headline="Parties : 9")
    for arguments, says in (
        ((good, "--code", "ext"), "is there already"),
        ((good, "--code", "../EXT"), "is no code"),
        ((str(known),), "OPSC has its folder"),
        ((str(bad),), "out of service"),
        ((wrong,), "the parties in the table and in the headline disagree: 4 / 9"),
    ):
        result = new(*arguments, folder=tmp_path)
        assert result.exit_code == 1
        assert says in result.output
    assert not any((tmp_path / "EXT").iterdir())
    assert not (tmp_path / "XXVI-99").exists()


def test_a_title_that_means_no_good_stays_a_title(tmp_path: Path) -> None:
    title = 'Treaty on "Examples"\\ and """more""" \x07= [x]'
    assert new(saved(tmp_path, title=title), folder=tmp_path).exit_code == 0
    found = toml(tmp_path / "XXVI-99")["title"]["en"]["text"]
    assert found.startswith('Treaty on "Examples"\\ and """more"""')


def test_an_import_of_such_a_page_says_how_to_go_on(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["treaties", "import", saved(tmp_path)])
    assert result.exit_code == 1
    assert "XXVI-99 Treaty on Examples" in result.output
    assert "demarche treaties new PAGE" in result.output
    assert "out of service" not in result.output
