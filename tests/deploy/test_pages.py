"""The pages for whoever runs it: every link, file, setting, command and message in them exists."""

from __future__ import annotations

import re
from collections import Counter

import click
import pytest
import yaml

from bot.commands.cli import cli
from bot.settings import Settings, SettingsError
from bot.storage.errors import StoreError
from bot.storage.postgres import engine
from tests.deploy.test_containers import DEPLOY, OWN, SETTING, TOP, text

PAGES = ("README.md", "RUNBOOK.md", "FIGURES.md")
LINK = re.compile(r"\]\(([\w./-]*)(?:#([\w-]+))?\)")
"""A link within the project: to a page, to a place in one, or both."""

COMMAND = re.compile(
    r"(?:`|'|/bin/|bot(?:-1)? |exec (?!demarche demarche ))demarche ([a-z]+) ?([a-z-]*)"
)
"""A command of the program, and what comes behind it."""


def anchors(page: str) -> set[str]:
    """The places of a page, as they are named where it is shown: the second of a name has a 1."""
    seen: Counter[str] = Counter()
    found = set()
    # In a block of commands a line that begins so is a remark.
    prose = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    for head in re.findall(r"^#+ (.+)$", prose, re.MULTILINE):
        name = re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for file, anchor in LINK.findall(text(name)):
        path = (DEPLOY / file).resolve() if file else DEPLOY / name
        assert path.exists(), file
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), anchor


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_is_named_is_there(name: str) -> None:
    for file in re.findall(r"\bdeploy/([\w@./-]+\w)", text(name)):
        assert file in OWN or (DEPLOY / file).is_file(), file
    for file in re.findall(r"`([\w@.-][\w@./-]*\.(?:ya?ml|service|conf|json|md))`", text(name)):
        assert any((folder / file).is_file() for folder in (DEPLOY, TOP)), file


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_that_is_named_is_read(name: str) -> None:
    source = (TOP / "bot/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(DEMARCHE_[A-Z_]+)"', source))
    secret = {f"{one}_FILE" for one in re.findall(r'_secret\(environment, "(\w+)"\)', source)}
    assert secret >= {"DEMARCHE_DATABASE_FILE", "DEMARCHE_TOKEN_FILE"}
    assert set(SETTING.findall(text(name))) <= read | secret


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_is_there(name: str) -> None:
    found = set(COMMAND.findall(text(name)))
    assert found or name == "FIGURES.md"
    for command, below in found:
        group = cli.commands[command]
        if isinstance(group, click.Group) and below:
            assert below in group.commands, (command, below)


def test_the_runbook_has_a_page_for_each_alert() -> None:
    alerts = yaml.safe_load(text("prometheus/alerts.yml"))
    found = anchors(text("RUNBOOK.md"))
    for group in alerts["groups"]:
        for rule in group["rules"]:
            assert rule["alert"].lower() in found


def test_the_runbook_asks_for_figures_that_there_are() -> None:
    known = set(re.findall(r"^\| `(demarche_\w+)`", text("FIGURES.md"), re.MULTILINE))
    asked = set(re.findall(r"\bdemarche_(?!before|steps|data)\w+", text("RUNBOOK.md")))
    assert asked
    assert {re.sub("_(bucket|sum|count)$", "", one) for one in asked} <= known


def test_the_runbook_quotes_what_the_program_says() -> None:
    runbook = " ".join(text("RUNBOOK.md").split())
    with pytest.raises(SettingsError) as other:
        _ = Settings(None, database_url="postgresql://host/demarche").database
    with pytest.raises(StoreError) as later:
        engine.check_version(("p999_later",))
    for error, said in (
        (other, "the database is on a PostgreSQL server"),
        (later, "the database is of a later version of the program"),
    ):
        assert said in str(error.value)
        assert said in runbook
