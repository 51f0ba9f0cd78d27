"""A treaty's code is no template's: a letter on “FRAME” or “SEVERAL” is the general letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.letters.compose import Composer
from bot.letters.model import Language, Letter
from bot.letters.request import Request
from bot.machine.resources import LOCALES, TEMPLATES
from tests.world import ALL_KNOWN


@pytest.mark.parametrize("code", ["FRAME", "BASE", "SEVERAL", "CONGRATULATION", "OPSC"])
def test_a_code_that_is_a_template_of_ours(code: str) -> None:
    like = "CRC"
    own = replace(ALL_KNOWN.treaties[like], code=code)
    records = replace(
        ALL_KNOWN,
        treaties={**ALL_KNOWN.treaties, code: own},
        acts={**ALL_KNOWN.acts, code: ALL_KNOWN.acts[like]},
    )
    composer = Composer(records, TEMPLATES, LOCALES)
    letters = [
        composer.compose(
            Request(
                treaty=one, state="USA", language=Language.EN, date=date(2026, 3, 2), place="Geneva"
            )
        )
        for one in (like, code)
    ]
    texts = [one.sections for one in letters if isinstance(one, Letter)]
    assert len(texts) == 2
    assert texts[0] == texts[1]
