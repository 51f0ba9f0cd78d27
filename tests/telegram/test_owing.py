"""What did not reach the chat: shown after a stop, tried again, never sent a second time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.talk.effects import RunJob
from bot.conversation.talk.events import Command, Tap
from bot.storage.begun import Begun
from bot.storage.errors import AwayError
from bot.storage.updates import Updates
from bot.telegram.app import TelegramChannel
from bot.telegram.card import MOST_STALE
from bot.telegram.owing import AGAIN_SECONDS
from bot.telegram.polling import PatientBot
from bot.telegram.sending import SAVING_SECONDS
from tests.botapi import BotApi
from tests.conversation.talk import Talk
from tests.telegram.running import no_pause, running
from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import a_letter, step
from tests.world import CO_SIGNERS, desk_on, make_desk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.desk import Desk
    from tests.botapi import User

FAILED = "What you asked for has not reached you"
TWICE = "If something stands here twice"


def stopped_and_started(
    path: Path,
    before: Callable[[BotApi, User], Awaitable[None]],
    between: Callable[[Desk, User], None],
    after: Callable[[BotApi, User], Awaitable[None]],
) -> None:
    """Run the bot, do to its database what a process does that dies, and run it again."""

    async def run() -> None:
        desk = make_desk(path / "db")
        async with BotApi.start() as api:
            user = api.user(7)
            async with running(desk, api):
                await before(api, user)
            between(desk, user)
            async with running(desk, api):
                await after(api, user)

    asyncio.run(run())


def data_of(user: User, label: str) -> str:
    card = user.card()
    assert card
    buttons = [one for row in card.buttons for one in row]
    return str(next(one["callback_data"] for one in buttons if one["text"].startswith(label)))


def test_the_screen_of_what_was_answered_before_a_kill_is_shown_untapped(tmp_path: Path) -> None:
    async def before(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")

    def taken(desk: Desk, user: User) -> None:
        """And not shown."""
        desk.receive("telegram:7", Tap(data_of(user, "OPSC")), update=("telegram", 10**9))

    async def after(api: BotApi, user: User) -> None:
        await api.wait_for(lambda: "Which State" in user.texts[-1])
        assert len([one for one in user.messages if one.buttons]) == 1

    stopped_and_started(tmp_path, before, taken, after)


def test_a_card_that_was_to_go_when_the_bot_died_goes(tmp_path: Path) -> None:
    async def before(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        await step(api, user.tap, "OPSC")

    def died(desk: Desk, user: User) -> None:
        """Between putting a new card and taking away the old one, and others that had gathered."""
        card = user.card()
        assert card
        others = range(card.message_id + 60, card.message_id + 60 + MOST_STALE - 2)
        desk.store.cards.put("telegram:7", card.message_id + 50, (card.message_id, *others))

    async def after(api: BotApi, user: User) -> None:
        await step(api, user.send, "kenia")
        await api.wait_for(lambda: len([one for one in user.messages if one.buttons]) == 1)
        assert "language" in user.texts[-1]

    stopped_and_started(tmp_path, before, died, after)


async def forgotten_card(path: Path, api: BotApi, user: User) -> int:
    """A letter whose file was asked for; and the new card below that, of which nobody knows.

    The process died between the card's sending and its being written down. What is known.
    """
    with desk_on(path) as desk:
        async with running(desk, api):
            await a_letter(api, user, "en")
            card = user.card()
            assert card
        update = ("telegram", 10**9)
        desk.receive("telegram:7", Tap(data_of(user, "PDF")), update=update)
        desk.store.updates.settle(*update, "telegram:7")
        async with PatientBot(api.token, base_url=api.base_url) as bot:
            keyboard = InlineKeyboardMarkup(
                [[InlineKeyboardButton(**one) for one in row] for row in card.buttons]
            )
            await bot.send_message(7, card.text, reply_markup=keyboard)
    return card.message_id


def test_no_screen_stands_above_a_card_that_a_killed_process_forgot(tmp_path: Path) -> None:
    """A tap on the card above it is taken, and then the program is killed once more."""

    async def run() -> None:
        async with BotApi.start() as api:
            user = api.user(7)
            await forgotten_card(tmp_path / "db", api, user)
            with desk_on(tmp_path / "db") as desk:
                tap = Tap(data_of(user, "More"))
                desk.receive("telegram:7", tap, update=("telegram", 10**9 + 1))
            with desk_on(tmp_path / "db") as desk:
                async with running(desk, api):
                    await api.wait_for(lambda: "What else" in user.texts[-1])

    asyncio.run(run())


def test_nor_does_the_answer_to_a_tap_on_the_card_above_it(tmp_path: Path) -> None:
    """Though it is taken before the bot has come to what it owes to the one who tapped."""

    async def run() -> None:
        async with BotApi.start() as api:
            user = api.user(7)
            known = await forgotten_card(tmp_path / "db", api, user)
            with desk_on(tmp_path / "db") as desk:
                api.user(3).send("/start")
                desk.receive("telegram:3", Command("start"), update=("telegram", 10**9 + 1))
                hanging = api.fail("sendMessage", "timeout", chat_id=3)
                async with running(desk, api):
                    await api.wait_for(lambda: hanging.hits)
                    user.tap_message(known, "More")
                    await api.wait_for(lambda: "What else" in user.texts[-1])
                    # And with it the doubt ends: the next is changed in place.
                    cards = len([one for one in user.messages if one.buttons])
                    await step(api, user.tap, "Save the co-signers")
                    await api.wait_for(lambda: "Type a name" in user.texts[-1])
                    assert len([one for one in user.messages if one.buttons]) == cards, "in place"
                    hanging.release()

    asyncio.run(run())


def test_a_tap_on_a_forgotten_card_is_answered_below_it(tmp_path: Path) -> None:
    """For it may have been sent twice, and another stand below the one that is tapped."""

    async def run() -> None:
        async with BotApi.start() as api:
            user = api.user(7)
            await forgotten_card(tmp_path / "db", api, user)
            with desk_on(tmp_path / "db") as desk:
                api.user(3).send("/start")
                desk.receive("telegram:3", Command("start"), update=("telegram", 10**9 + 1))
                hanging = api.fail("sendMessage", "timeout", chat_id=3)
                async with running(desk, api):
                    await api.wait_for(lambda: hanging.hits)
                    forgotten = user.card()
                    assert forgotten
                    user.tap("More")
                    await api.wait_for(lambda: "What else" in user.texts[-1])
                    card = user.card()
                    assert card
                    assert card.message_id > forgotten.message_id
                    hanging.release()

    asyncio.run(run())


def test_a_letter_goes_on_with_the_message_at_which_it_stopped(tmp_path: Path) -> None:
    async def before(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")

    def half_sent(desk: Desk, user: User) -> None:
        """The files were asked for, and the first of two was sent."""
        desk.receive("telegram:7", Tap(data_of(user, "PDF")), update=("telegram", 10**9))
        desk.store.updates.put_sent("telegram", 10**9, {"0": [[12]]})

    async def after(api: BotApi, user: User) -> None:
        # The card goes below what was sent before, and that alone.
        await api.wait_for(lambda: len([one for one in user.messages if one.buttons]) > 1)
        await api.wait_for(lambda: api.drained)
        await step(api, user.tap, "Word")
        assert [one.name.rpartition(".")[2] for one in user.documents()] == ["docx"]
        assert not any(TWICE in one for one in user.texts)

    stopped_and_started(tmp_path, before, half_sent, after)


@pytest.mark.file
def test_what_may_stand_twice_is_said(tmp_path: Path) -> None:
    async def before(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")

    def on_its_way(desk: Desk, user: User) -> None:
        """The process died between a call and its answer."""
        desk.receive("telegram:7", Tap(data_of(user, "PDF")), update=("telegram", 10**9))
        begun = desk.store.begun
        assert isinstance(begun, Begun)
        begun.close()
        path = begun._path  # noqa: SLF001 -- as another process finds it
        path.write_text(f"sending:telegram:{10**9}:0:1 1\n")

    async def after(api: BotApi, user: User) -> None:
        await api.wait_for(lambda: TWICE in user.texts[-1])
        assert len(user.documents()) == 1

    stopped_and_started(tmp_path, before, on_its_way, after)


@pytest.mark.file
def test_an_update_that_comes_again_while_its_files_are_on_the_way_sends_nothing(
    tmp_path: Path,
) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        hanging = api.fail("sendDocument", "timeout")
        user.tap("PDF")
        await api.wait_for(lambda: hanging.hits)
        shown = len(api.called("sendMessage"))
        answered = len(api.called("answerCallbackQuery"))
        with api.expecting(part="not modified"):
            api.redeliver(api.last_update_id)
            await api.wait_for(lambda: api.drained)
            hanging.release()
            await api.wait_for(lambda: user.documents() and api.drained)
            await api.wait_for(lambda: len(api.called("answerCallbackQuery")) > answered)
        assert len(api.called("sendMessage")) == shown, "the card stays above the file"
        assert len(user.documents()) == 1

    with_bot(tmp_path, test)


def test_what_was_sent_is_written_down_once_the_server_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process would send it once more."""
    put = Updates.put_sent
    away: list[object] = []

    def put_sent(updates: Updates, *values: Any) -> None:  # noqa: ANN401 -- the shelf's own
        if len(away) < len(SAVING_SECONDS):
            away.append(values)
            raise AwayError
        put(updates, *values)

    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        monkeypatch.setattr(Updates, "put_sent", put_sent)
        await step(api, user.tap, "PDF")
        await api.wait_for(user.documents)
        await step(api, user.tap, "Word")
        assert FAILED not in "".join(user.texts)
        assert len(user.documents()) == 2
        assert len(away) == len(SAVING_SECONDS)

    with_bot(tmp_path, test)


def test_what_does_not_arrive_is_said_at_once_and_comes_by_itself(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        api.fail("sendDocument", "500", times=8)
        user.tap("PDF")
        await api.wait_for(lambda: any(FAILED in one for one in user.texts))
        await api.wait_for(lambda: user.documents() and user.labels())
        await api.wait_for(lambda: FAILED not in user.texts[-1])
        assert len(user.documents()) == 1
        assert len(user.photos()) == 1

    with_bot(tmp_path, test)


def test_what_was_left_for_another_letter_does_not_come_any_more(tmp_path: Path) -> None:
    async def run() -> None:
        waits: asyncio.Queue[None] = asyncio.Queue()

        async def pause(seconds: float) -> None:
            if seconds in AGAIN_SECONDS:
                await waits.get()

        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api, pause=pause):
            user = api.user(7)
            await a_letter(api, user, "en")
            fault = api.fail("sendDocument", "500", times=4)
            user.tap("PDF")
            await api.wait_for(lambda: any(FAILED in one for one in user.texts))
            await step(api, user.send, "/new")
            assert fault.hits == 4
            waits.put_nowait(None)
            await api.wait_for(lambda: not desk.store.updates.of("telegram:7"))
            assert not user.documents()
            assert "Which treaty" in user.texts[-1]

    asyncio.run(run())


def test_letters_to_many_states_that_are_begun_twice_are_sent_once(tmp_path: Path) -> None:
    """As where the tap is taken in the moment in which the bot looks for what it has not ended."""

    async def run() -> None:
        talk = Talk(tmp_path / "db", user="telegram:7").command("new").tap("OPSC").type("kenia")
        talk.tap("English").type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva,")
        talk.tap("Many States").tap("☐ Asia").tap("Write ").tap("Write the letters")
        (job,) = [one for one in talk.effects if isinstance(one, RunJob)]
        async with BotApi.start() as api:
            user = api.user(7)
            user.send("hello")
            bot = PatientBot(api.token, base_url=api.base_url)
            async with bot:
                channel = TelegramChannel(talk.desk, bot, no_pause)
                channel.errands.begin("telegram:7", 7, job)
                await channel.deliver_owed()
                await api.wait_for(lambda: "in the ZIP file above" in str(user.texts))
                await channel.errands.stop()
                channel.workshop.shutdown()
            assert len(user.documents()) == 1

    asyncio.run(run())
