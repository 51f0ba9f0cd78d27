"""Charts of where States stand: each says when, whence and how many; the map has every State."""

from __future__ import annotations

import io
import itertools
import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageStat

from bot.conversation.talk.effects import SendChart
from bot.desk import charts, maps
from bot.documents.charts import draw
from bot.documents.maps import FRAMES, RADIUS, Frame, places, sample
from bot.documents.page import compiler
from bot.letters.model import Language, Stage
from bot.reference.loader import load
from tests.conversation.talk import Talk
from tests.outlines import CRIMEA, area, holds, projected
from tests.world import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.desk import Preview

RECORDS = load()
KINDS = ("party", "signed", "no_action", "withdrew")

SOURCED = {
    Language.EN: ("3 February 2026", "United Nations Treaty Collection"),
    Language.FR: ("3 février 2026", "Collection des traités des Nations Unies"),
    Language.ES: ("3 de febrero de 2026", "Colección de Tratados de las Naciones Unidas"),
}

Drawn = list[tuple[str, "Mapping[str, object]"]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The templates that were drawn, with their data."""
    found: Drawn = []

    def watched(template: str, data: Mapping[str, object], *density: int) -> tuple[bytes, ...]:
        found.append((template, data))
        return draw(template, data, *density)

    monkeypatch.setattr(charts, "draw", watched)
    monkeypatch.setattr(maps, "draw", watched)
    return found


@pytest.fixture
def chart(tmp_path: Path) -> Callable[..., Preview]:
    talks: dict[Language, Talk] = {}

    def drawn(language: Language = Language.EN, state: str = "", treaty: str = "") -> Preview:
        if language not in talks:
            talks[language] = Talk(tmp_path / language, language=language).command("status")
        talk = talks[language]
        return talk.desk.chart(SendChart(state, treaty), talk.desk.current(talk.user))

    return drawn


def words_on(template: str, data: Mapping[str, object]) -> list[str]:
    """What can be read on each picture."""
    inputs = {"chart": json.dumps(data)}
    pdf = compiler(system=False, template=template).compile(format="pdf", sys_inputs=inputs)
    assert isinstance(pdf, bytes)
    return [
        re.sub(r"\s+", " ", page.get_textpage().get_text_range())
        for page in pypdfium2.PdfDocument(pdf)
    ]


def marked(drawing: str) -> tuple[dict[str, str], dict[str, str]]:
    """The kinds of the shapes and of the circles in a drawing, by their States."""
    shapes, circles = dict[str, str](), dict[str, str]()
    for element in etree.fromstring(drawing).iterfind(".//*[@class]"):
        code, _, circle = str(element.get("id")).partition("-")
        found = circles if circle else shapes
        assert code not in found
        found[code] = str(element.get("class"))
    return shapes, circles


def outline_of(code: str) -> list[list[tuple[float, float]]]:
    """The rings of a shape."""
    (path,) = [one.path for one in maps.outlines() if one.code == code]
    rings = []
    for drawn in re.findall(r"M([^z]+)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", drawn)]
        x = y = 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((float(x), float(y)))
        rings.append(ring)
    return rings


@pytest.mark.parametrize("language", Language)
def test_each_picture_says_when_whence_and_how_many(
    chart: Callable[..., Preview], seen: Drawn, language: Language
) -> None:
    chart(language, treaty="OPSC")
    chart(language, treaty="CRPD")
    chart(language, state="KEN")
    pages = [page for template, data in seen for page in words_on(template, data)]
    assert len(pages) == 7
    totals = ["178"] * 3 + ["193"] * 3 + ["8"]
    for page, total in zip(pages, totals, strict=True):
        assert all(words in page for words in SOURCED[language])
        assert re.search(rf"\b{total}\b", page)


def test_a_date_beside_a_bar_says_that_it_is_a_signature(
    chart: Callable[..., Preview], seen: Drawn
) -> None:
    for language, said in (
        (Language.EN, "signed on 8 September 2000"),
        (Language.FR, "signature le 8 septembre 2000"),
        (Language.ES, "firma el 8 de septiembre de 2000"),
    ):
        chart(language, state="KEN")
        (page,) = words_on(*seen[-1])
        assert said in page


def test_a_party_that_is_no_state_is_told_apart(chart: Callable[..., Preview]) -> None:
    text = chart(treaty="CRPD").texts[0]
    assert "193 parties: 192 States and 1 organization.\nParty (192)\n" in text
    assert "178 of 197 States are party." in chart(treaty="OPSC").texts[0]


@pytest.mark.parametrize("treaty", RECORDS.treaties)
def test_every_state_is_on_the_map_once_as_the_records_have_it(
    chart: Callable[..., Preview], seen: Drawn, treaty: str
) -> None:
    preview = chart(treaty=treaty)
    (data,) = [data for template, data in seen if template == "treaty_map.typ"]
    expected = {}
    for iso3 in RECORDS.states:
        standing = RECORDS.standing(treaty, iso3, TODAY)
        expected[iso3] = "withdrew" if standing.withdrawn_on else str(standing.stage)
    listed: Any = data["larger"]
    drawings = [marked(str(data["world"])), *map(marked, listed)]
    circles = [code for _shapes, found in drawings for code in found]
    assert len(circles) == len(set(circles))
    assert {*drawings[0][0], *circles} == set(expected)
    for found in itertools.chain.from_iterable(drawings):
        assert found.items() <= expected.items()
    counts = Counter(expected.values())
    entries: Any = data["legend"]
    legend = [entry["words"] for entry in entries]
    shown = [int(words.rpartition("(")[2].rstrip(")")) for words in legend]
    assert shown == [counts[kind] for kind in KINDS if kind != "withdrew" or counts[kind]]
    assert sum(shown) == len(RECORDS.states)
    assert all(words in preview.alt for words in legend)
    others = RECORDS.organisations(treaty, TODAY)
    assert counts[Stage.PARTY] + others == RECORDS.parties(treaty, TODAY)


def test_every_state_has_a_shape_or_a_circle() -> None:
    outlines = maps.outlines()
    codes = [one.code for one in outlines if one.code]
    assert sorted(codes) == sorted(RECORDS.states)
    assert all(one.path or one.place for one in outlines)
    small = {one.code for one in outlines if one.place}
    assert {"NRU", "TUV", "MCO", "VAT", "PSE", "NIU", "COK"} <= small
    shown = [places(outlines, frame) for frame in FRAMES]
    assert sorted(code for circles in shown for code in circles) == sorted(small)


@pytest.mark.parametrize("frame", FRAMES)
def test_no_circle_lies_on_another_or_out_of_sight(frame: Frame) -> None:
    radius = RADIUS * frame.unit
    inner = (frame.left + radius, frame.top + radius)
    outer = (frame.left + frame.width - radius, frame.top + frame.height - radius)
    circles = places(maps.outlines(), frame)
    for code, (x, y) in circles.items():
        assert inner[0] < x < outer[0], code
        assert inner[1] < y < outer[1], code
    for (x, y), (to_x, to_y) in itertools.combinations(circles.values(), 2):
        assert math.hypot(x - to_x, y - to_y) > 2 * radius


def test_shapes_are_as_large_as_the_states_are() -> None:
    # In an equal-area projection all areas have one scale; Kenya has 580,000 square kilometres.
    scale = 580_000 / abs(sum(map(area, outline_of("KEN"))))
    for code, size in (("BRA", 8_510_000), ("SWE", 450_000), ("AUS", 7_690_000)):
        found = abs(sum(map(area, outline_of(code)))) * scale
        assert found == pytest.approx(size, rel=0.06)


def test_crimea_is_where_the_general_assembly_has_it() -> None:
    point = projected(CRIMEA)
    assert any(holds(ring, point) for ring in outline_of("UKR"))
    assert not any(holds(ring, point) for ring in outline_of("RUS"))


def test_western_sahara_has_no_status_of_its_own() -> None:
    point = projected((-14.5, 24.0))
    assert any(holds(ring, point) for ring in outline_of(""))
    assert not any(holds(ring, point) for ring in outline_of("MAR"))


def test_the_map_fits_a_phone_and_is_not_empty(chart: Callable[..., Preview]) -> None:
    preview = chart(treaty="ICCPR-OP1")
    picture = Image.open(io.BytesIO(preview.pictures[0])).convert("L")
    assert 1200 <= picture.width <= 1280
    assert picture.height < 2 * picture.width
    assert len(preview.pictures[0]) < 1_000_000
    dark = sum(picture.histogram()[:128]) / (picture.width * picture.height)
    assert 0.05 < dark < 0.6
    assert "Withdrew (3)" in preview.alt


def test_the_kinds_differ_without_colour() -> None:
    looks = {}
    for kind in KINDS:
        data = {
            **dict.fromkeys(("title", "subtitle", "total", "note", "source"), "."),
            "language": "en",
            "legend": [],
            "larger": [],
            "world": sample(kind),
        }
        (picture,) = draw("treaty_map.typ", data)
        stat = ImageStat.Stat(Image.open(io.BytesIO(picture)).convert("L"))
        looks[kind] = (stat.mean[0], stat.stddev[0])
    for one, (mean, spread) in looks.items():
        for other, (to_mean, to_spread) in looks.items():
            assert one == other or abs(mean - to_mean) + abs(spread - to_spread) > 8


def test_the_first_of_a_french_month_is_raised(chart: Callable[..., Preview], seen: Drawn) -> None:
    chart(Language.FR, state="BLR")
    template, data = seen[-1]
    inputs = {"chart": json.dumps(data)}
    pdf = compiler(system=False, template=template).compile(format="pdf", sys_inputs=inputs)
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    at = re.search(r"1\s*er\s+octobre 1990", page.get_text_range())
    assert at
    one, raised = (
        page.get_charbox(place) for place in (at.start(), at.end() - len("er octobre 1990"))
    )
    assert raised[1] > one[1] + 1
