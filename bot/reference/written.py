"""The files that people write, as text and as settings: within bounds, from whatever computer.

Byte-order marks go, line ends are line feeds, accents are composed, invisible characters go. What
a Mac or Windows leaves in folders is passed over.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.letters.signatories import is_removed

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 200_000
MAX_LINE = 5_000
"""Characters of a line."""

MAX_TOLD = 20
"""Problems of a folder that are told: who has more mends these first."""

MAX_SAYS = 1_000
"""Characters of what is told of one."""

MAX_SETTINGS, MAX_LINES = 64_000, 3_000
"""Characters and lines of settings: reading TOML takes the longer the more keys there are."""

MAX_DOTS = 8
_DOTTED = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_DOTS}}}"""
)
"""A key within a key and so on, which takes the square of its length to read."""

_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LEFT_BY_SYSTEMS = frozenset({"__macosx", "system volume information", "$recycle.bin"})
_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file of a folder; line 0 is the file as a whole."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        """As compilers say it: file:line: what."""
        return f"{self.file}:{self.line}: {self.says}" if self.line else f"{self.file}: {self.says}"


def told(problems: list[Problem]) -> list[Problem]:
    """The first of the problems, and how many more there are."""
    found = [replace(one, says=_short(one.says)) for one in problems[:MAX_TOLD]]
    rest = len(problems) - len(found)
    return [*found, Problem(found[-1].file, 0, f"and {rest} more")] if rest else found


def _short(text: str) -> str:
    return text if len(text) <= MAX_SAYS else text[: MAX_SAYS - 1] + "…"


def is_left_by_system(name: str) -> bool:
    """Whether it is nothing that a person made: ._fr.po, .DS_Store, __MACOSX."""
    return name.startswith(".") or name.casefold() in _LEFT_BY_SYSTEMS


def folders(root: Path, settings: str) -> list[Path]:
    """The folders in which such settings stand or seem to be meant, by name."""
    found = [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
    return sorted(
        path
        for path in found
        if not is_left_by_system(path.name) and ((path / settings).exists() or near(path, settings))
    )


def settings_in(folder: Path, name: str) -> tuple[str, dict[str, Any]] | Problem:
    """A folder's file of settings, as its text and what that says."""
    text = text_of(folder / name)
    if isinstance(text, Problem):
        return text
    data = _settings_of(name, text)
    return data if isinstance(data, Problem) else (text, data)


def _settings_of(name: str, text: str) -> dict[str, Any] | Problem:
    """What a file of settings (TOML) says; or the line at which it cannot be read."""
    if len(text) > MAX_SETTINGS or text.count("\n") > MAX_LINES:
        return Problem(name, 0, f"has at most {MAX_SETTINGS} characters on {MAX_LINES} lines")
    dotted = _DOTTED.search(text)
    if dotted:
        line = text.count("\n", 0, dotted.start()) + 1
        return Problem(name, line, "a key has no dots in it")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found and found[1] else len(text.splitlines())
        hint = "texts stand in straight quotes, days as 2026-12-03, [[events]] in two brackets"
        return Problem(name, line, f"{_AT.sub('', str(error)).strip()}: {hint}")


class Lines:
    """Where each key of settings stands: "title.fr.text", and of "[[events]]" each by its turn."""

    def __init__(self, text: str) -> None:
        self._found: dict[str, list[int]] = defaultdict(list)
        table = ""
        for number, line in enumerate(text.split("\n"), start=1):
            head, key = _TABLE.match(line), _KEY.match(line)
            if head:
                table = f"{head[2]}."
                self._found[head[2]].append(number)
            elif key:
                self._found[f"{table}{key[1]}"].append(number)

    def of(self, key: str) -> int:
        """The line of the key, of the table that it belongs in, or 0."""
        while key:
            if key in self._found:
                return self._found[key][0]
            begins = [lines[0] for one, lines in self._found.items() if one.startswith(f"{key}.")]
            if begins:
                return min(begins)
            key = key.rpartition(".")[0]
        return 0


def near(folder: Path, name: str) -> str:
    """A file that seems to be meant: Campaign.toml, campaign.toml.txt; empty where none is."""
    found = (
        one.name
        for one in folder.iterdir()
        if not is_left_by_system(one.name)
        and unicodedata.normalize("NFKC", one.name).casefold().strip().startswith(name)
    )
    return min(found, default="")


def text_of(path: Path) -> str | Problem:
    """What a file of a folder says."""
    try:
        if path.exists() and not path.is_file():
            return Problem(path.name, 0, "is no file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        other = near(path.parent, path.name) if path.parent.is_dir() else ""
        hint = f": {other} must be called {path.name}" if other else ""
        return Problem(path.name, 0, f"is missing{hint}")
    except OSError as error:
        return Problem(path.name, 0, f"cannot be read: {error.strerror}")
    if len(data) > MAX_BYTES:
        return Problem(path.name, 0, f"is larger than {MAX_BYTES} bytes")
    if data.startswith(_UTF16):
        says = "is in UTF-16: save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
        return Problem(path.name, 0, says)
    try:
        return _cleaned(path.name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(path.name, line, "is not in UTF-8: save it in that encoding")


def _cleaned(name: str, text: str) -> str | Problem:
    """The text in one form; a control character is told, since it may stand for something."""
    whole = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    lines = whole.split("\n")
    # Each of its characters is looked at once: folders are read at every start.
    odd = any(char != "\t" and (is_control(char) or is_removed(char)) for char in {*whole} - {"\n"})
    if not odd and max(map(len, lines)) <= MAX_LINE:
        return whole
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            return Problem(name, number, f"a line has at most {MAX_LINE} characters")
        control = next((char for char in line if is_control(char)), "")
        if control:
            says = f"a control character (U+{ord(control):04X}) stands here: delete it"
            return Problem(name, number, says)
    return "\n".join(
        "".join(char for char in line if char == "\t" or not is_removed(char)) for line in lines
    )


def is_control(char: str) -> bool:
    """Whether it is one that no document may hold, or that stands for a line break of its own."""
    return char != "\t" and unicodedata.category(char) in {"Cc", "Zl", "Zp"}
