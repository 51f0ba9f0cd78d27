"""What treaties, stages and languages are called in the chat."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES, own_campaign
from bot.conversation.talk.dates import short_day
from bot.conversation.talk.draft import Way
from bot.conversation.talk.offices import is_to_mission, whom
from bot.letters.facts import is_stale
from bot.letters.model import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft, Fate
    from bot.conversation.talk.library import Translator
    from bot.letters.model import State
    from bot.letters.status import Records, Standing

CAMPAIGNS = ("OPSC", "OPAC", "OPIC")
"""Treaties with a letter of their own, offered first."""


def treaty_label(context: Context, code: str) -> str:
    """Code and subject: OPSC – sale of children."""
    return treaties_label(context._, context.library.records, (code,))


def treaties_label(_: Translator, records: Records, codes: Sequence[str]) -> str:
    """One treaty with its subject, several by their codes, as one that is here no more."""
    if len(codes) != 1 or codes[0] not in records.treaties:
        return ", ".join(codes)
    return f"{codes[0]} – {records.treaties[codes[0]].subject[_.language]}"


def labelled(_: Translator, name: str, what: str) -> str:
    """A name and what is said of it, parted by a colon as the language sets it."""
    return _("%(name)s: %(what)s", name=name, what=what)


def region_names(_: Translator) -> dict[str, str]:
    """The regions by their names in the data."""
    return {
        "Africa": _("Africa"),
        "Americas": _("Americas"),
        "Asia": _("Asia"),
        "Europe": _("Europe"),
        "Oceania": _("Oceania"),
    }


def by_name(context: Context, states: Sequence[State]) -> list[State]:
    """The States in the order of their names; accents do not move a name."""
    return sorted(states, key=lambda state: folded(context.state_name(state)))


def folded(text: str) -> str:
    """Without accents and capitals, to sort and find by: Égypte stands under E."""
    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    ).casefold()


def way_names(_: Translator) -> dict[Way, str]:
    """How a letter is sent."""
    return {Way.POST: _("By post"), Way.EMAIL: _("By e-mail"), Way.HAND: _("By hand")}


def fate_mark(fate: Fate) -> str:
    """Whether the letter was sent, or answered."""
    if fate.answered_on:
        return "✓ "
    return "✉ " if fate.sent_on else ""


def agreeing_line(context: Context, draft: Draft) -> str:
    """What is to be seen to where those who agreed to one letter stand under another."""
    if not draft.signatories:
        return ""
    return context._("Please make sure that your co-signers agree to sign this letter too.")


def about(context: Context, draft: Draft) -> str:
    """What a letter is on, in short: its campaign where it asks for something else, its treaties.

    Of a campaign that is gone and had no treaty, the name of its folder.
    """
    campaign = own_campaign(draft, context.library)
    if campaign:
        return campaign.title(context.user.language)
    return ", ".join(code for code in (draft.treaty, *draft.also) if code) or draft.campaign


def draft_label(context: Context, draft: Draft) -> str:
    """A draft in a few words: State, treaties, language, the letter's date."""
    _ = context._
    parts = []
    if draft.state:
        name = context.state_name(context.state(draft))
        # Most letters go to a mission: which, is looked up in the letter.
        parts.append(name if is_to_mission(draft) else f"{name}, {whom(context, draft)}")
    parts.append(about(context, draft) or _("no treaty yet"))
    if draft.language:
        parts.append(LANGUAGE_NAMES[draft.language])
    if draft.congratulates:
        parts.append(_("congratulation"))
    if draft.date:
        parts.append(short_day(context, draft.date))
    return " · ".join(parts)


def stale_line(context: Context, as_of: date, on: date) -> str:
    """A warning where the facts are too old for a letter of that date; empty where they are not."""
    if not is_stale(as_of, on):
        return ""
    return "⚠ " + context._(
        "These facts are more than three months older than the letter. It will say of which day "
        "they are."
    )


def act_line(_: Translator, action: str) -> str:
    """What a State did to become party. The day is that of the deposit: it was bound only later."""
    return {
        "ratification": _("%(state)s: ratified on %(date)s"),
        "accession": _("%(state)s: acceded on %(date)s"),
        "succession": _("%(state)s: succeeded, by notification of %(date)s"),
        "acceptance": _("%(state)s: accepted on %(date)s"),
        "approval": _("%(state)s: approved on %(date)s"),
        "consent to be bound": _("%(state)s: consented to be bound on %(date)s"),
    }.get(action) or _("%(state)s: joined on %(date)s")


def where_it_stands(context: Context, state: State, standing: Standing) -> str:
    """One line: where the State stands on the treaty, with its date."""
    _ = context._
    name = context.state_name(state)
    if standing.stage is Stage.PARTY and standing.acted_on:
        day = context.day(standing.acted_on)
        said = act_line(_, standing.action) % {"state": name, "date": day}
        if standing.leaving_on is None:
            return said
        leaves = context.day(standing.leaving_on)
        return _(
            "%(date)s; withdrawal notified, with effect from %(leaving)s", date=said, leaving=leaves
        )
    if standing.withdrawn_on:
        return _(
            "%(state)s: withdrew, with effect from %(date)s",
            state=name,
            date=context.day(standing.withdrawn_on),
        )
    if standing.signed_on and standing.by_succession:
        return _(
            "%(state)s: succeeded to the signature on %(date)s, not ratified",
            state=name,
            date=context.day(standing.signed_on),
        )
    if standing.signed_on:
        return _(
            "%(state)s: signed on %(date)s, not ratified",
            state=name,
            date=context.day(standing.signed_on),
        )
    return _("%(state)s: neither signed nor ratified", state=name)
