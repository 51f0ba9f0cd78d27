"""The double refuses what Telegram refuses."""

from __future__ import annotations

import json
import struct
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, User, png
from tests.botapi.limits import DOCUMENT_LIMIT, PHOTO_LIMIT
from tests.botapi.raw import call, refusal

CHAT = 7


@pytest.fixture
def user(api: BotApi) -> User:
    user = api.user(CHAT)
    user.send("/start")
    return user


def keyboard(*rows: int, **button: object) -> dict[str, object]:
    action = button or {"callback_data": "x"}
    return {"inline_keyboard": [[{"text": "B", **action} for _ in range(row)] for row in rows]}


def entity(offset: int, length: int, kind: str = "bold", **more: object) -> list[object]:
    return [{"type": kind, "offset": offset, "length": length, **more}]


TEXTS: list[tuple[dict[str, Any], str]] = [
    ({"text": "a", "colour": "red"}, '400 Bad Request: unknown parameter "colour"'),
    ({}, "400 Bad Request: message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "\U0001f600" * 2049}, "message is too long"),
    ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ({"text": "a</b>", "parse_mode": "HTML"}, "Unexpected end tag at byte offset 1"),
    ({"text": "<b>a</i>", "parse_mode": "HTML"}, 'expected "</b>", found "</i>"'),
    ({"text": "é<br>", "parse_mode": "HTML"}, 'start tag "br" at byte offset 2'),
    ({"text": "1 < 2", "parse_mode": "HTML"}, "start tag"),
    ({"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "a", "parse_mode": "MarkdownV2"}, "does not model parse mode"),
    ({"text": "ab", "entities": entity(0, 3)}, "ends after the end of the text"),
    ({"text": "ab", "entities": entity(-1, 1)}, "incorrect offset"),
    ({"text": "ab", "entities": entity(0, 0)}, "incorrect offset or length"),
    ({"text": "\U0001f600", "entities": entity(0, 1)}, "splits a UTF-16 symbol"),
    ({"text": "ab", "entities": entity(0, 1, "huge")}, "Unsupported type"),
    ({"text": "ab", "entities": entity(0, 1, "text_link")}, 'Field "url" is missing'),
    ({"text": "ab", "entities": entity(0, 1, colour=1)}, "unknown field"),
    ({"text": "a", "parse_mode": "HTML", "entities": entity(0, 1)}, "both parse_mode and"),
    ({"text": "a", "reply_markup": keyboard(*[8] * 13)}, "reply markup is too long"),
    ({"text": "a", "reply_markup": keyboard(9)}, "reply markup is too long"),
    ({"text": "a", "reply_markup": keyboard(1, callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard(1, callback_data="")}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard(1, style="primary")}, "Text buttons are unallowed"),
    (
        {"text": "a", "reply_markup": keyboard(1, callback_data="x", url="https://example.org")},
        "More than one action",
    ),
    ({"text": "a", "reply_markup": keyboard(1, url="http://here")}, "Wrong HTTP URL"),
    ({"text": "a", "reply_markup": keyboard(1, callback_data="x", tint=1)}, "unknown field"),
    ({"text": "a", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}}, "can't parse"),
    ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "a", "message_thread_id": 1}, "does not model"),
]


@pytest.mark.parametrize(("values", "expected"), TEXTS)
def test_a_text_is_refused(api: BotApi, user: User, values: dict[str, Any], expected: str) -> None:
    assert expected in refusal(api, "sendMessage", chat_id=CHAT, **values)
    assert not user.replies


def test_the_longest_text_caption_keyboard_and_data_pass(api: BotApi, user: User) -> None:
    markup = keyboard(*[8] * 12, 4, callback_data="é" * 32)
    text = f"<b>{'a' * 4096}</b>"
    call(api, "sendMessage", chat_id=CHAT, text=text, parse_mode="HTML", reply_markup=markup)
    files = {"document": ("a.txt", b"a", "text/plain")}
    call(api, "sendDocument", files, chat_id=CHAT, caption="a" * 1024)
    assert [len(shown) for shown in user.texts] == [4096, 1024]
    assert not api.refusals


def test_a_wrong_token_and_an_unknown_method_are_refused(api: BotApi) -> None:
    answer = httpx.post(f"{api.base_url}1:wrong/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    assert refusal(api, "sendCannon") == "404 Not Found: method not found"
    assert refusal(api, "sendVideo", chat_id=CHAT, video="x").startswith("404")


def test_a_chat_that_never_wrote_or_blocked_is_refused(api: BotApi, user: User) -> None:
    assert refusal(api, "sendMessage", chat_id=8, text="a") == "400 Bad Request: chat not found"
    api.user(8)
    assert "403 Forbidden: bot can't initiate" in refusal(api, "sendMessage", chat_id=8, text="a")
    api.refusals.clear()
    user.block()
    answer = call(api, "sendMessage", chat_id=CHAT, text="a")
    assert answer["description"] == "Forbidden: bot was blocked by the user"
    assert not api.refusals


def test_an_edit_is_refused(api: BotApi, user: User) -> None:
    own = call(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=keyboard(1))["result"]
    edit: dict[str, Any] = {"chat_id": CHAT, "message_id": own["message_id"]}
    same = {**edit, "text": "a", "reply_markup": keyboard(1)}
    assert "message is not modified" in refusal(api, "editMessageText", **same)
    markup = {**edit, "reply_markup": keyboard(1)}
    assert "message is not modified" in refusal(api, "editMessageReplyMarkup", **markup)
    assert "no caption in" in refusal(api, "editMessageCaption", **edit, caption="b")
    gone: dict[str, Any] = {"chat_id": CHAT, "message_id": 99, "text": "b"}
    assert "message to edit not found" in refusal(api, "editMessageText", **gone)
    assert "can't be edited" in refusal(api, "editMessageText", **{**gone, "message_id": 1})
    assert "identifier is not" in refusal(api, "editMessageText", chat_id=CHAT, text="b")
    call(api, "deleteMessage", **edit)
    assert "to edit not found" in refusal(api, "editMessageText", **edit, text="b")
    assert "to delete not found" in refusal(api, "deleteMessage", **edit)
    assert len(user.messages) == 1


def test_an_answer_to_a_tap_is_refused(api: BotApi, user: User) -> None:
    call(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=keyboard(1))
    query = user.tap("B")
    stale = "query is too old and response timeout expired or query ID is invalid"
    assert stale in refusal(api, "answerCallbackQuery", callback_query_id="nought")
    long: dict[str, Any] = {"callback_query_id": query.id, "text": "a" * 201}
    assert "MESSAGE_TOO_LONG" in refusal(api, "answerCallbackQuery", **long)
    assert call(api, "answerCallbackQuery", callback_query_id=query.id)["ok"]
    assert stale in refusal(api, "answerCallbackQuery", callback_query_id=query.id)
    late = user.tap("B")
    api.expire_queries()
    api.refusals.clear()
    assert stale in call(api, "answerCallbackQuery", callback_query_id=late.id)["description"]
    assert not api.refusals


def jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\0" * 9
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "400 Bad Request: file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xe0", "IMAGE_PROCESS_FAILED"),
        (jpeg(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (jpeg(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png() + b"\0" * PHOTO_LIMIT, "too big for a photo"),
    ],
)
def test_a_photo_is_refused(api: BotApi, user: User, data: bytes, expected: str) -> None:
    files = {"photo": ("a.png", data, "image/png")}
    assert expected in refusal(api, "sendPhoto", files, chat_id=CHAT)
    assert not user.replies


def test_a_document_is_refused(api: BotApi, user: User) -> None:
    huge = {"document": ("a.bin", b"\0" * (DOCUMENT_LIMIT + 1), "application/octet-stream")}
    assert refusal(api, "sendDocument", huge, chat_id=CHAT) == "413 Request Entity Too Large"
    empty = {"document": ("a.txt", b"", "text/plain")}
    assert "non-empty" in refusal(api, "sendDocument", empty, chat_id=CHAT)
    assert "wrong file id" in refusal(api, "sendDocument", chat_id=CHAT, document="nought")
    small = {"document": ("a.txt", b"a", "text/plain")}
    long: dict[str, Any] = {"chat_id": CHAT, "caption": "a" * 1025}
    assert "caption is too long" in refusal(api, "sendDocument", small, **long)
    stray = {**small, "stray": ("b.txt", b"b", "text/plain")}
    assert "belongs to no parameter" in refusal(api, "sendDocument", stray, chat_id=CHAT)
    assert "invalid file_id" in refusal(api, "getFile", file_id="nought")
    user.send_photo()
    photo = user.messages[-1].file
    assert photo
    assert "file of type Photo as Document" in refusal(
        api, "sendDocument", chat_id=CHAT, document=photo.file_id
    )
    assert not user.replies


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["document"], "too few messages"),
        (["document"] * 11, "too many messages"),
        (["document", "photo"], "can't be mixed"),
        (["video", "video"], "does not model"),
    ],
)
def test_an_album_is_refused(api: BotApi, user: User, kinds: list[str], expected: str) -> None:
    media = [{"type": kind, "media": f"attach://f{n}"} for n, kind in enumerate(kinds)]
    files = {f"f{n}": ("a.png", png(), "image/png") for n in range(len(kinds))}
    assert expected in refusal(
        api, "sendMediaGroup", files, chat_id=str(CHAT), media=json.dumps(media)
    )
    assert not user.replies


def test_an_attachment_that_was_not_uploaded_is_refused(api: BotApi, user: User) -> None:
    media = [{"type": "document", "media": "attach://f"}] * 2
    assert "wrong file id" in refusal(api, "sendMediaGroup", chat_id=CHAT, media=media)
    assert not user.replies


@pytest.mark.parametrize(
    ("method", "values", "expected"),
    [
        ("setMyCommands", {"commands": [{"command": "No", "description": "a"}]}, "COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "a" * 33, "description": "a"}]},
            "COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "a" * 257}]},
            "DESCRIPTION_INVALID",
        ),
        ("setMyCommands", {"commands": [], "language_code": "english"}, "invalid language code"),
        ("setMyDescription", {"description": "a" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "is too long"),
        ("setMyName", {"name": "a" * 65}, "name is too long"),
        ("setWebhook", {"url": "http://127.0.0.1/"}, "HTTPS URL must be provided"),
        ("getUpdates", {"allowed_updates": ["nonsense"]}, "unknown update types"),
        ("sendChatAction", {"chat_id": CHAT, "action": "dance"}, "wrong parameter action"),
    ],
)
def test_a_setting_is_refused(
    api: BotApi, user: User, method: str, values: dict[str, Any], expected: str
) -> None:
    assert expected in refusal(api, method, **values)
    assert not user.replies


def test_an_expected_refusal_is_not_listed(api: BotApi, user: User) -> None:
    with api.expecting("sendMessage", "text is empty"):
        assert not call(api, "sendMessage", chat_id=user.id, text="")["ok"]
    assert not api.refusals
    refusal(api, "sendMessage", chat_id=user.id, text="")
    assert len(api.refusals) == 1
