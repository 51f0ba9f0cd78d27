"""What is said of a signing: its name, how far it is, until when, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.names import treaties_label
from bot.letters.language import full_date
from bot.signings.acts import Refused
from bot.signings.deadlines import clock_in, day_in
from bot.signings.values import Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.conversation.talk.library import Translator
    from bot.letters.status import Records
    from bot.signings.texts import Text
    from bot.signings.values import Endorser, Signing


def zone_names(_: Translator) -> dict[str, str]:
    """The time zones that a deadline is shown in."""
    return {
        "Europe/Zurich": _("Geneva time"),
        "America/New_York": _("New York time"),
        "UTC": _("UTC"),
    }


def title(_: Translator, records: Records, signing: Signing) -> str:
    """The treaties, or the campaign, and the State or how many States."""
    on = signing.titles.get(_.language) or ", ".join(signing.treaties)
    return f"{on} · {_states(_, records, signing)}"


def called(_: Translator, records: Records, signing: Signing) -> str:
    """The same for people who do not know the treaties by their codes."""
    on = signing.titles.get(_.language) or treaties_label(_, records, signing.treaties)
    return f"{on} · {_states(_, records, signing)}"


def _states(_: Translator, records: Records, signing: Signing) -> str:
    states = signing.states
    if len(states) == 1:
        return records.states[states[0]].short(_.language)
    return _.plural("%(count)s State", "%(count)s States", len(states))


def progress(_: Translator, signing: Signing) -> str:
    """How many of how many have confirmed, and what the others did."""
    waiting = signing.count(Status.PROPOSED, Status.ASKED)
    said = [
        _(
            "%(confirmed)s of %(asked)s confirmed",
            confirmed=signing.count(Status.CONFIRMED),
            asked=signing.asked,
        )
    ]
    refused, withdrawn = signing.count(Status.REFUSED), signing.count(Status.WITHDRAWN)
    joining = signing.count(Status.JOINING)
    if refused:
        said.append(_.plural("%(count)s refused", "%(count)s refused", refused))
    if withdrawn:
        said.append(_.plural("%(count)s withdrew", "%(count)s withdrew", withdrawn))
    if waiting:
        said.append(_.plural("%(count)s waiting", "%(count)s waiting", waiting))
    if joining:
        said.append(_.plural("%(count)s asks to join", "%(count)s ask to join", joining))
    return ", ".join(said)


def moment(_: Translator, when: datetime, zone: str) -> str:
    """A day and a time of day in a zone that is named."""
    return _(
        "%(date)s, %(time)s (%(zone)s)",
        date=full_date(day_in(when, zone), _.language),
        time=clock_in(when, zone),
        zone=zone_names(_).get(zone, zone),
    )


def until(_: Translator, signing: Signing, now: datetime) -> str:
    """Until when one may confirm, or that this has passed."""
    when = moment(_, signing.deadline, signing.zone)
    if signing.closed:
        return _("Closed on %(when)s.", when=moment(_, signing.closed, signing.zone))
    if now >= signing.deadline:
        return _("The deadline has passed: %(when)s.", when=when)
    return _("Open until %(when)s.", when=when)


def status_names(_: Translator) -> dict[Status, str]:
    """Where somebody stands, in a word or two."""
    return {
        Status.PROPOSED: _("waiting"),
        Status.CONFIRMED: _("confirmed"),
        Status.REFUSED: _("refused"),
        Status.WITHDRAWN: _("withdrew"),
        Status.ASKED: _("asks for a change"),
        Status.NOT_US: _("says that it is not meant"),
        Status.JOINING: _("asks to join"),
        Status.DECLINED: _("not taken in"),
    }


MARKS = {
    Status.PROPOSED: "…",
    Status.CONFIRMED: "✓",
    Status.REFUSED: "✗",
    Status.WITHDRAWN: "↶",
    Status.ASKED: "✎",
    Status.NOT_US: "?",
    Status.JOINING: "+",
    Status.DECLINED: "–",
}
"""A sign for each in lists; the words stand at the one itself."""


def standing_line(_: Translator, endorser: Endorser, signing: Signing) -> str:
    """What it said, when, and of which text."""
    names = status_names(_)
    if endorser.at is None:
        return _("Status: %(status)s.", status=names[endorser.status])
    when = moment(_, endorser.at, "UTC")
    said = _("Status: %(status)s, %(when)s.", status=names[endorser.status], when=when)
    shown = endorser.shown
    if shown and shown.version != signing.version:
        older = _(
            "It read version %(old)s of the text; version %(new)s holds now.",
            old=shown.version,
            new=signing.version,
        )
        said = f"{said} {older}"
    if endorser.after_sending:
        late = _("The letter had been sent by then.")
        said = f"{said} {late}"
    return said


def nearest(keys: tuple[str, ...], language: str, main: str) -> str:
    """Of a version's texts, that in the reader's language; else in the letter's own."""
    ends = (f".{language}", f".{main}")
    return next((key for end in ends for key in keys if key.endswith(end)), keys[0])


def short(digest: str) -> str:
    """As much of a digest as tells texts apart at a glance."""
    return f"{digest[:8]}…"


def text_name(_: Translator, records: Records, text: Text) -> str:
    """The State and the language of one text."""
    state = records.states[text.letter.state].short(_.language)
    return f"{state} · {text.language}"


def refusals(_: Translator) -> dict[Refused, str]:
    """Why nothing was recorded, and what to do."""
    return {
        Refused.OUTDATED: _("The text has changed since: please read it as it is now."),
        Refused.LATE: _("The deadline has passed: please write to whoever asked you."),
        Refused.CLOSED: _("The letter is final: please write to whoever asked you."),
        Refused.SPOKEN: _("Somebody has spoken for your organization already."),
        Refused.NOTHING: _("There is nothing to withdraw."),
    }


def thanks(_: Translator, endorser: Endorser) -> str:
    """What is said to one who has just spoken."""
    if endorser.erased:
        return _("What you gave is deleted.")
    return {
        Status.CONFIRMED: _("Thank you. Your name stands below this text."),
        Status.JOINING: _("Thank you. You stand below the letter when you are taken in."),
        Status.REFUSED: _("Noted: you do not sign."),
        Status.ASKED: _("Thank you. Your wish goes to whoever asks."),
        Status.NOT_US: _("Noted: it is not you who is meant."),
        Status.WITHDRAWN: _("Your name is taken off the letter."),
    }.get(endorser.status, "")
