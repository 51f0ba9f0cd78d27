"""Why there is no such letter, in sentences that say what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES, own_campaign
from bot.conversation.talk.dates import out_of_reach
from bot.conversation.talk.names import where_it_stands
from bot.conversation.talk.recipients import refused_by_campaign
from bot.letters.campaign import To
from bot.letters.model import Kind
from bot.letters.request import (
    AlreadyParty,
    BeforeAdoption,
    NoCampaign,
    NoStatus,
    NotAddressed,
    NotInLanguage,
    NotOpen,
    NotParty,
    NotThere,
    OutOfReach,
)

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.model import State
    from bot.letters.request import OfCampaign, Refusal
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
    """Why the State cannot be asked to join, whatever it has signed; empty where it can.

    Of a campaign that asks for something else: why it does not write to the State.
    """
    records, code = context.library.records, context.draft.treaty or ""
    draft = replace(context.draft, state=state.iso3)
    if own_campaign(draft, context.library):
        on = context.letter_date()
        refusal = refused_by_campaign(draft, state.iso3, context.library, on)
        return refusal_line(context, draft, refusal) if refusal else ""
    if not code:
        return refusal_line(context, draft, NoCampaign(draft.campaign))
    if not records.has_status(code):
        return refusal_line(context, draft, NoStatus(code))
    if state.admitted_on and not records.is_there(state.iso3, context.letter_date()):
        return refusal_line(context, draft, NotThere(state.admitted_on))
    if not records.is_open(code, state.iso3):
        return refusal_line(context, draft, NotOpen(code, records.treaties[code].members_only))
    return ""


def _other(
    context: Context,
    draft: Draft,
    refusal: NoStatus | BeforeAdoption | NotParty | NotOpen | NotThere | OutOfReach | OfCampaign,
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
        case NotAddressed():
            return _not_addressed(context, draft, refusal)
        case NotInLanguage(languages):
            return _(
                "This campaign is written in these languages only: %(languages)s. Please choose "
                "another language.",
                languages=", ".join(LANGUAGE_NAMES[one] for one in languages),
            )
        case NoCampaign():
            return _(
                "The campaign of this letter (%(campaign)s) is no longer there as it was, and with "
                "it its text. Please ask the people who run this bot, or choose another treaty.",
                campaign=draft.campaign,
            )
        case NotThere(admitted_on):
            return _not_there(context, draft, context.day(admitted_on))
        case BeforeAdoption(adopted_on):
            return _(
                "%(treaty)s was adopted only on %(date)s. Please give that date or a later one.",
                treaty=draft.treaty,
                date=context.day(adopted_on),
            )


def _not_addressed(context: Context, draft: Draft, refusal: NotAddressed) -> str:
    _, name = context._, context.state_name(context.state(draft))
    if refusal.listed:
        return _(
            "%(state)s is not among the States that this campaign writes to. Please choose another "
            "State.",
            state=name,
        )
    stands = where_it_stands(context, context.state(draft), refusal.standing)
    why = {
        To.PARTIES: _("This campaign writes to parties. Please choose another State."),
        To.SIGNATORIES: _(
            "This campaign writes to those that have signed and not ratified. Please choose "
            "another State."
        ),
    }.get(refusal.to) or _("This campaign does not write to it. Please choose another State.")
    return f"{draft.treaty} · {stands}. {why}"


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
