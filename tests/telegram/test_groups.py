"""In a group the bot says once that it works in private, and then nothing."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.botapi import BotApi
from tests.botapi.groups import ANONYMOUS
from tests.hosted import connect
from tests.telegram.running import running
from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import User
    from tests.botapi.groups import Group

OTHERS = ("/new", "/start", "/start@other_bot", "/new@example_bot", "/delete", "OPSC", "Kenya")


def by(user: User, language: str = "en") -> dict[str, object]:
    return {"id": user.id, "is_bot": False, "first_name": "A.", "language_code": language}


async def told(api: BotApi, group: Group) -> None:
    await api.wait_for(lambda: api.drained and group.said)


def kept(path: Path) -> list[tuple[str]]:
    with closing(connect(path)) as connection:
        found = connection.execute("SELECT id FROM users UNION SELECT user_id FROM updates")
        return list(found.fetchall())


@pytest.mark.parametrize(
    ("kind", "status", "language", "words"),
    [
        ("group", "member", "en", "I work in private chats only"),
        ("supergroup", "member", "fr-CA", "uniquement en conversation privée"),
        ("supergroup", "administrator", "es", "solo en chats privados"),
        ("channel", "administrator", "sw", "I work in private chats only"),
    ],
)
def test_once_in_the_language_of_who_added_it(
    tmp_path: Path, kind: str, status: str, language: str, words: str
) -> None:
    async def test(api: BotApi, user: User) -> None:
        group = api.group(-1001, kind)
        added = group.add_bot(by(user, language), status)
        await told(api, group)
        (said,) = group.said
        assert words in said["text"]
        ((button,),) = said["reply_markup"]["inline_keyboard"]
        assert button["url"] == "https://t.me/example_bot"
        # Handed in again, made an administrator, taken out and added anew: it was said.
        api.redeliver(added)
        group.promote_bot(by(user))
        group.remove_bot(by(user))
        group.add_bot(by(user))
        other = api.group(-1002, kind)
        other.add_bot(by(user))
        await told(api, other)
        assert len(group.said) == len(other.said) == 1
        assert not api.refusals

    with_bot(tmp_path, test)


def test_it_is_not_said_again_after_a_restart(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            user, group, other = api.user(7), api.group(-1001), api.group(-1002)
            desk = make_desk(tmp_path / "db")
            async with running(desk, api):
                group.add_bot(by(user))
                await told(api, group)
            group.add_bot(by(user))
            other.add_bot(by(user))
            async with running(desk, api):
                await told(api, other)
            assert len(group.said) == len(other.said) == 1

    asyncio.run(run())


def test_nobody_is_answered_there_and_no_draft_is_begun(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        before, texts = kept(tmp_path / "db"), list(user.texts)
        groups = [api.group(-1001 - n, kind) for n, kind in enumerate(("group", "supergroup"))]
        channel = api.group(-1009, "channel")
        for group in (*groups, channel):
            group.add_bot(by(user), "administrator" if group is channel else "member")
            await told(api, group)
        query = {"id": "1", "from": by(user), "chat_instance": "-1", "data": "draft001:done:"}
        for group in groups:
            for text in OTHERS:
                group.say(by(user), text)
                group.say(by(api.user(8)), text)
            group.say(ANONYMOUS, "/new", sender_chat=group.chat.raw)
            group.say(ANONYMOUS, "/new", sender_chat=channel.chat.raw, is_automatic_forward=True)
            group.say(by(user), "/new", message_thread_id=3, is_topic_message=True)
            group.say(by(user), "/new", reply_to_message=group.said[0])
            api.push({"callback_query": {**query, "message": group.said[0]}})
        api.push({"callback_query": {**query, "inline_message_id": "1"}})
        for text in OTHERS:
            channel.say(by(user), text)
        await api.wait_for(lambda: api.drained)
        assert [len(group.said) for group in (*groups, channel)] == [1, 1, 1]
        assert kept(tmp_path / "db") == before
        assert user.texts == texts
        assert not api.user(8).texts
        assert not api.called("answerCallbackQuery")
        await step(api, user.send, "/help")
        assert not api.refusals

    with_bot(tmp_path, test)


def test_where_it_may_not_write_it_says_nothing_and_goes_on(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        group = api.group(-1001)
        with api.expecting("sendMessage"):
            group.add_bot(by(user))
            group.chat.wrote = False
            await step(api, user.send, "/help")
        assert "/letters" in user.texts[-1]
        assert not group.said

    with_bot(tmp_path, test)


@pytest.mark.parametrize("change", [{"id": 8}, {"is_bot": True}])
def test_in_a_private_chat_only_its_person_is_answered(
    tmp_path: Path, change: dict[str, object]
) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/help")
        texts, before = list(user.texts), kept(tmp_path / "db")
        message = {"message_id": 9, "date": 1, "chat": user.chat.raw, "text": "/new"}
        api.push({"message": {**message, "from": {**by(user), **change}}})
        await api.wait_for(lambda: api.drained)
        assert user.texts == texts
        assert kept(tmp_path / "db") == before

    with_bot(tmp_path, test)
