"""Who may import whom, and which library stands in which room: read from the sources."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BOT = Path(__file__).parents[1] / "bot"

MAY_IMPORT = {
    "letters": set(),
    "reference": {"letters"},
    "documents": {"letters", "resources"},
    "conversation": {"letters"},
    "storage": {"conversation", "letters"},
    "campaigns": {"letters", "reference", "resources"},
    "translator": set(),
    "fetching": set(),
    "apart": set(),
    "desk": {"apart", "conversation", "documents", "letters", "reference", "storage", "translator"},
    "telegram": {"conversation", "desk", "documents", "letters", "storage"},
    "web": {"conversation", "desk", "letters", "storage"},
    "settings": set(),
    "resources": set(),
    "logs": set(),
}
"""The layers under the composition root, which may import all."""

ROOMS = {
    "telegram": {"telegram"},
    "typst": {"documents"},
    "docx": {"documents"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "starlette": {"web"},
    "uvicorn": {"serve"},
    "click": {"campaigning", "cli", "options", "renewing", "serve"},
    "PIL": {"documents"},
    "lxml": {"documents", "reference"},
    "xlsxwriter": {"documents"},
    "python_calamine": {"documents"},
    "httpx": {"translator", "fetching"},
    "rapidfuzz": {"letters", "reference"},
    "jinja2": {"campaigning", "campaigns", "checks", "letters"},
}

SOURCES = sorted(BOT.rglob("*.py"))


def layer(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a source names in an import, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(BOT)))
def test_imports(path: Path) -> None:
    own = layer(path)
    for name in imported(path):
        first, *rest = name.split(".")
        if first == "bot" and rest and own in MAY_IMPORT:
            assert rest[0] == own or rest[0] in MAY_IMPORT[own], f"{own} imports {name}"
        if first in ROOMS:
            assert own in ROOMS[first], f"{first} stands outside its room, in {own}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(BOT)))
def test_a_module_is_one_idea(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 350, f"{lines} lines: perhaps two ideas"


def test_sql_stands_only_in_storage() -> None:
    words = ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "PRAGMA ")
    for path in SOURCES:
        if layer(path) != "storage":
            text = path.read_text(encoding="utf-8")
            assert not any(f'"{word}' in text for word in words), path


def test_every_layer_is_on_the_map() -> None:
    text = (BOT / "__init__.py").read_text(encoding="utf-8")
    for path in SOURCES:
        if layer(path) != "__init__":
            assert layer(path) in text
