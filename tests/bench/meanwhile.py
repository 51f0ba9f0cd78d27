"""Measure 9: one person's hostile files, and another person's taps meanwhile."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import say, single, spread
from tests.bench.process import PATIENCE, running, step
from tests.botapi import BotApi
from tests.hostile.corpus import CORPUS

if TYPE_CHECKING:
    from tests.bench.figures import Plan

TAP_S = 0.2
KINDS = ("Word", "SVG", "PNG", "JPEG")


def meanwhile(plan: Plan) -> None:
    """Measure 9."""
    files = [file for file in CORPUS if file.kind in KINDS][:: 1 if not plan.quick else 10]
    say(f"9  Taps of one person while another sends {len(files)} hostile files to `demarche run`")
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as name,
        BotApi.serve() as api,
        running(api, Path(name)),
    ):
        sender, other = api.user(1), api.user(2)
        step(api, sender.send, "/letterhead")
        step(api, other.send, "/new")
        made = [(f"{number}.bin", file.make()) for number, file in enumerate(files)]
        for name_, data in made:
            sender.send_document(name_, data)
        took, busy = [], True
        while busy:
            label = "Next ▶" if "Next ▶" in other.labels() else "◀ Previous"
            start = time.perf_counter()
            shown = other.texts[-1]
            other.tap(label)
            api.wait(lambda shown=shown: other.texts[-1] != shown, PATIENCE)  # type: ignore[misc]
            took.append(time.perf_counter() - start)
            sent = api.called("sendMessage")
            busy = sum(str(call.parameters["chat_id"]) == str(sender.id) for call in sent) <= len(
                made
            )
            time.sleep(0.02)  # a person's thumb is not quicker
        spread("a tap, from the double's hand to its answer", took, "s", TAP_S)
        single("the slowest of them", max(took), "s", TAP_S)
