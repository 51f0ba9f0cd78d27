"""The texts that somebody is asked to sign: in other languages, to other States, as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import SIGNINGS
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.page import lines
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.values import Screen
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.endorsing.asking import Asked
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows
    from bot.signings.values import Signing

PAGE = 10


def all_at_once(context: Context, signing: Signing) -> str:
    """Of letters to many States: how many a yes holds for."""
    if not signing.is_many:
        return ""
    count = len(SIGNINGS.of(context).keys(signing.id, signing.version))
    return context._.plural(
        "Your yes holds for %(count)s letter.",
        "Your yes holds for all %(count)s letters: you can read each of them.",
        count,
    )


def readings(context: Context, found: Asked) -> Rows:
    """The letter in its other languages, the other letters, and a PDF."""
    _ = context._
    keys = SIGNINGS.of(context).keys(found.signing.id, found.signing.version)
    shown = found.shown.key if found.shown else ""
    state = shown.partition(".")[0]
    others = [key for key in keys if key != shown and key.partition(".")[0] == state]
    buttons = [
        context.button(_("Read it in %(language)s", language=_language(key)), "read", key)
        for key in others
    ]
    if found.signing.is_many:
        buttons.append(context.button(_("Read the other letters"), "askedtexts"))
    buttons.append(context.button(_("PDF"), "askedpdf"))
    return in_rows(buttons, 1)


def texts_screen(context: Context, found: Asked, name: str, notice: str) -> Screen:
    """All letters, by the States."""
    keys = SIGNINGS.of(context).keys(found.signing.id, found.signing.version)
    states = context.library.records.states
    buttons = [
        context.button(
            f"{context.state_name(states[key.partition('.')[0]])} · {_language(key)}", "read", key
        )
        for key in keys
    ]
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    return Screen(name, lines(notice, all_at_once(context, found.signing)), rows)


def _language(key: str) -> str:
    return LANGUAGE_NAMES[Language(key.rpartition(".")[2])]
