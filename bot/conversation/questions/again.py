"""As last time? One tap for a returning user instead of four questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES, local_place
from bot.conversation.paging import in_rows
from bot.conversation.questions.base import action_of
from bot.conversation.values import Answer, Screen, Tap

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.values import Event


class AgainQuestion:
    """Put to those who wrote a letter before, while nothing after the State is answered."""

    key = "again"

    def name(self, context: Context) -> str:
        """It is not listed among the answers."""
        return context._("As last time")

    def applies(self, context: Context) -> bool:
        """Whether there is a last time to repeat."""
        draft = context.draft
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
        language = last.language or context.user.language
        count = len(last.signatories)
        signatories = (
            _.plural("%(count)s co-signer", "%(count)s co-signers", count)
            if count
            else _("no co-signers")
        )
        names = "\n".join(f"· {signatory.line}" for signatory in last.signatories[:12])
        more = "\n…" if count > 12 else ""  # noqa: PLR2004 -- what a phone shows at once
        place = local_place(last.place, context.user.language, context.library)
        lines = [
            notice,
            _("Language: %(language)s", language=LANGUAGE_NAMES[language]),
            _("Mission: %(seat)s", seat=seat_name(context, last.seat or "")),
            _(
                "Place and date: %(place)s, %(date)s",
                place=place,
                date=context.day(context.letter_date()),
            ),
            signatories[:1].upper() + signatories[1:] + (":" if count else ""),
            names + more,
            _("Please make sure that they agree to sign this letter too.") if count else "",
        ]
        return Screen(
            _("The rest as last time?"),
            "\n".join(line for line in lines if line),
            in_rows(
                [
                    context.button(_("As last time"), "again", "yes"),
                    context.button(_("Choose anew"), "again", "no"),
                ],
                1,
            ),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """Yes answers everything that is left; no puts the questions one by one."""
        if not isinstance(event, Tap):
            return Answer()
        last = context.user.last
        if action_of(event.data)[1] == "no":
            return Answer(replace(context.draft, fresh=True))
        return Answer(
            replace(
                context.draft,
                language=last.language,
                signatories=last.signatories,
                signatories_done=True,
                seat=last.seat,
                place=last.place,
                date=context.letter_date(),
                dated=context.library.today(),
            )
        )

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, fresh=False)


def seat_name(context: Context, seat: str) -> str:
    """Geneva or New York in the user's language."""
    english = "Geneva" if seat == "geneva" else "New York"
    return local_place(english, context.user.language, context.library)
