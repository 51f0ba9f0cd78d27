"""A strict double of the Telegram Bot API, for tests."""

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.calls import Call
from tests.botapi.driver import Sent, Shown, User
from tests.botapi.errors import Refusal
from tests.botapi.faults import Fault
from tests.botapi.images import png
from tests.botapi.state import Query, StoredFile

__all__ = [
    "TOKEN",
    "BotApi",
    "Call",
    "Fault",
    "Query",
    "Refusal",
    "Sent",
    "Shown",
    "StoredFile",
    "User",
    "png",
]
