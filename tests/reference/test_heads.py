"""Headings: whatever their order, they say which column is which and what its marks mean."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reference.heads import DEFINITIVE, SIGNED, SUCCEEDED, column_of, columns_of

ACTS = {
    "Ratification": ("", "ratification"),
    "Acceptance(A)": ("A", "acceptance"),
    "Approval(AA)": ("AA", "approval"),
    "Accession(a)": ("a", "accession"),
    "Succession(d)": ("d", "succession"),
    "Formal confirmation(c)": ("c", "formal confirmation"),
    "Consent to be bound(P)": ("P", "consent to be bound"),
    "Simplified procedure(p)": ("p", "simplified procedure"),
    "Definitive signature(s)": ("s", DEFINITIVE),
}


@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, unique=True))
def test_acts_in_any_order_have_their_marks(words: list[str]) -> None:
    found = column_of(", ".join(words))
    assert dict(found.marks) == dict(ACTS[word] for word in words)
    assert found.is_act
    assert not found.is_signature


@given(st.integers(), st.booleans(), st.booleans())
def test_columns_in_any_order_and_number(seed: int, signed: bool, applied: bool) -> None:  # noqa: FBT001 -- drawn
    heads = ["Participant", "Ratification, Accession(a)", "Succession(d)"]
    heads += ["Signature, Succession to signature(d)"] * signed
    heads += ["Provisional application under article 23(n)"] * applied
    Random(seed).shuffle(heads)  # noqa: S311 -- an order
    found = columns_of(heads)
    assert found
    assert heads[found.participant] == "Participant"
    assert (found.signature >= 0) is signed
    assert sorted(heads[at] for at in found.acts) == ["Ratification, Accession(a)", "Succession(d)"]


@pytest.mark.parametrize(
    ("heading", "marks"),
    [
        ("Signature, Succession to signature(d)", {"": SIGNED, "d": SUCCEEDED}),
        ("Signature, Definitive signature(s)", {"": SIGNED, "s": DEFINITIVE}),
        ("Ratification , ACCESSION (a)", {"": "ratification", "a": "accession"}),
        ("Adhesion(a), Participation(P)", {"a": "accession", "P": "participation"}),
        ("Acceptance", {"": "acceptance"}),
        ("Notification of succession(d)", {"d": "succession"}),
        ("Ratification of the Protocol", {"": "ratification"}),
    ],
)
def test_old_and_odd_words(heading: str, marks: dict[str, str]) -> None:
    assert dict(column_of(heading).marks) == marks


@pytest.mark.parametrize(
    "heading",
    [
        "Provisional application(n)",
        "Denunciation",
        "Withdrawal of acceptance(w)",
        "Date of receipt of the notification",
        "",
        "(a)",
        "," * 5000,
        "Ratification" * 500,
    ],
)
def test_other_columns_are_set_aside(heading: str) -> None:
    found = column_of(heading)
    assert not found.is_act
    assert not found.is_signature


@pytest.mark.parametrize(
    "heads",
    [
        [],
        ["Participant"],
        ["State", "Ratification"],
        ["Participant", "Participant", "Ratification"],
        ["Participant", "Provisional application(n)"],
        ["Participant", *["Ratification"] * 40],
    ],
)
def test_headings_that_are_none_of_a_status_page(heads: list[str]) -> None:
    assert columns_of(heads) is None


def test_the_same_letter_is_another_act_in_another_column() -> None:
    signature, act = column_of("Signature"), column_of("Acceptance(A), Accession(a)")
    assert (signature.meaning("d"), act.meaning("d")) == (SUCCEEDED, "succession")
    assert (signature.meaning("a"), act.meaning("a")) == ("", "accession")
    assert signature.meaning("x") == act.meaning("x") == ""
