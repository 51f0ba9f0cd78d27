"""The key in real Chromium: how a tab comes to it, keeps it, and what it says without one."""

from __future__ import annotations

import stat
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from bot.commands.browser import leading_to
from tests.web.browsing import PHONE, a_letter, fits, needs_chromium, opened, tap, type_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.serving import Served

pytestmark = needs_chromium


@contextmanager
def tab(browser: Browser, address: str, locale: str = "en-GB") -> Iterator[Page]:
    """A phone's tab; that it is shut out is no complaint."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale=locale)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_the_key_leaves_the_address_and_stays_with_the_tab(page: Page, served: Served) -> None:
    assert page.url == served.address
    assert page.context.cookies() == []
    tap(page, "New letter")
    tap(page, "OPSC")
    for _ in range(2):
        page.reload()
        expect(page.locator("#title")).to_have_text("Which State is the letter to?")
    page.go_back()
    expect(page.locator("#title")).to_have_text("Which treaty is the letter about?")
    page.goto(f"{served.address}?user=2")
    expect(page.locator("#title")).to_contain_text("Démarche: letters")
    page.goto(served.address)
    expect(page.locator("#title")).to_have_text("Which treaty is the letter about?")


@pytest.mark.parametrize(
    ("locale", "title", "text"),
    [
        ("en-GB", "This page needs its whole address", "in the terminal window"),
        ("fr-CH", "L’adresse de cette page est incomplète", "la fenêtre du terminal"),
        ("es-MX", "La dirección de esta página está incompleta", "la ventana de la terminal"),
    ],
)
def test_the_bare_address_says_where_the_whole_one_stands(
    browser: Browser, served: Served, locale: str, title: str, text: str
) -> None:
    with tab(browser, f"{served.address}?user=2", locale) as page:
        expect(page.locator("#title")).to_have_text(title)
        expect(page.locator("#text")).to_contain_text(text)
        expect(page.locator("#form")).to_be_hidden()
        assert page.locator("#log > *").count() == 0
        page.goto(served.whole_of("2"))
        expect(page.locator("#title")).to_contain_text("Démarche")
        expect(page.locator("#form")).to_be_visible()
        fits(page)


def test_a_tab_left_open_over_a_restart_says_what_to_do_and_loses_nothing(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served.whole) as page:
        tap(page, "New letter")
        tap(page, "OPSC")
        served.stop()
        page.locator("#message").fill("kenia")
        page.locator("#send").click()
        expect(page.locator("#toast")).to_contain_text("does not answer")
        expect(page.locator("#message")).to_have_value("kenia")
        served.start()
        page.locator("#send").click()
        expect(page.locator("#toast")).to_contain_text("The program was started again")
        fits(page)
        expect(page.locator("#message")).to_have_value("kenia")
        page.goto(served.whole)  # in this very tab: the page stays, only its key is another
        expect(page.locator("#toast")).to_have_text("")
        expect(page.locator("#title")).to_have_text("Which State is the letter to?")
        expect(page.locator("#message")).to_have_value("kenia")
        page.locator("#send").click()
        expect(page.locator("#title")).to_contain_text("In which language")
        page.go_back()
        expect(page.locator("#title")).to_have_text("Which State is the letter to?")
        served.stop()
        served.start()
        page.reload()
        expect(page.locator("#title")).to_have_text("This address is of an earlier start")


def test_letters_are_there_after_a_restart_each_persons_own(
    browser: Browser, served: Served
) -> None:
    with opened(browser, served.whole_of("2")) as page:
        type_in(page, "Kenya OPSC English")
        expect(page.locator("#title")).not_to_contain_text("Démarche")
    with opened(browser, served.whole) as page:
        a_letter(page)
    served.stop()
    served.start()
    with opened(browser, served.whole_of("3")) as page:
        tap(page, "My letters")
        expect(page.locator("#card")).to_contain_text("You have no letters yet")
    with tab(browser, served.whole) as page:
        expect(page.locator(".letter img").first).to_be_visible()
        page.goto(f"{served.address}?user=2")
        expect(page.locator("#title")).to_contain_text("Who signs the letter?")


def test_the_browser_is_led_to_the_page_by_a_file_that_nobody_else_reads(
    browser: Browser, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(webbrowser, "open", given.append)
    with leading_to(served.whole):
        (address,) = given
        assert served.key not in address, "any user of the computer can list the browser's words"
        path = Path(unquote(urlsplit(address).path))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with tab(browser, address) as page:
            expect(page.locator("#title")).to_contain_text("Démarche")
            assert page.url == served.address
    assert not path.exists()
