"""What was wrong with a list of co-signers, row by row, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.signatories import MAX_LENGTH, Problem
from bot.letters.signatory_tables import MAX_COLUMNS, MAX_ROWS, TableFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conversation.talk.library import Translator
    from bot.letters.signatories import RowProblem
    from bot.letters.signatory_tables import TableRefused

MOST_SHOWN = 12


def problem_lines(_: Translator, problems: Sequence[RowProblem]) -> str:
    """Every bad row by its number in the spreadsheet; nothing of the file was taken."""
    lines = [_problem_line(_, problem) for problem in problems[:MOST_SHOWN]]
    rest = len(problems) - MOST_SHOWN
    if rest > 0:
        lines.append(_.plural("… and %(count)s more row.", "… and %(count)s more rows.", rest))
    lines.append(_("Nothing was added. Please mend this in the file and send it again."))
    return "\n".join(lines)


def _problem_line(_: Translator, problem: RowProblem) -> str:
    words = {
        Problem.NO_NAME: _("the name is missing"),
        Problem.TOO_LONG: _("a name has at most %(count)s characters", count=MAX_LENGTH),
        Problem.TOO_MANY_PARTS: _(
            "the row has more cells than there are columns (a name with a comma needs quotation "
            "marks)"
        ),
        Problem.TOO_FEW_PARTS: _("the row has fewer cells than there are columns"),
    }[problem.problem]
    if not problem.line:
        return f"· {words}"
    if not problem.text:
        return "· " + _("row %(number)s: %(problem)s", number=problem.line, problem=words)
    return "· " + _(
        "row %(number)s: %(problem)s (“%(text)s”)",
        number=problem.line,
        problem=words,
        text=problem.text[:60],
    )


def refusal_line(_: Translator, refused: TableRefused) -> str:
    """Why a file is no list of co-signers, and what would work."""
    text = {
        TableFault.TOO_LARGE: _(
            "That file is too large: a list of co-signers has at most 1 MB. Please send only the "
            "list."
        ),
        TableFault.TOO_MANY_ROWS: _(
            "That list has too many rows: at most %(count)s can be read.", count=MAX_ROWS
        ),
        TableFault.TOO_MANY_COLUMNS: _(
            "That list has too many columns: at most %(count)s can be read.", count=MAX_COLUMNS
        ),
        TableFault.EMPTY: _("There are no co-signers in that file."),
        TableFault.NO_COLUMNS: _(
            "I cannot tell what the columns of that list hold. Please name them in its first row: "
            "Name, Role, Organization."
        ),
        TableFault.NOT_TEXT: _(
            "That is no list that I can read: please save it as Excel (.xlsx) or as CSV."
        ),
        TableFault.BROKEN: _("That file is damaged: please save it again as Excel or CSV."),
        TableFault.PROTECTED: _(
            "That file is protected by a password: please remove it and send the file again."
        ),
        TableFault.OTHER_KIND: _(
            "That is a file of the kind %(kind)s. Please send the list as Excel (.xlsx) or CSV, or "
            "paste the names here.",
            kind=refused.detail,
        ),
        TableFault.UNPACKS_TOO_LARGE: _(
            "That spreadsheet unpacks to more than 8 MB: please save only the list, as CSV."
        ),
        TableFault.TOO_COSTLY: _(
            "That file would take me too long to read: please save only the list, as Excel or CSV."
        ),
    }[refused.fault]
    shown = refused.fault is TableFault.NO_COLUMNS and refused.detail
    return f"⚠ {text}" + (f"\n({refused.detail})" if shown else "")
