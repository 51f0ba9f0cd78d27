"""Another server of this computer, its page in the same browser: it reads and changes nothing."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.web.browsing import a_letter, needs_chromium, tap
from tests.web.serving import HOST
from tests.web.test_api import client_of, state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.web.serving import Served

pytestmark = needs_chromium

PAGE = b"""<!doctype html><title>A neighbour</title><script>
async function tried(victim, link) {
  const event = JSON.stringify({ kind: "typed", text: "/settings", id: 5 });
  const ways = {
    state: () => fetch(victim + "state", { method: "POST", body: "{}", credentials: "include" }),
    header: () => fetch(victim + "state", { method: "POST", headers: { "X-Demarche-Key": "a" } }),
    got: () => fetch(victim + "state", { credentials: "include" }),
    page: () => fetch(victim),
    part: () => fetch(victim + "static/page.js"),
    link: () => fetch(link),
    unseen: () => fetch(link, { mode: "no-cors" }),
    blind: () => fetch(victim + "event", { method: "POST", body: event, mode: "no-cors" }),
    module: () => import(victim + "static/tab.js"),
    script: () => loaded("script", "src", victim + "static/page.js"),
    style: () => loaded("img", "src", victim + "static/page.css"),
    picture: () => loaded("img", "src", link + "/page.png"),
    frame: async () => {
      const frame = await loaded("iframe", "src", victim);
      return frame.contentDocument.title;
    },
    framed: async () => {
      const frame = await loaded("iframe", "src", link);
      return frame.contentDocument.title;
    },
    opener: async () => {
      const other = open(victim);
      await new Promise((done) => setTimeout(done, 300));
      return other.document.title || other.sessionStorage.key;
    },
    socket: () => new Promise((done, fail) => {
      const socket = new WebSocket(victim.replace("http", "ws") + "event");
      socket.onopen = done;
      socket.onerror = fail;
    }),
  };
  const found = {};
  for (const [name, way] of Object.entries(ways)) {
    try {
      found[name] = String(await way());
    } catch (error) {
      found[name] = "refused";
    }
  }
  found.cookie = document.cookie;
  found.kept = JSON.stringify([{ ...sessionStorage }, { ...localStorage }]);
  return found;
}
function loaded(tag, name, address) {
  return new Promise((done, fail) => {
    const made = document.createElement(tag);
    made.onload = () => done(made);
    made.onerror = fail;
    made[name] = address;
    document.body.append(made);
  });
}
function sent(address, fields, type) {
  const form = document.createElement("form");
  form.method = "POST";
  form.action = address;
  form.enctype = type;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("input");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
</script><body></body>"""


class Neighbour:
    """A server of somebody else on another port, and all that it is told."""

    def __init__(self, address: str, told: list[str]) -> None:
        self.address = address
        self.told = told


@contextmanager
def beside(victim: str) -> Iterator[Neighbour]:
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(f"{self.path}\n{self.headers}")
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Set-Cookie", "demarche=of-the-neighbour; Path=/")
            self.end_headers()
            self.wfile.write(PAGE)

        def do_POST(self) -> None:
            """Sends whoever comes on to the victim, with what they bring."""
            self.send_response(307)
            self.send_header("Location", victim + self.path.removeprefix("/"))
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Neighbour(f"http://{HOST}:{server.server_address[1]}/", told)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def link(page: Page) -> str:
    """That of a co-signer, whose letter the victim has open."""
    a_letter(page)
    for label in ("Share", "Ask the co-signers", "Open for signing", "Invite", "… Example"):
        tap(page, label)
    return page.locator(".invitation a[target=_blank]").last.get_attribute("href") or ""


def test_its_page_reads_nothing_and_changes_nothing(page: Page, served: Served, link: str) -> None:
    with beside(served.address) as neighbour, client_of(served) as client:
        before = state(client)
        other = page.context.new_page()
        other.goto(neighbour.address)
        found: dict[str, Any] = other.evaluate(
            "([victim, link]) => tried(victim, link)", [served.address, link]
        )
        assert found.pop("cookie") == "demarche=of-the-neighbour", "only what it has set itself"
        assert found.pop("kept") == "[{},{}]"
        assert found == dict.fromkeys(found, "refused")
        event = {'{"kind":"typed","id":9,"text":"/settings","about":"': '"}'}
        statuses = []
        for address, fields, kind in (
            (f"{served.address}event", event, "text/plain"),
            (f"{neighbour.address}event", event, "text/plain"),
            (f"{served.address}state", {"{}": ""}, "text/plain"),
            (link, {"act": "confirm", "name": "A. Neighbour"}, "application/x-www-form-urlencoded"),
            (
                neighbour.address + urlsplit(link).path.removeprefix("/"),
                *({"act": "confirm", "name": "A. Neighbour"}, "application/x-www-form-urlencoded"),
            ),
        ):
            other.goto(neighbour.address)
            with other.expect_navigation() as navigation:
                other.evaluate("([a, f, k]) => sent(a, f, k)", [address, fields, kind])
            statuses.append(navigation.value.status)
        assert statuses == [403] * 5
        other.goto(f"{neighbour.address}?{served.address}")
        assert not any(served.key in one for one in neighbour.told), "no Referer, no cookie, no key"
        assert state(client) == before
        page.reload()
        expect(page.locator("#title")).to_have_text(before["effects"][0]["title"])
        other.goto(link)
        expect(other.get_by_role("button", name="Confirm")).to_be_visible()


def test_whoever_has_the_port_next_gets_a_key_that_opens_nothing(
    page: Page, served: Served
) -> None:
    """A tab is left open, and another user's program has the port when it is reloaded."""
    old = page.evaluate("sessionStorage.getItem('key')")
    assert old == served.key
    served.stop()
    served.start()
    with client_of(served) as client:
        client.headers["x-demarche-key"] = old
        for path in ("/state", "/event", "/half"):
            answer = client.post(path, json={}, headers=served_origin(served))
            assert answer.status_code == 403
            assert "Kenya" not in answer.text


def served_origin(served: Served) -> dict[str, str]:
    return {"Origin": served.address.rstrip("/")}
