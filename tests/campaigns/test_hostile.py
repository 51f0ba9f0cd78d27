"""Whatever a folder holds, it is read within bounds: the campaign comes of it, or what is wrong."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from bot.campaigns import check
from bot.letters.campaign import Campaign
from bot.reference.written import MAX_TOLD
from tests.campaigns.folders import run, write
from tests.campaigns.hostile import CATALOGUES, SETTINGS_FILES, TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = {
    **{name: {"settings": text} for name, text in SETTINGS_FILES.items()},
    **{name: {"template": text} for name, text in TEMPLATES.items()},
    **{name: {"catalogue": text} for name, text in CATALOGUES.items()},
}
HARMLESS = frozenset(
    {
        "a few conditions within conditions",
        "comparisons",
        "texts of its own within each other",
        "a plural rule that counts",
        "a plural rule within itself",
        "plural forms in two lines",
        "places by the thousand",
        "one message again and again",
        "quotes without end",
        "another encoding named",
    }
)
"""What is odd and does no harm: a header's plural rule is not the one that is followed."""


@pytest.mark.parametrize("kind", FOLDERS)
def test_it_is_read_within_bounds(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, **FOLDERS[kind])
    found = check.examined(path)
    if kind in HARMLESS:
        assert isinstance(found, Campaign), found
        return
    assert isinstance(found, list)
    assert 0 < len(found) <= MAX_TOLD + 1
    assert all(len(str(problem)) < 1_100 for problem in found)
    assert check.examined(path) == found, "read twice, the same"


def test_a_campaign_goes_from_one_process_to_another_and_needs_its_folder_no_more(
    tmp_path: Path,
) -> None:
    path = write(tmp_path)
    found = check.examined(path)
    assert isinstance(found, Campaign)
    for file in path.iterdir():
        file.unlink()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 -- our own
    assert isinstance(again, Campaign)
    assert (again.template, again.catalogues) == (found.template, found.catalogues)
    assert (again.events, again.titles) == (found.events, found.titles)
    assert pickle.loads(pickle.dumps(check.examined(path))) == check.examined(path)  # noqa: S301


def test_of_many_problems_the_first_are_told_and_how_many_more_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, template=TEMPLATES["unknown names"])
    lines = run("check", str(path)).output.splitlines()
    assert len(lines) == MAX_TOLD + 1
    assert "letter.jinja:4: no variable is called x0" in lines[0]
    assert lines[-1].endswith("letter.jinja: and 980 more")
