"""Pieces of work for workers, in a module that is quick to import: they import it, too."""

from __future__ import annotations

import os


def fatal_once(mark: str) -> int:
    """Falls where nobody has fallen before."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return os.getpid()
    os._exit(9)


def fatal() -> None:
    """Falls."""
    os._exit(9)


def wrong() -> None:
    """Makes a mistake."""
    message = "a mistake of ours"
    raise LookupError(message)


def odd() -> object:
    """Gives what cannot be handed on."""
    return lambda: 0
