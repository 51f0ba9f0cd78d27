"""What pages that were sent would change, in the user's language: in short, and whole."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.conversation.talk.names import labelled
from bot.conversation.talk.page import lines
from bot.letters.alterations import Alteration, Oddity, alterations
from bot.letters.differences import Difference, Kind, differences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.letters.model import State
    from bot.letters.status import Act, Note, Records, Version

MOST_SHOWN = 3000
"""So many characters of changes fit on a screen; of more, only how many there are is said."""

MOST_NAMED = 40
"""So many States are named in a group: more do not fit into a message."""


def changes_shown(context: Context, versions: Iterable[Version]) -> list[str]:
    """What each page would change, State by State, or where that is much how many of each kind."""
    versions = tuple(versions)
    before = context.library.records
    after = before.with_versions(versions)
    said = [_shown(context, one, before, after) for one in versions]
    if sum(map(len, said)) > MOST_SHOWN:
        said = [_counted(context, one, before, after) for one in versions]
    return said


def known_shown(context: Context, versions: Iterable[Version]) -> list[str]:
    """What was known and would change, whole, in as many screens as it takes."""
    records = context.library.records
    screens = [""]
    for version in versions:
        for one in alterations(records, version):
            block = _whole(context, one, version)
            if screens[-1] and len(screens[-1]) + len(block) > MOST_SHOWN:
                screens.append("")
            screens[-1] = "\n\n".join(filter(None, (screens[-1], block)))
    return [screen for screen in screens if screen]


def dates_alone(context: Context, versions: Iterable[Version]) -> bool:
    """Whether nothing wants a yes but the days that were read from notes."""
    records = context.library.records
    found = [one for version in versions for one in alterations(records, version)]
    return bool(found) and all(one.oddities == (Oddity.DATED,) for one in found)


def _whole(context: Context, one: Alteration, version: Version) -> str:
    """A State's acts before and after, what is odd about them, and the page's note."""
    _ = context._
    name = context.state_name(one.state) if one.state else _("Participants that are no States")
    odd = _odd(_)
    return lines(
        f"{one.treaty} · {name}",
        labelled(_, _("Before"), _acts(context, one.was)),
        labelled(_, _("On this page"), _acts(context, one.now)),
        *(f"⚠ {odd[oddity]}" for oddity in one.oddities),
        _note(context, one.state, version.notes.get(one.state.iso3)) if one.state else "",
    )


def _note(context: Context, state: State, note: Note | None) -> str:
    """What the page's note says, in its own words."""
    if note is None:
        return ""
    return context._(
        "%(state)s: note %(number)s: “%(text)s”",
        state=context.state_name(state),
        number=note.number,
        text=note.text,
    )


def _odd(_: Translator) -> dict[Oddity, str]:
    return {
        Oddity.MARK: _("Its mark is none of those that the column’s heading lists."),
        Oddity.UNSIGNED: _("No signature goes with this act, as one should."),
        Oddity.LATE_SIGNATURE: _("The signature is later than the act."),
        Oddity.SUCCESSION: _("A succession has no signature of the State’s own beside it."),
        Oddity.NO_CLAUSE: _("This treaty has no clause on withdrawal."),
        Oddity.CONFIRMATION: _("A formal confirmation is an act of organizations, not of States."),
        Oddity.DATED: _("Since when it is no longer party is read from the page’s note."),
    }


def _acts(context: Context, acts: Iterable[Act]) -> str:
    _ = context._
    return " · ".join(", ".join(_facts(context, act)) for act in acts) or _("nothing")


def _facts(context: Context, act: Act) -> list[str]:
    _ = context._
    found = []
    if act.signed_on:
        day = context.day(act.signed_on)
        found.append(
            _("succeeded to the signature on %(date)s", date=day)
            if act.by_succession
            else _("signed on %(date)s", date=day)
        )
    if act.acted_on:
        found.append(_acted(_, act.action) % {"date": context.day(act.acted_on)})
    if act.withdrawn_on:
        found.append(_("no longer party since %(date)s", date=context.day(act.withdrawn_on)))
    return found


def _acted(_: Translator, action: str) -> str:
    return {
        "": _("party since %(date)s"),
        "ratification": _("ratified on %(date)s"),
        "accession": _("acceded on %(date)s"),
        "succession": _("succeeded on %(date)s"),
        "acceptance": _("accepted on %(date)s"),
        "approval": _("approved on %(date)s"),
        "formal confirmation": _("formally confirmed on %(date)s"),
        "consent to be bound": _("consented to be bound on %(date)s"),
        "definitive signature": _("signed definitively on %(date)s"),
    }.get(action) or _("joined on %(date)s")


def _shown(context: Context, version: Version, before: Records, after: Records) -> str:
    """What one page would change, State by State."""
    _ = context._
    code, day = version.treaty, version.as_of.date()
    old = before.parties(code, max(before.dated(code), day))
    head = (
        _(
            "%(treaty)s, first status, as at %(date)s. Parties: %(parties)s.",
            treaty=code,
            date=context.day(day),
            parties=version.parties,
        )
        if not before.has_status(code)
        else _(
            "%(treaty)s, status as at %(date)s (before: %(before)s). Parties: %(parties)s (before: "
            "%(old)s).",
            treaty=code,
            date=context.day(day),
            before=context.day(before.dated(code)),
            parties=version.parties,
            old=old,
        )
    )
    found = differences(before, after, code)
    known = alterations(before, version)
    whole = {one.state.iso3 for one in known if one.state}
    groups = {kind: [one for one in found if one.kind is kind] for kind in Kind}
    groups[Kind.OTHER] = [one for one in groups[Kind.OTHER] if one.state.iso3 not in whole]
    said = [
        labelled(_, _kind(_, kind), _named(context, those))
        for kind, those in groups.items()
        if those
    ]
    said += _leaving(context, version, found)
    if known:
        said.append(_("Facts that were known would change."))
    return lines(head, *(said or [_("Nothing else changes.")]))


def _leaving(context: Context, version: Version, found: Iterable[Difference]) -> list[str]:
    """Withdrawals that were notified and are not in effect, and the notes on all that are new."""
    _ = context._
    states = context.library.records.states
    leaving = sorted(version.leaving.items(), key=lambda one: one[1])
    said = [
        _(
            "%(state)s has notified its withdrawal, with effect from %(date)s: until then it is "
            "a party.",
            state=context.state_name(states[iso3]),
            date=context.day(day),
        )
        for iso3, day in leaving
    ]
    told = [*version.leaving, *(one.state.iso3 for one in found if one.kind is Kind.LEFT)]
    return said + [_note(context, states[iso3], version.notes.get(iso3)) for iso3 in told]


def _counted(context: Context, version: Version, before: Records, after: Records) -> str:
    """What one page would change in a line: how many of each kind."""
    _ = context._
    counts = Counter(one.kind for one in differences(before, after, version.treaty))
    said = "; ".join(
        labelled(_, _kind(_, kind), str(counts[kind])) for kind in Kind if counts[kind]
    )
    name = f"{version.treaty}, {context.day(version.as_of.date())}"
    return labelled(_, name, said or _("Nothing else changes."))


def _kind(_: Translator, kind: Kind) -> str:
    return {
        Kind.JOINED: _("New parties"),
        Kind.LEFT: _("No longer parties"),
        Kind.SIGNED: _("New signatures"),
        Kind.UNSIGNED: _("Signatures gone"),
        Kind.OTHER: _("Other dates or acts"),
    }[kind]


def _named(context: Context, found: list[Difference]) -> str:
    names = []
    for one in found[:MOST_NAMED]:
        since, name = one.after.since, context.state_name(one.state)
        names.append(f"{name} ({context.day(since)})" if since else name)
    more = " …" if len(found) > MOST_NAMED else ""
    return "; ".join(names) + more
