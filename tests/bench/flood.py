"""Measure 11: one person's taps and files, alone and while another floods the bot."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.model import Language
from tests.bench.figures import say
from tests.bench.process import PATIENCE, running, step, whole_letter
from tests.botapi import BotApi

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.figures import Plan
    from tests.botapi import User

MESSAGES, FILES, JOBS = 400, 8, 3
FILE_BYTES = 7_000_000
STATES = "Tonga, Ghana, Barbados, Fiji, Kenya, Nauru, Palau, Tuvalu, Samoa, Cameroon"


def flood(plan: Plan) -> None:
    """Measure 11."""
    rounds = plan.rounds(40, 8)
    say(
        f"11 One person's taps and PDFs, alone, and while another sends {MESSAGES} messages and"
        f" {FILES} files of {FILE_BYTES // 1_000_000} MB and has {JOBS} jobs written"
    )
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as name,
        BotApi.serve() as api,
        running(api, Path(name)),
    ):
        sender, other = api.user(1), api.user(2)
        whole_letter(api, other, Language.EN, "Kenya")
        whole_letter(api, sender, Language.EN, "Ghana")
        _two(api, other, "alone", rounds)
        for _job in range(JOBS):
            sender.send("/letters")
            _tap(api, sender, "Ghana ·")
            _tap(api, sender, "Many States")
            api.wait(lambda: _has(sender, "Tick States"), PATIENCE)
            sender.send(STATES)
            _tap(api, sender, "Write ")
            _tap(api, sender, "Write")
        step(api, sender.send, "/letterhead")
        for number in range(FILES):
            sender.send_document(f"{number}.docx", bytes(FILE_BYTES))
        for number in range(MESSAGES):
            sender.send(f"message {number}")
        _two(api, other, "meanwhile", rounds)
        left = MESSAGES - sum("Please" in text for text in sender.texts)
        say(f"  of the other's messages not yet answered at the end: about {max(0, left)}")


def _has(user: User, label: str) -> bool:
    return any(one.startswith(label) for one in user.labels())


def _tap(api: BotApi, user: User, label: str) -> None:
    """Tap the button when it is there."""
    api.wait(lambda: _has(user, label), PATIENCE)
    user.tap(label)


def _two(api: BotApi, user: User, when: str, rounds: int) -> None:
    """Taps, and files that are made."""
    taps, files = [], []
    user.send("/letters")
    _tap(api, user, "Kenya ·")
    for _round in range(rounds):
        api.wait(lambda: _has(user, "PDF"), PATIENCE)
        for label in ("More", "‹ The letter"):
            api.wait(lambda label=label: _has(user, label), PATIENCE)  # type: ignore[misc]
            user.tap(label)
            taps.append(_took(api, lambda label=label: not _has(user, label)))  # type: ignore[misc]
        api.wait(lambda: _has(user, "PDF"), PATIENCE)
        before = len(user.documents())
        user.tap("PDF")
        files.append(_took(api, lambda before=before: len(user.documents()) > before))  # type: ignore[misc]
    _say(f"a tap, {when}", taps)
    _say(f"a PDF, {when}", files)


def _took(api: BotApi, done: Callable[[], object]) -> float:
    start = time.perf_counter()
    api.wait(done, PATIENCE)
    return time.perf_counter() - start


def _say(label: str, samples: list[float]) -> None:
    hundredths = statistics.quantiles(samples, n=100, method="inclusive")
    middle, high = statistics.median(samples), hundredths[98]
    say(f"  {label:<46} p50 {middle:.3f} s, p99 {high:.3f} s, n {len(samples)}")
