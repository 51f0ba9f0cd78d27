"""`demarche try`: the chat in a page of this computer's browser."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from bot.commands.access import access_of
from bot.conversation.talk.access import Mode
from bot.settings import Settings


@click.command("try")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
def try_command(port: int, *, browser: bool) -> None:
    """Chat in a page of this computer's browser: no token, no account."""
    settings = Settings.read(os.environ)
    from bot.commands import serve  # noqa: PLC0415 -- the desk is slow to import

    # Who has the page's key started the program, and may renew its facts: its commands are theirs.
    # For the same reason it is open to them, whatever holds for the bot.
    access = replace(access_of(settings), mode=Mode.OPEN)
    with (
        serve.alone(settings.database, "try"),
        serve.open_desk(settings, frozenset({"web:"}), access) as desk,
    ):
        serve.page(desk, settings.database, port, browser=browser, log_level=settings.log_level)
