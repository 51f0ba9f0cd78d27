"""What the screen of a finished letter says of it: where the State stands, of which day that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import signed_line
from bot.conversation.talk.context import lacking_first
from bot.conversation.talk.names import where_it_stands
from bot.conversation.wording.section import has_moved_on
from bot.conversation.wording.wording import section_name
from bot.letters.campaign import coming, forms
from bot.letters.facts import is_stale
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.model import Letter


def as_of_line(context: Context, letter: Letter) -> str:
    """Of which day the facts are, where there are any; old ones have a button that says it."""
    if not letter.treaties or is_stale(letter.as_of, letter.date):
        return ""
    return context._("Status of treaties as at %(date)s.", date=context.day(letter.as_of))


def signing_line(context: Context) -> str:
    """How many sign; a warning where nobody does. Of a signing, how far it is."""
    _, count = context._, len(context.draft.signatories)
    signed = signed_line(context)
    if signed:
        return signed
    if not count:
        return "⚠ " + _("No one signs yet.")
    return _.plural("%(count)s co-signer.", "%(count)s co-signers.", count)


def moved_on_line(context: Context) -> str:
    """In which sections of the user's own the template says something else by now."""
    _ = context._
    names = ", ".join(
        f"“{section_name(_, change.key)}”"
        for change in context.draft.changes
        if has_moved_on(context, change)
    )
    if not names:
        return ""
    return "⚠ " + _(
        "The facts behind your own words have moved on: %(sections)s. Please look at them under "
        "Change.",
        sections=names,
    )


def stage_lines(context: Context, draft: Draft, treaties: tuple[str, ...]) -> list[str]:
    """Where the State stands on each treaty; of one that it has joined, that it is passed over.

    Of a treaty that the letter asks for though nobody chose it: which other needs it.
    """
    _ = context._
    state = context.state()
    found = []
    first = lacking_first(draft, context.library)
    if first and first[1] in treaties:
        found.append(
            _(
                "%(state)s has to join %(parent)s before it may join %(treaty)s: the letter asks "
                "for both.",
                state=context.state_name(state),
                parent=first[1],
                treaty=first[0],
            )
        )
    for code in dict.fromkeys(filter(None, (draft.treaty, *draft.also))):
        standing = context.library.records.standing(code, state.iso3, context.letter_date())
        line = where_it_stands(context, state, standing) + "."
        if draft.also:
            line = f"{code} · {line}"
        if draft.also and standing.stage is Stage.PARTY:
            line += " " + _("The letter passes over this treaty.")
        found.append(line)
    return found


def campaign_line(context: Context) -> str:
    """The campaign, and what is next on its calendar."""
    _ = context._
    campaign = context.campaign()
    if campaign is None:
        return ""
    language = context.user.language
    event = forms(coming(campaign.events, context.letter_date()), language)
    title = f"★ {campaign.title(language)}"
    if event is None:
        return title
    said = _(
        "Next: %(event)s, %(place)s, %(date)s.",
        event=event.name,
        place=event.place,
        date=event.date,
    )
    return f"{title}\n{said}"


def own_words_line(context: Context) -> str:
    """Which sections stand in the user's own words."""
    _ = context._
    names = ", ".join(section_name(_, change.key) for change in context.draft.changes)
    return "✎ " + _("In your own words: %(sections)s.", sections=names) if names else ""
