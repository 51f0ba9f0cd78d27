"""Notes on withdrawals on the command line: quoted, offered, told, and stored only when given."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.letters.status import Records, Version
from bot.reference import renewal
from bot.reference.loader import load
from bot.storage.store import Store
from tests.reference.pages import leaves, noted
from tests.test_renewing import saved, treaties

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))


@pytest.mark.file
def test_a_note_is_quoted_and_its_day_offered_to_repeat_the_command_with(tmp_path: Path) -> None:
    note = leaves("Austria", "1 May 2025", "1 May 2026")
    name = saved(tmp_path, noted("Austria", ("6 Sep 2000", "[6 May 2004 ]"), note))
    asked = treaties("import", name, "--yes").output
    assert "AUT: note 1: “On 1 May 2025, the Government of Austria deposited" in asked
    assert "repeat the command with --withdrawn AUT=2026-05-01; nothing was stored" in asked
    assert "178 parties" in treaties("OPSC").output
    done = treaties("import", name, "--withdrawn", "AUT=2026-05-01", "--yes")
    assert done.exit_code == 0
    assert "no longer parties: Austria 2026-05-01" in done.output
    assert "note 1, Austria: “On 1 May 2025" in done.output
    assert "177 parties" in treaties("OPSC").output


@pytest.mark.file
def test_a_withdrawal_to_come_is_told_and_counts_from_its_day(tmp_path: Path) -> None:
    note = leaves("Austria", "1 May 2026", "1 May 2027", "will take")
    name = saved(tmp_path, noted("Austria", ("6 Sep 2000", "6 May 2004"), note))
    done = treaties("import", name, "--yes")
    assert done.exit_code == 0
    assert "withdrawal notified, to take effect on 2027-05-01: Austria" in done.output
    assert "note 1, Austria: “On 1 May 2026" in done.output
    for on, count in (("2027-04-30", 178), ("2027-05-01", 177)):
        assert f"{count} parties" in treaties("OPSC", "--on", on).output
    # A later page brackets it: since when is known, and asked of no one.
    bracketed = noted("Austria", ("6 Sep 2000", "[6 May 2004]"), note)
    later = bracketed.replace("03-07-2026", "03-07-2027")
    day = date(2027, 7, 10)
    found = renewal.read(later.encode(), facts(tmp_path), day, {})
    assert isinstance(found, Version), found
    assert found.acts["AUT"][0].withdrawn_on == date(2027, 5, 1)


def facts(path: Path) -> Records:
    with closing(Store(path / "db")) as store:
        return load().with_versions(store.shelves.facts.present())
