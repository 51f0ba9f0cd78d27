"""Logging to stderr: what happened, never who wrote what; in lines for a person, or in JSON.

Every line that is written while an update is handled has that update's mark, so that its lines are
found among those of others. It is a count of this process behind a few signs drawn at its start.
It says nothing of who sent the update: Telegram's own number stands in the database beside a
person, and so would a digest of that number for whoever has its key.
"""

from __future__ import annotations

import itertools
import json
import logging
import re
import secrets
import sys
import traceback
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

QUIET = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn.error")
"""Libraries whose lines below a warning are left out: httpx prints URLs that hold the token."""


OURS = "bot"
FOLDER = Path(__file__).parents[1]

FIELDS = ("reference", "error", "place")
"""What a line may say of a mistake beside its words, as `extra`: see `bot.desk.mistakes`."""

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would begin another line, command the terminal of whoever reads, or turn a line round."""

_PROCESS = secrets.token_hex(3)
_NUMBERS = itertools.count(1)
_MARK: ContextVar[str] = ContextVar("mark", default="")


def take_up() -> str:
    """From here on the lines of this task, and of those that it begins, have a mark of their own.

    Until it takes up another update: what is said of a mistake comes after all is left.
    """
    mark = f"{_PROCESS}-{next(_NUMBERS)}"
    _MARK.set(mark)
    return mark


class OneLine(logging.Formatter):
    """One line per event; of an error its kind only, as its text may hold words of users.

    Of other people's code not even the message: Telegram's library logs whole answers with the
    messages in them when it cannot read one.
    """

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- logging's own signature
        """The kind of the error."""
        return f"({ei[0].__name__})" if ei and ei[0] else ""

    def format(self, record: logging.LogRecord) -> str:
        """The event in one line."""
        record = _told(record)
        mark = _MARK.get()
        record.mark = f" [{mark}]" if mark else ""
        return _NOT_SHOWN.sub(" ", super().format(record))


class Json(logging.Formatter):
    """The same as one JSON object a line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The event: what is not there is left out."""
        record = _told(record)
        kind, error = (record.exc_info or (None, None, None))[:2]
        said: Mapping[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _NOT_SHOWN.sub(" ", record.getMessage()),
            "update": _MARK.get(),
            "error": kind.__name__ if kind else "",
            "place": where(error) if error else "",
            **{name: vars(record)[name] for name in FIELDS if name in vars(record)},
        }
        return json.dumps({name: value for name, value in said.items() if value})


def _told(record: logging.LogRecord) -> logging.LogRecord:
    """A record without the words of other people's code."""
    record = copy(record)
    if record.name.partition(".")[0] != OURS:
        record.msg, record.args = "(its words are left out: they may hold those of users)", ()
        record.exc_text = record.stack_info = None
    return record


def where(error: BaseException | None) -> str:
    """The last place of ours that the error came from, and the last of all if it is another."""
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    ours = [one for one in frames if Path(one.filename).is_relative_to(FOLDER)]
    last = (ours[-1:] or frames[-1:]) + [one for one in frames[-1:] if one not in ours[-1:]]
    names = [f"{_module(one.filename)}:{one.lineno} {one.name}" for one in last]
    return " > ".join(dict.fromkeys(names)) or "?"


def _module(filename: str) -> str:
    """A module's name, without the folder that the program stands in."""
    path = Path(filename).with_suffix("")
    if not path.is_relative_to(FOLDER):
        return path.name
    return ".".join(path.relative_to(FOLDER.parent).parts)


def formatter(form: str = "person") -> logging.Formatter:
    """What makes a line of an event, for a "person" or as "json"."""
    if form == "json":
        return Json()
    return OneLine("%(asctime)s %(levelname)s %(name)s%(mark)s: %(message)s")


def set_up(level: str, form: str = "person") -> None:
    """Send what is worth knowing to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
