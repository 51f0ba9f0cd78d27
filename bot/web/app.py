"""One page on 127.0.0.1: events come in as JSON, effects go out as JSON.

Only this machine may ask: the host name is checked, and so is the origin of every event.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import logging
import re
import secrets
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation.talk.effects import Propose, RunJob
from bot.desk.fair import FairExecutor, acting_for
from bot.desk.mistakes import mistake, sorry
from bot.letters.model import Language
from bot.storage.errors import StoreError
from bot.web.errands import Errands
from bot.web.halves import Halves
from bot.web.inbound import NoEventError, event_of, half_of, number_of
from bot.web.languages import spoken
from bot.web.made import again
from bot.web.shown import files, shown, words
from bot.web.signing.app import SIGNING, SigningPages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Scope

    from bot.desk import Desk, Document, Receipt

log = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent / "static"
CHANNEL = "web"
COOKIE = "demarche"
_PERSON = re.compile(r"[2-9]|[1-9][0-9]")
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
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class WebChannel:
    """Takes events from the page to the desk and its receipts back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.workshop = FairExecutor()
        self.errands = Errands(desk, self.workshop)
        self.halves = Halves()
        self.signing = SigningPages(desk, self.workshop)

    async def page(self, request: Request) -> Response:
        """The page itself, in the user's language; a visitor's cookie stands for the user."""
        language = self._spoken(request)
        said = {**words(self._desk, language), "language": language}
        page = Template((STATIC / "page.html").read_text(encoding="utf-8"))
        text = page.substitute({key: html.escape(word) for key, word in said.items()})
        response = HTMLResponse(text, headers=_headers())
        if _cookie(request) not in request.cookies:
            _set_cookie(response, _cookie(request))
        return response

    def _spoken(self, request: Request) -> Language:
        """The language the user has chosen, else the browser's."""
        user, found = _user(request), _language(request) or Language.EN
        try:
            known = self._desk.store.people.load(user).user if user else None
        except StoreError:
            return found  # the page itself will say so
        return known.language if known and known.language_chosen else found

    async def state(self, request: Request) -> Response:
        """Where the user is; to a page just opened, with the letter, its files, the half text."""
        user = _user(request)
        if user is None:
            return _refused(403)
        opened = request.query_params.get("opened", "")
        made = request.query_params.getlist("made") if opened else []
        try:
            documents, effects = self.errands.collected(user)
            session = self._desk.store.people.load(user)
            receipt = self._desk.gone(session) or self._desk.current(user, _language(request))
            before = again(self._desk, user, made) if opened else ()
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)
        if receipt.forgotten is not None:
            return await self._forgotten(receipt, _cookie(request))
        if effects:
            receipt = replace(receipt, effects=effects)
        if not opened:
            return await self._answer(receipt, documents)
        receipt = replace(receipt, effects=(*before, *receipt.effects))
        word, given = self.errands.given(user)
        documents = documents or (given if word in made else ())
        half = self.halves.take(user, opened)
        with self._desk.store.begun.mark(f"opened:{CHANNEL}:{number_of(user, 0)}") as deaths:
            receipt = self._desk.not_owed(receipt) if deaths else receipt
            return await self._answer(receipt, documents, half)

    async def half(self, request: Request) -> Response:
        """What stands in the field of a tab that goes out of sight."""
        user = _sender(request)
        if user is None:
            return _refused(403)
        if not _fits(request.headers.get("content-length", "")):
            return _refused(413)
        try:
            tab, text = half_of(await request.body())
        except (NoEventError, ClientDisconnect):
            return _refused(400)
        self.halves.keep(user, tab, text)
        return Response(status_code=204, headers=_headers())

    async def event(self, request: Request) -> Response:
        """One event of the page."""
        user = _sender(request)
        if user is None:
            return _refused(403)
        if not _fits(request.headers.get("content-length", "")):
            return _refused(413)
        try:
            event, number = event_of(await request.body())
        except (NoEventError, ClientDisconnect):
            return _refused(400)
        update = (CHANNEL, number_of(user, number))
        try:
            language = _language(request)
            receipt = await self._desk.take(user, event, update=update, language=language)
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)
        if receipt.forgotten is not None:
            return await self._forgotten(receipt, _cookie(request))
        if receipt.put_away:
            self.halves.drop(user)
            await self.errands.drop(user)
        self.errands.begin(user, receipt.effects)
        with self._desk.store.begun.mark(f"owed:{CHANNEL}:{update[1]}") as deaths:
            return await self._answer(self._desk.not_owed(receipt) if deaths else receipt)

    async def _forgotten(self, receipt: Receipt, cookie: str) -> Response:
        """The answer to somebody whose data was all deleted: from now on, a new visitor."""
        self.halves.drop(receipt.user_id)
        await self.errands.drop(receipt.user_id)
        response = await self._answer(receipt)
        _set_cookie(response, cookie)
        return response

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
            self.halves.drop(receipt.user_id)
            await self.errands.drop(receipt.user_id)

    async def _answer(
        self, receipt: Receipt, documents: tuple[Document, ...] = (), half: str = ""
    ) -> Response:
        language = receipt.language
        effects = []
        if documents:
            word, _given = self.errands.given(receipt.user_id)
            effects.append({**files(self._desk, language, documents), "made": word})
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
        answer = {"language": language, "labels": labels, "effects": effects, "half": half}
        return Answer(answer, headers=_headers())

    async def broken(self, request: Request, error: Exception) -> Response:
        """A mistake of ours, with a reference: to the page's own questions as JSON."""
        found = mistake(self._desk, error)
        if request.url.path.startswith(SIGNING):
            return self.signing.broken(request, found)
        said = sorry(self._desk, found, _user(request) or "", _language(request))
        return JSONResponse({"error": said}, 500, headers=_headers())


def build(desk: Desk, between: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Starlette:
    """The application of the page. `between` waits from one look at the database to the next."""
    channel = WebChannel(desk)

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
            Route("/state", channel.state),
            Route("/event", channel.event, methods=["POST"]),
            Route("/half", channel.half, methods=["POST"]),
            Mount("/static", Fresh(directory=STATIC)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={Exception: channel.broken},
        lifespan=lifespan,
    )


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _cookie(request: Request) -> str:
    """The name of the visitor's cookie: several people can share a browser, by "?user=2"."""
    person = request.query_params.get("user", "")
    return f"{COOKIE}-{person}" if _PERSON.fullmatch(person) else COOKIE


def _set_cookie(response: Response, name: str) -> None:
    """A new visitor's."""
    response.set_cookie(
        name,
        secrets.token_urlsafe(24),
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="strict",
    )


def _refused(status: int) -> Response:
    return JSONResponse({"error": "refused"}, status, headers=_headers())


def _fits(length: str) -> bool:
    """Whether a body of the length that was announced is taken."""
    digits = length.isascii() and length.isdecimal() and len(length) <= len(str(MAX_BODY))
    return digits and int(length) <= MAX_BODY


def _user(request: Request) -> str | None:
    cookie = request.cookies.get(_cookie(request), "")
    return user_of(cookie) if cookie else None


def _sender(request: Request) -> str | None:
    """The user, where the page itself has sent this."""
    own = request.headers.get("origin") == f"http://{request.headers.get('host')}"
    return _user(request) if own else None


def user_of(cookie: str) -> str:
    """The user behind the cookie: its digest, so that the database holds no key to a session."""
    return f"{CHANNEL}:{hashlib.sha256(cookie.encode()).hexdigest()[:32]}"


def _language(request: Request) -> Language | None:
    return spoken(request.headers.get("accept-language", ""))
