"""One person's name, found and taken out wherever it stands, while the bot runs."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.booked import OFFICE
from bot.keeping.naming import Name
from bot.letters.mission_book import Book, Entry
from bot.letters.model import Addressee, Office, Rank, Signatory
from bot.signings.values import Status
from bot.storage.errors import OvertakenError
from bot.storage.names import LABELS
from bot.storage.typed import TYPED
from bot.storage.unnaming import EDITS
from tests.conversation.talk import Talk
from tests.everything import left
from tests.hosted import connect
from tests.signings.playing import everyone, opened
from tests.test_cli import run
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Draft

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MARK = "[name removed]"


def name(words: str = "Zqjane Zqdoe", organisation: str = "") -> Name:
    found = Name.of(words, organisation)
    assert found
    return found


def forgotten(talk: Talk, words: str = "zqjane  ZQDOE", organisation: str = "") -> int:
    places = talk.desk.store.names.forget(name(words, organisation), NOW)
    talk.desk.store.tidy()
    return places


def written(talk: Talk) -> Draft:
    return talk.desk.shelves.drafts.of(talk.user)[0]


def in_everything(path: Path) -> Talk:
    """The name at every place that a person fills: letter, history, set, list, book, own words."""
    talk = Talk(path, administrators=frozenset({"test:"}))
    talk.command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("A. Example, Example Organisation\nZqjane Zqdoe, Chair, Second Organisation")
    talk.tap("Done").tap("Geneva").tap("Geneva")
    talk.tap("Change").tap("The text").tap("☑ Hope")
    talk.type("We hope that Zqjane Zqdoe may call on you, and Zqjane Zqdoerr, too.")
    talk.command("sets")
    draft = written(talk)
    talk.desk.store.shelves.missions.put(
        OFFICE,
        Book(
            (
                Entry(
                    "KEN",
                    Office.GENEVA,
                    TODAY,
                    lines=("c/o Zqjane Zqdoe", "Example Street 1"),
                    email="zqjane.zqdoe@example.org",
                    addressee=Addressee(Rank.AMBASSADOR, None, "Dr. Zqjane ZQDOE"),
                ),
            )
        ),
        TODAY,
    )
    addressed = replace(draft, addressee=Addressee(Rank.AMBASSADOR, None, "Zqjane Zqdoe"))
    opened_now = talk.desk.store.people.open(talk.user)
    session = replace(opened_now.session, draft=addressed)
    talk.desk.store.save(session, (), None, {})
    return talk


def test_every_table_with_words_is_looked_through() -> None:
    assert set(LABELS) == {one.table for one in TYPED}
    assert set(EDITS) == set(LABELS) - {"signing_texts"}, "what was confirmed is not changed"


@pytest.mark.file
@pytest.mark.clear
def test_the_name_is_gone_and_all_else_stays(tmp_path: Path) -> None:
    talk = in_everything(tmp_path / "db")
    found = talk.desk.store.names.find(name())
    kinds = {(LABELS[table], what) for (table, what), count in found.places.items() if count}
    assert kinds >= {
        ("letters", "co-signer"),
        ("letters", "addressee"),
        ("letters", "text"),
        ("history of letters", "co-signer"),
        ("mission books", "head of an office"),
        ("mission books", "text"),
        ("last choices", "co-signer"),
        ("letters still to be sent", "co-signer"),
    }
    before = left(talk.path, tmp_path / "tmp", set())
    assert {one.lower() for one in before} == {b"zqjane", b"zqdoe", b"zqdoerr"}
    assert forgotten(talk) == found.places.total()
    words = {one.lower() for one in left(talk.path, tmp_path / "tmp", set())}
    assert words == {b"zqjane", b"zqdoerr"}, "another's name stays"
    draft = written(talk)
    assert [one.name for one in draft.signatories] == ["A. Example"]
    assert draft.addressee == Addressee(Rank.AMBASSADOR, None, "")
    (change,) = draft.changes
    assert (
        change.wordings[0].text == f"We hope that {MARK} may call on you, and Zqjane Zqdoerr, too."
    )
    (entry,) = talk.desk.shelves.missions.entries(OFFICE, "KEN")
    assert (entry.lines, entry.email) == ((f"c/o {MARK}", "Example Street 1"), "")
    assert entry.addressee == Addressee(Rank.AMBASSADOR, None, "")
    assert talk.desk.store.check() == "ok"
    assert talk.desk.store.names.find(name()).places.total() == 0
    assert forgotten(talk) == 0
    talk.command("letters").tap("Kenya")
    assert talk.has_letter


def test_only_of_one_organisation(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db")
    talk.command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Zqjane Zqdoe, Example Organisation\nZqjane Zqdoe, Second Organisation").tap("Done")
    assert forgotten(talk, organisation="second  ORGANISATION")
    assert written(talk).signatories == (Signatory("Zqjane Zqdoe", "Example Organisation"),)
    assert talk.desk.store.names.find(name(organisation="second organisation")).left


def test_a_letter_that_loses_its_only_co_signer_is_still_a_letter(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Zqjane Zqdoe, Second Organisation").tap("Done").tap("Geneva").tap("Geneva")
    assert talk.has_letter
    # As if the process had died before it could tidy up: the next start does.
    assert talk.desk.store.names.forget(name(), NOW)
    talk.close()
    later = Talk(talk.path)
    assert left(talk.path, tmp_path / "tmp", set()) == set()
    later.count = talk.count
    later.command("letters").tap("Kenya")
    assert later.has_letter
    later.command("new").tap("OPSC").type("ghana")
    assert "Zqjane" not in later.screen.text


def test_a_list_that_is_not_added_loses_the_row(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.file(b"first name,last name,organisation\nZqjane,Zqdoe,Second\nA.,Example,Example\n")
    assert forgotten(talk) == 1
    assert left(talk.path, tmp_path / "tmp", set()) == set()
    table = talk.desk.shelves.lists.of(talk.user)
    assert table
    assert [cells for _number, cells in table.rows] == [("", "", ""), ("A.", "Example", "Example")]
    talk.command("start").tap("Continue").tap("The list that you sent")
    assert "Add 1 co-signer" in "".join(talk.labels)


def test_who_confirmed_is_erased_as_if_by_themselves_and_the_text_is_not_changed(
    tmp_path: Path,
) -> None:
    talk = opened(tmp_path / "db")
    who = everyone(talk)[0]
    shelf = talk.desk.shelves.signings
    signing_id, _endorser = shelf.endorser(who.id) or ("", None)
    texts = shelf.texts(signing_id, 1)
    acts = len(shelf.acts_since(signing_id, 0))
    assert forgotten(talk, who.standing.name)
    _id, erased = shelf.endorser(who.id) or ("", None)
    assert erased
    assert (erased.erased, erased.standing.name) == (True, "")
    assert erased.standing.organisation == who.standing.organisation
    assert erased.status in {Status.PROPOSED, Status.WITHDRAWN}
    assert len(shelf.acts_since(signing_id, 0)) == acts + 1
    assert shelf.texts(signing_id, 1) == texts


@pytest.mark.file
@pytest.mark.clear
def test_a_frozen_text_with_the_name_is_named_and_stays(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    with closing(connect(talk.path)) as connection, connection:
        ((data,),) = connection.execute("SELECT data FROM signing_texts LIMIT 1").fetchall()
        letter = json.loads(data)
        letter["sections"][0][1] = "To Zqjane Zqdoe"
        connection.execute("UPDATE signing_texts SET data = ?", (json.dumps(letter),))
    found = talk.desk.store.names.find(name())
    assert (found.places.total(), found.left) == (0, {"signing_texts": found.left.total()})
    assert forgotten(talk) == 0
    assert b"Zqjane" in left(talk.path, tmp_path / "tmp", set())


@pytest.mark.file
def test_a_turn_that_began_before_does_not_bring_the_name_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = in_everything(tmp_path / "db")
    save, times = talk.desk.store.save, 0

    def late(*given: object, **more: object) -> None:
        """Another program takes the name out between what was read and what is saved."""
        nonlocal times
        times += 1
        if times == 1:
            talk.desk.store.names.forget(name(), NOW)
        save(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(talk.desk.store, "save", late)
    talk.command("letters").tap("Kenya")
    assert times > 1, "the turn was done again"
    talk.tap("Change").tap("The text").tap("✎ We hope")
    talk.type("We hope for the best.")
    talk.desk.store.tidy()
    assert talk.desk.store.names.find(name()).places.total() == 0


def test_a_co_signers_page_that_was_read_before_does_not_either(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    store = talk.desk.store
    before = store.names.changed()
    assert forgotten(talk, everyone(talk)[0].standing.name)
    with pytest.raises(OvertakenError):
        store.keep(talk.user, (), before)
    store.keep(talk.user, (), store.names.changed())


@pytest.mark.file
@pytest.mark.clear
def test_the_command_finds_asks_removes_and_records_without_the_name(tmp_path: Path) -> None:
    talk = in_everything(tmp_path / "demarche" / "demarche.sqlite3")
    assert run("people", "forgotten", home=tmp_path).stdout == b"No name was removed yet.\n"
    shown = run("people", "find", "zqjane zqdoe", home=tmp_path).stdout.decode()
    assert "     1  letters: co-signer\n" in shown
    assert "test:1" not in shown
    assert "draft001" not in shown
    done = run("people", "forget", "Zqjane Zqdoe", "--yes", home=tmp_path)
    assert done.returncode == 0
    assert b"Removed from " in done.stdout
    listed = run("people", "forgotten", home=tmp_path).stdout.decode()
    places = done.stdout.decode().partition("Removed from ")[2].partition(".")[0]
    assert listed.split("  ", 1)[1] == f"{places}\n"
    talk.desk.store.tidy()
    assert {one.lower() for one in left(talk.path, tmp_path / "tmp", set())} == {
        b"zqjane",
        b"zqdoerr",
    }
    none = run("people", "forget", "Zqjane Zqdoe", "--yes", home=tmp_path)
    assert b"no place from which it could be removed" in none.stdout
    assert run("people", "find", " . ", home=tmp_path).returncode == 2


def test_where_it_may_be_a_longer_name_a_person_decides(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Ana María López, Example Organisation").tap("Done").tap("Geneva")
    talk.type("Ana María House, 2 March 2026")
    found = talk.desk.store.names.find(name("ana maria"))
    assert found.places.total() == 0
    assert found.doubtful["drafts"]
    assert forgotten(talk, "ana maria") == 0
    assert written(talk).signatories[0].name == "Ana María López"


def test_what_is_put_away_for_a_day_is_not_left_out(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db", "A. Zqname, Zqorganisation\nB. Zqother, Zqothers")
    talk.command("delete").tap("Delete, with 24 hours")
    names, wanted = talk.desk.store.names, name("A. Zqname")
    assert names.find(wanted).places["endorsers", "co-signer"] == 1
    names.forget(wanted, NOW)
    assert not +names.find(wanted).places
