"""Script in whatever a person can name: in the page and in the signing page nothing of it runs."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import expect

from tests.documents.test_letterhead import picture
from tests.web.browsing import PHONE, a_letter, needs_chromium, tap, type_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.web.serving import Served

pytestmark = needs_chromium

HIT = "http://127.0.0.1:9/hit"
BAD = (
    f"<img src={HIT} onerror=hit()>",
    f"<script src={HIT}></script>",
    "\"'><svg onload=hit()>",
    f"</pre></textarea></title><iframe src={HIT}>",
    '{{ 7*7 }} {% raw %} ${hit()} <a href="javascript:hit()">',
)
ALL = " ".join(BAD)
STAYS = {"kind", "data", "pictures", "language", "mime", "link", "made", "draft"}
"""What the program itself makes, of which no word is a person's."""


@contextmanager
def watched(browser: Browser, served: Served, address: str) -> Iterator[Page]:
    """A page in which nothing may run, and that may ask for nothing but its own."""
    strange: list[str] = []
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    context.add_init_script("window.hit = () => { window.ran = true; }")
    page = context.new_page()
    own = (served.address, "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(own) else strange.append(one.url))
    page.on("dialog", lambda one: strange.append(one.message))
    page.on("console", lambda one: strange.append(one.text) if one.type == "error" else None)
    page.goto(address)
    yield page
    is_clean(page)
    context.close()
    assert strange == [], "nothing is asked for, and nothing had to be stopped"


def is_clean(page: Page) -> None:
    assert not page.evaluate("Boolean(window.ran)")
    odd = "main script, main iframe, main [onerror], main [onload], main [href^=javascript]"
    assert page.locator(f"{odd}, main img[src^=http]").count() == 0


def with_bad(value: object, key: str = "") -> object:
    """The program's answer with script in whatever text it holds."""
    if isinstance(value, dict):
        return {name: one if name in STAYS else with_bad(one, name) for name, one in value.items()}
    if key == "rows" and isinstance(value, list):
        return [[[ALL, data, main] for _label, data, main in row] for row in value]
    if isinstance(value, list):
        return [with_bad(one) for one in value]
    return f"{value} {ALL}" if isinstance(value, str) and value else value


def test_whatever_an_answer_holds_is_text(browser: Browser, served: Served) -> None:
    """Titles of campaigns, names of States and files, labels, letters: all that there is."""

    def fulfil(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=json.dumps(with_bad(response.json())))

    with watched(browser, served, served.whole) as page:
        a_letter(page)
        for label in ("Share", "Ask the co-signers", "Open for signing", "Invite"):
            tap(page, label)
        page.route("**/event", fulfil)
        page.route("**/state", fulfil)
        tap(page, "… Example")
        expect(page.locator(".invitation")).to_contain_text(BAD[0])
        expect(page.locator("#title")).to_contain_text(BAD[1])
        expect(page.locator("#message-label")).to_contain_text(BAD[2])
        is_clean(page)
        page.locator("#message").fill("/letters")
        page.locator("#send").click()
        page.locator("[data-data*=':open:'], [data-data*=':resume:']").first.click()
        expect(page.locator(".letter pre").last).to_contain_text(BAD[0])
        page.locator("[data-data*=':pdf']").first.click()
        expect(page.locator(".files a")).to_contain_text(BAD[0])
        page.reload()
        expect(page.locator("#text")).to_contain_text(BAD[1])


def test_what_is_typed_sent_and_signed_is_text(browser: Browser, served: Served) -> None:
    with watched(browser, served, served.whole) as page:
        type_in(page, ALL)
        names = [f"A. Example {bad}; Organisation {bad}" for bad in BAD[:3]]
        a_letter(page, "\n".join(names))
        tap(page, "Show the text")
        expect(page.locator(".letter pre").first).to_contain_text(BAD[0])
        for label in ("Change", "The text", "☑ We hope"):
            tap(page, label)
        type_in(page, ALL)
        tap(page, "Change")
        tap(page, "Letterhead")
        for name in (f"{BAD[0]}.png", f"{BAD[1]}.docx".replace("/", ""), "a\"'><svg onload=hit()>"):
            page.locator("#file").set_input_files(
                {"name": name, "mimeType": "image/png", "buffer": picture("PNG")}
            )
            expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
            expect(page.locator("#log")).to_contain_text(name)
        tap(page, "⌂ Home")
        tap(page, "Open:")
        for label in (
            "Share",
            "Ask the co-signers",
            "Open for signing",
            "Invite",
            "… Organisation",
        ):
            tap(page, label)
        link = page.locator(".invitation a[target=_blank]").last.get_attribute("href") or ""
        asked = "&".join(f"{one}={quote(ALL)}" for one in ("lang", "text", "names", "said"))
        with watched(browser, served, f"{link}?{asked}") as other:
            expect(other.locator("article")).to_contain_text(BAD[0])
            other.get_by_text("Ask for a change").first.click()
            other.locator("#comment").fill(ALL)
            other.get_by_role("button", name="Send it").click()
            expect(other.locator(".thanks")).to_be_visible()
            is_clean(other)
            for field in ("name", "role", "organisation"):
                other.locator(f"#confirm-{field}").fill(f"B. Example {ALL}")
            other.get_by_role("button", name="Confirm").first.click()
            expect(other.locator(".receipt")).to_contain_text(BAD[2])
        tap(page, "‹ Back")
        tap(page, "‹ Back")
        tap(page, "All")
        expect(page.locator("#card")).to_contain_text("B. Example")
