"""The page for everybody: by ear, in the dark, enlarged, on its side, on a slow line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.browsing import a_letter, fits, needs_chromium, opened, tap, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.web.browsing import Scheme
    from tests.web.serving import Served

pytestmark = needs_chromium

CSS = Path(__file__).parents[2] / "bot/web/static/page.css"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}


def findings(page: Page) -> list[str]:
    """What axe-core objects to, and where; all of the page is seen, nothing behind the form.

    So the pictures are waited for: one that comes later makes the page longer than the screen.
    """
    size = page.viewport_size
    assert size
    page.evaluate("Promise.all([...document.images].map((one) => one.decode().catch(() => {})))")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(4000, height + 200)})
    page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )
    found = Axe().run(page, options=RULES)
    page.set_viewport_size(size)
    return [
        f"{one['id']}: {node['target']} {node['html'][:150]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


# Either scheme and either size once: the rules of the style are the same for both sizes.
@pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", (360, 740)), ("dark", (1440, 900))],
    ids=["light-phone", "dark-wide"],
)
def test_axe_finds_nothing(
    browser: Browser, served: Served, scheme: Scheme, size: tuple[int, int]
) -> None:
    with opened(browser, served.whole, size, color_scheme=scheme) as page:
        assert findings(page) == [], "home"
        tap(page, "New letter")
        assert findings(page) == [], "a question"
        tap(page, "⌂ Home")
        a_letter(page)
        tap(page, "PDF")
        tap(page, "Show the text")
        assert findings(page) == [], "a letter, its file and its text"
        tap(page, "Change")
        tap(page, "The text")
        assert findings(page) == [], "the sections"
        tap(page, "⌂ Home")
        tap(page, "My letters")
        assert findings(page) == [], "letters with their dots"
        tap(page, "⌂ Home")
        tap(page, "Where States stand")
        type_in(page, "Belarus")
        tap(page, "As a picture")
        assert findings(page) == [], "a chart"


def test_for_a_screen_reader(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("log", name="The conversation so far").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("textbox", name=re.compile("State, treaty")).count() == 1
    assert page.get_by_label("Send a file").count() == 1
    for button in page.locator("button").all():
        assert button.inner_text().strip()
    tap(page, "Settings")
    tap(page, "○ Français")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.get_by_role("log", name="La conversation jusqu’ici").count() == 1
    assert page.evaluate("document.activeElement.id") == "title"


def test_every_control_says_what_it_does(page: Page) -> None:
    a_letter(page)
    for name in ("Show the whole page", "Show the text", "Copy the text"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    small = page.locator(".picture").evaluate("one => one.offsetHeight")
    tap(page, "Show the whole page")
    assert page.locator(".picture").evaluate("one => one.offsetHeight") > 2 * small
    tap(page, "Show less")
    assert page.locator(".picture").evaluate("one => one.offsetHeight") == small
    tap(page, "⌂ Home")
    tap(page, "My letters")
    names = page.get_by_role("button", name=re.compile("^More about .*Kenya"))
    assert names.count() >= 1
    whole = page.locator("#buttons .row").first.locator("button")
    widths = whole.evaluate_all("all => all.map((one) => one.offsetWidth)")
    assert widths[0] > 3 * widths[1], "the dots leave the row to the letter's name"


def test_the_text_goes_to_a_mail_program(page: Page) -> None:
    a_letter(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tap(page, "Show the text")
    link = page.get_by_role("link", name="Write an e-mail")
    address = link.get_attribute("href") or ""
    assert address.startswith("mailto:?subject=Ratification%20of%20the%20")
    assert len(address) < 1800
    assert "body=" not in address, "it is too long for an address, and copied instead"
    link.evaluate("one => { one.addEventListener('click', (e) => e.preventDefault()); }")
    link.click()
    expect(page.locator("#toast")).to_contain_text("The text is copied")
    assert "Your Excellency," in page.evaluate("navigator.clipboard.readText()")


def contrast(one: str, other: str) -> float:
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_are_readable_by_day_and_by_night() -> None:
    light, dark = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL)
    for block in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        words = [("ink", "paper"), ("ink", "card"), ("ink", "mine"), ("faint", "paper")]
        words += [
            ("faint", "card"),
            ("accent", "card"),
            ("accent", "mine"),
            ("accent-ink", "accent"),
        ]
        for front, back in words:
            assert contrast(colours[front], colours[back]) >= 4.5, (front, back)
        for front, back in [("edge", "card"), ("focus", "paper"), ("focus", "card")]:
            assert contrast(colours[front], colours[back]) >= 3, (front, back)


def test_the_page_follows_the_system_into_the_dark(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole, color_scheme="dark") as page:
        colour = "getComputedStyle(document.documentElement).backgroundColor"
        red = int(re.findall(r"\d+", page.evaluate(colour))[0])
        assert red < 60
        page.emulate_media(color_scheme="light")
        red = int(re.findall(r"\d+", page.evaluate(colour))[0])
        assert red > 200


def test_enlarged_twice_the_field_is_still_usable(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole, (180, 370)) as page:
        a_letter(page)
        fits(page)
        field, send = page.locator("#message").bounding_box(), page.locator("#send").bounding_box()
        assert field
        assert send
        assert field["width"] >= 150
        assert send["y"] >= field["y"] + field["height"]
        assert send["width"] >= 44


def test_on_its_side_four_rows_are_seen(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole, (740, 360)) as page:
        tap(page, "New letter")
        seen = page.evaluate(
            "[...document.querySelectorAll('#buttons .row')].filter((one) => {"
            " const { top, bottom } = one.getBoundingClientRect();"
            " const { top: end } = document.querySelector('#form').getBoundingClientRect();"
            " return top >= 0 && bottom <= end; }).length"
        )
        assert seen >= 4
        assert page.get_by_role("textbox", name="Type a treaty’s name or code").is_visible()


def test_a_narrow_page_in_french_wastes_no_room(browser: Browser, served: Served) -> None:
    with opened(browser, served.whole, (320, 640)) as page:
        tap(page, "Settings")
        tap(page, "○ Français")
        tap(page, "⌂ Accueil")
        tap(page, "Nouvelle lettre")
        fits(page)
        tap(page, "⌂ Accueil")
        assert page.locator("#message").evaluate("one => one.offsetHeight") == 44


def hold(page: Page, pattern: str) -> list[Route]:
    """The requests that are on their way until they are let go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def test_a_slow_line_says_that_it_is_at_work(page: Page) -> None:
    held = hold(page, "**/event")
    page.get_by_role("button", name="Settings").click()
    expect(page.locator("body")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#progress")).to_be_visible()
    expect(page.locator("#toast")).to_have_text("One moment…")
    held[0].continue_()
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#progress")).to_be_hidden()
    expect(page.locator("#toast")).to_have_text("")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("fr-CH", ["Chargement…", "Envoyer"]), ("es-MX", ["Cargando…", "Enviar"])],
)
def test_the_first_sight_says_what_loads(
    browser: Browser, served: Served, locale: str, words: list[str]
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    held = hold(page, "**/state")
    page.goto(served.whole)
    expect(page.locator("#title")).to_have_text(words[0])
    expect(page.locator("#send")).to_have_text(words[1])
    expect(page.locator("#progress")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#title")).to_contain_text("Démarche")
    context.close()


def test_when_the_program_is_gone_the_first_sight_says_so(page: Page, served: Served) -> None:
    page.route("**/state", lambda route: route.abort("connectionrefused"))
    page.goto(served.whole)
    expect(page.locator("#toast")).to_contain_text("does not answer")
