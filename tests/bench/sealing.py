"""Measure 11: an update with an encrypted database against the same with a clear one."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.comparing import compared
from tests.bench.figures import say
from tests.sealed import all_stores
from tests.world import desk_on

if TYPE_CHECKING:
    from tests.bench.figures import Plan

BOUND = 1.3


def sealing(plan: Plan) -> None:
    """Measure 11."""
    say("11 An update with what people typed encrypted (AES-256-GCM), against one without")
    say("   Both through bot.telegram.running.build: taps Geneva and Back in turn, one of each;")
    say("   a draft with eleven co-signers, the network stubbed, a commit to the disk each")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name, ExitStack() as opened:
        clear = opened.enter_context(desk_on(Path(name) / "clear"))
        with all_stores():
            sealed = opened.enter_context(desk_on(Path(name) / "sealed"))
        compared(plan, clear, sealed, ("clear", "encrypted"), BOUND)
