"""What CONTRIBUTING names is there: the files of every chore, the functions of one tap's way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LEAST = 15
MOST_OF_A_SUBJECT = 5


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


ROW = re.compile(r"^\| (?!to add|---)([^|]+?) \| ([^|]+) \|$", re.MULTILINE)
CHORES = dict(ROW.findall(section("Which files, for which chore")))
STEPS = re.findall(r"`(bot/[\w/]+\.py): (\w+)`", section("The life of one tap"))


def paths(cell: str) -> list[str]:
    """What a cell names that is a path: with a folder in it, or a file of the first floor."""
    named = re.findall(r"`([\w./-]+)`", cell)
    return [one for one in named if "/" in one or (ROOT / one).exists()]


def test_there_are_chores_enough() -> None:
    assert len(CHORES) >= LEAST


@pytest.mark.parametrize("chore", CHORES)
def test_every_file_of_a_chore_is_there(chore: str) -> None:
    found = [one for one in paths(CHORES[chore]) if one != "/privacy"]
    assert found
    for one in found:
        assert (ROOT / one).exists(), one


def test_a_subject_takes_few_files() -> None:
    assert len(paths(CHORES["a subject"])) <= MOST_OF_A_SUBJECT


@pytest.mark.parametrize(("path", "name"), STEPS, ids=str)
def test_every_step_of_a_tap_is_a_function(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    known = {
        one.name
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert name in known


def test_the_way_of_a_tap_is_told() -> None:
    assert len(STEPS) > LEAST
