"""What stands on a page of those who are asked: words and values, for the template."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.conversation.endorsing.asking import NAMES_SHOWN
from bot.conversation.endorsing.words import called, moment, refusals, standing_line, thanks, until
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.names import labelled
from bot.letters.model import Language
from bot.signings.acts import Refused
from bot.signings.changes import changed
from bot.signings.texts import canonical
from bot.signings.values import Kind, Status
from bot.web.signing.visits import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.library import Translator
    from bot.desk import Desk
    from bot.signings.values import Signing
    from bot.web.signing.visits import Visit

STANDS = frozenset({Status.CONFIRMED, Status.JOINING})


def nothing(_: Translator) -> dict[str, Any]:
    """The page of every link that opens nothing: the same, whyever."""
    return {
        **_frame(_, _("Joint letter")),
        "message": _(
            "This link does not work (any more). Please ask whoever sent it to you for a new one."
        ),
    }


def too_many(_: Translator) -> dict[str, Any]:
    """The page of an address that has tried too often."""
    return {
        **_frame(_, _("Joint letter")),
        "message": _(
            "That was tried too often. Please wait for an hour, then open your link again."
        ),
    }


def broken(_: Translator, reference: str) -> dict[str, Any]:
    """The page of a mistake of ours: what was said before is safe, and how to ask about it."""
    # Translators: The reference is a code such as K7M2-QX4P.
    message = _(
        "Something went wrong on our side. Please open your link again: it shows what was "
        "recorded. If you write to whoever sent it to you, give this reference: %(reference)s",
        reference=reference,
    )
    return {**_frame(_, _("Joint letter")), "message": message}


def _frame(_: Translator, title: str) -> dict[str, Any]:
    return {
        "lang": _.language,
        "title": title,
        "switch": [(str(one), LANGUAGE_NAMES[one]) for one in Language],
        "switch_label": _("Language of this page"),
        "skip": _("To your answer"),
    }


@dataclass(frozen=True, slots=True)
class After:
    """What a form came to, of which the page is the answer.

    `form` is what was sent and not recorded, and `why` not; `said` that it was. `taken`: somebody
    else has spoken for the organisation in the meantime. With `names` all who have confirmed stand
    there, of hundreds, too.
    """

    form: Mapping[str, str] = field(default_factory=dict)
    why: Refused | Outcome | None = None
    said: bool = False
    taken: bool = False
    names: bool = False


def page(desk: Desk, _: Translator, visit: Visit, after: After) -> dict[str, Any]:
    """The page of one visit: the letter, who asks, and what can be said."""
    signing, endorser, shown = visit.signing, visit.endorser, visit.shown
    # What holds now is shown, whatever was read before.
    keys = desk.shelves.signings.keys(signing.id, signing.version)
    text = desk.shelves.signings.text(signing.id, signing.version, shown.key)
    paragraphs = canonical(text.letter).rstrip("\n").split("\n\n") if text else []
    return {
        **_frame(_, called(_, desk.records, signing)),
        "token": visit.token,
        "alert": _alert(_, after),
        "thanks": thanks(_, endorser) if after.said and endorser else "",
        "asks": _("%(asks)s asks you to sign this joint letter.", asks=signing.asks),
        "until": until(_, signing, desk.now()),
        "about": _(
            "Your name stands below it only if you confirm here. Nobody else can do it for you."
        ),
        "all": _.plural(
            "Your yes holds for %(count)s letter.",
            "Your yes holds for all %(count)s letters: you can read each of them.",
            len(keys),
        )
        if signing.is_many
        else "",
        "others": _others(desk, signing, all_of_them=after.names),
        "others_more": _others_more(_, signing, all_of_them=after.names),
        "pick": _("Show this letter"),
        "others_label": _("Confirmed so far"),
        "status": _status(_, visit),
        "changes": _changes(desk, _, visit),
        "changes_label": _("What has changed since you read it"),
        "small": _("Whoever asks calls it a small correction.") if signing.small else "",
        "before": _("Before"),
        "now": _("Now"),
        "letter_label": _("The letter"),
        "letter_lang": shown.key.rpartition(".")[2],
        "paragraphs": [one.split("\n") for one in paragraphs],
        "versions": _versions(desk, _, keys, shown.key),
        "key": shown.key,
        "picture_alt": _("The first page of the letter, as a picture"),
        "files": [
            (_("PDF"), "letter.pdf"),
            (_("Text, as it is signed"), "letter.txt"),
        ],
        "digest_label": labelled(_, _("SHA-256 of this text"), "").rstrip(),
        "digest": keys.get(shown.key, ""),
        **_forms(desk, _, visit, after.form, taken=after.taken),
    }


def _alert(_: Translator, after: After) -> str:
    if after.taken or after.why is None:
        return ""
    if after.why is Refused.OUTDATED:
        return _(
            "The text has changed while you were reading. Nothing was recorded: please read it as "
            "it is now, and confirm once more."
        )
    if isinstance(after.why, Refused):
        return refusals(_)[after.why]
    return {
        Outcome.NO_NAME: _("Please write your name: without one nothing is recorded."),
        Outcome.NO_COMMENT: _("Please write what should be changed."),
    }[after.why]


def _others(desk: Desk, signing: Signing, *, all_of_them: bool) -> list[str]:
    """Who has confirmed, where those who are asked may see it: the first, or all."""
    if not signing.shows:
        return []
    most = -1 if all_of_them else NAMES_SHOWN
    some = desk.shelves.signings.endorsers(signing.id, (Status.CONFIRMED,), 0, most)
    return [one.name for one in some]


def _others_more(_: Translator, signing: Signing, *, all_of_them: bool) -> str:
    """How many more have confirmed than are shown."""
    more = signing.count(Status.CONFIRMED) - NAMES_SHOWN
    if all_of_them or more <= 0 or not signing.shows:
        return ""
    return _.plural("and %(count)s more", "and %(count)s more", more)


def _status(_: Translator, visit: Visit) -> list[str]:
    """The receipt: what was said, as whom, when, of which text, and where it can be changed."""
    endorser = visit.endorser
    if endorser is None or endorser.at is None or visit.link.kind is not Kind.PRIVATE:
        return []
    found = [standing_line(_, endorser, visit.signing)]
    if endorser.status in STANDS and endorser.standing.line:
        found.append(_("You stand as: %(name)s.", name=endorser.standing.line))
    if endorser.shown and endorser.shown.digest:
        digest = endorser.shown.digest
        found.append(_("SHA-256 of the text that you read: %(digest)s", digest=digest))
    found.append(
        _(
            "Keep the address of this page to yourself: with it one can change, withdraw or delete "
            "what you gave."
        )
    )
    return found


def _changes(desk: Desk, _: Translator, visit: Visit) -> list[tuple[str, str, str]]:
    """Old and new paragraphs, where they read an older text; of letters to many, of each of them.

    Each with the State's name, where there is more than one.
    """
    endorser, shelf, signing = visit.endorser, desk.shelves.signings, visit.signing
    read = endorser.shown if endorser else None
    if visit.shown.version != signing.version:
        read = visit.shown
    if read is None or read.version in {0, signing.version}:
        return []
    old, new = (shelf.keys(signing.id, version) for version in (read.version, signing.version))
    keys = [key for key in new if old.get(key) not in {None, new[key]}]
    found = []
    # Where there is none in that language any more, what changed is shown in another.
    mine = read.key if read.key in new else visit.shown.key
    for key in keys if signing.is_many else {mine} & set(keys):
        before = shelf.text(signing.id, read.version, key)
        after = shelf.text(signing.id, signing.version, key)
        state = desk.records.states[key.partition(".")[0]].short(_.language)
        name = state if signing.is_many else ""
        if before and after:
            found += [(name, one.old, one.new) for one in changed(before.letter, after.letter)]
    return found


def _versions(
    desk: Desk, _: Translator, keys: Mapping[str, str], now: str
) -> list[tuple[str, str, bool]]:
    """Every text: by its language, and by the State where there are many."""
    states = {key.partition(".")[0] for key in keys}
    found = []
    for key in keys:
        state, _dot, language = key.partition(".")
        name = LANGUAGE_NAMES[Language(language)]
        if len(states) > 1:
            name = f"{desk.records.states[state].short(_.language)} – {name}"
        found.append((key, name, key == now))
    return found


def _forms(
    desk: Desk, _: Translator, visit: Visit, form: Mapping[str, str], *, taken: bool
) -> dict[str, Any]:
    """What can be said, by whom it is that came."""
    signing, endorser, now = visit.signing, visit.endorser, desk.now()
    is_open = not signing.closed and now < signing.deadline
    status = endorser.status if endorser else None
    standing = endorser.standing if endorser and not endorser.erased else None
    read = endorser.shown if endorser else None
    fresh = read is not None and read.version == signing.version
    stands = status in STANDS and fresh
    invited = visit.link.kind is Kind.INVITATION
    again = endorser is not None and endorser.at is not None and not stands
    label = _("Confirm again") if again and status is Status.PROPOSED else _("Confirm")
    if visit.link.kind is Kind.OPEN:
        label = _("Confirm and ask to join")
    if stands:
        label = _("Change how I stand")
    # The text that stands on the page is the one that holds now.
    now_shown = replace(visit, shown=replace(visit.shown, version=signing.version))
    hidden = {
        "version": str(signing.version),
        "key": visit.shown.key,
        "private": visit.private,
        "page": now_shown.proof,
    }
    private = visit.link.kind is Kind.PRIVATE
    may_say = is_open and not taken
    may_leave = private and status in STANDS
    may_erase = private and endorser is not None and not endorser.erased
    return {
        "hidden": hidden,
        "answerable": may_say or may_leave or may_erase or taken,
        "may_confirm": may_say,
        "confirm_label": label,
        "confirm_heading": _("Your answer"),
        "confirm_help": _("This is how you will stand below the letter."),
        "name_label": _("Name"),
        "role_label": _("Role (may be left empty)"),
        "organisation_label": _("Organization"),
        "values": {
            "name": form.get("name", standing.name if standing and not taken else ""),
            "role": form.get("role", standing.role if standing and not taken else ""),
            "organisation": form.get("organisation", standing.organisation if standing else ""),
            "comment": form.get("comment", ""),
        },
        "may_change": may_say,
        "change_heading": _("Ask for a change"),
        "change_label": _("What should be changed? This goes to whoever asks."),
        "change_button": _("Send it"),
        "may_refuse": may_say and (invited or status in {Status.PROPOSED, Status.ASKED}),
        "refuse_label": _("We do not sign"),
        "notus_label": _("This is not us"),
        "may_withdraw": may_leave,
        "withdraw_label": _("Withdraw"),
        "may_erase": may_erase,
        "erase_heading": _("Delete what I gave"),
        "erase_help": _(
            "Your name, role and comment are deleted, and you no longer stand below the letter. "
            "The record keeps your organization, what you decided, when, and the digest of the "
            "text."
        ),
        "erase_label": _("Yes, delete it"),
        "taken": _taken(_, visit) if taken else [],
        "second_heading": _("Ask to be a second signatory"),
        "second_help": _("You can ask to stand there, too, as a second signatory."),
        "privacy": _(
            "What you write here is kept with the letter, and deleted with it. This page sets no "
            "cookies."
        ),
    }


def _taken(_: Translator, visit: Visit) -> list[str]:
    """Who was first, and when."""
    endorser = visit.endorser
    if endorser is None:
        return []
    found = [
        _(
            "Somebody has spoken for your organization already: %(name)s.",
            name=endorser.standing.line,
        )
    ]
    if endorser.at:
        found.append(moment(_, endorser.at, "UTC"))
    return found
