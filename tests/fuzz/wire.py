"""The Bot API double without a network between: the library's requests come in as they are made."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.request import BaseRequest

from bot.telegram.polling import CarefulRequest
from tests.botapi.errors import RefusedError
from tests.botapi.forms import Form, Upload
from tests.botapi.methods import handle
from tests.botapi.schema import decode

if TYPE_CHECKING:
    from telegram.request import RequestData

    from tests.botapi.state import World

EXPECTED = ("not modified", "chat not found", "wrong file", "invalid file", "not found", "query")
"""What Telegram, too, would say of such updates."""


@dataclass
class Wire:
    """What goes over it: each call with its chat, what was refused, the updates that wait."""

    world: World
    waiting: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def answer(self, url: str, data: RequestData | None) -> tuple[int, bytes]:
        """One call."""
        if "/file/" in url:
            found = [one.data for one in self.world.files.values() if url.endswith(one.path)]
            return (200, found[0]) if found else (404, b'{"ok": false, "error_code": 404}')
        method = url.rpartition("/")[2]
        if method == "getUpdates":
            return _good(self.waiting)
        form = _form(data)
        self.calls.append((method, dict(form.fields)))
        try:
            return _good(handle(self.world, method, decode(method, form)))
        except RefusedError as error:
            if not error.asked and not any(one in error.description for one in EXPECTED):
                self.refused.append(f"{method}: {error.description}")
            answer = {"ok": False, "error_code": error.code, "description": error.description}
            return error.code, json.dumps(answer).encode()


def _good(result: object) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode("ascii")


def _form(data: RequestData | None) -> Form:
    if data is None:
        return Form()
    files = data.multipart_data or {}
    uploads = {name: Upload(one[0], one[2], _bytes(one[1])) for name, one in files.items()}
    return Form(dict(data.json_parameters), uploads)


def _bytes(content: Any) -> bytes:  # noqa: ANN401 -- bytes, or what can be read
    return content if isinstance(content, bytes) else bytes(content.read())


class Calls(BaseRequest):
    """The library's way to call methods."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest`."""
        return 1.0

    async def initialize(self) -> None:
        """See `BaseRequest`."""

    async def shutdown(self) -> None:
        """See `BaseRequest`."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 -- the library's own
        """See `BaseRequest`."""
        url = kwargs.get("url") or args[0]
        return self._wire.answer(url, kwargs.get("request_data") or (args[2:] or (None,))[0])


class Polls(CarefulRequest):
    """The library's way to ask for updates, as careful as the bot's own."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 -- the library's own
        """See `BaseRequest`."""
        return self._wire.answer(kwargs.get("url") or args[0], None)
