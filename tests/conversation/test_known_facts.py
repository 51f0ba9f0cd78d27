"""Renewed facts that change what was known: shown whole in the chat, stored with another yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.events import Tap
from bot.letters.model import Language
from tests.conversation.talk import Talk
from tests.conversation.test_news import EVERYONE, JULY, LATER, PARTY, in_july
from tests.reference.pages import page, shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One who may renew the facts."""
    return Talk(tmp_path / "db", administrators=EVERYONE)


def austria(acted: str, *, signed: str = "6 Sep 2000") -> bytes:
    """A page with that row for Austria, which signed and ratified; without it where empty."""
    rows = [row for row in shipped("OPSC") if row[0] != "Austria"]
    rows += [("Austria", signed, acted)] if signed else []
    return page("OPSC", rows, as_of=JULY).encode()


def test_a_withdrawal_after_the_pages_own_day_is_refused(talk: Talk) -> None:
    bracketed = austria("[6 May 2004 ]")
    in_july(talk).command("settings").tap("Status of treaties").file(bracketed, "page.html")
    assert "such as “AUT 3 July 2026”" in talk.screen.text, "no day after the page's own"
    for day in ("1 January 2027", "4 July 2026"):
        talk.type(f"Austria {day}").file(bracketed, "page.html")
        assert "after the page’s own, 3 July 2026" in talk.screen.text
        assert "type the State with a day no later" in talk.screen.text
        assert "Store it" not in talk.labels
    talk.type("AUT 3 July 2026").file(bracketed, "page.html").tap("Store it").command("start")
    assert talk.desk.records.parties("OPSC", LATER) == 177


def test_a_withdrawal_typed_of_another_state_is_refused(talk: Talk) -> None:
    in_july(talk).command("settings").tap("Status of treaties").type("Australia 1 January 2026")
    talk.file(PARTY, "page.html")
    assert "there is nothing to date: AUS." in talk.screen.text
    talk.tap("‹").tap("Status of treaties").file(PARTY, "page.html").tap("Store it")
    assert "Stored" in talk.screen.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            austria("", signed=""),
            [
                "Before: signed on 6 September 2000, ratified on 6 May 2004",
                "On this page: nothing",
            ],
        ),
        (
            austria("6 May 2004", signed="7 Sep 2000"),
            ["On this page: signed on 7 September 2000, ratified on 6 May 2004"],
        ),
        (
            austria("6 May 2004 a"),
            ["On this page: signed on 6 September 2000, acceded on 6 May 2004"],
        ),
        (austria("6 May 2004", signed="7 May 2004"), ["⚠ The signature is later than the act."]),
    ],
)
def test_what_was_known_is_changed_on_a_screen_of_its_own(
    talk: Talk, data: bytes, says: list[str]
) -> None:
    known = talk.desk.records.acts["OPSC"]["AUT"]
    in_july(talk).file(data, "page.html")
    assert "Facts that were known would change." in talk.screen.text
    assert not [label for label in talk.labels if "tore it" in label]
    talk.do(Tap("-:storefacts:0.0"))
    assert "earlier screen" in str(talk.effects[0])
    talk.tap("See the known facts that change")
    assert talk.screen.title == "These known facts would change"
    assert "OPSC · Austria" in talk.screen.text
    for line in says:
        assert line in talk.screen.text
    talk.tap("‹")
    assert "Facts that were known would change." in talk.screen.text
    talk.tap("See the known facts that change").tap("Leave it")
    assert talk.desk.records.acts["OPSC"]["AUT"] == known
    talk.file(data, "page.html").tap("See the known").tap("Change these and store it")
    talk.command("start")
    assert talk.desk.records.acts["OPSC"].get("AUT") != known


def test_many_known_facts_that_change_are_all_seen_before_they_are_stored(talk: Talk) -> None:
    rows = [row for row in shipped("OPSC") if row[0][0] not in "ABC"]
    gone = [row for row in shipped("OPSC") if row[0][0] in "ABC"]
    in_july(talk).file(page("OPSC", rows, as_of=JULY).encode(), "page.html")
    seen, screens = talk.tap("See the known facts that change").screen.text, 1
    while "Next ▶" in talk.labels:
        assert len(talk.screen.text) < 4000
        assert "Change these and store it" not in talk.labels
        seen, screens = seen + talk.tap("Next ▶").screen.text, screens + 1
    assert screens > 1
    assert seen.count("On this page: nothing") == len(gone)
    talk.tap("Change these and store it").command("start")
    assert talk.desk.records.parties("OPSC", LATER) == sum(bool(row[2]) for row in rows)


def test_an_older_page_that_changes_what_was_known_says_both(talk: Talk) -> None:
    rows = [row for row in shipped("OPSC") if row[0] != "Austria"]
    talk.file(page("OPSC", rows, as_of="03-01-2026 10:00:00 EDT").encode(), "page.html")
    talk.tap("See the known facts that change")
    assert "Change these and store it, though it is older" in talk.labels


def test_another_page_sent_meanwhile_is_shown_before_anything_is_stored(talk: Talk) -> None:
    in_july(talk).file(austria("6 May 2004 a"), "page.html").tap("See the known facts that change")
    button = next(b for row in talk.screen.rows for b in row if b.label.startswith("Change"))
    other = [row for row in shipped("OPAC") if row[0] != "Austria"]
    talk.file(page("OPAC", other, as_of=JULY).encode(), "b.html").do(Tap(button.data))
    assert "earlier screen" in str(talk.effects[0])
    talk.tap("See the known facts that change")
    assert "OPSC · Austria" in talk.screen.text
    assert "OPAC · Austria" in talk.screen.text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.FR, "Sur cette page : signature le 7 septembre 2000, ratification le 6 mai 2004"),
        (
            Language.ES,
            "En esta página: firma el 7 de septiembre de 2000, ratificación el 6 de mayo",
        ),
    ],
)
def test_known_facts_in_the_users_language(tmp_path: Path, language: Language, says: str) -> None:
    talk = in_july(Talk(tmp_path / "db", administrators=EVERYONE, language=language))
    talk.file(austria("6 May 2004", signed="7 Sep 2000"), "page.html").tap(
        {"fr": "Voir les données connues", "es": "Ver los datos conocidos"}[language]
    )
    assert says in talk.screen.text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_mark_that_no_heading_lists_is_still_known_of_when_it_is_stored(talk: Talk) -> None:
    rows = [*shipped("OPSC"), ("Barbados", "12 Apr 2026", "12 May 2026 A")]
    headings = ("Signature", "Ratification, Accession(a), Succession(d)")
    data = page("OPSC", rows, as_of=JULY, headings=headings).encode()
    in_july(talk).file(data, "page.html").tap("See the known facts that change")
    assert "⚠ Its mark is none of those that the column’s heading lists." in talk.screen.text
    assert "accepted on 12 May 2026" in talk.screen.text
