"""Several processes on one PostgreSQL: each update is taken once, in its order, by one of them.

The processes are here several desks in one loop, each with its own connection and its own lanes.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.errors import StoreError
from bot.storage.postgres.lanes import MOST
from bot.storage.postgres.looks import Looks
from bot.storage.postgres.server import Server
from bot.storage.store import Store
from bot.telegram.lanes import LostError, Ways, outside
from tests.botapi import BotApi
from tests.postgres import programs
from tests.telegram.hooked import OUTSIDE, hooked_up
from tests.telegram.running import no_pause
from tests.telegram.test_letter import a_letter, step
from tests.world import make_desk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.telegram.hooked import Hooked

    Play = Callable[[BotApi, list[Hooked]], Awaitable[None]]

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")


def together(url: str, play: Play, count: int = 2, ahead: timedelta = timedelta(0)) -> None:
    """Play with so many processes, to which what comes is brought in turns.

    The clock of each is so much ahead of that of the one before.
    """

    async def run() -> None:
        async with BotApi.start() as api, AsyncExitStack() as opened:
            bots = []
            for number in range(count):
                desk = make_desk(url)
                now = desk.now() + number * ahead
                desk.now = lambda now=now: now  # type: ignore[misc]
                bots.append(await opened.enter_async_context(hooked_up(desk, api)))
            api.lead(OUTSIDE, *(one.inside for one in bots))
            await play(api, bots)

    asyncio.run(run())


def dead(db: Server, name: str, until: str) -> None:
    """A process that died has a lease."""
    db.ask(
        "INSERT INTO leases (name, holder, until) VALUES ($1, 'dead', now() + $2::interval)"
        " ON CONFLICT (name) DO UPDATE SET holder = 'dead', until = excluded.until",
        (name, until),
    )


def test_a_letter_over_two_processes_is_as_over_one(url: str) -> None:
    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        user = api.user(7)
        await a_letter(api, user, "en")
        await step(api, user.tap, "Share")
        await step(api, user.tap, "All")
        await api.wait_for(lambda: len(user.documents()) == 4)
        await api.wait_for(lambda: api.drained)
        assert not api.refusals

    together(url, play)
    with closing(Server(url)) as db:
        assert db.ask("SELECT count(*) FROM inbox").fetchone() == (0,)
        found = db.ask("SELECT count(*) FROM leases WHERE name LIKE 'lane:%'").fetchone()
        assert found == (0,), "every lane was let go of"


def test_a_clock_that_is_a_minute_ahead_of_the_others_changes_nothing(url: str) -> None:
    """Leases are the server's clock's; what may be undone stays so, whichever process looks."""

    async def play(api: BotApi, bots: list[Hooked]) -> None:
        user = api.user(7)
        await a_letter(api, user, "en")
        await step(api, user.send, "/privacy")
        for label in ("Delete everything", "Delete, with 24 hours to undo"):
            await step(api, user.tap, label)
        for _time in range(3):
            for one in bots:
                one.look()
            await step(api, user.send, "/start")
        await step(api, user.tap, "Undo: keep everything")
        await step(api, user.send, "/letters")
        assert "Kenya" in str(user.labels())
        with closing(Server(url)) as db:
            assert db.ask("SELECT count(*) FROM leases WHERE until < now()").fetchone() == (0,)
        assert not api.refusals

    together(url, play, count=3, ahead=timedelta(minutes=1))


def test_what_is_typed_fast_is_taken_in_its_order(url: str) -> None:
    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        user = api.user(7)
        await step(api, user.send, "Kenya OPSC English")
        names = [f"{letter}. Example, Example Organisation" for letter in "ABCDEFGH"]
        for name in names:
            user.send(name)
        await api.wait_for(lambda: api.drained)
        await api.wait_for(lambda: "H. Example" in user.texts[-1])
        card = user.card()
        assert card
        places = [card.text.index(name[:10]) for name in names]
        assert places == sorted(places)

    together(url, play, count=3)


def test_what_comes_again_to_another_process_is_not_taken_again(url: str) -> None:
    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        user = api.user(7)
        await step(api, user.send, "Kenya OPSC English")
        sent = user.send("A. Example, Example Organisation")
        await api.wait_for(lambda: "Done: 1" in str(user.labels()))
        made, brought = len(api.calls), len(api.brought)
        for _time in range(2):
            api.redeliver(sent.update_id)
        await api.wait_for(lambda: len(api.brought) == brought + 2)
        await step(api, user.send, "B. Example, Second Organisation")
        assert "Done: 2" in str(user.labels())
        assert "listed already" not in "".join(user.texts)
        again = [call for call in api.calls[made:] if call.method == "sendMessage"]
        assert len(again) == 1, "nothing was shown for what came again"

    together(url, play)


def test_what_could_not_be_saved_is_taken_by_the_next_look(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sent it need not send it again."""

    async def play(api: BotApi, bots: list[Hooked]) -> None:
        user = api.user(7)
        await step(api, user.send, "Kenya OPSC English")
        failed = asyncio.Event()

        def full(*_arguments: object, **_more: object) -> None:
            failed.set()
            message = "the server's disk is full"
            raise StoreError(message)

        with monkeypatch.context() as broken:
            broken.setattr(Store, "save", full)
            user.send("A. Example, Example Organisation")
            await failed.wait()
            await api.wait_for(lambda: api.drained)
        assert "A. Example" not in user.texts[-1]
        assert waiting(url)
        for _time in range(2):
            for one in bots:
                one.look()
        await api.wait_for(lambda: any("Done: 1" in str(one.buttons) for one in user.messages))
        await api.wait_for(lambda: not waiting(url))

    together(url, play)


def test_a_lane_is_left_though_nothing_can_be_left_behind(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its process would have it for ever, and what comes to another would wait."""

    def full(*_arguments: object) -> None:
        message = "the server's disk is full"
        raise StoreError(message)

    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        user = api.user(7)
        monkeypatch.setattr(Looks, "keep", full)
        await a_letter(api, user, "en")
        assert not api.refusals

    together(url, play, count=3)


def test_who_sends_without_end_is_told_to_wait(url: str) -> None:
    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        user, other = api.user(7), api.user(8)
        with closing(Server(url)) as db:
            dead(db, "lane:telegram:7", "1 hour")
            db.ask(
                "INSERT INTO inbox (channel, id, user_id, data)"
                " SELECT 'telegram', -n, 'telegram:7', '{}' FROM generate_series(1, $1::int) n",
                (MOST,),
            )
            user.send("message")
            await api.wait_for(lambda: any("still busy" in text for text in user.texts))
            await step(api, other.send, "Kenya OPSC English")
            found = db.ask("SELECT count(*) FROM inbox WHERE user_id = 'telegram:7'").fetchone()
            assert found == (MOST,), "no more of it is kept"

    together(url, play)


def test_what_a_process_that_died_had_taken_is_answered_by_another(url: str) -> None:
    """Its lane runs out; its update waits in the database; the next look takes both."""

    async def play(api: BotApi, bots: list[Hooked]) -> None:
        user = api.user(7)
        await step(api, user.send, "Kenya OPSC English")
        with closing(Server(url)) as db:
            dead(db, "lane:telegram:7", "1 hour")
            user.send("A. Example, Example Organisation")
            await api.wait_for(lambda: api.drained)
            ((waits,),) = db.ask("SELECT count(*) FROM inbox").fetchall()
            assert waits == 1
            assert "A. Example" not in user.texts[-1]
            dead(db, "lane:telegram:7", "-1 second")
        bots[1].look()
        await api.wait_for(lambda: any("A. Example" in text for text in user.texts))

    together(url, play)


def test_what_a_process_that_died_owed_is_sent_though_its_person_has_gone_on(url: str) -> None:
    """A lane that ran out is not taken in passing: what was owed comes first."""

    async def play(api: BotApi, bots: list[Hooked]) -> None:
        user = api.user(7)
        await a_letter(api, user, "en")
        with closing(Server(url)) as db:
            while db.ask("SELECT 1 FROM leases WHERE name LIKE 'lane:%'").fetchall():  # noqa: ASYNC110 -- nothing tells
                await asyncio.sleep(0)
            dead(db, "lane:telegram:7", "-1 second")
            ((last,),) = db.ask("SELECT max(id) FROM updates").fetchall()
            owed = json.dumps({"send": [{"text": "This was owed."}]})
            db.ask("UPDATE updates SET owed = $1 WHERE id = $2", (owed, last))
        user.send("/start")
        await api.wait_for(lambda: api.drained)
        assert "This was owed." not in user.texts
        for one in bots:
            one.look()
        await api.wait_for(lambda: "This was owed." in user.texts)
        await api.wait_for(lambda: not waiting(url))
        assert user.texts.count("This was owed.") == 1

    together(url, play)


def to_nobody(_user: str, *_more: bool) -> None:
    """Nobody is told."""


def waiting(url: str) -> bool:
    """Whether an update waits."""
    with closing(Server(url)) as db:
        return bool(db.ask("SELECT 1 FROM inbox").fetchall())


def test_who_stood_still_sends_nothing_that_another_has_sent_since(url: str) -> None:
    async def run() -> None:
        with closing(Store(url)) as one, closing(Store(url)) as other:
            assert one.lanes is not None
            assert other.lanes is not None
            now = [0.0]
            ways = Ways(one.lanes, no_pause, to_nobody, to_nobody, lambda: now[0])
            async with ways.of("telegram:7"):
                ways.check()
                with closing(Server(url)) as db:
                    db.ask("UPDATE leases SET until = now() - interval '1 second'")
                ways.check()
                now[0] = 20.0
                ways.check()  # it is ours still: nobody has looked
                with closing(Server(url)) as db:
                    db.ask("UPDATE leases SET until = now() - interval '1 second'")
                assert other.lanes.abandoned("telegram") == ("telegram:7",)
                assert other.lanes.take_over("telegram:7")
                ways.check()  # within a moment nothing is asked
                now[0] = 40.0
                with pytest.raises(LostError):
                    ways.check()
                outside()
                ways.check()  # a job has a lease of its own
            assert not one.lanes.claim("telegram:7"), "what is another's is not let go of"

    asyncio.run(run())


def test_an_older_process_goes_on_while_a_newer_release_changes_the_tables(url: str) -> None:
    """A step of a release to come adds; who runs asks for columns by their names."""

    async def play(api: BotApi, _bots: list[Hooked]) -> None:
        await a_letter(
            api, api.user(7), "en"
        )  # every statement was asked often enough to be prepared
        with closing(Server(url)) as db:
            tables = db.ask(
                "SELECT table_name FROM information_schema.tables"
                " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
            ).fetchall()
            for (table,) in tables:
                db.ask(f'ALTER TABLE "{table}" ADD COLUMN to_come text')
            db.ask("INSERT INTO demarche_steps (name) VALUES ('999-to-come')")
        await a_letter(api, api.user(8), "en")
        await api.wait_for(lambda: api.drained)
        assert not api.refusals

    together(url, play)
    with pytest.raises(StoreError, match="later version"):
        Store(url)
