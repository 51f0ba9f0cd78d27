r"""Golden dialogues: what the user does, and what the bot shows.

A dialogue file holds lines that begin with ">": "> /new" is a command, "> [Label]" a tap,
anything else is typed ("\n" is a line break). "> @2 fr" goes on as another person at the same desk,
in that language; "> (link)" opens the link that was sent last. "> (written)" is the end of the
letters to many States that were begun, "> (2026-04-02)" the day from then on (on which the program
looks what has lived its time), "> (file book.csv)" a
file of `files`. What is indented is
the bot's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import RunJob, SendInvitation
from bot.letters.model import Language
from tests.conversation.talk import Talk, written

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parent / "files"
DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))


def play(talk: Talk, line: str) -> None:
    said = line.removeprefix("> ")
    if said.startswith("/"):
        talk.command(said[1:])
    elif said.startswith("["):
        talk.tap(said[1:-1])
    elif said == "(written)":
        job_id = next(one.job_id for one in talk.effects if isinstance(one, RunJob))
        talk.desk.end_job(job_id, done=True)
        talk.do(JobEnded(job_id))
    elif said.startswith("(2"):
        day = date.fromisoformat(said[1:-1])
        talk.desk.today = lambda: day
        talk.desk.tidy()
    elif said.startswith("(file "):
        name = said[6:-1]
        talk.file((FILES / name).read_bytes(), name)
    else:
        talk.type(said.replace("\\n", "\n"))


def has_invitation(talk: Talk) -> bool:
    return any(isinstance(one, SendInvitation) for one in talk.effects)


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(path: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    language = Language(path.stem.rsplit("-", 1)[1])
    talk = Talk(tmp_path / "db", language=language)
    lines: list[str] = []
    people, last = {"1": talk}, ""
    talk.desk.public_url = "https://letters.example.org"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("> @"):
            number, _blank, code = line[3:].partition(" ")
            talk = people.setdefault(number, talk.beside(f"test:{number}", Language(code or "en")))
            lines += [line, ""]
        elif line == "> (link)":
            lines += [line, written(talk.start(last).effects) + "\n"]
        elif line.startswith("> "):
            play(talk, line)
            last = talk.invitation if has_invitation(talk) else last
            is_day = line.startswith("> (2")
            lines += [line, "" if is_day else written(talk.effects) + "\n"]
    assert lines
    golden(path, "\n".join(lines))
