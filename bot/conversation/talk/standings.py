"""Where States stand, in words: one State on every treaty, one treaty by region and by year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.talk.names import by_name, labelled, region_names, treaty_label
from bot.letters.facts import is_stale
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.letters.model import State
    from bot.letters.status import Standing

MARKS = {Stage.PARTY: "●", Stage.SIGNED: "◐", Stage.NO_ACTION: "○"}


def stage_names(context: Context) -> dict[Stage, str]:
    """What the stages are called, in the order in which they are listed."""
    _ = context._
    return {
        Stage.PARTY: _("Party"),
        Stage.SIGNED: _("Signed, not ratified"),
        Stage.NO_ACTION: _("Neither signed nor ratified"),
    }


def of_state(context: Context, state: State) -> dict[str, Standing]:
    """Where the State stands today on each treaty adopted by now whose status is known."""
    records, today = context.library.records, context.library.today()
    return {
        code: records.standing(code, state.iso3, today)
        for code, treaty in records.treaties.items()
        if treaty.adopted_on <= today and records.has_status(code)
    }


def dated_line(context: Context, *treaties: str) -> str:
    """Of which date the facts are, and a warning where they are old."""
    _ = context._
    dated = context.library.records.dated(*treaties)
    if is_stale(dated, context.library.today()):
        return "⚠ " + _(
            "Status of treaties as at %(date)s, more than three months ago: please check "
            "treaties.un.org as well.",
            date=context.day(dated),
        )
    return _("Status of treaties as at %(date)s.", date=context.day(dated))


def brief(context: Context, standing: Standing) -> str:
    """The dates behind a stage, in a few words; empty where there are none."""
    _ = context._
    if standing.acted_on and standing.leaving_on:
        return _(
            "%(date)s; withdrawal notified, with effect from %(leaving)s",
            date=context.day(standing.acted_on),
            leaving=context.day(standing.leaving_on),
        )
    if standing.acted_on:
        return context.day(standing.acted_on)
    if standing.withdrawn_on:
        return _("withdrew, with effect from %(date)s", date=context.day(standing.withdrawn_on))
    if standing.signed_on and standing.by_succession:
        return _("succession to the signature: %(date)s", date=context.day(standing.signed_on))
    return context.day(standing.signed_on) if standing.signed_on else ""


def state_blocks(context: Context, state: State) -> list[str]:
    """The State on every treaty: a paragraph for each stage."""
    standings = of_state(context, state)
    found = []
    for stage, stage_name in stage_names(context).items():
        lines = [
            f"{MARKS[stage]} {_dated(context, treaty_label(context, code), one)}"
            for code, one in standings.items()
            if one.stage is stage
        ]
        if lines:
            found.append("\n".join((f"{stage_name} ({len(lines)})", *lines)))
    return found


def _dated(context: Context, name: str, standing: Standing) -> str:
    said = brief(context, standing)
    return labelled(context._, name, said) if said else name


def region_states(context: Context, region: str, treaty: str) -> list[tuple[State, Standing]]:
    """The region's States by name, with where they stand on the treaty today."""
    records, today = context.library.records, context.library.today()
    states = [state for state in records.states.values() if state.region == region]
    return [
        (state, records.standing(treaty, state.iso3, today)) for state in by_name(context, states)
    ]


def region_lines(context: Context, treaty: str) -> list[str]:
    """How many of each region's States are party."""
    _ = context._
    lines = []
    for region, name in region_names(_).items():
        found = region_states(context, region, treaty)
        party = sum(standing.stage is Stage.PARTY for _state, standing in found)
        lines.append(
            _(
                "%(region)s: %(party)s of %(all)s States",
                region=name,
                party=party,
                all=len(found),
            )
        )
    return lines


def region_blocks(context: Context, region: str, treaty: str) -> list[str]:
    """Every State of a region, those to write to first: a paragraph for each stage."""
    found = region_states(context, region, treaty)
    blocks = []
    for stage in (Stage.NO_ACTION, Stage.SIGNED, Stage.PARTY):
        names = [
            _with_year(context, state, standing)
            for state, standing in found
            if standing.stage is stage
        ]
        if names:
            head = f"{MARKS[stage]} {stage_names(context)[stage]} ({len(names)})"
            blocks.append(f"{head}\n{'; '.join(names)}")
    return blocks


def _with_year(context: Context, state: State, standing: Standing) -> str:
    name = context.state_name(state)
    if standing.withdrawn_on or standing.leaving_on:
        return f"{name} ({brief(context, standing)})"
    return f"{name} {standing.since.year}" if standing.since else name


def by_year(context: Context, treaty: str) -> list[tuple[int, int]]:
    """Parties at the end of each year since the adoption, in the last one by the facts' date."""
    records = context.library.records
    dated = min(records.dated(treaty), context.library.today())
    first = records.treaties[treaty].adopted_on.year
    return [
        (year, records.parties(treaty, min(date(year, 12, 31), dated)))
        for year in range(first, dated.year + 1)
    ]
