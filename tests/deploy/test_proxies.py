"""The examples for reverse proxies: what they hand on, to where, and what stays inside."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

import pytest

from bot.commands.listening import PROXY_IDLE_SECONDS, Patience
from bot.settings import Settings
from bot.web.hook import MAX_BODY, PATH

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "letters.example.org"
# From https://core.telegram.org/bots/webhooks, where Telegram says what to let in.
TELEGRAM = {"149.154.160.0/20", "91.108.4.0/22"}
ADDRESS = re.compile(r"\b\d+\.\d+\.\d+\.\d+/\d+\b")


def text(name: str) -> str:
    """A file without its comments."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def blocks(source: str) -> dict[str, str]:
    """What stands in braces, by what stands before them; a block within one by itself, too."""
    found: dict[str, str] = {}
    open_: list[tuple[str, int]] = []
    for match in re.finditer(r"^(.*)\{$|^\s*\}$", source, re.MULTILINE):
        if match[1] is not None:
            open_.append((match[1].strip(), match.end()))
        else:
            head, begin = open_.pop()
            found[head] = source[begin : match.start()]
    assert not open_
    return found


CADDY, NGINX = blocks(text("caddy/Caddyfile")), blocks(text("nginx/demarche.conf"))
EXAMPLES = ["caddy/Caddyfile", "nginx/demarche.conf"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_comes_goes_where_the_bot_listens(name: str) -> None:
    host, port = Settings(None).listen
    assert set(re.findall(r"127\.0\.0\.1:\d+", text(name))) == {f"{host}:{port}"}
    assert NAME in text(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_telegram_is_let_in_from_its_own_addresses(name: str) -> None:
    assert set(ADDRESS.findall(text(name))) == TELEGRAM
    assert all(ipaddress.ip_network(one).is_global for one in TELEGRAM)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_address_of_a_page_is_logged(name: str) -> None:
    said = re.findall(r"^\s*(?:log|access_log|error_log)\b.*", text(name), re.MULTILINE)
    assert {line.split(maxsplit=1)[1].split()[-1] for line in said} <= {"off;", "crit;"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_telegram_is_told_when_to_come_again(name: str) -> None:
    assert re.search(r"Retry-After [1-9]\b", text(name))


def test_caddy_hands_on_what_is_needed_and_nothing_else() -> None:
    assert f"path {PATH}\n" in CADDY["@telegram"]
    assert "method POST" in CADDY["@telegram"]
    assert "remote_ip" in CADDY["@telegram"]
    assert re.findall(r"@pages (.*)", text("caddy/Caddyfile")) == ["path /s/* /robots.txt", "{"]
    assert {head for head, body in CADDY.items() if body.strip() == "import bot"} == {
        "handle @telegram",
        "handle @pages",
    }
    assert CADDY["handle"].strip() == "respond 404"
    assert "reverse_proxy" in CADDY["(bot)"]


def test_nginx_hands_on_what_is_needed_and_nothing_else() -> None:
    handed = {head for head, body in NGINX.items() if "proxy_pass" in body}
    handed = {head.removeprefix("location").strip() for head in handed if head != "server"}
    assert handed == {f"= {PATH}", "/s/", "= /robots.txt"}
    assert NGINX["location /"].strip() == "return 404;"
    assert NGINX["if ($is_telegram = 0)"].strip() == "return 404;"
    assert "deny all;" in NGINX["limit_except POST"]
    assert MAX_BODY == 1024**2
    assert "client_max_body_size 1m;" in text("nginx/demarche.conf")


def test_nginx_hands_on_who_comes_and_by_which_name() -> None:
    set_ = dict(re.findall(r"proxy_set_header (\S+) (\S+);", text("nginx/demarche.conf")))
    assert (set_["Host"], set_["X-Forwarded-For"]) == ("$host", "$remote_addr")
    # Those of a location would take the place of all of these.
    assert not [
        head
        for head, body in NGINX.items()
        if head.startswith("location") and "proxy_set_header" in body
    ]


def test_no_connection_is_closed_just_as_something_comes_by_it() -> None:
    kept = [int(one) for one in re.findall(r"keepalive (\d+)s", text("caddy/Caddyfile"))]
    assert kept
    assert max(kept) < PROXY_IDLE_SECONDS < Patience().request
    assert "keepalive" not in text("nginx/demarche.conf"), "nginx opens one for each request"


def test_what_a_replica_that_is_away_cannot_take_is_brought_to_another() -> None:
    # As tried: least_conn chooses the one that is away, and what Caddy counts as a failure by
    # itself takes away the one that is left.
    assert CADDY["reverse_proxy {$UPSTREAMS:127.0.0.1:8766}"]
    for said in ("lb_policy round_robin", "health_uri /healthz", "health_interval 1s"):
        assert f"\t{said}\n" in CADDY["(bot)"]
    assert "fail_duration" not in text("caddy/Caddyfile")
    again = "proxy_next_upstream error timeout http_503 non_idempotent;"
    assert again in NGINX[f"location = {PATH}"]
    assert text("nginx/demarche.conf").count("proxy_next_upstream") == 1, "a form is sent once"
