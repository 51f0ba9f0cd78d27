"""Few calls at once, and no tap's answer behind files."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from telegram import InputFile
from telegram.request import HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.calling import AT_ONCE, FILES_AT_ONCE, FewCalls

if TYPE_CHECKING:
    import pytest

SMALL = RequestData([RequestParameter("text", "Kenya", None)])
FILE = RequestData(
    [RequestParameter("document", "attach://it", [InputFile(io.BytesIO(b"x"), attach=True)])]
)


def test_so_many_calls_at_once_and_the_others_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way: list[str] = []
    done: list[str] = []
    go_on = asyncio.Event()

    async def called(_self: object, url: str, *_others: object) -> tuple[int, bytes]:
        under_way.append(url)
        await go_on.wait()
        done.append(url)
        return 200, b"{}"

    monkeypatch.setattr(HTTPXRequest, "do_request", called)

    async def run() -> None:
        few = FewCalls()
        files = [few.do_request(f"file {n}", "POST", FILE) for n in range(40)]
        small = [few.do_request(f"small {n}", "POST", SMALL) for n in range(40)]
        calls = [asyncio.create_task(one) for one in (*files, *small)]
        for _turn in range(4):
            await asyncio.sleep(0)
        assert under_way == [
            *(f"file {n}" for n in range(FILES_AT_ONCE)),
            *(f"small {n}" for n in range(AT_ONCE)),
        ]
        go_on.set()
        await asyncio.gather(*calls)

    asyncio.run(run())
    assert [one for one in done if "file" in one] == [f"file {n}" for n in range(40)]
    assert [one for one in done if "small" in one] == [f"small {n}" for n in range(40)]
