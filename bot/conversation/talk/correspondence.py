"""The language of a mission, in words; and what the user sets of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.talk.booked import language_entry
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.names import by_name
from bot.letters.correspondence import Correspondence, Origin

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import User
    from bot.letters.model import Language, State


def correspondence_with(context: Context, state: State) -> Correspondence:
    """The language in which the State is written to: what was set, else what is known of it."""
    kept = context.user.correspondence.get(state.iso3)
    known = known_correspondence(context, state)
    return Correspondence(kept, Origin.SET, known.official) if kept else known


def known_correspondence(context: Context, state: State) -> Correspondence:
    """The same, whatever the user has set: by the mission book, else what is known to all."""
    known = context.library.find.correspondence(state)
    entry = language_entry(context, state)
    if entry is None or entry.language is None:
        return known
    return Correspondence(entry.language, Origin.BOOK, known.official, entry.as_of.isoformat())


def origin_line(context: Context, state: State, found: Correspondence | None = None) -> str:
    """Which language is the State's own, and where that comes from."""
    _ = context._
    found = found or correspondence_with(context, state)
    name, language = context.state_name(state), LANGUAGE_NAMES[found.language]
    if found.origin is Origin.SET:
        return _("%(state)s: you have set %(language)s.", state=name, language=language)
    if found.origin is Origin.BOOK:
        return _(
            "%(state)s: %(language)s, by the mission book, as of %(date)s.",
            state=name,
            language=language,
            date=context.day(date.fromisoformat(found.source)),
        )
    if found.origin is Origin.DOCUMENTS:
        return _(
            "%(state)s: its documents at the United Nations are in %(language)s (%(documents)s).",
            state=name,
            language=language,
            documents=found.source,
        )
    if len(found.official) > 1:
        return _(
            "%(state)s: %(languages)s are official languages (Unicode CLDR, in its order).",
            state=name,
            languages=", ".join(LANGUAGE_NAMES[one] for one in found.official),
        )
    if found.origin is Origin.OFFICIAL:
        return _(
            "%(state)s: %(language)s is an official language (Unicode CLDR).",
            state=name,
            language=language,
        )
    return _(
        "%(state)s: no official language among English, French and Spanish; so English, unless "
        "you choose another.",
        state=name,
    )


def marked(context: Context, state: State, language: Language) -> str:
    """The language's name, and what it is to the State."""
    _ = context._
    found, name = correspondence_with(context, state), LANGUAGE_NAMES[language]
    if language is found.language and found.origin is Origin.SET:
        return _("%(language)s (set by you)", language=name)
    if language is found.language and found.origin is Origin.BOOK:
        return _("%(language)s (by the mission book)", language=name)
    if language is found.language and found.origin is Origin.DOCUMENTS:
        return _("%(language)s (its language at the UN)", language=name)
    if language in found.official:
        return _("%(language)s (official language)", language=name)
    return name


def keeping(context: Context, chosen: dict[str, Language]) -> User:
    """The user with these missions' languages set; one that is known anyway need not be."""
    states = context.library.records.states
    kept = {**context.user.correspondence, **chosen}
    for iso3, language in chosen.items():
        known = known_correspondence(context, states[iso3])
        if known.is_own and known.language is language:
            del kept[iso3]
    return replace(context.user, correspondence=kept)


def kept_line(context: Context, chosen: dict[str, Language]) -> str:
    """What was set, and where it is changed again."""
    _ = context._
    states = by_name(context, [context.library.records.states[iso3] for iso3 in chosen])
    names = (f"{context.state_name(s)} – {LANGUAGE_NAMES[chosen[s.iso3]]}" for s in states)
    return _(
        "Kept: %(names)s. You see and change this under Settings, Languages of missions.",
        names="; ".join(names),
    )


def without(context: Context, iso3: str) -> User:
    """The user without what was set for that mission."""
    kept = {code: one for code, one in context.user.correspondence.items() if code != iso3}
    return replace(context.user, correspondence=kept)
