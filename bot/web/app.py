"""One page on 127.0.0.1: events come in as JSON, effects go out as JSON.

Only the page itself may ask, in a tab that holds the key: see `door`.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation.talk.effects import Propose, RunJob
from bot.desk.fair import FairExecutor, acting_for
from bot.desk.mistakes import mistake, sorry
from bot.letters.model import Language
from bot.storage.errors import StoreError
from bot.web.around import around, closed
from bot.web.door import Door, Shut
from bot.web.errands import Errands
from bot.web.halves import Halves
from bot.web.inbound import NoEventError, event_of, half_of, look_of, number_of
from bot.web.languages import spoken
from bot.web.made import again
from bot.web.people import CHANNEL, People
from bot.web.shown import files, shown, shut, words
from bot.web.signing.app import SIGNING, SigningPages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Scope

    from bot.desk import Desk, Receipt
    from bot.web.errands import Written

log = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent / "static"
TIDY_SECONDS = 60.0
MAX_BODY = 12_000_000
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Answer(JSONResponse):
    """JSON in strict UTF-8, whatever a text holds: what is no character is a question mark."""

    def render(self, content: object) -> bytes:
        """The bytes."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


class Fresh(StaticFiles):
    """The page's parts, looked for anew each time: none of an earlier version beside the others."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One of them."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


class WebChannel:
    """Takes events from the page to the desk and its receipts back."""

    def __init__(self, desk: Desk, door: Door, people: People) -> None:
        self._desk = desk
        self._door = door
        self._people = people
        self.workshop = FairExecutor()
        self.errands = Errands(desk, self.workshop)
        self.halves = Halves()
        self.signing = SigningPages(desk, self.workshop)

    async def page(self, request: Request) -> Response:
        """The page itself, in the browser's language: the same for whoever asks, key or not."""
        language = _language(request) or Language.EN
        said = {**words(self._desk, language), "language": language}
        page = Template((STATIC / "page.html").read_text(encoding="utf-8"))
        text = page.substitute({key: html.escape(word) for key, word in said.items()})
        return HTMLResponse(text, headers={"Content-Security-Policy": CONTENT_POLICY})

    async def state(self, request: Request) -> Response:
        """Where the user is; to a page just opened, with the letter, its files, the half text."""
        asked = await self._asked(request)
        if isinstance(asked, Response):
            return asked
        try:
            look = look_of(asked)
            cookie = self._people.adopt(_number(request), request.cookies) if look.opened else ""
            user = self._people.of(_number(request))
            effects = self.errands.confirmed(user, look.got)
            owed, ended = self.errands.owed(user)
            session = self._desk.store.people.load(user)
            receipt = self._desk.gone(session) or self._desk.current(user, _language(request))
            before = again(self._desk, user, look.made) if look.opened else ()
        except NoEventError:
            return _refused(400)
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)
        if receipt.forgotten is not None:
            return await self._forgotten(receipt)
        receipt = replace(receipt, effects=effects or ended or receipt.effects)
        if not look.opened:
            return await self._answer(receipt, owed)
        receipt = replace(receipt, effects=(*before, *receipt.effects))
        given = self.errands.given(user)
        if given and given.word in look.made:
            owed = (*owed, given)
        half = self.halves.take(user, look.opened)
        with self._desk.store.begun.mark(f"opened:{CHANNEL}:{number_of(user, 0)}") as deaths:
            receipt = self._desk.not_owed(receipt) if deaths else receipt
            answer = await self._answer(receipt, owed, half)
        if cookie:
            answer.delete_cookie(cookie, httponly=True, samesite="strict")
        return answer

    async def half(self, request: Request) -> Response:
        """What stands in the field of a tab that goes out of sight."""
        asked = await self._asked(request)
        if isinstance(asked, Response):
            return asked
        try:
            tab, text = half_of(asked)
        except NoEventError:
            return _refused(400)
        self.halves.keep(self._people.of(_number(request)), tab, text)
        return Response(status_code=204)

    async def event(self, request: Request) -> Response:
        """One event of the page."""
        asked = await self._asked(request)
        if isinstance(asked, Response):
            return asked
        try:
            event, number = event_of(asked)
        except NoEventError:
            return _refused(400)
        user = self._people.of(_number(request))
        update = (CHANNEL, number_of(user, number))
        try:
            language = _language(request)
            receipt = await self._desk.take(user, event, update=update, language=language)
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)
        if receipt.forgotten is not None:
            return await self._forgotten(receipt)
        if receipt.put_away:
            self.halves.drop(user)
            await self.errands.drop(user)
        self.errands.begin(user, receipt.effects)
        with self._desk.store.begun.mark(f"owed:{CHANNEL}:{update[1]}") as deaths:
            return await self._answer(self._desk.not_owed(receipt) if deaths else receipt)

    async def _asked(self, request: Request) -> bytes | Response:
        """The body of a request of the page; or the answer to whoever it is that asks."""
        why = self._door.shut(request)
        if why is Shut.FOREIGN:
            return _refused(403)
        if why is not None:
            language = _language(request) or Language.EN
            return Answer(shut(self._desk, language, why), 403)
        if not _fits(request.headers.get("content-length", "")):
            return _refused(413)
        try:
            return await request.body()
        except ClientDisconnect:
            return _refused(400)

    async def _forgotten(self, receipt: Receipt) -> Response:
        """The answer to somebody whose data was all deleted."""
        self.halves.drop(receipt.user_id)
        self._people.drop(receipt.user_id)
        await self.errands.drop(receipt.user_id)
        return await self._answer(receipt)

    async def tidy(self, between: Callable[[float], Awaitable[None]]) -> None:
        """Tidy now and then, and delete what can be undone no more, or has lived its time.

        The latter two at the start, too.
        """
        does = self._desk.expire
        while True:
            try:
                await self.end_deletions()
                does()
            except StoreError as error:
                log.warning("the database could not be tidied: %s", error)
            await between(TIDY_SECONDS)
            does = self._desk.tidy

    async def end_deletions(self) -> None:
        """Delete what can be undone no more; who comes back to the page is told there."""
        try:
            receipts = self._desk.end_deletions()
        except StoreError as error:
            log.warning("what is to be deleted has to wait: %s", error)
            return
        for receipt in receipts:
            self._people.drop(receipt.user_id)
            self.halves.drop(receipt.user_id)
            await self.errands.drop(receipt.user_id)

    async def _answer(
        self, receipt: Receipt, owed: tuple[Written, ...] = (), half: str = ""
    ) -> Response:
        language = receipt.language
        effects = [
            {**files(self._desk, language, one.documents), "made": one.word, "owed": one.owed}
            for one in owed
        ]
        if receipt.forgotten is not None or receipt.put_away:
            effects.append({"kind": "cleared"})
        with acting_for(receipt.user_id):
            effects += [
                await shown(self._desk, self.workshop, effect, receipt)
                for effect in receipt.effects
                if not isinstance(effect, RunJob | Propose)
            ]
        self._desk.settle(receipt)
        labels = words(self._desk, language)
        return Answer({"language": language, "labels": labels, "effects": effects, "half": half})

    async def broken(self, request: Request, error: Exception) -> Response:
        """A mistake of ours, with a reference: to the page's own questions as JSON."""
        found = mistake(self._desk, error)
        if request.url.path.startswith(SIGNING):
            return self.signing.broken(request, found)
        said = sorry(self._desk, found, self._people.of(_number(request)), _language(request))
        return closed(JSONResponse({"error": said}, 500))


def build(
    desk: Desk,
    key: str,
    between: Callable[[float], Awaitable[None]] = asyncio.sleep,
    *,
    earlier: Path | None = None,
) -> Starlette:
    """The application of the page, which the key opens.

    `between` waits from one look at the database to the next; `earlier` is the file for who was who
    in an earlier version.
    """
    channel = WebChannel(desk, Door(key), People(earlier, desk.store.people.knows))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await channel.end_deletions()
        channel.errands.resume(CHANNEL)
        tidying = asyncio.create_task(channel.tidy(between))
        yield
        tidying.cancel()
        await asyncio.gather(tidying, return_exceptions=True)
        await channel.errands.stop()
        channel.workshop.shutdown()

    return Starlette(
        routes=[
            *channel.signing.routes,
            Route("/", channel.page),
            Route("/state", channel.state, methods=["POST"]),
            Route("/event", channel.event, methods=["POST"]),
            Route("/half", channel.half, methods=["POST"]),
            Mount("/static", Fresh(directory=STATIC)),
        ],
        middleware=around(["127.0.0.1", "localhost"]),
        exception_handlers={Exception: channel.broken},
        lifespan=lifespan,
    )


def _number(request: Request) -> str:
    """Which person it is: several can share a browser, by "?user=2"."""
    return request.query_params.get("user", "")


def _refused(status: int) -> Response:
    return JSONResponse({"error": "refused"}, status)


def _fits(length: str) -> bool:
    """Whether a body of the length that was announced is taken."""
    digits = length.isascii() and length.isdecimal() and len(length) <= len(str(MAX_BODY))
    return digits and int(length) <= MAX_BODY


def _language(request: Request) -> Language | None:
    return spoken(request.headers.get("accept-language", ""))
