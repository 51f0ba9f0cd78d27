"""A real bot runs against the double, and the double is held against aiogram."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from typing import TYPE_CHECKING, Any

import aiogram.methods
import pytest
from pydantic import ValidationError
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Update,
)
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from tests.botapi import BotApi, User, png
from tests.botapi.methods import HANDLERS
from tests.botapi.raw import call
from tests.botapi.schema import METHODS, allowed, check_result, check_update, model_of, required

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

App = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, _context: object) -> None:
    assert update.message
    keys = [[InlineKeyboardButton(label, callback_data=label)] for label in ("Go on", "Stop")]
    await update.message.reply_html(
        f"<b>{update.message.text}</b>", reply_markup=InlineKeyboardMarkup(keys)
    )


async def go_on(update: Update, _context: object) -> None:
    assert update.callback_query
    await update.callback_query.answer("noted")
    await update.callback_query.edit_message_text(f"went {update.callback_query.data}")


def has_replies(user: User, count: int) -> bool:
    return len(user.replies) == count


@contextlib.asynccontextmanager
async def running(api: BotApi) -> AsyncIterator[App]:
    builder = Application.builder().token(api.token)
    app = builder.base_url(api.base_url).base_file_url(api.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(go_on))
    async with app:
        assert app.updater
        await app.updater.start_polling()
        await app.start()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


def test_a_bot_echoes_and_is_tapped() -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(api):
            user = api.user(7, language_code="fr")
            sent = user.send("/start here")
            await api.wait_for(lambda: user.labels() == ["Go on", "Stop"])
            card = user.card()
            assert card
            assert card.text == "/start here"
            assert [item["type"] for item in card.entities] == ["bold", "bot_command"]
            assert api.world.updates.every[sent.update_id]["message"]["entities"] == [
                {"type": "bot_command", "offset": 0, "length": 6}
            ]
            query = user.tap("Go")
            await api.wait_for(lambda: user.texts == ["went Go on"])
            assert (query.answered, query.text, user.labels()) == (True, "noted", [])
            await api.wait_for(lambda: api.drained)
            with pytest.raises(LookupError):
                user.tap("Go on")
            assert not api.refusals

    asyncio.run(run())


def test_what_was_not_confirmed_comes_again_after_a_restart() -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            user = api.user(7)
            sent = user.send("hello")
            page = await asyncio.to_thread(call, api, "getUpdates")
            assert page["result"][0]["update_id"] == sent.update_id
            for count in (1, 2):
                async with running(api):
                    await api.wait_for(functools.partial(has_replies, user, count))
                    await api.wait_for(lambda: api.drained)
                api.redeliver(sent.update_id)
            assert not api.refusals

    asyncio.run(run())


def test_a_tap_delivered_twice_excuses_the_second_answer() -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(api) as app:
            user = api.user(7)
            app.add_error_handler(_ignore)
            user.send("hello")
            await api.wait_for(user.card)
            user.tap("Stop")
            await api.wait_for(lambda: user.texts == ["went Stop"])
            api.redeliver(api.last_update_id)
            await api.wait_for(lambda: len(api.called("answerCallbackQuery")) == 2)
            await api.wait_for(lambda: api.called("answerCallbackQuery")[1].status == 400)
            assert not api.refusals

    async def _ignore(_update: object, _context: object) -> None:
        """Leave the refusal to the double's own record."""

    asyncio.run(run())


def test_files_go_up_and_come_down() -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(api) as app:
            user = api.user(7)
            user.send_document('näme "1".txt', b"from the user\r\n", "text/plain", caption="see")
            user.send_photo()
            user.send_sticker()
            user.send_voice()
            given = user.messages[0].file
            assert given
            fetched = await (await app.bot.get_file(given.file_id)).download_as_bytearray()
            assert bytes(fetched) == b"from the user\r\n"

            both = [
                InputMediaDocument(b"one\r\n--", filename="1 é.txt", caption="<i>a</i>"),
                InputMediaDocument(b"two", filename='"2".txt'),
            ]
            album = await app.bot.send_media_group(7, both)
            assert [file.data for file in user.documents()] == [b"one\r\n--", b"two"]
            assert [file.name for file in user.documents()] == ["1 é.txt", '"2".txt']
            assert len({message.media_group_id for message in album}) == 1
            assert user.replies[0].album
            await album[0].edit_media(InputMediaDocument(b"three", filename="3.txt"))
            await album[1].edit_caption("<b>new</b>", parse_mode="HTML")
            assert user.replies[0].document == b"three"
            assert user.texts == ["", "new"]

            photo = await app.bot.send_photo(7, png(300, 200))
            assert (photo.photo[-1].width, photo.photo[-1].height) == (300, 200)
            await app.bot.send_photo(7, photo.photo[-1].file_id, caption="again")
            card = await app.bot.send_message(7, "card")
            await card.edit_media(InputMediaPhoto(png(9, 9)))
            assert len(user.photos()) == 3
            await card.delete()
            assert len(user.photos()) == 2
            assert not api.refusals

    asyncio.run(run())


def test_the_profile_is_kept_by_language() -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(api) as app:
            await app.bot.set_my_commands([BotCommand("start", "Start")])
            await app.bot.set_my_commands([BotCommand("start", "Commencer")], language_code="fr")
            await app.bot.set_my_description("Longer", language_code="fr")
            await app.bot.set_my_short_description("Short")
            await app.bot.set_my_name("Name")
            await app.bot.set_chat_menu_button()
            found = await app.bot.get_my_commands(language_code="fr")
            assert found[0].description == "Commencer"
            assert api.commands("") == {"start": "Start"}
            assert api.world.profile == {
                "description": {"fr": "Longer"},
                "short_description": {"": "Short"},
                "name": {"": "Name"},
            }
            api.user(7).send("a")
            await app.bot.send_chat_action(7, "typing")
            assert api.world.actions == [(7, "typing")]
            assert not api.refusals

    asyncio.run(run())


def test_a_user_edits_deletes_blocks_and_comes_back(api: BotApi) -> None:
    user = api.user(7)
    first = user.send("a" * 5000)
    assert [len(message.text) for message in user.messages] == [4096, 904]
    user.edit(first.message_id, "b")
    user.delete(first.message_id)
    assert len(user.messages) == 1
    user.block()
    with pytest.raises(ValueError, match="blocked"):
        user.send("c")
    user.unblock()
    user.send("c")
    query = user.tap_data(99, "old")
    kinds = [set(update) - {"update_id"} for update in api.pending]
    assert [kind.pop() for kind in kinds] == [
        *("message", "message", "edited_message"),
        *("my_chat_member", "my_chat_member", "message", "callback_query"),
    ]
    assert api.pending[-1]["callback_query"]["id"] == query.id
    assert user.queries() == [query]


def test_waiting_in_vain_tells_what_happened(api: BotApi) -> None:
    call(api, "getMe")
    with pytest.raises(TimeoutError, match="getMe"):
        api.wait(lambda: False, timeout=0.01)
    with pytest.raises(TimeoutError, match="getMe"):
        asyncio.run(api.wait_for(lambda: False, timeout=0.01))


@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_as_aiogram_describes_it(method: str) -> None:
    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    assert model.__api_method__ == method
    assert model_of(method) is model
    assert allowed(method) == set(model.model_fields)
    assert required(method) <= allowed(method)


def test_every_method_has_its_handler() -> None:
    assert set(METHODS) == {*HANDLERS, "getUpdates"}


@pytest.mark.parametrize("method", [name for name in METHODS if required(name)])
def test_a_call_without_what_it_needs_is_refused(api: BotApi, method: str) -> None:
    answer = call(api, method)
    assert answer["error_code"] == 400
    named = min(required(method))
    assert named in answer["description"] or "chat_id is empty" in answer["description"]


@pytest.mark.parametrize("method", METHODS)
def test_a_parameter_no_method_has_is_refused(api: BotApi, method: str) -> None:
    answer = call(api, method, no_such_parameter=1)
    assert 'unknown parameter "no_such_parameter"' in answer["description"]
    assert len(api.refusals) == 1


def test_a_result_or_update_aiogram_would_not_read_fails() -> None:
    with pytest.raises(ValidationError):
        check_result("sendMessage", {"message_id": 1})
    with pytest.raises(AssertionError, match="colour"):
        check_result("getMe", {"id": 1, "is_bot": True, "first_name": "Example", "colour": "red"})
    with pytest.raises(ValidationError):
        check_update({"update_id": 1, "message": {"text": "a"}})


def test_an_update_the_test_makes_is_checked_and_delivered(api: BotApi) -> None:
    chat = {"id": 7, "type": "private", "first_name": "A."}
    number = api.push({"message": {"message_id": 1, "date": 1, "chat": chat, "text": "a"}})
    assert call(api, "getUpdates")["result"][0]["update_id"] == number
    with pytest.raises(ValidationError):
        api.push({"message": {"text": "a"}})
