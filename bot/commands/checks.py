"""What `demarche doctor` looks at: settings, templates, catalogues, data, database, fonts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from jinja2 import TemplateError

from bot.commands.access import access_of
from bot.commands.stores import store_of
from bot.letters.catalogues import po_path
from bot.letters.compose import Composer
from bot.letters.facts import is_stale
from bot.letters.model import Language, Letter, Office, Signatory
from bot.letters.request import Request
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import gathered_treaties, load
from bot.settings import Settings, SettingsError
from bot.storage.engine import shown
from bot.storage.errors import StoreError
from bot.storage.lock import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from bot.storage.store import Store


STATES, TREATIES = 197, 31
BOT = "run"
SILENT_SECONDS = 300
"""A bot asks Telegram again after ten seconds, or after half a minute where that failed; by webhook
once a minute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `says` tells what to mend where it is not ok."""

    what: str
    ok: bool
    says: str


def run(environment: Mapping[str, str], today: date, now: datetime) -> list[Finding]:
    """Every check, each by itself: one that fails stops no other."""
    try:
        settings = Settings.read(environment)
        settings.check_webhook()
        access = access_of(settings)
    except SettingsError as error:
        return [Finding("settings", ok=False, says=str(error)), *_shipped()]
    says = "token set" if settings.token else "no token: needed for “demarche run” only"
    says += f"; access: {access.mode}"
    return [
        Finding("settings", ok=True, says=says),
        *_shipped(),
        *_treaties(),
        *_campaigns(settings),
        *_database(settings, today),
        *program(settings, now),
    ]


def _shipped() -> Iterator[Finding]:
    yield _data()
    yield _templates()
    for language, domain in product((Language.FR, Language.ES), ("letters", "chat")):
        yield _catalogue(language, domain)
    yield _page()


def _data() -> Finding:
    records = load()
    ok = len(records.states) == STATES and len(records.treaties) >= TREATIES
    says = f"{len(records.states)} States, {len(records.treaties)} treaties, as of {records.as_of}"
    return Finding("data", ok, says if ok else f"{says}: install the program again")


def _facts(store: Store, today: date) -> Finding:
    """The facts that hold: renewed ones, and how old the oldest are."""
    versions = store.shelves.facts.present()
    dated = load().with_versions(versions).dated()
    says = f"{len(versions)} treaties renewed, the oldest status is of {dated}"
    if is_stale(dated, today):
        says += ": more than 90 days old, renew it with “demarche treaties import” or “fetch”"
    return Finding("facts", ok=True, says=says)


def _sample(language: Language, treaty: str = "OPSC") -> Request:
    records = load()
    state, _standing = records.not_party(treaty, records.as_of)[0]
    signatory = Signatory("A. Example", "Example Organisation")
    return Request(
        treaty, state.iso3, language, records.as_of, "Geneva", Office.GENEVA, (signatory,)
    )


def _templates() -> Finding:
    composer = Composer(load(), TEMPLATES, LOCALES)
    try:
        for language, treaty in product(Language, load().acts):
            composer.compose(_sample(language, treaty))
    except (TemplateError, OSError, ValueError) as error:
        return Finding("templates", ok=False, says=f"{error}: mend it in templates/letters")
    return Finding("templates", ok=True, says="every treaty in three languages")


def _catalogue(language: Language, domain: str) -> Finding:
    path = po_path(LOCALES, domain, language)
    what = f"catalogue {language}/{domain}"
    try:
        with path.open("rb") as file:
            messages = [m for m in read_po(file) if m.id]
    except (OSError, ValueError) as error:
        return Finding(what, ok=False, says=f"{error}: restore {path.name}")
    empty = [m for m in messages if not _is_translated(m.string)]
    if empty or not messages:
        says = f"{len(empty)} of {len(messages)} messages have no translation: fill them in"
        return Finding(what, ok=False, says=says)
    return Finding(what, ok=True, says=f"{len(messages)} messages")


def _is_translated(text: object) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _page() -> Finding:
    from bot.documents.page import set_page  # noqa: PLC0415 -- documents are slow to import

    letter = Composer(load(), TEMPLATES, LOCALES).compose(_sample(Language.FR))
    if not isinstance(letter, Letter):
        return Finding("page", ok=False, says="the sample letter was refused")
    try:
        pdf = set_page(letter).pdf
    except RuntimeError as error:
        return Finding("page", ok=False, says=f"{error}: install the program again")
    return Finding("page", ok=True, says=f"a PDF of {len(pdf)} bytes")


def _treaties() -> Iterator[Finding]:
    """Each treaty of an office's own that is left out."""
    for folder, problems in gathered_treaties().problems.items():
        says = f"{problems[0]}: see “demarche treaties check”"
        yield Finding(f"treaty {folder.name}", ok=False, says=says)


def _campaigns(settings: Settings) -> Iterator[Finding]:
    """Each campaign of the settings' folder."""
    from bot.campaigns import check  # noqa: PLC0415 -- few have campaigns of their own
    from bot.campaigns.folder import SETTINGS  # noqa: PLC0415 -- as above
    from bot.reference.written import folders  # noqa: PLC0415 -- as above

    for path in folders(settings.campaigns, SETTINGS) if settings.campaigns else ():
        campaign = check.examined(path)
        what = f"campaign {path.name}"
        if isinstance(campaign, list):
            yield Finding(what, ok=False, says=f"{campaign[0]}: see “demarche campaigns check”")
        else:
            yield Finding(what, ok=True, says="good")


def _database(settings: Settings, today: date) -> list[Finding]:
    try:
        with closing(store_of(settings)) as store:
            says = store.check()
            facts = _facts(store, today)
            sealed = ", encrypted" if store.is_sealed else ""
            if store.lanes:
                sealed += f", processes that run on it: {store.lanes.replicas()}"
    except SettingsError as error:
        return [Finding("database", ok=False, says=str(error))]
    except StoreError as error:
        return [Finding("database", ok=False, says=f"{error} ({shown(settings.where)})")]
    return [Finding("database", says == "ok", f"{says}{sealed} ({shown(settings.where)})"), facts]


def program(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the program runs; and the bot, whether it still hears from Telegram."""
    if settings.database_file is None:
        return
    try:
        found = running(settings.database_file)
    except StoreError as error:
        yield Finding("program", ok=False, says=str(error))
        return
    if found is None:
        yield Finding("program", ok=True, says="does not run")
        return
    silent = round(now.timestamp() - found.heard)
    if found.what != BOT:
        yield Finding("program", ok=True, says=f"runs ({found.what})")
    elif silent > SILENT_SECONDS:
        says = (
            f"runs, and has not heard from Telegram for {silent // 60} minutes: look at the network"
            " and at its log, then start it again"
        )
        yield Finding("program", ok=False, says=says)
    else:
        yield Finding(
            "program", ok=True, says=f"runs, and heard from Telegram {max(silent, 0)} s ago"
        )
