"""A treaty is taken by its acronyms and titles in three languages; its subject is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.model import Language
from bot.reference.loader import load, rows_of_treaties
from bot.reference.names import core
from bot.reference.treaty_search import find_treaties

TREATIES = load().treaties


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("opsc", "OPSC"), ("CRC-OP-SC", "OPSC"), ("OP-CRC-SC", "OPSC"), ("CRC-OPSC", "OPSC"),
        ("OP-CRC-AC", "OPAC"), ("OP-CRC-IC", "OPIC"), ("OP3 CRC", "OPIC"), ("op crpd", "CRPD-OP"),
        ("CRPD-OP", "CRPD-OP"), ("OPCRPD", "CRPD-OP"), ("ICERD", "CERD"), ("CIEDR", "CERD"),
        ("CEDR", "CERD"), ("PIDCP", "ICCPR"), ("PIDESC", "ICESCR"), ("CESCR", "ICESCR"),
        ("OP-ICESCR", "ICESCR-OP"), ("PF-PIDESC", "ICESCR-OP"), ("ICCPR-OP", "ICCPR-OP1"),
        ("PF-PIDCP", "ICCPR-OP1"), ("PIDCP-PF1", "ICCPR-OP1"), ("OP2-ICCPR", "ICCPR-OP2"),
        ("CCPR-OP2-DP", "ICCPR-OP2"), ("PF2-PIDCP", "ICCPR-OP2"), ("CEDEF", "CEDAW"),
        ("OP-CEDAW", "CEDAW-OP"), ("PF-CEDAW", "CEDAW-OP"), ("PF-CEDEF", "CEDAW-OP"),
        ("CAT", "CAT"), ("CCT", "CAT"), ("UNCAT", "CAT"), ("OPCAT", "OPCAT"), ("OPCT", "OPCAT"),
        ("CAT-OP", "OPCAT"), ("SPT", "OPCAT"), ("CDE", "CRC"), ("CIDE", "CRC"), ("CDN", "CRC"),
        ("UNCRC", "CRC"), ("CTM", "ICRMW"), ("CIPTM", "ICRMW"), ("ICMW", "ICRMW"),
        ("CMW", "ICRMW"), ("CIPDTM", "ICRMW"), ("CDPH", "CRPD"), ("CDPD", "CRPD"),
        ("CED", "CED"), ("ICPPED", "CED"), ("CPED", "CED"),
        ("Convention against Torture", "CAT"), ("Convention contre la torture", "CAT"),
        ("Second Optional Protocol to the ICCPR", "ICCPR-OP2"),
        ("Protocole facultatif au PIDESC", "ICESCR-OP"),
        ("the Convention on the Rights of the Child", "CRC"),
    ],
)  # fmt: skip
def test_an_acronym_or_a_title_is_taken(text: str, code: str) -> None:
    assert find_treaties(text).exact == TREATIES[code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mujeres", "CEDAW CEDAW-OP"), ("droits des femmes", "CEDAW CEDAW-OP"),
        ("women", "CEDAW CEDAW-OP"), ("mujeers", "CEDAW CEDAW-OP"), ("migrantes", "ICRMW"),
        ("trabajadores migrantes", "ICRMW"), ("migrant workers", "ICRMW"),
        ("migrnt workers", "ICRMW"), ("disability", "CRPD CRPD-OP"), ("handicap", "CRPD CRPD-OP"),
        ("discapacidad", "CRPD CRPD-OP"), ("child soldiers", "OPAC"), ("enfants soldats", "OPAC"),
        ("niños soldados", "OPAC"), ("conflits armés", "OPAC"), ("sale of children", "OPSC"),
        ("childrn sale", "OPSC"), ("children", "CRC OPAC OPSC OPIC"), ("disappearances", "CED"),
        ("disapearances", "CED"), ("desapariciones", "CED"), ("racism", "CERD"),
        ("racismo", "CERD"), ("torture", "CAT OPCAT"), ("death penalty", "ICCPR-OP2"),
        ("peine de mort", "ICCPR-OP2"), ("pena de muerte", "ICCPR-OP2"), ("privacy", "ICCPR"),
        ("OPSX", "OPSC"), ("CRC-OP", "OPAC OPSC OPIC"), ("pidsc", "ICESCR ICESCR-OP"),
        ("protocolo mujeres", "CEDAW-OP CEDAW"), ("CRC and CEDAW", "CRC CEDAW"),
        ("CRC, CAT", "CRC CAT"), ("women's rights", "CEDAW CEDAW-OP"),
        ("girls", "CEDAW CEDAW-OP CRC OPAC OPSC OPIC"),
        ("filles", "CEDAW CEDAW-OP CRC OPAC OPSC OPIC"),
        ("niñas", "CEDAW CEDAW-OP CRC OPAC OPSC OPIC"),
        ("communications", "ICESCR-OP ICCPR-OP1 CEDAW-OP OPIC CRPD-OP"),
        # the Covenant and the Convention on the Rights of the Child number their protocols alike
        ("OP1", "ICCPR-OP1 OPAC OPSC"), ("PF1", "ICCPR-OP1 OPAC OPSC"),
        ("OP2", "ICCPR-OP2 OPAC OPSC"), ("PF2", "ICCPR-OP2 OPAC OPSC"),
        ("OP3", "OPIC"), ("PF3", "OPIC"), ("first optional protocol", "ICCPR-OP1 OPAC OPSC"),
        ("second optional protocol", "ICCPR-OP2 OPAC OPSC"),
        ("deuxième protocole facultatif", "ICCPR-OP2 OPAC OPSC"),
    ],
)  # fmt: skip
def test_words_and_slips_are_asked(text: str, codes: str) -> None:
    match = find_treaties(text)
    assert match.exact is None
    assert [treaty.code for treaty in match.near] == codes.split()


@pytest.mark.parametrize("code", TREATIES)
def test_every_code_and_title_is_that_treaty(code: str) -> None:
    for text in (code, code.lower(), *TREATIES[code].titles.values()):
        assert find_treaties(text).exact == TREATIES[code], text


def test_every_title_in_arabic_russian_and_chinese_is_that_treaty_and_has_a_source() -> None:
    found = [(one, title) for one in TREATIES.values() for title in one.also_titled if title]
    assert len(found) >= 34
    for treaty, title in found:
        assert find_treaties(title).exact == treaty, title


def test_every_listed_name_finds_its_treaty() -> None:
    for code, row in rows_of_treaties("names"):
        if row["kind"] == "passing":
            continue
        match = find_treaties(row["name"])
        assert code in [treaty.code for treaty in match.found], row
        assert row["language"] in set(Language)
        assert row["kind"] in {"acronym", "name", "keyword", "asked"}


def test_no_acronym_is_a_name_of_a_state() -> None:
    listed = (row for _code, row in rows_of_treaties("names"))
    acronyms = {row["name"].casefold() for row in listed if row["kind"] == "acronym"}
    assert acronyms & core().whole.keys() == set()


@pytest.mark.parametrize(
    "text",
    [
        "xyzzy",
        "",
        "!!!",
        "Kenya",
        "whaling",
        "tobacco",
        "hello",
        "all",
        "tous",
        "Istanbul convention",
        "Antarctica",
        "WTO",
        "older persons",
    ],
)
def test_nothing_is_found_where_nothing_is_meant(text: str) -> None:
    assert find_treaties(text).found == ()


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(find_treaties(text).found) <= 8


WORDS = sorted({word for _code, row in rows_of_treaties("names") for word in row["name"].split()})


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text())
def test_a_whole_name_is_what_is_certain_and_nothing_else(text: str) -> None:
    match = find_treaties(text, whole=True)
    assert match.exact == find_treaties(text).exact
    assert not match.near
