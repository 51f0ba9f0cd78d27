"""Measures 6 and 7: letters to many States as a ZIP, its memory, and an office suite beside it."""

from __future__ import annotations

import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.many.kept import Target
from bot.documents.word import to_docx
from bot.letters.model import Kind, Language
from bot.reference.loader import load
from tests.bench.documents import composed, mixed_requests
from tests.bench.figures import say, single, spread, timed
from tests.bench.many import MANY, desk, write
from tests.world import TODAY

if TYPE_CHECKING:
    from tests.bench.figures import Plan

ZIP_S = 4
SUITE_RATIO = 20
GROWTH_MIB = 60


def mailing(plan: Plan) -> None:
    """Measure 6."""
    states = [s.iso3 for s, _ in load().not_party("OPSC", TODAY) if s.kind is Kind.MEMBER]
    say(f"6  OPSC: {len(states)} States x 3 languages, 11 co-signers, DOCX + PDF + index in a ZIP")
    targets = tuple(Target(state, language) for state in states for language in Language)
    with desk() as ours:
        write(ours, targets[:3])
        took = [write(ours, targets)[0] for _ in range(plan.rounds(7, 3))]
    spread(f"{len(targets)} letters", took, "s", ZIP_S)
    per_letter = [seconds * 1000 / len(targets) for seconds in took]
    spread("  a letter", per_letter, "ms")
    _office(plan, statistics.median(per_letter))


def _office(plan: Plan, ours: float) -> None:
    """The same run with an office suite's conversion of the Word files, if it is installed."""
    suite = shutil.which("soffice")
    if suite is None:
        say("  no office suite is installed: apt-get install libreoffice-writer to compare")
        return
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name:
        folder = Path(name)
        count = plan.rounds(10, 4)
        files = []
        for number, request in enumerate(itertools.islice(mixed_requests(), count)):
            path = folder / f"{number}.docx"
            path.write_bytes(to_docx(composed(request)))
            files.append(str(path))
        command = [suite, "--headless", "--convert-to", "pdf", "--outdir", name]
        command.append(f"-env:UserInstallation=file://{name}/profile")

        def convert(*paths: str) -> None:
            subprocess.run([*command, *paths], check=True, capture_output=True)  # noqa: S603 -- the suite found above

        convert(files[0])
        alone = [timed(lambda path=path: convert(path))[1] for path in files]  # type: ignore[misc]
        _, together = timed(lambda: convert(*files))
    spread("an office suite, a letter at a time, PDF only", alone, "ms")
    single(f"  {count} letters in one call, a letter", together / count, "ms")
    times = statistics.median(alone) / ours
    verdict = "within" if times >= SUITE_RATIO else "UNDER"
    say(f"  faster per letter, DOCX and PDF against its PDF alone: {times:.1f} x")
    batch = together / count / ours
    say(f"    bound at least {SUITE_RATIO} x: {verdict}; against its batch {batch:.1f} x")


def growth(plan: Plan) -> None:
    """Measure 7: in a process of its own, so that nothing measured before counts."""
    del plan
    say(f"7  Resident memory of a process that writes {MANY} letters (140 States x 3 languages)")
    found = subprocess.run(
        [sys.executable, "-m", "tests.bench.many"], check=True, capture_output=True, text=True
    )
    before, after, size = (float(word) for word in found.stdout.split())
    single("after the first 3 letters", before, "MiB")
    single(f"growth over {MANY} letters", after - before, "MiB", GROWTH_MIB)
    single("the ZIP", size, "MiB")
