"""The methods' parameters and results, as aiogram's models describe them."""

from __future__ import annotations

import json
import re
import types
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputFile, Update
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.botapi.errors import RefusedError, bad
from tests.botapi.forms import Form, Upload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiogram.methods.base import TelegramMethod

METHODS = (
    *("getMe", "getUpdates", "deleteWebhook", "setWebhook", "getWebhookInfo", "logOut", "close"),
    *("sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "sendChatAction"),
    *("editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"),
    *("deleteMessage", "deleteMessages", "answerCallbackQuery", "getFile", "setChatMenuButton"),
    *("setMyCommands", "getMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"),
)

_ATTACH = "attach://"
_MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}


@cache
def model_of(method: str) -> type[TelegramMethod[Any]]:
    """Return aiogram's model of a method."""
    if method not in METHODS:
        raise RefusedError(404, "Not Found: method not found")
    model: type[TelegramMethod[Any]] = getattr(aiogram.methods, method[0].upper() + method[1:])
    return model


def allowed(method: str) -> frozenset[str]:
    """Return the names of all parameters of a method."""
    return frozenset(model_of(method).model_fields)


def required(method: str) -> frozenset[str]:
    """Return the names of the parameters a method cannot do without."""
    fields = model_of(method).model_fields
    return frozenset(name for name, field in fields.items() if field.is_required())


def decode(method: str, form: Form) -> dict[str, Any]:
    """Return a call's parameters as plain values, or refuse them."""
    fields = model_of(method).model_fields
    values: dict[str, Any] = {}
    used: set[str] = set()
    for name, raw in form.fields.items():
        if name not in fields:
            msg = f'unknown parameter "{name}"'
            raise bad(msg)
        value = _convert(name, raw, _kinds(fields[name].annotation)) if _is_text(raw) else raw
        values[name] = _attach(value, form.uploads, used)
    for name, upload in form.uploads.items():
        if name in fields and InputFile in _kinds(fields[name].annotation):
            values[name] = upload
        elif name not in used:
            msg = f'file "{name}" belongs to no parameter'
            raise bad(msg)
    for name in sorted(required(method) - set(values)):
        raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
    _validate(method, values)
    return values


def check_result(method: str, result: object) -> None:
    """Fail when a result is not what the method returns."""
    _check(_returning(method), result, method)


def check_update(update: object) -> None:
    """Fail when an update is not one."""
    _check(TypeAdapter(Update), update, "update")


def extras(value: object, path: str) -> Iterator[str]:
    """Yield where a validated value holds fields its models do not know."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            yield from extras(item, f"{path}[{place}]")


@cache
def _returning(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(model_of(method).__returning__)


def _check(adapter: TypeAdapter[Any], value: object, what: str) -> None:
    unknown = list(extras(adapter.validate_python(value), what))
    if unknown:
        msg = f"aiogram does not know {unknown}"
        raise AssertionError(msg)


def _validate(method: str, values: dict[str, Any]) -> None:
    plain = _placeholders(values)
    try:
        markup = plain.get("reply_markup")
        if isinstance(markup, dict) and "inline_keyboard" in markup:
            InlineKeyboardMarkup.model_validate(markup)
        model = model_of(method).model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        msg = f"can't parse {place}: {first['msg']}"
        raise bad(msg) from error
    for place in extras(model, method):
        msg = f'unknown field "{place}"'
        raise bad(msg)


def _placeholders(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, Upload):
        return BufferedInputFile(b"", value.name)
    if isinstance(value, dict):
        return {name: _placeholders(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_placeholders(item) for item in value]
    return value


def _attach(value: Any, uploads: dict[str, Upload], used: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and value.startswith(_ATTACH):
        name = value.removeprefix(_ATTACH)
        if name not in uploads:
            msg = "wrong file identifier/HTTP URL specified"
            raise bad(msg)
        used.add(name)
        return uploads[name]
    if isinstance(value, dict):
        return {name: _attach(item, uploads, used) for name, item in value.items()}
    if isinstance(value, list):
        return [_attach(item, uploads, used) for item in value]
    return value


def _is_text(raw: object) -> bool:
    return isinstance(raw, str)


def _kinds(annotation: Any) -> frozenset[Any]:  # noqa: ANN401 - a type form
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return frozenset().union(*(_kinds(item) for item in get_args(annotation)))
    return frozenset({annotation})


def _convert(name: str, raw: str, kinds: frozenset[Any]) -> Any:  # noqa: ANN401 - any JSON value
    try:
        if str in kinds:
            return int(raw) if int in kinds and re.fullmatch(r"-?\d+", raw) else raw
        if InputFile in kinds:
            return raw
        if bool in kinds:
            return {"true": True, "1": True, "false": False, "0": False}[raw.lower()]
        if int in kinds:
            return int(raw)
        return json.loads(raw)
    except (ValueError, KeyError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> RefusedError:
    return bad(f"can't parse {name}")
