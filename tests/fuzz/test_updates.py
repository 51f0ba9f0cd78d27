"""A short sample of the flood, and that it finds what it looks for; `make fuzz` goes far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.conversation.talk.events import Typed
from bot.desk import Desk
from bot.telegram import app, groups, inbound, sharing
from tests.fuzz.flood import Flood, flood, lines, one_by_one
from tests.fuzz.prepared import in_the_midst
from tests.fuzz.updates import PEOPLE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from telegram import Update

    from bot.telegram.inbound import Inbound
    from tests.fuzz.updates import Json

PERSON: Json = {"id": PEOPLE[0], "is_bot": False, "first_name": "Zq Example"}
CHAT: Json = {"id": PEOPLE[0], "type": "private", "first_name": "Zq Example"}
MESSAGE: Json = {"message_id": 7, "date": 1_700_000_000, "chat": CHAT, "from": PERSON}
CARD: Json = {"message_id": 7, "date": 1_700_000_000, "chat": CHAT}
TAP: Json = {"id": "1", "from": PERSON, "chat_instance": "1", "message": CARD}
CONTACT: Json = {"phone_number": "1", "first_name": "Zq\ud83d", "last_name": "\udc00Example"}
MEMBER: Json = {"user": PERSON, "status": "member"}
JOINED: Json = {
    "chat": {"id": None, "type": "sender", "title": "Zq"},
    "from": PERSON,
    "date": 1,
    "old_chat_member": {**MEMBER, "status": "left"},
    "new_chat_member": MEMBER,
}
BEFORE: dict[str, Json] = {
    "a contact with half a character": {"message": {**MESSAGE, "contact": CONTACT}},
    "a number that no database holds": {
        "callback_query": {**TAP, "data": "x", "message": {**CARD, "message_id": 2**63}}
    },
    "data that are no text": {"callback_query": {**TAP, "data": {"x": 1}}},
    "a text that is none": {"message": {**MESSAGE, "text": [None]}},
    "a language that is none": {
        "message": {**MESSAGE, "text": "x", "from": {**PERSON, "language_code": 7}}
    },
    "a file of no size": {
        "message": {**MESSAGE, "document": {"file_id": "file:0", "file_unique_id": "x",
                                            "file_size": "x", "file_name": 5}}
    },
    "a group that is none": {"my_chat_member": {"x": 1}},
    "a person without a number": {"message": {**MESSAGE, "from": {**PERSON, "id": []}}},
    "a chat without a number": {"message": {**MESSAGE, "text": "x", "chat": {**CHAT, "id": {}}}},
    "a group without a number": {"my_chat_member": JOINED},
    "what cannot be written down": {"message": {**MESSAGE, "contact": CONTACT,
                                                "pinned_message": {**CARD, "date": 0}}},
    "no date": {"message": {"message_id": 7, "chat": CHAT, "from": PERSON, "text": "x"}},
}  # fmt: skip
"""What once broke something, or could."""


def test_updates_of_every_kind_break_nothing(tmp_path: Path) -> None:
    found = flood(6, 60, tmp_path, in_the_midst)
    assert not found.faults, "\n".join(lines(found))
    assert found.calls
    assert found.helped


def test_what_once_broke_something(tmp_path: Path) -> None:
    found = one_by_one(BEFORE.values(), tmp_path / "db", in_the_midst)
    assert not found.faults, "\n".join(lines(found))
    assert found.unread == 4
    assert found.helped


def test_what_would_be_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whoever = inbound.sender

    def nobody_asks(update: Update) -> Inbound | None:
        who = whoever(update)
        return replace(who, chat_id=PEOPLE[1]) if who else None

    def fails(desk: Desk, user_id: str, event: object, **named: Any) -> object:  # noqa: ANN401 -- the desk's own
        if event == Typed("fail"):
            raise ValueError(user_id)
        return receive(desk, user_id, event, **named)  # type: ignore[arg-type]

    receive = Desk.receive
    with monkeypatch.context() as patched:
        for module in (app, sharing):
            patched.setattr(module, "sender", nobody_asks)
        found = one_by_one([{"message": {**MESSAGE, "text": "x"}}], tmp_path / "a", in_the_midst)
        assert "to a wrong chat" in _kinds(found)
    with monkeypatch.context() as patched:
        patched.setattr(Desk, "receive", fails)
        found = one_by_one([{"message": {**MESSAGE, "text": "fail"}}], tmp_path / "b", in_the_midst)
        assert "a mistake of ours" in _kinds(found)
    with monkeypatch.context() as patched:
        patched.setattr(groups, "group_joined", lambda update: app.log.warning("%s", update))
        member: Json = {"user": PERSON, "status": "member"}
        moved = {"chat": {**CHAT, "type": "group"}, "from": PERSON, "date": 1}
        moved |= {"old_chat_member": member, "new_chat_member": member}
        found = one_by_one([{"my_chat_member": moved}], tmp_path / "c", in_the_midst)
        assert "in the log" in _kinds(found)


def _kinds(found: Flood) -> str:
    return "\n".join(found.faults)
