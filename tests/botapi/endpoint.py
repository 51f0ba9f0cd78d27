"""Answers the calls: faults first, then the rules."""

from __future__ import annotations

import asyncio
import contextlib
import json
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from tests.botapi.calls import Call
from tests.botapi.errors import Refusal, RefusedError, conflict
from tests.botapi.faults import Fault, Faults
from tests.botapi.forms import Form, read_form
from tests.botapi.methods import handle
from tests.botapi.schema import check_result, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from tests.botapi.state import Json, World
    from tests.botapi.wake import Wake

_LONGEST_POLL = 50
_FOREVER = 3600.0
_GRACE = 0.05


class Escaped(JSONResponse):
    r"""JSON in ASCII, as Telegram writes it: half of a character can stand in it as \ud83d."""

    def render(self, content: object) -> bytes:
        """The bytes."""
        return json.dumps(content).encode("ascii")


@dataclass
class Desk:
    """What the endpoints share with the test."""

    token: str
    world: World
    wake: Wake
    drop: Callable[[int], None] = lambda _port: None
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)
    closing: bool = False

    def refuse(self, call: Call, error: RefusedError) -> None:
        """Note a refusal, unless the test asked for it."""
        asked = error.asked or any(
            method in ("*", call.method) and part in error.description
            for method, part in self.expected
        )
        if not asked:
            self.refusals.append(
                Refusal(call.method, error.code, error.description, call.parameters)
            )

    def hand(self, update: Json) -> None:
        """Note that an update is brought."""
        self.world.updates.note(update)
        self.excuse(update)

    def excuse(self, update: Json) -> None:
        """A tap that was handed over more than once may be answered more than once."""
        again = self.world.updates.delivered[update["update_id"]] > 1
        query = self.world.queries.get(update.get("callback_query", {}).get("id"))
        if again and query:
            query.excused = True


class Endpoint:
    """An ASGI application for `/bot<token>/<method>`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or leave it without an answer."""
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        response = await self._respond(request, body)
        if response is None:
            client = request.client
            if client:
                self._desk.drop(client.port)
            await _gone(request)
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request, body: bytes) -> Response | None:
        desk = self._desk
        port = request.client.port if request.client else 0
        call = Call(request.path_params["method"], port=port)
        if request.path_params["token"] != desk.token:
            return self._refused(call, RefusedError(401, "Unauthorized"))
        kind = request.headers.get("content-type", "")
        try:
            form = read_form(request.url.query, kind, body)
        except RefusedError as error:
            return self._refused(call, error)
        with desk.wake.change():
            desk.calls.append(call)
            call.parameters = {**form.fields, **form.uploads}
            fault = desk.faults.take(call.method, str(form.fields.get("chat_id", "")))
            call.fault = fault.kind if fault else ""
        if fault and not fault.after:
            answer = await self._fail(request, call, fault)
            if not fault.released:
                return answer
        response = await self._apply(request, call, form)
        if fault and fault.after:
            answer = await self._fail(request, call, fault)
            if not fault.released:
                return answer
        return response

    async def _fail(self, request: Request, call: Call, fault: Fault) -> Response | None:
        if fault.kind == "timeout":
            await self._until(request, lambda: fault.released, _FOREVER)
        if fault.kind in ("timeout", "drop"):
            with self._desk.wake.change():
                call.status = call.status if fault.released else 0
            return None
        status, kind, body = fault.answer()
        with self._desk.wake.change():
            call.status, call.response = status, body.decode()
        return Response(body, status, media_type=kind)

    async def _apply(self, request: Request, call: Call, form: Form) -> Response | None:
        desk = self._desk
        try:
            call.parameters = decode(call.method, form)
            if call.method == "getUpdates":
                return await self._poll(request, call)
            with desk.wake.change():
                result = handle(desk.world, call.method, call.parameters)
                check_result(call.method, result)
                return self._done(call, result)
        except RefusedError as error:
            return self._refused(call, error)
        except Exception:  # noqa: BLE001 - a fault of the double has to reach the test
            return self._refused(call, RefusedError(500, f"the double: {traceback.format_exc()}"))

    async def _poll(self, request: Request, call: Call) -> Response | None:
        desk, updates, args = self._desk, self._desk.world.updates, call.parameters
        with desk.wake.change():
            poll = updates.begin_poll(args)
        wait = min(args.get("timeout", 0), _LONGEST_POLL)
        there = await self._until(request, lambda: updates.ready() or updates.poll != poll, wait)
        if there and updates.poll != poll:
            # a killed bot may be seen to leave only just after its successor arrives
            there = await self._until(request, lambda: False, _GRACE)
        with desk.wake.change():
            updates.end_poll(poll)
            if not there or desk.closing:
                call.status = 0
                return None
            if updates.poll != poll:
                who = "setWebhook" if updates.webhook else "other getUpdates"
                hint = "; make sure that only one bot instance is running"
                msg = f"terminated by {who} request{'' if updates.webhook else hint}"
                raise conflict(msg)
            page = updates.take(args.get("limit", 100))
            check_result(call.method, page)
            for update in page:
                desk.excuse(update)
            return self._done(call, page)

    async def _until(
        self,
        request: Request,
        predicate: Callable[[], bool],
        timeout: float,  # noqa: ASYNC109 - as the caller's clock runs
    ) -> bool:
        """Wait for the predicate; return whether the caller is still there."""
        desk = self._desk
        gone = asyncio.ensure_future(_gone(request))
        woken = asyncio.ensure_future(
            desk.wake.wait_for(lambda: desk.closing or predicate(), timeout)
        )
        await asyncio.wait({gone, woken}, return_when=asyncio.FIRST_COMPLETED)
        left = gone.done()
        for task in (gone, woken):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        return not left

    def _done(self, call: Call, result: object) -> Response:
        call.response = {"ok": True, "result": result}
        call.status = 200
        return Escaped(call.response)

    def _refused(self, call: Call, error: RefusedError) -> Response:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": error.code,
            "description": error.description,
        }
        with self._desk.wake.change():
            if call not in self._desk.calls:
                self._desk.calls.append(call)
            call.response, call.status = answer, error.code
            self._desk.refuse(call, error)
        return JSONResponse(answer, error.code)


class Download:
    """An ASGI application for `/file/bot<token>/<path>`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file's bytes."""
        params = Request(scope).path_params
        response: Response = JSONResponse(
            {"ok": False, "error_code": 404, "description": "Not Found"}, 404
        )
        if params["token"] == self._desk.token:
            with self._desk.wake.held():
                for file in self._desk.world.files.values():
                    if file.path == params["path"]:
                        response = Response(file.data, media_type="application/octet-stream")
        await response(scope, receive, send)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
