"""What lives how long: the table of which settings, /privacy and the documents are made.

Days are counted from the day that a line names. What is due is found a week before, and deleted
when the program has looked on seven more days: so a clock that was put forward deletes nothing at
once. Of letters, people are told in that week.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WARNED = 7
"""Days of the program's own between finding that something is due and deleting it."""

LEAST, MOST = 14, 36_500
"""A lifetime has a week at least before that in which one is warned."""

NEVER = "never"

Days = Mapping[str, int | None]
"""By the kind's key; None: it is kept until somebody deletes it."""


def N_(message: str) -> str:  # noqa: N802 -- the name by which gettext's tools find messages
    """A message that is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A kind of what is kept: its key, its usual days, and how that is said to people.

    Without days it is kept until it is deleted, and no setting changes that. `line` says after how
    many `%(days)s`, `lasting` what holds where it never expires.
    """

    key: str
    days: int | None
    line: str
    lasting: str

    def said(self, days: int | None) -> str:
        """The message that says it, still to be translated and given its days."""
        return self.lasting if days is None else self.line


TABLE = (
    Lifetime(
        "drafts",
        90,
        N_("Letters that were not sent: %(days)s days after you last opened or changed them."),
        N_("Letters that were not sent: until you delete them."),
    ),
    Lifetime(
        "sent",
        730,
        N_(
            "Letters that were sent, with their history: %(days)s days after you last opened or "
            "changed them."
        ),
        N_("Letters that were sent, with their history: until you delete them."),
    ),
    Lifetime(
        "archived",
        730,
        N_("Letters in the archive: %(days)s days after you last opened or changed them."),
        N_("Letters in the archive: until you delete them."),
    ),
    Lifetime(
        "jobs",
        730,
        N_("Letters to many States: %(days)s days after you last opened or changed them."),
        N_("Letters to many States: until you delete them."),
    ),
    Lifetime(
        "signings",
        730,
        N_(
            "Letters that co-signers were asked to confirm, with what these gave and the record: "
            "%(days)s days after you last opened or changed the letter, and never before the "
            "deadline."
        ),
        N_(
            "Letters that co-signers were asked to confirm, with what these gave and the record: "
            "until you delete them."
        ),
    ),
    Lifetime(
        "links",
        30,
        N_("Links and invitations: %(days)s days after they have expired."),
        N_("Links and invitations: as long as what they belong to."),
    ),
    Lifetime(
        "waiting",
        30,
        N_(
            "Lists of co-signers, mission books and status pages that were sent and not taken up: "
            "%(days)s days."
        ),
        N_(
            "Lists of co-signers, mission books and status pages that were sent and not taken up: "
            "until another one is sent."
        ),
    ),
    Lifetime(
        "inbox",
        14,
        N_("Messages with a file that could not be read: %(days)s days."),
        N_("Messages with a file that could not be read: until they can be read."),
    ),
    Lifetime(
        "updates",
        30,
        N_("The numbers of answered messages: %(days)s days, and of the last 5,000 at most."),
        N_("The numbers of answered messages: of the last 5,000."),
    ),
    Lifetime(
        "people",
        730,
        N_(
            "Your language and your last choices: %(days)s days after you last wrote, if nothing "
            "else of yours is left."
        ),
        N_("Your language and your last choices: until you have everything deleted."),
    ),
    Lifetime(
        "lasting",
        None,
        "",
        N_("Sets of co-signers, letterheads and coalitions: until they are deleted."),
    ),
    Lifetime(
        "missions",
        None,
        "",
        N_("The mission book: until another one takes its place, or it is deleted."),
    ),
)

LETTERS = frozenset({"drafts", "sent", "archived", "jobs", "signings"})
"""Kinds of letters: people are told a week before one of these is deleted."""

USUAL: Days = {one.key: one.days for one in TABLE}


def read(text: str) -> Days:
    """The lifetimes of a setting such as "drafts=60 sent=never"; the usual ones of all others.

    Raises `ValueError`, whose text says what is wrong and what would be right.
    """
    found = dict(USUAL)
    known = {one.key for one in TABLE if one.days is not None}
    given: set[str] = set()
    for part in text.replace(",", " ").split():
        key, equals, value = part.partition("=")
        if not equals or key not in known:
            message = (
                f"{part!r} names no kind: write one of {', '.join(sorted(known))}, “=” and days"
            )
            raise ValueError(message)
        if key in given:
            message = f"{key} is given twice"
            raise ValueError(message)
        given.add(key)
        found[key] = _days(key, value)
    return found


def _days(key: str, value: str) -> int | None:
    if value == NEVER:
        return None
    good = value.isascii() and value.isdecimal() and len(value) <= len(str(MOST))
    if not good or not LEAST <= int(value) <= MOST:
        message = f"{key}={value}: write whole days from {LEAST} to {MOST}, or {key}={NEVER}"
        raise ValueError(message)
    return int(value)


def table() -> str:
    """The table for the documents: each kind that a setting changes, with its usual days."""
    rows = ["| Kind | Days | What is said to people |", "| --- | --- | --- |"]
    for one in TABLE:
        said = one.said(one.days)
        words = said % {"days": one.days} if one.days is not None else said
        rows.append(f"| `{one.key}` | {one.days or 'until deleted'} | {words} |")
    return "\n".join(rows)
