"""Whether a campaign is safe and whole: read without running it, then its letters rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.campaigns import catalogue, folder
from bot.campaigns.folder import Problem
from bot.campaigns.reading import read_template
from bot.campaigns.rendering import rendered, variables
from bot.letters.campaign import TEMPLATE
from bot.letters.model import Language

if TYPE_CHECKING:
    from pathlib import Path

    from bot.letters.campaign import Campaign


def examined(path: Path) -> Campaign | list[Problem]:
    """The campaign of a folder, or all that is wrong with it: whatever a folder holds."""
    try:
        campaign = folder.read(path)
        found = campaign if isinstance(campaign, list) else problems(campaign)
    except Exception as error:  # noqa: BLE001 -- a stranger's file may make any library stumble
        return [Problem(TEMPLATE, 0, f"cannot be checked: {type(error).__name__}")]
    return found or campaign


def problems(campaign: Campaign) -> list[Problem]:
    """All that is wrong with a campaign; nothing is rendered before it was read and found good."""
    found = read_template(campaign, variables(campaign))
    for language in campaign.languages:
        if language is not Language.EN and not found:
            found += catalogue.problems(campaign, language)
    return found or rendered(campaign)
