"""Status pages as the United Nations Treaty Collection serves them, of the tests' own making."""

from __future__ import annotations

import tomllib
from html import escape
from typing import TYPE_CHECKING, Any

from bot.letters.model import Language
from bot.reference.loader import gathered_treaties, load, rows_of_treaties

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, str, str]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MARKS = {"accession": "a", "succession": "d", "acceptance": "A", "formal confirmation": "c"}
HEADINGS = {
    "": "Ratification",
    "A": "Acceptance(A)",
    "AA": "Approval(AA)",
    "a": "Accession(a)",
    "c": "Formal confirmation(c)",
    "d": "Succession(d)",
}
SPELT = {"CZE": "Czech Republic", "BHS": "Bahamas (The)", "NLD": "Netherlands (Kingdom of the)"}


def cell(day: str, mark: str = "") -> str:
    """A date as a cell has it: a tab before the year, the mark behind it."""
    if not day:
        return ""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]}\t {year} {mark}"


def shipped(code: str) -> list[Row]:
    """The shipped facts on a treaty as a page's rows, withdrawals in brackets."""
    found: list[Row] = []
    states = load().states
    listed = [row for treaty, row in rows_of_treaties("status") if treaty == code]
    present = {row["iso3"] for row in listed}
    past = {}
    for treaty, row in rows_of_treaties("withdrawals"):
        if treaty == code and row["iso3"] not in present:
            past[row["iso3"]] = row
    for row in (*listed, *past.values()):
        name = SPELT.get(row["iso3"], states[row["iso3"]].short(Language.EN)).replace("’", "'")
        signed = cell(row["signed_on"], "d" if row.get("signature") == "succession" else "")
        acted = cell(row["acted_on"], MARKS.get(row["action"], ""))
        if row["iso3"] in past:
            signed, acted = signed and f"[{signed}]", f"[{acted}]"
        found.append((name, signed, acted))
    found += [
        (one["name"], cell(str(one.get("signed_on", ""))), cell(str(one["acted_on"]), "c"))
        for one in _settings(code).get("organisations", [])
    ]
    return sorted(found)


def _settings(code: str) -> dict[str, Any]:
    text = (gathered_treaties().folders[code] / "treaty.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def totals(found: Sequence[Row]) -> tuple[int, int]:
    """Signatories and parties, what is in brackets not counted."""
    signed = sum(bool(row[1]) and not row[1].startswith("[") for row in found)
    return signed, sum(bool(row[2]) and not row[2].startswith("[") for row in found)


def heads(found: Sequence[Row]) -> tuple[str, str]:
    """The headings of the columns of dates, which list the marks that stand in them."""
    signed, acted = ({_mark(row[column]) for row in found if row[column]} for column in (1, 2))
    signature = "Signature, Succession to signature(d)" if "d" in signed else "Signature"
    return signature, ", ".join(HEADINGS[mark] for mark in HEADINGS if mark in {*acted, "", "a"})


def _mark(text: str) -> str:
    return text.strip("[] ").split()[-1] if not text.strip("[] ")[-1].isdigit() else ""


def page(
    code: str,
    found: Sequence[Row],
    *,
    as_of: str = "03-02-2026 10:16:18 EDT",
    counts: tuple[int, int] | None = None,
    headings: tuple[str, str] | None = None,
) -> str:
    """The page in HTML, with a footnote here and there and a table that is none of participants."""
    treaty = load().treaties[code]
    number = treaty.untc_number.removeprefix("IV-").replace("-", ". ")
    number = number if ". " in number else f"{number}."
    signatories, parties = counts or totals(found)
    signature, act = headings or heads(found)
    note = " <SUP><A onclick='ShowNoteAll()' href='#1' class='noteIndex'>1</A>, <A>2</A> </SUP>"
    body = "\n".join(
        f"<tr><td>{escape(name)}{note if i % 7 == 0 else ''}<br></td>"
        + "".join(f"<td> &nbsp;{one}<br></td>" if one else "<td>&nbsp;</td>" for one in dates)
        + "</tr>"
        for i, (name, *dates) in enumerate(found)
    )
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head><body>
<form action="./ViewDetails.aspx?src=TREATY&amp;mtdsg_no={treaty.untc_number}&amp;clang=_en"></form>
<div id="x_div3">STATUS AS AT : {as_of}</div>
<div id="x_rptHead_ctl00_tcHead">CHAPTER IV</div>
<div id="x_rptTreaty_ctl00_tcTreaty">
  {number}
  {treaty.titles[Language.EN]}
</div>
<div id="x_rptStatus_ctl00_tcText">Signatories :
   {signatories}.   Parties :
   {parties}. <SUP>1, 2</SUP></div>
<table id="x_tblgrid">
<tr><td>Participant <SUP>3</SUP><br></td><td>{signature}<br></td>
<td>{act}<br></td></tr>
{body}
</table>
<table id="x_Table1"><tr><td>Czechoslovakia</td><td>1 Jan 1980</td><td></td></tr></table>
</body></html>"""


def xml(
    code: str, found: Sequence[Row], *, number: str = "", chapter: str = "IV", title: str = ""
) -> str:
    """The same in the site's XML form: number and letter ("11", "c") stand apart from the title."""
    treaty = load().treaties[code]
    signatories, parties = totals(found)
    signature, act = heads(found)
    parts = (number or treaty.untc_number.removeprefix("IV-")).split("-")
    body = "".join(
        f"<Row><Entry>{escape(name)}&lt;superscript&gt;1&lt;/superscript&gt;</Entry>"
        f"<Entry>{signed}</Entry><Entry>{acted}</Entry></Row>"
        for name, signed, acted in found
    )
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><MTDSG><Treaty><Header>'
        f"<Chapter><Header>CHAPTER {chapter}</Header><Name>HUMAN RIGHTS</Name></Chapter>"
        f"<ExternalData>{''.join(f'<Part>{part}</Part>' for part in parts)}"
        f"<Titlesect>{title or treaty.titles[Language.EN]}</Titlesect>"
        f"<Status><Signatories>{signatories}</Signatories>"
        f"<Parties>{parties}</Parties></Status></ExternalData></Header><Participants><Table><TGroup>"
        f"<Thead><Row><Entry>Participant</Entry><Entry>{signature}</Entry><Entry>{act}</Entry>"
        f"</Row></Thead><Tbody><Rows>{body}</Rows></Tbody></TGroup></Table></Participants></Treaty>"
        "</MTDSG>"
    )


def other_page(  # noqa: PLR0913 -- what a page of any treaty has
    headings: Sequence[str],
    found: Sequence[Sequence[str]],
    headline: str,
    *,
    number: str = "XXVI-99",
    title: str = "Treaty on Examples",
    notes: dict[int, str] | None = None,
    noted: dict[str, int] | None = None,
    about: str = "",
    force: tuple[str, str] = (
        "Entry into force",
        "1 March 1999, in accordance with article 17(1).",
    ),
    concluded: str = "Oslo, 18 September 1997",
    as_of: str = "03-02-2026 10:16:18 EDT",
    language: str = "_en",
) -> str:
    """A page of a treaty that is none of those here: any columns, notes at the end.

    `noted` are the numbers of the notes that the participants' names point to.
    """
    chapter, *parts = number.split("-")
    parts = parts[1:] if parts[0].isalpha() else parts
    body = "".join(
        f"<tr>{''.join(_cell(one, (noted or {}).get(one)) for one in row)}</tr>\n" for row in found
    )
    end = "".join(
        f'<div id="x_dgNotesAll_ctl{at:02}_divNotesAll"><a name="{at}">{at}</a><index></index>'
        f"{escape(text)}<br><br></div>"
        for at, text in (notes or {}).items()
    )
    word = {"_en": "CHAPTER", "_fr": "CHAPITRE"}[language]
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head><body>
<form action="./ViewDetails.aspx?src=TREATY&amp;mtdsg_no={number}&amp;clang={language}"></form>
<div id="x_div3">STATUS AS AT : {as_of}</div>
<div id="x_rptHead_ctl00_tcHead">{word} {chapter}</div>
<div id="x_rptTreaty_ctl00_tcTreaty">{parts[0]}. {" ".join(parts[1:])} {escape(title)}</div>
<div id="x_rptTreaty_ctl00_tcText">{concluded}</div>
<div id="x_rptEIF_ctl00_tcEifLabel">{force[0]}</div>
<div id="x_rptEIF_ctl00_tcText">{escape(force[1])} <SUP><A href='#'></A></SUP></div>
<div id="x_rptStatus_ctl00_tcText">{headline}</div>
<div id="x_rptNotes_ctl00_tcText">{escape(about)}</div>
<table id="x_tblgrid"><tr>{"".join(_cell(one) for one in headings)}</tr>
{body}</table>
{end}</body></html>"""


def _cell(text: str, note: int | None = None) -> str:
    to = f" <SUP><A onclick='ShowNoteAll()' href='#{note}' class='noteIndex'>{note}</A> </SUP>"
    return f"<td>{escape(text)}{to if note else ''}<br></td>"


def leaves(name: str, notified: str, effect: str, took: str = "took") -> str:
    """A note on a withdrawal, as the Collection words it."""
    return (
        f"On {notified}, the Government of {name} deposited with the Secretary-General a"
        " notification of withdrawal (See depositary notification C.N.1.2025.TREATIES of 3 July"
        f" 2025). The withdrawal {took} effect for {name} on {effect} in accordance with article"
        " 15 (1)."
    )


JULY = "03-07-2026 10:00:00 EDT"


def noted(name: str, cells: tuple[str, str], text: str) -> str:
    """The shipped page with another row for one State, whose name points to a note."""
    # Every seventh name points to the first note, see `page`.
    at = 7 * (len(shipped("OPSC")) // 7)
    rows = [row for row in shipped("OPSC") if row[0] != name]
    rows.insert(at, (name, *cells))
    note = f'<div id="x_ctl02_divNotesAll"><a name="1">1</a><index></index>{text}<br></div>'
    return page("OPSC", rows, as_of=JULY).replace("</body>", f"{note}</body>")
