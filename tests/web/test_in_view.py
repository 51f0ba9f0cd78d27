"""What was made is where the person looks: on a phone, on a wide screen, after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browsing import a_letter, needs_chromium, opened, tap, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.web.serving import Served

pytestmark = needs_chromium

SHARING = """
navigator.canShare = ({ files }) => files.every((one) => one.type === "application/pdf");
navigator.share = async ({ files }) => { window.shared = files.map((one) => one.name); };
"""


def ends(page: Page, thing: Locator) -> tuple[float, float]:
    """Where it begins and ends, once the page has come to rest."""
    page.wait_for_function(
        "() => new Promise((done) => { let last = -1; const look = () => { const now = scrollY;"
        " if (now === last) done(true); else { last = now; setTimeout(look, 120); } }; look(); })"
    )
    box = thing.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def sees(page: Page, thing: Locator) -> bool:
    """Whether all of it is on the screen, above the form."""
    top, end = ends(page, thing)
    form = page.locator("#form").bounding_box()
    return form is not None and top >= 0 and end <= form["y"] + 1


def row(page: Page, number: int) -> Locator:
    return page.locator("#buttons .row").nth(number)


def test_a_finished_letter_is_seen_with_what_to_do_next(page: Page) -> None:
    a_letter(page)
    assert sees(page, page.locator(".letter .picture"))
    assert sees(page, row(page, 0))
    assert sees(page, row(page, 1))


def test_a_picture_gives_way_to_a_long_card(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole, (360, 600)) as page:
        a_letter(page)
        assert sees(page, page.locator(".letter .picture"))
        assert sees(page, row(page, 1))
        assert page.locator(".letter .picture").evaluate("one => one.offsetHeight") >= 88


@pytest.mark.parametrize(("label", "count"), [("PDF", 1), ("Word", 1), ("All files", 4)])
def test_a_tap_starts_the_download_and_shows_the_file(page: Page, label: str, count: int) -> None:
    a_letter(page)
    begun: list[str] = []
    page.on("download", lambda download: begun.append(download.suggested_filename))
    if label == "All files":
        tap(page, "Share")
    with page.expect_event("download"):
        tap(page, label)
    expect(page.locator(".file")).to_have_count(count)
    assert sees(page, page.locator(".file").first)
    assert sees(page, row(page, 1))
    while len(begun) < count:
        with page.expect_event("download"):
            pass
    names = page.locator(".files a").all_inner_texts()
    assert [f"Save {name}" for name in begun] == names
    ready = f"{begun[0]} is ready." if count == 1 else f"{count} files are ready."
    expect(page.locator("#toast")).to_have_text(ready)


def test_a_file_asked_for_again_stands_there_once(page: Page) -> None:
    a_letter(page)
    for _ in range(2):
        with page.expect_event("download"):
            tap(page, "PDF")
    expect(page.locator(".file")).to_have_count(1)


def test_where_the_browser_shares_files_they_can_be_shared(
    browser: Browser, served: Served
) -> None:
    with opened(browser, served.whole, script=SHARING) as page:
        a_letter(page)
        tap(page, "PDF")
        page.get_by_role("button", name="Share OPSC-KEN-en-2026-03-02.pdf").click()
        assert page.evaluate("window.shared") == ["OPSC-KEN-en-2026-03-02.pdf"]
        tap(page, "Word")
        expect(page.locator(".files")).to_have_count(2)
        expect(page.locator(".file button")).to_have_count(1)


def test_an_edited_letter_is_renewed_just_above_the_card(page: Page) -> None:
    a_letter(page)
    tap(page, "PDF")
    tap(page, "Change")
    tap(page, "The text")
    tap(page, "☑ We hope")
    type_in(page, "We hope for the best.")
    expect(page.locator(".letter")).to_have_count(1)
    assert page.evaluate("document.querySelector('#log').lastElementChild.className") == "letter"
    assert sees(page, page.locator(".letter .picture"))
    assert sees(page, row(page, 0))


def test_a_letter_stands_once_in_each_of_its_languages(page: Page) -> None:
    a_letter(page)
    tap(page, "More")
    tap(page, "→ Français")
    expect(page.locator(".letter")).to_have_count(2)
    tap(page, "More")
    tap(page, "→ English")
    expect(page.locator(".letter")).to_have_count(2)
    expect(page.locator(".letter pre").last).to_contain_text("Your Excellency,")


def test_a_reload_shows_the_letter_and_its_files_again(page: Page) -> None:
    a_letter(page)
    with page.expect_event("download"):
        tap(page, "PDF")
    tap(page, "More")
    begun: list[str] = []
    page.on("download", lambda download: begun.append(download.suggested_filename))
    page.reload()
    expect(page.locator(".letter img").first).to_be_visible()
    expect(page.locator(".files a")).to_have_text("Save OPSC-KEN-en-2026-03-02.pdf")
    expect(page.locator("#title")).to_have_text("What else would you like to do?")
    assert sees(page, page.locator(".letter .picture"))
    assert begun == [], "nobody asked for a download"
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, history.state])")
    assert "Example" not in kept
    assert "Kenya" not in kept
    tap(page, "⌂ Home")
    page.reload()
    expect(page.locator(".files a")).to_have_count(1)
    expect(page.locator(".letter")).to_have_count(0)


def test_a_half_typed_message_outlives_a_reload_of_its_tab(page: Page, served: Served) -> None:
    page.locator("#message").fill("A. Example, Exam")
    page.reload()
    expect(page.locator("#message")).to_have_value("A. Example, Exam")
    other = page.context.new_page()
    other.goto(served.whole)
    expect(other.locator("#title")).to_contain_text("Démarche")
    expect(other.locator("#message")).to_have_value("")
    other.close()
    page.locator("#message").fill("")
    page.reload()
    expect(page.locator("#title")).to_contain_text("Démarche")
    expect(page.locator("#message")).to_have_value("")


def test_on_a_wide_screen_the_letter_stands_beside_the_talk(
    browser: Browser, served: Served
) -> None:
    with opened(browser, served.whole, (1440, 900)) as page:
        a_letter(page)
        letter = page.get_by_role("region", name="The letter").locator("article")
        expect(letter).to_have_count(1)
        beside, card = letter.bounding_box(), page.locator("#card").bounding_box()
        assert beside
        assert card
        assert beside["x"] >= card["x"] + card["width"]
        assert letter.locator("img").evaluate("one => one.offsetHeight") > 700, "all of the page"
        tap(page, "Change")
        tap(page, "The text")
        tap(page, "☑ We hope")
        type_in(page, "We hope for the best.")
        expect(letter).to_have_count(1)
        expect(letter.locator("pre")).to_contain_text("We hope for the best.")
        assert page.locator("#log .letter").count() == 0
        page.set_viewport_size({"width": 700, "height": 900})
        expect(page.locator("#log .letter")).to_have_count(1)
        expect(page.locator("#beside")).to_be_hidden()
        page.set_viewport_size({"width": 1440, "height": 900})
        expect(letter).to_have_count(1)
        tap(page, "⌂ Home")
        tap(page, "New letter")
        # Another letter is begun: the old one goes back into the talk.
        expect(page.locator("#log .letter")).to_have_count(1)
        expect(page.locator("#beside")).to_be_hidden()
