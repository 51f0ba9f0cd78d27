"""Where templates are rendered: sandboxed, strict on names, with one language's messages."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from bot.letters.campaign import TEMPLATE
from bot.letters.catalogues import translations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import BaseLoader, Environment

    from bot.letters.campaign import Campaign
    from bot.letters.model import Language

GENERAL = '{% extends "general.jinja" %}'
_OF_TREATY = re.compile(r"[a-z0-9-]{2,20}\.jinja")

MARK, END = "\x1e", "\x1f"
"""They part the sections of a rendered template; names never hold control characters."""


@lru_cache(maxsize=32)
def environment_of(
    templates: Path, locales: Path, language: Language, campaign: Campaign | None
) -> Environment:
    """One environment per language: overlays share their globals, and French came out Spanish."""
    # Slow to import, and half of the commands write no letter.
    from jinja2 import (  # noqa: PLC0415
        ChoiceLoader,
        FileSystemLoader,
        FunctionLoader,
        StrictUndefined,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    from bot.letters.bytecode import KEPT  # noqa: PLC0415 -- beside them

    loaders: list[BaseLoader] = [FileSystemLoader(templates / "letters")]
    if campaign:
        loaders.append(FunctionLoader(lambda name: _source(campaign, name)))
    loaders.append(FunctionLoader(_of_any_treaty))
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        bytecode_cache=KEPT,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals["section"] = _section
    catalogue = translations(locales, "letters", language)
    if campaign and language in campaign.catalogues:
        own = GNUTranslations(io.BytesIO(campaign.catalogues[language]))
        own.add_fallback(catalogue)
        catalogue = own
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    return environment


def _of_any_treaty(name: str) -> str | None:
    """The letter on a treaty that has no template of its own: what differs stands in its folder."""
    return GENERAL if _OF_TREATY.fullmatch(name) else None


def _source(campaign: Campaign, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A campaign's one template; the shipped ones stand before it and cannot be replaced."""
    if name != TEMPLATE:
        return None
    return campaign.template, str(campaign.folder / TEMPLATE), lambda: True


def _section(key: str) -> str:
    return f"{MARK}{key}{END}"
