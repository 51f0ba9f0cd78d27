"""The routes below /s/: pages for people without an account, each opened by a link alone.

Only a form of a page that was shown changes anything: whoever fetches a link has done nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.conversation.talk.effects import SendSigned
from bot.desk import signed
from bot.desk.fair import FairExecutor, acting_for
from bot.desk.mistakes import mistake
from bot.letters.model import Language
from bot.machine.resources import TEMPLATES
from bot.signings.acts import Refused
from bot.signings.texts import canonical
from bot.signings.tokens import digest_of
from bot.storage.errors import StoreError
from bot.web.around import around, closed
from bot.web.door import may_be_own
from bot.web.languages import spoken
from bot.web.signing import shown
from bot.web.signing.limits import Limits
from bot.web.signing.shown import After
from bot.web.signing.visits import Done, Outcome, Visit, Visits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from concurrent.futures import Executor
    from typing import Any

    from starlette.requests import Request

    from bot.desk import Desk, Document

STATIC = Path(__file__).resolve().parents[1] / "static"
SIGNING = "/s/"
"""Where these pages are."""
MAX_BODY = 40_000
MOST_WRONG, MOST_SENT, MOST_FILES = 30, 120, 300
"""So many wrong tokens, forms, and files to be made are taken from one address in an hour."""

MOST_OF_LINK = 400
"""So many forms are taken by one link in an hour, from wherever they come."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Of every page, beside those that stand around all answers."""

STATUSES = {
    Refused.OUTDATED: 409,
    Refused.SPOKEN: 409,
    Outcome.NO_NAME: 422,
    Outcome.NO_COMMENT: 422,
}


class SigningPages:
    """The pages over one desk; documents are made in the workshop."""

    def __init__(self, desk: Desk, workshop: Executor) -> None:
        self._desk = desk
        self._workshop = workshop
        self._visits = Visits(desk)
        self._limits = Limits(MOST_WRONG)
        self._sent = Limits(MOST_SENT)
        self._files = Limits(MOST_FILES)
        self._of_link = Limits(MOST_OF_LINK)
        self._template = Environment(
            loader=FileSystemLoader(TEMPLATES / "web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        ).get_template("signing.html")

    @property
    def routes(self) -> list[Route]:
        """Where what is."""
        return [
            Route("/robots.txt", self.robots),
            Route("/s/-/signing.css", self.style),
            Route("/s/{token}", self.look),
            Route("/s/{token}", self.speak, methods=["POST"]),
            Route("/s/{token}/{file}", self.file),
        ]

    async def robots(self, _request: Request) -> Response:
        """No page of these is for a search engine."""
        return PlainTextResponse("User-agent: *\nDisallow: /s/\n", headers=HEADERS)

    async def style(self, _request: Request) -> Response:
        """How the pages look: the one thing that is the same for everybody."""
        headers = {**HEADERS, "Cache-Control": "public, max-age=3600"}
        return FileResponse(STATIC / "signing.css", headers=headers)

    async def look(self, request: Request) -> Response:
        """The page of a link."""
        language = self._language(request)
        visit = self._opened(request, language)
        if isinstance(visit, Response):
            return visit
        # A page that embeds it, or fetches it unseen, shows it to nobody.
        seen = request.headers.get("sec-fetch-dest", "document") == "document"
        if request.method == "GET" and seen:
            self._visits.count(visit)
        return self._page(
            visit,
            language,
            After(
                said="said" in request.query_params,
                names=request.query_params.get("names") == "all",
            ),
        )

    async def speak(self, request: Request) -> Response:
        """A form of such a page."""
        language, token = self._language(request), request.path_params["token"]
        if not may_be_own(request, self._desk.public_url):
            return self._rendered(shown.nothing(self._desk.translator(language)), 403)
        form = await _form(request)
        address, now = _address(request), self._desk.now()
        if form is None:
            return self._nothing(request, language)
        link = digest_of(token).hex()
        if (
            self._limits.is_reached(address, now)
            or self._sent.is_reached(address, now)
            or self._of_link.is_reached(link, now)
        ):
            return self._rendered(shown.too_many(self._desk.translator(language)), 429)
        self._sent.note(address, now)
        self._of_link.note(link, now)
        try:
            came_to = self._visits.speak(token, form)
            if came_to is None:
                return self._nothing(request, language)
            if isinstance(came_to, Done):
                to = f"/s/{came_to.token}?lang={language}&text={form.get('key', '')}&said=1"
                return Response(status_code=303, headers={**HEADERS, "Location": to})
            if isinstance(came_to, Visit):
                return self._page(came_to, language, After(form, taken=True), 409)
            visit = self._visits.look(token, language, form.get("key", ""))
        except StoreError as error:
            return PlainTextResponse(str(error), 503, headers=HEADERS)
        if visit is None:
            return self._nothing(request, language)
        status = STATUSES.get(came_to, 409)
        return self._page(visit, language, After(form, came_to), status)

    async def file(self, request: Request) -> Response:
        """The letter as a picture, a PDF, or the very text that is hashed."""
        language, name = self._language(request), request.path_params["file"]
        visit = self._opened(request, language)
        if isinstance(visit, Response):
            return visit
        if name == "letter.txt":
            text = self._desk.shelves.signings.text(
                visit.signing.id, visit.signing.version, visit.shown.key
            )
            data = canonical(text.letter).encode() if text else b""
            return Response(data, media_type="text/plain; charset=utf-8", headers=HEADERS)
        kinds = {"letter.pdf": "pdf", "page.png": "png"}
        if name not in kinds:
            return self._nothing(request, language)
        address, now = _address(request), self._desk.now()
        if self._files.is_reached(address, now):
            return self._rendered(shown.too_many(self._desk.translator(language)), 429)
        self._files.note(address, now)
        with acting_for(f"signing:{address}"):
            found = await self._made(visit, kinds[name])
        if found is None:
            return self._nothing(request, language)
        headers = {**HEADERS, "Content-Disposition": f'inline; filename="{found.name}"'}
        return Response(found.data, media_type=found.mime, headers=headers)

    async def _made(self, visit: Visit, kind: str) -> Document | None:
        effect = SendSigned(visit.signing.id, visit.shown.key, visit.signing.version, (kind,))
        gathered = signed.gathered(self._desk, effect, "", visit.shown.language)
        if gathered is None:
            return None
        head = self._desk.shelves.letterheads.of(visit.signing.owner)
        found = await asyncio.get_running_loop().run_in_executor(
            self._workshop, signed.files, gathered, (kind,), head
        )
        return found[0] if found else None

    def _opened(self, request: Request, language: Language) -> Visit | Response:
        """The visit, or the page that says that there is none."""
        if self._limits.is_reached(_address(request), self._desk.now()):
            _ = self._desk.translator(language)
            return self._rendered(shown.too_many(_), 429)
        token, key = request.path_params["token"], request.query_params.get("text", "")
        try:
            visit = self._visits.look(token, language, key)
        except StoreError as error:
            return PlainTextResponse(str(error), 503, headers=HEADERS)
        return visit or self._nothing(request, language)

    def _nothing(self, request: Request, language: Language) -> Response:
        """The one page for every link that opens nothing."""
        self._limits.note(_address(request), self._desk.now())
        return self._rendered(shown.nothing(self._desk.translator(language)), 404)

    def broken(self, request: Request, found: str) -> Response:
        """The page of a mistake of ours, with the reference by which it is found in the log."""
        translator = self._desk.translator(self._language(request))
        return closed(self._rendered(shown.broken(translator, found), 500))

    def _page(self, visit: Visit, language: Language, after: After, status: int = 200) -> Response:
        _ = self._desk.translator(language)
        return self._rendered(shown.page(self._desk, _, visit, after), status)

    def _rendered(self, values: dict[str, Any], status: int) -> Response:
        return HTMLResponse(self._template.render(values), status, headers=HEADERS)

    def _language(self, request: Request) -> Language:
        chosen = request.query_params.get("lang", "")
        if chosen in set(Language):
            return Language(chosen)
        return spoken(request.headers.get("accept-language", "")) or Language.EN


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for what is none."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    data = b""
    try:
        async for part in request.stream():
            data += part
            if len(data) > MAX_BODY:
                return None
        return dict(parse_qsl(data.decode(), keep_blank_values=True, max_num_fields=20))
    except (ClientDisconnect, UnicodeDecodeError, ValueError):
        return None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def build(desk: Desk, public_url: str, beside: Iterable[Route] = ()) -> Starlette:
    """These pages, for a process whose people talk to it elsewhere; and what is beside them."""
    workshop = FairExecutor(name="signing")
    pages = SigningPages(desk, workshop)
    host = urlsplit(public_url).hostname or ""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        workshop.shutdown()

    async def broken(request: Request, error: Exception) -> Response:
        return pages.broken(request, mistake(desk, error))

    return Starlette(
        routes=[*pages.routes, Route("/healthz", _healthy), *beside],
        exception_handlers={Exception: broken},
        middleware=around([host, "127.0.0.1", "localhost"]),
        lifespan=lifespan,
    )


async def _healthy(_request: Request) -> Response:
    return PlainTextResponse("ok", headers=HEADERS)
