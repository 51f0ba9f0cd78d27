"""One frozen settings object, read from the environment. Secrets are never printed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.keeping.lifetimes import USUAL, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.keeping.lifetimes import Days

TREATIES_URL = (
    "https://treaties.un.org/Pages/ViewDetails.aspx"
    "?src=TREATY&mtdsg_no={number}&chapter={chapter}&clang=_en"
)
"""A treaty's status page; {number} is its number there, such as IV-11-c, {chapter} then 4."""

SERVERS = ("postgresql://", "postgres://")
MOST_PORT = 65535
LOOPBACK = ("127.0.0.1", "::1", "localhost")
ACCESS = ("open", "invitation", "list")
MESSAGES = 30
"""So many messages a second Telegram allows in all (https://core.telegram.org/bots/faq)."""

MOST_LIMIT = 10**9
USUAL_WORKERS, MOST_WORKERS = 4, 64
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("person", "json")


class SettingsError(Exception):
    """A setting is missing or wrong; the text says which, and what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much is said. `token` and keys stay out of every print.

    `translator_url` is a LibreTranslate service's; empty: no text is ever sent to one.
    `administrators` are the users who may renew the facts in the chat. `database_url` is a
    PostgreSQL server's; empty: the database is a file. `database_file` is None where it is neither
    set nor known where this user's data belongs. `public_url` is the address
    under which the pages for co-signers are reached; where it is set they are served at `listen`.
    By `webhook` Telegram brings updates there, too.
    `keep` says after how many days what is deleted.
    `key_file` holds the keys with which the database is encrypted; None: it is not.
    `metrics` is the address at which figures are served, None: they are not.
    `messages` are sent in a second at most, by all processes together; 0: as many as there are.
    `access` is one of `ACCESS`, `allowed` are let in whatever it is; `limits` are those bounds, by
    name, that are others than the program's own. `workers` processes make the documents of the bot;
    0: its own does.
    """

    database_file: Path | None
    database_url: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    log_level: str = "info"
    log_format: str = "person"
    api_url: str = ""
    translator_url: str = ""
    translator_key: str = field(default="", repr=False)
    treaties_url: str = TREATIES_URL
    administrators: frozenset[str] = field(default=frozenset(), repr=False)
    campaigns: Path | None = None
    treaties: Path | None = None
    public_url: str = ""
    listen: tuple[str, int] = ("127.0.0.1", 8766)
    metrics: tuple[str, int] | None = None
    webhook: bool = False
    keep: Days = field(default_factory=lambda: USUAL)
    key_file: Path | None = None
    access: str = "open"
    allowed: frozenset[str] = field(default=frozenset(), repr=False)
    limits: Mapping[str, int] = field(default_factory=dict)
    messages: int = MESSAGES
    workers: int = 0

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """The settings of an environment."""
        level = environment.get("DEMARCHE_LOG_LEVEL", "info").lower()
        if level not in LOG_LEVELS:
            message = f"DEMARCHE_LOG_LEVEL is none of {', '.join(LOG_LEVELS)}"
            raise SettingsError(message)
        return cls(
            database_file=None if _url(environment) else _database(environment),
            database_url=_url(environment),
            token=_secret(environment, "DEMARCHE_TOKEN"),
            log_level=level,
            log_format=_log_format(environment),
            api_url=environment.get("DEMARCHE_API_URL", "").rstrip("/"),
            translator_url=_translator_url(environment),
            translator_key=_secret(environment, "DEMARCHE_TRANSLATOR_KEY"),
            treaties_url=_treaties_url(environment),
            administrators=_people(environment, "DEMARCHE_ADMINISTRATORS"),
            campaigns=_folder(environment, "DEMARCHE_CAMPAIGNS"),
            treaties=own_treaties(environment),
            public_url=_public_url(environment),
            listen=_address(environment, "DEMARCHE_LISTEN", "127.0.0.1:8766"),
            metrics=_metrics(environment),
            webhook=_webhook(environment),
            keep=_keep(environment),
            key_file=_key_file(environment),
            access=_access(environment),
            allowed=_people(environment, "DEMARCHE_ALLOWED"),
            limits=_limits(environment),
            messages=_messages(environment),
            workers=_workers(environment),
        )

    @property
    def database(self) -> Path:
        """The file with all that is kept, for what is done to a file alone."""
        if self.database_url:
            message = (
                "the database is on a PostgreSQL server, and this is for one in a file: see"
                " deploy/RUNBOOK.md"
            )
            raise SettingsError(message)
        if self.database_file is None:
            message = "no home folder (HOME): set DEMARCHE_DATABASE to the file for what is kept"
            raise SettingsError(message)
        return self.database_file

    @property
    def where(self) -> Path | str:
        """Where all that is kept is: a file, or a server's address."""
        return self.database_url or self.database

    @property
    def has_database(self) -> bool:
        """Whether there is one already; a server is not asked."""
        return bool(self.database_url) or self.database.is_file()

    def required_token(self) -> str:
        """The token, which only `demarche run` needs."""
        if not self.token:
            message = (
                "no token: set DEMARCHE_TOKEN to the one that @BotFather gave you,"
                " or DEMARCHE_TOKEN_FILE to a file that holds it"
            )
            raise SettingsError(message)
        return self.token

    def check_webhook(self) -> None:
        """That Telegram can reach the bot, where it is to bring updates."""
        if self.webhook and not self.public_url.startswith("https://"):
            message = (
                "a webhook needs an address that Telegram can reach: set DEMARCHE_PUBLIC_URL to"
                " one such as https://letters.example.org"
            )
            raise SettingsError(message)


def _database(environment: Mapping[str, str]) -> Path | None:
    """As set, or in the user's own folder; never in that where the program happens to be started.

    A relative XDG_DATA_HOME is passed over, as the XDG base directory specification has it.
    """
    if environment.get("DEMARCHE_DATABASE"):
        return Path(environment["DEMARCHE_DATABASE"])
    data = Path(environment.get("XDG_DATA_HOME", ""))
    home = Path(environment.get("HOME", ""))
    folder = data if data.is_absolute() else home / ".local/share"
    return folder / "demarche" / "demarche.sqlite3" if folder.is_absolute() else None


def _url(environment: Mapping[str, str]) -> str:
    """A server's address, with its password perhaps: it may stand in a file of its own."""
    found = _secret(environment, "DEMARCHE_DATABASE")
    return found if found.startswith(SERVERS) else ""


def _key_file(environment: Mapping[str, str]) -> Path | None:
    """It is read by whoever opens the database."""
    path = environment.get("DEMARCHE_KEY_FILE", "").strip()
    return Path(path) if path else None


def _translator_url(environment: Mapping[str, str]) -> str:
    url = environment.get("DEMARCHE_TRANSLATOR_URL", "").strip().rstrip("/")
    parts = urlsplit(url)
    plain = parts.hostname in LOOPBACK and parts.scheme == "http"
    if url and (not parts.hostname or not (parts.scheme == "https" or plain)):
        message = (
            "DEMARCHE_TRANSLATOR_URL is no address that begins with https://"
            " (http:// is for a service on this computer alone)"
        )
        raise SettingsError(message)
    return url


def _treaties_url(environment: Mapping[str, str]) -> str:
    url = environment.get("DEMARCHE_TREATIES_URL", "").strip() or TREATIES_URL
    if not url.startswith(("http://", "https://")) or "{number}" not in url:
        message = "DEMARCHE_TREATIES_URL is no address with {number} where the treaty's number goes"
        raise SettingsError(message)
    return url


def _people(environment: Mapping[str, str], name: str) -> frozenset[str]:
    ids = environment.get(name, "").replace(",", " ").split()
    if not all(one.isascii() and one.isdecimal() for one in ids):
        message = f"{name} holds something else than Telegram user ids (digits)"
        raise SettingsError(message)
    return frozenset(f"telegram:{one}" for one in ids)


def _access(environment: Mapping[str, str]) -> str:
    mode = environment.get("DEMARCHE_ACCESS", "").strip().lower() or "open"
    if mode not in ACCESS:
        message = f"DEMARCHE_ACCESS is none of {', '.join(ACCESS)}"
        raise SettingsError(message)
    return mode


def _limits(environment: Mapping[str, str]) -> dict[str, int]:
    """As "drafts=200 documents=500": whoever reads them knows which names there are."""
    found = {}
    for one in environment.get("DEMARCHE_LIMITS", "").replace(",", " ").split():
        name, _equals, most = one.partition("=")
        if not (most.isascii() and most.isdecimal() and len(most) <= len(str(MOST_LIMIT))):
            message = "DEMARCHE_LIMITS is no list such as drafts=200 documents=500"
            raise SettingsError(message)
        found[name.lower()] = int(most)
    return found


def _messages(environment: Mapping[str, str]) -> int:
    found = environment.get("DEMARCHE_MESSAGES", "").strip() or str(MESSAGES)
    if not (found.isascii() and found.isdecimal() and len(found) < len(str(MOST_LIMIT))):
        message = "DEMARCHE_MESSAGES is no number of messages a second, such as 30; 0: no bound"
        raise SettingsError(message)
    return int(found)


def _workers(environment: Mapping[str, str]) -> int:
    """As set, or one for each core that this program may use, up to four."""
    found = environment.get("DEMARCHE_WORKERS", "").strip()
    if not found:
        cores = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
        return min(len(cores), USUAL_WORKERS)
    if not (found.isascii() and found.isdecimal() and int(found) <= MOST_WORKERS):
        message = f"DEMARCHE_WORKERS is no number from 0 to {MOST_WORKERS}"
        raise SettingsError(message)
    return int(found)


def own_treaties(environment: Mapping[str, str]) -> Path | None:
    """The folder with the treaties that an office adds; every command needs it."""
    return _folder(environment, "DEMARCHE_TREATIES")


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    folder = environment.get(name, "").strip()
    if folder and not Path(folder).is_dir():
        message = f"{name} is no folder: {folder}"
        raise SettingsError(message)
    return Path(folder) if folder else None


def _public_url(environment: Mapping[str, str]) -> str:
    url = environment.get("DEMARCHE_PUBLIC_URL", "").strip().rstrip("/")
    parts = urlsplit(url)
    plain = parts.hostname in LOOPBACK and parts.scheme == "http"
    if url and (not parts.hostname or parts.path or not (parts.scheme == "https" or plain)):
        message = "DEMARCHE_PUBLIC_URL is no address such as https://letters.example.org"
        raise SettingsError(message)
    return url


def _address(environment: Mapping[str, str], name: str, usual: str) -> tuple[str, int]:
    host, _colon, port = (environment.get(name, "").strip() or usual).rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= MOST_PORT:
        message = f"{name} is no address and port such as {usual}"
        raise SettingsError(message)
    return host, int(port)


def _metrics(environment: Mapping[str, str]) -> tuple[str, int] | None:
    """Where figures are served; never where the pages are that anybody may open."""
    if not environment.get("DEMARCHE_METRICS", "").strip():
        return None
    return _address(environment, "DEMARCHE_METRICS", "127.0.0.1:9464")


def _log_format(environment: Mapping[str, str]) -> str:
    form = environment.get("DEMARCHE_LOG_FORMAT", "").strip().lower() or LOG_FORMATS[0]
    if form not in LOG_FORMATS:
        message = f"DEMARCHE_LOG_FORMAT is none of {', '.join(LOG_FORMATS)}"
        raise SettingsError(message)
    return form


def _webhook(environment: Mapping[str, str]) -> bool:
    said = environment.get("DEMARCHE_WEBHOOK", "").strip()
    if said not in {"", "0", "1"}:
        message = "DEMARCHE_WEBHOOK is neither 1 (Telegram brings updates) nor 0 (it is asked)"
        raise SettingsError(message)
    return said == "1"


def _keep(environment: Mapping[str, str]) -> Days:
    try:
        return read(environment.get("DEMARCHE_KEEP", ""))
    except ValueError as error:
        message = f"DEMARCHE_KEEP: {error}"
        raise SettingsError(message) from error


def _secret(environment: Mapping[str, str], name: str) -> str:
    """As set, or from the file that is named."""
    path = environment.get(f"{name}_FILE")
    if environment.get(name) or not path:
        return environment.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}_FILE cannot be read: {path}"
        raise SettingsError(message) from error
