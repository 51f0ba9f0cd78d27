"""What led to a miss: a person's last steps, and the bot's last calls to them, in their order."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from tests.faults.tally import say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import BotApi
    from tests.botapi.calls import Call
    from tests.faults.stored import Stored

LATEST = 40
"""So many lines are printed of a miss."""

LONGEST = 160
"""So long is a line, where a message's text is quoted."""

SILENT = ("getUpdates", "sendChatAction")


class Notes:
    """What one person did and what was made of it, each with its moment."""

    def __init__(self) -> None:
        self._lines: deque[tuple[float, str]] = deque(maxlen=LATEST)

    def add(self, words: str) -> None:
        """Happened now."""
        self._lines.append((time.monotonic(), words))

    def lines(self) -> list[tuple[float, str]]:
        """All that are kept."""
        return list(self._lines)


def explain(api: BotApi, number: int, notes: Notes, folder: Path, stored: Stored) -> None:
    """Print what led to where the person stands now; `folder` has the logs."""
    queries = {one["callback_query"]["id"] for one in _taps(api, number)}
    lines = notes.lines()
    for call in api.calls[-2000:]:
        chat = call.parameters.get("chat_id")
        query = call.parameters.get("callback_query_id")
        if call.method not in SILENT and (str(chat) == str(number) or query in queries):
            lines.append((call.began, f"    bot: {_said(call)}"))
    told = [f"{moment:10.3f} {words}" for moment, words in sorted(lines)[-LATEST:]]
    told += [f"  stored {words}" for words in _stored(stored, number)]
    for log in sorted(folder.glob("log*")):
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
        told += [f"  {log.name} {words[:LONGEST]}" for words in last]
    say("\n".join(f"    {words}" for words in told))  # at once: others print beside it


def _taps(api: BotApi, number: int) -> list[dict[str, dict[str, object]]]:
    found = list(api.world.updates.every.values())[-500:]
    taps = (one for one in found if "callback_query" in one)
    return [one for one in taps if one["callback_query"]["from"]["id"] == number]


def _said(call: Call) -> str:
    given = call.parameters
    words = given.get("text") or given.get("caption") or ""
    # A call that met a failure at once stands there as it came: its keyboard is a text.
    keyboard = given.get("reply_markup")
    rows = len(keyboard.get("inline_keyboard", ())) if isinstance(keyboard, dict) else keyboard
    where = given.get("message_id") or given.get("callback_query_id") or ""
    sent = ""
    if isinstance(call.response, dict) and isinstance(call.response.get("result"), dict):
        sent = f" is {call.response['result'].get('message_id')}"
    refused = ""
    if isinstance(call.response, dict) and not call.response.get("ok", True):
        refused = f" {call.response.get('description')}"
    told = f"{call.method} {where}{sent}: {call.status} {call.fault}{refused}"
    return f"{told} {str(words)[:LONGEST]!r}, rows: {str(rows)[:40]}"


def _stored(stored: Stored, number: int) -> list[str]:
    queries = {
        "updates, and whether something is owed": (
            "SELECT id, owed != '' FROM updates WHERE user_id = ? ORDER BY id DESC LIMIT 6"
        ),
        "inbox": "SELECT id FROM inbox WHERE user_id = ? ORDER BY id",
        "card, earlier ones, screen owed": "SELECT card, stale, screen FROM users WHERE id = ?",
    }
    name = f"telegram:{number}"
    return [f"{what}: {stored.rows(query, name)}" for what, query in queries.items()]
