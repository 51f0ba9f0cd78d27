"""Measure 14: an update on PostgreSQL against the same on SQLite."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.comparing import compared
from tests.bench.figures import say
from tests.postgres import programs, served
from tests.world import desk_on

if TYPE_CHECKING:
    from tests.bench.figures import Plan

BOUND = 2.5


def engines(plan: Plan) -> None:
    """Measure 14."""
    say("14 An update on a PostgreSQL server of this computer, against one on SQLite's file")
    say("   Both through bot.telegram.running.build: taps Geneva and Back in turn, one of each;")
    say("   a draft with eleven co-signers, the network stubbed, both written through to the disk;")
    say("   on the server each update is put into the inbox, and its lane is taken and left")
    if programs() is None:
        say("   PostgreSQL is not installed: not measured")
        return
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as name,
        served() as cluster,
        desk_on(Path(name) / "db") as file,
        desk_on(cluster.url()) as server,
    ):
        compared(plan, file, server, ("SQLite", "PostgreSQL"), BOUND)
