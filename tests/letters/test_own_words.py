"""Own words: where they stand, what they were translated from, and what nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.talk.draft import Draft
from bot.letters import own_words
from bot.letters.model import BODY_KEYS, Language, Letter
from bot.letters.own_words import Change, Fit, tidy
from bot.letters.request import Request
from tests.world import COMPOSER

EN, FR, ES = Language
REQUEST = Request("OPSC", "KEN", EN, date(2026, 3, 2), "Geneva")
HOPE = own_words.written(Change("hope", ()), EN, "We hope.", "The original.")
KEYS = ("occasion", "support", "regret", "hope", "thanks")
TEXT = st.text("abc é", min_size=1, max_size=8)


def letter(**changes: object) -> Letter:
    made = COMPOSER.compose(replace(REQUEST, **changes))  # type: ignore[arg-type]
    assert isinstance(made, Letter)
    return made


def test_own_words_stand_in_the_place_of_the_section() -> None:
    made = letter(changes=(HOPE,))
    assert made.text_of("hope") == "We hope."
    rest = [s for s in letter().sections if s.key != "hope"]
    assert [s for s in made.sections if s.key != "hope"] == rest


def test_a_changed_regret_does_not_leave_the_request_hanging() -> None:
    regret = own_words.written(Change("regret", ()), EN, "It is a pity.", "")
    made = letter(state="LBR", changes=(regret,))
    assert "do so" in letter(state="TON").text_of("ask")
    assert "do so" not in letter(state="TON", changes=(regret,)).text_of("ask")
    assert made.text_of("regret") == "It is a pity."


def test_own_words_are_never_a_template() -> None:
    hostile = own_words.written(Change("hope", ()), EN, "{{ 7*7 }} {% raw %} %(x)s", "")
    assert letter(changes=(hostile,)).text_of("hope") == "{{ 7*7 }} {% raw %} %(x)s"


def test_a_translation_is_stale_once_its_source_changes() -> None:
    both = own_words.translated(HOPE, FR, "Nous espérons.", "")
    assert [both.fit(language) for language in Language] == [Fit.GOOD, Fit.GOOD, Fit.MISSING]
    again = own_words.written(both, EN, "We still hope.", "")
    assert [again.fit(language) for language in Language] == [Fit.GOOD, Fit.STALE, Fit.MISSING]
    mended = own_words.translated(again, FR, again.text(FR), "")
    assert mended.fit(FR) is Fit.GOOD


def test_a_change_of_the_translation_makes_it_the_source() -> None:
    both = own_words.translated(HOPE, FR, "Nous espérons.", "")
    french_first = own_words.written(both, FR, "Nous espérons toujours.", "")
    assert french_first.source.language is FR
    assert french_first.fit(EN) is Fit.STALE
    assert french_first.fit(FR) is Fit.GOOD


def test_the_templates_own_words_may_be_the_translation() -> None:
    both = own_words.translated(HOPE, FR, "", "")
    assert both.fit(FR) is Fit.GOOD
    assert letter(changes=(both,), language=FR).text_of("hope") == letter(language=FR).text_of(
        "hope"
    )


@pytest.mark.parametrize("language", Language)
def test_turned_through_all_languages_a_letter_is_unchanged(language: Language) -> None:
    first = letter(language=language)
    for other in (FR, ES, EN, language):
        last = letter(language=other)
    assert last == first


CHANGES = st.lists(
    st.tuples(st.sampled_from(["write", "translate"]), st.sampled_from(list(Language)), TEXT),
    min_size=1,
    max_size=6,
)


@given(steps=CHANGES)
def test_one_wording_is_the_source_and_all_survive_the_disk(
    steps: list[tuple[str, Language, str]],
) -> None:
    change = own_words.written(Change("hope", ()), steps[0][1], steps[0][2], "original")
    for kind, language, text in steps[1:]:
        do = own_words.written if kind == "write" else own_words.translated
        change = do(change, language, text, "original")
    assert [one.source for one in change.wordings].count(None) == 1
    assert change.fit(change.source.language) is Fit.GOOD
    assert change.text(steps[-1][1]) == steps[-1][2]
    draft = Draft("draft001", changes=(change,))
    assert Draft.from_json("draft001", draft.to_json()) == draft


@settings(max_examples=80)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["own1", "own2"]), st.sampled_from([-1, 1])), max_size=12
    )
)
def test_own_paragraphs_move_one_place_at_a_time(moves: list[tuple[str, int]]) -> None:
    standing = {s.key for s in letter().sections} & set(BODY_KEYS)
    changes = tuple(
        own_words.written(Change(key, (), "hope"), EN, key, "") for key in ("own1", "own2")
    )
    for key, step in moves:
        before = order(changes)
        changes = own_words.moved(changes, key, step, standing)
        after = order(changes)
        assert sorted(after) == sorted(before)
        at_edge = before == after
        assert at_edge or after.index(key) == before.index(key) + step


def order(changes: tuple[Change, ...]) -> list[str]:
    """The body as it stands, from the salutation to what is before the closing."""
    keys = [section.key for section in letter(changes=changes).sections]
    return keys[keys.index("salutation") : keys.index("closing")]


def test_typed_text_is_set_as_its_language_is() -> None:
    typed = "\u202e C'est  possible !\r\n\r\n\r\n\r\nOui : « bien »\x00"
    text, removed = tidy(typed, FR)
    assert text == "C’est possible\u202f!\n\nOui\u00a0: «\u00a0bien\u00a0»"
    assert removed
    assert tidy("  \n\t \n", EN) == ("", False)
    assert tidy("It's fine: 'yes'", EN)[0] == "It’s fine: 'yes'"


@given(text=st.text(max_size=60), language=st.sampled_from(list(Language)))
def test_what_is_tidy_stays_so(text: str, language: Language) -> None:
    once = tidy(text, language)[0]
    assert tidy(once, language)[0] == once


@pytest.mark.parametrize(
    "address",
    [
        "sinead.o'brien@example.org",
        "o'brien@example.org",
        "https://example.org/l'article?a=b:c;d",
        "https://example.org/?",
        "www.example.org/l'article",
        "example.org/l'article!x",
        "l'a_b",
        "mailto:a'b@example.org?subject=x",
    ],
)
@pytest.mark.parametrize("language", Language)
def test_an_address_stays_as_it_was_typed(address: str, language: Language) -> None:
    for frame in ("{}", "Write to {} today", "d'abord « {} » !", "l'a : {}, c'est", "({})"):
        text, _ = tidy(frame.format(address), language)
        assert address in text
        assert tidy(text, language)[0] == text
        assert text.replace(address, "").count("'") == 0, "other apostrophes are typographic"


def test_a_sentence_may_end_with_an_address() -> None:
    assert tidy("Écrivez à info@example.org!", FR)[0] == "Écrivez à info@example.org\u202f!"
    assert tidy("« https://example.org » ?", FR)[0] == ("«\u00a0https://example.org\u00a0»\u202f?")
