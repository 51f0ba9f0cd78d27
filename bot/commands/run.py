"""`demarche run`: the Telegram bot."""

from __future__ import annotations

import os

import click

from bot.commands.access import access_of
from bot.settings import Settings


@click.command("run")
def run_command() -> None:
    """Run the Telegram bot."""
    settings = Settings.read(os.environ)
    token = settings.required_token()
    access = access_of(settings)
    from bot.commands import serve  # noqa: PLC0415 -- the desk is slow to import

    with (
        serve.alone(settings.database, "run") as lock,
        serve.open_desk(settings, settings.administrators, access, settings.workers) as desk,
    ):
        serve.telegram(desk, token, settings, lock.touch)
