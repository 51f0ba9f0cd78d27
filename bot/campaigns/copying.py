"""The campaigns that come with the program, to be copied and filled in."""

from __future__ import annotations

from pathlib import Path

from bot.campaigns.folder import is_key

MODELS = Path(__file__).parent / "models"


def names() -> list[str]:
    """What they are called."""
    return sorted(path.name for path in MODELS.iterdir() if path.is_dir())


def copied(like: str, root: Path, key: str) -> Path | str:
    """The folder of a campaign made like that one; or why there is none. Nothing is overwritten."""
    if like not in names():
        return f"“{like}” does not come with the program; there are {', '.join(names())}"
    if not is_key(key):
        return f"“{key}”: a name is of small letters, digits and hyphens, at most 32 of them"
    folder = root / key
    try:
        folder.mkdir(parents=True)
        for file in sorted((MODELS / like).iterdir()):
            if file.is_file():
                (folder / file.name).write_bytes(file.read_bytes())
    except FileExistsError:
        return f"{folder} is there already: give another name"
    except OSError as error:
        return f"{folder} cannot be written: {error.strerror}"
    return folder
