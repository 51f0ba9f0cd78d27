"""The two ways to run: the Telegram bot, and the page on this computer."""

from __future__ import annotations

import os
import signal
import socket
import webbrowser
from typing import TYPE_CHECKING, NoReturn

import click

from bot.machine import logs

if TYPE_CHECKING:
    from bot.desk import Desk

HOST = "127.0.0.1"
PORTS_TRIED = 20


def page(desk: Desk, port: int, *, browser: bool, log_level: str) -> None:
    """Serve the chat page on 127.0.0.1 until interrupted."""
    import uvicorn  # noqa: PLC0415 -- only this way of running needs it

    from bot.web.app import build  # noqa: PLC0415 -- only this way of running needs it

    logs.set_up(log_level)
    os.umask(0o077)  # nobody else on this computer reads along
    with _listener(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        click.echo(f"Démarche is at {address} (stop it with Ctrl-C)")
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(build(desk), log_config=None, access_log=False, lifespan="on")
        # The server hands on the signal that stopped it: the database is still to be closed.
        signal.signal(signal.SIGTERM, _stopped)
        uvicorn.Server(config).run(sockets=[listener])


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
        return listener
    message = f"no port from {port} on is free: choose another with --port"
    raise click.ClickException(message)


def telegram(desk: Desk, token: str, api_url: str, log_level: str) -> None:
    """Run the bot by long polling until it is told to stop."""
    from bot.telegram.app import CannotRunError, run  # noqa: PLC0415 -- slow to import

    logs.set_up(log_level)
    os.umask(0o077)  # nobody else on this computer reads along
    try:
        run(desk, token, api_url)
    except CannotRunError as error:
        raise click.ClickException(str(error)) from None
