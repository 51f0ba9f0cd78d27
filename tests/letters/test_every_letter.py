"""Every treaty, every State not party, every language: nothing left over, nothing doubled."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.model import (
    MISSIONS,
    Addressee,
    Gender,
    Language,
    Letter,
    Office,
    Purpose,
    Rank,
    Signatory,
    Stage,
)
from bot.letters.request import AlreadyParty, BeforeAdoption, NotOpen, NotParty, NotThere, Request
from tests.world import ALL_KNOWN, COMPOSER_OF_ALL

RECORDS, COMPOSER = ALL_KNOWN, COMPOSER_OF_ALL
TWO = (Signatory("A. Example", "Example Organisation"), Signatory("B. Example", "Zweite"))
PLACES = {Language.EN: "Geneva", Language.FR: "Genève", Language.ES: "Ginebra"}

WHOM = [
    Addressee(rank, gender, name)
    for rank in (None, *Rank)
    for gender in (None, *Gender)
    for name in ("", "A. Example")
]

SAMPLE = 7
"""Of so many States one; `make letters` takes each."""

ENGLISH = re.compile(
    r"\b(the|of|and|to|has|have|we|our|your|with|its|is|for|by|since|hope|urge|regret|"
    r"State|States|party|parties to|adoption of|United Nations|Covenant|Protocol to)\b"
)
SPANISH_ONLY = re.compile(r"\b(los|las|del|una|que se|Naciones)\b")
FRENCH_ONLY = re.compile(r"\b(le|les|du|des|et|une|Nations Unies)\b")


def body(letter: Letter) -> str:
    """What the template wrote: names of co-signers and of the Mission's State are data."""
    data = {"signatories", "contact"}
    return "\n".join(section.text for section in letter.sections if section.key not in data)


def check(letter: Letter) -> None:
    text = "\n".join(section.text for section in letter.sections)
    assert not re.search(r"%\(|\{\{|\}\}|\{%|None|Undefined|[\x1e\x1f]", text)
    assert not re.search(r"[ \u00a0\u202f]{2}|\s[,.]|\.\.| $|^ ", text, re.MULTILINE)
    assert "'" not in body(letter), "typewriter apostrophe"
    assert not re.search(r"[a-zéü’][.;:][A-ZÉ]", body(letter)), "no blank between sentences"
    for treaty in RECORDS.treaties.values():
        title = re.escape(treaty.titles[letter.language])
        assert len(set(re.findall(title, text, re.IGNORECASE))) <= 1, "two spellings of one title"
    if letter.language is Language.EN:
        assert not re.search(r"[«»\u202f]", text)
        assert not re.search(r"(?:^|[.:;?!] |– )\d", body(letter), re.MULTILINE), (
            "begins in figures"
        )
        return
    assert not ENGLISH.search(body(letter)), ENGLISH.search(body(letter))
    if letter.language is Language.FR:
        assert not SPANISH_ONLY.search(body(letter))
        assert not re.search(r"[^\u00a0\u202f\s]:(?=\s)|[ ][:;!?»]|« ", text)
        assert not re.search(r"\bde les\b(?! ratifier\b)|\bà les?\b", body(letter))
        assert not re.search(r"\bde [aeiouéèêÉ]|\bde le\b(?! (ratifier|faire)\b)", body(letter))
        assert not re.search(r"\b(Etat|Etats|optionnel)\b", text)
    else:
        assert not FRENCH_ONLY.search(body(letter))
        assert not re.search(r"\b(de el|a el) ", body(letter))
        assert not re.search(r"adopción|opcional|[¿¡]|Excelencia,$", text, re.MULTILINE)


@pytest.mark.parametrize("treaty", RECORDS.treaties)
@pytest.mark.parametrize("language", Language)
def test_every_state_not_party(treaty: str, language: Language, every_letter: bool) -> None:  # noqa: FBT001 -- a fixture
    on = date(2026, 3, 2)
    pairs = RECORDS.not_party(treaty, on)
    assert pairs
    for number, (state, standing) in enumerate(pairs if every_letter else pairs[::SAMPLE]):
        request = Request(
            treaty,
            state.iso3,
            language,
            on,
            PLACES[language],
            (Office.GENEVA, Office.NEW_YORK)[number % 2],
            TWO,
        )
        letter = COMPOSER.compose(request)
        assert isinstance(letter, Letter)
        assert letter.stage is standing.stage
        check(letter)


@settings(max_examples=150, deadline=None)
@given(
    treaty=st.sampled_from(sorted(RECORDS.treaties)),
    state=st.sampled_from(sorted(RECORDS.states)),
    language=st.sampled_from(list(Language)),
    on=st.dates(date(1965, 12, 1), date(2060, 12, 31)),
    seat=st.sampled_from(MISSIONS),
    alone=st.booleans(),
    without=st.frozensets(st.sampled_from(["regret", "record", "support", "occasion", "hope"])),
)
def test_any_date(  # noqa: PLR0913, PLR0917 -- one argument an answer
    treaty: str,
    state: str,
    language: Language,
    on: date,
    seat: Office,
    alone: bool,  # noqa: FBT001 -- drawn by hypothesis
    without: frozenset[str],
) -> None:
    signatories = (Signatory("A. Example"),) if alone else TWO
    request = Request(treaty, state, language, on, PLACES[language], seat, signatories, without)
    result = COMPOSER.compose(request)
    if on < RECORDS.treaties[treaty].adopted_on:
        assert isinstance(result, BeforeAdoption)
    elif RECORDS.standing(treaty, state, on).stage is Stage.PARTY:
        assert isinstance(result, AlreadyParty)
    elif not RECORDS.is_there(state, on):
        assert isinstance(result, NotThere)
    elif not RECORDS.is_open(treaty, state):
        assert isinstance(result, NotOpen)
    else:
        assert isinstance(result, Letter)
        check(result)
        plural = re.search(r"\b(we|our|nous|notre|nuestra|instamos)\b", body(result), re.IGNORECASE)
        assert bool(plural) is not alone
        assert COMPOSER.compose(request) == result


@pytest.mark.parametrize("language", Language)
def test_every_treaty_says_what_it_does_in_words_of_its_own(language: Language) -> None:
    on, passages = date(2026, 3, 2), set()
    for treaty in RECORDS.treaties:
        state = next(
            one.iso3
            for one, _standing in RECORDS.not_party(treaty, on)
            if not RECORDS.lacking(treaty, one.iso3, on)
        )
        letter = COMPOSER.compose(Request(treaty, state, language, on, PLACES[language]))
        assert isinstance(letter, Letter)
        _count, _, does = letter.text_of("support").partition(". ")
        assert len(does.split()) > 30, treaty
        passages.add(does)
    assert len(passages) == len(RECORDS.treaties)


@pytest.mark.parametrize("treaty", RECORDS.treaties)
@pytest.mark.parametrize("language", Language)
def test_every_state_party_is_congratulated(
    treaty: str,
    language: Language,
    every_letter: bool,  # noqa: FBT001 -- a fixture
) -> None:
    on, states = date(2026, 3, 2), list(RECORDS.states)
    for number, state in enumerate(states if every_letter else states[::SAMPLE]):
        request = Request(
            treaty,
            state,
            language,
            on,
            PLACES[language],
            signatories=TWO[: number % 2 + 1],
            purpose=Purpose.CONGRATULATION,
        )
        letter = COMPOSER.compose(request)
        standing = RECORDS.standing(treaty, state, on)
        if standing.stage is not Stage.PARTY:
            assert letter == NotParty(standing)
            continue
        assert isinstance(letter, Letter)
        check(letter)
        assert {"record", "regret", "opportunity"}.isdisjoint(s.key for s in letter.sections)


def test_non_signatories_accede_and_signatories_ratify() -> None:
    verbs = {
        Language.EN: ("accede", "ratify"),
        Language.FR: ("adhérer", "ratifier"),
        Language.ES: ("adherirse", "ratificar"),
    }
    for language, (accede, ratify) in verbs.items():
        for iso3, verb, other in (("IND", ratify, accede), ("GBR", accede, ratify)):
            request = Request("CED", iso3, language, date(2026, 3, 2), PLACES[language])
            letter = COMPOSER.compose(request)
            assert isinstance(letter, Letter)
            assert verb in letter.text_of("ask")
            assert other not in letter.text_of("ask")


def test_a_signature_by_succession_is_never_called_a_signature_on_a_day() -> None:
    words = {Language.EN: "succeeded", Language.FR: "succession", Language.ES: "sucedi"}
    for language, word in words.items():
        request = Request("ICRMW", "MNE", language, date(2026, 3, 2), PLACES[language])
        letter = COMPOSER.compose(request)
        assert isinstance(letter, Letter)
        assert word in letter.text_of("record").lower()
        assert "by your Government" not in letter.text_of("record")


def test_a_state_that_withdrew_is_asked_to_become_a_party_again() -> None:
    words = {
        Language.EN: ("8 February 2023", "become a party to the Optional Protocol again"),
        Language.FR: ("8\u00a0février 2023", "redevenir partie au Protocole facultatif"),
        Language.ES: ("8 de febrero de 2023", "volver a ser parte en el Protocolo Facultativo"),
    }
    for language, (day, again) in words.items():
        request = Request("ICCPR-OP1", "BLR", language, date(2026, 3, 2), PLACES[language])
        letter = COMPOSER.compose(request)
        assert isinstance(letter, Letter)
        assert day in letter.text_of("regret")
        assert again in letter.text_of("ask")
        assert letter.stage is Stage.NO_ACTION


@pytest.mark.parametrize("treaty", RECORDS.treaties)
@pytest.mark.parametrize("language", Language)
def test_every_state_at_every_office(
    treaty: str,
    language: Language,
    every_letter: bool,  # noqa: FBT001 -- a fixture
) -> None:
    on, whom = date(2026, 3, 2), itertools.cycle(WHOM)
    letters = list(itertools.product(RECORDS.states, Office))
    sample = letters if every_letter else letters[len(treaty) :: SAMPLE * SAMPLE]
    for (state, office), addressee in zip(sample, whom, strict=False):
        standing = RECORDS.standing(treaty, state, on)
        thanks = standing.stage is Stage.PARTY
        request = Request(
            treaty,
            state,
            language,
            on,
            PLACES[language],
            office,
            TWO,
            addressee=addressee,
            purpose=Purpose.CONGRATULATION if thanks else Purpose.REQUEST,
            city=PLACES[language],
        )
        letter = COMPOSER.compose(request)
        if not thanks and not RECORDS.is_open(treaty, state):
            assert isinstance(letter, NotOpen)
            continue
        assert isinstance(letter, Letter)
        check(letter)
