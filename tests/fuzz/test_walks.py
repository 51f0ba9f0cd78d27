"""A short sample of the walks, on the desk and on both channels; `make fuzz` goes far."""

from __future__ import annotations

import itertools
import json
from base64 import b64encode
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.letters.sound import sound
from tests.fuzz import odd
from tests.fuzz.walks import lines, walk
from tests.telegram.test_channel import with_bot
from tests.telegram.test_letter import a_letter, step
from tests.web.visiting import visiting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import BotApi, User

STEPS = 60


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_breaks_a_conversation(seed: int) -> None:
    found = walk(seed, 400, documents=0.1, around=False)
    assert not found.kinds, "\n".join(lines(found))
    assert found.letters
    assert found.files


def test_everything_odd_is_answered_where_it_is_typed() -> None:
    found = walk(3, 250, documents=0)
    assert not found.kinds, "\n".join(lines(found))
    assert found.places


def test_nothing_breaks_the_page(tmp_path: Path) -> None:
    random, numbers, offered = Random(4), itertools.count(), [""]  # noqa: S311 -- to be walked again
    with visiting(tmp_path / "db") as visitor:
        for one in ("/new", *odd.LETTER, *["*"] * STEPS):
            body: dict[str, object] = {"kind": "typed", "id": next(numbers)}
            if one.startswith(":") or (one == "*" and random.random() < 0.6):
                wanted = [data for data in offered if one in data] or offered
                body |= {"kind": "tap", "text": random.choice(wanted)}
            elif one != "*":
                body["text"] = one.split("|", maxsplit=1)[0]
            elif random.random() < 0.1:
                name, data = random.choice(odd.FILES)
                body |= {"kind": "file", "text": name, "data": b64encode(data).decode()}
            else:
                body["text"] = odd.text(random)
            answers = [visitor.post(json.dumps(body)), visitor.post("{}", path="/state")]
            for answer in answers:
                assert answer.status_code == 200
                shown = json.loads(answer.content.decode("utf-8", "strict"))
                rows = [row for e in shown["effects"] if e["kind"] == "screen" for row in e["rows"]]
                offered = [data for row in rows for _label, data, _main in row] or offered


def test_nothing_breaks_the_chat(tmp_path: Path) -> None:
    random = Random(5)  # noqa: S311 -- to be walked again

    async def test(api: BotApi, user: User) -> None:
        await a_letter(api, user, "en")
        with api.expecting(part="not modified"):
            for _ in range(STEPS):
                card, text = user.card(), odd.text(random)
                data = [one["callback_data"] for row in card.buttons for one in row] if card else []
                if card and random.random() < 0.5:
                    query = user.tap_data(card.message_id, random.choice(data))
                    await api.wait_for(lambda query=query: query.answered)  # type: ignore[misc]
                elif sound(text).strip() and len(text) <= 4096:
                    await step(api, user.send, text)
        user.send("/help")
        await api.wait_for(lambda: "/letters" in user.texts[-1])
        assert not api.refusals

    with_bot(tmp_path, test)
