"""Reads the body of a call: query string, form, JSON or multipart."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.botapi.errors import bad

_ESCAPED = re.compile(r"%(22|0[0-9A-F]|1[0-9A-F])|\\\\")


@dataclass(frozen=True)
class Upload:
    """One file as it came in a multipart body."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class Form:
    """The fields and files of one call."""

    fields: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)


def read_form(query: str, content_type: str, body: bytes) -> Form:
    """Read the fields and files of one call."""
    form = Form()
    for name, value in parse_qsl(query, keep_blank_values=True):
        _put(form, name, value)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        _read_json(form, body)
    elif kind == "multipart/form-data":
        _read_multipart(form, content_type, body)
    elif kind == "application/x-www-form-urlencoded":
        for name, value in parse_qsl(body.decode(), keep_blank_values=True):
            _put(form, name, value)
    elif body:
        msg = f"unsupported content type {content_type!r}"
        raise bad(msg)
    return form


def _put(form: Form, name: str, value: object) -> None:
    if name in form.fields or name in form.uploads:
        msg = f"parameter {name!r} is given twice"
        raise bad(msg)
    if isinstance(value, Upload):
        form.uploads[name] = value
    else:
        form.fields[name] = value


def _read_json(form: Form, body: bytes) -> None:
    try:
        values = json.loads(body)
    except ValueError as error:
        msg = "can't parse JSON object"
        raise bad(msg) from error
    if not isinstance(values, dict):
        msg = "can't parse JSON object"
        raise bad(msg)
    for name, value in values.items():
        if value is not None:
            _put(form, name, value)


def _read_multipart(form: Form, content_type: str, body: bytes) -> None:
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if not found:
        msg = "boundary is missing in the multipart body"
        raise bad(msg)
    boundary = b"\r\n--" + found[1].encode()
    parts = (b"\r\n" + body).split(boundary)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        msg = "the multipart body is cut off"
        raise bad(msg)
    for part in parts[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        _read_part(form, head.decode(), data)


def _read_part(form: Form, head: str, data: bytes) -> None:
    disposition = ""
    mime = "application/octet-stream"
    for line in head.split("\r\n"):
        key, _, value = line.partition(":")
        if key.strip().lower() == "content-disposition":
            disposition = value
        elif key.strip().lower() == "content-type":
            mime = value.strip()
    name = re.search(r'(?<!file)name="([^"]*)"', disposition)
    if not name:
        msg = "a part of the multipart body has no name"
        raise bad(msg)
    filename = re.search(r'filename="([^"]*)"', disposition)
    if filename:
        _put(form, _unescape(name[1]), Upload(_unescape(filename[1]), mime, data))
    else:
        _put(form, _unescape(name[1]), data.decode())


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else "\\", text)
