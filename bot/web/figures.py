"""The page of figures: for Prometheus alone, at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.machine.figures import page

if TYPE_CHECKING:
    from starlette.requests import Request


def build() -> Starlette:
    """The page, and nothing else."""
    return Starlette(routes=[Route("/metrics", _figures)])


async def _figures(_request: Request) -> Response:
    """In the loop's own thread: what is asked of the bot's queues is asked while they stand."""
    text, kind = page()
    return Response(text, headers={"Content-Type": kind})
