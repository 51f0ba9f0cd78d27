"""The same nasty words where people read them: in the chat and on the pages for co-signers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html

from bot.letters.model import Language
from bot.letters.own_words import tidy
from bot.web.signing import shown
from bot.web.signing.app import SigningPages
from bot.web.signing.shown import After
from tests.security.nasty import NASTY
from tests.signings.playing import invited, opened, visit
from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import a_letter, step
from tests.telegram.test_living import edited

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import BotApi, User

WORDS = "\n\n".join(NASTY.values())


def test_in_the_chat(tmp_path: Path) -> None:
    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        await edited(api, user, WORDS)
        said = "\n".join(user.texts)
        for words in NASTY.values():
            assert tidy(words, Language.EN)[0] in said, words
        await step(api, user.send, "/sets")
        await step(api, user.tap, "New set")
        await step(api, user.send, NASTY["telegram"][:40])
        assert NASTY["telegram"][:40] in user.texts[-1]
        for call in api.calls:
            assert "parse_mode" not in call.parameters, "a text is a text"
        kinds = {one["type"] for message in user.replies for one in message.entities}
        # What Telegram itself makes of any text is not ours to keep: links, commands, mentions.
        assert kinds <= {"bold", "code", "url", "bot_command", "mention", "email", "hashtag"}
        assert not api.refusals

    with_bot(tmp_path, test)


def test_on_a_co_signers_page(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    found = visit(talk, invited(talk, "Example"))
    values = shown.page(talk.desk, talk.desk.translator(Language.EN), found, After())
    template = SigningPages(talk.desk, None)._template  # type: ignore[arg-type]  # noqa: SLF001 -- what it renders
    tags = _tags(template.render(_with(values, "x")))
    assert len(tags) > 40
    for words in NASTY.values():
        page = template.render(_with(values, words))
        assert _tags(page) == tags, words
        assert words in "".join(map(str, lxml.html.fromstring(page).itertext()))


def _with(value: Any, words: str) -> Any:  # noqa: ANN401 -- whatever a page shows
    """What a page shows, each of its texts replaced."""
    if isinstance(value, str):
        return words if value else value
    if isinstance(value, dict):
        return {name: _with(one, words) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_with(one, words) for one in value)
    return value


def _tags(page: str) -> list[tuple[str, list[str]]]:
    """What a browser would make of it: the elements, and the names of their attributes."""
    return [
        (str(one.tag), sorted(map(str, one.attrib))) for one in lxml.html.fromstring(page).iter()
    ]
