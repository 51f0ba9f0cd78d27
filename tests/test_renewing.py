"""Renewing the status on the command line: previewed, asked for, undone; and a running desk."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import cli
from bot.conversation.facts.kept import Renewal
from bot.conversation.talk.events import Command, Tap
from bot.letters.model import Stage
from bot.machine import fetching
from bot.reference.collection import address_of
from bot.storage.store import Store
from tests.conversation.talk import Talk
from tests.reference.pages import page, shipped
from tests.test_translator import service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATER = "03-07-2026 10:00:00 EDT"


def with_kenya(as_of: str = LATER) -> str:
    rows = [row for row in shipped("OPSC") if row[0] != "Kenya"]
    return page("OPSC", [*rows, ("Kenya", "8 Sep 2000", "12 May 2026")], as_of=as_of)


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMARCHE_DATABASE", str(tmp_path / "db"))


def treaties(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, ["treaties", *arguments], input=answer)


def saved(path: Path, text: str) -> str:
    (path / "page.html").write_text(text, encoding="utf-8")
    return str(path / "page.html")


@pytest.mark.file
def test_an_import_is_shown_asked_for_and_rolled_back(tmp_path: Path) -> None:
    name = saved(tmp_path, with_kenya())
    result = treaties("import", name, answer="n\n")
    assert "new parties: Kenya 2026-05-12" in result.output
    assert result.exit_code == 1
    assert "178 parties" in treaties("OPSC").output
    assert treaties("import", name, answer="y\n").exit_code == 0
    assert "179 parties" in treaties("OPSC").output
    assert "Kenya" not in treaties("OPSC", "--not-party").output
    assert "*    1  OPSC       as at 2026-07-03" in treaties("history", "OPSC").output
    assert "as at 2026-02-03" in treaties("rollback", "OPSC", "--yes").output
    assert "178 parties" in treaties("OPSC").output
    assert "(rolled back)" in treaties("history").output
    assert "nothing to roll back" in treaties("rollback", "OPSC", "--yes").output


def test_an_older_page_is_asked_about(tmp_path: Path) -> None:
    rows = [row for row in shipped("OPSC") if "2025" not in row[1] + row[2]]
    name = saved(tmp_path, page("OPSC", rows, as_of="03-01-2025 10:00:00 EDT"))
    assert "give --older" in treaties("import", name, "--yes").output
    assert treaties("import", name, answer="n\n").exit_code == 1
    assert "178 parties" in treaties("OPSC").output
    assert treaties("import", name, answer="y\ny\n").exit_code == 0
    assert "as at 2025-01-03" in treaties("history", "OPSC").output


def test_one_bad_file_stores_none(tmp_path: Path) -> None:
    good = saved(tmp_path, with_kenya())
    bad = tmp_path / "bad.html"
    bad.write_text("<html>Please log in</html>", encoding="utf-8")
    result = treaties("import", good, str(bad), "--yes")
    assert result.exit_code == 1
    assert "nothing was stored" in result.output
    assert "178 parties" in treaties("OPSC").output


def changed(name: str, *cells: str, code: str = "OPSC", as_of: str = LATER) -> str:
    """The shipped page with another row for one State, or without it."""
    rows = [row for row in shipped(code) if row[0] != name]
    return page(code, [*rows, (name, cells[0], cells[1])] if cells else rows, as_of=as_of)


BRACKETED = changed("Austria", "6 Sep 2000", "[6 May 2004 ]")


@pytest.mark.file
def test_a_withdrawal_is_dated_by_the_pages_own_day_at_the_latest(tmp_path: Path) -> None:
    name = saved(tmp_path, BRACKETED)
    unknown = treaties("import", name, "--yes").output
    assert "AUT: in brackets" in unknown
    assert "no later than 2026-07-03" in unknown
    for day in ("2027-01-01", "2026-07-04"):
        late = treaties("import", name, "--withdrawn", f"AUT={day}", "--yes")
        assert late.exit_code == 1
        assert f"AUT {day}: that day is after the page's own, 2026-07-03" in late.output
        assert "look the day up again" in late.output
    other = treaties("import", name, "--withdrawn", "AUS=2026-01-01", "--yes")
    assert "AUS: not in brackets on this page" in other.output
    assert "178 parties" in treaties("OPSC").output
    done = treaties("import", name, "--withdrawn", "AUT=2026-07-03", "--yes")
    assert done.exit_code == 0
    assert "known facts" not in done.output
    assert "177 parties" in treaties("OPSC").output


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (changed("Austria"), "Austria: signed 2000-09-06, ratified 2004-05-06 -> nothing"),
        (changed("Kenya"), "Kenya: signed 2000-09-08 -> nothing"),
        (
            changed("Costa Rica", "20 Sep 2001", "9 Apr 2002"),
            "signed 2000-09-07, ratified 2002-04-09 -> signed 2001-09-20, ratified 2002-04-09",
        ),
        (
            changed("Monaco", "26 Jun 2000", "24 Sep 2008 a"),
            "signed 2000-06-26, ratified 2008-09-24 -> signed 2000-06-26, acceded 2008-09-24",
        ),
        (
            changed("Barbados", "13 May 2026", "12 May 2026"),
            "signed 2026-05-13, ratified 2026-05-12 (the signature is later than the act)",
        ),
        (
            changed("Barbados", "", "12 May 2026"),
            "Barbados: nothing -> ratified 2026-05-12 (no signature goes with it)",
        ),
        (
            changed("European Union", code="CRPD"),
            "participants that are no States: party since 2010-12-23 -> nothing",
        ),
        (
            changed("Jamaica", "19 Dec 1966", "3 Oct 1975", code="ICCPR-OP1"),
            "-> signed 1966-12-19, ratified 1975-10-03",
        ),
    ],
)
def test_what_was_known_is_changed_only_with_a_yes_of_its_own(
    tmp_path: Path, text: str, line: str
) -> None:
    name = saved(tmp_path, text)
    refused = treaties("import", name, "--yes")
    assert line in refused.output
    assert refused.exit_code == 1
    assert "give --changed to take it; nothing was stored" in refused.output
    for answer in ("n\n", "y\nn\n"):
        asked = treaties("import", name, answer=answer)
        assert asked.exit_code == 1
        assert (
            "facts that were known would change, see above. Take it all the same?" in asked.output
        )
    assert "as at 2026-07-03" not in treaties("history").output
    assert treaties("import", name, answer="y\ny\n").exit_code == 0
    assert treaties("rollback", text_code(text), "--yes").exit_code == 0
    assert treaties("import", name, "--changed", "--yes").exit_code == 0
    # Known now, it is asked about no more.
    again = treaties("import", name, "--yes")
    assert again.exit_code == 0
    assert "nothing else changes" in again.output


def text_code(text: str) -> str:
    return next(code for code in ("OPSC", "CRPD", "ICCPR-OP1") if NUMBERS[code] in text)


NUMBERS = {"OPSC": "IV-11-c&amp;", "CRPD": "IV-15&amp;", "ICCPR-OP1": "IV-5&amp;"}


def test_an_older_page_that_changes_what_was_known_wants_both(tmp_path: Path) -> None:
    rows = [
        row
        for row in shipped("OPSC")
        if "2025" not in row[1] + row[2] and "2026" not in row[1] + row[2] and row[0] != "Austria"
    ]
    name = saved(tmp_path, page("OPSC", rows, as_of="03-01-2025 10:00:00 EDT"))
    assert "give --changed" in treaties("import", name, "--yes", "--older").output
    assert "give --older" in treaties("import", name, "--yes", "--changed").output
    assert treaties("import", name, "--yes", "--older", "--changed").exit_code == 0


def test_a_mark_that_the_heading_does_not_list_is_asked_about(tmp_path: Path) -> None:
    rows = [row for row in shipped("OPSC") if row[0] != "Barbados"]
    headings = ("Signature", "Ratification, Accession(a), Succession(d)")
    text = page(
        "OPSC",
        [*rows, ("Barbados", "12 Apr 2026", "12 May 2026 A")],
        as_of=LATER,
        headings=headings,
    )
    result = treaties("import", saved(tmp_path, text), "--yes")
    assert (
        "accepted 2026-05-12 (its mark is none of those in the column's heading)" in result.output
    )
    assert "give --changed" in result.output


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, bytes]]]:
    """A site on this machine that serves what stands in the mapping, by treaty number."""
    pages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = pages.get(self.path.removeprefix("/"))
            self.send_response(200 if data is not None else 503)
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its own name
            del format, args

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{{number}}", pages
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_chapter_of_an_address_is_counted_in_figures(
    site: tuple[str, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, pages = site
    monkeypatch.setenv("DEMARCHE_TREATIES_URL", f"{address}/{{chapter}}")
    pages["IV-11-c/4"] = with_kenya().encode()
    assert treaties("fetch", "OPSC", "--yes").exit_code == 0
    for number, chapter in (("XXVI-5", 26), ("XVIII-12-a", 18), ("XIX-21", 19), ("IX-1", 9)):
        assert address_of("{chapter} {number}", number) == f"{chapter} {number}"


@pytest.mark.file
def test_pages_are_fetched(
    site: tuple[str, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, pages = site
    monkeypatch.setenv("DEMARCHE_TREATIES_URL", address)
    assert "the site answered 503" in treaties("fetch", "OPSC", "--yes").output
    pages["IV-11-c"] = b"<html>urgent maintenance</html>"
    assert "out of service" in treaties("fetch", "OPSC", "--yes").output
    pages["IV-11-c"] = page("OPAC", shipped("OPAC")).encode()
    assert "served the page of OPAC" in treaties("fetch", "OPSC", "--yes").output
    pages["IV-11-c"] = b"x" * 21_000_000
    assert "larger than any" in treaties("fetch", "OPSC", "--yes").output
    assert "178 parties" in treaties("OPSC").output
    pages["IV-11-c"] = with_kenya().encode()
    assert treaties("fetch", "OPSC", "--yes").exit_code == 0
    assert "179 parties" in treaties("OPSC").output


def test_pages_are_fetched_with_a_pause_between(site: tuple[str, dict[str, bytes]]) -> None:
    address, pages = site
    pages |= {"a": b"first", "b": b"second", "d": b"never"}
    pauses: list[float] = []
    addresses = {name: address.replace("{number}", name) for name in "abcd"}
    found = dict(fetching.fetch_each(addresses, pauses.append))
    assert list(found) == ["a", "b", "c"]
    assert (found["a"], found["b"]) == (b"first", b"second")
    assert isinstance(found["c"], fetching.Failed)
    assert pauses == [fetching.PAUSE_SECONDS] * 2


def test_a_site_that_is_too_slow_or_not_there_is_not_waited_for() -> None:
    with service(b"", hangs=True) as (url, _asked):
        slow = fetching.fetch(url, seconds=0.2)
    assert isinstance(slow, fetching.Failed)
    assert "longer than 0.2 seconds" in slow.says
    gone = fetching.fetch(url, seconds=5)
    assert isinstance(gone, fetching.Failed)
    assert "cannot be reached" in gone.says


def test_withdrawn_is_for_one_page(tmp_path: Path) -> None:
    name = saved(tmp_path, with_kenya())
    result = treaties("import", name, name, "--withdrawn", "AUT=2026-01-01", "--yes")
    assert "give that page alone" in result.output


def test_a_running_bot_takes_up_what_was_imported(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db", today=date(2026, 7, 10))
    talk.do(Command("new")).tap("OPSC").type("kenya")
    assert "signed" in str(talk.desk.records.standing("OPSC", "KEN", date(2026, 7, 10)).stage)
    assert treaties("import", saved(tmp_path, with_kenya()), "--yes").exit_code == 0
    talk.do(Tap("-")).do(Command("new")).tap("OPSC").type("kenya")
    assert "ratified on 12 May 2026" in talk.screen.text
    assert talk.screen.title == "Kenya has joined OPSC"
    assert treaties("rollback", "OPSC", "--yes").exit_code == 0
    talk.do(Command("start"))
    assert talk.desk.records.standing("OPSC", "KEN", date(2026, 7, 10)).stage is Stage.SIGNED


def test_facts_that_changed_since_they_were_looked_at_are_not_overwritten(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        stamp = store.shelves.facts.stamp()
        assert treaties("import", saved(tmp_path, with_kenya()), "--yes").exit_code == 0
        assert not store.shelves.facts.add(
            Renewal(store.shelves.facts.present(), (), date(2026, 7, 10), stamp)
        )
        assert len(store.shelves.facts.history()) == 1
