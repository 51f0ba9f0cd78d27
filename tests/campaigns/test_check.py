"""`demarche campaigns check` says file and line of what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.campaigns import campaigns_of
from bot.commands.cli import cli
from bot.letters.compose import Composer
from bot.letters.model import SECTION_KEYS, Language, Letter, Purpose
from bot.letters.request import Request
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.campaigns.folders import CATALOGUE, SETTINGS, TEMPLATE, campaign, run, write
from tests.world import TODAY


def test_a_good_campaign(tmp_path: Path) -> None:
    path = write(tmp_path)
    result = run("check", str(path))
    assert (result.exit_code, result.output) == (0, f"{path}: good (OPSC; en, fr)\n")


BLOCK = "{% extends 'general.jinja' %}\n{% block hope %}\n@\n{% endblock %}\n"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% block hope %}{% endblock %}", "1: must begin with"),
        ("{% extends 'mine.jinja' %}", "1: extends opsc.jinja, or general.jinja"),
        ("{% extends own %}", "1: extends opsc.jinja, or general.jinja"),
        ("{% extends 'opac.jinja' %}", "1: extends opsc.jinja, or general.jinja"),
        ("{% extends 'general.jinja' %}\n{% block hoppe %}{% endblock %}", "2: no block is called"),
        (BLOCK.replace("@", "We hope."), "outside {% trans %}"),
        (BLOCK.replace("@", "{% if signed %}"), "3: {% if %} is not closed with {% endif %}"),
        (BLOCK.replace("@", "{% trans %}We hope."), "3: {% trans %} is not closed"),
        (BLOCK.replace("{% endblock %}", ""), "2: {% block %} is not closed"),
        (BLOCK.replace("@", "{% endif %}"), "3: {% endif %} closes nothing"),
        (BLOCK.replace("@", "\n\nWe hope."), "5: “We hope.” stands outside"),
        (BLOCK.replace("@", "{{ super }}"), "3: super is written with its brackets"),
        (BLOCK.replace("@", "{{ state }}"), "3: state is no text: write state.of_formal"),
        (BLOCK.replace("@", "{% trans x=treaty %}{{ x }}{% endtrans %}"), "3: treaty is no text"),
        (BLOCK.replace("@", "{{ state.country.upper }}"), "3: nothing is called upper there"),
        (
            BLOCK.replace("@", "{% trans %}To {{ state.country }}.{% endtrans %}"),
            "name it after “trans” first",
        ),
        (BLOCK.replace("@", "{{ gettext('%(a)2000000000s', a='x') }}"), "3: messages stand in"),
        (BLOCK.replace("@", "{% set a = 'x' %}"), "3: assign is not for letters"),
        (BLOCK.replace("@", "{{ 'x'|join(treaty.the) }}"), "3: one filter at a time"),
        (BLOCK.replace("@", "{{ ((1, 2), (3, 4)) }}"), "3: tuple is not for letters"),
        (BLOCK.replace("@", "(" * 3000), "3: "),
        (BLOCK.replace("@", "{{ " + "(" * 3000 + " }}"), "cannot be checked"),
        (BLOCK.replace("@", "{{ goverment }}"), "3: no variable is called goverment"),
        (
            BLOCK.replace("@", "{% trans x=goverment %}To {{ x }}.{% endtrans %}"),
            "3: no variable is called goverment",
        ),
        (
            BLOCK.replace("@", "{{ state.goverment }}"),
            "3: state has no goverment: it has of_formal",
        ),
        (BLOCK.replace("@", "{{ signatories[9].line }}"), "3: "),
        (BLOCK.replace("@", "{{ event.name }}"), "3: "),
        (BLOCK.replace("@", "{% include 'base.jinja' %}"), "3: include is not for letters"),
        (BLOCK.replace("@", "{% import 'base.jinja' as b %}"), "3: import is not for letters"),
        (BLOCK.replace("@", "{% macro m() %}{% endmacro %}"), "3: macro is not for letters"),
        (BLOCK.replace("@", "{{ range(999999999) }}"), "3: no variable is called range"),
        (BLOCK.replace("@", "{{ treaty.the * 999999999 }}"), "3: mul is not for letters"),
        (BLOCK.replace("@", "{{ 9 ** 999999999 }}"), "3: pow is not for letters"),
        (BLOCK.replace("@", "{{ treaty.the.join('x') }}"), "3: nothing is called in a letter"),
        (BLOCK.replace("@", "{{ ''.__class__ }}"), "3: "),
        (BLOCK.replace("@", "{{ treaty.the|center(999999999) }}"), "3: the filter center"),
        (
            BLOCK.replace(
                "@",
                "{% for a in signatories %}\n{% for b in signatories %}{% endfor %}\n{% endfor %}",
            ),
            "3: a loop within a loop",
        ),
    ],
)
def test_a_bad_template(tmp_path: Path, template: str, says: str) -> None:
    path = write(tmp_path, template=template)
    result = run("check", str(path))
    assert result.exit_code == 1
    assert f"{path}/letter.jinja:{says}" in result.output or says in result.output
    assert len(result.output.splitlines()) <= 3


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (SETTINGS.replace('"OPSC"', '"OPSX"'), "campaign.toml:1: treaty is one of"),
        (SETTINGS.replace('"fr"]', '"de"]'), "campaign.toml:2: languages is a list of"),
        (SETTINGS.replace('"en", ', ""), "campaign.toml:2: English is always"),
        (SETTINGS.replace('fr = "Les enfants en ligne"\n', ""), "campaign.toml:4: title has no"),
        (SETTINGS.replace("2026-11-30", '"30.11.2026"'), "campaign.toml:13: date is a day"),
        (SETTINGS.replace('place = "Geneva"\n', ""), "campaign.toml:13: an event has a place"),
        (SETTINGS.replace("[title]", "[title"), "campaign.toml:4: "),
        (SETTINGS.replace('"OPSC"', '["OPSC"]'), "campaign.toml:1: treaty is one of"),
        (SETTINGS.replace("2026-11-30", "9999-12-31"), "campaign.toml:13: a day between"),
        (SETTINGS.replace("2026-11-30", "30 November 2026"), "days as 2026-12-03"),
        (SETTINGS.replace('place = "Geneva"', 'place = ""'), "campaign.toml:13: an event has"),
        (SETTINGS.replace("[title]", "x = " + "[" * 4000 + "\n[title]"), "cannot be checked"),
        (SETTINGS.replace("[title]", "x = " + "[" * 5000 + "\n[title]"), "4: a line has at most"),
        (
            SETTINGS.replace('treaty = "OPSC"\n', "") + 'treaty = "OPSC"\n',
            "treaty stands before [title]",
        ),
        ("colour = 3\n" + SETTINGS, "campaign.toml:1: no setting is called colour"),
        (SETTINGS.replace("Children online", "x" * 61), "campaign.toml:4: a title has at most"),
    ],
)
def test_bad_settings(tmp_path: Path, settings: str, says: str) -> None:
    result = run("check", str(write(tmp_path, settings=settings)))
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.parametrize(
    ("catalogue", "says"),
    [
        ("", "fr.po: is missing"),
        (CATALOGUE.rpartition('msgstr "')[0] + 'msgstr ""\n', "fr.po:6: not translated: “We hope"),
        (CATALOGUE.replace("à %(place)s", "à %(lieu)s"), "fr.po:6: keep the names as they"),
        (CATALOGUE.replace(", le %(date)s.", "."), "fr.po:6: keep the names as they stand, all"),
        (CATALOGUE.replace("%(place)s, le", "{{ place }}, le"), "a name stands here as %(name)s"),
        (CATALOGUE.replace("à %(place)s, le %(date)s.", "à 100 %"), "fr.po:6: write %%"),
        (CATALOGUE.replace("%(place)s, le", "%(place)999999999s, le"), "fr.po:6: write %%"),
        (CATALOGUE.replace('msgstr "Nous', "msgstr Nous"), "fr.po:7: a text stands between two"),
        (CATALOGUE.replace('%(date)s."\n', "%(date)s.\n"), "a text stands between two straight"),
        (CATALOGUE.replace('\nmsgid "We', '\n#, fuzzy\nmsgid "We'), "the English has changed"),
        (CATALOGUE.replace("lors de", "à le"), "“à le"),
        (CATALOGUE + '\nmsgid "x\n', "fr.po:"),
    ],
)
def test_a_bad_catalogue(tmp_path: Path, catalogue: str, says: str) -> None:
    result = run("check", str(write(tmp_path, catalogue=catalogue)))
    assert result.exit_code == 1
    assert says in result.output


def test_catalogues_are_made_and_kept_up_to_date(tmp_path: Path) -> None:
    path = write(tmp_path, catalogue="")
    assert "fr.po: 1 to translate" in run("messages", str(path)).output
    text = (path / "fr.po").read_text(encoding="utf-8")
    assert "the next event, with its date and place." in text
    head, _empty, _rest = text.rpartition('msgstr ""')
    (path / "fr.po").write_text(head + 'msgstr "À %(name)s, %(place)s, %(date)s."\n', "utf-8")
    assert "0 to translate" in run("messages", str(path)).output
    assert "À %(name)s" in (path / "fr.po").read_text(encoding="utf-8")
    assert run("check", str(path)).exit_code == 0
    (path / "letter.jinja").write_text(TEMPLATE.replace("We hope", "We wish"), encoding="utf-8")
    assert "1 to translate" in run("messages", str(path)).output
    assert "À %(name)s" in (path / "fr.po").read_text(encoding="utf-8"), "the old one stays"
    assert "the English has changed" in run("check", str(path)).output
    latin = (path / "fr.po").read_text(encoding="utf-8").encode("latin-1")
    (path / "fr.po").write_bytes(latin)
    assert "is not in UTF-8: save it in that encoding; nothing was" in run(
        "messages", str(path)
    ).output.replace("\n", "")
    assert (path / "fr.po").read_bytes() == latin


def test_its_letter_stands_on_its_own_words_and_the_shipped_ones(tmp_path: Path) -> None:
    found = campaign(write(tmp_path))
    composer = Composer(load(), TEMPLATES, LOCALES, {found.key: found})

    def letter(language: Language, **more: object) -> Letter:
        request = Request("OPSC", "KEN", language, TODAY, "Geneva", campaign="online", **more)  # type: ignore[arg-type]
        made = composer.compose(request)
        assert isinstance(made, Letter)
        return made

    assert letter(Language.EN).text_of("hope") == (
        "We hope to meet you at the meeting of Example Organisation, in Geneva on "
        "30th November 2026."
    )
    french = letter(Language.FR)
    assert french.text_of("hope").endswith(
        "lors de la réunion d’Example Organisation, à Genève, le 30\u00a0novembre 2026."
    )
    assert french.text_of("support").startswith("Depuis son adoption")
    spanish = letter(Language.ES).text_of("hope")
    assert "Example Organisation" not in spanish, "the campaign has no Spanish: the shipped letter"
    several = letter(Language.EN, also=("CRC", "OPIC"))
    assert "Example Organisation" not in several.text_of("hope")
    thanks = composer.compose(
        Request(
            "OPSC",
            "USA",
            Language.EN,
            TODAY,
            "Geneva",
            purpose=Purpose.CONGRATULATION,
            campaign="online",
        )
    )
    assert isinstance(thanks, Letter)
    assert "Example Organisation" in thanks.text_of("hope")


def test_a_folder_cannot_replace_the_shipped_templates(tmp_path: Path) -> None:
    path = write(tmp_path)
    (path / "base.jinja").write_text("not a letter", encoding="utf-8")
    assert run("check", str(path)).exit_code == 0


def test_all_folders_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMARCHE_CAMPAIGNS", raising=False)
    assert "set DEMARCHE_CAMPAIGNS" in run("check").output
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    assert "no campaign in" in run("check").output
    write(tmp_path)
    assert run("check").output.endswith("online: good (OPSC; en, fr)\n")


def chapter() -> str:
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return guide.partition("## A campaign of your own\n")[2].partition("\n## ")[0]


def test_the_documented_example_that_asks_for_something_else(tmp_path: Path) -> None:
    guide = chapter().partition("### A campaign that asks for something else")[2]
    blocks = dict(re.findall(r"```(toml|jinja)\n(.*?)```", guide, re.DOTALL))
    path = write(tmp_path, blocks["toml"], blocks["jinja"], "")
    assert "fr.po: 2 to translate" in run("messages", str(path)).output
    english = blocks["toml"].replace('"en", "fr"', '"en"')
    path = write(tmp_path, english, blocks["jinja"], "")
    assert run("check", str(path)).output.endswith("good (CRC; en)\n")


def test_the_documented_example(tmp_path: Path) -> None:
    guide, _title, _rest = chapter().partition("### A campaign that asks for something else")
    blocks = dict(re.findall(r"```(toml|jinja|po)\n(.*?)```", guide, re.DOTALL))
    path = write(tmp_path, blocks["toml"], blocks["jinja"], "")
    assert "fr.po: 1 to translate" in run("messages", str(path)).output
    assert blocks["po"].splitlines()[1] in (path / "fr.po").read_text(encoding="utf-8")
    catalogue = CATALOGUE.partition("\n\n")[0] + "\n\n" + blocks["po"]
    (path / "fr.po").write_text(catalogue, encoding="utf-8")
    assert run("check", str(path)).output.endswith("good (OPSC; en, fr)\n")
    assert all(key in guide for key in SECTION_KEYS)


def test_a_file_that_is_none_and_one_that_never_ends(tmp_path: Path) -> None:
    path = write(tmp_path)
    (path / "campaign.toml").unlink()
    assert "campaign.toml: is missing" in run("check", str(path)).output
    (path / "campaign.toml.txt").write_text(SETTINGS, encoding="utf-8")
    assert "campaign.toml.txt must be called campaign.toml" in run("check", str(path)).output
    (path / "campaign.toml").symlink_to("/dev/zero")
    assert "campaign.toml: is no file" in run("check", str(path)).output


def test_a_bad_campaign_is_left_out_with_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    assert list(campaigns_of(tmp_path)) == ["online"]
    write(tmp_path, template="{% extends 'opsc.jinja' %}{% block no %}{% endblock %}")
    assert campaigns_of(tmp_path) == {}
    assert "the campaign online is left out" in capsys.readouterr().err


def test_a_letter_of_a_campaign_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))
    write(tmp_path)
    letter = ["letter", "--state", "KEN", "--date", "2026-03-02", "--campaign", "online"]
    made = CliRunner().invoke(cli, [*letter, "--treaty", "OPSC"])
    assert "We hope to meet you at the meeting" in made.output
    other = CliRunner().invoke(cli, [*letter, "--treaty", "CRC"])
    assert "the campaign online is on OPSC alone" in other.output
    spanish = CliRunner().invoke(cli, [*letter, "--treaty", "OPSC", "--language", "es"])
    assert "the campaign online is in en, fr" in spanish.output
