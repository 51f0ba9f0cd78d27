"""HTTP as the Bot API's callers speak it, and no more: cheap enough to be no part of a figure."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = re.compile(rb"[A-Z]+ /bot[^/ ]*/([A-Za-z]+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_FIELD = re.compile(rb'name="([a-z_]+)"\r\n\r\n(.*?)\r\n--', re.DOTALL)
_FILE = b"; filename="


class Call(NamedTuple):
    """One call: the method, and what came with it, not read yet."""

    method: str
    form: bool
    body: bytes

    def fields(self) -> dict[str, str]:
        """The parameters, without files."""
        if self.form:
            return dict(parse_qsl(self.body.decode()))
        # The files come last, and are most of it.
        end = self.body.find(_FILE)
        found = _FIELD.findall(self.body, 0, end if end >= 0 else len(self.body))
        return {name.decode(): value.decode() for name, value in found}


class Wire(asyncio.Protocol):
    """A caller's connection. `answered` gives an answer's JSON, or None: it comes later."""

    def __init__(self, answered: Callable[[Call, Wire], str | None]) -> None:
        self._answered = answered
        self._buffer = bytearray()
        self._head = 0
        self._whole = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A caller is there."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- the protocol's own
        """The caller has gone."""
        self._transport = None

    @property
    def is_open(self) -> bool:
        """Whether the caller is still there."""
        return self._transport is not None

    def data_received(self, data: bytes) -> None:
        """Take what came; answer what is whole."""
        self._buffer += data
        while self._is_whole():
            call = self._call()
            answer = self._answered(call, self)
            if answer is not None:
                self.say(answer)

    def _is_whole(self) -> bool:
        if not self._whole:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            found = _LENGTH.search(self._buffer, 0, end)
            self._head = end + 4
            self._whole = self._head + (int(found[1]) if found else 0)
        return len(self._buffer) >= self._whole

    def _call(self) -> Call:
        head = bytes(self._buffer[: self._head])
        body = bytes(self._buffer[self._head : self._whole])
        del self._buffer[: self._whole]
        self._whole = 0
        found = _HEAD.match(head)
        return Call(found[1].decode() if found else "", b"multipart/form-data" not in head, body)

    def say(self, answer: str) -> None:
        """Answer; a refusal has its code in it, as the Bot API writes it."""
        if self._transport is None:
            return
        status = b"200 OK" if answer.startswith('{"ok":true') else b"400 Bad Request"
        if '"error_code":429' in answer:
            status = b"429 Too Many Requests"
        data = answer.encode()
        self._transport.write(
            b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(data), data)
        )
