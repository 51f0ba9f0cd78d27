"""What the screens on a letter to many States share: the selection, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.many.mailing import mission_is_doubtful, offered, targets
from bot.conversation.talk.booked import entry_of, language_entry
from bot.conversation.talk.context import LANGUAGE_NAMES, lacking_first_of
from bot.conversation.talk.names import by_name
from bot.conversation.talk.offices import is_to_mission, said_of
from bot.conversation.talk.page import lines
from bot.conversation.talk.selection import ALL, OWN, Selection
from bot.conversation.talk.values import View
from bot.conversation.wording.wording import section_name
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation.many.kept import Target
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.letters.mission_book import Entry
    from bot.letters.model import State

NAMES_SHOWN = 30

MAILING = View("mailing")


def code_names(_: Translator) -> dict[str, str]:
    """A choice of language in a word."""
    return {
        OWN: _("its own language"),
        ALL: _("all three"),
        **{str(language): name for language, name in LANGUAGE_NAMES.items()},
    }


def selection_of(context: Context) -> Selection:
    """The States chosen for this draft; none yet for another one's."""
    chosen = context.user.selection
    draft = context.draft
    return chosen if chosen and chosen.draft_id == draft.id else Selection(draft.id)


def chosen_of(context: Context, may: Iterable[State] | None = None) -> dict[str, State]:
    """The chosen States that may be written to, by code; `may` are those that may, where known.

    Which they are is to be asked of every State, so a screen asks once.
    """
    selected = selection_of(context).states
    if may is None:
        may = (state for state, _ in offered(context.draft, context.library))
    return {state.iso3: state for state in may if state.iso3 in selected}


def targets_of(context: Context, chosen: Mapping[str, State]) -> tuple[Target, ...]:
    """The letters to the chosen States; those that have joined since are not among them."""
    booked = {
        iso3: entry.language
        for iso3, state in chosen.items()
        if (entry := language_entry(context, state)) and entry.language
    }
    kept = {**booked, **context.user.correspondence}
    return targets(selection_of(context), chosen.values(), context.draft, context.library, kept)


def booked_of(context: Context, found: tuple[Target, ...]) -> dict[str, Entry]:
    """What the mission book says of each State's office to which the letters go."""
    draft = context.draft
    bare = replace(draft, address="")
    entries = {
        target.state: draft.booked
        if target.state == draft.state
        else entry_of(context, replace(bare, state=target.state))
        for target in found
    }
    return {iso3: entry for iso3, entry in entries.items() if entry}


def booked_lines(context: Context, found: tuple[Target, ...]) -> str:
    """How many of the States the mission book knows, and how old that is."""
    _, booked = context._, booked_of(context, found)
    if not booked:
        return ""
    day = context.letter_date()
    old = sum(one.is_old(day) for one in booked.values())
    said = _.plural(
        "The mission book knows the office of %(count)s State: see the index.",
        "The mission book knows the offices of %(count)s States: see the index.",
        len(booked),
    )
    emails = sum(bool(one.email) for one in booked.values())
    drafts = _.plural(
        "%(count)s State has an e-mail address there and gets an e-mail draft.",
        "%(count)s States have an e-mail address there and get an e-mail draft.",
        emails,
    )
    warning = _.plural(
        "%(count)s entry is more than 180 days older than the letters.",
        "%(count)s entries are more than 180 days older than the letters.",
        old,
    )
    return lines(said, drafts if emails else "", f"⚠ {warning}" if old else "")


def group_label(context: Context, name: str, members: list[State]) -> str:
    """A group with its mark, and how many of its States are chosen."""
    _ = context._
    selected = selection_of(context).states
    chosen = sum(state.iso3 in selected for state in members)
    if not chosen:
        return f"☐ {name} ({len(members)})"
    mark = "☑" if chosen == len(members) else "◩"
    said = _("%(group)s: %(count)s of %(all)s", group=name, count=chosen, all=len(members))
    return f"{mark} {said}"


def summary(context: Context, of: Mapping[str, State], found: tuple[Target, ...]) -> str:
    """How many States and letters, in which languages, and the States' names."""
    _ = context._
    chosen = by_name(context, list(of.values()))
    if not chosen:
        return _("No State is chosen yet.")
    counts = Counter(target.language for target in found)
    languages = ", ".join(
        f"{LANGUAGE_NAMES[language]} {counts[language]}"
        for language in Language
        if counts[language]
    )
    states = _.plural("%(count)s State", "%(count)s States", len(chosen))
    letters = _.plural("%(count)s letter", "%(count)s letters", len(found))
    names = ", ".join(context.state_name(state) for state in chosen[:NAMES_SHOWN])
    more = ", …" if len(chosen) > NAMES_SHOWN else ""
    said = (
        *_whom_lines(context, chosen),
        *_first_lines(context, chosen),
        *_doubtful_line(context, chosen),
    )
    first = "".join(f"\n{line}" for line in said)
    return f"{states}, {letters} ({languages})\n{names}{more}{first}"


def _whom_lines(context: Context, chosen: list[State]) -> list[str]:
    """To which office all of them go, where that is no mission; whose an own address is."""
    _, draft = context._, context.draft
    if draft.address and any(state.iso3 != draft.state for state in chosen):
        line = _(
            "The address that you typed is of %(state)s alone: the others go to “%(office)s”.",
            state=context.state_name(context.state()),
            office=said_of(context, replace(draft, address="")),
        )
        return [f"⚠ {line}"]
    if is_to_mission(draft) or draft.address:
        return []
    # By what most States call it, whichever the draft's own is.
    return [said_of(context, replace(draft, state=None))]


def _doubtful_line(context: Context, chosen: list[State]) -> tuple[str, ...]:
    """Which States may have no mission to write to."""
    found = [state for state in chosen if mission_is_doubtful(state, context.draft)]
    if not found:
        return ()
    names = ", ".join(context.state_name(state) for state in found)
    line = context._(
        "Not Members of the United Nations: please check that they have a mission in Geneva: "
        "%(states)s.",
        states=names,
    )
    return (f"⚠ {line}",)


def _first_lines(context: Context, chosen: list[State]) -> list[str]:
    """For which States the letter asks for another treaty first."""
    _ = context._
    waiting: dict[tuple[str, str], list[str]] = {}
    for state in chosen:
        found = lacking_first_of(context.draft, state.iso3, context.library)
        if found:
            waiting.setdefault(found, []).append(context.state_name(state))
    return [
        _(
            "Before %(treaty)s the letter asks for %(parent)s, which these have to join first: "
            "%(states)s.",
            treaty=treaty,
            parent=parent,
            states=", ".join(names[:NAMES_SHOWN]) + (", …" if len(names) > NAMES_SHOWN else ""),
        )
        for (treaty, parent), names in waiting.items()
    ]


def naming_lines(context: Context, found: tuple[tuple[str, str], ...]) -> list[str]:
    """A line for each State that own words name though the letter is not to it."""
    _ = context._
    states = context.library.records.states
    lines = []
    for key, iso3 in found:
        section, state = section_name(_, key), context.state_name(states[iso3])
        lines.append(_("“%(section)s” names %(state)s.", section=section, state=state))
    return lines
