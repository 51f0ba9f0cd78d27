"""The files of a campaign folder as text: within bounds, whatever computer they come from.

Byte-order marks go, line ends are line feeds, accents are composed, invisible characters go. What
a Mac or Windows leaves in folders is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.letters.signatories import is_removed

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "campaign.toml"
MAX_BYTES = 200_000
MAX_LINE = 5_000
"""Characters of a line."""

MAX_TOLD = 20
"""Problems of a folder that are told: who has more mends these first."""

MAX_SAYS = 1_000
"""Characters of what is told of one."""

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


def folders(root: Path) -> list[Path]:
    """The folders in which a campaign stands or seems to be meant, by name."""
    found = [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
    return sorted(
        path
        for path in found
        if not is_left_by_system(path.name) and ((path / SETTINGS).exists() or near(path, SETTINGS))
    )


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
    lines = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).split("\n")
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
