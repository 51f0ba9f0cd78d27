"""What is said of pip-audit's reports: nothing is known is not the same as nothing was asked."""

from __future__ import annotations

import json

from tests.audit import GOOD, KNOWN, NOT_AUDITED, result

SOUND = {"name": "example", "version": "1.0", "vulns": []}
WEAK = {**SOUND, "vulns": [{"id": "EXAMPLE-1", "fix_versions": ["1.1"]}]}
SKIPPED = {"name": "second", "skip_reason": "Dependency not found on PyPI"}


def report(*found: object) -> str:
    return json.dumps({"dependencies": found})


def test_each_report_is_said_in_a_line() -> None:
    assert result(report(SOUND, SOUND)) == (["2 packages, no weakness is known"], GOOD)
    assert result(report(SOUND, WEAK)) == (["example 1.0: EXAMPLE-1, mended in 1.1"], KNOWN)
    assert result(report(SKIPPED, WEAK))[1] == KNOWN
    for missed in (report(SOUND, SKIPPED), report(), "", "Traceback", "[]", "null"):
        (line,), status = result(missed)
        assert line.startswith("not audited: ")
        assert status == NOT_AUDITED
