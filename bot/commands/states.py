"""`demarche states find`: a State by any name."""

from __future__ import annotations

import click

from bot.commands.options import no_state
from bot.letters.model import Language
from bot.reference.search import find_states


@click.group("states")
def states_group() -> None:
    """Look States up."""


@states_group.command("find")
@click.argument("text")
def states_find(text: str) -> None:
    """Find States by any name or code, in any language; what is near is listed."""
    match = find_states(text)
    if match.other:
        raise click.ClickException(no_state(match.other))
    if not match.found:
        message = f"no State is known by “{text}”: try another spelling or its ISO code"
        raise click.ClickException(message)
    for state in match.found:
        names = " / ".join(state.short(language) for language in Language)
        click.echo(f"{state.iso3}  {names}")
