"""The catalogues are complete, true to their sources, and set as their languages are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.letters.catalogues import po_path, translations
from bot.letters.model import Language
from bot.machine.resources import LOCALES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[1]
PAIRS = [(language, domain) for language in ("fr", "es") for domain in ("letters", "chat")]
LIMITS = {"letters": 50, "chat": 150}
PLURALS = {"fr": "(n > 1)", "es": "(n != 1)"}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def messages(path: Path) -> list[Message]:
    return [message for message in read(path) if message.id]


def forms(value: object) -> list[str]:
    return [str(form) for form in value] if isinstance(value, list | tuple) else [str(value or "")]


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize(("language", "domain"), PAIRS)
def test_complete(language: str, domain: str) -> None:
    path = po_path(LOCALES, domain, Language(language))
    template = {str(m.id) for m in messages(LOCALES / f"{domain}.pot")}
    translated = messages(path)
    assert {str(m.id) for m in translated} == template
    assert len(template) >= LIMITS[domain]
    for message in translated:
        assert all(form.strip() for form in forms(message.string)), message.id
        assert "fuzzy" not in message.flags, message.id
    assert read(path).plural_expr == PLURALS[language]


@pytest.mark.parametrize(("language", "domain"), PAIRS)
def test_placeholders_are_the_sources_own(language: str, domain: str) -> None:
    for message in messages(po_path(LOCALES, domain, Language(language))):
        plural = forms(message.id)[-1]
        for form in forms(message.string):
            assert placeholders(form) == placeholders(plural), message.id


@pytest.mark.parametrize(("language", "domain"), PAIRS)
def test_typography(language: str, domain: str) -> None:
    for message in messages(po_path(LOCALES, domain, Language(language))):
        for form in forms(message.string):
            assert not re.search("['\"]| {2}|\\.\\.\\.", form), form
            assert form[:1].isspace() is False
            if language == "fr":
                assert not re.search(r"[\w%)](?<!\d)[:;!?](?=\s|$)", form), form
                assert not re.search(r"\b(Etat|votre|vos) partie\b|\bEtat", form), form
            if domain == "chat":
                assert form.count("!") == 0, form
                assert not re.search(r"\b(tu|ton|tes|toi|tú|ti|vosotros)\b", form), form


@pytest.mark.parametrize("domain", ["letters", "chat"])
def test_the_loader_sets_french_spaces(domain: str) -> None:
    loaded = translations(LOCALES, domain, Language.FR)
    for message in messages(po_path(LOCALES, domain, Language.FR)):
        if isinstance(message.id, str):
            text = loaded.gettext(message.id)
            assert not re.search(" [:;!?»]|« ", text), text


@pytest.mark.parametrize(("domain", "folder"), [("letters", "templates"), ("chat", "bot")])
def test_extraction_is_up_to_date(domain: str, folder: str, tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    options = re.search(r"pybabel -q (extract .*?)\n\n", makefile, re.DOTALL)
    assert options
    pybabel = shutil.which("pybabel", path=Path(sys.executable).parent)
    assert pybabel
    words = options[1].replace("\\\n", " ").split()
    fresh = tmp_path / f"{domain}.pot"
    subprocess.run([pybabel, "-q", *words, "-o", fresh, folder], cwd=ROOT, check=True)  # noqa: S603 -- our own command
    ours = [(m.id, m.auto_comments) for m in messages(LOCALES / f"{domain}.pot")]
    assert [(m.id, m.auto_comments) for m in messages(fresh)] == ours, "run: make messages"
