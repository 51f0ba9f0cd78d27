"""A treaty's folder: what is good is a treaty, what is not is named by file and line."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.letters.model import Language
from bot.letters.treaties import Closing
from bot.reference.collection import SHIPPED, Gathered, gathered
from bot.reference.loader import load

ROOT = Path(__file__).parents[2]
STATES = frozenset(load().states)
GOOD = """\
number = "XXVI-99"
register = "disarmament"

[title.en]
text = "Convention on Examples"
short = "Convention"

[title.fr]
text = "Convention sur les exemples"
article = "la"
short = "Convention"

[title.es]
text = "Convención sobre Ejemplos"
article = "la"
short = "Convención"

[subject]
en = "examples"
fr = "exemples"
es = "ejemplos"

[adoption]
on = 2020-05-04

[signature]
opened = 2020-06-01
until = "entry into force"

[entry_into_force]
needs = 40

[joining]
parents = ["CRC"]

[withdrawal]
months = 12

[does]
en = "It does."
fr = "Elle fait."
es = "Hace."

[aim]
en = "examples"
fr = "aux exemples"
es = "con los ejemplos"
"""


def made(root: Path, text: str = GOOD, code: str = "EXAMPLE", **files: str) -> Gathered:
    """The shipped folders and one more."""
    folder = root / code
    folder.mkdir()
    (folder / "treaty.toml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return gathered(STATES, root)


def wrong(found: Gathered) -> list[str]:
    return [f"{folder.name}/{one}" for folder, told in found.problems.items() for one in told]


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_good_folder_is_a_treaty_and_needs_no_status(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert wrong(found) == []
    treaty = found.treaties["EXAMPLE"]
    assert treaty.titles[Language.FR] == "Convention sur les exemples"
    assert treaty.signature
    assert treaty.signature.until is Closing.ENTRY_INTO_FORCE
    assert "EXAMPLE" not in found.acts
    assert list(found.treaties)[-1] != "EXAMPLE", "it stands among its like, by its number"


def test_its_status_is_read(tmp_path: Path) -> None:
    status = "iso3,signed_on,signature,action,acted_on\nKEN,2020-06-02,,ratification,2021-01-05\n"
    found = made(tmp_path, status=status)
    assert wrong(found) == []
    assert found.acts["EXAMPLE"]["KEN"][0].acted_on == date(2021, 1, 5)


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ('text = "Convention sur les exemples"\n', "", "[title.fr]", "title.fr.text is missing"),
        ('fr = "Elle fait."\n', "", "[does]", "does.fr is missing"),
        ('article = "la"\nshort = "Convención"', 'short = "Convención"', "[title.es]", "la or el"),
        ("opened = 2020-06-01", "opened = 2020-05-03", "opened", "before the adoption"),
        ('until = "entry into force"', "until = 2020-05-20", "until", "before it was opened"),
        ('until = "entry into force"', 'until = "soon"', "until", "until is never or"),
        ("on = 2020-05-04", 'on = "4 May 2020"', "on = ", "is a day such as"),
        ('number = "XXVI-99"', 'number = "26-99"', "number", "IV-11-c"),
        ('number = "XXVI-99"', 'number = "IV-11"', "number", "is the number of CRC"),
        ('register = "disarmament"', 'register = "arms"', "register", "human-rights"),
        ('register = "disarmament"', 'register = ["arms"]', "register", "human-rights"),
        ('until = "entry into force"', 'until = ["never"]', "until", "until is never or"),
        ('parents = ["CRC"]', 'parents = ["CRCC"]', "parents", "no treaty has the code CRCC"),
        ('parents = ["CRC"]', 'parents = ["EXAMPLE"]', "parents", "before itself"),
        ("needs = 40", 'states = ["KEN", "XXX"]', "states", "XXX is no State"),
        ("needs = 40\n", "", "[entry_into_force]", "what it still takes"),
        ("months = 12", "months = 0", "months", "months = 12 or days = 90"),
        ("[withdrawal]\n", "[withdrawal]\nmonth = 3\n", "month = 3", "nothing is called month"),
        ("[aim]\n", "[aim]\nde = 3\n", "de = 3", "nothing is called de"),
        ("[aim]\n", "[aim\n", "[aim", "in two brackets"),
        ("Convention on Examples", "Convention’s on 'x'", "text", "an apostrophe is written ’"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    tmp_path: Path, old: str, new: str, where: str, says: str
) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    found = made(tmp_path, text)
    assert "EXAMPLE" not in found.treaties
    line = line_of(where, text)
    told = wrong(found)
    assert any(one.startswith(f"EXAMPLE/treaty.toml:{line}: ") and says in one for one in told), (
        told
    )


def test_a_folder_is_all_that_a_letter_on_another_treaty_takes(tmp_path: Path) -> None:
    status = "iso3,signed_on,signature,action,acted_on\nKEN,2020-06-02,,,\n"
    made(tmp_path, GOOD.replace('parents = ["CRC"]\n', ""), status=status)
    environment = {
        "PATH": "",
        "DEMARCHE_TREATIES": str(tmp_path),
        "DEMARCHE_DATABASE": str(tmp_path / "db"),
    }

    def letter(state: str, language: str) -> str:
        asked = ["letter", "--treaty", "EXAMPLE", "--date", "2026-03-02", "--state", state]
        command = [sys.executable, "-m", "bot.commands.cli", *asked, "--language", language]
        done = subprocess.run(  # noqa: S603 -- the program itself
            command, env=environment, capture_output=True, check=True, cwd=ROOT
        )
        return done.stdout.decode()

    assert "Objet\u00a0: ratification de la Convention sur les exemples" in letter("Kenya", "fr")
    assert "a firmar y ratificar la Convención" in letter("Ghana", "es")


def test_two_treaties_of_one_code(tmp_path: Path) -> None:
    found = made(tmp_path, GOOD, code="CRC")
    assert any("there is a treaty CRC already" in one for one in wrong(found))
    assert found.treaties["CRC"].untc_number == "IV-11"


def test_a_circle_of_two(tmp_path: Path) -> None:
    second = GOOD.replace("XXVI-99", "XXVI-98").replace('"CRC"', '"EXAMPLE"')
    (tmp_path / "OTHER").mkdir()
    (tmp_path / "OTHER" / "treaty.toml").write_text(second, encoding="utf-8")
    found = made(tmp_path, GOOD.replace('"CRC"', '"OTHER"'))
    assert {one.partition("/")[0] for one in wrong(found)} == {"EXAMPLE", "OTHER"}
    assert not {"EXAMPLE", "OTHER"} & set(found.treaties)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("XXX,,,accession,2021-01-01", "XXX is no State"),
        ("KEN,,,accession,2019-01-01", "before the adoption"),
        ("KEN,,,accession,1 May 2021", "Invalid isoformat"),
        ("KEN,,,,2021-01-01", "without an action"),
        ("KEN,,,accession", "more or fewer commas"),
        ("KEN,,,foo,2021-01-01", "foo is no action"),
        ("UGA,,,accession,2021-01-01", "UGA stands here twice"),
    ],
)
def test_a_broken_row_of_the_status_is_named(tmp_path: Path, row: str, says: str) -> None:
    status = f"iso3,signed_on,signature,action,acted_on\nUGA,,,accession,2021-01-01\n{row}\n"
    found = made(tmp_path, status=status)
    assert [one for one in wrong(found) if one.startswith("EXAMPLE/status.csv:3: ") and says in one]


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("a,b\n", "names.csv:1", "the first line is language,kind,name"),
        ("language,kind,name\nen,foo,X\n", "names.csv:2", "kind is one of"),
        ("language,kind,name\nde,name,X\n", "names.csv:2", "language is one of"),
        ("language,kind,name\nen,name, \n", "names.csv:2", "name is missing"),
    ],
)
def test_names_that_cannot_be_read_are_named(
    tmp_path: Path, text: str, where: str, says: str
) -> None:
    found = made(tmp_path, names=text)
    assert [one for one in wrong(found) if where in one and says in one]


def test_a_folder_that_is_called_otherwise(tmp_path: Path) -> None:
    found = made(tmp_path, code="my treaty")
    assert any("capitals, digits and hyphens" in one for one in wrong(found))


def test_the_shipped_folders_name_their_sources() -> None:
    for folder in sorted(SHIPPED.iterdir()):
        data = tomllib.loads((folder / "treaty.toml").read_text(encoding="utf-8"))
        for language in Language:
            assert data["title"][language]["source"], folder
        assert (folder / "names.csv").is_file(), folder


def test_no_text_of_a_folder_has_a_keyboard_s_apostrophe_or_a_blank_too_many() -> None:
    for folder in sorted(SHIPPED.iterdir()):
        text = (folder / "treaty.toml").read_text(encoding="utf-8")
        found = [*re.findall(r'^(?:en|fr|es|text) = "(.*)"$', text, re.MULTILINE)]
        assert found
        for one in found:
            assert "'" not in one, (folder, one)
            assert "  " not in one, (folder, one)
            assert one == one.strip(), (folder, one)
