"""The talk on the page: what was asked and said, the way back, the field and its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.web.browsing import a_letter, needs_chromium, opened, tap, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.web.serving import Served

pytestmark = needs_chromium

OWN = "We hope for the best.\nAnd soon."


def said(page: Page) -> list[str]:
    """The lines of the talk as they are seen."""
    lines: list[str] = page.evaluate(
        "[...document.querySelectorAll('.said')].map((one) =>"
        " [...one.querySelectorAll('.asked:not(.hidden), .mine')].map((part) => part.innerText"
        ".replace(/^You:\\s+/, '')).join(' | '))"
    )
    return [" ".join(line.split()) for line in lines]


def test_the_talk_keeps_what_was_asked_and_answered(page: Page) -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    tap(page, "‹ Back")
    tap(page, "OPSC")
    type_in(page, "kenia")
    tap(page, "English")
    lines = said(page)
    assert lines == [
        "New letter",
        "Which treaty is the letter about? | OPSC – sale of children",
        "OPSC – sale of children",
        "Which State is the letter to? | kenia",
        "In which language is the letter? | English (official language)",
    ]
    heights = page.evaluate(
        "[...document.querySelectorAll('.said')].map((one) => one.offsetHeight)"
    )
    assert max(heights) <= 60, "two lines at most"
    assert page.locator("#title").is_visible()


def test_ticks_and_turned_pages_are_not_told(page: Page) -> None:
    a_letter(page)
    tap(page, "Many States")
    before = said(page)
    tap(page, "☐ Signed but not party")
    tap(page, "⌂ Home")
    assert said(page) == before
    page.reload()
    expect(page.locator("#title")).to_contain_text("Démarche")
    assert said(page) == []


def test_the_browsers_back_is_the_screens_back(page: Page) -> None:
    before = page.url
    tap(page, "New letter")
    tap(page, "OPSC")
    type_in(page, "kenia")
    expect(page.locator("#title")).to_contain_text("In which language")
    page.go_back()
    expect(page.locator("#title")).to_have_text("Which State is the letter to?")
    page.go_back()
    expect(page.locator("#title")).to_have_text("Which treaty is the letter about?")
    page.go_back()
    expect(page.locator("#title")).to_contain_text("Démarche")
    assert page.url == before


def test_where_there_is_no_way_back_the_browser_leaves(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole) as page:
        page.goto("about:blank")
        page.goto(served.whole)
        tap(page, "Settings")
        page.go_back()
        expect(page.locator("#title")).to_contain_text("Démarche")
        page.go_back()
        page.wait_for_url("about:blank")


def test_after_a_reload_back_is_still_the_screens_back(page: Page) -> None:
    tap(page, "New letter")
    tap(page, "OPSC")
    page.reload()
    expect(page.locator("#title")).to_have_text("Which State is the letter to?")
    page.go_back()
    expect(page.locator("#title")).to_have_text("Which treaty is the letter about?")


def changed(page: Page, **more: object) -> None:
    """From now on the program's screens are as a later one would send them."""

    def fulfil(route: Route) -> None:
        response = route.fetch()
        answer = response.json()
        for effect in answer["effects"]:
            if effect["kind"] == "screen":
                effect.update(more)
        route.fulfill(response=response, body=json.dumps(answer))

    page.unroute_all()
    page.route("**/event", fulfil)


def test_a_text_to_change_stands_in_the_field(page: Page) -> None:
    field = page.locator("#message")
    changed(page, filled=OWN)
    tap(page, "Settings")
    expect(field).to_have_value(OWN)
    changed(page)
    tap(page, "⌂ Home")
    expect(field).to_have_value("")  # it was not touched
    field.fill("Half a thought")
    changed(page, filled=OWN)
    tap(page, "Settings")
    expect(field).to_have_value("Half a thought")
    field.fill("")
    tap(page, "⌂ Home")
    tap(page, "Settings")
    changed(page, filled="Another text.")
    tap(page, "⌂ Home")
    expect(field).to_have_value("Another text.")
    field.fill("Another text, changed.")
    changed(page, filled="Another text, changed, as it is now.")
    page.locator("#send").click()
    expect(field).to_have_value("Another text, changed, as it is now.")


def test_a_text_that_is_not_taken_stays_in_the_field(page: Page) -> None:
    tap(page, "New letter")
    changed(page, kept=True)
    page.locator("#message").fill("A. Example, Example Organisation")
    page.locator("#send").click()
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#message")).to_have_value("A. Example, Example Organisation")
    assert "Example" not in page.locator("#log").inner_text()


def test_the_field_grows_with_its_text(page: Page) -> None:
    field = page.locator("#message")
    low = field.evaluate("one => one.offsetHeight")
    field.fill("A sentence that is wrapped on a phone. " * 4)
    high = field.evaluate("one => one.offsetHeight")
    assert low < 60 < high
    assert field.evaluate("one => one.scrollHeight - one.clientHeight") <= 1
    field.fill("word " * 2000)
    assert 250 <= field.evaluate("one => one.offsetHeight") <= 740 * 0.4 + 1
    field.fill("")
    assert field.evaluate("one => one.offsetHeight") == low
