"""One drafter and three who are asked, each in a window of their own; one without JavaScript."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.web.browsing import a_letter, fits, opened, tap, type_in
from tests.web.test_access import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

    from tests.web.serving import Served

PHONE: ViewportSize = {"width": 360, "height": 740}


@contextmanager
def window(browser: Browser, link: str, *, language: str, script: bool) -> Iterator[Page]:
    """Another person's phone."""
    context = browser.new_context(viewport=PHONE, locale=language, java_script_enabled=script)
    page = context.new_page()
    page.goto(link)
    yield page
    context.close()


def link_of(page: Page) -> str:
    """The link of the invitation made last."""
    return page.locator(".invitation a[target=_blank]").last.get_attribute("href") or ""


def test_three_confirm_and_the_letter_is_closed(  # noqa: PLR0915 -- one story
    browser: Browser, served: Served
) -> None:
    with opened(browser, served.whole_of("1")) as drafter:
        a_letter(
            drafter, "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"
        )
        for label in ("Share", "Ask the co-signers", "Open for signing", "Invite", "… Example"):
            tap(drafter, label)
        first = link_of(drafter)

        with window(browser, first, language="fr-FR", script=False) as page:
            expect(page.locator("html")).to_have_attribute("lang", "fr")
            expect(page.locator("article")).to_contain_text("Excellence")
            page.get_by_role("link", name="English").last.click()
            expect(page.locator("article")).to_contain_text("Excellency")
            page.get_by_role("link", name="Français").last.click()
            page.get_by_role("button", name="Confirmer").click()
            expect(page.locator(".thanks")).to_contain_text("Merci")
            expect(page.locator(".receipt")).to_contain_text(re.compile("[0-9a-f]{64}"))
            private = page.url

        # By itself, while the drafter looks.
        tap(drafter, "‹ Back")
        tap(drafter, "‹ Back")
        expect(drafter.locator("#text")).to_contain_text("1 of 2 confirmed")
        tap(drafter, "Invite")
        tap(drafter, "… Second")
        second = link_of(drafter)
        tap(drafter, "‹ Back")
        tap(drafter, "‹ Back")
        with window(browser, second, language="es-ES", script=True) as page:
            page.get_by_text("Pedir un cambio").first.click()
            page.locator("#comment").fill("Falta una coma.")
            page.get_by_role("button", name="Enviar").click()
            expect(page.locator(".thanks")).to_contain_text("Gracias")
            expect(drafter.locator("#buttons")).to_contain_text("1 asks for a change", timeout=9000)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            page.get_by_role("button", name="Confirmar").first.click()
            expect(page.locator(".receipt")).to_contain_text("ha confirmado")

        tap(drafter, "Open link")
        tap(drafter, "Invitation in English")
        shared = link_of(drafter)
        with window(browser, shared, language="en-GB", script=True) as page:
            page.locator("#confirm-name").fill("C. Example")
            page.locator("#confirm-organisation").fill("Third Organisation")
            page.get_by_role("button", name="Confirm and ask to join").click()
            expect(page.locator(".thanks")).to_contain_text("when you are taken in")

        tap(drafter, "‹ Back")
        tap(drafter, "1 asks to join")
        tap(drafter, "+ Third")
        tap(drafter, "Take in")
        tap(drafter, "‹ Back")
        tap(drafter, "‹ Back")
        expect(drafter.locator("#text")).to_contain_text("3 of 3 confirmed")
        tap(drafter, "Close and make")
        tap(drafter, "Close with 3")
        expect(drafter.locator(".letter pre").last).to_contain_text(
            "C. Example, Third Organisation"
        )
        fits(drafter)

        with window(browser, private, language="fr-FR", script=False) as page:
            expect(page.locator("main")).to_contain_text("Clôturée le")
            page.get_by_role("button", name="Retirer ma signature").click()
            expect(page.locator(".thanks")).to_contain_text("retiré de la lettre")
        with window(browser, first, language="fr-FR", script=False) as page:
            expect(page.locator("main")).to_contain_text("ne fonctionne pas")


def test_several_people_share_a_browser(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole_of("2")) as page:
        type_in(page, "Kenya OPSC English")
        expect(page.locator("#title")).not_to_contain_text("Démarche")
        page.goto(served.whole_of("3"))
        expect(page.locator("#title")).to_contain_text("Démarche: letters")
        page.goto(served.whole_of("2"))
        expect(page.locator("#title")).not_to_contain_text("Démarche: letters")


def test_axe_finds_nothing_on_the_pages(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole) as drafter:
        a_letter(drafter)
        for label in ("Share", "Ask the co-signers", "Open for signing", "Invite", "… Example"):
            tap(drafter, label)
        assert findings(drafter) == [], "an invitation"
        with window(browser, link_of(drafter), language="fr-FR", script=True) as page:
            assert findings(page) == [], "the letter and the form"
            page.keyboard.press("Tab")
            expect(page.locator(".skip")).to_be_focused()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            page.get_by_role("button", name="Confirmer").click()
            expect(page.locator(".thanks")).to_be_visible()  # it is the next page by now
            assert findings(page) == [], "the receipt"
            assert re.search("said=1", page.url)
        with window(browser, f"{served.address}s/nothing", language="es", script=True) as page:
            assert findings(page) == [], "nothing there"
