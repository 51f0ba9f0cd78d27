"""The living draft on the wire: renewed in place, many States in the background, letterheads."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.machine.translator import LibreTranslate
from tests.botapi import BotApi
from tests.conversation.test_news import LATER, PARTY
from tests.documents.test_letterhead import SVG, bomb, huge_png, picture, word_file
from tests.telegram.running import Looks, running
from tests.telegram.test_kill import answered, kill, start, tap
from tests.telegram.test_letter import a_letter, step
from tests.test_translator import GOOD, service
from tests.world import TODAY, make_desk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.desk import Desk
    from tests.botapi import User


def with_letter(
    path: Path, test: Callable[[BotApi, User], Awaitable[None]], desk: Desk | None = None
) -> None:
    """Run the test's steps with a bot, one user and an English letter to Kenya."""

    async def run() -> None:
        async with BotApi.start() as api, running(desk or make_desk(path / "db"), api):
            user = api.user(7)
            await a_letter(api, user, "en")
            await test(api, user)
            assert not api.refusals

    asyncio.run(run())


async def edited(api: BotApi, user: User, text: str) -> None:
    await step(api, user.tap, "Change")
    await step(api, user.tap, "The text")
    await step(api, user.tap, "☑ We hope")
    await step(api, user.send, text)


def test_an_edit_renews_picture_and_text_in_their_messages(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        before = user.photos()[0].data
        shown = [m.message_id for m in user.replies if m.photo or "Excellency" in m.text]
        await edited(api, user, "We hope for the best.")
        again = [m.message_id for m in user.replies if m.photo or "Excellency" in m.text]
        assert again == shown
        assert user.photos()[0].data != before
        assert any("We hope for the best." in text and "Excellency" in text for text in user.texts)
        await api.wait_for(lambda: len([m for m in user.messages if m.buttons]) == 1)
        await step(api, user.tap, "↶ Undo")
        assert not any("We hope for the best." in text for text in user.texts if "Exc" in text)
        assert [m.message_id for m in user.replies if m.photo] == shown[:1]

    with_letter(tmp_path, test)


def test_a_letter_that_grows_by_a_page_is_sent_anew(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await edited(api, user, "\n\n".join(["A long paragraph. " * 20] * 10))
        assert len(user.photos()) == 2
        await api.wait_for(lambda: len([m for m in user.messages if m.buttons]) == 1)
        assert any("A long paragraph." in text for text in user.texts)
        assert not any("achieve universal ratification" in text for text in user.texts)
        assert user.replies[-1].buttons, "the card stands below"

    with_letter(tmp_path, test)


def test_a_preview_that_was_deleted_is_sent_anew(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(make_desk(tmp_path / "db"), api):
            user = api.user(7)
            await a_letter(api, user, "en")
            photo = next(m for m in user.replies if m.photo)
            user.delete(photo.message_id)
            with api.expecting(part="not found"):
                await edited(api, user, "We hope for the best.")
            assert len(user.photos()) == 1
            assert any("We hope for the best." in text for text in user.texts)

    asyncio.run(run())


def test_letters_to_many_states_come_as_a_zip_while_the_chat_goes_on(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.tap, "Many States")
        await step(api, user.tap, "☐ Signed but not party")
        await step(api, user.tap, "Write 8 letters")
        user.tap("Write the letters")
        user.send("/help")
        await api.wait_for(lambda: user.documents() and "/letters" in "".join(user.texts))
        await api.wait_for(lambda: api.drained)
        (document,) = user.documents()
        assert document.name == "OPSC-2026-03-02.zip"
        with zipfile.ZipFile(io.BytesIO(document.data)) as package:
            assert len(package.namelist()) == 8 * 2 + 3

    with_letter(tmp_path, test)


def test_who_waits_is_told_that_the_letters_are_there(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.tap, "Many States")
        await step(api, user.tap, "☐ Signed but not party")
        await step(api, user.tap, "Write 8 letters")
        user.tap("Write the letters")
        await api.wait_for(lambda: "ZIP file above" in user.texts[-1])
        assert "Mark all as sent (8)" in user.labels()

    with_letter(tmp_path, test)


def test_letters_to_many_states_survive_a_kill(tmp_path: Path) -> None:
    with BotApi.serve() as api:
        user = api.user(7)
        process = start(api, tmp_path / "db")
        steps = (
            lambda: user.send("/new"),
            lambda: tap(user, "OPSC"),
            lambda: user.send("kenia"),
            lambda: tap(user, "English"),
            lambda: tap(user, "No co-signers yet"),
            lambda: tap(user, "Geneva"),
            lambda: tap(user, "Geneva"),
            lambda: tap(user, "Many States"),
            lambda: tap(user, "☐ All that are not party"),
            lambda: tap(user, "Write 1"),
        )
        for one in steps:
            before = len(api.calls)
            one()
            api.wait(lambda before=before: answered(api, user, before), timeout=20)  # type: ignore[misc]
        hanging = api.fail("sendDocument", "timeout")
        tap(user, "Write ")
        api.wait(lambda: hanging.hits, timeout=20)
        kill(process)
        assert not user.documents()
        process = start(api, tmp_path / "db")
        api.wait(user.documents, timeout=20)
        api.wait(lambda: "ZIP file above" in user.texts[-1], timeout=20)
        kill(process)
        assert len(user.documents()) == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [("head.docx", "✓ A Word file"), ("logo.svg", "✓ A logo")],
)
def test_a_letterhead_by_file(tmp_path: Path, name: str, says: str) -> None:
    files = {
        "head.docx": word_file(),
        "logo.svg": SVG.format('<path d="M0 0h9v9z"/>').encode(),
    }

    async def test(api: BotApi, user: User) -> None:
        await step(api, user.tap, "Change")
        await step(api, user.tap, "Letterhead")
        await step(api, user.send_document, name, files[name])
        assert says in user.texts[-1]
        await step(api, user.send_document, "bomb.docx", bomb())
        assert "unpacks to far more" in user.texts[-1]
        await step(api, user.send_document, "huge.png", huge_png(20_000))
        assert "too many pixels" in user.texts[-1]
        await step(api, user.send_document, "big.docx", b"PK" + b"x" * 9_000_000)
        assert "too large" in user.texts[-1]
        await step(api, user.send_photo, picture("PNG"))
        assert "as a file" in user.texts[-1]
        assert says in user.texts[-1]

    with_letter(tmp_path, test)


def test_a_machines_proposal_comes_while_the_chat_goes_on(tmp_path: Path) -> None:
    with service(GOOD) as (url, _asked):
        desk = make_desk(tmp_path / "db")
        desk._translator = LibreTranslate(url)  # noqa: SLF001 -- handed in by the command line

        async def test(api: BotApi, user: User) -> None:
            await edited(api, user, "We hope.")
            await step(api, user.tap, "More")
            await step(api, user.tap, "→ Français")
            user.tap("Ask a machine")
            await api.wait_for(lambda: "A machine proposes" in user.texts[-1])
            await step(api, user.tap, "Accept")
            assert any("Nous espérons." in text and "Excellence" in text for text in user.texts)

        with_letter(tmp_path, test, desk)


def with_administrator(
    path: Path, test: Callable[[BotApi, User, User, Callable[[], None]], Awaitable[None]]
) -> None:
    """Run the test with a letter to Kenya, an administrator, and looks for news at will."""
    desk = make_desk(path / "db", today=LATER, administrators=frozenset({"telegram:8"}))

    async def run() -> None:
        looks = Looks()
        async with (
            BotApi.start() as api,
            running(desk, api, between=looks.between),
        ):
            user, administrator = api.user(7), api.user(8)
            await a_letter(api, user, "en")
            await step(api, administrator.send_document, "ViewDetails.html", PARTY)
            await test(api, user, administrator, looks.now)
            assert not api.refusals

    asyncio.run(run())


STOPPED = "Your draft to it is stopped"


def test_a_state_that_joined_is_told_unasked_and_a_page_is_taken(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User, administrator: User, look: Callable[[], None]) -> None:
        cards = len([m for m in user.messages if m.buttons])
        assert any("New parties: Kenya (12 May 2026)" in one for one in administrator.texts)
        await step(api, administrator.tap, "Store it")
        assert not any(STOPPED in one for one in user.texts)
        look()
        await api.wait_for(lambda: any(STOPPED in one for one in user.texts))
        await api.wait_for(lambda: "● What has changed" in str(user.messages[-1].buttons))
        await api.wait_for(lambda: len([m for m in user.messages if m.buttons]) == cards)
        look()
        await step(api, user.send, "/settings")
        assert sum(STOPPED in one for one in user.texts) == 1

    with_administrator(tmp_path, test)


def test_news_that_did_not_arrive_is_told_again(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User, administrator: User, look: Callable[[], None]) -> None:
        await step(api, administrator.tap, "Store it")
        failing = api.fail("sendMessage", "502", 4)  # as often as it is tried
        look()
        await api.wait_for(lambda: failing.hits == failing.times)
        assert not any(STOPPED in one for one in user.texts)
        look()
        await api.wait_for(lambda: any(STOPPED in one for one in user.texts))

    with_administrator(tmp_path, test)


def test_one_is_reminded_unasked_of_a_letter_without_an_answer(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")

    async def run() -> None:
        looks = Looks()
        async with (
            BotApi.start() as api,
            running(desk, api, between=looks.between),
        ):
            user = api.user(7)
            await a_letter(api, user, "en")
            for label in ("More", "Sent, answered", "Sent by e-mail, today"):
                await step(api, user.tap, label)
            desk.today = lambda: TODAY + timedelta(30)
            failing = api.fail("sendMessage", "502", 4)  # as often as it is tried
            looks.now()
            await api.wait_for(lambda: failing.hits == failing.times)
            assert not any("have no answer yet" in one for one in user.texts)
            for _ in range(2):
                looks.now()
            await api.wait_for(lambda: any("have no answer yet" in one for one in user.texts))
            await step(api, user.send, "/start")
            assert sum("have no answer yet" in one for one in user.texts) == 1
            await api.wait_for(lambda: "● No answer yet (1)" in user.labels())
            assert not api.refusals

    asyncio.run(run())


def test_a_chart_is_a_photo_with_words(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await step(api, user.send, "/status")
        await step(api, user.send, "OPSC")
        before = len(user.photos())
        await step(api, user.tap, "As a picture")
        photos = user.photos()[before:]
        assert len(photos) == 3
        captions = [m.raw.get("caption", "") for m in user.replies if m.photo][before:]
        assert captions[0].endswith("1 in 2000, 178 as at 3 February 2026.")
        assert user.messages[-1].buttons, "the card is below the pictures"

    with_letter(tmp_path, test)


def test_a_card_that_was_sent_but_not_remembered_is_the_card(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")

    async def test(api: BotApi, user: User) -> None:
        card = user.card()
        assert card
        desk.store.cards.put("telegram:7", card.message_id - 1)  # as a killed process leaves it
        await step(api, user.tap, "More")
        shown = user.card()
        assert shown
        assert shown.message_id == card.message_id
        assert "What else would you like to do?" in shown.text

    with_letter(tmp_path, test, desk)
