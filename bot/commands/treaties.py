"""`demarche treaties`: who is party and who is not; what renews it is gathered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.new_treaty import new_command
from bot.commands.now import records_now
from bot.commands.options import DateType, TreatyType
from bot.commands.renewing import fetch_command, import_command
from bot.commands.treaty_folders import check_command
from bot.commands.versions import history_command, rollback_command
from bot.letters.model import Language

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.treaties import Treaty


class TreatiesGroup(click.Group):
    """A group whose bare form, or with a treaty, is its first command: the list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the list's name in where no command is named."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("treaties", cls=TreatiesGroup)
def treaties_group() -> None:
    """List the treaties and their parties; renew their status."""


for _command in (
    *(import_command, fetch_command, new_command, check_command),
    *(history_command, rollback_command),
):
    treaties_group.add_command(_command)


def _unknown(treaty: Treaty) -> str:
    """That its facts come with its first page."""
    return (
        f"{treaty.code}: it is not known yet which States have joined. Save its page at"
        f" treaties.un.org ({treaty.untc_number}) and run “demarche treaties import” on it."
    )


@treaties_group.command("list")
@click.argument("treaty", type=TreatyType(), required=False)
@click.option("--on", "day", type=DateType(), help="On this date; the data's own if left out.")
@click.option("--not-party", is_flag=True, help="List the States that are not party.")
def treaties_command(treaty: Treaty | None, day: date | None, *, not_party: bool) -> None:
    """List the treaties with their parties, or the States not party to one."""
    records = records_now()
    as_of = records.dated(*([treaty.code] if treaty else []))
    if treaty and not records.has_status(treaty.code):
        raise click.ClickException(_unknown(treaty))
    known = [code for code in records.treaties if records.has_status(code)]
    on = day or max(records.dated(code) for code in ([treaty.code] if treaty else known))
    if not_party and treaty is None:
        message = "--not-party needs a treaty, such as: demarche treaties OPSC --not-party"
        raise click.ClickException(message)
    click.echo(f"Status of {as_of}; on {on}:", err=True)
    width = max(map(len, records.treaties))
    if treaty is None or not not_party:
        for one in [treaty] if treaty else records.treaties.values():
            known_parties = f"{records.parties(one.code, on):>4} parties"
            count = known_parties if records.has_status(one.code) else "not known yet"
            click.echo(f"{one.code:<{width}} {count:<13} {one.titles[Language.EN]}")
        return
    for state, standing in sorted(
        records.not_party(treaty.code, on), key=lambda pair: pair[0].short(Language.EN)
    ):
        since = f" {standing.signed_on}" if standing.signed_on else ""
        if standing.withdrawn_on:
            since = f" (withdrew {standing.withdrawn_on})"
        click.echo(f"{state.iso3}  {state.short(Language.EN):<45} {standing.stage}{since}")
