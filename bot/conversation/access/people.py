"""The page for administrators: invitations, and who may use the bot. Nobody is named there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conversation.access.codes import LETTER, code_from, digest_of, shown
from bot.conversation.access.kept import (
    ACCESS,
    Blocked,
    Code,
    CodeMade,
    CodesRevoked,
    LetIn,
    ShutOut,
    Unblocked,
    codes_of,
    known_of,
)
from bot.conversation.talk.access import Mode
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.values import Button, Change

DAYS = 14
"""So long an invitation works, if nothing else is said."""

USES = (1, 5, 25)
MOST_CODES = 200
MOST_DIGITS = 15

PEOPLE = View("people")


class PeoplePage(Page):
    """Who is there, as numbers; one person, by the number in the view's key."""

    views = ("people", "peopleinvite", "peopleone")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What there is; how often an invitation is to work; one person."""
        _ = context._
        if not context.library.is_administrator(context.user.id):
            said = _("Who may use this bot is decided by whoever runs it.")
            return Screen(_("People"), blocks(notice, said))
        if context.looks_at("peopleinvite"):
            return _invite_screen(context, notice)
        if context.looks_at("peopleone"):
            return _one_screen(context, notice)
        return _people_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """An invitation, or none any more; let in, shut out, block, unblock."""
        if action in {"peopleinvite", "people"}:
            return looking(context, View(action))
        if action == "invitein":
            return _invited(context, int(value))
        if action == "revokecodes":
            notice = context._("No invitation that you gave out works any more.")
            found = tuple(one.digest for one in codes_of(context))
            return Step(looking(context, PEOPLE).session, notice, (CodesRevoked(found),))
        return _decided(context, action, context.user.view.key)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Somebody's number."""
        if not isinstance(event, Typed) or not context.library.is_administrator(context.user.id):
            return None
        number = event.text.strip()
        if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
            notice = context._("Please type somebody’s number: digits alone.")
            return looking(context, context.user.view, notice)
        return looking(context, View("peopleone", number.lstrip("0") or "0"))


def people_button(context: Context) -> tuple[Button, ...]:
    """The way to the page, for administrators; not where everybody is one, on one's computer."""
    if context.is_on_page or not context.library.is_administrator(context.user.id):
        return ()
    return (context.button(context._("People"), "people"),)


def message(_: Translator, code: str, link: str, day: str) -> str:
    """An invitation to forward: the link, and the code to type where a link cannot be opened."""
    if not link:
        return _(
            "I invite you to write letters to Permanent Missions with Démarche. Please open the "
            "bot and type this code by %(day)s:\n\n%(code)s",
            code=code,
            day=day,
        )
    return _(
        "I invite you to write letters to Permanent Missions with Démarche. Please open this link "
        "by %(day)s:\n\n%(link)s\n\nOr type this code to the bot: %(code)s",
        link=link,
        code=code,
        day=day,
    )


def _whose(context: Context, number: str) -> str:
    """The id of somebody in the channel of whoever asks."""
    return f"{context.user.id.partition(':')[0]}:{number}"


def _people_screen(context: Context, notice: str) -> Screen:
    _, named = context._, {*context.library.access.allowed, context.user.id}
    crowd = ACCESS.of(context).crowd(named)
    modes = {
        Mode.OPEN: _("Everybody may use this bot, but those who are blocked."),
        Mode.INVITATION: _("Those who were invited may use this bot."),
        Mode.LIST: _("Those whom administrators have let in may use this bot."),
    }
    found = codes_of(context)
    numbers = lines(
        _("Let in: %(count)s.", count=crowd.let_in),
        _("Known, and not let in, such as co-signers: %(count)s.", count=crowd.guests)
        if context.library.access.mode is not Mode.OPEN
        else "",
        _("Blocked: %(count)s.", count=crowd.blocked),
        _("Invitations that still work: %(count)s.", count=len(found)),
    )
    how = _(
        "Type somebody’s number to let them in, or to block or unblock them. Who is not let in is "
        "shown theirs, where administrators let people in; nobody is listed here."
    )
    rows: list[tuple[Button, ...]] = []
    if context.library.access.mode is Mode.INVITATION:
        rows.append((context.button(_("Make an invitation"), "peopleinvite", main=True),))
    if found:
        label = _.plural(
            "Take back %(count)s invitation", "Take back %(count)s invitations", len(found)
        )
        rows.append((context.button(label, "revokecodes", str(len(found))),))
    said = blocks(notice, modes[context.library.access.mode], numbers, how)
    return Screen(_("People"), said, tuple(rows), _("Somebody’s number"))


def _invite_screen(context: Context, notice: str) -> Screen:
    _ = context._
    ask = _(
        "How many people may come by this invitation? It works for %(days)s days. Of its code only "
        "a digest is kept: it is shown once.",
        days=DAYS,
    )
    buttons = tuple(
        context.button(
            _.plural("%(count)s person", "%(count)s people", uses), "invitein", str(uses)
        )
        for uses in USES
    )
    return Screen(_("Make an invitation"), blocks(notice, ask), (buttons,))


def _invited(context: Context, uses: int) -> Step:
    _, library = context._, context.library
    step = looking(context, PEOPLE)
    if uses not in USES or len(codes_of(context)) >= MOST_CODES:
        notice = _("There are %(count)s invitations that still work: please take some back first.")
        return Step(step.session, notice % {"count": len(codes_of(context))})
    code = code_from(library.new_token(LETTER))
    made = Code(digest_of(code), uses, library.now() + timedelta(days=DAYS))
    text = message(
        _, shown(code), library.chat_link(LETTER + code), context.day(made.expires.date())
    )
    notice = _("The message above is the invitation: please forward it.")
    return Step(step.session, notice, (CodeMade(made),), (SendText(text, secret=True),))


def _one_screen(context: Context, notice: str) -> Screen:
    _, library = context._, context.library
    number = context.user.view.key
    whose = _whose(context, number)
    known = known_of(context, whose)
    there = (
        _("Something is kept of this person.")
        if known.is_known
        else _("Nothing is kept of this person.")
    )
    if library.is_administrator(whose):
        said = _("This is an administrator, whom nobody can block.")
        return Screen(_("Number %(number)s", number=number), blocks(notice, lines(said, there)))
    row: tuple[Button, ...]
    if known.is_blocked:
        said = _("Blocked.")
        row = (context.button(_("Unblock"), "unblock", number),)
    else:
        is_in = library.access.standing(whose, known, is_administrator=False) == "in"
        said = _("May use the bot.") if is_in else _("May not use the bot.")
        row = (context.button(_("Block"), "block", number),)
        if not is_in:
            row = (context.button(_("Let in"), "letin", number, main=True), *row)
        elif known.way:
            row = (context.button(_("No longer let in"), "shutout", number), *row)
    return Screen(_("Number %(number)s", number=number), blocks(notice, lines(said, there)), (row,))


def _decided(context: Context, action: str, number: str) -> Step:
    """One person is let in or not, is blocked or not."""
    _, whose = context._, _whose(context, number)
    says: dict[str, tuple[Change, str]] = {
        "letin": (LetIn(whose), _("Number %(number)s may use the bot now.")),
        "shutout": (ShutOut(whose), _("Number %(number)s is no longer let in.")),
        "block": (
            Blocked(whose),
            _(
                "Number %(number)s is blocked: the bot says so once a day, and no more. The "
                "letters being written for them were stopped; what they have is still there."
            ),
        ),
        "unblock": (Unblocked(whose), _("Number %(number)s is no longer blocked.")),
    }
    step = looking(context, View("peopleone", number))
    if action not in says or (action == "block" and context.library.is_administrator(whose)):
        return step
    change, said = says[action]
    return Step(step.session, said % {"number": number}, (change,))
