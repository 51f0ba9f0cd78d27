"""Whether weaknesses are known of what `uv.lock` pins: asked of PyPI, by pip-audit.

pip-audit stands outside the lock, at a version of its own: no part of the program needs it, and it
brings twenty packages. Where PyPI is not reached it says that no weakness is known; here it is said
that nothing was looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

TOOL = "pip-audit==2.10.1"
GOOD, KNOWN, NOT_AUDITED = 0, 1, 2
UV = str(Path(sys.executable).with_name("uv"))
EXPORT = (UV, "export", "--quiet", "--frozen", "--no-emit-project", "--output-file")
AUDIT = (
    *(UV, "tool", "run", "--quiet", "--from", TOOL, "pip-audit", "--disable-pip"),
    *("--require-hashes", "--progress-spinner", "off", "--format", "json", "--requirement"),
)


def result(report: str) -> tuple[list[str], int]:
    """What is said of a report, and the status of the command."""
    try:
        found = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return ["not audited: PyPI could not be reached"], NOT_AUDITED
    known = [
        f"{one['name']} {one['version']}: {weakness['id']}, mended in "
        f"{', '.join(weakness['fix_versions']) or 'no version yet'}"
        for one in found
        for weakness in one.get("vulns", ())
    ]
    skipped = sum("skip_reason" in one for one in found)
    if known:
        return known, KNOWN
    if skipped or not found:
        missed = f"{skipped} of {len(found)} packages could not be looked up at PyPI"
        return [f"not audited: {missed}"], NOT_AUDITED
    return [f"{len(found)} packages, no weakness is known"], GOOD


def main() -> None:
    """Ask, and say what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        subprocess.run([*EXPORT, str(pinned)], check=True)  # noqa: S603 -- our own words
        asked = subprocess.run(  # noqa: S603 -- as above
            [*AUDIT, str(pinned)], check=False, capture_output=True, text=True
        )
    lines, status = result(asked.stdout)
    for line in lines:
        print(line)  # noqa: T201 -- that is what it is for
    sys.exit(status)


if __name__ == "__main__":
    main()
