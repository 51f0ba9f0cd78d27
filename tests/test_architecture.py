"""Who may import whom, and which library stands in which room: read from the sources."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.subjects import CHANGES, SHELVES, SUBJECTS, table
from tests.world import make_desk

if TYPE_CHECKING:
    from collections.abc import Iterable

BOT = Path(__file__).parents[1] / "bot"

MAY_IMPORT = {
    "keeping": set(),
    "letters": set(),
    "reference": {"letters"},
    "documents": {"letters", "machine.resources"},
    "signings": {"letters"},
    "conversation": {"keeping", "letters", "signings"},
    "storage": {"conversation", "keeping", "letters", "machine.figures", "signings"},
    "campaigns": {"letters", "machine.resources", "reference"},
    "machine": set(),
    "machine.apart": set(),
    "machine.fetching": set(),
    "machine.figures": set(),
    "machine.hands": {"machine.apart"},
    "machine.logs": set(),
    "machine.resources": set(),
    "machine.supervisor": set(),
    "machine.translator": set(),
    "desk": {
        *("conversation", "documents", "keeping", "letters", "reference", "signings", "storage"),
        *("machine.apart", "machine.figures", "machine.hands", "machine.logs"),
        "machine.translator",
    },
    "telegram": {
        *("conversation", "desk", "documents", "letters", "storage"),
        *("machine.figures", "machine.hands", "machine.logs"),
    },
    "web": {
        *("conversation", "desk", "letters", "signings", "storage"),
        *("machine.figures", "machine.logs", "machine.resources"),
    },
    "settings": {"keeping"},
}
"""The layers under the composition root. Of the machine each module is a layer by itself."""

ROOT = "commands"
"""The composition root, which may import all."""

ROOMS = {
    "telegram": {"telegram"},
    "typst": {"documents"},
    "docx": {"documents"},
    "cryptography": {"storage.sealing"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "psycopg": {"storage.postgres"},
    "psycopg_pool": {"storage.postgres"},
    "prometheus_client": {"machine.figures"},
    "starlette": {"web"},
    "uvicorn": {"commands.figures_page", "commands.listening", "commands.serve"},
    "click": {
        *("commands.access", "commands.addressing", "commands.campaigns", "commands.cli"),
        *("commands.copies", "commands.doctor"),
        *("commands.letter", "commands.missions", "commands.new_treaty", "commands.options"),
        *("commands.keep", "commands.move", "commands.people"),
        *("commands.keys", "commands.letter", "commands.missions", "commands.new_treaty"),
        "commands.options",
        *("commands.renewing", "commands.run", "commands.serve", "commands.states"),
        *("commands.treaties", "commands.treaty_folders", "commands.try_page"),
        "commands.versions",
    },
    "PIL": {"documents"},
    "lxml": {"documents", "reference"},
    "xlsxwriter": {"documents"},
    "python_calamine": {"documents"},
    "httpx": {"machine.fetching", "machine.translator"},
    "rapidfuzz": {"letters", "reference"},
    "jinja2": {"campaigns", "commands.campaigns", "commands.checks", "letters", "web"},
}

SUBJECTS_IN_ORDER = (
    *("talk", "coalitions", "missions", "wording", "signing", "many", "endorsing", "access"),
    "asking",
    *("mine", "facts", "letterhead", "letter", "person"),
)
"""The rooms of the conversation: each may import those before it. What stands beside them (the
turn, the way back, the tables) holds them together."""

SOURCES = sorted(BOT.rglob("*.py"))
MODULES = {
    ".".join(path.relative_to(BOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCES
}


def place(path: Path) -> str:
    """Where a module stands, such as `machine.apart`; a folder's own file stands as the folder."""
    return ".".join(path.relative_to(BOT).with_suffix("").parts).removesuffix(".__init__")


def within(name: str, rooms: Iterable[str]) -> bool:
    """Whether a module is one of those named, or stands in one of them."""
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def layer(path: Path) -> str:
    """The layer of a module: its folder, or the module itself where each is a layer."""
    room = place(path).partition(".")[0]
    return place(path) if room == "machine" else room


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


def test_every_command_opens_the_database_with_the_keys_of_the_settings() -> None:
    opening = {
        place(path) for path in SOURCES if re.search(r"\bStore\(", path.read_text(encoding="utf-8"))
    }
    assert opening == {"commands.stores", "storage.restoring"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(BOT)))
def test_imports(path: Path) -> None:
    own = layer(path)
    for name in imported(path):
        first, _dot, rest = name.partition(".")
        if first == "bot" and rest and own in MAY_IMPORT:
            assert within(rest, {own, *MAY_IMPORT[own]}), f"{own} imports {name}"
        if first in ROOMS:
            assert within(place(path), ROOMS[first]), f"{first} stands outside its room, in {own}"


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
            assert layer(path) in MAY_IMPORT or layer(path) == ROOT


def test_the_map_and_the_settings_alone_stand_loose() -> None:
    assert {path.name for path in BOT.glob("*.py")} == {"__init__.py", "settings.py"}


def test_every_module_of_the_commands_is_on_their_map() -> None:
    text = (BOT / ROOT / "__init__.py").read_text(encoding="utf-8")
    for path in (BOT / ROOT).glob("*.py"):
        assert path.stem in text or path.stem == "__init__"


def modules_of(path: Path) -> set[str]:
    """Our own modules that a source imports, in earnest or for its types alone."""
    found = set()
    for whole in imported(path):
        name = whole
        while name and name not in MODULES:
            name = name.rpartition(".")[0]
        if name and MODULES[name] != path and MODULES[name].name != "__init__.py":
            found.add(name)
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    order = TopologicalSorter({name: modules_of(path) for name, path in MODULES.items()})
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_circle_would_be_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"c"}, "c": {"a"}}).prepare()


def room_of(name: str) -> str:
    """The room of the conversation in which a module stands; empty for what stands beside them."""
    _bot, _conversation, *rest = [*name.split("."), "", ""]
    return rest[0] if rest[0] in SUBJECTS_IN_ORDER else ""


def test_the_rooms_of_the_conversation_stand_above_each_other() -> None:
    rooms = {path.name for path in (BOT / "conversation").iterdir() if path.is_dir()}
    assert rooms - {"__pycache__"} == set(SUBJECTS_IN_ORDER)
    for name, path in MODULES.items():
        if name.startswith("bot.conversation.") and (own := room_of(name)):
            below = SUBJECTS_IN_ORDER[: SUBJECTS_IN_ORDER.index(own) + 1]
            others = {room_of(one) for one in modules_of(path) if "conversation" in one}
            assert others - {""} <= set(below), name


def forwards(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method's whole body is a call of the same name, on something that it holds."""
    body = [one for one in method.body if not _is_docstring(one)]
    if len(body) != 1 or not isinstance(body[0], ast.Return | ast.Expr):
        return False
    value = body[0].value
    called = value.value if isinstance(value, ast.Await) else value
    if not isinstance(called, ast.Call):
        return False
    name = called.func
    if isinstance(name, ast.Name):
        return name.id == method.name
    of_super = isinstance(name, ast.Attribute) and isinstance(name.value, ast.Call)
    return isinstance(name, ast.Attribute) and name.attr == method.name and not of_super


def _is_docstring(one: ast.stmt) -> bool:
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)


def methods_of(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        one
        for found in ast.walk(ast.parse(source))
        if isinstance(found, ast.ClassDef)
        for one in found.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(BOT)))
def test_no_method_only_calls_the_next_of_its_name(path: Path) -> None:
    for method in methods_of(path.read_text(encoding="utf-8")):
        # What is closed closes what it opened: that is a library's, not the next layer's.
        assert method.name == "close" or not forwards(method), method.name


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return self._store.jobs(user)", True),
        ("return jobs(user)", True),
        ("return await self.store.jobs(user)", True),
        ("return self._store.written(user)", False),
        ("return super().jobs(user)", False),
        ("return self._store.jobs", False),
    ],
)
def test_a_method_that_forwards_would_be_found(body: str, found: bool) -> None:  # noqa: FBT001 -- a case
    kind = "async " if "await" in body else ""
    source = f'class World:\n    {kind}def jobs(self, user):\n        """Doc."""\n        {body}\n'
    (method,) = methods_of(source)
    assert forwards(method) is found


def test_every_change_has_its_place_in_the_storage(tmp_path: Path) -> None:
    shelves = make_desk(tmp_path / "db").store.shelves
    # To be forgotten is no row of anybody's: the store does that itself.
    assert {kind.__name__ for kind in CHANGES} - {"Forgotten"} == {
        kind.__name__ for kind in shelves.kinds
    }
    assert all(hasattr(shelves, name) for name in SHELVES)


def test_two_subjects_that_claim_the_same_fail_at_start() -> None:
    assert len({one.name for one in SUBJECTS}) == len(SUBJECTS)
    with pytest.raises(ValueError, match="two subjects claim draft"):
        table([("draft", 1), ("job", 2), ("draft", 3)])
