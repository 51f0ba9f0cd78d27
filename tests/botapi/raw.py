"""Calls the double without any library between."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.botapi.api import BotApi

_TLS = ssl.create_default_context()  # made once: making it takes longer than a call

Files = dict[str, tuple[str, bytes, str]]


def call(api: BotApi, method: str, files: Files | None = None, **values: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Make one call and return the answer as it came."""
    url = f"{api.base_url}{api.token}/{method}"
    if files:
        return httpx.post(url, data=values, files=files, timeout=10, verify=_TLS).json()
    return httpx.post(url, json=values, timeout=10, verify=_TLS).json()


def refusal(api: BotApi, method: str, files: Files | None = None, **values: Any) -> str:  # noqa: ANN401 - any JSON value
    """Make a call that has to be refused; return code and description."""
    answer = call(api, method, files, **values)
    assert set(answer) == {"ok", "error_code", "description"}, answer
    assert answer["ok"] is False
    assert api.refusals[-1].description == answer["description"]
    return f"{answer['error_code']} {answer['description']}"
