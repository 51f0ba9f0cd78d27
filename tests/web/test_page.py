"""The page in real Chromium, on a phone's width: taps, typing, keyboard, files, failures."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.documents.test_letterhead import picture
from tests.web.serving import Served

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
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="Debian's chromium is not installed"
)
CSS = Path(__file__).parents[2] / "bot/web/static/page.css"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "install Debian's chromium: make system"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "db")
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A phone, 360 px wide. Anything the page complains of fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.goto(served.address)
    expect(opened.locator("#title")).to_contain_text("Démarche")
    yield opened
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
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for box in page.evaluate(
        "[...document.querySelectorAll('#buttons button')].map((b) =>"
        " [b.offsetHeight, b.scrollWidth - b.clientWidth, b.textContent])"
    ):
        assert box[0] >= 44, box
        assert box[1] <= 1, box


def a_letter(page: Page, co_signer: str = "A. Example, Example Organisation") -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    type_in(page, "kenia")
    tap(page, "English")
    type_in(page, co_signer)
    tap(page, "Done")
    tap(page, "Geneva")
    tap(page, "Geneva")
    expect(page.locator(".letter img").first).to_be_visible()


def test_a_whole_letter_by_thumb(page: Page) -> None:
    a_letter(page)
    assert page.locator(".letter img").first.get_attribute("alt")
    page.locator(".letter summary").first.click()
    expect(page.locator(".letter pre").first).to_contain_text("Your Excellency,")
    tap(page, "→ Français")
    expect(page.locator(".letter pre").nth(1)).to_contain_text("Excellence,")
    tap(page, "All")
    links = page.locator(".files a")
    expect(links).to_have_count(4)
    starts = {".png": b"\x89PNG", ".pdf": b"%PDF", ".docx": b"PK", ".txt": b"Mission"}
    for number in range(4):
        with page.expect_download() as download:
            links.nth(number).click()
        name = download.value.suggested_filename
        data = Path(download.value.path()).read_bytes()
        assert name.startswith("OPSC-KEN-fr-2026-03-02")
        assert data.startswith(starts[Path(name).suffix])


def test_an_edit_renews_the_letter_where_it_stands(page: Page) -> None:
    a_letter(page)
    tap(page, "Edit the text")
    tap(page, "☑ Hope")
    type_in(page, "We hope for the best.")
    expect(page.locator(".letter")).to_have_count(1)
    page.locator(".letter summary").first.click()
    expect(page.locator(".letter pre").first).to_contain_text("We hope for the best.")
    tap(page, "↶ Undo")
    expect(page.locator(".letter")).to_have_count(1)
    tap(page, "More")
    tap(page, "Letterhead")
    page.locator("#file").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture("PNG")}
    )
    expect(page.locator("#text")).to_contain_text("A logo")


def test_nothing_stays_on_the_page_of_who_was_forgotten_nor_in_another_tab(page: Page) -> None:
    a_letter(page)
    tap(page, "Word")
    expect(page.locator(".files a")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    tap(other, "Text")
    expect(other.locator(".files a")).to_have_count(1)
    (before,) = page.context.cookies()
    tap(page, "More")
    tap(page, "Letterhead")
    type_in(page, "Example Street")
    tap(page, "⌂ Home")
    tap(page, "Settings")
    tap(page, "Privacy")
    tap(page, "Delete everything")
    page.locator("#message").fill("Half a thought")
    tap(page, "Yes, delete everything")
    expect(page.locator("#text")).to_contain_text("Everything about you was deleted.")
    for one in (page, other):
        expect(one.locator("#title")).to_contain_text("Démarche")
        expect(one.locator("#log > *")).to_have_count(0)
        expect(one.locator("#message")).to_have_value("")
    (after,) = page.context.cookies()
    assert (after["name"], after["httpOnly"]) == (before["name"], True)
    assert after["value"] != before["value"]


def test_letters_to_many_states_arrive_by_themselves(page: Page) -> None:
    a_letter(page)
    tap(page, "To many States")
    tap(page, "☐ Signed but not party")
    tap(page, "Languages")
    tap(page, "○ Français")
    tap(page, "Done")
    tap(page, "Tick States")
    tap(page, "Done")
    tap(page, "Write ")
    tap(page, "Write the letters")
    expect(page.locator(".files a")).to_have_count(1, timeout=30_000)
    with page.expect_download() as download:
        page.locator(".files a").click()
    assert download.value.suggested_filename == "OPSC-2026-03-02.zip"
    with zipfile.ZipFile(download.value.path()) as package:
        assert len([name for name in package.namelist() if name.endswith(".pdf")]) == 8 + 1
    expect(page.locator("#text")).to_contain_text("ZIP file above")
    fits(page)
    for label in (
        "Mark all as sent (8)",
        "Sent by e-mail, today",
        "✉ Ghana",
        "⌂ Home",
        "My letters",
    ):
        tap(page, label)


def test_a_whole_letter_by_keyboard(page: Page) -> None:
    def press(label: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").startswith(label):
                page.keyboard.press("Enter")
                expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
                return
        pytest.fail(f"no way to {label} by keyboard")

    def write(text: str) -> None:
        page.locator("#message").focus()
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        expect(page.locator("#message")).to_have_value("")

    press("New letter")
    press("OPSC")
    write("kenia")
    press("English")
    write("A. Example, Example Organisation\nB. Example, Second Organisation")
    press("Done: 2")
    press("Geneva")
    press("Geneva")
    expect(page.locator(".letter img")).to_have_count(1)


def test_for_a_screen_reader(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("log").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("textbox", name="Your message").count() == 1
    assert page.get_by_label("Send a file").count() == 1
    for button in page.locator("button").all():
        assert button.inner_text().strip()
    tap(page, "Settings")
    tap(page, "○ Français")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.evaluate("document.activeElement.id") == "title"


def test_a_hostile_name_is_only_text(page: Page) -> None:
    name = "<img src=x onerror=alert(1)>, <b>Organisation</b>"
    a_letter(page, name)
    page.locator(".letter summary").first.click()
    expect(page.locator(".letter pre").first).to_contain_text(name)
    assert page.locator("img[src=x]").count() == 0


def test_a_csv_file(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,role,organisation\nA. Example,,Example Organisation\n")
    tap(page, "New letter")
    tap(page, "OPSC")
    type_in(page, "kenia")
    tap(page, "English")
    page.locator("#file").set_input_files(path)
    expect(page.locator("#text")).to_contain_text("1. A. Example, Example Organisation")


def test_a_reload_keeps_the_place(page: Page) -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    page.reload()
    expect(page.locator("#title")).to_have_text("Which State is the letter to?")


def test_when_the_program_goes_away_nothing_typed_is_lost(page: Page, served: Served) -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    served.stop()
    page.locator("#message").fill("kenia")
    page.locator("#send").click()
    expect(page.locator("#toast")).to_contain_text("does not answer")
    expect(page.locator("#message")).to_have_value("kenia")
    served.start()
    page.locator("#send").click()
    expect(page.locator("#title")).to_contain_text("In which language")


def test_the_colours_are_readable() -> None:
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.read_text(encoding="utf-8")))
    pairs = [
        ("ink", "paper"),
        ("ink", "card"),
        ("ink", "mine"),
        ("accent", "card"),
        ("accent-ink", "accent"),
    ]
    for front, back in pairs:
        lights = sorted((luminance(colours[front]), luminance(colours[back])))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (front, back)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_where_a_state_stands_is_drawn_and_written(page: Page) -> None:
    tap(page, "Where States stand")
    type_in(page, "Belarus")
    tap(page, "As a picture")
    image = page.locator(".letter img").first
    expect(image).to_be_visible()
    assert image.evaluate("one => one.naturalWidth") > 1000
    assert "Party to 10 of 18 treaties" in (image.get_attribute("alt") or "")
    page.locator(".letter summary").first.click()
    expect(page.locator(".letter pre").first).to_contain_text("● OPSC")
