"""Takes the README's screenshots anew: `python -m tests.web.pictures deploy/screenshots`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.web.browsing import CHROMIUM, PHONE, QUIET, tap, type_in
from tests.web.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE = (1280, 800)
COLOURS = 64
DOTS = 2
"""Pixels of a phone to a pixel of CSS."""

CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Second Organisation"


def main(folder: Path) -> None:
    """A letter as a campaigner writes it on a phone, and as it stands on a wide screen."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        served = Served(Path(name) / "db")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            context = browser.new_context(
                viewport={"width": PHONE[0], "height": PHONE[1]},
                device_scale_factor=DOTS,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(served.whole)
            _written(page, folder)
            page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
            page.wait_for_load_state("networkidle")
            _taken(page, folder / "wide.png")
            page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            _signed(browser, page, folder)
        finally:
            browser.close()
            served.stop()


def _taken(page: Page, path: Path) -> None:
    """What is seen, in few colours: a page has no more, and the file is a quarter of it."""
    page.mouse.move(0, 0)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _written(page: Page, folder: Path) -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    _taken(page, folder / "chat.png")
    type_in(page, "kenia")
    tap(page, "English")
    type_in(page, CO_SIGNERS)
    tap(page, "Done")
    tap(page, "Geneva")
    tap(page, "Geneva")
    page.wait_for_load_state("networkidle")
    _taken(page, folder / "letter.png")
    tap(page, "Share")
    _taken(page, folder / "last-look.png")
    tap(page, "‹ The letter")


def _signed(browser: Browser, page: Page, folder: Path) -> None:
    """What a co-signer sees by the link, and the card that counts along."""
    for label in ("Share", "Ask the co-signers", "Open for signing", "Invite", "… Example"):
        tap(page, label)
    link = page.locator(".invitation a[target=_blank]").last.get_attribute("href") or ""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        device_scale_factor=DOTS,
        locale="fr-FR",
        java_script_enabled=False,
    )
    other = context.new_page()
    other.goto(link)
    _taken(other, folder / "signing-page.png")
    other.get_by_role("button", name="Confirmer").click()
    _taken(other, folder / "receipt.png")
    context.close()
    tap(page, "‹ Back")
    tap(page, "‹ Back")
    page.wait_for_load_state("networkidle")
    _taken(page, folder / "signing.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
