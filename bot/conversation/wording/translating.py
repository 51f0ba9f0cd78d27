"""Own words in another language: the source is shown, and its translation asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES, in_language
from bot.conversation.talk.effects import Propose, SendText
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import labelled
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, clipped, drafted, looking
from bot.conversation.talk.reference import referred
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.wording import LONG, notice_kind, section_name, understood
from bot.letters import own_words
from bot.letters.model import Language
from bot.letters.own_words import Fit

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button
    from bot.conversation.wording.kept import Proposed
    from bot.letters.own_words import Change

WAITING = "waiting"
MACHINE = "machine:"


def unfit(draft: Draft, language: Language | None = None) -> tuple[Change, ...]:
    """Own words that are not in the language, or were translated from what has changed since."""
    language = language or draft.language or Language.EN
    return tuple(one for one in draft.changes if one.fit(language) is not Fit.GOOD)


def unfit_lines(context: Context, language: Language | None = None) -> str:
    """A line of warning for each of them."""
    _ = context._
    language = language or context.draft.language or Language.EN
    said = []
    for change in unfit(context.draft, language):
        name = section_name(_, change.key)
        source = LANGUAGE_NAMES[change.source.language]
        if change.fit(language) is Fit.MISSING:
            line = _(
                "“%(section)s” is not translated yet (%(source)s → %(language)s).",
                section=name,
                source=source,
                language=LANGUAGE_NAMES[language],
            )
        else:
            line = _(
                "“%(section)s” has changed since it was translated (%(source)s → %(language)s).",
                section=name,
                source=source,
                language=LANGUAGE_NAMES[language],
            )
        said.append(f"⚠ {line}")
    return "\n".join(said)


def turned(context: Context, language: Language) -> Step:
    """The letter in another language; own words that are not in it yet are asked for."""
    draft = in_language(context.draft, language)
    step = drafted(context, draft, DRAFT, renews=False)
    return next_one(context.moved(step.session), step)


def next_one(context: Context, step: Step) -> Step:
    """The next own words to translate, or the letter."""
    waiting = unfit(context.draft)
    if not waiting:
        session = step.session.looking(DRAFT)
        return replace(step, session=session, arrives=True, renews=False)
    change = waiting[0]
    session = step.session.looking(View("translate", change.key))
    source = change.source.text
    effects = (SendText(source),) if clipped(source) != source else ()
    return replace(step, session=session, effects=effects, renews=False)


class TranslatingPage(Page):
    """The view's key is the section's; its text says that a machine was asked, or what it said."""

    views = ("translate",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The source, the template's own words as help, and what stands there now."""
        _ = context._
        draft, view = context.draft, context.user.view
        change = draft.change(view.key)
        if change is None:
            return Screen(_("Your words are translated."), notice, (self._later(context),))
        language = draft.language or Language.EN
        source = change.source
        now = change.wording(language)
        template = "" if change.is_own else context.original(view.key)
        machine = view.text.removeprefix(MACHINE) if view.text.startswith(MACHINE) else ""
        waits = view.text == WAITING
        return Screen(
            _(
                "“%(section)s” – %(language)s",
                section=section_name(_, view.key),
                language=LANGUAGE_NAMES[language],
            ),
            blocks(
                notice,
                labelled(_, LANGUAGE_NAMES[source.language], clipped(source.text)),
                _("Your translation until now: %(text)s", text=clipped(now.text, 700))
                if now and now.text
                else "",
                _("As a help, the standard letter says here: %(text)s", text=clipped(template, 700))
                if template
                else "",
                _("A machine proposes (check every word): %(text)s", text=clipped(machine))
                if machine
                else "",
                _("Asking the machine… You may type your own text meanwhile.") if waits else "",
                _("Tap “Write it again” before you send the text again.")
                if view.text == LONG
                else _("Please send the translation as a message."),
            ),
            self._rows(context, change, machine=bool(machine)),
            _("The translation"),
            moves=waits,
        )

    def _later(self, context: Context) -> tuple[Button, ...]:
        return (context.button(context._("Later: show the letter"), "show"),)

    def _rows(
        self, context: Context, change: Change, *, machine: bool
    ) -> tuple[tuple[Button, ...], ...]:
        _ = context._
        rows: list[tuple[Button, ...]] = []
        if context.user.view.text == LONG:
            rows.append((context.button(_("Write it again"), "again"),))
        if machine:
            rows.append((context.button(_("Accept the machine’s text"), "accept"),))
        elif context.library.has_translator:
            rows.append((context.button(_("Ask a machine for a proposal"), "propose"),))
        now = change.wording(context.draft.language or Language.EN)
        if now is not None and now.source is not None:
            rows.append((context.button(_("My translation still fits"), "stillfits"),))
        if not change.is_own:
            rows.append((context.button(_("Use the standard letter’s words"), "original"),))
        return (*rows, self._later(context))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Accept a proposal, ask for one, or keep what stands there."""
        del value
        draft, view = context.draft, context.user.view
        change = draft.change(view.key)
        language = draft.language or Language.EN
        if change is None:
            return looking(context, DRAFT)
        if action == "again":
            return looking(context, replace(view, text=""))
        if action == "propose":
            step = looking(context, replace(view, text=WAITING))
            source = change.source
            asked = Propose(draft.id, view.key, source.text, source.language, language)
            return replace(step, effects=(asked,))
        if action == "accept":
            return self._translated(context, view.text.removeprefix(MACHINE), "")
        if action == "original":
            return self._translated(context, "", "")
        now = change.wording(language)
        return self._translated(context, now.text if now else "", "")

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The translation."""
        if not isinstance(event, Typed) or context.user.view.text == LONG:
            return None
        text, notice = understood(context, event.text)
        if not text:
            return looking(
                context, replace(context.user.view, text=notice_kind(event.text)), notice
            )
        return self._translated(context, text, notice)

    def _translated(self, context: Context, text: str, notice: str) -> Step:
        draft, key = context.draft, context.user.view.key
        change = draft.change(key)
        if change is None:
            return looking(context, DRAFT)
        language = draft.language or Language.EN
        original = "" if change.is_own else context.original(key)
        change = own_words.translated(change, language, text, original)
        draft = replace(draft, changes=own_words.put(draft.changes, change))
        step = drafted(context, draft, DRAFT, notice)
        return next_one(context.moved(step.session), step)


def proposed(context: Context, event: Proposed) -> Step | None:
    """What the machine said, if the user still waits for it."""
    draft, view = context.session.draft, context.user.view
    expected = (
        draft is not None
        and draft.id == event.draft_id
        and draft.language is event.language
        and view == View("translate", event.key, text=WAITING)
    )
    if not expected:
        return None
    if not event.text:
        notice = context._("The translation service did not answer. Please type the translation.")
        notice = referred(context._, notice, event.reference)
        return looking(context, replace(view, text=""), notice)
    text, _notice = understood(context, event.text)
    return looking(context, replace(view, text=f"{MACHINE}{text}"))
