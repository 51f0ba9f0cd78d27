"""What the system that looks after the program is told: that it runs, and still turns.

Where systemd started it, it has said at which socket (sd_notify(3)); elsewhere nobody is told.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

READY, ALIVE = "READY=1", "WATCHDOG=1"


def tell(state: str) -> bool:
    """Whether the state was told to somebody."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):  # a name that is no file's
        address = f"\0{address[1:]}"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
            told.setblocking(False)  # noqa: FBT003 -- the bot waits for nobody who does not listen
            told.sendto(state.encode(), address)
    except OSError:
        return False
    return True


async def kept_awake(between: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Say that the program is ready, and then twice in the time that it is waited, that it turns.

    Whether Telegram is heard is no matter of this: a network that is out is mended by no new start.
    """
    tell(READY)
    seconds = _waited()
    while seconds:
        await between(seconds / 2)
        tell(ALIVE)


def _waited() -> float:
    """The seconds after which the program is taken for dead, 0 where nobody waits."""
    mine = os.environ.get("WATCHDOG_PID") in {None, str(os.getpid())}
    limit = os.environ.get("WATCHDOG_USEC", "")
    return int(limit) / 1e6 if mine and limit.isdecimal() else 0.0
