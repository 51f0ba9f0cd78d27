"""Webhook: Telegram brings each update to an address of ours, instead of being asked for them.

An update is answered when what it changed is on disk, as polling confirms only then. What is not
taken comes again, and so does what was answered too late: it is known by its number.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from telegram.error import BadRequest, TelegramError

from bot.telegram.running import ALLOWED, CannotRunError, build, telling

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from contextlib import AbstractAsyncContextManager

    from telegram.ext import Application

    from bot.desk import Desk
    from bot.telegram.polling import PatientBot

    Serving = Callable[["Intake"], AbstractAsyncContextManager[asyncio.Future[Any]]]
    """Hands the intake what arrives for the length of a block; what it gives ends if that ends."""

log = logging.getLogger(__name__)

LONGEST = 30.0
"""So many seconds an answer may take. Telegram hangs up after a minute."""

CONNECTIONS = 100
"""So many updates Telegram may bring at once, the most that it knows: each is answered soon."""

LOOK_SECONDS = 60.0
"""So often Telegram is asked whether it still brings them here."""


def secret_of(token: str) -> str:
    """What Telegram says with each update, so that nobody else can bring one.

    It is made of the token: all processes of a bot have the same, and nobody sets another.
    """
    return hmac.new(token.encode(), b"demarche webhook", "sha256").hexdigest()


class Address(NamedTuple):
    """Where Telegram brings updates, and what it says with them."""

    url: str
    secret: str


class Intake:
    """Takes what Telegram brings, until it is stopped.

    `put` hands an update on; `heard` is called whenever Telegram was heard; an answer takes at most
    so many seconds as it is `longest`.
    """

    def __init__(
        self,
        bot: PatientBot,
        put: Callable[[object], None],
        heard: Callable[[], None],
        longest: float = LONGEST,
    ) -> None:
        self._bot = bot
        self._put = put
        self._heard = heard
        self._longest = longest
        self.is_stopping = False

    async def take(self, body: bytes) -> bool:
        """Take an update, and wait until it is saved. Whether it is: else it is to come again.

        What cannot be read would come again for ever, and is passed over.
        """
        if self.is_stopping:
            return False
        self._heard()
        try:
            data = json.loads(body)
            if type(data["update_id"]) is not int:
                raise TypeError  # noqa: TRY301 -- as for what has none
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("what is no update is passed over: %s", type(error).__name__)
            return True
        update = self._bot.read(data)
        saved, is_known = self._bot.awaited(update.update_id)
        if not is_known:
            self._put(update)
        await asyncio.wait({saved}, timeout=self._longest)
        return saved.done()

    def stop(self) -> None:
        """Take no more; what was taken is waited for."""
        self.is_stopping = True


def run_hook(  # noqa: PLR0913 -- as `running.run`, and where it is reached
    desk: Desk,
    token: str,
    address: Address,
    serving: Serving,
    *,
    api_url: str = "",
    beside: Iterable[Callable[[], Awaitable[None]]] = (),
    heard: Callable[[], None] = lambda: None,
    rate: int = 0,
) -> None:
    """Run by webhook until told to stop. Raises `CannotRunError`."""

    async def run() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def told(number: int) -> None:
            stop.set()
            loop.remove_signal_handler(number)  # the second ends it at once, as anything else

        with suppress(NotImplementedError):  # Windows: Ctrl-C cancels what runs
            for one in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(one, told, one)
        await hooked(
            build(desk, token, api_url, beside=beside, rate=rate),
            address,
            serving,
            stop,
            heard=heard,
        )

    with telling():
        asyncio.run(run())


async def hooked(  # noqa: PLR0913 -- how it waits, too
    application: Application[Any, Any, Any, Any, Any, Any],
    address: Address,
    serving: Serving,
    stop: asyncio.Event,
    *,
    heard: Callable[[], None],
    between: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Run the application until it is to stop; then finish what was taken.

    What comes meanwhile is told to come again, until all is done. The webhook stays as it is: what
    comes later waits at Telegram for the next start.
    """
    intake = Intake(application.bot, application.update_queue.put_nowait, heard)
    try:
        async with application, serving(intake) as served:
            if application.post_init:
                await application.post_init(application)
            await application.start()
            stopping: asyncio.Future[Any] = asyncio.ensure_future(stop.wait())
            looking = asyncio.ensure_future(_look(application.bot, address, heard, between))
            try:
                await _set(application.bot, address)
                heard()
                await asyncio.wait({stopping, served}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                intake.stop()
                stopping.cancel()
                looking.cancel()
                # What is in the queue still is begun before the application lets go of its tasks.
                await application.update_queue.join()
                await application.stop()
                if application.post_stop:
                    await application.post_stop(application)
            if not stop.is_set():
                message = "nothing is served any more: see the log"
                raise CannotRunError(message)
    finally:
        if application.post_shutdown:
            await application.post_shutdown(application)


async def _set(bot: PatientBot, address: Address) -> None:
    """Have updates brought here. Raises `CannotRunError` for an address that Telegram refuses."""
    try:
        await bot.set_webhook(
            address.url,
            max_connections=CONNECTIONS,
            allowed_updates=list(ALLOWED),
            secret_token=address.secret,
        )
    except BadRequest as error:
        message = f"Telegram does not take the address in DEMARCHE_PUBLIC_URL: {error.message}"
        raise CannotRunError(message) from None


async def _look(
    bot: PatientBot,
    address: Address,
    heard: Callable[[], None],
    between: Callable[[float], Awaitable[None]],
) -> None:
    """Ask Telegram now and then: nothing else is heard from it while nobody writes.

    Where another program with this token has taken the updates to itself, they are brought here
    again; and what last kept Telegram from bringing them is said in the log.
    """
    said = None
    while True:
        await between(LOOK_SECONDS)
        try:
            found = await bot.get_webhook_info()
            heard()
            if found.url != address.url:
                log.warning("another program has taken this bot's updates: they are had back")
                await _set(bot, address)
            if found.last_error_date != said:
                said = found.last_error_date
                log.warning(
                    "Telegram could not bring an update (%s): %s", said, found.last_error_message
                )
        except (TelegramError, CannotRunError) as error:
            log.warning("Telegram could not be asked for the webhook: %s", type(error).__name__)
