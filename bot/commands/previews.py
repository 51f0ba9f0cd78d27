"""What pages would change of the facts, in lines for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.alterations import Alteration, alterations
from bot.letters.differences import Kind, differences
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.letters.differences import Difference
    from bot.letters.status import Act, Records, Standing, Version

ACTED = {
    "": "party since",
    "ratification": "ratified",
    "accession": "acceded",
    "succession": "succeeded",
    "acceptance": "accepted",
    "approval": "approved",
    "formal confirmation": "formally confirmed",
    "consent to be bound": "consented to be bound",
    "definitive signature": "signed definitively",
    "simplified procedure": "joined by the simplified procedure",
}
"""What a State did, in words; whatever else a heading names is given as it stands."""


def shown(version: Version, before: Records, after: Records) -> str:
    """What a version would change, State by State; what was known and changes is shown whole."""
    code = version.treaty
    found, altered = differences(before, after, code), alterations(before, version)
    whole = {one.state.iso3 for one in altered if one.state}
    old = before.parties(code, max(before.dated(code), version.as_of.date()))
    signed = f"{version.signatories} signatories, " if version.signatories else ""
    head = (
        f"{code}: status as at {version.as_of.date()} (before: {before.dated(code)});"
        f" {signed}{version.parties} parties (before: {old})"
    )
    if not before.has_status(code):
        head = (
            f"{code}: first status, as at {version.as_of.date()}; {signed}{version.parties} parties"
        )
    lines = []
    for kind in Kind:
        those = [one for one in found if one.kind is kind]
        if kind is Kind.OTHER:
            those = [one for one in those if one.state.iso3 not in whole]
        lines += [f"  {kind}: {_named(those)}"] if those else []
    lines += [
        f"  withdrawal notified, to take effect on {day}: {_name(iso3, after)}"
        for iso3, day in sorted(version.leaving.items())
    ]
    told = {*version.leaving, *(one.state.iso3 for one in found if one.kind is Kind.LEFT)}
    lines += [
        f"  note {note.number}, {_name(iso3, after)}: “{note.text}”"
        for iso3, note in sorted(version.notes.items())
        if iso3 in told
    ]
    if altered:
        lines += ["  known facts that would change:", *(f"    {_whole(one)}" for one in altered)]
    return "\n".join([head, *(lines or ["  nothing else changes"])])


def _name(iso3: str, records: Records) -> str:
    return records.states[iso3].short(Language.EN)


def _whole(one: Alteration) -> str:
    name = one.state.short(Language.EN) if one.state else "participants that are no States"
    odd = f" ({'; '.join(one.oddities)})" if one.oddities else ""
    return f"{name}: {_told(one.was)} -> {_told(one.now)}{odd}"


def _told(acts: Iterable[Act]) -> str:
    return "; ".join(_act(act) for act in acts) or "nothing"


def _act(act: Act) -> str:
    signed = "signature by succession" if act.by_succession else "signed"
    return ", ".join(
        f"{word} {day}"
        for word, day in (
            (signed, act.signed_on),
            (ACTED.get(act.action, act.action), act.acted_on),
            ("no longer party from", act.withdrawn_on),
        )
        if day
    )


def _named(found: Iterable[Difference]) -> str:
    return "; ".join(
        f"{one.state.short(Language.EN)}{_since(one.after, one.before)}" for one in found
    )


def _since(after: Standing, before: Standing) -> str:
    if after.since is None:
        return ""
    if before.stage is after.stage and before.since != after.since:
        return f" {after.since} (before: {before.since})"
    return f" {after.since}"
