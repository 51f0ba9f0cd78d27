"""Campaigns that ask for something else than to join a treaty, in the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.conversation.endorsing.words import called
from bot.conversation.many.kept import JobStatus
from bot.conversation.talk.context import concerns, request_of
from bot.conversation.talk.effects import RunJob, SendFiles, SendLetter
from bot.desk import jobs
from bot.desk.record import record_of
from bot.letters.compose import Composer
from bot.letters.model import Language, Letter
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from tests.campaigns.folders import campaign, models, write
from tests.conversation.talk import Talk
from tests.conversation.test_news import EVERYONE, PARTY, in_july, renewed
from tests.signings.playing import signing_of, visit
from tests.world import CO_SIGNERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One at a bot that has both models."""
    talk = Talk(tmp_path / "db")
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES, models(tmp_path))
    return talk


def letter_of(talk: Talk) -> Letter:
    assert talk.session.draft
    letter = talk.desk.letters.compose(request_of(talk.session.draft, talk.desk))
    assert isinstance(letter, Letter)
    return letter


def a_letter(talk: Talk, campaign: str, state: str = "kenya") -> Talk:
    talk.command("new").tap(campaign).type(state)
    if "Choose anew" in talk.labels:
        talk.tap("Choose anew")
    return talk.tap("English").type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva")


def test_a_letter_without_a_treaty(talk: Talk) -> None:
    talk.command("new")
    assert talk.labels[:2] == ["★ Invite the Special Rapporteur", "★ Withdraw a reservation (CRC)"]
    talk.tap("★ Invite")
    assert "This campaign writes to 197 States." in talk.screen.text
    talk.type("kenya")
    assert "Invite the Special Rapporteur" in talk.screen.text
    talk.tap("English").type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva")
    assert talk.has_letter
    assert any(isinstance(one, SendLetter) for one in talk.effects)
    assert "★ Invite the Special Rapporteur" in talk.screen.text
    assert "English\n★" in talk.screen.text
    for words in ("Status of treaties", "ratified", "Facts of"):
        assert words not in talk.screen.text
    assert letter_of(talk).subject == (
        "Subject: invitation to the Special Rapporteur on the right to education"
    )
    talk.tap("Change")
    assert "Campaign: Invite the Special Rapporteur" in talk.labels
    assert "Add or remove treaties" not in talk.labels


def test_its_files_are_called_after_the_campaign(talk: Talk) -> None:
    a_letter(talk, "★ Invite").tap("PDF")
    found = next(one for one in talk.effects if isinstance(one, SendFiles))
    assert found.draft.campaign == "invite-the-special-rapporteur"
    assert letter_of(talk).stem == "invite-the-special-rapporteur"


def test_old_facts_are_none_of_its_concern(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "late", today=date(2027, 6, 1))
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES, models(tmp_path))
    a_letter(talk, "★ Invite")
    assert "⚠ Facts of 3 February 2026" not in talk.labels
    talk.tap("Many States")
    assert "Status of treaties" not in talk.screen.text
    a_letter(talk, "★ Withdraw").tap("⚠ Facts of 3 February 2026")
    assert "This letter rests on facts of 3 February 2026" in talk.screen.text
    assert not any("as at" in label for label in talk.labels)


def test_a_letter_to_a_party(talk: Talk) -> None:
    talk.command("new").tap("★ Withdraw")
    assert "This campaign writes to parties: to 3 States (status of CRC of" in talk.screen.text
    assert {"France", "Holy See", "Kenya"} <= set(talk.labels)
    talk.type("Germany")
    assert "Germany is not among the States that this campaign writes to" in talk.screen.text
    talk.type("United States")
    assert "signed on 16 February 1995, not ratified. This campaign writes to parties." in (
        talk.screen.text
    )
    talk.type("South Sudn")
    assert "South Sudan is not among the States" in talk.screen.text
    talk.type("Atlantis")
    assert "No State of that name is known" in talk.screen.text
    talk.type("france").tap("English").type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva")
    assert talk.has_letter
    assert "reservations concerning articles 0 and 00 of the Convention" in (
        letter_of(talk).text_of("record")
    )
    assert "France: ratified on 7 August 1990" in talk.screen.text
    assert "congratulat" not in " ".join(talk.labels)
    assert "l’État" not in talk.screen.text
    talk.tap("Another State")
    assert "Kenya" in talk.labels
    assert "France ✉" in talk.labels
    talk.type("Kenya")
    assert talk.has_letter or talk.tap("As last time").has_letter


def test_another_campaign_keeps_a_state_that_it_writes_to(talk: Talk) -> None:
    a_letter(talk, "★ Invite").tap("Change").tap("Campaign: Invite").tap("★ Withdraw")
    assert talk.has_letter
    assert "article 0" in letter_of(talk).subject
    talk.tap("Change").tap("State: Kenya").type("France").tap("English")
    talk.tap("Change").tap("Treaty: Withdraw").tap("★ Invite")
    assert talk.has_letter
    talk.tap("Change").tap("State: France").type("Germany")
    if "English" in talk.labels:
        talk.tap("English")
    assert talk.has_letter
    talk.tap("Change").tap("Campaign: Invite").tap("★ Withdraw")
    assert "Germany is not among the States" in talk.screen.text
    assert talk.screen.title == "Which State is the letter to?"


def test_my_letters_know_it_by_its_title(talk: Talk) -> None:
    a_letter(talk, "★ Invite")
    a_letter(talk, "★ Withdraw", "france")
    talk.command("letters")
    kenya = "Kenya · Invite the Special Rapporteur · English · 2 Mar"
    france = "France · Withdraw a reservation · English · 2 Mar"
    assert {kenya, france} <= set(talk.labels)
    talk.type("rapporteur")
    assert kenya in talk.labels
    assert france not in talk.labels
    talk.tap(kenya)
    assert talk.has_letter
    talk.tap("More").tap("Sent, answered").tap("Delete")
    assert kenya.split(" · ")[1] in talk.screen.text


def test_many_states(talk: Talk) -> None:
    a_letter(talk, "★ Withdraw").tap("Many States")
    assert "☐ All that the campaign writes to (3)" in talk.labels
    assert not any("not party" in label or "signed" in label for label in talk.labels)
    talk.type("Germany, Kenya, United States")
    assert "Germany is not among the States" in talk.screen.text
    assert "This campaign writes to parties." in talk.screen.text
    talk.tap("◩ All that").tap("Write 3 letters").tap("Write the letters")
    job_id = next(one.job_id for one in talk.effects if isinstance(one, RunJob))
    files = written(talk, job_id)
    assert "word/CRC-FRA-fr-2026-03-02.docx" in files
    talk.command("letters").tap("Withdraw a reservation · 3 States")
    assert "joined" not in talk.screen.text


def files_of(talk: Talk, job_id: str) -> dict[str, bytes]:
    """All that is in the ZIP files of a job."""
    found = talk.desk.shelves.jobs.find(job_id)
    assert found
    work = jobs.Work(talk.desk, found[1], Language.EN, None)
    for target in found[1].targets:
        work.write(target)
    files: dict[str, bytes] = {}
    for _name, path in work.finish():
        with ZipFile(BytesIO(path.read_bytes())) as file:
            files |= {name: file.read(name) for name in file.namelist()}
    work.close()
    talk.desk.shelves.jobs.end(job_id, JobStatus.DONE)
    return files


def written(talk: Talk, job_id: str) -> list[str]:
    return list(files_of(talk, job_id))


def index_of(talk: Talk, job_id: str) -> str:
    """The parts of the index, as text."""
    (index,) = (data for name, data in files_of(talk, job_id).items() if name.endswith(".xlsx"))
    with ZipFile(BytesIO(index)) as file:
        return "".join(file.read(name).decode() for name in file.namelist())


def test_many_states_without_a_treaty(talk: Talk) -> None:
    a_letter(talk, "★ Invite").tap("Many States").type("Kenya, France, Niue")
    assert "3 letters" in talk.screen.text
    talk.tap("Write 3 letters").tap("Write the letters")
    job_id = next(one.job_id for one in talk.effects if isinstance(one, RunJob))
    names = written(talk, job_id)
    assert "pdf/invite-the-special-rapporteur-NIU-en-2026-03-02.pdf" in names


def test_a_campaign_that_is_gone(talk: Talk) -> None:
    a_letter(talk, "★ Invite")
    a_letter(talk, "★ Withdraw", "france")
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES)
    talk.command("letters").tap("Kenya · invite-the-special-rapporteur")
    assert "is no longer there as it was" in talk.screen.text
    talk.tap("Change").tap("Treaty: invite").tap("OPSC –")
    assert talk.has_letter
    talk.command("letters").tap("France · CRC")
    assert "is no longer there as it was" in talk.screen.text
    assert "A letter of congratulation instead" not in talk.labels


def test_a_campaign_that_is_gone_while_its_questions_are_answered(talk: Talk) -> None:
    talk.command("new").tap("★ Invite")
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES)
    talk.type("Kenya")
    assert "is no longer there" in talk.screen.text


def test_a_language_that_it_is_no_longer_in(talk: Talk) -> None:
    a_letter(talk, "★ Invite").tap("More").tap("→ Español")
    found = {
        key: replace(one, languages=(Language.EN, Language.FR))
        for key, one in talk.desk.letters.campaigns.items()
    }
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES, found)
    talk.command("letters").tap("Kenya · Invite")
    assert "in these languages only: English, Français" in talk.screen.text
    assert "Change" in talk.labels


def test_as_last_time_and_in_french(talk: Talk) -> None:
    a_letter(talk, "★ Invite")
    talk.command("new").tap("★ Invite").type("Ghana")
    assert talk.screen.title == "The rest as last time?"
    talk.tap("As last time")
    assert talk.has_letter
    talk.tap("More").tap("→ Français")
    assert letter_of(talk).subject.startswith("Objet\u00a0: invitation à adresser au Rapporteur")


def test_a_date_before_the_treaty_or_the_state(talk: Talk) -> None:
    a_letter(talk, "★ Invite", "South Sudan").tap("Change").tap("Place and date").type("2010-05-01")
    assert "Member of the United Nations only from 14 July 2011" in talk.screen.text
    a_letter(talk, "★ Withdraw").tap("Change").tap("Place and date").type("1990-01-15")
    assert "neither signed nor ratified. This campaign writes to parties" in talk.screen.text


def test_it_is_put_to_its_co_signers_by_its_title(talk: Talk) -> None:
    talk.desk.public_url = "https://letters.example.org"
    a_letter(talk, "★ Invite").tap("Share").tap("Ask the co-signers").tap("Open for signing")
    found = signing_of(talk)
    assert (found.treaties, found.titles[Language.FR]) == ((), "Inviter le Rapporteur spécial")
    talk.command("start").tap("1 signing").tap("Invite the Special Rapporteur · Kenya")
    assert "Invite the Special Rapporteur · Kenya" in talk.screen.title + talk.screen.text
    token = talk.tap("Invite").tap("… Example Organisation").invitation
    assert visit(talk, token, Language.FR).texts == ("KEN.en", "KEN.fr", "KEN.es")
    french = called(talk.desk.translator(Language.FR), talk.desk.records, found)
    assert french == "Inviter le Rapporteur spécial · Kenya"
    with_names = record_of(talk.desk, found, Language.ES)
    assert with_names.title == "Invitar al Relator Especial · Kenya"


def test_what_a_state_does_about_the_treaty_is_no_news_to_a_letter_to_parties(
    tmp_path: Path,
) -> None:
    talk = Talk(tmp_path / "db", administrators=EVERYONE)
    settings = 'treaty = "OPSC"\nto = "{}"\nlanguages = ["en"]\n\n[title]\nen = "Campaign {}"\n'
    template = (
        '{% extends "frame.jinja" %}\n{% block reference %}\n{% trans %}Subject: it{% endtrans %}\n'
        "{% endblock %}\n{% block ask %}\n{% trans %}We ask.{% endtrans %}\n{% endblock %}\n"
    )
    found = {}
    for to in ("all", "signatories"):
        (tmp_path / to).mkdir()
        made = campaign(write(tmp_path / to, settings.format(to, to), template, ""))
        found[to] = replace(made, key=to)
    talk.desk.letters = Composer(load(), TEMPLATES, LOCALES, found)
    a_letter(talk, "★ Campaign all")
    a_letter(talk, "★ Campaign signatories")
    renewed(talk, PARTY)
    talk.command("news")
    in_july(talk).command("letters").tap("Kenya · Campaign all")
    assert talk.has_letter
    talk.command("letters").tap("Kenya · Campaign signatories")
    assert "it is stopped, since there is nothing left to ask for" in talk.screen.text
    kept = [draft for draft in talk.desk.shelves.drafts.of(talk.user) if draft.is_complete]
    told = {one.campaign: concerns(one, "OPSC", talk.desk) for one in kept}
    assert told == {"all": False, "signatories": True}


def test_the_index_of_many_letters(talk: Talk) -> None:
    a_letter(talk, "★ Invite").tap("Many States").type("Kenya, France")
    talk.tap("Write 2 letters").tap("Write the letters")
    job_id = next(one.job_id for one in talk.effects if isinstance(one, RunJob))
    index = index_of(talk, job_id)
    assert "Letters on Invite the Special Rapporteur" in index
    assert "Status of treaties" not in index
    assert "invite-the-special-rapporteur-KEN-en-2026-03-02.docx" in index
    a_letter(talk, "★ Withdraw").tap("Many States").type("Kenya, France")
    talk.tap("Write 2 letters").tap("Write the letters")
    job_id = next(one.job_id for one in talk.effects if isinstance(one, RunJob))
    index = index_of(talk, job_id)
    assert "Letters on Withdraw a reservation" in index
    assert ">party<" in index


def test_it_is_found_by_its_title_and_worded_section_by_section(talk: Talk) -> None:
    talk.command("new").type("inviter le rapporteur spécial").type("Ghana").tap("English")
    talk.type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva").tap("Change")
    talk.tap("The text, section by section")
    labels = " ".join(talk.labels)
    assert "We encourage your Government" in labels
    assert "We welcome" not in labels
