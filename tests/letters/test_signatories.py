"""Co-signers as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, clean
from bot.letters.signatory_lines import DoubtKind, read_lines
from bot.letters.signatory_words import command_of

TYPED = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"])
).filter(
    # A full stop behind a whole word ends the line; brackets hold a role and an organisation.
    lambda text: (
        text.strip() and text[-1] != "." and not set(text) & set(',;|"“”„«»،、，﹐@:：()（）')
    )
)

CLEAR = [
    # Commas, in the two forms that the chat asks for.
    ("A. Example, Example Organisation", "A. Example||Example Organisation"),
    ("A. Example, Chair, Example Organisation", "A. Example|Chair|Example Organisation"),
    ("A. Exemple, Directrice générale, Exemple", "A. Exemple|Directrice générale|Exemple"),
    ("A. Ejemplo, presidenta, Ejemplo", "A. Ejemplo|presidenta|Ejemplo"),
    ("A. Example, spokesperson, Example", "A. Example|spokesperson|Example"),
    ("A. Example", "A. Example||"),
    ("Example Organisation", "Example Organisation||"),
    ("A. Example, Director", "A. Example|Director|"),
    # Commas that part nothing.
    ("A. Example, Example Org & Co, Inc.", "A. Example||Example Org & Co, Inc."),
    ("A. Example, Chair, Example & Co, Inc.", "A. Example|Chair|Example & Co, Inc."),
    ("Example Organisation, Inc.", "Example Organisation, Inc.||"),
    ("A. Example, Ejemplo, A.C.", "A. Example||Ejemplo, A.C."),
    ("A. Example, PhD, Example", "A. Example, PhD||Example"),
    ('A. Example, "Peace, Bread and Roses"', "A. Example||Peace, Bread and Roses"),
    ("A. Example, “Peace, Bread and Roses”", "A. Example||Peace, Bread and Roses"),
    ("A. Exemple, « Paix, pain et roses »", "A. Exemple||Paix, pain et roses"),
    ("A. Beispiel, „Frieden, Brot“", "A. Beispiel||Frieden, Brot"),
    ('"Peace, Bread and Roses"', "Peace, Bread and Roses||"),
    # Other signs, which win over commas.
    ("A. Example; Example, Inc.", "A. Example||Example, Inc."),
    ("A. Example; Chair; Example, Second", "A. Example|Chair|Example, Second"),
    ("A. Example, Chair; Example, Second", "A. Example|Chair|Example, Second"),
    ("A. Example\tExample, Second", "A. Example||Example, Second"),
    ("A. Example\t\tExample", "A. Example||Example"),
    ("A. Example | Chair | Example", "A. Example|Chair|Example"),
    ("A. Example – Example", "A. Example||Example"),
    ("A. Example — Example", "A. Example||Example"),
    ("A. Example - Example", "A. Example||Example"),
    ("A. Example, Chair – Example", "A. Example|Chair|Example"),
    ("A. Example (Example Organisation)", "A. Example||Example Organisation"),
    ("A. Example (Chair)", "A. Example|Chair|"),
    # Brackets that part nothing.
    ("Coalition for Example Rights (CER)", "Coalition for Example Rights (CER)||"),
    ("A. Example, Example Organisation (EO)", "A. Example||Example Organisation (EO)"),
    ("A. Exemple, Directeur, Exemple (Suisse)", "A. Exemple|Directeur|Exemple (Suisse)"),
    # Commas of other scripts.
    ("أ. مثال، منظمة مثال", "أ. مثال||منظمة مثال"),
    ("例、例組織", "例||例組織"),
    ("例，例组织", "例||例组织"),
    # Pasted from elsewhere.
    ("- A. Example, Example", "A. Example||Example"),
    ("• A. Example, Example", "A. Example||Example"),
    ("\uf0b7\tA. Example\tExample", "A. Example||Example"),
    ("o\tA. Example, Example", "A. Example||Example"),
    ("➢ A. Example, Example", "A. Example||Example"),
    ("1. A. Example, Example", "A. Example||Example"),
    ("3) A. Example, Example", "A. Example||Example"),
    ("(12) A. Example, Example", "A. Example||Example"),
    ("7 - A. Example, Example", "A. Example||Example"),
    ("7.\tA. Example\tExample", "A. Example||Example"),
    ("① A. Example, Example", "A. Example||Example"),
    ("> > A. Example, Example", "A. Example||Example"),
    ("[12:03, 3/5/2026] B. Example: A. Example, Example", "A. Example||Example"),
    ("12/5/26, 12:03 - B. Example: A. Example, Example", "A. Example||Example"),
    ("A. Example, Example,", "A. Example||Example"),
    ("A. Example, Example ;", "A. Example||Example"),
    ("\u00a0 A. Example, Example", "A. Example||Example"),
    ("A.\u2028Example, Example", "A. Example||Example"),
    ("-A. Example, Example", "-A. Example||Example"),
    ("☐ A. Example, Example", "A. Example||Example"),
    ("–\tA. Example, Example", "A. Example||Example"),
    ("1️⃣ A. Example, Example", "A. Example||Example"),
    ("#4 A. Example, Example", "A. Example||Example"),
    ("a) A. Example, Example", "A. Example||Example"),
    ("> • 1. A. Example, Example", "A. Example||Example"),
    ("1,A. Example,Example", "A. Example||Example"),
    ("A. Example, Example Organisation.", "A. Example||Example Organisation"),
    ("A. Example, Example Org.", "A. Example||Example Org."),
    ("A. Example, Example; and", "A. Example||Example"),
    # Words of organisations and roles settle what commas do not.
    ("A. Example, Chair, Centre for Peace, Kenya", "A. Example|Chair|Centre for Peace, Kenya"),
    ("A. Example, Friend, Example Network", "A. Example|Friend|Example Network"),
    ("A. Example, Example Network, Geneva", "A. Example||Example Network, Geneva"),
    ("A. Example, Example Network – EN", "A. Example||Example Network – EN"),
    ("Example Network – Swiss section", "Example Network – Swiss section||"),
    ("A. Example / Example", "A. Example||Example"),
    ("A. Example -- Example", "A. Example||Example"),
    ("A. Example (Chair, Example)", "A. Example|Chair|Example"),
    ("A. Example, Chair (Example)", "A. Example|Chair|Example"),
    ("A. Example (she/her)", "A. Example (she/her)||"),
    ("Example Network (ENET)", "Example Network (ENET)||"),
    ('"A. Example","Friend","Example, Inc."', "A. Example|Friend|Example, Inc."),
    ("A. Example, 350.org", "A. Example||350.org"),
    ("Andre\u0301 Example, Example", "André Example||Example"),
    ("\ufa19 例、例組織", "\ufa19 例||例組織"),
]

ASKED = [
    ("A. Example, Women, Peace and Security", DoubtKind.MANY_PARTS, "A. Example|Women|Peace"),
    ("A. Example, Chair, Policy, Example", DoubtKind.MANY_PARTS, "A. Example|Chair|Policy"),
    ("A. Example, Peace – Kenya Section", DoubtKind.MANY_PARTS, "A. Example||Peace – Kenya"),
    ("A. Example (EXAMPLE)", DoubtKind.MANY_PARTS, "A. Example (EXAMPLE)||"),
    ("A; B; C; D", DoubtKind.MANY_PARTS, "A||B; C; D"),
    ("a.example@example.org", DoubtKind.NO_SIGNATURE, "a.example@example.org"),
    ("A. Example, Example, a@example.org", DoubtKind.NO_SIGNATURE, "A. Example||Example"),
    ("A. Example <a@example.org>, Example", DoubtKind.NO_SIGNATURE, "A. Example||Example"),
    ("https://example.org", DoubtKind.NO_SIGNATURE, "https://example.org"),
    ("+41 22 000 00 00", DoubtKind.NO_SIGNATURE, "+41"),
    ("Signed on behalf of: Example Organisation", DoubtKind.NO_SIGNATURE, "Example Organisation"),
    ("Sincerely,", DoubtKind.NO_SIGNATURE, "Sincerely"),
    ("Atentamente,", DoubtKind.NO_SIGNATURE, "Atentamente"),
    ("3 May 2026", DoubtKind.NO_SIGNATURE, "3 May"),
    ("12", DoubtKind.NO_SIGNATURE, "12"),
    ("remove hello", DoubtKind.NO_SIGNATURE, "remove hello"),
    ("Signed on behalf of:", DoubtKind.NO_SIGNATURE, None),
    ("Signatories:", DoubtKind.NO_SIGNATURE, None),
    ("Dear colleagues", DoubtKind.NO_SIGNATURE, "Dear colleagues"),
    ("Please add A. Example", DoubtKind.NO_SIGNATURE, "Please add A. Example"),
    ("Best,", DoubtKind.NO_SIGNATURE, "Best"),
    ("Envoyé de mon téléphone", DoubtKind.NO_SIGNATURE, "Envoyé"),
    ("On 3 May 2026, A. Example wrote:", DoubtKind.NO_SIGNATURE, "On 3 May"),
    ("Signatories: A. Example, Example", DoubtKind.NO_SIGNATURE, "A. Example||Example"),
    ("cc: A. Example", DoubtKind.NO_SIGNATURE, "cc: A. Example"),
    ("Liste des signataires", DoubtKind.NO_SIGNATURE, "Liste"),
    ("Name, Role, Organization", DoubtKind.NO_SIGNATURE, "Name"),
    ("Nom\tFonction\tOrganisation", DoubtKind.NO_SIGNATURE, "Nom"),
    ("Director", DoubtKind.NO_SIGNATURE, "Director"),
    ("B. Example, [03.05.26 12:03]", DoubtKind.NO_SIGNATURE, "B. Example"),
    ("Has anybody signed?", DoubtKind.NO_SIGNATURE, "Has"),
    ("A. Example, Example, tel. +41 22 000 00 00", DoubtKind.NO_SIGNATURE, "A. Example||Example"),
    ("x" * 5000, DoubtKind.TOO_LONG, None),
    (", Example", DoubtKind.NO_NAME, None),
    ("x" * (MAX_LENGTH + 1) + ", Example", DoubtKind.TOO_LONG, None),
]


def parts(one: Signatory) -> str:
    return f"{one.name}|{one.role}|{one.organisation}"


@pytest.mark.parametrize(("line", "expected"), CLEAR)
def test_a_clear_line_is_taken(line: str, expected: str) -> None:
    found = read_lines(line)
    assert ([parts(one) for one in found.taken], found.doubts) == ([expected], ())


@pytest.mark.parametrize(("line", "kind", "first"), ASKED)
def test_what_is_not_clear_is_asked_about(line: str, kind: DoubtKind, first: str | None) -> None:
    found = read_lines(line)
    assert found.taken == ()
    (doubt,) = found.doubts
    assert doubt.kind is kind
    if first is None:
        assert doubt.readings == ()
    else:
        assert parts(doubt.readings[0]).startswith(first)


def test_every_plausible_reading_is_offered() -> None:
    (doubt,) = read_lines("A. Example, Chair, Women, Peace and Security").doubts
    assert [parts(one) for one in doubt.readings] == [
        "A. Example|Chair|Women, Peace and Security",
        "A. Example||Chair, Women, Peace and Security",
        "A. Example|Chair, Women|Peace and Security",
        "A. Example, Chair, Women, Peace and Security||",
    ]


def test_good_lines_are_taken_and_only_the_others_are_asked() -> None:
    found = read_lines("A, B\n\n, C\r\nD, E\n\u2022 D, e-mail: x@example.org\n" + "x" * 201 + ", H")
    assert [one.line for one in found.taken] == ["A, B", "D, E"]
    assert len(found.doubts) == 3


def test_several_people_on_one_line_are_as_many_lines() -> None:
    found = read_lines("A. Example, First; B. Example, Second, Inc.; C. Example, Third")
    assert [one.line for one in found.taken] == [
        "A. Example, First",
        "B. Example, Second, Inc.",
        "C. Example, Third",
    ]
    assert parts(read_lines("A. Example, Chair; Example, Inc.").taken[0]) == (
        "A. Example|Chair|Example, Inc."
    )


def test_numbers_that_count_the_lines_are_dropped_and_others_stay() -> None:
    counted = read_lines("7 A. Example, First\n8 B. Example, Second\n9 C. Example, Third")
    assert [one.name for one in counted.taken] == ["A. Example", "B. Example", "C. Example"]
    assert [one.name for one in read_lines("100 Women\n50 Men").taken] == ["100 Women", "50 Men"]


def test_rules_and_blank_lines_are_no_lines() -> None:
    found = read_lines("-----\nA. Example\n\n___\n***\n…\n")
    assert ([one.line for one in found.taken], found.doubts) == (["A. Example"], ())


@pytest.mark.parametrize("line", ["X 0, Y :", "X 0, Y：", "Co-signers："])
def test_what_ends_with_a_colon_is_asked_about_whatever_its_width(line: str) -> None:
    found = read_lines(line)
    assert (found.taken, len(found.doubts)) == ((), 1)


def test_a_bracket_that_opens_before_a_comma_and_holds_nothing_is_none() -> None:
    (one,) = read_lines("X (, Y )").taken
    assert (one.name, one.organisation) == ("X (", "Y )")


@given(st.lists(st.tuples(TYPED, TYPED), min_size=1, max_size=20))
def test_what_is_typed_comes_out_as_typed(rows: list[tuple[str, str]]) -> None:
    expected = tuple(Signatory(name, organisation) for name, organisation in rows)
    found = read_lines("\n".join(f"X {name}, Y {organisation}" for name, organisation in rows))
    assert found.doubts == ()
    assert tuple(Signatory(s.name[2:], s.organisation[2:]) for s in found.taken) == expected


@example(text='0"\t"')
@given(st.text(max_size=300))
def test_any_text_at_all_is_taken_or_asked_about(text: str) -> None:
    found = read_lines(text)
    for one in found.taken:
        assert one.name
        assert not set(f"{one.name}{one.role}{one.organisation}") & set("\n\r\t\0\u2028")
    for doubt in found.doubts:
        assert doubt.text
        assert all(one.name for one in doubt.readings)


@pytest.mark.parametrize(
    "text",
    [
        "<b>X</b>",
        "*X* _Y_",
        "{{ 7*7 }}",
        "#Set text(red)",
        "%(Name)s",
        "$1 X",
        "\\X",
        "😀",
        "A\u200cb",
    ],
)
def test_syntax_of_any_kind_is_only_text(text: str) -> None:
    assert read_lines(f"{text}, {text}").taken == (Signatory(text, text),)


def test_control_and_direction_characters_are_removed_and_said_so() -> None:
    assert clean("A\u202eB\x00C\u200f") == ("ABC", True)
    assert clean("A\u00a0B C") == ("A\u00a0B C", False)
    assert clean("A\u2028B\u2029C") == ("A B C", False)
    assert read_lines("A\u202e, B").cleaned


def test_accents_are_composed_and_what_stands_alone_stays() -> None:
    assert clean("Andre\u0301 \u1112\u1161\u11ab") == ("André 한", False)
    assert clean("\ufa19 \u2126") == ("\ufa19 \u2126", False)
    many = "e" + "\u0301\u0323" * 50_000  # an endless accent costs no more than its length
    assert len(clean(many)[0]) > 99_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((one, "done") for one in ("done", "Done.", "OK", "That’s all!", "C’est tout", "Listo")),
        *((one, "back") for one in ("back", "Retour", "ATRÁS")),
        *((one, "none") for one in ("none", "No one", "personne", "Nadie")),
        *((one, "greeting") for one in ("hello", "Bonjour !", "¡Hola!", "Buenos días")),
        *((one, "") for one in ("A. Example", "Example Organisation", "done, Example")),
    ],
)
def test_what_is_said_to_the_bot_signs_nothing(text: str, said: str) -> None:
    assert command_of(text) == said
