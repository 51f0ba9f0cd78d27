"""Whoever meets a mistake of ours is given a reference, and the log says under it where it was."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, NoReturn

import pytest

from bot.desk import Desk, mistakes
from bot.desk.jobs import Work
from bot.letters.language import full_date
from bot.letters.model import Language
from bot.machine import logs
from bot.telegram.taps import TOAST_LENGTH
from tests.logged import logged
from tests.signings.playing import invited, opened
from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import a_letter, step
from tests.telegram.test_living import edited
from tests.web.visiting import visiting
from tests.world import TODAY, make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import BotApi, User

WORDS = "Zqwords of Zqsomebody"


def broken(*_arguments: object, **_named: object) -> NoReturn:
    raise ValueError(WORDS)


def found_in(log: str) -> str:
    """What stands under the reference, which says nothing of what was written."""
    assert "Zq" not in log
    (line,) = [one for one in log.splitlines() if "TEST-0001" in one]
    return line


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "on my side. Your answers are safe: /start goes on. If you write to whoever runs"),
        ("fr", "Si vous écrivez aux personnes qui administrent ce robot, indiquez-leur"),
        ("es", "Si escribe a quienes gestionan este bot, indíqueles"),
    ],
)
def test_what_is_said_fits_an_answer_to_a_tap(tmp_path: Path, language: str, words: str) -> None:
    said = mistakes.sorry(make_desk(tmp_path / "db"), "K7M2-QX4P", "test:1", Language(language))
    assert words in said
    assert said.endswith(": K7M2-QX4P")
    assert len(said) <= TOAST_LENGTH


def test_in_the_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        with monkeypatch.context() as patched, logged() as log:
            patched.setattr(Desk, "receive", broken)
            query = user.tap("OPSC")
            await api.wait_for(lambda: "TEST-0001" in user.texts[-1])
        assert "Traceback" not in user.texts[-1]
        assert query.text == user.texts[-1]
        line = found_in(log.getvalue())
        assert re.search(r"TEST-0001: ValueError in bot\.desk\.update:\d+ take > ", line)
        await step(api, user.tap, "OPSC")
        assert not api.refusals

    with_bot(tmp_path, test)


def test_letters_to_many_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        monkeypatch.setattr(Work, "write", broken)
        for goes_on in (False, True):
            for label in ("Many States", "☐ Signed but not party", "Write 8 letters"):
                if label in str(user.labels()):
                    await step(api, user.tap, label)
            with logged() as log:
                user.tap("Write the letters")
                if goes_on:
                    user.send("/help")
                number = f"TEST-000{1 + goes_on}"
                await api.wait_for(lambda number=number: number in user.texts[-1])  # type: ignore[misc]
            assert "could not be written. Please try again later. If you" in user.texts[-1]
            assert f"{number}: ValueError in bot.desk." in log.getvalue()
            assert "Zq" not in log.getvalue()
            await step(api, user.send, "/letters")
            await step(api, user.tap, "Kenya")

    with_bot(tmp_path, test)


def test_a_proposal_of_a_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        await edited(api, user, "We hope for the best.")
        await step(api, user.tap, "More")
        await step(api, user.tap, "→ Français")
        if "Ask a machine for a proposal" not in user.labels():
            await step(api, user.tap, user.labels()[0])
        with logged() as log:
            user.tap("Ask a machine")
            await api.wait_for(lambda: "TEST-0001" in user.texts[-1])
        assert "did not answer. Please type the translation. If you write" in user.texts[-1]
        assert "Zq" not in log.getvalue()
        assert "ValueError in bot.desk.update" in log.getvalue()

    class Service:
        translate = staticmethod(broken)

    monkeypatch.setattr(Desk, "has_translator", property(lambda _desk: True))
    monkeypatch.setattr(Desk, "_translator", Service(), raising=False)
    monkeypatch.setattr(Desk, "__setattr__", _but_the_service)
    with_bot(tmp_path, test)


def _but_the_service(desk: Desk, name: str, value: object) -> None:
    if name != "_translator":
        object.__setattr__(desk, name, value)


def test_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with visiting(tmp_path / "db", raises=False) as visitor, logged() as log:
        monkeypatch.setattr(Desk, "take", broken)
        answer = visitor.post(json.dumps({"kind": "typed", "text": WORDS, "id": 1}))
        assert answer.status_code == 500
        assert "reference: TEST-0001" in answer.json()["error"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "TEST-0001: ValueError in bot.web.app" in found_in(log.getvalue())
        monkeypatch.setattr(Desk, "current", broken)
        french = {"Accept-Language": b"fr"}
        answer = visitor.post(json.dumps({"opened": "tab1"}), french, "/state")
        assert answer.status_code == 500
        assert "indiquez-leur cette référence\u00a0: TEST-0002" in answer.json()["error"]


def test_on_a_co_signers_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with visiting(tmp_path / "db", raises=False) as visitor, logged() as log:
        talk = opened(tmp_path / "other")
        token = invited(talk, "Example")
        numbers = itertools.count(1)
        talk.desk.new_reference = lambda: f"TEST-{next(numbers):04d}"
        monkeypatch.setattr("bot.web.signing.visits.Visits.look", broken)
        answer = visitor.get(f"/s/{token}?lang=fr")
        assert answer.status_code == 500
        assert "il montre ce qui a été enregistré" in answer.text
        assert "TEST-0001" in answer.text
        assert "Zq" not in answer.text
        assert token not in log.getvalue()
        assert "TEST-0001: ValueError in bot.web.signing.app" in found_in(log.getvalue())


def test_a_reference_is_of_signs_that_nobody_takes_for_others() -> None:
    signs = iter(mistakes.SIGNS)
    assert mistakes.reference(lambda known: next(signs) if known else "") == "BCDF-GHJK"
    assert not set(mistakes.SIGNS) & set("AEIOU015LS")


def test_where_is_said_without_the_folder_of_the_program() -> None:
    try:
        full_date(TODAY, "nothing")  # type: ignore[arg-type]
    except KeyError as error:
        said = logs.where(error)
    assert re.fullmatch(r"bot\.letters\.language:\d+ \w+", said)
    assert logs.where(None) == "?"
