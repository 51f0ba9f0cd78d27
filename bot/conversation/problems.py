"""What was wrong with typed or sent co-signers, row by row, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.signatories import MAX_LENGTH, MAX_SIGNATORIES, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conversation.library import Translator
    from bot.letters.signatories import RowProblem

MOST_SHOWN = 12


def problem_lines(_: Translator, problems: Sequence[RowProblem]) -> str:
    """Every bad row by its line; nothing of the message or file was taken."""
    lines = [_problem_line(_, problem) for problem in problems[:MOST_SHOWN]]
    rest = len(problems) - MOST_SHOWN
    if rest > 0:
        lines.append(_.plural("… and %(count)s more line.", "… and %(count)s more lines.", rest))
    lines.append(_("Nothing was added. Please mend this and send it again."))
    return "\n".join(lines)


def _problem_line(_: Translator, problem: RowProblem) -> str:
    words = {
        Problem.NO_NAME: _("the name is missing"),
        Problem.NO_ORGANISATION: _("the organization is missing"),
        Problem.TOO_LONG: _("a name has at most %(count)s characters", count=MAX_LENGTH),
        Problem.TOO_MANY_PARTS: _("more parts than name, role and organization"),
        Problem.TOO_MANY: _("a letter has at most %(count)s co-signers", count=MAX_SIGNATORIES),
        Problem.COLUMNS: _("the first line must name the columns: name,role,organization"),
        Problem.NOT_TEXT: _("the file is not a CSV file in UTF-8"),
    }[problem.problem]
    if not problem.line:
        return f"· {words}"
    if not problem.text:
        return "· " + _("line %(number)s: %(problem)s", number=problem.line, problem=words)
    return "· " + _(
        "line %(number)s: %(problem)s (“%(text)s”)",
        number=problem.line,
        problem=words,
        text=problem.text[:60],
    )
