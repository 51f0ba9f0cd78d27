"""The subject of an e-mail draft: every reader gets exactly what stands in the letter."""

from __future__ import annotations

import base64
import email
import re
from datetime import date
from email import policy
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.mail import plain_subject, subject_field, to_eml
from bot.letters.model import Language, Letter
from bot.letters.own_words import Change, tidy, written
from bot.letters.request import Request
from bot.reference.loader import load
from tests.world import COMPOSER

DAY = date(2026, 3, 2)
_WORD = re.compile(r"=\?utf-8\?b\?([A-Za-z0-9+/]+=*)\?=")


def read_strictly(field: str) -> str:
    """As RFC 2047 says: blanks between encoded words are dropped, each word is whole in itself."""
    unfolded = re.sub(r"\r\n(?=[ \t])", "", field).removesuffix("\r\n").removeprefix("Subject: ")
    if "=?" not in unfolded:
        return unfolded
    words = unfolded.split()
    assert all(_WORD.fullmatch(word) for word in words), "encoded words alone"
    assert all(len(word) <= 75 for word in words)
    return "".join(base64.b64decode(word[10:-2], validate=True).decode() for word in words)


def read_by_every_reader(field: str) -> set[str]:
    data = field.encode("ascii") + b"\r\n"
    plain = email.message_from_bytes(data, policy=policy.compat32)["Subject"]
    return {
        read_strictly(field),
        str(email.message_from_bytes(data, policy=policy.default)["Subject"]),
        str(email.message_from_bytes(data, policy=policy.SMTP)["Subject"]),
        str(make_header(decode_header(plain))),
    }


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=400).map(str.strip)
)
@example("Ratification of the Protocol")
@example("Two  blanks, and a word of 200: " + "x" * 200)
@example("x" * 300)
@example("é" * 300)
@example("😀🕊️👩‍👩‍👧" * 60)
@example("رسالة بشأن التصديق على البروتوكول الاختياري " * 7)
@example("No-break\u00a0and\u202fthin")
@example("=?utf-8?q?not_encoded?=")
@example("a =?= b")
def test_every_reader_gets_exactly_the_subject(subject: str) -> None:
    field = subject_field(subject)
    assert all(len(line) <= 76 for line in field.split("\r\n"))
    assert field.endswith("\r\n")
    assert read_by_every_reader(field) == {subject}


@pytest.mark.parametrize("treaty", load().treaties)
@pytest.mark.parametrize("language", Language)
def test_every_treaty_in_every_language(treaty: str, language: Language) -> None:
    states = [state for state, _ in load().not_party(treaty, DAY)]
    for state in states[:3]:
        letter = COMPOSER.compose(Request(treaty, state.iso3, language, DAY, "Geneva"))
        if isinstance(letter, Letter):
            subject = plain_subject(letter)
            assert read_by_every_reader(subject_field(subject)) == {subject}


@pytest.mark.parametrize(
    "subject", ["Subject: your\nletter", "x" * 300, "Sujet " + "mot " * 80, "😀" * 90]
)
def test_a_subject_in_own_words_stands_first_in_the_draft(subject: str) -> None:
    words = tidy(subject, Language.EN)[0]
    change = written(Change("reference", ()), Language.EN, words, "")
    letter = COMPOSER.compose(Request("OPSC", "KEN", Language.EN, DAY, "Geneva", changes=(change,)))
    assert isinstance(letter, Letter)
    data = to_eml(letter, None, "letter.pdf")
    message = email.message_from_bytes(data, policy=policy.default)
    assert message["Subject"] == plain_subject(letter)
    assert not message.defects
    assert message["X-Unsent"] == "1"


@pytest.mark.parametrize(
    ("to", "stands"),
    [
        ("", None),
        ("mission@example.org", "mission@example.org"),
        ("a@example.org\r\nBcc: b@example.org", None),
        ("a@example.org\n", None),
        ("A. Example <a@example.org>", None),
        ("a@example.org, b@example.org", None),
        ("=?utf-8?q?a?=@example.org", None),
    ],
)
def test_it_is_addressed_to_one_plain_address_or_to_nobody(to: str, stands: str | None) -> None:
    request = Request("OPSC", "KEN", Language.EN, DAY, "Geneva", to=to)
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    message = email.message_from_bytes(to_eml(letter, None, "a.pdf"), policy=policy.default)
    assert message["To"] == stands
    assert message["Bcc"] is None
