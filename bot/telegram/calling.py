"""Calls to Telegram, few at once: the library below searches all connections for each of them.

With hundreds of calls in its pool that search takes more time than all else that an answer costs.
So the others wait here, in their order. Files have places of their own: a tap's answer does not
wait until somebody's ZIP has gone over a slow line.
"""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from telegram.request import BaseRequest, HTTPXRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

AT_ONCE = 24
"""Telegram answers within a tenth of a second, and allows thirty messages a second."""

FILES_AT_ONCE = 16

# httpcore asks in each call again whether there is such a library; where there is none, Python
# looks through all its folders each time. This says at once that there is none.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


class FewCalls(HTTPXRequest):
    """So many calls at once, and so many with files."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=AT_ONCE + FILES_AT_ONCE)
        self._small = asyncio.Semaphore(AT_ONCE)
        self._large = asyncio.Semaphore(FILES_AT_ONCE)

    async def do_request(  # noqa: PLR0913, PLR0917 -- the library's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call, when it is its turn."""
        large = request_data is not None and request_data.contains_files
        async with self._large if large else self._small:
            return await super().do_request(
                url,
                method,
                request_data,
                read_timeout,
                write_timeout,
                connect_timeout,
                pool_timeout,
            )
