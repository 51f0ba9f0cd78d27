"""Who signs? Typed or pasted lines, a CSV file, a saved set, or ticks in a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.events import FileSent, Tap, Typed
from bot.conversation.paging import paged
from bot.conversation.problems import problem_lines
from bot.conversation.questions.base import action_of
from bot.conversation.values import Answer, Screen, View
from bot.letters.signatories import MAX_SIGNATORIES, Problem, RowProblem, parse_csv, parse_lines

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.events import Event
    from bot.conversation.paging import Rows
    from bot.conversation.values import Button, SignatorySet
    from bot.letters.model import Signatory
    from bot.letters.signatories import Parsed

MAX_FILE = 1024 * 1024
NO_TEXT = b"\xff"
PAGE = 8
SHOWN = 40
LABEL = 40


class SignatoriesQuestion:
    """The co-signers. The view's text says which part is looked at: "", tick, order, one."""

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
        part, _colon, value = context.user.view.text.partition(":")
        signatories = context.draft.signatories
        if part == "tick" and (chosen := context.session.set_of(value)):
            return self._tick_screen(context, chosen, notice)
        if part == "order" and signatories:
            return self._order_screen(context, notice)
        if part == "one" and value.isdigit() and int(value) < len(signatories):
            return self._one_screen(context, int(value), notice)
        return self._list_screen(context, notice)

    def answer(self, context: Context, event: Event) -> Answer:
        """Lines, a file or a tap."""
        if isinstance(event, Typed):
            return self._added(context, parse_lines(event.text))
        if isinstance(event, FileSent):
            return self._added(context, _parse_file(event))
        if isinstance(event, Tap):
            return self._tapped(context, *action_of(event.data))
        return Answer()

    def cleared(self, draft: Draft) -> Draft:
        """The names stay, as nothing typed is ever lost; only "done" is taken back."""
        return replace(draft, signatories_done=False)

    def _list_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        signatories = context.draft.signatories
        lines = [f"{number}. {s.line}" for number, s in enumerate(signatories[:SHOWN], start=1)]
        if len(signatories) > SHOWN:
            lines.append("…")
        advice = _(
            "Type or paste them, one to a line: Name, Organization – or Name, Role, Organization. "
            "A CSV file works too. Add only those who have agreed to sign."
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
        count = len(context.draft.signatories)
        buttons: list[tuple[Button, ...]] = []
        for saved in context.session.sets[:PAGE]:
            label = f"{_shortened(saved.name)} ({len(saved.signatories)})"
            buttons.append(
                (
                    context.button(_("Add %(set)s", set=label), "set", saved.id),
                    context.button(_("Tick"), "tick", saved.id),
                )
            )
        if count:
            buttons.append((context.button(_("Change order or remove"), "order"),))
            done = _.plural("Done: %(count)s co-signer", "Done: %(count)s co-signers", count)
        else:
            done = _("No co-signers yet")
        return (*buttons, (context.button(done, "done"),))

    def _tick_screen(self, context: Context, chosen: SignatorySet, notice: str) -> Screen:
        _ = context._
        ticked = set(context.draft.signatories)
        buttons = [
            context.button(
                f"{'☑' if s in ticked else '☐'} {_shortened(s.line)}", "toggle", str(number)
            )
            for number, s in enumerate(chosen.signatories)
        ]
        rows = paged(context, buttons, context.user.view.page, size=PAGE)
        return Screen(
            _("Tick those who sign: %(set)s", set=chosen.name),
            notice,
            (*rows, (context.button(_("Back to the list"), "list"),)),
        )

    def _order_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        buttons = [
            context.button(f"{number}. {_shortened(s.line)}", "one", str(number - 1))
            for number, s in enumerate(context.draft.signatories, start=1)
        ]
        rows = paged(context, buttons, context.user.view.page, size=PAGE)
        return Screen(
            _("Whom would you like to move or remove?"),
            notice,
            (*rows, (context.button(_("Back to the list"), "list"),)),
        )

    def _one_screen(self, context: Context, index: int, notice: str) -> Screen:
        _ = context._
        signatories = context.draft.signatories
        moves = []
        if index > 0:
            moves.append(context.button(_("▲ Up"), "up", str(index)))
        if index < len(signatories) - 1:
            moves.append(context.button(_("▼ Down"), "down", str(index)))
        rows: Rows = (
            *((tuple(moves),) if moves else ()),
            (context.button(_("Remove"), "remove", str(index)),),
            (context.button(_("Back to the list"), "list"),),
        )
        lines = [notice, f"{index + 1}. {signatories[index].line}"]
        return Screen(_("Move or remove"), "\n".join(line for line in lines if line), rows)

    def _tapped(self, context: Context, action: str, value: str) -> Answer:
        draft, view = context.draft, context.user.view
        if action == "done":
            return Answer(replace(draft, signatories_done=True))
        if action == "set" and (saved := context.session.set_of(value)):
            return self._join(context, saved.signatories, "")
        if action == "toggle":
            return self._toggled(context, int(value))
        if action == "page":
            return Answer(view=replace(view, page=int(value)))
        if action in {"tick", "one"}:
            return Answer(view=View(view.name, view.key, text=f"{action}:{value}"))
        if action in {"up", "down", "remove"}:
            return self._moved(context, action, int(value))
        return Answer(view=View(view.name, view.key, text="" if action == "list" else action))

    def _toggled(self, context: Context, index: int) -> Answer:
        draft, view = context.draft, context.user.view
        chosen = context.session.set_of(view.text.partition(":")[2])
        if chosen is None or index >= len(chosen.signatories):
            return Answer(view=View(view.name, view.key))
        one = chosen.signatories[index]
        if one in draft.signatories:
            kept = tuple(s for s in draft.signatories if s != one)
            return Answer(replace(draft, signatories=kept), view=view)
        return replace(self._join(context, (one,), ""), view=view)

    def _moved(self, context: Context, action: str, index: int) -> Answer:
        draft, view = context.draft, context.user.view
        order = list(draft.signatories)
        one = order.pop(index)
        if action == "remove":
            part = "order" if order else ""
            return Answer(
                replace(draft, signatories=tuple(order)), view=View(view.name, view.key, text=part)
            )
        place = index - 1 if action == "up" else index + 1
        order.insert(place, one)
        return Answer(
            replace(draft, signatories=tuple(order)),
            view=View(view.name, view.key, text=f"one:{place}"),
        )

    def _added(self, context: Context, parsed: Parsed) -> Answer:
        _ = context._
        view = View(context.user.view.name, context.user.view.key)
        if parsed.problems:
            return Answer(notice=problem_lines(_, parsed.problems), view=view)
        if not parsed.signatories:
            return Answer(
                notice=_("No name was found. One co-signer to a line, please."), view=view
            )
        notice = _("Hidden control or direction characters were removed.") if parsed.cleaned else ""
        return self._join(context, parsed.signatories, notice)

    def _join(self, context: Context, more: tuple[Signatory, ...], notice: str) -> Answer:
        """Add those not yet listed; say how many were there before."""
        _ = context._
        view = View(context.user.view.name, context.user.view.key)
        joined = tuple(dict.fromkeys((*context.draft.signatories, *more)))
        if len(joined) > MAX_SIGNATORIES:
            problem = RowProblem(0, Problem.TOO_MANY, str(len(joined)))
            return Answer(notice=problem_lines(_, [problem]), view=view)
        twice = len(context.draft.signatories) + len(more) - len(joined)
        if twice:
            again = _.plural(
                "%(count)s was listed already.", "%(count)s were listed already.", twice
            )
            notice = "\n".join(line for line in (notice, again) if line)
        return Answer(replace(context.draft, signatories=joined), notice=notice, view=view)


def _parse_file(event: FileSent) -> Parsed:
    """A CSV file; anything else is refused by what it holds, or by its size."""
    data = event.data
    return parse_csv(data if data is not None and len(data) <= MAX_FILE else NO_TEXT)


def _shortened(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
