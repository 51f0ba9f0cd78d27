"""The wire: one card, answers to taps, order, failures of the network and of the server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.storage.errors import StoreError
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.telegram.running import running
from tests.telegram.test_letter import a_letter, step
from tests.world import make_desk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.botapi import User
    from tests.botapi.faults import Kind


def with_bot(path: Path, test: Callable[[BotApi, User], Awaitable[None]]) -> None:
    """Run the test's steps with a bot and one user."""

    async def run() -> None:
        async with BotApi.start() as api, running(make_desk(path / "db"), api):
            await test(api, api.user(7))

    asyncio.run(run())


def test_one_card_is_edited_in_place_and_every_tap_answered(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        card = user.card()
        assert card
        for label in ("OPSC", "Kenya", "English"):
            await api.wait_for(lambda label=label: any(label in one for one in user.labels()))  # type: ignore[misc]
            query = user.tap(label)
            await api.wait_for(lambda query=query: query.answered)  # type: ignore[misc]
        await api.wait_for(lambda: "Who signs" in user.texts[-1])
        again = user.card()
        assert again
        assert again.message_id == card.message_id
        assert len([m for m in user.messages if m.buttons]) == 1
        assert not api.refusals

    with_bot(tmp_path, test)


def test_menus_and_descriptions_in_three_languages(tmp_path: Path) -> None:
    async def test(api: BotApi, _user: User) -> None:
        await api.wait_for(lambda: len(api.called("setMyShortDescription")) == 3)
        assert api.commands()["new"] == "Begin a letter"
        assert api.commands("fr")["new"] == "Commencer une lettre"
        assert api.commands("es")["new"] == "Empezar una carta"
        assert not api.refusals

    with_bot(tmp_path, test)


def test_upload_actions_and_single_files(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        for label, start in (
            ("Word", b"PK"),
            ("PDF", b"%PDF"),
            ("Share", b"%PDF"),
            ("Text file", b"Permanent Mission"),
        ):
            await step(api, user.tap, label)
            assert user.documents()[-1].data.startswith(start)
        actions = [call.parameters["action"] for call in api.called("sendChatAction")]
        assert actions[0] == "upload_photo", "here a moment is as long as making a letter takes"
        assert set(actions[1:]) <= {"upload_document"}

    with_bot(tmp_path, test)


def test_an_old_button_answers_with_where_the_user_is(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        card = user.card()
        assert card
        data = card.buttons[0][0]["callback_data"]
        await step(api, user.tap, "OPSC")
        with api.expecting(part="not modified"):
            query = user.tap_data(card.message_id, data)
            await api.wait_for(lambda: query.answered)
        assert "earlier screen" in (query.text or "")

    with_bot(tmp_path, test)


@pytest.mark.file
def test_a_delivered_twice_update_changes_nothing(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        await step(api, user.tap, "OPSC")
        await step(api, user.send, "kenia")
        await step(api, user.tap, "English")
        sent = user.send("A. Example, Example Organisation")
        await api.wait_for(lambda: "Done: 1" in str(user.labels()))
        with api.expecting(part="not modified"):
            edits = len(api.called("editMessageText"))
            api.redeliver(sent.update_id)
            await api.wait_for(lambda: len(api.called("editMessageText")) > edits)
        assert "listed already" not in user.texts[-1]
        assert "Done: 1" in str(user.labels())

    with_bot(tmp_path, test)


def test_a_users_order_is_kept_while_many_write_at_once(tmp_path: Path) -> None:
    async def test(api: BotApi, _user: User) -> None:
        users = [api.user(100 + n) for n in range(8)]
        for one in users:
            for text in (
                "/new",
                "opsc",
                "kenia",
                "english",
                *(f"P{n}, Organisation" for n in range(6)),
            ):
                one.send(text)
        await api.wait_for(lambda: all("Done: 6" in str(one.labels()) for one in users), timeout=30)
        for one in users:
            names = [f"{n + 1}. P{n}, Organisation" for n in range(6)]
            assert all(name in one.texts[-1] for name in names)
        assert not api.refusals

    with_bot(tmp_path, test)


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("editMessageText", "502"),
        ("editMessageText", "drop"),
        ("sendMessage", "500"),
        ("sendMessage", "drop"),
    ],
)
def test_a_failing_network_is_tried_again(tmp_path: Path, method: str, kind: Kind) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        fault = api.fail(method, kind)
        await step(api, *((user.tap, "OPSC") if method.startswith("edit") else (user.send, "opsc")))
        assert fault.hits == 1
        assert "Which State" in user.texts[-1]
        assert not api.refusals

    with_bot(tmp_path, test)


def test_a_server_that_asks_to_wait_is_waited_for(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        api.fail("editMessageText", "429", retry_after=0)
        await step(api, user.tap, "OPSC")
        assert "Which State" in user.texts[-1]

    with_bot(tmp_path, test)


def test_a_user_who_blocks_the_bot_stops_nobody(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        other = api.user(8)
        user.tap("OPSC")
        user.block(notify=False)
        await step(api, other.send, "/new")
        assert "Which treaty" in other.texts[-1]

    with_bot(tmp_path, test)


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice"])
def test_what_the_bot_cannot_read(tmp_path: Path, kind: str) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        await step(api, getattr(user, f"send_{kind}"))
        assert "only text" in user.texts[-1]

    with_bot(tmp_path, test)


def test_a_csv_file_of_co_signers(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        await step(api, user.tap, "OPSC")
        await step(api, user.send, "kenia")
        await step(api, user.tap, "English")
        data = b"name,role,organisation\nA. Example,,Example Organisation\n"
        await step(api, user.send_document, "list.csv", data, "text/csv")
        assert "1. A. Example, Example Organisation" in user.texts[-1]
        await step(api, user.send_document, "big.csv", b"x" * 1_100_000, "text/csv")
        assert "too large" in user.texts[-1]

    with_bot(tmp_path, test)


@pytest.mark.file
def test_what_cannot_be_saved_is_said_and_the_bot_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")

        def full(*_arguments: object, **_more: object) -> None:
            message = "the disk is full"
            raise StoreError(message)

        with monkeypatch.context() as broken:
            broken.setattr(Store, "save", full)
            user.tap("OPSC")
            await api.wait_for(lambda: "could not save" in user.texts[-1])
        await step(api, user.tap, "OPSC")
        assert "Which State" in "".join(user.texts)

    with_bot(tmp_path, test)


def test_a_shared_contact_signs(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/new")
        await step(api, user.tap, "OPSC")
        await step(api, user.send, "kenia")
        await step(api, user.tap, "English")
        await step(api, user.send_contact, "A.", "Example; Second")
        assert "1. A. Example; Second" in user.texts[-1]
        card = "BEGIN:VCARD\nVERSION:3.0\nFN:B. Example\nORG:Example, Inc.\nEND:VCARD"
        await step(api, user.send_contact, "B.", "", card)
        assert "2. B. Example, Example, Inc." in user.texts[-1]
        assert "+0000000" not in str(user.texts)

    with_bot(tmp_path, test)
