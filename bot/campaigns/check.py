"""Whether a campaign is safe and whole: read without running it, then its letters rendered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.campaigns import catalogue, folder
from bot.campaigns.reading import read_template
from bot.campaigns.rendering import rendered, variables
from bot.letters.campaign import TEMPLATE, Campaign
from bot.letters.model import Language
from bot.reference.loader import load
from bot.reference.written import Problem, told

if TYPE_CHECKING:
    from pathlib import Path


def examined(path: Path) -> Campaign | list[Problem]:
    """The campaign of a folder, or what is wrong with it: whatever a folder holds.

    Everything in it is read once; the campaign needs the folder no more.
    """
    try:
        campaign = folder.read(path)
        found = campaign if isinstance(campaign, list) else _examined(campaign)
    except Exception as error:  # noqa: BLE001 -- a stranger's file may make any library stumble
        return [Problem(TEMPLATE, 0, f"cannot be checked: {type(error).__name__}")]
    return told(found) if isinstance(found, list) else found


def _examined(campaign: Campaign) -> Campaign | list[Problem]:
    """Nothing is rendered before it was read and found good."""
    known = variables(campaign)
    on_a_treaty = replace(campaign, treaty=campaign.treaty or next(iter(load().treaties)))
    found = read_template(campaign, known, variables(on_a_treaty) - known)
    if found:
        return found
    catalogues: dict[Language, bytes] = {}
    for language in campaign.languages:
        if language is Language.EN:
            continue
        made = catalogue.translated(campaign, language)
        if isinstance(made, list):
            found += made
        else:
            catalogues[language] = made
    whole = replace(campaign, catalogues=catalogues)
    return found or rendered(whole) or whole
