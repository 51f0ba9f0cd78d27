r"""Golden dialogues: what the user does, and what the bot shows.

A dialogue file holds lines that begin with ">": "> /new" is a command, "> [Label]" a tap,
anything else is typed ("\n" is a line break). What is indented is the bot's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.letters.model import Language
from tests.conversation.talk import Talk, written

if TYPE_CHECKING:
    from collections.abc import Callable

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))


def play(talk: Talk, line: str) -> None:
    said = line.removeprefix("> ")
    if said.startswith("/"):
        talk.command(said[1:])
    elif said.startswith("["):
        talk.tap(said[1:-1])
    else:
        talk.type(said.replace("\\n", "\n"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(path: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    language = Language(path.stem.rsplit("-", 1)[1])
    talk = Talk(tmp_path / "db", language=language)
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            play(talk, line)
            lines += [line, written(talk.effects), ""]
    assert lines
    golden(path, "\n".join(lines))
