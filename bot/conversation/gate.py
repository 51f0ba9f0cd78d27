"""Who is let in: looked at in one place, before every event of every channel comes to anything.

Who is not may sign what they were asked to sign, join a coalition that invites them, and decide on
what is kept about them. Whatever else an event would come to does not happen: it is looked at what
it would change and show, not at what was tapped, so that no page need know of this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.access.codes import LETTER, code_in, digest_of
from bot.conversation.access.door import blocked_line, door_screen, welcome, wrong_code
from bot.conversation.access.kept import (
    ACCESS,
    AdministratorsOnly,
    BlockTold,
    CameIn,
    Counted,
    CountedOn,
    standing_of,
)
from bot.conversation.coalitions.kept import Joined
from bot.conversation.counting import is_reached, reached_line
from bot.conversation.endorsing.asked import VIEWS as ASKED
from bot.conversation.endorsing.asking import nothing_there
from bot.conversation.endorsing.kept import EndorserBound, EndorserSpoke, LinkUsed, LinkVisited
from bot.conversation.person.kept import DeletionBegun, DeletionUndone, Forgotten
from bot.conversation.person.privacy import PART
from bot.conversation.screens import screen_of
from bot.conversation.talk.access import Mode, Standing, Way
from bot.conversation.talk.effects import SendExport, SendSigned, SendText, Show, Toast, Turn
from bot.conversation.talk.events import Command, Ended, Tap, Typed
from bot.conversation.talk.limits import Kind
from bot.conversation.talk.values import View, of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Change, Screen

OWN = frozenset({"privacy", PART, "forget", "export", "delete"})
"""Views at which one decides on what is kept about oneself, and commands that lead there."""

SIGNING = frozenset({*ASKED, "myasked"})
JOINING = frozenset({"joining", "joinas"})

HARMLESS: tuple[type[Change], ...] = (
    *(EndorserSpoke, EndorserBound, LinkVisited, LinkUsed),
    *(Counted, CountedOn, Forgotten, DeletionBegun, DeletionUndone),
)
"""What a guest may change: their own word on a letter, and that everything about them is gone."""

SHOWN = Show | Toast | SendText | SendSigned | SendExport


def let_in(context: Context, event: Event, go_on: Callable[[], Turn]) -> Turn:
    """What the event comes to, as far as the user is let in; `go_on` would take it."""
    standing = standing_of(context)
    if standing is Standing.IN:
        return _administered(context, go_on())
    if standing is Standing.BLOCKED:
        return _blocked(context, event, go_on)
    code = _code_of(context, event)
    if code:
        return _by_code(context, code)
    is_link = isinstance(event, Command) and event.name == "start" and event.argument
    if standing is Standing.OUTSIDE and not is_link:
        return _door(context, event)
    return _within(context, event, go_on(), _views(context))


def seen(context: Context) -> Context:
    """The context with a view that the user may look at: at the door, where it is another's."""
    standing, name = standing_of(context), context.user.view.name
    if standing is Standing.IN or (standing is Standing.GUEST and name in _views(context)):
        return context
    return context.moved(context.session.looking(View("home")))


def barred(context: Context) -> Screen | None:
    """What is shown to somebody who is blocked, where something has to be."""
    is_blocked = standing_of(context) is Standing.BLOCKED
    return door_screen(context) if is_blocked else None


def _views(context: Context) -> frozenset[str]:
    """What a guest may look at, beside the door."""
    joins = JOINING if context.library.access.mode is Mode.INVITATION else frozenset()
    return OWN | SIGNING | joins


def _administered(context: Context, turned: Turn) -> Turn:
    """The turn, where nobody but an administrator changes who may use the bot."""
    asked = any(isinstance(one, AdministratorsOnly) for one in turned.changes)
    if not asked or context.library.is_administrator(context.user.id):
        return turned
    refused = context._("Only an administrator can do that.")
    return Turn(context.session, (Toast(refused), Show(screen_of(context, refused))))


def _blocked(context: Context, event: Event, go_on: Callable[[], Turn]) -> Turn:
    """One line a day, then silence; but what is kept about them stays theirs to delete."""
    is_here = isinstance(event, Tap) and context.user.view.name in OWN
    known = ACCESS.of(context).of(context.user.id)
    if known.is_known and (is_here or (isinstance(event, Command) and event.name in OWN)):
        turned = _within(context, event, go_on(), OWN)
        if turned.session.user.view.name in OWN or Forgotten() in turned.changes:
            return turned
    today = context.library.now().date()
    if isinstance(event, Ended) or known.told == today.isoformat():
        return Turn(context.session, traceless=True)
    said = SendText(blocked_line(context))
    return Turn(context.session, (said,), (BlockTold(today),), traceless=True)


def _code_of(context: Context, event: Event) -> str:
    """The code that was typed at the door, or with which a link was opened."""
    if context.library.access.mode is not Mode.INVITATION:
        return ""
    if isinstance(event, Command) and event.name == "start" and event.argument[:1] == LETTER:
        return code_in(event.argument[1:])
    elsewhere = context.user.view.name in SIGNING | JOINING
    return code_in(event.text) if isinstance(event, Typed) and not elsewhere else ""


def _by_code(context: Context, code: str) -> Turn:
    """In by the code; a wrong one is counted, and who tried many is not listened to today."""
    if is_reached(context, Kind.TOKENS):
        return _door(context, None, reached_line(context, Kind.TOKENS))
    digest = digest_of(code)
    found = ACCESS.of(context).code(digest)
    if found is None or not found.works(context.library.now()):
        return _tried(context, _door(context, None, wrong_code(context)))
    changes = (CameIn(Way.CODE, digest),)
    moved = context.moved(context.session.looking(View("home")), changes)
    shown = Show(screen_of(moved, welcome(context)), below=True)
    return Turn(moved.session, (shown,), changes)


def _within(context: Context, event: Event, turned: Turn, views: frozenset[str]) -> Turn:
    """The turn, where a guest may do what it comes to; else the door."""
    changes, before, after = turned.changes, context.user, turned.session.user
    joined = "joining" in views and any(isinstance(one, Joined) for one in changes)
    if joined:
        return replace(turned, changes=(*changes, CameIn(Way.COALITION)))
    tried = bool(of_kind(changes, Counted))
    is_good = (
        after.view.name in views
        and all(isinstance(one, HARMLESS) for one in changes)
        and all(isinstance(one, SHOWN) for one in turned.effects)
        and after.draft_id in {before.draft_id, ""}
        and after.acting in {before.acting, ""}
    )
    if is_good and not (tried and standing_of(context) is Standing.OUTSIDE):
        return turned
    if isinstance(event, Ended):
        return Turn(context.session, traceless=True)
    if Forgotten() in changes or of_kind(changes, EndorserSpoke):
        return turned  # said and done: what is shown then is home, which is the door
    if tried:
        return _tried(context, _door(context, event, nothing_there(context)))
    return _door(context, event)


def _door(context: Context, event: Event | None, notice: str = "") -> Turn:
    """The door; of who is outside nothing is kept."""
    outside = standing_of(context) is not Standing.GUEST
    moved = context.moved(context.session.looking(View("home")))
    shown = Show(screen_of(moved, notice), below=not isinstance(event, Tap))
    return Turn(context.session if outside else moved.session, (shown,), traceless=outside)


def _tried(context: Context, turned: Turn) -> Turn:
    """The turn, and that a token was tried that opens nothing."""
    outside = standing_of(context) is Standing.OUTSIDE
    counted = CountedOn(context.library.now().date(), {Kind.TOKENS: 1}, masked=outside)
    kept = tuple(one for one in turned.changes if not isinstance(one, Counted))
    return replace(turned, changes=(*kept, counted))
