"""Files that could not be fetched, and messages edited after they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import File
from telegram.error import NetworkError

from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import step

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import BotApi, User
    from tests.botapi.faults import Kind

CO_SIGNER = b"name,role,organisation\nA. Example,,Example Organisation\n"


async def asked_who_signs(api: BotApi, user: User) -> None:
    await step(api, user.send, "/new")
    await step(api, user.tap, "OPSC")
    await step(api, user.send, "kenia")
    await step(api, user.tap, "English")


@pytest.mark.parametrize("kind", ["500", "502", "429", "drop"])
def test_a_file_is_asked_for_again_where_the_server_fails(tmp_path: Path, kind: Kind) -> None:
    async def test(api: BotApi, user: User) -> None:
        await asked_who_signs(api, user)
        fault = api.fail("getFile", kind, times=2, retry_after=0)
        await step(api, user.send_document, "list.csv", CO_SIGNER, "text/csv")
        assert fault.hits == 2
        assert "1. A. Example, Example Organisation" in user.texts[-1]

    with_bot(tmp_path, test)


def test_what_cannot_be_fetched_is_said_to_be_that(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await asked_who_signs(api, user)
        fault = api.fail("getFile", "502", times=None)
        await step(api, user.send_document, "list.csv", CO_SIGNER, "text/csv")
        assert "could not be fetched. Please send it again." in user.texts[-1]
        assert "CSV file in UTF-8" not in user.texts[-1]
        await step(api, user.send, "/settings")
        await step(api, user.tap, "Letterhead")
        await step(api, user.send_document, "head.docx", b"PK")
        assert "could not be fetched. Please send it again." in user.texts[-1]
        fault.cancel()

    with_bot(tmp_path, test)


@pytest.mark.parametrize("length", [0, 10])
def test_a_file_that_was_cut_off_is_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    whole, tries = File.download_as_bytearray, []

    async def cut_off(file: File) -> bytearray:
        tries.append(file)
        data = await whole(file)
        return data if len(tries) > 2 else data[:length]

    monkeypatch.setattr(File, "download_as_bytearray", cut_off)

    async def test(api: BotApi, user: User) -> None:
        await asked_who_signs(api, user)
        await step(api, user.send_document, "list.csv", CO_SIGNER, "text/csv")
        assert "1. A. Example, Example Organisation" in user.texts[-1]

    with_bot(tmp_path, test)


def test_a_download_that_fails_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_file: File) -> bytearray:
        message = "the connection was closed"
        raise NetworkError(message)

    monkeypatch.setattr(File, "download_as_bytearray", broken)

    async def test(api: BotApi, user: User) -> None:
        await asked_who_signs(api, user)
        await step(api, user.send_document, "list.csv", CO_SIGNER, "text/csv")
        assert "could not be fetched" in user.texts[-1]

    with_bot(tmp_path, test)


def test_an_edited_message_is_answered_with_what_to_do(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await asked_who_signs(api, user)
        sent = user.send("A. Exampel, Example Organisation")
        await api.wait_for(lambda: "1. A. Exampel" in user.texts[-1])
        await step(api, user.edit, sent.message_id, "A. Example, Example Organisation")
        assert "send the corrected text as a new message" in user.texts[-1]
        assert "1. A. Exampel, Example Organisation" in user.texts[-1]

    with_bot(tmp_path, test)


def test_text_that_is_no_text_is_answered(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        for text in ("/new", "A\ud83d\x00, B\ufffe", "/\ud83d", "\ud83d" * 3, "/letters", "\ude00"):
            await step(api, user.send, text)
        assert not api.refusals

    with_bot(tmp_path, test)
