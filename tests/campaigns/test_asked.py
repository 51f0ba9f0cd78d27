"""Campaigns that ask for something else: whom they write to, what is said of what is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns import check
from bot.campaigns.copying import names
from bot.commands.cli import cli
from bot.documents.text import to_text
from bot.letters import asked
from bot.letters.campaign import Campaign, To
from bot.letters.compose import Composer, default_without
from bot.letters.model import BODY_KEYS, Language, Letter, Office, Purpose, Signatory, Stage
from bot.letters.request import (
    AlreadyParty,
    NoCampaign,
    NotAddressed,
    NotInLanguage,
    NotThere,
    OutOfReach,
    Request,
)
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.campaigns.folders import RESERVATION, ROWS, VISIT, campaign, model, models, run, write
from tests.world import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
TWO = (
    Signatory("A. Example", "Example Organisation"),
    Signatory("B. Example", "Second Organisation", "Chair"),
)
PLACES = {Language.EN: "Geneva", Language.FR: "Genève", Language.ES: "Ginebra"}

SETTINGS = """\
treaty = "CRC"
to = "parties"
languages = ["en"]

[title]
en = "An example"
"""

TEMPLATE = """\
{% extends "frame.jinja" %}
{% block reference %}
{% trans %}Subject: an example{% endtrans %}
{% endblock %}
{% block ask %}
{% trans government=state.government %}We ask {{ government }} for an example.{% endtrans %}
{% endblock %}
"""

NO_TREATY = SETTINGS.replace('treaty = "CRC"\nto = "parties"\n', "")


def composer(*campaigns: Campaign) -> Composer:
    return Composer(load(), TEMPLATES, LOCALES, {one.key: one for one in campaigns})


def made(path: Path, settings: str = SETTINGS, template: str = TEMPLATE) -> Campaign:
    return campaign(write(path, settings, template, ""))


def test_the_models_that_come_with_the_program() -> None:
    assert names() == [VISIT, RESERVATION]


@pytest.mark.parametrize("name", [RESERVATION, VISIT])
def test_a_model_is_copied_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("DEMARCHE_CAMPAIGNS", raising=False)
    assert "set DEMARCHE_CAMPAIGNS" in run("new", "mine", "--like", name).output
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    assert f"{tmp_path / 'mine'}: fill in" in run("new", "mine", "--like", name).output
    files = {one.name for one in (tmp_path / "mine").iterdir()}
    assert files == {"campaign.toml", "letter.jinja", "fr.po", "es.po"}
    (tmp_path / "mine" / "campaign.toml").write_text("", encoding="utf-8")
    again = run("new", "mine", "--like", name)
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    assert not (tmp_path / "mine" / "campaign.toml").read_text(encoding="utf-8")
    assert "small letters" in run("new", "../mine", "--like", name).output
    assert "there are invite-the-" in run("new", "other", "--like", "../models").output


def test_a_copied_model_says_what_is_to_be_filled_in(tmp_path: Path) -> None:
    path = model(tmp_path, RESERVATION)
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "own.article: no State has it; write a [[states]] for each State" in result.output
    assert len(result.output.splitlines()) == 1
    with (path / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    assert run("check", str(path)).output == f"{path}: good (CRC; en, fr, es)\n"
    visit = model(tmp_path, VISIT)
    assert run("check", str(visit)).output == f"{visit}: good (no treaty; en, fr, es)\n"
    assert "fr.po: 0 to translate" in run("messages", str(path)).output


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("name", "state", "signed"),
    [
        (RESERVATION, "KEN", TWO),
        (RESERVATION, "FRA", (Signatory("A. Example"),)),
        (RESERVATION, "VAT", TWO),
        (VISIT, "NLD", TWO),
        (VISIT, "VAT", (Signatory("A. Example"),)),
    ],
)
def test_its_letters(  # noqa: PLR0913, PLR0917 -- a letter has so many sides
    tmp_path: Path,
    name: str,
    state: str,
    signed: tuple[Signatory, ...],
    language: Language,
    golden: Callable[[Path, str], None],
) -> None:
    found = models(tmp_path)
    without = default_without(Office.GENEVA, load().states[state])
    request = Request(
        found[name].treaty,
        state,
        language,
        TODAY,
        PLACES[language],
        signatories=signed,
        without=without,
        campaign=name,
    )
    letter = Composer(load(), TEMPLATES, LOCALES, found).compose(request)
    assert isinstance(letter, Letter)
    golden(GOLDEN / f"{name}-{state}.{language}.txt", to_text(letter))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (SETTINGS.replace('"parties"', '"partys"'), 'campaign.toml:2: to is one of "not-party"'),
        (SETTINGS.replace('"parties"', '"Kenya"'), 'in brackets, such as ["KEN", "France"]'),
        (SETTINGS.replace('"parties"', "{}"), "campaign.toml:2: to is one of"),
        (SETTINGS.replace('"parties"', "[]"), "campaign.toml:2: to names one State or more"),
        (SETTINGS.replace('"parties"', "[1]"), "campaign.toml:2: a State stands in quotes"),
        (
            SETTINGS.replace('"parties"', '["KEN",\n"Atlantis"]'),
            "campaign.toml:3: “Atlantis” is no State’s name or code",
        ),
        (
            SETTINGS.replace('"parties"', '["KEN",\n\n"Yugoslavia"]'),
            "campaign.toml:4: “Yugoslavia” no longer exists as a State",
        ),
        (SETTINGS.replace('"parties"', '["European Union"]'), "2: “European Union” is an inter"),
        (SETTINGS.replace('"parties"', '["Kenia", "Knya"]'), "2: “Knya” is no State’s name or"),
        (SETTINGS.replace('"parties"', '["KEN", "Kenya"]'), "2: KEN stands twice in “to”"),
        (SETTINGS.replace('treaty = "CRC"\n', ""), '1: to = "parties" needs a treaty'),
        (
            SETTINGS.replace('to = "parties"\n', "") + 'to = "parties"\n',
            "campaign.toml:6: to stands before [title], not below it",
        ),
        (SETTINGS + '[states]\nstate = "KEN"\n', "7: states are written as [[states]]"),
        (SETTINGS + '[[states]]\nstate = "KEN"\n' * 2, "10: KEN stands in two [[states]]"),
        (SETTINGS + '[[states]]\nstate = "Atlantis"\n', "8: “Atlantis” is no State’s name or code"),
        (SETTINGS + '[[states]]\narticle = "x"\n', "7: a State is named"),
        (SETTINGS + '[[states]]\nstate = "KEN"\nArt = "x"\n', "8: “Art”: a name is of small"),
        (SETTINGS + '[[states]]\nstate = "KEN"\na = ""\n', "8: KEN: a has no text in en"),
        (SETTINGS + '[[states]]\nstate = "KEN"\na = 14\n', "8: KEN: a has no text in en"),
        (SETTINGS + '[[states]]\nstate = "KEN"\na.de = "x"\n', "8: KEN: a has no text in en"),
        (
            SETTINGS + f'[[states]]\nstate = "KEN"\na = "{"x" * 1_001}"\n',
            "8: KEN: a has at most 1000 characters",
        ),
        (
            SETTINGS.replace('"parties"', '["FRA"]') + '[[states]]\nstate = "KEN"\n',
            "8: KEN is not among the States of “to”",
        ),
        (SETTINGS + "[texts]\na.fr = 'x'\n", "7: a has no text in en"),
        (SETTINGS + "[texts]\nto = 'all'\n", "2: to stands before [title], not below [texts]"),
        ('texts = "x"\n' + SETTINGS, "1: texts are written below [texts]"),
    ],
)
def test_bad_settings(tmp_path: Path, settings: str, says: str) -> None:
    result = run("check", str(write(tmp_path, settings, TEMPLATE, "")))
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.parametrize(
    ("settings", "template", "says"),
    [
        (NO_TREATY, TEMPLATE.replace("state.government", "treaty.the"), "6: treaty: this campaign"),
        (NO_TREATY, TEMPLATE.replace("state.government", "as_at"), "as_at: this campaign has no"),
        (NO_TREATY, TEMPLATE.replace("frame", "general"), "1: extends frame.jinja"),
        (SETTINGS, TEMPLATE.replace("frame", "crc"), "1: extends frame.jinja"),
        (SETTINGS, TEMPLATE.partition("\n")[2], 'must begin with {% extends "frame.jinja" %}'),
        (SETTINGS, TEMPLATE.replace("reference", "hope"), "the letter has no subject"),
        (SETTINGS, TEMPLATE.replace("block ask", "block contact"), "the letter says nothing"),
        (SETTINGS, TEMPLATE.replace("state.government", "own"), "6: own is no text"),
        (SETTINGS, TEMPLATE.replace("state.government", "own.a"), "6: own.a: no State has it"),
        (
            SETTINGS + "[texts]\nb = 'x'\n",
            TEMPLATE.replace("state.government", "own.a"),
            "6: own has no a: it has b",
        ),
        (
            SETTINGS + '[[states]]\nstate = "KEN"\na = "x"\n[[states]]\nstate = "FRA"\nb = "x"\n',
            TEMPLATE.replace("state.government", "own.a"),
            '6: FRA has no a: write it below state = "FRA" in campaign.toml',
        ),
    ],
)
def test_a_bad_template(tmp_path: Path, settings: str, template: str, says: str) -> None:
    result = run("check", str(write(tmp_path, settings, template, "")))
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.parametrize(
    ("ask", "lacks"),
    [
        ("{% if own.a %}{{ own.a }}{% else %}{{ own.b }}{% endif %}", ""),
        ("{% if not own.a %}{{ own.b }}{% else %}{{ own.a }}{% endif %}", ""),
        (
            "{% if own.a %}{{ own.a }}{% elif own.b %}{{ own.b }}{% else %}{{ own.c }}{% endif %}",
            "",
        ),
        ("{% if own.a and event %}{{ own.a }}{% else %}{{ voices }}{% endif %}", ""),
        ("{% if own.a or own.b %}{{ voices }}{% else %}{{ own.c }}{% endif %}", ""),
        ("{{ own.a if own.a else own.b }}", ""),
        ("{% if own.a or event %}{{ own.a }}{% else %}{{ own.b }}{% endif %}", "FRA has no a"),
        ("{% if event %}{{ own.a }}{% endif %}", "FRA has no a"),
        ("{% if own.b %}{{ own.a }}{% endif %}", "FRA has no a"),
        ("{% for one in signatories %}{% endfor %}{{ own.c }}", "KEN has no c"),
    ],
)
def test_a_template_may_ask_before_it_names(tmp_path: Path, ask: str, lacks: str) -> None:
    more = '[[states]]\nstate = "KEN"\na = "X"\n[[states]]\nstate = "FRA"\nb = "Y"\n'
    start, _block, _end = TEMPLATE.partition("{% block ask %}")
    template = start + "{% block ask %}\n{% trans %}We ask.{% endtrans %}\n" + ask
    path = write(tmp_path, SETTINGS + more, template + "\n{% endblock %}\n", "")
    found = check.examined(path)
    if lacks:
        assert isinstance(found, list)
        assert lacks in str(found[0])
    else:
        assert isinstance(found, Campaign), found


@pytest.mark.parametrize("to", To)
@pytest.mark.parametrize("treaty", ["CRC", "OPSC", ""])
def test_whom_it_writes_to(tmp_path: Path, to: To, treaty: str) -> None:
    if not treaty and to is not To.ALL:
        return
    head = (f'treaty = "{treaty}"\n' if treaty else "") + f'to = "{to}"\n'
    found = made(tmp_path, head + NO_TREATY)
    records, every = load(), composer(found)
    may = {state.iso3: standing for state, standing in asked.written_to(records, found, TODAY)}
    for iso3 in records.states:
        request = Request(treaty, iso3, Language.EN, TODAY, "Geneva", campaign=found.key)
        letter = every.compose(request)
        if iso3 in may:
            assert isinstance(letter, Letter)
            assert letter.treaties == ((treaty,) if treaty else ())
            assert may[iso3].stage in asked.STAGES[to]
        else:
            assert isinstance(letter, NotAddressed | AlreadyParty)
    if treaty:
        count = sum(
            records.standing(treaty, iso3, TODAY).stage in asked.STAGES[to]
            for iso3 in records.states
        )
        assert len(may) == count
    else:
        assert len(may) == len(records.states)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Campaign]:
    """The models, filled in."""
    return models(tmp_path_factory.mktemp("models"))


@given(
    st.sampled_from(sorted(load().states)),
    st.sampled_from(Language),
    st.dates(date(1946, 1, 1), date(2101, 1, 1)),
    st.sampled_from([RESERVATION, VISIT]),
    st.sampled_from(Purpose),
    st.booleans(),
)
def test_whatever_is_asked_for_comes_or_is_refused(  # noqa: PLR0913, PLR0917 -- all that matters
    both: dict[str, Campaign],
    state: str,
    language: Language,
    day: date,
    name: str,
    purpose: Purpose,
    sent: bool,  # noqa: FBT001 -- drawn
) -> None:
    found = both[name]
    request = Request(
        found.treaty, state, language, day, "X", campaign=name, purpose=purpose, sent=sent
    )
    letter = Composer(load(), TEMPLATES, LOCALES, both).compose(request)
    if not isinstance(letter, Letter):
        return
    text = to_text(letter)
    assert not any(one in text for one in ("{{", "%(", "None", "Undefined"))
    assert letter.subject
    if purpose is Purpose.REQUEST:
        assert letter.campaign == name
        assert letter.text_of("ask")
        assert all(section.text for section in letter.sections)


def test_why_there_is_no_letter(tmp_path: Path, both: dict[str, Campaign]) -> None:
    every = Composer(load(), TEMPLATES, LOCALES, both)
    ask = Request("CRC", "USA", Language.EN, TODAY, "Geneva", campaign=RESERVATION)
    refused = every.compose(ask)
    assert isinstance(refused, NotAddressed)
    assert (refused.to, refused.standing.stage, refused.listed) == (To.PARTIES, Stage.SIGNED, False)
    germany = every.compose(Request("CRC", "DEU", Language.EN, TODAY, "X", campaign=RESERVATION))
    assert isinstance(germany, NotAddressed)
    assert germany.listed
    visit = Request("", "SSD", Language.EN, date(2010, 1, 1), "X", campaign=VISIT)
    assert every.compose(visit) == NotThere(date(2011, 7, 14))
    late = Request("", "SSD", Language.EN, date(2101, 1, 1), "X", campaign=VISIT)
    assert every.compose(late) == OutOfReach(date(2100, 12, 31))
    gone = Request("", "KEN", Language.EN, TODAY, "X", campaign="gone")
    assert every.compose(gone) == NoCampaign("gone")
    party = Request("CRC", "KEN", Language.EN, TODAY, "X", campaign="gone")
    assert every.compose(party) == NoCampaign("gone")
    other = Request("OPSC", "KEN", Language.EN, TODAY, "X", campaign=RESERVATION)
    assert every.compose(other) == NoCampaign(RESERVATION)
    english = made(tmp_path)
    french = Request("CRC", "KEN", Language.FR, TODAY, "X", campaign=english.key)
    assert composer(english).compose(french) == NotInLanguage((Language.EN,))


def test_letters_to_signatories_may_stand_on_the_treatys_own(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"parties"', '"signatories"')
    template = (
        '{% extends "general.jinja" %}\n{% block hope %}\n{% trans %}We hope.{% endtrans %}\n'
    )
    found = made(tmp_path, settings, template + "{% endblock %}\n")
    ask = Request("CRC", "USA", Language.EN, TODAY, "Geneva", campaign=found.key)
    letter = composer(found).compose(ask)
    assert isinstance(letter, Letter)
    assert letter.text_of("hope") == "We hope."
    assert "signature" in letter.text_of("record")


def test_a_list_of_states_on_a_treaty_asks_no_other_first(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"CRC"', '"OPIC"').replace('"parties"', '["USA", "Kenya"]')
    found = made(tmp_path, settings)
    assert (found.to, found.listed) == (To.ALL, ("USA", "KEN"))
    for iso3 in found.listed:
        ask = Request("OPIC", iso3, Language.EN, TODAY, "Geneva", campaign=found.key)
        letter = composer(found).compose(ask)
        assert isinstance(letter, Letter)
        assert letter.treaties == ("OPIC",)
        body = [one.key for one in letter.sections if one.key in BODY_KEYS]
        assert body == ["salutation", "ask", "thanks"]


def test_an_ordinary_campaign_may_have_texts_too(tmp_path: Path) -> None:
    settings = SETTINGS.replace('to = "parties"\n', "").replace("CRC", "OPSC")
    block = "{% block hope %}\n{% trans what=own.what %}We hope for {{ what }}.{% endtrans %}\n"
    template = '{% extends "opsc.jinja" %}\n' + block + "{% endblock %}\n"
    found = made(tmp_path, settings + "[texts]\nwhat = 'more'\n", template)
    assert not found.asks_otherwise
    ask = Request("OPSC", "KEN", Language.EN, TODAY, "Geneva", campaign=found.key)
    letter = composer(found).compose(ask)
    assert isinstance(letter, Letter)
    assert letter.text_of("hope") == "We hope for more."
    assert letter.campaign == ""


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMARCHE_CAMPAIGNS", str(tmp_path))
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))
    model(tmp_path, RESERVATION, ROWS)
    model(tmp_path, VISIT)

    def letter(*arguments: str) -> str:
        start = ["letter", "--date", (TODAY + timedelta(1)).isoformat()]
        return CliRunner().invoke(cli, [*start, *arguments]).output

    assert "Objet\u00a0: invitation à adresser au" in letter(
        "--campaign", VISIT, "--state", "Kenya", "--language", "fr"
    )
    on = ("--campaign", RESERVATION)
    assert "articles 0 and 00 of the Convention" in letter(*on, "--state", "France")
    assert "the campaign writes to parties" in letter(*on, "--state", "USA")
    assert "no thanking" in letter(*on, "--state", "France", "--congratulate")
    assert "Missing option '--treaty'" in letter("--state", "France")
