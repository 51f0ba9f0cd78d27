"""Updates that Telegram might hand in, and such as it never would: made from aiogram's models.

Each field is drawn from what its model says of it; what is optional is there now and then, however
deep. Numbers are huge, texts are none, offsets point nowhere: whatever JSON can hold.
"""

from __future__ import annotations

import types
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.types import Chat, ChatMemberAdministrator, Update, User
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.fuzz import odd

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[st.SearchStrategy[Any]], Any]
    Json = dict[str, Any]

PEOPLE = (7_310_442_901, 7_310_442_902, 7_310_442_903, 7_310_442_904)
"""Who writes to the bot: nobody else's number is like theirs."""
STRANGERS = (7_999_000_123, 2**52 - 1, -1, 0, 2**63, 10**30)
GROUPS = (-1_001_310_442_905, -731_044_290, -1, 2**70)
DEPTH = 4
MOST_FIELDS = 4
KINDS = tuple(name for name in Update.model_fields if name != "update_id")
OFTEN = ("message",) * 20 + ("callback_query",) * 14 + ("my_chat_member", "edited_message") * 4
RIGHTS = {
    name: True
    for name, one in ChatMemberAdministrator.model_fields.items()
    if one.is_required() and one.annotation is bool
}
INTS = st.one_of(
    st.sampled_from((0, 1, -1, 7, 2**31 - 1, 2**31, 2**53, 2**63, -(2**63), 10**30)),
    st.integers(-300, 5_000_000_000),
)
DATES = st.one_of(st.integers(1_600_000_000, 1_900_000_000), st.sampled_from((0, -1, 2**40)))
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
"""Halves of characters, too."""

TEXTS = st.one_of(
    *(st.sampled_from(odd.PLAUSIBLE), st.sampled_from(odd.DATES), st.sampled_from(odd.HALVES)),
    *(st.sampled_from(odd.ODD), ANY_TEXT),
    st.sampled_from(odd.COMMANDS).map("/".__add__),
    st.sampled_from(
        ("/start@other_bot", "/new@example_bot", "/help@", "/@x", "/start c" + "t" * 9)
    ),
)
OFFERED = "offered:"
"""Stands for the n-th button of the screen where the person is: filled in when it is sent."""

DATA = st.one_of(
    st.integers(0, 40).map(lambda number: f"{OFFERED}{number}"),
    st.integers(0, 40).map(lambda number: f"{OFFERED}{number}"),
    st.sampled_from(odd.TAPS),
    ANY_TEXT.map(lambda text: text.encode(errors="replace")[:64].decode(errors="replace")),
    st.binary(max_size=64).map(lambda data: data.decode("utf-8", "replace")[:64]),
)
FILE = "file:"
"""Stands for the n-th of the files that can be fetched."""

FILES = st.one_of(st.integers(0, 30).map(lambda number: f"{FILE}{number}"), ANY_TEXT)
SHORT = st.one_of(ANY_TEXT, st.sampled_from(odd.ODD[:60]), st.sampled_from(odd.PLAUSIBLE))
NAMED: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "data": DATA,
    "file_id": FILES,
    "file_name": st.one_of(st.sampled_from([name for name, _data in odd.FILES]), ANY_TEXT),
    "vcard": st.one_of(SHORT, st.just("BEGIN:VCARD\nFN:Zq Example\nEND:VCARD")),
    "language_code": st.sampled_from(
        ("en", "fr-CA", "es", "sw", "", "-", "FR", "\ud83d", "x" * 99)
    ),
}


ODD: tuple[Any, ...] = (None, "", 0, [], {}, True, "x", -1.5, [None], {"x": 1}, 10**30)
"""What no model says, and JSON can hold."""

UPDATE_KINDS = st.sampled_from(OFTEN + KINDS)
PERSON = st.sampled_from(PEOPLE)
TEN = st.integers(0, 9)
CHATS = st.sampled_from(PEOPLE + STRANGERS + GROUPS)
CHAT_KINDS = st.sampled_from(("private", "group", "supergroup", "channel", "sender", ""))
USERS = st.sampled_from(PEOPLE + STRANGERS)
COUNTS = tuple(st.integers(0, most) for most in range(MOST_FIELDS + 1))
JOINED = st.sampled_from((("left", "member"), ("kicked", "administrator"), ("member", "left")))
BOT = {"id": 4242, "is_bot": True, "first_name": "Example", "username": "example_bot"}


@st.composite
def updates(draw: Draw) -> Json:
    """One update without its number: of a kind, and in it what its model has."""
    kind, luck = draw(UPDATE_KINDS), draw(TEN)
    given = _person(draw, kind) if luck < 7 else {}
    if kind == "my_chat_member" and luck % 2:
        given |= _joined(draw)
    model = _of(Update.model_fields[kind].annotation)
    body = {kind: _model(draw, model, 0, given)}
    if luck in {2, 9}:
        _spoil(draw, body)
    return body


def _of(kind: Any) -> type[BaseModel]:  # noqa: ANN401 -- a type form
    """The model of a field that is a model."""
    found: type[BaseModel] = next(one for one in get_args(kind) if one is not types.NoneType)
    return found


def _person(draw: Draw, kind: str) -> Json:
    """What a person in a private chat with the bot writes and taps."""
    person = draw(PERSON)
    user = {"id": person, "is_bot": False, "first_name": "Zq Example"}
    if draw(TEN) < 3:
        user["language_code"] = draw(NAMED["language_code"])
    chat = {"id": person, "type": "private", "first_name": "Zq Example"}
    if kind == "callback_query":
        message = {"message_id": draw(INTS), "date": draw(DATES), "chat": chat}
        return {"from": user, "data": draw(DATA), "message": message}
    given = {"from": user, "chat": chat}
    if "message" in kind and draw(TEN) < 6:
        given["text"] = draw(TEXTS)
    return given


def _joined(draw: Draw) -> Json:
    """The bot comes into a group, or out of it."""
    statuses = draw(JOINED)
    old, new = ({"status": one, "user": BOT, **RIGHTS} for one in statuses)
    chat = {"id": draw(CHATS), "type": draw(CHAT_KINDS), "title": draw(SHORT)}
    return {"chat": chat, "old_chat_member": old, "new_chat_member": new}


def _spoil(draw: Draw, value: Json) -> None:
    """Put something odd at one place, however deep."""
    while True:
        name = draw(st.sampled_from(sorted(value)))
        if isinstance(value[name], dict) and value[name] and draw(TEN):
            value = value[name]
            continue
        value[name] = draw(st.sampled_from(ODD))
        return


def _model(draw: Draw, model: type[BaseModel], depth: int, given: Json | None = None) -> Json:
    required, optional = _fields(model)
    found: Json = {}
    names = list(required)
    if optional and depth < DEPTH:
        most = MOST_FIELDS if depth == 0 else 2 if depth == 1 else 1
        names += [draw(_one_of(optional)) for _one in range(draw(COUNTS[most]))]
    for name in names:
        field = model.model_fields[name]
        known = field.alias or name
        if known not in found and known not in (given or ()):
            found[known] = _value(draw, field.annotation, name, depth + 1)
    if model is Chat:
        found |= {"id": draw(CHATS), "type": draw(CHAT_KINDS)}
    elif model is User:
        found["id"] = draw(USERS)
    return found | (given or {})


@cache
def _one_of(names: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(names)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what is required, and of what is not."""
    required = tuple(name for name, one in model.model_fields.items() if one.is_required())
    return required, tuple(name for name in model.model_fields if name not in required)


def _value(draw: Draw, kind: Any, name: str, depth: int) -> Any:  # noqa: ANN401 -- any JSON value
    origin = get_origin(kind)
    if origin is Annotated:
        return _value(draw, get_args(kind)[0], name, depth)
    if origin in (Union, types.UnionType):
        choices = tuple(one for one in get_args(kind) if one is not types.NoneType)
        chosen = choices[0] if len(choices) == 1 else draw(_one_of(choices))
        return _value(draw, chosen, name, depth)
    if origin is Literal:
        return draw(_one_of(get_args(kind)))
    if origin in (list, tuple):
        count = draw(COUNTS[2 if depth < DEPTH else 1])
        return [_value(draw, get_args(kind)[0], name, depth + 1) for _one in range(count)]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(draw, kind, depth) if depth < 2 * DEPTH else {}
    return draw(_plain(kind, name))


@cache
def _plain(kind: Any, name: str) -> st.SearchStrategy[Any]:  # noqa: ANN401 -- a type form
    if kind is datetime or "date" in name:
        return DATES
    if kind is bool:
        return st.booleans()
    if kind is int:
        return INTS
    if kind is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    return NAMED.get(name, SHORT)
