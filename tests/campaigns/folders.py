"""Campaign folders of the tests' own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from bot.campaigns import check
from bot.commands.cli import cli
from bot.letters.campaign import Campaign

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
treaty = "OPSC"
languages = ["en", "fr"]

[title]
en = "Children online"
fr = "Les enfants en ligne"

[[milestones]]
date = 2027-01-18
en = "twenty-five years in force"
fr = "vingt-cinq ans en vigueur"

[[events]]
date = 2026-11-30
place = "Geneva"
en = "the meeting of Example Organisation"
fr = "la réunion d’Example Organisation"
"""

TEMPLATE = """\
{# An example campaign. #}
{% extends "opsc.jinja" %}
{% block hope %}
{% if event %}
{# Translators: the next event, with its date and place. #}
{% trans name=event.name, date=event.date, place=event.place %}
We hope to meet you at {{ name }}, in {{ place }} on {{ date }}.
{% endtrans %}
{% else %}
{{ super() }}
{% endif %}
{% endblock %}
"""

CATALOGUE = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "We hope to meet you at %(name)s, in %(place)s on %(date)s."
msgstr "Nous espérons vous rencontrer lors de %(name)s, à %(place)s, le %(date)s."
"""


def write(
    path: Path, settings: str = SETTINGS, template: str = TEMPLATE, catalogue: str = CATALOGUE
) -> Path:
    """The folder of a campaign called "online"."""
    path = path / "online"
    path.mkdir(exist_ok=True)
    (path / "campaign.toml").write_text(settings, encoding="utf-8")
    (path / "letter.jinja").write_text(template, encoding="utf-8")
    if catalogue:
        (path / "fr.po").write_text(catalogue, encoding="utf-8")
    return path


def campaign(path: Path) -> Campaign:
    """The campaign of a good folder."""
    found = check.examined(path)
    assert isinstance(found, Campaign), found
    return found


def run(*arguments: str) -> Result:
    """`demarche campaigns ...`."""
    return CliRunner().invoke(cli, ["campaigns", *arguments])
