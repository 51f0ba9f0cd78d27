"""One's own data as a file: all that was typed is in it, its data is as documented, it fits."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from bot.conversation.talk.effects import SendExport
from bot.conversation.talk.membership import Role
from bot.desk import exporting, owing
from bot.documents.parcel import Parcel, safe
from bot.letters.model import Language
from bot.storage.exports import PARTS
from bot.storage.forgetting import TABLES
from bot.storage.typed import TYPED
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import People
from tests.conversation.test_turns import a_letter
from tests.everything import MARK, everything, typed
from tests.signings.playing import invited, opened
from tests.test_forgotten import do, talk_of
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Document

SCHEMA = json.loads(exporting.SCHEMA.read_bytes())
SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")


def made(talk: Talk, most: int = 45_000_000) -> Document | None:
    """The export, as a channel has it made."""
    with ThreadPoolExecutor(1) as workshop:
        return asyncio.run(exporting.exported(talk.desk, workshop, talk.user, Language.EN, most))


def files(talk: Talk, most: int = 45_000_000) -> dict[str, bytes]:
    found = made(talk, most)
    assert found
    assert found.name == "demarche-export-2026-03-02.zip"
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def content(talk: Talk) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files(talk)["export.json"])
    Draft202012Validator(SCHEMA).validate(data)
    return data


def test_every_word_that_was_typed_is_in_it_and_all_is_as_documented(tmp_path: Path) -> None:
    talk = do(talk_of(tmp_path), everything())
    found = files(talk)
    words = typed(everything())
    assert words <= set(MARK.findall(b"\0".join(found.values())))
    assert words <= set(MARK.findall(found["export.json"]))
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(found["export.json"]))
    assert found["export.schema.json"] == exporting.SCHEMA.read_bytes()
    kinds = {name.partition("/")[0] + name[name.rfind(".") :] for name in found if "/" in name}
    assert kinds >= {
        *("letters.txt", "letters.pdf", "letters.docx", "sets.csv", "coalition-1.pdf"),
        *("letterhead.docx", "letterhead.png", "signings.txt", "signings.csv", "signings.pdf"),
    }
    assert (
        b"Zqhope" in found["letters/001-OPSC-KEN-fr-2026-03-02.txt"]
        or b"Zqtraduction" in (found["letters/001-OPSC-KEN-fr-2026-03-02.txt"])
    )
    assert b"coalition" in found["README.txt"]
    assert b"\r\n" in found["README.txt"]


def test_nothing_that_is_deleted_with_a_person_is_unknown_to_it() -> None:
    tables = {table for table, _where in PARTS.values()}
    assert tables >= {*TABLES, *(one.table for one in TYPED)}
    assert set(PARTS) == set(SCHEMA["$defs"]["parts"]["properties"])


def test_no_secret_of_a_link_and_nobodys_account_is_in_it(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    token = invited(talk, "Example")
    other = talk.beside("test:77").start(token).tap("Confirm as")
    mine, theirs = files(talk)["export.json"].decode(), content(other)
    assert token not in mine
    assert "test:77" not in mine
    data = json.loads(mine)["mine"]
    assert "key" not in data["signings"][0]["data"]
    assert "digest" not in data["signing_links"][0]
    assert [one["status"] for one in data["co_signers"]].count("confirmed") == 1
    (said,) = theirs["mine"]["signed_for_others"]
    assert said["data"]["given"][2] == "Example Organisation"
    assert said["letter"]["states"] == ["KEN"]
    assert "signings" not in theirs["mine"]
    assert "Second Organisation" not in json.dumps(theirs)


def test_of_a_coalition_with_others_there_is_the_membership_alone(tmp_path: Path) -> None:
    people = People(tmp_path / "db")
    a = people.talk("A").command("sets")
    a.tap("New set").type("Zqset").type("A. Zqsigner, Zqorganisation")
    assert b"Zqset" in files(a)["export.json"], "alone in it"
    b = people.joins("B", Role.OWNER)
    for talk in (a, b):
        found = content(talk)
        assert "Zq" not in json.dumps(found)
        assert found["coalitions"] == []
        assert len(found["mine"]["memberships"]) == 1
        others = {"A. Example", "B. Example"} - {found["mine"]["memberships"][0]["shown_as"]}
        assert not any(name in json.dumps(found) for name in others)


def test_letters_to_many_are_lists_with_what_became_of_each(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).tap("Many States").type("Tonga, Kenya").tap("Write 2")
    talk.tap("Write the letters")
    job_id = talk.desk.unfinished("test")[0][1]
    talk.desk.end_job(job_id, done=True)
    table = files(talk)["letters-to-many/01-OPSC.csv"].decode("utf-8-sig")
    assert [line.split(",")[1] for line in table.splitlines()] == ["Code", "KEN", "TON"]


def test_what_has_no_room_is_left_out_from_the_end_and_named(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    whole = files(talk)
    data = made(talk, 100_000 + 25_000)
    assert data
    assert len(data.data) <= 125_000
    found = files(talk, 100_000 + 25_000)
    out = set(whole) - set(found)
    stem = "letters/001-OPSC-KEN-en-2026-03-02"
    assert out == {f"{stem}.pdf", f"{stem}.docx"}, "Word files give way before PDF files do"
    told = found["README.txt"].decode("utf-8-sig")
    assert "too large" in told
    assert all(name in told for name in out)


def test_where_not_even_the_data_has_room_the_history_is_left_out(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db"))
    found = files(talk, 100_000 + 7_000)
    data = json.loads(found["export.json"])
    Draft202012Validator(SCHEMA).validate(data)
    assert data["mine"]["letters"]
    assert "history" not in data["mine"]
    assert "export.json: history" in found["README.txt"].decode("utf-8-sig")


@pytest.mark.parametrize(
    ("typed_name", "expected"),
    [
        ("Été: <amis>/\\|?*", "Ete-amis"),
        ("../../etc/passwd", "etc-passwd"),
        ("   ", "unnamed"),
        ("日本", "unnamed"),
        ("x" * 300, "x" * 60),
        ("a.", "a"),
    ],
)
def test_names_are_what_any_computer_takes(typed_name: str, expected: str) -> None:
    assert safe(typed_name) == expected


def test_the_parcel_keeps_its_measure() -> None:
    parcel = Parcel(TODAY, 20_000)
    added = [parcel.add(f"{number}.txt", bytes(range(256))) for number in range(400)]
    assert any(added)
    assert not all(added)
    assert len(parcel.finish()) <= 20_000


def test_it_is_owed_and_who_is_gone_meanwhile_gets_none(tmp_path: Path) -> None:
    talk = a_letter(Talk(tmp_path / "db")).command("export")
    assert SendExport() in talk.effects
    assert owing.effects_from(owing.to_json(talk.effects)) == (SendExport(),)
    assert "README.txt" in talk.screen.text
    talk.command("delete").tap("Delete, with 24")
    assert made(talk) is None
    talk.tap("Delete now").tap("Yes, delete everything")
    assert made(talk) is None


@pytest.mark.parametrize(
    ("language", "word"),
    [
        (Language.EN, "export my data"),
        (Language.FR, "Exporter"),
        (Language.ES, "exportar mis datos"),
    ],
)
def test_it_is_asked_for_in_words_too(tmp_path: Path, language: Language, word: str) -> None:
    talk = Talk(tmp_path / "db", language=language)
    for command in ("start", "privacy"):
        assert SendExport() in talk.command(command).type(word).effects
    assert talk.command("new").type(word).session.draft, "not in the midst of a letter"
    assert SendExport() not in talk.effects
