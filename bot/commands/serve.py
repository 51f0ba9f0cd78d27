"""The two ways to run, over one desk: the Telegram bot, and the page on this computer."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.browser import leading_to
from bot.commands.campaigns import campaigns_of
from bot.commands.figures_page import figures_page
from bot.commands.now import now, today
from bot.commands.stores import store_in_time
from bot.desk import Desk, folders
from bot.desk.mistakes import reference
from bot.desk.opening import READERS
from bot.letters.compose import Composer
from bot.machine import logs, supervisor
from bot.machine.apart import Apart
from bot.machine.hands import Own, Workers
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load, use
from bot.storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from bot.conversation.talk.access import Access
    from bot.machine.translator import LibreTranslate
    from bot.settings import Settings

HOST = "127.0.0.1"
PORTS_TRIED = 20
KEY_BYTES = 24
"""Of what opens the page: 192 bits that nobody guesses."""

log = logging.getLogger(__name__)


@contextmanager
def alone(database: Path | str, what: str) -> Iterator[Lock | None]:
    """The program that runs on a database, for the length of the block; no other does.

    On a server's several may run: there is nothing to hold.

    Ctrl-C is how it is meant to be stopped, so that it is no mistake. Should the program fall, its
    memory is not written to a disk: it holds what people wrote.
    """
    try:
        import resource  # noqa: PLC0415 -- Windows has none
    except ImportError:
        pass
    else:
        with suppress(OSError, ValueError):  # a hardened service may not; it has a limit already
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        if isinstance(database, str):
            yield None
            return
        with closing(Lock(database, what)) as lock:
            yield lock
    except KeyboardInterrupt:
        raise SystemExit(0) from None


@contextmanager
def open_desk(
    settings: Settings, administrators: frozenset[str], access: Access, workers: int = 0
) -> Iterator[Desk]:
    """A desk whose database is open for the length of the block, and which has so many workers."""
    first = partial(use, settings.treaties)
    hands = Workers(workers, first) if workers else Own()
    with closing(hands), closing(store_in_time(settings, partial(click.echo, err=True))) as store:
        folders.sweep()
        yield Desk(
            store,
            Composer(load(), TEMPLATES, LOCALES, campaigns_of(settings.campaigns)),
            LOCALES,
            Apart(READERS, first),
            today=today,
            now=now,
            new_id=lambda: secrets.token_urlsafe(6),
            new_token=lambda prefix: prefix + secrets.token_urlsafe(24),
            new_reference=partial(reference, secrets.choice),
            translator=_translator(settings),
            administrators=administrators,
            lifetimes=settings.keep,
            access=access,
            hands=hands,
        )


def _translator(settings: Settings) -> LibreTranslate | None:
    if not settings.translator_url:
        return None
    from bot.machine.translator import LibreTranslate  # noqa: PLC0415 -- few have one

    return LibreTranslate(settings.translator_url, settings.translator_key)


def page(desk: Desk, database: Path, port: int, *, browser: bool, log_level: str) -> None:
    """Serve the chat page on 127.0.0.1 until interrupted."""
    import uvicorn  # noqa: PLC0415 -- only this way of running needs it

    from bot.commands.listening import configured  # noqa: PLC0415 -- as above
    from bot.web.app import build  # noqa: PLC0415 -- as above
    from bot.web.door import FRAGMENT  # noqa: PLC0415 -- as above

    logs.set_up(log_level)
    os.umask(0o077)  # nobody else on this computer reads along
    with _listener(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        desk.public_url = address.rstrip("/")
        key = secrets.token_urlsafe(KEY_BYTES)
        whole = f"{address}#{FRAGMENT}{key}"
        click.echo(f"Démarche is at {whole} (stop it with Ctrl-C)")
        earlier = database.with_name(database.name + "-people")
        server = uvicorn.Server(configured(build(desk, key, earlier=earlier)))
        # The server hands on the signal that stopped it: the database is still to be closed.
        signal.signal(signal.SIGTERM, _stopped)
        with leading_to(whole) if browser else nullcontext():
            server.run(sockets=[listener])


def _stopped(*_signal: object) -> NoReturn:
    raise SystemExit(0)


def _listener(port: int) -> socket.socket:
    """A socket on the port, or on the next free one."""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen()
        except OSError:
            listener.close()
            continue
        if candidate != port:
            click.echo(f"Port {port} is taken: this is at port {candidate}.", err=True)
        return listener
    message = f"no port from {port} on is free: choose another with --port"
    raise click.ClickException(message)


def telegram(desk: Desk, token: str, settings: Settings, heard: Callable[[], None]) -> None:
    """Run the bot until it is told to stop; beside it the co-signers' pages.

    `heard` is called whenever Telegram has answered.
    """
    from bot.telegram.running import CannotRunError, run  # noqa: PLC0415 -- slow to import

    logs.set_up(settings.log_level, settings.log_format)
    os.umask(0o077)  # nobody else on this computer reads along
    beside: list[Callable[[], Awaitable[None]]] = [supervisor.kept_awake]
    if settings.metrics:
        beside.append(figures_page(desk, settings.metrics))
    try:
        if settings.webhook:
            from bot.commands.webhook import run_webhook  # noqa: PLC0415 -- slow to import

            run_webhook(desk, token, settings, beside, heard)
            return
        if settings.public_url:
            beside.append(signing_pages(desk, settings))
        _ask_alone(desk)
        run(desk, token, settings.api_url, beside, heard, rate=settings.messages)
    except CannotRunError as error:
        raise click.ClickException(str(error)) from None


def _ask_alone(desk: Desk) -> None:
    """Telegram is asked for updates by one process alone: where it brings them, by several."""
    if desk.store.lanes and not desk.store.lanes.take("polling"):
        message = (
            "another process on this database asks Telegram for updates: stop it, or run all of"
            " them with --webhook"
        )
        raise click.ClickException(message)


def signing_pages(desk: Desk, settings: Settings) -> Callable[[], Awaitable[None]]:
    """What serves the pages of those who are asked to sign, in the bot's own loop."""
    from bot.commands.listening import configured, serving  # noqa: PLC0415 -- slow to import
    from bot.web.signing.app import build  # noqa: PLC0415 -- as above

    desk.public_url = settings.public_url
    host, port = settings.listen
    config = configured(build(desk, settings.public_url), proxied=True)

    async def served() -> None:
        try:
            listener = socket.create_server((host, port), reuse_port=False)
        except OSError as error:
            log.error("no pages for co-signers: %s:%s cannot be used (%s)", host, port, error.errno)  # noqa: TRY400 -- one line, no trace
            desk.public_url = ""  # no link is given out that nobody serves
            return
        with listener:
            async with serving(config, listener) as ended:
                await asyncio.wait({ended})

    return served
