"""Later facts that an administrator has sent, in words: what would change, or what is wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.conversation.names import labelled
from bot.conversation.pages.base import lines
from bot.letters.differences import Difference, Kind, differences, doubtful
from bot.letters.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conversation.context import Context
    from bot.conversation.library import Translator
    from bot.letters.faults import Refused
    from bot.letters.status import Act, Records, Version

MOST_NAMED = 40
"""So many States are named in a group: more do not fit into a message."""


def fault_lines(_: Translator) -> dict[Fault, str]:
    """Why nothing was taken from a file, and what would work."""
    return {
        Fault.TOO_LARGE: _("That file is larger than any status page."),
        Fault.SPREADSHEET: _(
            "That is a spreadsheet: please save the page of treaties.un.org as HTML."
        ),
        Fault.NOT_TEXT: _(
            "That is no web page: please save the status page of treaties.un.org as HTML."
        ),
        Fault.ENCODING: _("The text’s encoding is broken: please save the page again."),
        Fault.NO_PAGE: _(
            "That is no status page of treaties.un.org: the site may have been out of service or "
            "asked for a login when it was saved. Please save it again."
        ),
        Fault.OTHER_LANGUAGE: _("That is the French page: please save the English one."),
        Fault.CUT_OFF: _("The page is cut off: please save it again."),
        Fault.NO_TREATY: _("The page does not say which treaty it is on."),
        Fault.OTHER_TREATY: _("That page is not on one of the eighteen treaties: %(what)s."),
        Fault.NO_DATE: _(
            "The page has no “status as at”: please save the HTML page, which has it."
        ),
        Fault.FUTURE: _("The page’s “status as at” is in the future: %(what)s."),
        Fault.NO_TOTALS: _("The page does not say how many parties there are."),
        Fault.UNKNOWN: _("No State is known by the name of these participants: %(what)s."),
        Fault.TWICE: _("This participant stands twice in the table: %(what)s."),
        Fault.CELL: _("This date cannot be right: %(what)s."),
        Fault.PARTIES: _("The parties in the table and in the headline disagree: %(what)s."),
        Fault.SIGNATORIES: _(
            "The signatories in the table and in the headline disagree: %(what)s."
        ),
        Fault.AFTER_PAGE: _(
            "%(what)s: that day is after the page’s own “status as at”. Please check the year, and "
            "give the day again, such as “%(example)s”."
        ),
        Fault.COUNT: _(
            "The parties that would be stored and those of the page’s headline disagree: %(what)s."
        ),
        Fault.WITHDRAWN: _(
            "These stand in brackets and are no longer in force, since when only the page’s notes "
            "say: %(what)s. Please type each with the day from which it is no longer party, such "
            "as “%(example)s”, and send the page again."
        ),
    }


def fault_line(context: Context, refused: Refused) -> str:
    """Why nothing was taken from a page, with an example that could be right."""
    _ = context._
    day = refused.day or context.library.records.dated()
    example = f"{refused.what[:3]} {context.day(day)}"
    said = fault_lines(_)[refused.fault] % {"what": refused.what or "–", "example": example}
    treaty = context.library.records.treaties.get(refused.treaty)
    if refused.fault is Fault.WITHDRAWN and treaty and treaty.notice:
        hint = _(
            "A denunciation of %(treaty)s takes effect %(months)s months after its notification: "
            "the day of effect is meant.",
            treaty=treaty.code,
            months=treaty.notice.months,
        )
        return f"{said} {hint}"
    return said


def shown(context: Context, version: Version, before: Records, after: Records) -> str:
    """What one page would change, State by State."""
    _ = context._
    code, day = version.treaty, version.as_of.date()
    old = before.parties(code, max(before.dated(code), day))
    head = _(
        "%(treaty)s, status as at %(date)s (before: %(before)s). Parties: %(parties)s (before: "
        "%(old)s).",
        treaty=code,
        date=context.day(day),
        before=context.day(before.dated(code)),
        parties=version.parties,
        old=old,
    )
    found = differences(before, after, code)
    if not found:
        return lines(head, _("Nothing else changes."))
    groups = {kind: [one for one in found if one.kind is kind] for kind in Kind}
    said = (
        labelled(_, _kind(_, kind), _named(context, those))
        for kind, those in groups.items()
        if those
    )
    return lines(head, *said)


def counted(context: Context, version: Version, before: Records, after: Records) -> str:
    """What one page would change in a line: how many of each kind."""
    _ = context._
    counts = Counter(one.kind for one in differences(before, after, version.treaty))
    said = "; ".join(
        labelled(_, _kind(_, kind), str(counts[kind])) for kind in Kind if counts[kind]
    )
    name = f"{version.treaty}, {context.day(version.as_of.date())}"
    return labelled(_, name, said or _("Nothing else changes."))


def _kind(_: Translator, kind: Kind) -> str:
    return {
        Kind.JOINED: _("New parties"),
        Kind.LEFT: _("No longer parties"),
        Kind.SIGNED: _("New signatures"),
        Kind.UNSIGNED: _("Signatures gone"),
        Kind.OTHER: _("Other dates or acts"),
    }[kind]


def _named(context: Context, found: list[Difference]) -> str:
    names = []
    for one in found[:MOST_NAMED]:
        since, name = one.after.since, context.state_name(one.state)
        names.append(f"{name} ({context.day(since)})" if since else name)
    more = " …" if len(found) > MOST_NAMED else ""
    return "; ".join(names) + more


def doubtful_lines(
    context: Context, versions: Sequence[Version], before: Records, after: Records
) -> list[str]:
    """Known facts that would be gone or others, and acts unlike all others: whole, each State's."""
    _ = context._
    return [
        _(
            "%(treaty)s · %(state)s: %(before)s → %(after)s",
            treaty=one.treaty,
            state=context.state_name(one.state),
            before=_whole(context, one.acts_before),
            after=_whole(context, one.acts_after),
        )
        for one in doubtful(before, after, versions)
    ]


def _whole(context: Context, acts: tuple[Act, ...]) -> str:
    """Everything that is known of a State on a treaty."""
    _ = context._
    names = {
        "ratification": _("ratification %(date)s"),
        "accession": _("accession %(date)s"),
        "succession": _("succession %(date)s"),
        "acceptance": _("acceptance %(date)s"),
        "approval": _("approval %(date)s"),
        "formal confirmation": _("formal confirmation %(date)s"),
    }
    signature, succeeded = _("signature %(date)s"), _("succession to the signature: %(date)s")
    parts = []
    for act in acts:
        if act.signed_on:
            form = succeeded if act.by_succession else signature
            parts.append(form % {"date": context.day(act.signed_on)})
        if act.acted_on:
            parts.append(names[act.action] % {"date": context.day(act.acted_on)})
        if act.withdrawn_on:
            day = context.day(act.withdrawn_on)
            parts.append(_("withdrew, with effect from %(date)s", date=day))
    return ", ".join(parts) or _("nothing")
