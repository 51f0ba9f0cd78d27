"""The program: it gathers the commands, and says their errors in one line."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from bot.commands.access import access_group
from bot.commands.campaigns import campaigns_group
from bot.commands.copies import backup_command, restore_command
from bot.commands.doctor import doctor_command
from bot.commands.keep import keep_command
from bot.commands.keys import keys_group
from bot.commands.letter import letter_command
from bot.commands.missions import missions_group
from bot.commands.move import move_command
from bot.commands.people import people_group
from bot.commands.run import run_command
from bot.commands.states import states_group
from bot.commands.treaties import treaties_group
from bot.commands.try_page import try_command
from bot.reference.loader import gathered_treaties, use
from bot.settings import SettingsError, own_treaties
from bot.storage.errors import StoreError


@click.group(help="Letters to the Permanent Missions of States, as a chat bot and a command.")
@click.version_option(package_name="demarche")
def cli() -> None:
    """Hold the commands together; an office's own treaties are there for all of them."""
    own = own_treaties(os.environ)
    use(own)
    for folder in gathered_treaties().problems if own else ():
        says = f"the treaty {folder.name} is left out: see “demarche treaties check”"
        click.echo(f"demarche: {says}", err=True)


for _command in (
    *(letter_command, treaties_group, states_group, missions_group, campaigns_group),
    *(keep_command, people_group, keys_group, backup_command, restore_command),
    *(move_command, access_group, doctor_command, try_command, run_command),
):
    cli.add_command(_command)


def main() -> NoReturn:
    """Run a command; errors are one line on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        # A console in Latin-1 or cp850 lacks some letters of some names: a question mark each.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(standalone_mode=False)
    except click.Abort:
        click.echo("demarche: nothing was changed", err=True)
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message())
    except (SettingsError, StoreError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str) -> NoReturn:
    click.echo("demarche: " + " ".join(message.split()), err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
