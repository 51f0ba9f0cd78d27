"""Documents made in processes: alike, fair to go on after a death, gone with the program."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.desk import papers
from bot.desk.opening import READERS
from bot.machine.apart import Apart
from bot.machine.hands import DiedError, Own, Workers
from tests.bench.documents import composed, requests_of_2010
from tests.botapi import BotApi
from tests.telegram.running import running
from tests.telegram.test_letter import a_letter, step
from tests.works import fatal, fatal_once, odd, wrong
from tests.world import PATIENCE, make_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

KINDS = ("png", "pdf", "docx", "txt")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    Apart(READERS)  # it says what the server has loaded that both are forked from
    found = Workers(1)
    found.do(papers.warm_up)
    yield found
    found.close()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_a_worker_makes_is_what_its_program_would_have_made(workers: Workers) -> None:
    letter = composed(next(requests_of_2010()))
    assert workers.do(papers.preview, letter, None) == papers.preview(letter, None)
    files = workers.do(papers.all_files, letter, KINDS, None)
    assert files == papers.all_files(letter, KINDS, None)


def test_whoever_dies_is_replaced_and_what_it_died_of_is_tried_once_more(
    tmp_path: Path, workers: Workers
) -> None:
    before = workers.do(os.getpid)
    assert workers.do(fatal_once, str(tmp_path / "mark")) != before
    with pytest.raises(DiedError):
        workers.do(fatal)
    assert workers.do(os.getpid)


def test_a_mistake_is_raised_where_it_is_waited_for_and_ends_nobody(workers: Workers) -> None:
    before = workers.do(os.getpid)
    with pytest.raises(LookupError, match="a mistake of ours"):
        workers.do(wrong)
    with pytest.raises(RuntimeError, match="function"):
        workers.do(odd)
    assert workers.do(os.getpid) == before


def test_nobody_remembers_what_is_to_be_forgotten(workers: Workers) -> None:
    before = workers.do(os.getpid)
    workers.forget()
    assert not is_there(before)
    assert workers.do(os.getpid) != before


def test_a_signal_to_stop_is_for_the_program(workers: Workers) -> None:
    before = workers.do(os.getpid)
    os.kill(before, signal.SIGTERM)
    assert workers.do(os.getpid) == before


KILLED = """
import os, signal, sys
from bot.desk.opening import READERS
from bot.machine.apart import Apart
from bot.machine.hands import Workers
if __name__ == "__main__":
    workers = Workers(1)
    print(workers.do(os.getpid), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_is_left_alone_by_a_kill_ends(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    ours = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, program], stdout=subprocess.PIPE, check=False, timeout=PATIENCE
    )
    assert ours.returncode == -signal.SIGKILL
    # The pipe of what was printed is at its end when the last process that has it is.
    assert not is_there(int(ours.stdout)) or _is_over(int(ours.stdout))


def _is_over(pid: int) -> bool:
    """Whether only its parent is still to hear of its end."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 -- one line of the system's
        return stat.read().rpartition(")")[2].split()[0] == "Z"


class Dying(Own):
    """Workers that die of every letter to look at."""

    def do(self, work: Callable[..., T], *values: object) -> T:
        """See `bot.machine.hands.Hands`."""
        if work is papers.preview:
            raise DiedError
        return work(*values)


def test_a_letter_that_workers_die_of_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        desk.hands = Dying()
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await a_letter(api, user, "en")
            assert any("due here has stopped me" in one for one in user.texts)
            await step(api, user.tap, "PDF")
            assert user.documents(), "what they do not die of is there"

    asyncio.run(run())


def test_a_whole_letter_by_workers(tmp_path: Path, workers: Workers) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        desk.hands = workers
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await a_letter(api, user, "en")
            await step(api, user.tap, "Share")
            await step(api, user.tap, "All")
            assert len(user.photos()) == 1
            assert len(user.documents()) == len(KINDS)
            assert not api.refusals

    asyncio.run(run())
