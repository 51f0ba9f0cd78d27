"""Pages put together at random, and XML of any columns: read or refused with a reason, at once."""

from __future__ import annotations

import tomllib
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letters.faults import Fault, Refused
from bot.reference.grids import grid_of
from bot.reference.new_folders import Folder, folder_of, page_of
from bot.reference.treaty_toml import Page
from bot.reference.untc import Status, numbers_of, read_table, title_of
from tests.reference.pages import leaves, other_page

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 25)

HEADINGS = st.sampled_from(
    [
        "Participant",
        "Signature",
        "Signature, Succession to signature(d)",
        "Ratification, Accession(a)",
        "Provisional application(n)",
        "Consent to be bound(P)",
        "Definitive signature(s), Acceptance(A)",
        "Denunciation",
        "",
        "Accession(a), Accession(A), (x)",
    ]
)
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Kenya",
            "Austria",
            "Czechoslovakia",
            "European Union",
            "Atlantis",
            "3 Dec 1998",
            "3 Dec 1998 a",
            "[3 Dec 1998 A]",
            "3 Dec 1998 P",
            "31 Feb 1998",
            "[",
            "]",
            "[]",
            "3 Dec 1998 zz",
            "29 Feb 2000 d",
            "4 Dec 2030",
        ]
    ),
    st.text(max_size=12),
)
WORDS = st.lists(
    st.sampled_from(
        [
            "open for signature",
            "opened for signature by all States",
            "from 12 to 15 December 2000",
            "until its entry into force",
            "until 4 December 1997",
            "adopted by",
            "the Conference on",
            "General Assembly",
            "resolution 52/38/A",
            "article 15 (3)",
            ". The Treaty",
            "concluded by the",
            "the thirty-fifth instrument",
            "that is to say: Kenya and",
            "(",
            ")",
            "withdrawal took effect",
            "31 February 1999",
            "1 March 0000",
            '"',
            "\\",
            "#",
            "]]>",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(HEADINGS, min_size=1, max_size=5),
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6),
    st.sampled_from(["Parties : 1", "Signatories : 1. Parties : 2", "Parties : 0", "", "Parties*"]),
    WORDS,
    WORDS,
    st.text(max_size=30),
)
def test_whatever_a_page_says_there_is_an_answer(  # noqa: PLR0913, PLR0917 -- all of a page
    headings: list[str],
    rows: list[list[str]],
    headline: str,
    about: str,
    note: str,
    title: str,
) -> None:
    text = other_page(
        headings,
        rows,
        headline,
        about=about,
        force=("Not yet in force", note),
        title=title,
        notes={1: note, 2: leaves("Kenya", "1 May 2000", "1 May 2001")},
        noted={"Kenya": 1, "Austria": 2},
    )
    begun = perf_counter()
    found = page_of(text.encode("utf-8", "replace"))
    assert isinstance(found, Page | Refused)
    if isinstance(found, Page):
        made = folder_of(found, "EXAMPLE", TODAY)
        assert isinstance(made, Folder | Refused)
        if isinstance(made, Folder):
            files = dict(made.files)
            assert tomllib.loads(files["treaty.toml"])["number"] == "XXVI-99"
    assert perf_counter() - begun < 2


def xml(headings: Sequence[str], rows: Sequence[Sequence[str]], *, parties: int) -> bytes:
    """The site's XML of a treaty that is none of those here, with an end note."""
    head = "".join(f"<Entry>{one}</Entry>" for one in headings)
    body = "".join(f"<Row>{''.join(f'<Entry>{one}</Entry>' for one in row)}</Row>" for row in rows)
    note = leaves("Kenya", "1 May 2000", "1 May 2001")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><MTDSG><Treaty><Header><Chapter><Header>CHAPTER XXVI'
        "</Header><Name>DISARMAMENT</Name></Chapter><ExternalData><Part>2</Part><Part>a</Part>"
        "<Titlesect>Protocol on Examples</Titlesect><Conclusion>Vienna, 13 October"
        " 1995</Conclusion>"
        f"<EIF><Labeltext>30 July 1998</Labeltext></EIF><Status><Parties>{parties}"
        "&lt;superscript&gt;1&lt;/superscript&gt;</Parties></Status></ExternalData></Header>"
        f"<Participants><Table><TGroup><Thead><Row>{head}</Row></Thead><Tbody><Rows>{body}</Rows>"
        f"</Tbody></TGroup></Table></Participants><EndNotes><Note>1{note}</Note></EndNotes>"
        "</Treaty></MTDSG>"
    ).encode()


def test_xml_of_any_columns_is_read_with_its_notes() -> None:
    raised = "&lt;superscript&gt;1&lt;/superscript&gt;"
    for headings, rows in (
        (
            ("Participant", "Consent to be bound(P), Succession(d)"),
            [(f"Kenya{raised}", "[1 May 1999\t P]"), ("Montenegro", "23 Oct\t 2006 d")],
        ),
        (
            ("Provisional application(n)", "Participant", "Signature", "Acceptance(A)"),
            [
                ("", f"Kenya{raised}", "", "[1 May 1999 A]"),
                ("1 May 1999 n", "Montenegro", "", "2 May 1999 A"),
            ],
        ),
    ):
        grid = grid_of(xml(headings, rows, parties=1))
        assert not isinstance(grid, Fault)
        assert numbers_of(grid) == {"XXVI-2-a"}
        assert title_of(grid) == "Protocol on Examples"
        found = read_table(grid, "EXAMPLE", date(1995, 10, 13), TODAY, date(2026, 2, 3))
        assert isinstance(found, Status), found
        assert set(found.acts) == {"MNE"}
        assert found.notes["KEN"].effect_on == date(2001, 5, 1)
