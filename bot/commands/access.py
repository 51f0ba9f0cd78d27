"""`demarche access invite | list | admit | block | unblock | revoke`: who may use the bot."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.now import now
from bot.commands.stores import store_of
from bot.conversation.access.codes import LETTER, code_from, digest_of, shown
from bot.conversation.access.kept import Blocked, Code, CodeMade, CodesRevoked, LetIn, ShutOut
from bot.conversation.access.kept import Unblocked as NotBlocked
from bot.conversation.access.people import DAYS, MOST_CODES, MOST_DIGITS
from bot.conversation.talk.access import Access, Mode, Way
from bot.conversation.talk.limits import Kind, Limits, limits_from
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.talk.values import Change
    from bot.storage.store import Store

CHANNEL = "telegram"
MOST_USES, MOST_DAYS = 10_000, 3650
BY_COMMAND = ""
"""Whoever changes something by a command is nobody in the chat."""

_NAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")

SAYS = {
    Way.ADMINISTRATOR: "by an administrator",
    Way.CODE: "by an invitation",
    Way.COALITION: "into a coalition",
}


def access_of(settings: Settings) -> Access:
    """Whom the bot is for, as it is set. Raises `SettingsError`."""
    limits = limits_from(settings.limits)
    if not isinstance(limits, Limits):
        names = ", ".join(Kind)
        message = f"DEMARCHE_LIMITS knows no “{limits}”: its names are {names}"
        raise SettingsError(message)
    named = settings.allowed | settings.administrators
    return Access(Mode(settings.access), named, limits)


@click.group("access")
def access_group() -> None:
    """Say who may use the bot: invitations, who is let in, who is blocked."""


@access_group.command("invite")
@click.option("--uses", type=click.IntRange(1, MOST_USES), default=1, show_default=True)
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, show_default=True)
@click.option("--bot", "bot_name", default="", help="The bot's user name, if it never ran here.")
def invite_command(uses: int, days: int, bot_name: str) -> None:
    """Make an invitation: a code, shown once, of which only a digest is kept; and its link."""
    named = _NAME.fullmatch(bot_name)
    if bot_name and not named:
        _refuse(f"{bot_name} is no user name of a bot")
    code, ends = code_from(secrets.token_urlsafe(24)), now() + timedelta(days=days)
    with _store() as (store, access):
        if len(store.shelves.access.codes(now())) >= MOST_CODES:
            _refuse(f"{MOST_CODES} invitations still work: revoke some first")
        named = named or _NAME.fullmatch(store.shelves.access.bot_name())
        _keep(store, CodeMade(Code(digest_of(code), uses, ends)))
    click.echo(shown(code))
    if named:
        click.echo(f"https://t.me/{named[1]}?start={LETTER}{code}")
    people = "one person" if uses == 1 else f"{uses} people"
    click.echo(f"For {people}, until {ends.date()}. It is not shown again.", err=True)
    if access.mode is not Mode.INVITATION:
        click.echo("Note: invitations let in where DEMARCHE_ACCESS=invitation is set.", err=True)


@access_group.command("list")
def list_command() -> None:
    """Show the setting, the invitations that work, who is let in, and who is blocked.

    Of who is blocked and had everything deleted only a mark is kept: they are counted.
    """
    with _store() as (store, access):
        shelf, people = store.shelves.access, store.people.ids()
        codes, crowd = shelf.codes(now()), shelf.crowd(access.allowed)
        admitted = shelf.admitted()
        ids = {*people, *(user_id for user_id, _way, _since in admitted)}
        blocked = sorted(one for one in ids if shelf.of(one).is_blocked)
    click.echo(f"Access: {access.mode}")
    first = Settings.read(os.environ).administrators
    for one in sorted(access.allowed):
        setting = "DEMARCHE_ADMINISTRATORS" if one in first else "DEMARCHE_ALLOWED"
        click.echo(f"  {_number(one)}  by {setting}")
    for user_id, way, since in admitted:
        click.echo(f"  {_number(user_id)}  {SAYS[Way(way)]}, {since}")
    for code in codes:
        uses = "1 use" if code.uses == 1 else f"{code.uses} uses"
        click.echo(f"Invitation {code.mark}: {uses} left, until {code.expires.date()}")
    for one in blocked:
        click.echo(f"Blocked: {_number(one)}")
    unknown = crowd.blocked - len(blocked)
    if unknown:
        click.echo(f"Blocked, with nothing kept of them: {unknown}")


@access_group.command("admit")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--known", is_flag=True, help="All who are here already.")
def admit_command(ids: tuple[str, ...], *, known: bool) -> None:
    """Let people in by their Telegram ids."""
    people = [_person(one) for one in ids]
    with _store() as (store, _access):
        if known:
            people += store.shelves.access.not_admitted(CHANNEL)
        if not people and not known:
            _refuse("give an id, or --known for all who are here already")
        _keep(store, *(LetIn(one) for one in people))
    click.echo(f"Let in: {len(people)}.")


@access_group.command("block")
@click.argument("person", metavar="ID")
def block_command(person: str) -> None:
    """Listen to nothing of a person any more; what they have stays until they delete it."""
    whose = _person(person)
    settings = Settings.read(os.environ)
    if whose in settings.administrators:
        _refuse(f"{person} is an administrator: take the id out of DEMARCHE_ADMINISTRATORS first")
    with _store() as (store, _access):
        _keep(store, Blocked(whose))
    click.echo("Blocked. A bot that runs takes this up with its next message.")


@access_group.command("unblock")
@click.argument("person", metavar="ID")
def unblock_command(person: str) -> None:
    """Take a block away."""
    whose = _person(person)
    with _store() as (store, _access):
        if not store.shelves.access.of(whose).is_blocked:
            _refuse(f"{person} is not blocked")
        _keep(store, NotBlocked(whose))
    click.echo("No longer blocked.")


@access_group.command("revoke")
@click.argument("which", nargs=-1, metavar="[MARK|ID]...")
@click.option("--invitations", is_flag=True, help="All invitations.")
def revoke_command(which: tuple[str, ...], *, invitations: bool) -> None:
    """Take back invitations, by the marks that “list” shows, or that people are let in, by id."""
    with _store() as (store, _access):
        codes = store.shelves.access.codes(now())
        in_now = {user_id for user_id, _way, _since in store.shelves.access.admitted()}
        changes: list[Change] = []
        if invitations:
            changes.append(CodesRevoked(tuple(one.digest for one in codes)))
        for one in which:
            found = tuple(code.digest for code in codes if code.mark == one)
            person = f"{CHANNEL}:{one}"
            if not found and person not in in_now:
                _refuse(f"{one} is no invitation that works, and nobody who was let in")
            changes.append(CodesRevoked(found) if found else ShutOut(person))
        if not changes:
            _refuse("say which: marks or ids that “list” shows, or --invitations")
        _keep(store, *changes)
    click.echo("Taken back.")


@contextmanager
def _store() -> Iterator[tuple[Store, Access]]:
    settings = Settings.read(os.environ)
    access = access_of(settings)
    with closing(store_of(settings)) as store:
        yield store, access


def _keep(store: Store, *changes: Change) -> None:
    store.keep(BY_COMMAND, changes)


def _person(text: str) -> str:
    """The user of an id. Raises click's own refusal."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        _refuse(f"{text} is no Telegram id, which is of digits alone")
    return f"{CHANNEL}:{int(text)}"


def _number(user_id: str) -> str:
    return user_id.removeprefix(f"{CHANNEL}:")


def _refuse(why: str) -> NoReturn:
    raise click.ClickException(why)
