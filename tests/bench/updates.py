"""Measure 3: an update through the real `Application` against what no bot can do without."""

from __future__ import annotations

import asyncio
import cProfile
import io
import itertools
import json
import pstats
import sqlite3
import statistics
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
)
from telegram.request import BaseRequest

from bot.conversation.talk.effects import Show
from bot.conversation.talk.events import Command, Tap, Typed
from bot.telegram import running
from tests.bench.documents import CO_SIGNERS
from tests.bench.figures import say, single, spread
from tests.botapi import TOKEN
from tests.world import desk_on

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Iterator, Sequence

    from telegram import Bot
    from telegram.ext import CallbackContext
    from telegram.request import RequestData

    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Screen
    from bot.desk import Desk
    from tests.bench.figures import Plan

    AnyApplication = Application[Any, Any, Any, Any, Any, Any]

FLOORS = 1.6
BLOCK = 50
CARD = 100
USER_ID = 7
USER_KEY = f"telegram:{USER_ID}"
ACTIONS = ("seat:geneva", "back:")
"""What is tapped in turn: an answer to the question for the mission, and taking it back."""

USER = {"id": USER_ID, "is_bot": False, "first_name": "A.", "language_code": "en"}
CHAT = {"id": USER_ID, "type": "private", "first_name": "A."}
BOT = {"id": 4242, "is_bot": True, "first_name": "Example", "username": "example_bot"}


class Stub(BaseRequest):
    """Answers at once and without sockets, as Telegram would; each answer is made once."""

    def __init__(self, **_settings: object) -> None:
        self._answers: dict[tuple[str, str], bytes] = {}
        self.count = 0

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest`."""
        return 5.0

    @property
    def toasts(self) -> set[str]:
        """What taps were answered with."""
        return {text for method, text in self._answers if method == "answerCallbackQuery"}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 -- BaseRequest's own
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more_timeouts: object,
    ) -> tuple[int, bytes]:
        """Answer a call."""
        parameters = request_data.json_parameters if request_data else {}
        key = (url.rpartition("/")[2], parameters.get("text", ""))
        self.count += 1
        if key not in self._answers:
            answer = {"ok": True, "result": _result(key[0], parameters)}
            self._answers[key] = json.dumps(answer).encode()
        return 200, self._answers[key]


def _result(method: str, parameters: dict[str, str]) -> object:
    if method == "getMe":
        return BOT
    if method not in {"sendMessage", "editMessageText"}:
        return True
    message: dict[str, object] = {
        "message_id": CARD,
        "date": 1_790_000_000,
        "chat": CHAT,
        "from": BOT,
        "text": parameters["text"],
    }
    for name in ("entities", "reply_markup"):
        if name in parameters:
            message[name] = json.loads(parameters[name])
    return message


def real_bot(desk: Desk, stubs: list[Stub]) -> AnyApplication:
    """The application that `demarche run` builds, with the stub for its network."""

    def stub(**settings: object) -> Stub:
        stubs.append(Stub(**settings))
        return stubs[-1]

    with patch.object(running, "FewCalls", stub):
        return running.build(desk, TOKEN)


def tap_bot(screens: Sequence[Screen]) -> AnyApplication:
    """A bare bot that makes the same call as ours: the changed card is the tap's answer."""
    shown = itertools.cycle(screens)

    async def edit(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        screen = next(shown)
        del update
        await context.bot.edit_message_text(
            f"{screen.title}\n\n{screen.text}",
            USER_ID,
            CARD,
            entities=[MessageEntity(MessageEntity.BOLD, 0, len(screen.title))],
            reply_markup=InlineKeyboardMarkup(
                [
                    [InlineKeyboardButton(one.label, callback_data=one.data) for one in row]
                    for row in screen.rows
                ]
            ),
        )

    builder = Application.builder().token(TOKEN).request(Stub()).get_updates_request(Stub())
    application = builder.build()
    application.add_handler(CallbackQueryHandler(edit))
    return application


def screens_of(desk: Desk, draft_id: str) -> list[Screen]:
    """What Geneva and Back show; the draft is left as it was."""
    screens = []
    for action in ACTIONS:
        receipt = desk.receive(USER_KEY, Tap(f"{draft_id}:{action}"))
        screens += [effect.screen for effect in receipt.effects if isinstance(effect, Show)]
    return screens


def open_draft(desk: Desk) -> str:
    """A draft with eleven co-signers, at the question for the mission; its id."""
    rows = CO_SIGNERS.read_text(encoding="utf-8").splitlines()[1:]
    names = [row.split(",", 2) for row in rows]
    desk.receive(USER_KEY, Command("new"))
    draft_id = desk.store.people.load(USER_KEY).user.draft_id
    events: list[Event] = [
        Tap(f"{draft_id}:treaty:OPSC"),
        Typed("kenia"),
        Tap(f"{draft_id}:language:en"),
        Typed("\n".join(f"{name}; {organisation}" for name, _, organisation in names)),
        Tap(f"{draft_id}:done:"),
    ]
    for event in events:
        desk.receive(USER_KEY, event)
    session = desk.store.people.load(USER_KEY)
    if session.draft is None or not session.draft.signatories_done:
        raise RuntimeError(session)
    desk.store.cards.put(USER_KEY, CARD)
    return session.draft.id


def taps(draft_id: str, bot: Bot) -> Iterator[Update]:
    """Geneva, Back, Geneva, Back: each changes an answer and edits the card."""
    data = itertools.cycle([f"{draft_id}:{action}" for action in ACTIONS])
    for number in itertools.count(1):
        query = {
            "id": str(number),
            "from": USER,
            "message": {"message_id": CARD, "date": 1, "chat": CHAT, "from": BOT, "text": "?"},
            "chat_instance": "7",
            "data": next(data),
        }
        update = Update.de_json({"update_id": number, "callback_query": query}, bot)
        yield update


def updates(plan: Plan) -> None:
    """Measure 3."""
    say("3  An update through bot.telegram.running.build against a bare bot's and a commit")
    say("   Both: stubbed network, updates parsed beforehand, await application.process_update(…)")
    say("   Ours: taps Geneva and Back in turn (1 call, 1 commit); the bare bot: the same call")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name:
        folder = Path(name)
        with desk_on(folder / "db") as desk:
            asyncio.run(_updates(plan, folder, desk))


async def _updates(plan: Plan, folder: Path, desk: Desk) -> None:
    draft_id = open_draft(desk)
    stubs: list[Stub] = []
    ours, same = real_bot(desk, stubs), tap_bot(screens_of(desk, draft_id))
    taken: list[float] = []
    edited: list[float] = []
    received: list[float] = []
    commits: list[float] = []
    async with ours, same:
        tapping, editing = taps(draft_id, ours.bot), taps(draft_id, same.bot)
        receiving, committing = receipts(desk, draft_id), _committed(folder)
        await _block(ours.process_update, tapping)
        await _block(same.process_update, editing)
        calls = 0
        for _ in range(plan.rounds(40, 6)):  # in turn: a disk is not equally quick all the while
            before = sum(stub.count for stub in stubs)
            taken += await _block(ours.process_update, tapping)
            calls += sum(stub.count for stub in stubs) - before
            edited += await _block(same.process_update, editing)
            received += itertools.islice(receiving, BLOCK)
            commits += itertools.islice(committing, BLOCK)
        committing.close()
        toasts = set().union(*(stub.toasts for stub in stubs))
        if calls != len(taken) or toasts - {""}:
            message = f"not every tap was taken: {calls} calls for {len(taken)} taps, {toasts}"
            raise RuntimeError(message)
        spread("an update of ours", taken, "µs")
        spread("  of it: desk.receive (load, turn, save)", received, "µs")
        spread("a bare bot that makes the same call", edited, "µs")
        spread("a bare SQLite commit on this disk (WAL, FULL)", commits, "µs")
        floor = statistics.median(edited) + statistics.median(commits)
        single("the floor: both", floor, "µs")
        single("ratio of ours to the floor", statistics.median(taken) / floor, "x", FLOORS)
        if plan.verbose:
            await _profile(ours, tapping)


async def _block(
    process: Callable[[object], Awaitable[None]], updates: Iterator[Update]
) -> list[float]:
    samples = []
    for update in list(itertools.islice(updates, BLOCK)):
        start = perf_counter_ns()
        await process(update)
        samples.append((perf_counter_ns() - start) / 1e3)
    return samples


def receipts(desk: Desk, draft_id: str) -> Iterator[float]:
    """The same taps without Telegram, each when it is asked for."""
    for number, action in enumerate(itertools.cycle(ACTIONS)):
        tap = Tap(f"{draft_id}:{action}")
        start = perf_counter_ns()
        desk.receive(USER_KEY, tap, update=("bench", number))
        yield (perf_counter_ns() - start) / 1e3


def _committed(folder: Path) -> Generator[float, None, None]:
    """A row written, each when it is asked for."""
    with closing(sqlite3.connect(folder / "bare", isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, data TEXT)")
        while True:
            start = perf_counter_ns()
            connection.execute("INSERT INTO bare (data) VALUES (?)", ("x" * 800,))
            yield (perf_counter_ns() - start) / 1e3


async def _profile(application: AnyApplication, tapping: Iterator[Update]) -> None:
    pending = list(itertools.islice(tapping, 20 * BLOCK))
    profile = cProfile.Profile()
    profile.enable()
    for update in pending:
        await application.process_update(update)
    profile.disable()
    for order in ("tottime", "cumulative"):
        stream = io.StringIO()
        pstats.Stats(profile, stream=stream).strip_dirs().sort_stats(order).print_stats(30)
        say(stream.getvalue().strip())
