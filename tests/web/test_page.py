"""The page in real Chromium, on a phone's width: taps, typing, keyboard, files, failures."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.documents.test_letterhead import picture
from tests.web.browsing import a_letter, fits, needs_chromium, tap, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.serving import Served

pytestmark = needs_chromium


def test_a_whole_letter_by_thumb(page: Page) -> None:
    a_letter(page)
    assert page.locator(".letter img").first.get_attribute("alt")
    tap(page, "Show the text")
    expect(page.locator(".letter pre").first).to_contain_text("Your Excellency,")
    tap(page, "More")
    tap(page, "→ Français")
    expect(page.locator(".letter pre").nth(1)).to_contain_text("Excellence,")
    tap(page, "Share")
    tap(page, "All files")
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
    tap(page, "Change")
    tap(page, "The text")
    tap(page, "☑ We hope")
    type_in(page, "We hope for the best.")
    expect(page.locator(".letter")).to_have_count(1)
    tap(page, "Show the text")
    expect(page.locator(".letter pre").first).to_contain_text("We hope for the best.")
    tap(page, "↶ Undo")
    expect(page.locator(".letter")).to_have_count(1)
    tap(page, "Change")
    tap(page, "Letterhead")
    page.locator("#file").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture("PNG")}
    )
    expect(page.locator("#text")).to_contain_text("A logo")


def test_nothing_stays_on_the_page_of_who_was_forgotten_nor_in_another_tab(
    page: Page, served: Served
) -> None:
    a_letter(page)
    tap(page, "Word")
    expect(page.locator(".files a")).to_have_count(1)
    other = page.context.new_page()
    other.goto(served.whole)
    tap(other, "PDF")
    expect(other.locator(".files a")).to_have_count(1)
    page.bring_to_front()  # a tab behind another draws late, so that a tap would wait for it
    tap(page, "Change")
    tap(page, "Letterhead")
    type_in(page, "Example Street")
    tap(page, "⌂ Home")
    tap(page, "Settings")
    tap(page, "Privacy")
    tap(page, "Delete everything")
    page.locator("#message").fill("Half a thought")
    tap(page, "Delete at once")
    expect(page.locator("#text")).to_contain_text("Everything about you was deleted.")
    for one in (page, other):
        expect(one.locator("#title")).to_contain_text("Démarche")
        expect(one.locator("#log > *")).to_have_count(0)
        expect(one.locator("#message")).to_have_value("")
    assert page.context.cookies() == []
    for one in (page, other):
        assert one.evaluate("Object.keys(sessionStorage)") == ["key"]
        one.reload()
        expect(one.locator("#title")).to_contain_text("Démarche")
        expect(one.locator("#log > *")).to_have_count(0)
        expect(one.locator("#message")).to_have_value("")


def test_letters_to_many_states_arrive_by_themselves(page: Page) -> None:
    a_letter(page)
    tap(page, "Many States")
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


def test_a_hostile_name_is_only_text(page: Page) -> None:
    name = "<img src=x onerror=alert(1)>, <b>Organisation</b>"
    a_letter(page, name)
    tap(page, "Show the text")
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


def test_where_a_state_stands_is_drawn_and_written(page: Page) -> None:
    tap(page, "Where States stand")
    type_in(page, "Belarus")
    tap(page, "As a picture")
    image = page.locator(".letter img").first
    expect(image).to_be_visible()
    assert image.evaluate("one => one.naturalWidth") > 1000
    assert "Party to 13 of 24 treaties" in (image.get_attribute("alt") or "")
    tap(page, "Show the text")
    expect(page.locator(".letter pre").first).to_contain_text("● OPSC")
