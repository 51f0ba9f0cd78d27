"""Campaign folders of the tests' own making."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bot.campaigns import check
from bot.campaigns.copying import copied
from bot.commands.cli import cli
from bot.letters.campaign import Campaign

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


ROWS = """
[[states]]
state = "KEN"
article.en = "article 0"
article.fr = "l’article 0"
article.es = "el artículo 0"

[[states]]
state = "France"
articles.en = "articles 0 and 00"
articles.fr = "les articles 0 et 00"
articles.es = "los artículos 0 y 00"

[[states]]
state = "VAT"
article.en = "article 0"
article.fr = "l’article 0"
article.es = "el artículo 0"

[[states]]
state = "USA"
article.en = "article 0"
article.fr = "l’article 0"
article.es = "el artículo 0"
"""
"""What an office would fill in; no such reservation is known. The last is no party."""

RESERVATION, VISIT = "withdraw-a-reservation", "invite-the-special-rapporteur"


def model(path: Path, name: str, more: str = "") -> Path:
    """A model, copied and filled in."""
    copied_to = copied(name, path, name)
    assert isinstance(copied_to, Path), copied_to
    with (copied_to / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(more)
    return copied_to


def models(path: Path) -> dict[str, Campaign]:
    """Both models, filled in."""
    made = (model(path, RESERVATION, ROWS), model(path, VISIT))
    return {one.key: one for one in map(campaign, made)}
