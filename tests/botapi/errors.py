"""Refusals, in the shape Telegram gives them."""

from __future__ import annotations

from dataclasses import dataclass


class RefusedError(Exception):
    """A method call Telegram would refuse."""

    def __init__(self, code: int, description: str, *, asked: bool = False) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.asked = asked


@dataclass(frozen=True)
class Refusal:
    """A refusal that was given to the bot."""

    method: str
    code: int
    description: str
    parameters: dict[str, object]


def bad(description: str, *, asked: bool = False) -> RefusedError:
    """Return the error for a request that is wrong in itself."""
    return RefusedError(400, f"Bad Request: {description}", asked=asked)


def forbidden(description: str, *, asked: bool = False) -> RefusedError:
    """Return the error for a chat the bot may not write to."""
    return RefusedError(403, f"Forbidden: {description}", asked=asked)


def conflict(description: str, *, asked: bool = False) -> RefusedError:
    """Return the error for two ways of fetching updates at once."""
    return RefusedError(409, f"Conflict: {description}", asked=asked)


def not_modelled(what: str) -> RefusedError:
    """Return the error for what Telegram knows and this double does not."""
    return bad(f"the double does not model {what}")
