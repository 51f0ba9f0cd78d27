"""One page on 127.0.0.1: events come in as JSON, effects go out as JSON.

Only this machine may ask: the host name is checked, and so is the origin of every event.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.conversation.library import Translator
from bot.conversation.values import (
    Propose,
    RunJob,
    SendChart,
    SendFiles,
    SendLetter,
    SendText,
    Show,
    Toast,
)
from bot.letters.model import Language
from bot.storage.errors import StoreError
from bot.web.errands import Errands
from bot.web.inbound import NoEventError, event_of, number_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from bot.conversation.values import Effect
    from bot.desk import Desk, Document, Preview, Receipt

log = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent / "static"
CHANNEL = "web"
COOKIE = "demarche"
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


class WebChannel:
    """Takes events from the page to the desk and its receipts back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.workshop = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        self.errands = Errands(desk, self.workshop)

    async def page(self, request: Request) -> Response:
        """The page itself; a visitor's cookie stands for the user."""
        response = FileResponse(STATIC / "page.html", headers=_headers())
        if COOKIE not in request.cookies:
            _set_cookie(response)
        return response

    async def state(self, request: Request) -> Response:
        """Where the user is, for a page that was just opened."""
        user = _user(request)
        if user is None:
            return _refused(403)
        try:
            documents, effects = self.errands.collected(user)
            receipt = self._desk.current(user, _language(request))
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)
        if effects:
            receipt = replace(receipt, effects=effects)
        return await self._answer(receipt, documents)

    async def event(self, request: Request) -> Response:
        """One event of the page."""
        user = _user(request)
        origin = request.headers.get("origin")
        if user is None or origin != f"http://{request.headers.get('host')}":
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
            return await self._forgotten(receipt)
        self.errands.begin(user, receipt.effects)
        with self._desk.store.begun.mark(f"owed:{CHANNEL}:{update[1]}") as deaths:
            return await self._answer(self._desk.not_owed(receipt) if deaths else receipt)

    async def _forgotten(self, receipt: Receipt) -> Response:
        """The answer to somebody whose data was all deleted: from now on, a new visitor."""
        await self.errands.drop(receipt.user_id)
        response = await self._answer(receipt)
        _set_cookie(response)
        return response

    async def tidy(self, between: Callable[[float], Awaitable[None]]) -> None:
        """Tidy now and then."""
        while True:
            await between(TIDY_SECONDS)
            try:
                self._desk.tidy()
            except StoreError as error:
                log.warning("the database could not be tidied: %s", error)

    async def _answer(self, receipt: Receipt, documents: tuple[Document, ...] = ()) -> Response:
        effects = [_files(documents)] if documents else []
        if receipt.forgotten is not None:
            effects.append({"kind": "cleared"})
        effects += [
            await self._shown(effect, receipt)
            for effect in receipt.effects
            if not isinstance(effect, RunJob | Propose)
        ]
        self._desk.settle(receipt)
        _ = Translator(self._desk.translations(receipt.language), receipt.language)
        labels = {
            "send": _("Send"),
            "file": _("Send a file"),
            "message": _("Your message"),
            "you": _("You"),
            "save": _("Save %(file)s", file="%"),
            "copy": _("Copy the text"),
            "copied": _("Copied"),
            "offline": _(
                "The program does not answer. Is it still running? Your answers are safe."
            ),
            "large": _("That file is too large: at most 8 MB, please."),
        }
        return Answer(
            {"language": receipt.language, "labels": labels, "effects": effects},
            headers=_headers(),
        )

    async def _shown(self, effect: Effect, receipt: Receipt) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        if isinstance(effect, Show):
            screen = effect.screen
            return {
                "kind": "screen",
                "title": screen.title,
                "text": screen.text,
                "hint": screen.hint,
                "rows": [[[b.label, b.data] for b in row] for row in screen.rows],
                "moves": screen.moves,
                "topic": screen.topic,
                "filled": screen.filled,
                "kept": screen.kept,
            }
        if isinstance(effect, Toast):
            return {"kind": "toast", "text": effect.text}
        if isinstance(effect, SendText):
            return {"kind": "text", "text": effect.text}
        if isinstance(effect, SendChart):
            drawn = await loop.run_in_executor(self.workshop, self._desk.chart, effect, receipt)
            return _pictures(drawn, language=receipt.language)
        head = self._desk.letterhead(receipt.user_id)
        if isinstance(effect, SendLetter):
            preview = await loop.run_in_executor(
                self.workshop, self._desk.preview, effect, receipt.language, head
            )
            if preview is None:
                return {"kind": "letter", "pictures": [], "text": "", "alt": "", "notice": ""}
            return {
                **_pictures(preview, language=effect.draft.language),
                "draft": effect.draft.id,
                "renews": effect.renews,
            }
        if not isinstance(effect, SendFiles):
            raise TypeError(type(effect).__name__)
        return _files(await loop.run_in_executor(self.workshop, self._desk.files, effect, head))


def _pictures(shown: Preview, *, language: str | None) -> dict[str, Any]:
    return {
        "kind": "letter",
        "pictures": [base64.b64encode(one).decode() for one in shown.pictures],
        "text": "\n\n".join(shown.texts),
        "alt": shown.alt,
        "notice": shown.notice,
        "language": language,
    }


def _files(documents: tuple[Document, ...]) -> dict[str, Any]:
    return {
        "kind": "files",
        "files": [
            {"name": d.name, "mime": d.mime, "data": base64.b64encode(d.data).decode()}
            for d in documents
        ],
    }


def build(desk: Desk, between: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Starlette:
    """The application of the page. `between` waits from one look at the database to the next."""
    channel = WebChannel(desk)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        channel.errands.resume(CHANNEL)
        tidying = asyncio.create_task(channel.tidy(between))
        yield
        tidying.cancel()
        await asyncio.gather(tidying, return_exceptions=True)
        await channel.errands.stop()
        channel.workshop.shutdown()

    return Starlette(
        routes=[
            Route("/", channel.page),
            Route("/state", channel.state),
            Route("/event", channel.event, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        lifespan=lifespan,
    )


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _set_cookie(response: Response) -> None:
    """A new visitor's."""
    response.set_cookie(
        COOKIE,
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
    cookie = request.cookies.get(COOKIE, "")
    return user_of(cookie) if cookie else None


def user_of(cookie: str) -> str:
    """The user behind the cookie: its digest, so that the database holds no key to a session."""
    return f"{CHANNEL}:{hashlib.sha256(cookie.encode()).hexdigest()[:32]}"


def _language(request: Request) -> Language | None:
    for part in request.headers.get("accept-language", "").split(","):
        primary = part.split(";")[0].strip().split("-")[0].lower()
        if primary in set(Language):
            return Language(primary)
    return None
