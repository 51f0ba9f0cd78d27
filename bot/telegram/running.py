"""Running the bot: the application, what goes on beside the updates, and how it ends."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler

from bot.storage.errors import StoreError
from bot.storage.postgres.leases import RENEW_SECONDS
from bot.telegram.calling import FewCalls
from bot.telegram.limits import Limits
from bot.telegram.menus import set_menus
from bot.telegram.polling import CarefulRequest, PatientBot
from bot.telegram.watched import WatchedChannel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from bot.desk import Desk
    from bot.telegram.sharing import Sharing

log = logging.getLogger(__name__)

CONCURRENT = 256
NEWS_SECONDS = 60.0
"""So often the bot looks for what its users are to be told."""

OWED_MINUTES = 10
"""So often it is looked for what another process owed, and died before it could try again."""

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


def build(  # noqa: PLR0913 -- how it waits, too
    desk: Desk,
    token: str,
    api_url: str = "",
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    between: Callable[[float], Awaitable[None]] = asyncio.sleep,
    *,
    beside: Iterable[Callable[[], Awaitable[None]]] = (),
    heard: Callable[[], None] | None = None,
    rate: int = 0,
) -> Application[Any, Any, Any, Any, Any, Any]:
    """The application, ready to run. `api_url` is another Bot API server's, without /bot.

    `pause` waits between attempts, `between` from one look for news to the next; `beside` is what
    else runs as long as the bot does; `heard` is called whenever Telegram has answered. So many
    messages a second, `rate`, are sent at most; 0 for no bound.
    """
    urls = {"base_url": f"{api_url}/bot", "base_file_url": f"{api_url}/file/bot"} if api_url else {}
    bot = PatientBot(
        token,
        request=FewCalls(),
        get_updates_request=CarefulRequest(connection_pool_size=2),
        heard=heard,
        rate_limiter=Limits(rate, desk.store.allowance, pause) if rate else None,
        **urls,
    )
    channel = WatchedChannel(desk, bot, pause)

    background: list[asyncio.Task[None]] = []

    async def started(_application: object) -> None:
        # The lanes keep each user's order: what was sent before the stop comes first.
        background.extend(
            asyncio.create_task(application.process_update(update)) for update in channel.kept()
        )
        # Beside the polling, not before it: a user need not wait for menus.
        background.append(asyncio.create_task(_catch_up(bot, desk, channel)))
        background.append(asyncio.create_task(_now_and_then(desk, channel, between)))
        if channel.sharing:
            background.append(asyncio.create_task(_beside_others(channel.sharing, between)))
        background.extend(asyncio.create_task(_guarded(one)) for one in beside)

    async def stopping(_application: object) -> None:
        # Before the connections are closed: a call under way would open one of its own.
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        if channel.sharing:
            await channel.sharing.stop()

    async def stopped(_application: object) -> None:
        await channel.owing.stop()
        await channel.errands.stop()
        channel.workshop.shutdown()

    application = (
        Application.builder()
        .bot(bot)
        .concurrent_updates(CONCURRENT)
        .post_init(started)
        .post_stop(stopping)
        .post_shutdown(stopped)
        .build()
    )
    application.add_handler(TypeHandler(Update, channel.handle))
    application.add_error_handler(channel.failed)
    return application


async def _guarded(beside: Callable[[], Awaitable[None]]) -> None:
    """What runs beside: the bot goes on without it, and its log says so."""
    try:
        await beside()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a port that is taken ends no bot
        log.error("what runs beside the bot has ended: %s", type(error).__name__)  # noqa: TRY400 -- no trace


async def _catch_up(bot: PatientBot, desk: Desk, channel: WatchedChannel) -> None:
    desk.bot_name = bot.username
    loop = asyncio.get_running_loop()
    if not await _is_first(channel):
        await loop.run_in_executor(channel.workshop, desk.warm_up)
        return
    await channel.end_deletions()
    try:
        desk.shelves.access.name_bot(bot.username)
    except StoreError as error:
        log.warning("the bot's name could not be remembered for invitations: %s", error)
    await channel.deliver_owed()
    try:
        await set_menus(bot, desk)
    except TelegramError as error:
        log.warning("the menus could not be set: %s", type(error).__name__)
    await loop.run_in_executor(channel.workshop, desk.warm_up)


async def _is_first(channel: WatchedChannel) -> bool:
    try:
        return channel.is_first()
    except StoreError as error:
        log.warning("what is done once for all processes has to wait: %s", error)
        return False


async def _beside_others(sharing: Sharing, between: Callable[[float], Awaitable[None]]) -> None:
    """Say again and again that this process is there, and look for what nobody is at."""
    while True:
        try:
            sharing.look()
        except StoreError as error:
            log.warning("what waits could not be looked for: %s", error)
        await between(RENEW_SECONDS)


async def _now_and_then(
    desk: Desk, channel: WatchedChannel, between: Callable[[float], Awaitable[None]]
) -> None:
    """Tell the news, for facts are imported by another process; and tidy the database.

    What has lived its time goes at the start, too.
    """
    minute = 0
    if await _is_first(channel):
        _expired(desk)
    while True:
        await between(NEWS_SECONDS)
        minute += 1
        try:
            if not channel.is_first():
                desk.store.cards.write()
                continue
            if channel.sharing and minute % OWED_MINUTES == 0:
                await channel.deliver_owed()
            await channel.end_deletions()
            await channel.tell_news()
            desk.tidy()
        except StoreError as error:
            log.warning("news could not be looked for, nor the database tidied: %s", error)


def _expired(desk: Desk) -> None:
    try:
        desk.expire()
    except StoreError as error:
        log.warning("what has lived its time could not be looked for: %s", error)


class CannotRunError(Exception):
    """The bot cannot run; the text says why, and what to do."""


@contextmanager
def telling() -> Iterator[None]:
    """Say in one line what keeps the bot from running: raises `CannotRunError`."""
    try:
        yield
    except InvalidToken:
        message = "Telegram does not know this token: check DEMARCHE_TOKEN with @BotFather"
        raise CannotRunError(message) from None
    except TelegramError as error:
        message = f"Telegram cannot be reached ({type(error).__name__}): check the network"
        raise CannotRunError(message) from None


def run(  # noqa: PLR0913 -- as `build`
    desk: Desk,
    token: str,
    api_url: str = "",
    beside: Iterable[Callable[[], Awaitable[None]]] = (),
    heard: Callable[[], None] | None = None,
    *,
    rate: int = 0,
) -> None:
    """Run by long polling until told to stop. Raises `CannotRunError`.

    A webhook that was set before is taken away (see `hook`): Telegram does the one or the other.
    """
    with telling():
        build(desk, token, api_url, beside=beside, heard=heard, rate=rate).run_polling(
            allowed_updates=list(ALLOWED)
        )
