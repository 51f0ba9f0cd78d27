"""What all tests share: golden files and their renewal; what a test opens is closed."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from bot.storage.keys import make_keys
from tests.closing import nothing_left_open
from tests.hosted import ADDRESS, given_back, hurry, in_schema
from tests.hosted import all_stores as all_hosted
from tests.postgres import served
from tests.sealed import KEY, all_stores
from tests.world import OPENED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgres import Cluster


# A slow machine is no fault of the program's: what must be quick has a measure of its own.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")
    parser.addoption("--every-letter", action="store_true", help="compose to every State")
    parser.addoption("--sealed", action="store_true", help="with encrypted databases")
    parser.addoption("--postgres", action="store_true", help="with databases on PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """Whoever runs the tests may have a key of their own: it is not for the tests' databases."""
    config.addinivalue_line("markers", "clear: looks for words in the database itself")
    config.addinivalue_line("markers", "file: is about SQLite's file, or one process alone on it")
    os.environ.pop("DEMARCHE_KEY_FILE", None)
    if config.getoption("--sealed"):
        folder = tempfile.TemporaryDirectory(prefix="sealed-")
        config.add_cleanup(folder.cleanup)
        file = Path(folder.name) / "key"
        make_keys(file, (KEY,))
        os.environ["DEMARCHE_KEY_FILE"] = str(file)
        sealed = ExitStack()
        sealed.enter_context(all_stores())
        config.add_cleanup(sealed.close)
    if config.getoption("--postgres"):
        hosted = ExitStack()
        if not hasattr(config, "workerinput"):
            os.environ[ADDRESS] = hosted.enter_context(served()).url()
            hurry(os.environ[ADDRESS])
        hosted.enter_context(all_hosted())
        config.add_cleanup(hosted.close)


LONG = ("web", "telegram", "fuzz", "campaigns", "documents", "deploy")
"""Folders whose files take long: they come first, so that no core waits for another at the end."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put what takes long first; files stay whole."""
    if config.getoption("--sealed"):
        items[:] = [item for item in items if not item.get_closest_marker("clear")]
    if config.getoption("--postgres"):
        items[:] = [item for item in items if not item.get_closest_marker("file")]

    def place(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return LONG.index(folder) if folder in LONG else len(LONG)

    items.sort(key=place)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Hold a text against its golden file; `--update-golden` rewrites it."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is new: look at it with --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def every_letter(request: pytest.FixtureRequest) -> bool:
    """Whether every State is written to, and not a sample of them."""
    return bool(request.config.getoption("--every-letter"))


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server of a file's own."""
    with served() as cluster:
        yield cluster


@pytest.fixture
def url(server: Cluster, request: pytest.FixtureRequest) -> str:
    """The address of an empty database of the test's own."""
    return in_schema(server.url(), re.sub(r"\W", "_", request.node.name)[-60:])


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Set up before the test's own fixtures, so that it looks when they have closed theirs."""
    with given_back(), nothing_left_open(), OPENED:
        yield
