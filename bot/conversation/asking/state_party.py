"""A State that has joined already is no dead end: thank it, or ask for what it has not joined."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.draft import addressed_to
from bot.conversation.talk.names import agreeing_line, treaty_label, where_it_stands
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Answer, Screen, View
from bot.letters.model import Purpose, Stage
from bot.letters.treaties import Register

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.letters.model import State

PARTY, LACKING = "party:", "lacking:"
ACTIONS = frozenset({"thank", "lacking", "asktreaty", "askall"})


def of_view(context: Context) -> State | None:
    """The State that the view's text is about; None where it is about none that has joined."""
    prefix, colon, iso3 = context.user.view.text.partition(":")
    known = prefix + colon in {PARTY, LACKING}
    return context.library.records.states.get(iso3) if known else None


def holds(context: Context, text: str) -> bool:
    """Whether the State that such a text is about has joined the draft's treaty."""
    iso3, on = text.partition(":")[2], context.letter_date()
    records, code = context.library.records, context.draft.treaty or ""
    return (
        bool(code)
        and iso3 in records.states
        and records.standing(code, iso3, on).stage is Stage.PARTY
    )


def screen(context: Context, state: State, notice: str) -> Screen:
    """What can be written to it all the same."""
    _ = context._
    name, code = context.state_name(state), context.draft.treaty or ""
    lacking = lacking_of(context, state, context.letter_date())
    everywhere = context.button(_("Another State"), "region")
    if context.user.view.text.startswith(LACKING):
        buttons = [context.button(treaty_label(context, one), "asktreaty", one) for one in lacking]
        if len(every_one := together(context, lacking, code)) > 1:
            every = one_letter(context, every_one, lacking)
            buttons.insert(0, context.button(every, "askall"))
        title = _("What has %(state)s not joined?", state=name)
        return Screen(title, notice, in_rows([*buttons, everywhere], 1))
    standing = context.library.records.standing(code, state.iso3, context.letter_date())
    said = notice or where_it_stands(context, state, standing)
    buttons = [context.button(_("Write to congratulate it"), "thank", state.iso3)]
    if lacking:
        label = _.plural(
            "%(count)s treaty that it has not joined",
            "%(count)s treaties that it has not joined",
            len(lacking),
        )
        buttons.append(context.button(label, "lacking", state.iso3))
    title = _("%(state)s has joined %(treaty)s", state=name, treaty=code)
    return Screen(title, said, in_rows([*buttons, everywhere], 1))


def tapped(context: Context, action: str, value: str) -> Answer:
    """A letter of congratulation, or one on other treaties."""
    view, draft = context.user.view, context.draft
    if action == "lacking":
        return Answer(view=View(view.name, view.key, text=LACKING + value))
    state = of_view(context)
    if state is None:
        return Answer(view=View(view.name, view.key))
    new = replace(addressed_to(draft, state.iso3), also=(), campaign="")
    agree = agreeing_line(context, draft)
    if action == "thank":
        # Words that asked for something do not thank for it.
        words = replace(new, changes=(), without=frozenset(), within=frozenset())
        return Answer(replace(words, purpose=Purpose.CONGRATULATION), agree)
    codes = [value]
    if action != "asktreaty":
        lacking = lacking_of(context, state, context.letter_date())
        codes = together(context, lacking, draft.treaty or "")
    if not codes:
        return Answer(view=View(view.name, view.key))
    first, *also = codes
    asks = replace(new, treaty=first, also=tuple(also), purpose=Purpose.REQUEST)
    return Answer(asks, agree)


def together(context: Context, codes: list[str], kind: str = "") -> list[str]:
    """Those of the treaties that belong in one letter: of the kind of one, or on human rights."""
    treaties = context.library.records.treaties
    register = treaties[kind].register if kind in treaties else Register.HUMAN_RIGHTS
    return [code for code in codes if treaties[code].register is register]


def one_letter(context: Context, found: list[str], lacking: list[str]) -> str:
    """The words for one letter on all that belong together."""
    _, count = context._, len(found)
    if count == len(lacking):
        return _("One letter on all %(count)s", count=count)
    return {
        Register.HUMAN_RIGHTS: _("One letter on all %(count)s on human rights", count=count),
        Register.DISARMAMENT: _("One letter on all %(count)s on disarmament", count=count),
        Register.JUSTICE: _("One letter on all %(count)s on justice", count=count),
        Register.PROTECTION: _("One letter on all %(count)s on protection", count=count),
    }[context.library.records.treaties[found[0]].register]


def lacking_of(context: Context, state: State, on: date) -> list[str]:
    """The treaties that the State may join and has not, on that day."""
    records = context.library.records
    return [
        code
        for code, treaty in records.treaties.items()
        if treaty.adopted_on <= on
        and records.has_status(code)
        and records.is_open(code, state.iso3)
        and records.standing(code, state.iso3, on).stage is not Stage.PARTY
    ]
