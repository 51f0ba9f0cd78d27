"""`demarche keep`: what lives how long here, and how much of it there is."""

from __future__ import annotations

import os
from contextlib import closing

import click

from bot.commands.now import today
from bot.commands.stores import store_of
from bot.keeping.lifetimes import LEAST, MOST, TABLE, USUAL
from bot.settings import Settings


@click.command("keep")
def keep_command() -> None:
    """Show what lives how long, how many of each there are, and how many are due within a week.

    DEMARCHE_KEEP sets other days: see deploy/README.md.
    """
    settings = Settings.read(os.environ)
    counts: dict[str, tuple[int, int]] = dict.fromkeys(USUAL, (0, 0))
    if settings.has_database:
        with closing(store_of(settings)) as store:
            counts = store.expiry.counts(today(), settings.keep)
    click.echo(f"{'kind':<10}{'days':>7}{'there':>8}{'due':>6}  what")
    for one in TABLE:
        days, usual = settings.keep[one.key], USUAL[one.key]
        there, due = counts[one.key]
        said = one.said(days) % {"days": days} if days else one.said(days)
        set_here = "  (set here)" if days != usual else ""
        shown = days or ("never" if usual else "-")
        click.echo(f"{one.key:<10}{shown:>7}{there:>8}{due:>6}  {said}{set_here}")
    click.echo(
        f'Other days: DEMARCHE_KEEP="drafts=60 sent=never", from {LEAST} to {MOST} or never.'
    )
