"""Why there is no such letter, in sentences that say what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.dates import out_of_reach
from bot.conversation.talk.names import where_it_stands
from bot.letters.model import Kind
from bot.letters.request import (
    AlreadyParty,
    BeforeAdoption,
    NoStatus,
    NotOpen,
    NotParty,
    NotThere,
    OutOfReach,
)

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.model import State
    from bot.letters.request import Refusal
    from bot.letters.status import Standing


def refusal_line(context: Context, draft: Draft, refusal: Refusal) -> str:
    """The reason, with the date behind it."""
    _ = context._
    overtaken = context.overtaken(draft)
    if overtaken and overtaken.left:
        why = _(
            "That was after this letter was dated. Please date the letter anew: it then passes "
            "over that treaty."
        )
        return f"{_joined(context, draft, overtaken.treaty, overtaken.standing)} {why}"
    if isinstance(refusal, AlreadyParty) and overtaken:
        why = _(
            "That was after this letter was dated: it is stopped, since there is nothing left to "
            "ask for. Please choose another State."
        )
        return f"{_joined(context, draft, overtaken.treaty, refusal.standing)} {why}"
    if isinstance(refusal, AlreadyParty):
        why = _("There is nothing left to ask for. Please choose another State or an earlier date.")
        return f"{_joined(context, draft, draft.treaty or '', refusal.standing)} {why}"
    return _other(context, draft, refusal)


def no_status_line(context: Context, code: str) -> str:
    """That nobody knows here who has joined the treaty, and how that is mended."""
    _, treaty = context._, context.library.records.treaties.get(code)
    if treaty is None:
        return _(
            "%(treaty)s is no longer among the treaties here. Please choose another, or ask "
            "whoever runs this bot to put its folder back.",
            treaty=code,
        )
    if not context.library.is_administrator(context.user.id):
        return _(
            "%(treaty)s: it is not known here yet which States have joined. Please ask whoever "
            "runs this bot to import its status page, or choose another treaty.",
            treaty=code,
        )
    return _(
        "%(treaty)s: it is not known here yet which States have joined. Open its page at "
        "treaties.un.org (number %(number)s) in English, save it from the browser as HTML and send "
        "me the file; letters on it can then be written.",
        treaty=code,
        number=treaty.untc_number,
    )


def barred_line(context: Context, state: State) -> str:
    """Why the State cannot be asked to join, whatever it has signed; empty where it can."""
    records, code = context.library.records, context.draft.treaty or ""
    draft = replace(context.draft, state=state.iso3)
    if state.admitted_on and not records.is_there(state.iso3, context.letter_date()):
        return refusal_line(context, draft, NotThere(state.admitted_on))
    if not records.is_open(code, state.iso3):
        return refusal_line(context, draft, NotOpen(code, records.treaties[code].members_only))
    return ""


def _other(
    context: Context,
    draft: Draft,
    refusal: NoStatus | BeforeAdoption | NotParty | NotOpen | NotThere | OutOfReach,
) -> str:
    """Reasons that are no State's act."""
    _ = context._
    name = context.state_name(context.state(draft)) if draft.state else ""
    match refusal:
        case NoStatus(code):
            return no_status_line(context, code)
        case NotParty():
            return _(
                "%(state)s is not party to %(treaty)s on that date: there is nothing to "
                "congratulate on. Please give a later date, or delete this letter.",
                state=name,
                treaty=draft.treaty,
            )
        case NotOpen(treaty, article):
            return _(
                "%(treaty)s is open to Members of the United Nations only (%(article)s). "
                "%(state)s: not a Member. Please choose another State or another treaty.",
                treaty=treaty,
                article=article,
                state=name,
            )
        case OutOfReach():
            return out_of_reach(context)
        case NotThere(admitted_on):
            return _not_there(context, draft, context.day(admitted_on))
        case BeforeAdoption(adopted_on):
            return _(
                "%(treaty)s was adopted only on %(date)s. Please give that date or a later one.",
                treaty=draft.treaty,
                date=context.day(adopted_on),
            )


def _not_there(context: Context, draft: Draft, day: str) -> str:
    _, state = context._, context.state(draft)
    said = (
        _("%(state)s: an observer State of the United Nations only from %(date)s.")
        if state.kind is Kind.OBSERVER
        else _("%(state)s: a Member of the United Nations only from %(date)s.")
    )
    ask = _("Please give that date or a later one, or choose another State.")
    return f"{said % {'state': context.state_name(state), 'date': day}} {ask}"


def _joined(context: Context, draft: Draft, treaty: str, standing: Standing) -> str:
    return f"{treaty} · {where_it_stands(context, context.state(draft), standing)}."
