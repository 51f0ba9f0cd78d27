"""Fetching pages of a site: one at a time, with a pause between, bounded in time and size."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECONDS = 60.0
"""For one whole page; the largest takes the site a while."""

PAUSE_SECONDS = 2.0
"""Between two pages of one site."""

MAX_BYTES = 20_000_000
MOST_REDIRECTS = 3
AGENT = "demarche (status of treaties; one page at a time)"


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was fetched; `says` is one line on why."""

    says: str


def fetch(
    url: str, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> bytes | Failed:
    """The page at an address."""
    ends = clock() + seconds
    try:
        with (
            httpx.Client(
                timeout=seconds,
                follow_redirects=True,
                max_redirects=MOST_REDIRECTS,
                headers={"User-Agent": AGENT, "Accept": "text/html, application/xml"},
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != httpx.codes.OK:
                return Failed(f"the site answered {response.status_code}: try again later")
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    return Failed("the page is larger than any status page")
                if clock() > ends:
                    return Failed(f"the site took longer than {seconds:g} seconds")
            return bytes(data)
    except httpx.TimeoutException:
        return Failed(f"the site took longer than {seconds:g} seconds: try again later")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Failed(f"the site cannot be reached ({type(error).__name__}): check the network")


def fetch_each(
    addresses: Mapping[str, str], pause: Callable[[float], None] = time.sleep
) -> Iterator[tuple[str, bytes | Failed]]:
    """The pages by the names of their addresses, in order, up to the first that fails."""
    for i, (name, url) in enumerate(addresses.items()):
        if i:
            pause(PAUSE_SECONDS)
        page = fetch(url)
        yield name, page
        if isinstance(page, Failed):
            return
