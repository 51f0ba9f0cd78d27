"""A last look before a letter goes to many States: what would be wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.many.kept import Job, JobKept
from bot.conversation.many.mailing import differing, naming, untranslated
from bot.conversation.many.selecting import (
    MAILING,
    booked_lines,
    booked_of,
    chosen_of,
    naming_lines,
    summary,
    targets_of,
)
from bot.conversation.many.written import places
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.effects import RunJob
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.wording import section_name

if TYPE_CHECKING:
    from bot.conversation.many.kept import Target
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Button

EMAILS = "emails"
"""The view's text where e-mail drafts are wanted."""


class LastLookPage(Page):
    """Warnings, and the button that begins."""

    views = ("mailingcheck",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A last look: what would go out, and what would be wrong with it."""
        _ = context._
        draft, library = context.draft, context.library
        chosen = chosen_of(context)
        found = targets_of(context, chosen)
        other = [(section_name(_, key), n) for key, n in differing(draft, found, library)]
        warnings = [
            _(
                "Your own words are not all translated into %(language)s, or their source has "
                "changed since.",
                language=LANGUAGE_NAMES[language],
            )
            for language in sorted(untranslated(draft, found))
        ] + [
            _.plural(
                "“%(section)s”: another original text in %(count)s letter.",
                "“%(section)s”: another original text in %(count)s letters.",
                count,
                section=name,
            )
            for name, count in other
        ]
        # In letters to others the draft's own State is another one, too.
        anyone = draft if {target.state for target in found} <= {draft.state} else _to_nobody(draft)
        warnings += naming_lines(context, naming(anyone, library))
        if other:
            warnings.append(
                _("Your words were written for one State: they may not hold for the others.")
            )
        rows: list[tuple[Button, ...]] = []
        if other:
            rows.append(
                (context.button(_("Write, with the original text there"), "start", "originals"),)
            )
            rows.append((context.button(_("Write, with my words everywhere"), "start", "mine"),))
        elif found:
            label = _("Write all the same") if warnings else _("Write the letters")
            rows.append((context.button(label, "start", "mine"),))
        if found:
            mark = "☑" if context.user.view.text == EMAILS else "☐"
            rows.append((context.button(f"{mark} " + _("E-mail drafts too"), EMAILS),))
        consent = (
            _("Please make sure that all co-signers agree to sign all of these letters.")
            if draft.signatories
            else ""
        )
        return Screen(
            _.plural("Write %(count)s letter?", "Write %(count)s letters?", len(found)),
            blocks(
                notice,
                summary(context, chosen, found),
                booked_lines(context, found),
                "\n".join(f"⚠ {line}" for line in warnings),
                consent,
            ),
            tuple(rows),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Begin; or want e-mail drafts, or no more."""
        if action == EMAILS:
            text = "" if context.user.view.text == EMAILS else EMAILS
            return looking(context, View("mailingcheck", text=text))
        return _started(context, originals=value == "originals")


def _own(context: Context, draft: Draft, found: tuple[Target, ...]) -> dict[str, str]:
    """The letter that the others are made from is one of them where it is to one of the States.

    It is only once one of many.
    """
    if draft.id in places(context):
        return {}
    return {
        target.key: draft.id
        for target in found
        if (target.state, target.language) == (draft.state, draft.language)
    }


def _to_nobody(draft: Draft) -> Draft:
    return replace(draft, state="")


def _started(context: Context, *, originals: bool) -> Step:
    draft: Draft = context.draft
    found = targets_of(context, chosen_of(context))
    if not found:
        return looking(context, MAILING)
    job = Job(
        context.library.new_id(),
        draft,
        found,
        originals,
        emails=context.user.view.text == EMAILS,
        written=context.library.today(),
        opened=_own(context, draft, found),
        begun_by=context.user.id if context.session.membership else "",
        booked=booked_of(context, found),
    )
    session = context.session.looking(View("job", job.id))
    return Step(session, changes=(JobKept(job),), effects=(RunJob(job.id),))
