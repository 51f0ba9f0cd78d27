"""The charts of where States stand: from the facts to what is drawn, in the user's language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.conversation.talk.names import labelled, region_names, treaty_label
from bot.conversation.talk.standings import (
    brief,
    by_year,
    dated_line,
    of_state,
    region_states,
    stage_names,
    state_blocks,
)
from bot.desk import maps
from bot.desk.papers import Preview
from bot.documents.charts import draw
from bot.letters.model import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.effects import SendChart
    from bot.letters.status import Act, Standing

LABEL_YEARS = 5
"""Every fifth year is named below the chart."""

MARK_EVERY = 50
WITHDREW = "withdrew"


def chart(context: Context, effect: SendChart) -> Preview:
    """The pictures, what they show in text, and a name for them."""
    if effect.state:
        return _of_state(context, effect.state)
    return _of_treaty(context, effect.treaty)


def _source(context: Context, *treaties: str) -> str:
    _ = context._
    return _(
        "%(status)s Source: United Nations Treaty Collection, treaties.un.org.",
        status=dated_line(context, *treaties).partition("\n")[0],
    )


def _of_state(context: Context, iso3: str) -> Preview:
    _ = context._
    records = context.library.records
    state = records.states[iso3]
    name, end = context.state_name(state), context.library.today()
    standings = of_state(context, state)
    stages = stage_names(context)
    rows = []
    for code, standing in standings.items():
        treaty = records.treaties[code]
        until = min(records.dated(code), end)
        rows.append(
            {
                "code": code,
                "subject": treaty.subject[_.language],
                "adopted": _year(treaty.adopted_on),
                "bars": _bars(records.acts.get(code, {}).get(iso3, ()), until),
                "says": _dated(context, standing),
            }
        )
    party = sum(one.stage is Stage.PARTY for one in standings.values())
    first = min(records.treaties[code].adopted_on.year for code in standings) // 10 * 10
    title = _("%(state)s and the treaties of the United Nations", state=name)
    subtitle = _.plural(
        "Party to %(party)s of %(count)s treaty.",
        "Party to %(party)s of %(count)s treaties.",
        len(rows),
        party=party,
    )
    data = {
        "title": title,
        "subtitle": subtitle,
        "language": str(context.user.language),
        "from": first,
        "to": _year(end),
        "ticks": list(range(first, end.year + 1, 10)),
        "rows": rows,
        "legend": {
            "party": stages[Stage.PARTY],
            "signed": stages[Stage.SIGNED],
            "open": stages[Stage.NO_ACTION],
        },
        "source": _source(context),
    }
    text = "\n\n".join((title, subtitle, *state_blocks(context, state), _source(context)))
    return Preview(draw("state_chart.typ", data), (text,), f"{title}. {subtitle}")


def _dated(context: Context, standing: Standing) -> str:
    """The dates behind the stage; beside a bar a date alone would be taken for that of a party."""
    if standing.stage is Stage.SIGNED and standing.signed_on and not standing.by_succession:
        return context._("signed on %(date)s", date=context.day(standing.signed_on))
    return brief(context, standing)


def _bars(acts: tuple[Act, ...], until: date) -> list[dict[str, object]]:
    """Signed until the State became party, party until it withdrew or the facts end."""
    bars: list[dict[str, object]] = []
    for act in acts:
        if act.signed_on and act.signed_on <= until:
            end = act.acted_on or until
            if act.signed_on < end:
                bars.append(_bar("signed", act.signed_on, min(end, until)))
        if act.acted_on and act.acted_on <= until:
            bars.append(_bar("party", act.acted_on, min(act.withdrawn_on or until, until)))
    return bars


def _bar(kind: str, start: date, end: date) -> dict[str, object]:
    return {"kind": kind, "start": _year(start), "end": _year(end)}


def _year(day: date) -> float:
    """The date as a year and a fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _of_treaty(context: Context, code: str) -> Preview:
    """The map, the list of all States, and the parties by year."""
    _ = context._
    records = context.library.records
    label, subtitle = (
        treaty_label(context, code),
        records.treaties[code].titles[context.user.language],
    )
    regions = {
        name: [(state, _kind(standing)) for state, standing in region_states(context, region, code)]
        for region, name in region_names(_).items()
    }
    kinds = {state.iso3: kind for found in regions.values() for state, kind in found}
    legend = _legend(context, kinds)
    counts = by_year(context, code)
    by_years = _("Number of parties, year by year: %(treaty)s", treaty=label)
    shared = {
        "title": label,
        "subtitle": subtitle,
        "language": str(context.user.language),
        "total": _total(context, code, kinds),
        "source": _source(context, code),
    }
    looks = maps.samples(legend)
    of_map = [{"sample": looks[kind], "words": words} for kind, words in legend.items()]
    chart = {
        "by_years": by_years,
        "listed": _("Where every State stands. Those that are not party stand in bold."),
        **_years(counts),
        "legend": [{"kind": kind, "words": words} for kind, words in legend.items()],
        "regions": [
            {
                "name": name,
                "states": [
                    {"name": context.state_name(state), "kind": kind} for state, kind in found
                ],
            }
            for name, found in regions.items()
        ],
    }
    pictures = (
        maps.drawn(context, kinds, {**shared, "legend": of_map}),
        *draw("treaty_chart.typ", {**shared, **chart}),
    )
    lines = "\n".join(labelled(_, str(year), str(count)) for year, count in counts)
    stand = "\n".join((shared["total"], *legend.values()))
    text = f"{label}\n{subtitle}\n\n{stand}\n\n{by_years}\n{lines}\n\n{shared['source']}"
    said = _(
        "%(first)s in %(from)s, %(last)s as at %(date)s.",
        **{
            "first": counts[0][1],
            "from": counts[0][0],
            "last": counts[-1][1],
            "date": context.day(min(records.dated(code), context.library.today())),
        },
    )
    alt = ". ".join((label, *legend.values(), said))
    return Preview(pictures, (text,), alt)


def _kind(standing: Standing) -> str:
    """The stage; that a State has withdrawn is a kind of its own in a picture."""
    return WITHDREW if standing.withdrawn_on else str(standing.stage)


def _legend(context: Context, kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds with how many States are of each; that any withdrew is said only if so."""
    counts = Counter(kinds.values())
    names = {str(stage): name for stage, name in stage_names(context).items()}
    if counts[WITHDREW]:
        names[WITHDREW] = context._("Withdrew")
    return {kind: f"{name} ({counts[kind]})" for kind, name in names.items()}


def _total(context: Context, code: str, kinds: Mapping[str, str]) -> str:
    """How many are party, and of how many; those that are no States are told apart."""
    _ = context._
    party = sum(kind == Stage.PARTY for kind in kinds.values())
    others = context.library.records.organisations(code, context.library.today())
    if others:
        return _.plural(
            "%(parties)s parties: %(states)s States and %(count)s organization.",
            "%(parties)s parties: %(states)s States and %(count)s organizations.",
            others,
            parties=party + others,
            states=party,
        )
    return _.plural(
        "%(count)s of %(all)s States is party.",
        "%(count)s of %(all)s States are party.",
        party,
        all=len(kinds),
    )


def _years(counts: list[tuple[int, int]]) -> dict[str, object]:
    top = -(-max(count for _y, count in counts) // MARK_EVERY) * MARK_EVERY or MARK_EVERY
    return {
        "top": top,
        "marks": list(range(0, top + 1, MARK_EVERY)),
        "years": [
            {"year": year, "count": count, "label": year % LABEL_YEARS == 0}
            for year, count in counts
        ],
    }
