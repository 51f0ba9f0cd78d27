"""`demarche campaigns new | check | messages`: an organisation's own campaigns, in folders."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.reference.loader import use
from bot.settings import Settings, own_treaties

if TYPE_CHECKING:
    from bot.letters.campaign import Campaign
    from bot.reference.written import Problem

SETTINGS = "campaign.toml"


def campaigns_of(root: Path | None) -> dict[str, Campaign]:
    """The good campaigns of the folder in the settings; of others one line says where to look."""
    from bot.reference import written  # noqa: PLC0415 -- few have campaigns of their own

    found: dict[str, Campaign] = {}
    for path in written.folders(root, SETTINGS) if root else ():
        campaign = _examined(path)
        if isinstance(campaign, list):
            says = f"the campaign {path.name} is left out: see “demarche campaigns check {path}”"
            click.echo(f"demarche: {says}", err=True)
        else:
            found[campaign.key] = campaign
    return found


def _examined(path: Path) -> Campaign | list[Problem]:
    """The campaign of a folder, read apart: what somebody put there cannot hang the program."""
    from bot.campaigns import check  # noqa: PLC0415 -- as above
    from bot.machine.apart import Apart  # noqa: PLC0415 -- few have campaigns of their own
    from bot.reference.written import Problem  # noqa: PLC0415 -- as above

    campaign = Apart(("bot.campaigns.check",), partial(use, own_treaties(os.environ))).read(
        check.examined, path
    )
    if campaign is None:
        return [Problem(SETTINGS, 0, "takes too long or too much memory to check")]
    return campaign


class CampaignType(click.ParamType["Campaign"]):
    """A good campaign of the settings' folder, by the name of its folder."""

    name = "campaign"

    def convert(
        self, value: str | Campaign, param: click.Parameter | None, ctx: click.Context | None
    ) -> Campaign:
        """The campaign, or a refusal that names those there are."""
        if not isinstance(value, str):
            return value
        found = campaigns_of(Settings.read(os.environ).campaigns)
        if value not in found:
            there = ", ".join(found) or "none: see DEMARCHE_CAMPAIGNS"
            self.fail(f"“{value}” is no campaign; there are {there}.", param, ctx)
        return found[value]


def _paths(given: tuple[Path, ...]) -> list[Path]:
    """The folders named, or all of the settings' folder."""
    if given:
        return list(given)
    root = Settings.read(os.environ).campaigns
    if root is None:
        message = "name a campaign's folder, or set DEMARCHE_CAMPAIGNS to the folder that has them"
        raise click.ClickException(message)
    from bot.reference.written import is_left_by_system  # noqa: PLC0415 -- as above

    there = root.iterdir() if root.is_dir() else ()
    found = sorted(path for path in there if path.is_dir() and not is_left_by_system(path.name))
    if not found:
        message = f"no campaign in {root}: each is a folder of its own with a campaign.toml"
        raise click.ClickException(message)
    return found


FOLDERS = click.argument(
    "folders",
    nargs=-1,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)


@click.group("campaigns")
def campaigns_group() -> None:
    """Make and check campaigns of your own: folders with a campaign.toml and a letter.jinja."""


@campaigns_group.command("new")
@click.argument("key")
@click.option("--like", required=True, help="A campaign that comes with the program.")
def new_command(key: str, like: str) -> None:
    """Copy a campaign that comes with the program into your folder, to be filled in."""
    from bot.campaigns import copying  # noqa: PLC0415 -- as above

    root = Settings.read(os.environ).campaigns
    if root is None:
        message = "set DEMARCHE_CAMPAIGNS to the folder that is to have your campaigns"
        raise click.ClickException(message)
    made = copying.copied(like, root, key)
    if isinstance(made, str):
        raise click.ClickException(made)
    click.echo(f"{made}: fill in {SETTINGS}, then see “demarche campaigns check {made}”")


@campaigns_group.command("check")
@FOLDERS
def check_command(folders: tuple[Path, ...]) -> None:
    """Say file and line of all that is wrong; status 1 if anything is."""
    bad = False
    for path in _paths(folders):
        campaign = _examined(path.resolve())
        if isinstance(campaign, list):
            for problem in campaign:
                click.echo(f"{path}{os.sep}{problem}")
            bad = True
            continue
        languages = ", ".join(campaign.languages)
        click.echo(f"{path}: good ({campaign.treaty or 'no treaty'}; {languages})")
    if bad:
        raise click.exceptions.Exit(1)


@campaigns_group.command("messages")
@FOLDERS
def messages_command(folders: tuple[Path, ...]) -> None:
    """Bring the catalogues (fr.po, es.po) up to date with the template."""
    from jinja2 import TemplateError  # noqa: PLC0415 -- as above

    from bot.campaigns import catalogue, folder  # noqa: PLC0415 -- as above

    for path in _paths(folders):
        campaign = folder.read(path.resolve())
        if isinstance(campaign, list):
            message = f"{path}{os.sep}{campaign[0]}"
            raise click.ClickException(message)
        try:
            done = catalogue.update(campaign)
        except (TemplateError, ValueError) as error:
            message = f"{path}: the template cannot be read: see “demarche campaigns check {path}”"
            raise click.ClickException(message) from error
        if not isinstance(done, list):
            message = f"{path}{os.sep}{done}; nothing was written"
            raise click.ClickException(message)
        for file, missing in done:
            click.echo(f"{path}{os.sep}{file.name}: {missing} to translate")
        if not done:
            click.echo(f"{path}: in English only, nothing to translate")
