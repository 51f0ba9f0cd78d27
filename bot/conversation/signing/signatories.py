"""Who signs? Typed or pasted lines, a file, a shared contact, a saved set, or ticks in a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.signing import doubts, order
from bot.conversation.signing import file as files
from bot.conversation.signing.joining import (
    ON_PAGE,
    ON_SCREEN,
    joining,
    looking_at,
    noticed,
    page_of_list,
    shortened,
)
from bot.conversation.signing.kept import ListKept, listed
from bot.conversation.talk.events import FileSent, Tap, Typed
from bot.conversation.talk.paging import in_rows, turning
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import Answer, Screen
from bot.letters.signatory_lines import read_lines
from bot.letters.signatory_words import command_of, is_agreeing

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.paging import Rows

PAGE = 8
FEW = 8
LIST = "list"
"""In the view's text: the list, though a line is still asked about."""


class SignatoriesQuestion:
    """The co-signers. The view's text says which part is looked at.

    "" is the list, or the first line that is asked about; list is the list all the same; tick,
    order, sorted, one, clear; file, columns, column.
    """

    key = "signatories"

    def name(self, context: Context) -> str:
        """See `Question`."""
        return context._("Co-signers")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.signatories_done

    def shown(self, context: Context) -> str:
        """See `Question`."""
        return str(len(context.draft.signatories))

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The list so far and the ways to add to it, or one of the parts behind it."""
        part = context.user.view.text.partition(":")[0]
        shown = files.screen(context, part, notice) or order.screen(context, part, notice)
        if shown:
            return shown
        if context.draft.doubts and part != LIST:
            return doubts.screen(context, notice)
        return self._list_screen(context, notice)

    def answer(self, context: Context, event: Event) -> Answer:
        """Lines, a file or a tap."""
        if isinstance(event, Typed):
            return self._typed(context, event.text)
        if isinstance(event, FileSent):
            return files.sent(context, event)
        if isinstance(event, Tap):
            return self._tapped(context, *action_of(event.data))
        return Answer()

    def cleared(self, draft: Draft) -> Draft:
        """The names stay, as nothing typed is ever lost; only "done" is taken back."""
        return replace(draft, signatories_done=False)

    def _list_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        signatories = context.draft.signatories
        page = page_of_list(context)
        shown = signatories[page * ON_PAGE : (page + 1) * ON_PAGE]
        lines = [
            f"{number}. {shortened(one.line, ON_SCREEN)}"
            for number, one in enumerate(shown, start=page * ON_PAGE + 1)
        ]
        advice = _(
            "Type or paste them, one to a line: Name, Organization – or Name, Role, Organization. "
            "A list (Excel, CSV) or a shared contact works too. Add only those who have agreed to "
            "sign."
        )
        text = "\n\n".join(part for part in (notice, "\n".join(lines), advice) if part)
        return Screen(
            _("Who signs the letter?"),
            text,
            self._list_rows(context),
            _("Name, Organization"),
        )

    def _list_rows(self, context: Context) -> Rows:
        _ = context._
        count, page = len(context.draft.signatories), page_of_list(context)
        buttons = [*turning(context, count, page, size=ON_PAGE)]
        if count <= FEW:
            # Of a few, each has a button of its own: a tap, and the line is changed.
            few = [context.button(f"✎ {n + 1}", "one", str(n)) for n in range(count)]
            buttons += in_rows(few, FEW // 2)
        table = listed(context)
        if table:
            label = _("The list that you sent (%(count)s)", count=len(table.rows))
            buttons.append((context.button(label, "file"),))
        open_lines = len(context.draft.doubts)
        if open_lines:
            label = _.plural(
                "%(count)s line is not clear yet", "%(count)s lines are not clear yet", open_lines
            )
            buttons.append((context.button(label, "asked"),))
        for saved in context.session.sets[:PAGE]:
            label = f"{shortened(saved.name)} ({len(saved.signatories)})"
            buttons.append(
                (
                    context.button(_("Add %(set)s", set=label), "set", saved.id),
                    context.button(_("Choose…"), "tick", saved.id),
                )
            )
        if count >= order.FROM:
            buttons.append((context.button(_("Change, sort or remove"), "order"),))
        if count:
            done = _.plural("Done: %(count)s co-signer", "Done: %(count)s co-signers", count)
        else:
            done = _("No co-signers yet")
        return (*buttons, (context.button(done, "done", main=True),))

    def _typed(self, context: Context, text: str) -> Answer:
        part = context.user.view.text.partition(":")[0]
        if part in files.PARTS and listed(context):
            return files.typed(context, text)
        if part in order.PARTS:
            return order.typed(context, text)
        said = command_of(text)
        if said:
            return self._said(context, said, text)
        return self._added(context, text)

    def _said(self, context: Context, said: str, text: str) -> Answer:
        """What was said to the bot and signs no letter."""
        _, draft = context._, context.draft
        if said == "back":
            return Answer(back=True)
        if draft.doubts and context.user.view.text != LIST:
            agreed = said != "none" and is_agreeing(text)
            return doubts.said(context, agreed=agreed, declined=said == "none")
        ends = said == "done" and (draft.signatories or not is_agreeing(text))
        if ends or (said == "none" and not draft.signatories):
            return self._done(context)
        if said == "none":
            return Answer(notice=_("To take co-signers off the list, tap Change, sort or remove."))
        return Answer(
            notice=_(
                "That is no co-signer, so nobody was added. Please type a name, or tap a button."
            )
        )

    def _done(self, context: Context) -> Answer:
        """On to the next question. Open lines stay open, and are asked about when it is edited."""
        _, draft = context._, context.draft
        notice = ""
        if draft.doubts:
            notice = _.plural(
                "%(count)s line that is not clear was not added; it waits under Co-signers.",
                "%(count)s lines that are not clear were not added; they wait under Co-signers.",
                len(draft.doubts),
            )
        answered = replace(draft, signatories_done=True)
        return Answer(answered, notice=notice, changes=(ListKept(None),))

    def _added(self, context: Context, text: str) -> Answer:
        """What is clear is added at once; what is not is asked about, line by line."""
        found = read_lines(text)
        if not found.taken and not found.doubts:
            notice = context._("No name was found. One co-signer to a line, please.")
            return Answer(notice=notice, view=looking_at(context))
        return joining(
            context,
            found.taken,
            asked=doubts.with_new(context.draft.doubts, text, found.doubts),
            notice=noticed(context, found),
        )

    def _tapped(self, context: Context, action: str, value: str) -> Answer:
        draft = context.draft
        if action == "done":
            return self._done(context)
        if action == "set" and (saved := context.session.set_of(value)):
            return joining(context, saved.signatories)
        if action == "page" and context.user.view.text.partition(":")[0] in {"", LIST}:
            return Answer(view=replace(context.user.view, page=int(value)))
        if action == LIST and draft.doubts:
            return Answer(view=looking_at(context, LIST))
        if action in doubts.ACTIONS:
            return doubts.tapped(context, action, value)
        if action in files.ACTIONS:
            return files.tapped(context, action, value)
        if action in order.ACTIONS:
            return order.tapped(context, action, value)
        return Answer(view=looking_at(context))
