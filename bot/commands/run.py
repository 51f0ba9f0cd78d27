"""`demarche run`: the Telegram bot."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from bot.commands.access import access_of
from bot.settings import Settings


@click.command("run")
@click.option(
    "--webhook",
    is_flag=True,
    help="Telegram brings messages to DEMARCHE_PUBLIC_URL, instead of being asked for them.",
)
def run_command(*, webhook: bool) -> None:
    """Run the Telegram bot."""
    settings = Settings.read(os.environ)
    settings = replace(settings, webhook=webhook or settings.webhook)
    settings.check_webhook()
    token = settings.required_token()
    access = access_of(settings)
    from bot.commands import serve  # noqa: PLC0415 -- the desk is slow to import

    with (
        serve.alone(settings.where, "run") as lock,
        serve.open_desk(settings, settings.administrators, access, settings.workers) as desk,
    ):
        serve.telegram(desk, token, settings, lock.touch if lock else _unheard)


def _unheard() -> None:
    """On a server's database no file says when Telegram was heard: /readyz does."""
