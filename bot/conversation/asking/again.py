"""As last time? One tap for a returning user instead of four questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES, local_place
from bot.conversation.talk.correspondence import correspondence_with, origin_line
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.offices import seat_name
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import Answer, Screen
from bot.letters.day_words import NO, YES, folded
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Button


class AgainQuestion:
    """Put to those who wrote a letter before, while nothing after the State is answered."""

    key = "again"

    def name(self, context: Context) -> str:
        """It is not listed among the answers."""
        return context._("As last time")

    def applies(self, context: Context) -> bool:
        """Whether there is a last time to repeat."""
        draft = context.draft
        if draft.state is None:
            return False
        untouched = not (draft.language or draft.signatories_done or draft.seat or draft.place)
        fits = context.user.last.language in context.languages()
        return context.user.last.is_whole and fits and untouched and not draft.signatories

    def is_answered(self, draft: Draft) -> bool:
        """Answered by declining; accepting answers the questions after it."""
        return draft.fresh

    def shown(self, context: Context) -> str:
        """It is not listed among the answers."""
        return self.name(context)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What was chosen last time, in full."""
        _ = context._
        last = context.user.last
        languages = _languages(context)
        count = len(last.signatories)
        signatories = (
            _.plural("%(count)s co-signer:", "%(count)s co-signers:", count)
            if count
            else _("No co-signers")
        )
        names = "\n".join(f"· {signatory.line}" for signatory in last.signatories[:12])
        more = "\n…" if count > 12 else ""  # noqa: PLR2004 -- what a phone shows at once
        place = local_place(last.place, context.user.language, context.library)
        lines = [
            notice,
            *_language_lines(context, languages),
            _whom_line(context),
            _(
                "Place and date: %(place)s, %(date)s",
                place=place,
                date=context.day(context.letter_date()),
            ),
            signatories,
            names + more,
            _("Please make sure that they agree to sign this letter too.") if count else "",
        ]
        return Screen(
            _("The rest as last time?"),
            "\n".join(line for line in lines if line),
            in_rows(
                [
                    *_repeating(context, languages),
                    context.button(_("Choose anew"), "again", "no"),
                ],
                1,
            ),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """Yes answers everything that is left; no puts the questions one by one."""
        value = _meant(context, event)
        if value is None:
            return Answer()
        if not value:
            return Answer(notice=context._("Please tap one of the buttons below."))
        last = context.user.last
        if value == "no":
            return Answer(replace(context.draft, fresh=True))
        return Answer(
            replace(
                context.draft,
                language=Language(value),
                signatories=last.signatories,
                signatories_done=True,
                seat=last.seat,
                city=last.city,
                place=last.place,
                date=context.letter_date(),
                dated=context.library.today(),
            )
        )

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, fresh=False)


def _meant(context: Context, event: Event) -> str | None:
    """A language or "no", tapped or typed; empty where what was typed is neither.

    A yes is none where there are two languages to choose from.
    """
    if isinstance(event, Tap):
        return action_of(event.data)[1]
    if not isinstance(event, Typed):
        return None
    typed, languages = folded(event.text), _languages(context)
    if typed in NO:
        return "no"
    return languages[0] if typed in YES and len(languages) == 1 else ""


def _languages(context: Context) -> list[Language]:
    """Those that the letter may be repeated in: its mission's own, and last time's."""
    own = correspondence_with(context, context.state()).language
    wanted = dict.fromkeys((own, context.user.last.language))
    return [one for one in wanted if one in context.languages()]


def _language_lines(context: Context, languages: list[Language]) -> list[str]:
    """The language; where there are two, which is the mission's and which was last time's."""
    _ = context._
    names = [LANGUAGE_NAMES[one] for one in languages]
    if len(names) == 1:
        return [_("Language: %(language)s", language=names[0])]
    return [
        origin_line(context, context.state()),
        _("Language last time: %(language)s", language=names[1]),
    ]


def _repeating(context: Context, languages: list[Language]) -> list[Button]:
    """One tap, whichever language it is."""
    _ = context._
    if len(languages) == 1:
        return [context.button(_("As last time"), "again", languages[0])]
    return [
        context.button(
            _("As last time, in %(language)s", language=LANGUAGE_NAMES[one]), "again", one
        )
        for one in languages
    ]


def _whom_line(context: Context) -> str:
    """Which office it was; it may be called otherwise in this State."""
    _, last = context._, context.user.last
    name = seat_name(context, last.seat, last.city, context.draft.state or "")
    if last.seat and not last.seat.is_mission:
        return _("Addressee: %(whom)s", whom=name)
    return _("Mission: %(seat)s", seat=name)
