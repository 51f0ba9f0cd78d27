"""Reading in a process of its own: what comes back, and what is ended."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from bot.machine.apart import MEMORY, Apart

if TYPE_CHECKING:
    from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def fill(size: int) -> int:
    return len(bytearray(size))


def spin() -> None:
    while True:
        pass


def stumble() -> None:
    message = "words of the file"
    raise ValueError(message)


@pytest.fixture(scope="module")
def room() -> Apart:
    return Apart((__name__,))


def test_what_a_reader_finds_comes_back(room: Apart) -> None:
    assert room.read(double, 21) == 42
    assert room.read(fill, MEMORY // 2) == MEMORY // 2


def test_files_are_read_where_the_temporary_folder_lies_deep(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert Apart((__name__,)).read(double, 21) == 42


def test_a_reader_that_does_not_come_to_an_end_is_ended(
    room: Apart, capfd: pytest.CaptureFixture[str]
) -> None:
    assert room.read(spin) is None, "time"
    assert room.read(fill, 2 * MEMORY) is None, "memory"
    assert room.read(os.abort) is None, "a fall"
    assert room.read(stumble) is None, "a mistake"
    assert room.read(double, 1) == 2, "and the next file is read"
    assert capfd.readouterr().err == "", "what a library says may hold words of the file"
