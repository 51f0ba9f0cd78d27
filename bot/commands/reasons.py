"""Why nothing was taken from a status page, in words for the command line."""

from __future__ import annotations

from bot.letters.faults import Fault, Refused
from bot.reference.loader import load

REASONS = {
    Fault.TOO_LARGE: "the file is larger than any status page",
    Fault.CROWDED: (
        "the file has far more rows, tags or parts than any status page: save the page again from"
        " treaties.un.org"
    ),
    Fault.SPREADSHEET: "this is a spreadsheet: save the page of treaties.un.org as HTML",
    Fault.NOT_TEXT: "this is no web page: save the status page of treaties.un.org as HTML",
    Fault.SAVED_AS_TEXT: (
        "the page was saved as text, which loses its table: save it as a web page (HTML)"
    ),
    Fault.ENCODING: "the text's encoding is broken: save the page again",
    Fault.NO_PAGE: (
        "this is no status page of treaties.un.org: the site may have been out of service or asked"
        " for a login when it was saved"
    ),
    Fault.OTHER_LANGUAGE: "this is the French page: save the English one",
    Fault.CUT_OFF: "the page is cut off: save it again",
    Fault.NO_TREATY: "the page does not say which treaty it is on",
    Fault.OTHER_TREATY: (
        "this page is on a treaty that no folder describes: {what}; make its folder from the page:"
        " demarche treaties new PAGE (with --french PAGE for the French title)"
    ),
    Fault.COLUMNS: (
        "the headings of the table are none that tell who signed and who joined: {what}; save the"
        " page again, with its table of participants"
    ),
    Fault.NO_DATE: "the page has no “status as at”; for an XML file give it with --as-of DATE",
    Fault.FUTURE: (
        "the “status as at” {what} is in the future: look at the date of this computer, and at"
        " --as-of if you gave it"
    ),
    Fault.NO_TOTALS: "the page does not say how many parties there are",
    Fault.UNKNOWN: "no State is known by the name of these participants: {what}",
    Fault.TWICE: "the participant stands twice in the table: {what}",
    Fault.CELL: "a date cannot be right: {what}",
    Fault.PARTIES: "the parties in the table and in the headline disagree: {what}",
    Fault.SIGNATORIES: "the signatories in the table and in the headline disagree: {what}",
    Fault.WITHDRAWN: (
        "{what}: in brackets, so no longer in force; since when stands only in the page's notes, a"
        " day after it became party and no later than {as_of}: give it with --withdrawn CODE=DATE"
    ),
    Fault.WITHDRAWN_LATE: (
        "{what}: that day is after the page's own, {as_of}, when it was in brackets already; look"
        " the day up again in the page's notes, and give one no later than {as_of}"
    ),
    Fault.NOT_WITHDRAWN: (
        "{what}: not in brackets on this page, so there is nothing to date; look at the code that"
        " you gave with --withdrawn"
    ),
    Fault.COUNT: (
        "with this page the facts would have other parties on its day than its headline says:"
        " {what}; save the page again, and look at the days you gave"
    ),
}


def reason(refused: Refused) -> str:
    """One line on why nothing was taken from a file."""
    said = REASONS[refused.fault].format(what=refused.what, as_of=refused.as_of)
    treaty = load().treaties.get(refused.treaty)
    said += "".join(
        f"; {one.state}: note {one.number}: “{one.text}”" for one in refused.quoted if one.text
    )
    options = [f"--withdrawn {one.state}={one.day}" for one in refused.quoted if one.day]
    if options:
        said += f"; if that is right, repeat the command with {' '.join(options)}"
    elif refused.fault is Fault.WITHDRAWN and treaty and treaty.notice:
        after = treaty.notice
        period = f"{after.days} days" if after.days else f"{after.months} months"
        said += (
            f"; a withdrawal takes effect {period} after its notification"
            f" ({after.article}): the day of effect is meant"
        )
    return said
