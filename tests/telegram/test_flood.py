"""One person's flood, and everybody else: nobody waits for it, and nothing of it is lost.

What is held here is held until the test lets it, so that it is seen what is done meanwhile.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import AsyncExitStack, closing
from typing import TYPE_CHECKING

import pytest

from bot.conversation.many.kept import Job, JobKept, Target
from bot.conversation.talk.effects import RunJob
from bot.desk import jobs
from bot.desk.fair import FairExecutor, acting_for
from bot.letters.model import Language
from bot.storage.opening import HURRIED_MILLISECONDS, Patient
from bot.telegram import backlog, inbound
from bot.telegram import running as bot_running
from bot.telegram.app import TelegramChannel
from bot.telegram.polling import PatientBot
from tests.botapi import BotApi
from tests.botapi.images import png
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import writes
from tests.telegram.running import no_pause, running
from tests.telegram.test_letter import step
from tests.world import PATIENCE, make_desk

if TYPE_CHECKING:
    from pathlib import Path


PLACES, FLOOD = 12, 24
"""More than the library gives places to all people together, of which there are fewer here."""


def test_the_messages_of_one_are_before_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_running, "CONCURRENT", PLACES)

    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            sender, other = api.user(7), api.user(8)
            await step(api, other.send, "/new")
            held = api.fail("sendMessage", "timeout", chat_id=sender.id)
            for number in range(FLOOD):
                sender.send(f"message {number}")
            await api.wait_for(lambda: held.hits, timeout=PATIENCE)
            await step(api, other.tap, "OPSC")
            await step(api, other.send, "kenia")
            assert "English (official language)" in other.labels()
            assert not sender.replies, "all this while nothing of the other's was answered"
            await api.wait_for(lambda: api.drained, timeout=PATIENCE)
            assert len(desk.store.inbox.kept("telegram")) > FLOOD - backlog.IN_MEMORY - 2
            assert not api.refusals
            held.release()

    asyncio.run(run())


def test_what_waits_on_disk_is_taken_in_its_order(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        seen: list[str] = []
        receive = desk.receive

        def noted(user_id: str, event: object, **more: object) -> object:
            seen.append(getattr(event, "text", ""))
            return receive(user_id, event, **more)  # type: ignore[arg-type]

        desk.receive = noted  # type: ignore[method-assign,assignment]
        async with BotApi.start() as api, running(desk, api):
            sender = api.user(7)
            held = api.fail("sendMessage", "timeout", chat_id=sender.id)
            sent = [f"message {number}" for number in range(backlog.IN_MEMORY + 5)]
            for text in sent:
                sender.send(text)
            await api.wait_for(lambda: held.hits and api.drained)
            held.release()
            await api.wait_for(lambda: len(seen) == len(sent), timeout=PATIENCE)
            assert seen == sent
            await api.wait_for(lambda: not desk.store.inbox.kept("telegram"))
            assert not api.refusals

    asyncio.run(run())


@pytest.mark.file
def test_who_sends_without_end_is_asked_to_wait_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "IN_MEMORY", 2)
    monkeypatch.setattr(backlog, "ON_DISK", 3)

    async def run() -> None:
        async with BotApi.start() as api, running(make_desk(tmp_path / "db"), api):
            sender = api.user(7)
            held = api.fail("sendMessage", "timeout", times=1, chat_id=sender.id)
            sender.send("message 0")
            await api.wait_for(lambda: held.hits)
            for number in range(1, 12):
                sender.send(f"message {number}")
            await api.wait_for(lambda: any("Please wait:" in text for text in sender.texts))
            held.release()
            await step(api, sender.send, "/help")
            assert sum("Please wait:" in text for text in sender.texts) == 1

    asyncio.run(run())


def test_of_who_is_not_let_in_nothing_is_kept_while_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.conversation.talk.access import Access, Mode  # noqa: PLC0415 -- this test's alone

    monkeypatch.setattr(backlog, "IN_MEMORY", 2)

    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        desk.access = Access(Mode.INVITATION)
        async with BotApi.start() as api, running(desk, api):
            sender = api.user(7_000_007)
            held = api.fail("sendMessage", "timeout", times=1, chat_id=sender.id)
            for number in range(6):
                sender.send(f"message {number}")
            sender.send_document("logo.png", png())
            await api.wait_for(lambda: held.hits and api.drained)
            assert not desk.store.inbox.kept("telegram")
            held.release()
            await api.wait_for(lambda: "were invited" in "".join(sender.texts))
            await step(api, sender.send_document, "logo.png", png())
            assert not api.called("getFile"), "what is not read is not fetched"

    asyncio.run(run())
    data = b"".join(one.read_bytes() for one in tmp_path.glob("db*"))
    assert b"7000007" not in data


def test_a_file_that_takes_for_ever_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        limit = asyncio.timeout(None)
        monkeypatch.setattr(inbound, "in_time", lambda: limit)
        async with BotApi.start() as api, running(make_desk(tmp_path / "db"), api):
            sender, other = api.user(7), api.user(8)
            await step(api, sender.send, "/letterhead")
            hanging = api.fail("getFile", "timeout")
            sender.send_document("logo.png", png())
            await api.wait_for(lambda: hanging.hits)
            await step(api, other.send, "/new")
            limit.reschedule(asyncio.get_running_loop().time())
            await api.wait_for(lambda: "could not be fetched" in sender.texts[-1])
            hanging.release()

    asyncio.run(run())


def test_anothers_file_waits_for_one_letter_of_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many letters to many States one has begun, another's file is the next but one."""
    done: list[str] = []
    monkeypatch.setattr(jobs.Work, "write", lambda _work, _target: done.append("A"))
    monkeypatch.setattr(jobs.Work, "finish", lambda _work: [])
    talk = writes(Talk(tmp_path / "db"))
    draft = talk.session.draft
    assert draft
    targets = tuple(Target(state, Language.EN) for state in ("KEN", "GHA", "TON"))
    many = [Job(f"job{number:05d}", draft, targets) for number in range(20)]
    talk.desk.store.keep(talk.user, tuple(JobKept(one) for one in many))

    begun = asyncio.Event()

    async def moved() -> None:
        begun.set()

    async def written(fair: FairExecutor, job: Job) -> None:
        async for _document in jobs.written(talk.desk, fair, job.id, moved):
            raise AssertionError

    async def run() -> None:
        fair, loop = FairExecutor(), asyncio.get_running_loop()
        async with AsyncExitStack() as opened:
            opened.callback(fair.shutdown)
            with acting_for("A"):
                running_now = [asyncio.create_task(written(fair, one)) for one in many]
            await begun.wait()
            with acting_for("B"):
                before = len(done)
                await loop.run_in_executor(fair, done.append, "B")
            assert done.index("B") - before <= 2, "what was under way, and no more than a turn"
            await asyncio.gather(*running_now)
        assert len(done) == 61

    asyncio.run(run())


def test_letters_to_many_states_leave_half_of_the_hands_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people have them written at once: a third one's document is made meanwhile."""
    held: list[str] = []
    let = threading.Event()

    def write(_work: jobs.Work, target: Target) -> None:
        held.append(target.state)
        assert let.wait(PATIENCE)

    monkeypatch.setattr(jobs.Work, "write", write)
    monkeypatch.setattr(jobs.Work, "finish", lambda _work: [])
    talk = writes(Talk(tmp_path / "db", user="telegram:7"))
    writes(Talk(tmp_path / "db", user="telegram:8", desk=talk.desk))
    draft = talk.session.draft
    assert draft
    many = [Job(f"job{n:05d}", draft, (Target("KEN", Language.EN),)) for n in (7, 8)]
    monkeypatch.setattr(talk.desk.hands, "number", 2)

    async def run() -> None:
        async with BotApi.start() as api, PatientBot(api.token, base_url=api.base_url) as bot:
            channel = TelegramChannel(talk.desk, bot, no_pause)
            for n, job in zip((7, 8), many, strict=True):
                api.user(n).send("hello")
                talk.desk.store.keep(f"telegram:{n}", (JobKept(job),))
                channel.errands.begin(f"telegram:{n}", n, RunJob(job.id))
            await api.wait_for(lambda: bool(held))
            loop = asyncio.get_running_loop()
            try:
                for _piece in range(2):
                    with acting_for("telegram:9"):
                        made = loop.run_in_executor(channel.workshop, held.copy)
                    assert await asyncio.wait_for(made, PATIENCE) == ["KEN"]
            finally:
                let.set()
            await api.wait_for(lambda: not channel.errands.number)
            channel.workshop.shutdown()
        assert held == ["KEN", "KEN"]

    asyncio.run(run())


@pytest.mark.file
def test_a_locked_database_is_waited_for_once_and_not_by_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes first waits as long as is due; the others of the same moment are told at once.

    That it is waited for is counted, not timed.
    """
    waited: list[int] = []
    monkeypatch.setattr(
        Patient, "_wait", lambda _connection, milliseconds: waited.append(milliseconds)
    )
    monkeypatch.setattr("bot.storage.file.BUSY_MILLISECONDS", 40)

    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            users = [api.user(number) for number in range(7, 11)]
            await api.wait_for(lambda: api.called("setMyCommands"))
            with closing(sqlite3.connect(tmp_path / "db", isolation_level=None)) as theirs:
                theirs.execute("BEGIN IMMEDIATE")
                for user in users:
                    user.send("/new")
                told = "I could not save that just now."
                await api.wait_for(lambda: all(told in "".join(one.texts) for one in users))
                theirs.execute("ROLLBACK")
            assert set(waited) == {HURRIED_MILLISECONDS}
            await step(api, users[0].send, "/new")
            assert waited[-1] == 40, "and patient again once something was written"

    asyncio.run(run())
