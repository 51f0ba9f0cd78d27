"""Why nothing was taken from a page that was sent, and what would work, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.faults import Fault

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.letters.faults import Refused


def refusal_lines(context: Context, refused: Refused) -> list[str]:
    """The reason, the notes that the page has on it, and what else there is to know."""
    _ = context._
    dated = next((one for one in refused.quoted if one.day), None)
    last = context.day(refused.as_of or context.library.today())
    day = context.day(dated.day) if dated and dated.day else last
    state = dated.state if dated else refused.what[:3]
    said = {"what": refused.what or "–", "date": last, "example": f"{state} {day}"}
    quoted = [
        _(
            "%(state)s: note %(number)s: “%(text)s”",
            state=one.state,
            number=one.number,
            text=one.text,
        )
        for one in refused.quoted
        if one.text
    ]
    period = "" if dated else _notice_period(context, refused)
    return [fault_lines(_)[refused.fault] % said, *quoted, period]


def fault_lines(_: Translator) -> dict[Fault, str]:
    """Why nothing was taken from a file, and what would work."""
    return {
        Fault.TOO_LARGE: _("That file is larger than any status page."),
        Fault.CROWDED: _(
            "That file has far more rows, tags or parts than any status page: please save the page "
            "again from treaties.un.org."
        ),
        Fault.SPREADSHEET: _(
            "That is a spreadsheet: please save the page of treaties.un.org as HTML."
        ),
        Fault.NOT_TEXT: _(
            "That is no web page: please save the status page of treaties.un.org as HTML."
        ),
        Fault.SAVED_AS_TEXT: _(
            "The page was saved as text, which loses its table: please save it as a web page "
            "(HTML)."
        ),
        Fault.ENCODING: _("The text’s encoding is broken: please save the page again."),
        Fault.NO_PAGE: _(
            "That is no status page of treaties.un.org: the site may have been out of service or "
            "asked for a login when it was saved. Please save it again."
        ),
        Fault.OTHER_LANGUAGE: _("That is the French page: please save the English one."),
        Fault.CUT_OFF: _("The page is cut off: please save it again."),
        Fault.NO_TREATY: _("The page does not say which treaty it is on."),
        Fault.OTHER_TREATY: _(
            "That page is on a treaty that has no folder here, so its status has no place yet: "
            "%(what)s. The folder is made on the computer where the bot runs, from this very file, "
            "with the command “demarche treaties new PAGE”; what the page does not say is marked "
            "in it, for you to add."
        ),
        Fault.COLUMNS: _(
            "The headings of that page’s table are none that tell who signed and who joined: "
            "%(what)s. Please save the page again, with its table of participants."
        ),
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
        Fault.WITHDRAWN: _(
            "These stand in brackets and are no longer in force, since when only the page’s notes "
            "say: %(what)s. Please type each with the day from which it is no longer party, such "
            "as “%(example)s”, and send the page again."
        ),
        Fault.WITHDRAWN_LATE: _(
            "That day is after the page’s own, %(date)s, when the State stood in brackets already: "
            "%(what)s. Please look the day up again in the page’s notes, type the State with a day "
            "no later than the page’s, such as “%(example)s”, and send the page again."
        ),
        Fault.NOT_WITHDRAWN: _(
            "These do not stand in brackets on that page, so there is nothing to date: %(what)s. "
            "Please tap Back, come here again and type the right State, then send the page again."
        ),
        Fault.COUNT: _(
            "With that page the facts would have other parties on its day than its headline says: "
            "%(what)s. Please save the page again, and look at the days you typed."
        ),
    }


def _notice_period(context: Context, refused: Refused) -> str:
    """That a withdrawal takes effect only some time after its notification."""
    treaty = context.library.records.treaties.get(refused.treaty)
    if refused.fault is not Fault.WITHDRAWN or treaty is None or treaty.notice is None:
        return ""
    _, after = context._, treaty.notice
    if after.days:
        return _(
            "A withdrawal from %(treaty)s takes effect %(days)s days after its notification: the "
            "day of effect is meant.",
            treaty=treaty.code,
            days=after.days,
        )
    return _(
        "A withdrawal from %(treaty)s takes effect %(months)s months after its notification: the "
        "day of effect is meant.",
        treaty=treaty.code,
        months=after.months,
    )
