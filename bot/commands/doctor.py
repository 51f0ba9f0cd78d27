"""`demarche doctor`: what is in order, and what to mend."""

from __future__ import annotations

import os
import sys

import click

from bot.commands.now import now, today
from bot.settings import Settings
from bot.storage import restoring


@click.command("doctor")
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Go on with a database of which the last changes were lost.",
)
def doctor_command(*, accept_loss: bool) -> None:
    """Check settings, templates, catalogues, data and database; say what to mend."""
    from bot.commands import checks  # noqa: PLC0415 -- slow to import

    if accept_loss:
        restoring.accept_loss(Settings.read(os.environ).database)
    findings = checks.run(os.environ, today(), now())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'MEND'} {finding.what}: {finding.says}")
    if not all(finding.ok for finding in findings):
        sys.exit(1)
