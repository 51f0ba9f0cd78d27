"""What is counted and measured while the bot runs, and the mark in the log of each update."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

import pytest

from bot.desk import Desk
from bot.documents import word
from bot.machine import figures
from bot.telegram import backlog
from tests.botapi import BotApi
from tests.botapi.images import png
from tests.everything import MARK, much
from tests.logged import logged
from tests.scraping import counted, scraped
from tests.telegram.running import running
from tests.telegram.test_channel import with_bot
from tests.telegram.test_forgotten import ME, do
from tests.telegram.test_groups import by, told
from tests.telegram.test_letter import a_letter, step
from tests.world import PATIENCE, Held, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.botapi import Call, User


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    with figures.kept():
        yield


def broken(*_arguments: object, **_named: object) -> NoReturn:
    message = "Zqwords"
    raise ValueError(message)


def full(*_arguments: object, **_named: object) -> NoReturn:
    message = "database or disk is full"
    raise sqlite3.OperationalError(message)


def test_a_whole_letter_and_its_files(tmp_path: Path) -> None:
    calls: Counter[str] = Counter()

    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        await step(api, user.tap, "Share")
        await step(api, user.tap, "All")
        await step(api, user.tap, "Text to copy")  # shows the letter again, which is no other
        calls.update(call.method for call in api.calls)

    with_bot(tmp_path, test)
    assert counted("demarche_updates_total") == {("message", "taken"): 3, ("tap", "taken"): 8}
    assert counted("demarche_saved_seconds_count") == {("message",): 3, ("tap",): 8}
    assert counted("demarche_answered_seconds_count") == {
        ("screen", "message"): 3,
        ("screen", "tap"): 5,
        ("papers", "tap"): 3,
    }
    assert counted("demarche_letters_total") == {("one",): 1}
    made = dict.fromkeys([("png",), ("pdf",), ("docx",), ("txt",)], 1) | {("preview",): 2}
    assert counted("demarche_documents_seconds_count") == made
    assert counted("demarche_waiting") == {}
    told = counted("demarche_telegram_calls_total")
    for method in ("sendMessage", "editMessageText", "sendPhoto", "answerCallbackQuery"):
        assert told[method,] == calls[method]
    assert counted("demarche_telegram_errors_total") == {}
    assert counted("demarche_database_seconds_count")["save",] == 11
    found = scraped()
    assert found["demarche_database_seconds_count", "open"] >= 11
    assert found["demarche_database_failures_total",] == 0
    assert found["demarche_mistakes_total",] == 0
    seconds = found["demarche_answered_seconds_sum", "papers", "tap"]
    assert seconds > found["demarche_documents_seconds_sum", "preview"] > 0


@pytest.mark.file
def test_what_comes_again_or_is_no_persons_or_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        with api.expecting(part="not modified"):
            shown = len(_cards(api))
            api.redeliver(api.last_update_id)
            await api.wait_for(lambda: len(_cards(api)) > shown)
        group = api.group(-1001, "group")
        group.add_bot(by(user), "member")
        await told(api, group)
        with monkeypatch.context() as patched:
            patched.setattr(Desk, "receive", broken)
            user.tap("OPSC")
            await api.wait_for(lambda: "TEST-0001" in user.texts[-1])
        with monkeypatch.context() as patched:
            patched.setattr("bot.storage.updates.Updates.keep", full)
            user.tap("OPSC")
            await api.wait_for(lambda: "could not save that" in user.texts[-1])

    with_bot(tmp_path, test)
    assert counted("demarche_updates_total") == {
        ("message", "taken"): 1,
        ("message", "again"): 1,
        ("other", "passed"): 1,
        ("tap", "failed"): 2,
    }
    assert scraped()["demarche_mistakes_total",] == 1
    assert scraped()["demarche_database_failures_total",] == 1


def _cards(api: BotApi) -> list[Call]:
    """Calls that show a card: in place, or anew where it is not known that the last one came."""
    return [*api.called("editMessageText"), *api.called("sendMessage")]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_errors_of_telegram_by_kind(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        for kind in ("429", "500", "drop"):
            api.fail("editMessageText", kind, times=1)
        await step(api, user.tap, "OPSC")
        blocked = api.fail("sendMessage", "blocked")
        user.send("/help")
        await api.wait_for(lambda: blocked.hits and api.drained)

    with_bot(tmp_path, test)
    errors = counted("demarche_telegram_errors_total")
    assert errors["retry_after",] == 1
    assert errors["network",] == 2
    assert errors["forbidden",] == 1


@pytest.mark.file
def test_a_flood_waits_and_what_is_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "ON_DISK", 3)
    seen: list[dict[tuple[str, ...], float]] = []
    room = Held()

    async def run() -> None:
        desk = make_desk(tmp_path / "db", room=room)
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await step(api, user.send, "/letterhead")
            user.send_document("logo.png", png())
            await asyncio.to_thread(room.begun.wait)
            for _time in range(backlog.IN_MEMORY + 3):
                user.send("/help")
            await api.wait_for(lambda: any("still busy" in one for one in user.texts))
            seen.append(counted("demarche_waiting"))
            room.let.set()
            await api.wait_for(lambda: api.drained, timeout=PATIENCE)

    asyncio.run(run())
    assert seen == [{("updates",): backlog.IN_MEMORY, ("disk",): 3}]


def test_the_lines_of_an_update_have_its_mark_and_say_nothing_of_its_sender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        monkeypatch.setattr(Desk, "receive", broken)
        for number in (1, 2):
            user.tap("OPSC")
            await api.wait_for(lambda number=number: f"TEST-000{number}" in user.texts[-1])  # type: ignore[misc]

    with logged(form="json") as log:
        with_bot(tmp_path, test)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    first, second = (one for one in lines if "reference" in one)
    assert first["reference"] == "TEST-0001"
    assert first["error"] == "ValueError"
    assert re.match(r"bot\.desk\.update:\d+ take", first["place"])
    assert re.fullmatch(r"2\d{3}-\d\d-\d\dT[\d:.]{12}\+00:00", first["time"])
    assert (first["level"], first["logger"]) == ("error", "bot.desk.mistakes")
    assert re.fullmatch(r"[0-9a-f]{6}-\d+", first["update"])
    assert first["update"] != second["update"]
    assert "Zq" not in log.getvalue()


def test_what_is_made_for_an_update_has_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of the thread in which documents are made, and that of the answer which fails then."""

    def noted(*arguments: object, **named: object) -> bytes:
        word.log.info("said there")
        return made(*arguments, **named)  # type: ignore[arg-type]

    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        api.fail("sendDocument", "500", times=4)
        with logged(form="person") as log:
            user.tap("Word")
            await api.wait_for(lambda: "could not be delivered" in log.getvalue())
        marks = {re.findall(r" bot\S+ \[(\S+)\]: ", line)[0] for line in _ours(log.getvalue())}
        assert len(marks) == 1
        assert "said there" in log.getvalue()

    made = word.to_docx
    monkeypatch.setattr(word, "to_docx", noted)
    with_bot(tmp_path, test)


def _ours(log: str) -> list[str]:
    return [line for line in log.splitlines() if " bot." in line]


def test_no_word_and_no_number_of_a_persons_in_figures_and_logs(tmp_path: Path) -> None:
    def played(api: BotApi) -> None:
        user = api.user(ME, first_name="Zqfirst")
        do(api, user, much())
        user.tap("Write the letters")
        api.wait(user.documents, timeout=20)

    async def run() -> None:
        async with BotApi.start() as api, running(make_desk(tmp_path / "db"), api):
            await asyncio.to_thread(played, api)
            said.append(figures.page()[0].decode())

    said: list[str] = []
    with logged(form="json") as log:
        asyncio.run(run())
    assert counted("demarche_updates_total")["file", "taken"] > 2
    assert counted("demarche_letters_total")["many",] == 2
    for text in (*said, log.getvalue()):
        assert not MARK.search(text.encode())
        assert str(ME) not in text
