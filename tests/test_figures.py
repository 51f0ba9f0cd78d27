"""The page of figures, where it is served, and the table that says what stands there."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from httpx import AsyncClient, ConnectError

from bot.commands.figures_page import figures_page
from bot.desk import Desk
from bot.letters.status import Version
from bot.machine import figures, logs
from bot.settings import Settings, SettingsError
from bot.storage.errors import StoreError
from tests.logged import logged
from tests.scraping import counted, samples, scraped
from tests.web.visiting import visiting
from tests.world import COMPOSER, NOON, TODAY, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).parents[1] / "deploy" / "FIGURES.md"


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    with figures.kept():
        yield


def served(desk: Desk, port: int, *paths: str) -> list[tuple[int, str, str]]:
    """What is answered at the address of the figures."""

    async def played() -> list[tuple[int, str, str]]:
        serving = asyncio.ensure_future(figures_page(desk, ("127.0.0.1", port))())
        found = []
        async with AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            for path in paths:
                answer = None
                while answer is None:
                    with suppress(ConnectError):  # it is not listening yet
                        answer = await client.get(path)
                found.append((answer.status_code, answer.headers["content-type"], answer.text))
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        return found

    return asyncio.run(played())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_the_page_is_there_and_nothing_else(tmp_path: Path) -> None:
    page, root, signing = served(make_desk(tmp_path / "db"), free_port(), "/metrics", "/", "/s/x")
    assert page[:2] == (200, figures.page()[1])
    assert page[1].startswith("text/plain; version=")
    assert (root[0], signing[0]) == (404, 404)
    names = {one.name for one in samples(page[2])}
    for one in figures.FIGURES:
        more = "_bucket" if one.kind == "histogram" else ""
        assert one.name + more in names or one == figures.WAITING, "no bot runs here"
    assert "process_resident_memory_bytes" in names
    assert not [one for one in names if one.endswith("_created")]


def test_a_port_that_is_taken_stops_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")
    with socket.create_server(("127.0.0.1", 0)) as taken, logged() as log:
        address = ("127.0.0.1", taken.getsockname()[1])
        asyncio.run(_awaited(desk, address))
    assert "no figures: 127.0.0.1:" in log.getvalue()


async def _awaited(desk: Desk, address: tuple[str, int]) -> None:
    await figures_page(desk, address)()


def test_the_age_of_the_facts_and_whether_the_database_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path / "db")
    figures_page(desk, ("127.0.0.1", 0))
    days = (TODAY - COMPOSER.records.as_of).days
    assert counted("demarche_facts_age_days") == {("oldest",): days, ("newest",): days}
    renewed = Version("OPSC", datetime.combine(TODAY, NOON, UTC) - timedelta(3), 0, 0, {})
    desk.letters = desk.letters.on(desk.records.with_versions([renewed]))
    assert counted("demarche_facts_age_days") == {("oldest",): days, ("newest",): 3}
    assert counted("demarche_ready") == {(): 1}

    def away() -> tuple[int, int]:
        message = "away"
        raise StoreError(message)

    monkeypatch.setattr(desk.shelves.facts, "stamp", away)
    assert scraped()["demarche_ready",] == 0


def test_what_cannot_be_asked_leaves_the_others() -> None:
    figures.ask(figures.READY, lambda: {"": 1 / 0})
    figures.count(figures.MISTAKES)
    assert counted("demarche_ready") == {}
    assert counted("demarche_mistakes_total") == {(): 1}


def test_a_label_is_one_of_a_few_words_whatever_it_is_given() -> None:
    figures.count(figures.CALLS, "Zqmethod")
    figures.took(figures.DOCUMENTS, 0.2, "Zqformat")
    assert counted("demarche_telegram_calls_total") == {("other",): 1}
    assert "Zq" not in figures.page()[0].decode()
    buckets = {
        one.labels["le"]: one.value
        for one in samples(figures.page()[0].decode())
        if one.name == "demarche_documents_seconds_bucket" and one.labels["format"] == "other"
    }
    assert (buckets["0.1"], buckets["0.25"], buckets["+Inf"]) == (0, 1, 1)


def test_calls_of_the_database_within_one_another_are_one() -> None:
    @figures.of_database("read")
    def read() -> int:
        return 7

    @figures.of_database("save")
    def save() -> int:
        return read()

    assert (save(), read()) == (7, 7)
    assert counted("demarche_database_seconds_count") == {("save",): 1, ("read",): 1}


@pytest.mark.parametrize("value", ["9464", "127.0.0.1:0", "127.0.0.1:99999", ":9464", "a:b"])
def test_an_address_that_cannot_be_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match=r"DEMARCHE_METRICS is no address.*127.0.0.1:9464"):
        Settings.read({"DEMARCHE_METRICS": value})
    assert Settings.read({}).metrics is None
    assert Settings.read({"DEMARCHE_METRICS": " 127.0.0.1:9464"}).metrics == ("127.0.0.1", 9464)


def test_a_form_of_the_log_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="DEMARCHE_LOG_FORMAT is none of person, json"):
        Settings.read({"DEMARCHE_LOG_FORMAT": "xml"})
    assert Settings.read({}).log_format == "person"
    assert Settings.read({"DEMARCHE_LOG_FORMAT": "JSON"}).log_format == "json"


def test_the_table_says_what_there_is() -> None:
    rows = [
        f"| `{one.name}` | {one.kind} | {_labels(one)} | {one.says} |" for one in figures.FIGURES
    ]
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("| `demarche_")] == rows


def _labels(figure: figures.Figure) -> str:
    each = (f"`{name}`: {', '.join(values)}" for name, values in figure.labels.items())
    return "; ".join(each) or "–"


def test_the_lines_of_one_answer_of_a_page_have_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ValueError

    with visiting(tmp_path / "db", raises=False) as visitor, logged(form="json") as log:
        monkeypatch.setattr(Desk, "take", broken)
        for number in (1, 2):
            visitor.post(json.dumps({"kind": "typed", "text": "x", "id": number}))
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    marks = [line["update"] for line in lines if "reference" in line]
    assert len(set(marks)) == 2


def test_a_line_in_json_is_one_line_and_says_nothing_of_others_words() -> None:
    mark = logs.take_up()
    with logged(form="json") as log:
        logging.getLogger("bot.example").info("one\ntwo %s", "three\u2028\u202efour")
        logging.getLogger("elsewhere").warning("Zqwords %s", "Zqmore")
        try:
            json.loads("Zq")
        except ValueError:
            logging.getLogger("elsewhere").exception("Zqfailed")
    ours, others, failed = map(json.loads, log.getvalue().splitlines())
    assert (ours["message"], ours["update"]) == ("one two three  four", mark)
    assert "words are left out" in others["message"]
    assert failed["error"] == "JSONDecodeError"
    assert failed["place"].startswith("decoder:")
    assert "Zq" not in log.getvalue()
