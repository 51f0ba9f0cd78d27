"""Co-signers join those of the draft: each once, and not more than a letter may have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.values import Answer, Changes, View
from bot.letters.signatories import MAX_SIGNATORIES
from bot.letters.sorting import joined

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.letters.model import Signatory
    from bot.letters.signatory_lines import Doubt, Lines

ON_PAGE, ON_SCREEN = 20, 150
"""So many co-signers are listed at once, and so much of each: a message holds 4,096 characters."""

LABEL = 40
NAMED = 3
"""So many of those that are listed already are named."""


def shortened(text: str, most: int = LABEL) -> str:
    """The text, or as much of it as a button shows."""
    return text if len(text) <= most else text[: most - 1] + "…"


def looking_at(context: Context, part: str = "", page: int = 0) -> View:
    """The view of a part of the question."""
    view = context.user.view
    return View(view.name, view.key, page, part)


def page_of_list(context: Context) -> int:
    """The page of the list that is looked at."""
    return min(context.user.view.page, _last_page(len(context.draft.signatories)))


def _last_page(count: int) -> int:
    return max(0, (count - 1) // ON_PAGE)


def noticed(context: Context, found: Lines) -> str:
    """That something was taken away from what was sent."""
    if not found.cleaned:
        return ""
    return context._("Hidden control or direction characters were removed.")


def joining(
    context: Context,
    more: tuple[Signatory, ...],
    *,
    asked: tuple[Doubt, ...] | None = None,
    notice: str = "",
    changes: Changes = (),
) -> Answer:
    """Add those not yet listed; say which were there before. `asked` are the lines still open."""
    _, draft = context._, context.draft
    open_lines = draft.doubts if asked is None else asked
    everybody, twice = joined(draft.signatories, more)
    # What was added stands at the end of the list.
    view = looking_at(context, page=_last_page(len(everybody)))
    count = len(everybody) + len(open_lines)
    if count > MAX_SIGNATORIES:
        too_many = _(
            "A letter has at most %(most)s co-signers; these would make %(count)s. Nobody was "
            "added.",
            most=MAX_SIGNATORIES,
            count=count,
        )
        return Answer(notice=too_many, view=looking_at(context))
    lines = [notice, _twice_line(context, twice)]
    if (open_lines or len(everybody) > ON_PAGE) and len(everybody) > len(draft.signatories):
        added = len(everybody) - len(draft.signatories)
        lines.append(
            _.plural("%(count)s co-signer was added.", "%(count)s co-signers were added.", added)
        )
    said = "\n".join(line for line in lines if line)
    return Answer(
        replace(draft, signatories=everybody, doubts=open_lines),
        notice=said,
        view=view,
        changes=changes,
    )


def _twice_line(context: Context, twice: tuple[Signatory, ...]) -> str:
    if not twice:
        return ""
    _ = context._
    names = "; ".join(shortened(one.line) for one in twice[:NAMED])
    if len(twice) <= NAMED:
        return _("These were listed already: %(names)s", names=names)
    more = len(twice) - NAMED
    return _.plural(
        "These were listed already: %(names)s and %(count)s more",
        "These were listed already: %(names)s and %(count)s more",
        more,
        names=names,
    )
