"""A phone on the page in real Chromium: opened, tapped, typed into."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="Debian's chromium is not installed"
)
PHONE = (360, 740)
Scheme = Literal["light", "dark"]


@contextmanager
def opened(
    browser: Browser,
    address: str,
    size: tuple[int, int] = PHONE,
    *,
    script: str = "",
    color_scheme: Scheme = "light",
) -> Iterator[Page]:
    """The page on a phone, or on another screen; what it complains of fails the test."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        accept_downloads=True,
        color_scheme=color_scheme,
    )
    if script:
        context.add_init_script(script)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(address)
    expect(page.locator("#title")).to_contain_text("Démarche")
    yield page
    context.close()
    gone = [text for text in complaints if "ERR_CONNECTION_REFUSED" not in text]
    assert gone == []


def tap(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{re.escape(label)}")).first.click()
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
    fits(page)


def type_in(page: Page, text: str) -> None:
    page.locator("#message").fill(text)
    page.locator("#send").click()
    expect(page.locator("#message")).to_have_value("")
    fits(page)


def fits(page: Page) -> None:
    """Nothing wider than the phone; every button large enough for a thumb, its label whole."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for box in page.evaluate(
        "[...document.querySelectorAll('#buttons button')].map((b) =>"
        " [b.offsetHeight, b.scrollWidth - b.clientWidth, b.textContent])"
    ):
        assert box[0] >= 44, box
        assert box[1] <= 1, box


def a_letter(page: Page, co_signer: str = "A. Example, Example Organisation") -> None:
    """A finished letter, begun at home in one line."""
    type_in(page, "Kenya OPSC English")
    type_in(page, co_signer)
    tap(page, "Done")
    tap(page, "Geneva")
    tap(page, "Geneva")
    expect(page.locator(".letter img").first).to_be_visible()
