"""`demarche doctor`: what is in order, and what to mend."""

from __future__ import annotations

import os
import sys

import click

from bot.commands.now import today


@click.command("doctor")
def doctor_command() -> None:
    """Check settings, templates, catalogues, data and database; say what to mend."""
    from bot.commands import checks  # noqa: PLC0415 -- slow to import

    findings = checks.run(os.environ, today())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'MEND'} {finding.what}: {finding.says}")
    if not all(finding.ok for finding in findings):
        sys.exit(1)
