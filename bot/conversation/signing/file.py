"""A list of co-signers from a file: what its columns were taken for is shown before it is added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.signing.joining import (
    joining,
    looking_at,
    noticed,
    shortened,
)
from bot.conversation.signing.kept import ListKept, listed
from bot.conversation.signing.problems import problem_lines, refusal_line
from bot.conversation.talk.names import labelled
from bot.conversation.talk.values import Answer, Screen
from bot.letters.signatory_heads import Meaning
from bot.letters.signatory_lines import Doubt, Lines, read_line
from bot.letters.signatory_tables import Table, TableFault, TableRefused, signatories_of
from bot.letters.signatory_words import command_of

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.values import Button

PARTS = ("file", "columns", "column")
ACTIONS = ("addlist", "nolist", "columns", "column", "takecolumn", "file")
SAMPLE = 3
"""So many of the co-signers are shown before they are added."""

NONE = "-"


def sent(context: Context, event: FileSent) -> Answer:
    """What was read in a file: a table is shown first, one contact is added."""
    _, found = context._, event.found
    if isinstance(found, Lines):
        asked = (*context.draft.doubts, *found.doubts)
        return joining(context, found.taken, asked=asked, notice=noticed(context, found))
    if not isinstance(found, Table):
        refused = found if isinstance(found, TableRefused) else TableRefused(TableFault.TOO_LARGE)
        return Answer(notice=refusal_line(_, refused), view=looking_at(context))
    return Answer(view=looking_at(context, "file"), changes=(ListKept(found),))


def screen(context: Context, part: str, notice: str) -> Screen | None:
    """The screen of that part; None where there is no list that waits."""
    table = listed(context) if part in PARTS else None
    if table is None:
        return None
    if part == "columns":
        return _columns_screen(context, table, notice)
    value = context.user.view.text.partition(":")[2]
    if part == "column" and value in set(Meaning):
        return _column_screen(context, table, Meaning(value), notice)
    return _list_screen(context, table, notice)


def typed(context: Context, text: str) -> Answer:
    """Yes or no; a name that is typed here is not added unseen."""
    said = command_of(text)
    if said == "done":
        return tapped(context, "addlist", "")
    if said in {"none", "back"}:
        return tapped(context, "nolist", "")
    notice = context._("Please tap a button first: then you can type further co-signers.")
    return Answer(notice=notice, view=context.user.view)


def tapped(context: Context, action: str, value: str) -> Answer:
    """Add the list, leave it, or say what its columns hold."""
    table = listed(context)
    if table is None or action == "nolist":
        return Answer(view=looking_at(context), changes=(ListKept(None),))
    if action == "addlist":
        parsed = signatories_of(table)
        if parsed.problems:
            notice = problem_lines(context._, parsed.problems)
            return Answer(notice=notice, view=looking_at(context, "columns"))
        asked = (*context.draft.doubts, *_open_lines(table))
        taken = (ListKept(None),)
        return joining(context, parsed.signatories, asked=asked, changes=taken)
    if action == "takecolumn":
        meaning, _colon, column = value.partition(":")
        changed = replace(table, meanings=_taken(table, Meaning(meaning), column))
        return Answer(view=looking_at(context, "columns"), changes=(ListKept(changed),))
    part = f"column:{value}" if action == "column" else action
    return Answer(view=looking_at(context, part))


def _open_lines(table: Table) -> tuple[Doubt, ...]:
    """The lines of a file that are not clear."""
    found = (read_line(line) for line in table.asked)
    return tuple(one for one in found if isinstance(one, Doubt))


def _list_screen(context: Context, table: Table, notice: str) -> Screen:
    _ = context._
    parsed = signatories_of(table)
    count = len(parsed.signatories)
    if not table.meanings:
        return _unnamed_screen(context, table, notice)
    sample = [f"{n}. {one.line}" for n, one in enumerate(parsed.signatories[:SAMPLE], start=1)]
    if count > SAMPLE:
        more = count - SAMPLE
        sample.append(_.plural("… and %(count)s more", "… and %(count)s more", more))
    problems = problem_lines(_, parsed.problems) if parsed.problems else ""
    rows: list[tuple[Button, ...]] = []
    if not problems:
        add = _.plural("Add %(count)s co-signer", "Add %(count)s co-signers", count)
        rows.append((context.button(add, "addlist"),))
    if table.width > 1 and not table.of_lines:
        rows.append((context.button(_("Other columns"), "columns"),))
    rows.append((context.button(_("Do not add them"), "nolist"),))
    parts = (
        notice,
        "" if table.of_lines else _columns_said(context, table),
        "\n".join(sample),
        problems or _asked_line(context, table),
        "" if problems else _("Add only those who have agreed to sign."),
    )
    title = _.plural("%(count)s co-signer in this file", "%(count)s co-signers in this file", count)
    return Screen(title, "\n\n".join(part for part in parts if part), tuple(rows))


def _asked_line(context: Context, table: Table) -> str:
    if not table.asked:
        return ""
    return context._.plural(
        "%(count)s more line is not clear: I ask about it afterwards.",
        "%(count)s more lines are not clear: I ask about them afterwards.",
        len(table.asked),
    )


def _unnamed_screen(context: Context, table: Table, notice: str) -> Screen:
    """A table without a head, of more columns than name, role and organisation."""
    _ = context._
    advice = _(
        "No row of this list says what its columns hold. Please choose the column of the names, "
        "or of the organizations."
    )
    first = " · ".join(cell for cell in table.rows[0][1] if cell)
    text = "\n\n".join(part for part in (notice, advice, shortened(first, 200)) if part)
    rows = (
        (context.button(_("Choose the columns"), "columns"),),
        (context.button(_("Do not add them"), "nolist"),),
    )
    return Screen(_("What do the columns hold?"), text, rows)


def _columns_said(context: Context, table: Table) -> str:
    """What each column was taken for, and which are left out."""
    _ = context._
    lines = [
        labelled(_, name, _column_name(_, table, table.meanings[meaning]))
        for meaning, name in meaning_names(_).items()
        if meaning in table.meanings
    ]
    if table.left_out:
        left = ", ".join(_column_name(_, table, number) for number in table.left_out)
        lines.append(labelled(_, _("Left out"), left))
    if table.also:
        also = ", ".join(_column_name(_, table, number) for number in table.also)
        lines.append(
            _("⚠ By its head this could be taken as well: %(columns)s", columns=also)
            if len(table.also) == 1
            else _("⚠ By their heads these could be taken as well: %(columns)s", columns=also)
        )
    return "\n".join(lines)


def meaning_names(_: Translator) -> dict[Meaning, str]:
    """What a column may hold, as it is called."""
    return {
        Meaning.NAME: _("Name"),
        Meaning.FIRST_NAME: _("First name"),
        Meaning.LAST_NAME: _("Last name"),
        Meaning.ROLE: _("Role"),
        Meaning.ORGANISATION: _("Organization"),
    }


def _column_name(_: Translator, table: Table, number: int) -> str:
    """A column by its letter, as spreadsheets have it, and its head."""
    letter = chr(ord("A") + number % 26)
    if number >= 26:  # noqa: PLR2004 -- letters; a table has at most sixty columns
        letter = chr(ord("A") + number // 26 - 1) + letter
    head = table.heads[number] if number < len(table.heads) else ""
    return f"{letter} " + _("“%(line)s”", line=shortened(head)) if head else letter


def _columns_screen(context: Context, table: Table, notice: str) -> Screen:
    _ = context._
    rows: list[tuple[Button, ...]] = []
    for meaning, name in meaning_names(_).items():
        whole = meaning not in {Meaning.FIRST_NAME, Meaning.LAST_NAME}
        if whole or meaning in table.meanings:
            column = table.meanings.get(meaning)
            taken = "–" if column is None else _column_name(_, table, column)
            rows.append((context.button(labelled(_, name, taken), "column", meaning),))
    rows.append((context.button(_("Back to the list"), "file"),))
    return Screen(_("What do the columns hold?"), notice, tuple(rows))


def _column_screen(context: Context, table: Table, meaning: Meaning, notice: str) -> Screen:
    _ = context._
    rows: list[tuple[Button, ...]] = []
    for number in range(table.width):
        cells = (row[number] for _row, row in table.rows if number < len(row) and row[number])
        example = next(cells, "")
        if example:
            label = labelled(_, _column_name(_, table, number), example)
            value = f"{meaning}:{number}"
            rows.append((context.button(shortened(label, 60), "takecolumn", value),))
    rows.append((context.button(_("None of them"), "takecolumn", f"{meaning}:{NONE}"),))
    title = _("Which column holds this: %(what)s?", what=meaning_names(_)[meaning])
    return Screen(title, notice, tuple(rows))


def _taken(table: Table, meaning: Meaning, column: str) -> dict[Meaning, int]:
    """The meanings with another column for one of them; a column has one meaning."""
    halves = {Meaning.FIRST_NAME, Meaning.LAST_NAME}
    kept = {
        one: number
        for one, number in table.meanings.items()
        if one is not meaning
        and str(number) != column
        and not (meaning is Meaning.NAME and one in halves)
    }
    if column == NONE:
        return kept
    return {**kept, meaning: int(column)}
