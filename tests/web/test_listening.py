"""The real server and clients that mean no good: slow, many, long, odd. Raw sockets, no client."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from uvicorn.server import ServerState

from bot.commands.listening import Patience, configured
from bot.web.door import KEY_HEADER
from tests.web.serving import HOST, Served
from tests.world import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

LOOK = b"{}"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("listening") / "db")
    assert works(server)
    yield server
    server.stop()


@contextmanager
def impatient(path: Path, patience: Patience) -> Iterator[Served]:
    server = Served(path / "db", patience=patience)
    yield server
    server.stop()


@contextmanager
def line(served: Served) -> Iterator[socket.socket]:
    """A connection."""
    with socket.create_connection((HOST, served.port), PATIENCE) as found:
        yield found


def head(served: Served, first: str = "POST /state HTTP/1.1", *more: str, length: int = 2) -> bytes:
    lines = [first, f"Host: {HOST}:{served.port}", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in served.headers.items()]
    return "\r\n".join([*lines, *more, "", ""]).encode("latin-1")


def answered(one: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    found = b""
    try:
        while part := one.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


def answer_on(one: socket.socket) -> bytes:
    """One answer; less, where the server hangs up."""
    with one.makefile("rb") as file, suppress(ConnectionResetError):
        found = b""
        while not found.endswith(b"\r\n\r\n"):
            part = file.readline()
            if not part:
                return found
            found += part
        length = re.search(rb"content-length: (\d+)", found)
        return found + (file.read(int(length[1])) if length else file.read())
    return b""


def asked(served: Served, data: bytes) -> bytes:
    """The answer to these very bytes."""
    with line(served) as one:
        with suppress(ConnectionResetError, BrokenPipeError):
            one.sendall(data)
        return answer_on(one)


def works(served: Served) -> bool:
    return asked(served, head(served) + LOOK).startswith(b"HTTP/1.1 200 ")


def test_a_whole_request_is_answered(served: Served) -> None:
    found = asked(served, head(served) + LOOK)
    assert found.startswith(b"HTTP/1.1 200 ")
    assert json.loads(found.partition(b"\r\n\r\n")[2])["effects"]
    assert b"\r\nserver:" not in found.lower()


ODD = {
    "HTTP/1.0 without a name": (b"GET / HTTP/1.0\r\n\r\n", 400),
    "HTTP/1.1 without a name": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "HTTP/0.9": (b"GET /\r\n\r\n", 400),
    "HTTP/2 at once": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "two names": (b"GET / HTTP/1.1\r\nHost: {h}\r\nHost: {h}\r\n\r\n", 400),
    "two lengths": (
        b"POST /event HTTP/1.1\r\nHost: {h}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        400,
    ),
    "a folded line": (
        b"GET / HTTP/1.1\r\nHost: {h}\r\nA: b\r\n  Host: c\r\nContent-Length: -1\r\n\r\n",
        400,
    ),
    "a blank in a name": (b"GET / HTTP/1.1\r\nHost : {h}\r\n\r\n", 400),
    "no method": (b" / HTTP/1.1\r\nHost: {h}\r\n\r\n", 400),
    "a zero": (b"GET /\0 HTTP/1.1\r\nHost: {h}\r\n\r\n", 400),
    "TRACE": (b"TRACE / HTTP/1.1\r\nHost: {h}\r\n\r\n", 405),
    "CONNECT": (b"CONNECT {h} HTTP/1.1\r\nHost: {h}\r\n\r\n", 404),
    "another's address": (b"GET http://example.org/ HTTP/1.1\r\nHost: {h}\r\n\r\n", 404),
    "up the folders": (b"GET /static/../app.py HTTP/1.1\r\nHost: {h}\r\n\r\n", 404),
    "up, in code": (b"GET /static/%2e%2e/%2e%2e/settings.py HTTP/1.1\r\nHost: {h}\r\n\r\n", 404),
    "up, the other slash": (b"GET /static/..%5capp.py HTTP/1.1\r\nHost: {h}\r\n\r\n", 404),
    "a WebSocket": (
        b"GET /event HTTP/1.1\r\nHost: {h}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        405,
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_requests_are_refused(served: Served, odd: str) -> None:
    data, status = ODD[odd]
    found = asked(served, data.replace(b"{h}", f"{HOST}:{served.port}".encode()))
    assert found.startswith(f"HTTP/1.1 {status} ".encode()), found[:100]
    assert b"Traceback" not in found
    assert b"from __future__" not in found


def test_by_http_1_0_the_page_is_answered_and_the_line_closed(served: Served) -> None:
    found = asked(served, head(served, "POST /state HTTP/1.0") + LOOK)
    assert found.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("GET /" + "x" * MEGABYTE + " HTTP/1.1", ()),
        ("GET / HTTP/1.1", ("A: " + "x" * MEGABYTE,)),
        ("GET / HTTP/1.1", ("A: b",) * (MEGABYTE // 4)),
    ],
    ids=["the address", "a line", "many lines"],
)
def test_a_head_too_long_is_refused(served: Served, first: str, more: tuple[str, ...]) -> None:
    found = asked(served, head(served, first, *more))
    assert found.startswith(b"HTTP/1.1 400 ") or not found
    assert works(served)


@pytest.mark.parametrize("path", ["/state", "/event", "/half"])
def test_bodies_in_pieces_or_too_large_are_refused(served: Served, path: str) -> None:
    said = head(served, f"POST {path} HTTP/1.1").replace(
        b"Content-Length: 2", b"Transfer-Encoding: chunked"
    )
    assert asked(served, said + b"2\r\n{}\r\n0\r\n\r\n").startswith(b"HTTP/1.1 413 ")
    said = head(served, f"POST {path} HTTP/1.1", length=12_000_001)
    assert asked(served, said).startswith(b"HTTP/1.1 413 "), "before the body is there"
    both = head(served, f"POST {path} HTTP/1.1", "Transfer-Encoding: chunked")
    assert not asked(served, both + b"0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_without_the_key_no_body_is_waited_for(served: Served) -> None:
    said = head(served, length=11_000_000).replace(served.key.encode(), b"another")
    with line(served) as one:
        one.sendall(said)
        assert answer_on(one).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("part", ["nothing", "half a head", "half a body", "a second half"])
def test_who_is_slow_is_let_go(tmp_path: Path, part: str) -> None:
    with impatient(tmp_path, Patience(request=0.05)) as served, line(served) as one:
        whole = head(served) + LOOK
        if part == "a second half":
            one.sendall(whole)
            assert answer_on(one).startswith(b"HTTP/1.1 200 ")
        said = {"nothing": b"", "half a body": whole[:-1]}
        one.sendall(said.get(part, whole[:40]))
        assert answered(one) == b""
        assert works(served)


def test_who_reads_no_answer_is_let_go() -> None:
    async def large(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        body = bytes(50 * MEGABYTE)
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        done.set()

    async def played() -> None:
        config = configured(large, Patience(answer=0.05))
        config.load()
        connection: Any = config.http_protocol_class
        made = partial(connection, config, ServerState(), {})
        server = await asyncio.get_running_loop().create_server(made, HOST, 0)
        async with server:
            address = server.sockets[0].getsockname()
            _reader, writer = await asyncio.open_connection(*address, limit=1024)
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await asyncio.wait_for(done.wait(), PATIENCE)
            writer.close()

    done = asyncio.Event()
    asyncio.run(played())


def test_of_too_many_the_one_that_says_nothing_longest_is_let_go(tmp_path: Path) -> None:
    with impatient(tmp_path, Patience(connections=5)) as served, ExitStack() as lines:
        silent = [lines.enter_context(line(served)) for _ in range(12)]
        assert [answered(one) for one in silent[:7]] == [b""] * 7
        assert works(served), "whoever asks at once is answered"
        silent[-1].sendall(head(served) + LOOK)
        assert answer_on(silent[-1]).startswith(b"HTTP/1.1 200 ")


def test_a_key_said_twice_opens_nothing(served: Served) -> None:
    said = head(served, "POST /state HTTP/1.1", f"{KEY_HEADER}: {served.key}")
    assert asked(served, said + LOOK).startswith(b"HTTP/1.1 403 ")
