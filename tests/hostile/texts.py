"""Lists of co-signers, status pages and campaign folders that are more than they seem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.campaigns.folders import CATALOGUE, SETTINGS, TEMPLATE
from tests.hostile.packages import LAUGHS, QUADRATIC
from tests.hostile.readers import folder_of, other
from tests.reference.pages import page, shipped, xml

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = "name,organisation\r\n"
_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\n{}END:VCARD\r\n"

CSVS: dict[str, Callable[[], bytes]] = {
    "one line of 1 MB": lambda: _NAMES.encode() + b"a" * 1_000_000,
    "one quotation without an end": lambda: (_NAMES + '"' + "a,\n" * 300_000).encode(),
    "100,000 columns": lambda: ",".join(f"column {n}" for n in range(100_000)).encode(),
    "100,000 separators in a row": lambda: _NAMES.encode() + b"," * 100_000,
    "50,000 rows": lambda: (_NAMES + "A. Example,Example\r\n" * 50_000).encode(),
    "1,000,000 empty rows": lambda: _NAMES.encode() + b"\n" * 1_000_000,
    "1,000,000 quotation marks": lambda: _NAMES.encode() + b'"' * 1_000_000,
    "a head of 1 MB": lambda: b"name" * 250_000,
    "NULs": lambda: _NAMES.encode() + bytes(1_000_000),
    "UTF-16 of an odd length": lambda: (_NAMES + "A,B").encode("utf-16") + b"\0",
    "UTF-16 without a mark": lambda: (_NAMES + "A,B").encode("utf-16-le"),
    "UTF-32": lambda: (_NAMES + "A,B").encode("utf-32"),
    "lone surrogates": lambda: (_NAMES + "\ud800,\udfff").encode("utf-8", "surrogatepass"),
    "no text at all": lambda: bytes(range(256)) * 4000,
    "something like JSON": lambda: b'{"a":' * 200_000,
    "300,000 accents on a letter": lambda: (_NAMES + "e" + "\u0301" * 300_000 + ",B").encode(),
    "directions without an end": lambda: (_NAMES + "\u202e" * 300_000 + ",B").encode(),
    "formulas": lambda: (_NAMES + '=HYPERLINK("http://outside.example/"),@SUM(1)').encode(),
    "nothing": lambda: b"",
}

VCARDS: dict[str, Callable[[], bytes]] = {
    "20,000 cards": lambda: (_CARD.format("FN:A. Example\r\n") * 20_000).encode(),
    "a name of 1 MB": lambda: _CARD.format(f"FN:{'a' * 1_000_000}\r\n").encode(),
    "a name in 250,000 folds": lambda: _CARD.format("FN:" + "a\r\n " * 250_000 + "\r\n").encode(),
    "200,000 parameters": lambda: _CARD.format(f"FN{';X=Y' * 200_000}:A\r\n").encode(),
    "quoted-printable without an end": lambda: _CARD.format(
        "FN;ENCODING=QUOTED-PRINTABLE:" + "=C3=\r\n" * 150_000
    ).encode(),
    "a photograph of 1 MB": lambda: _CARD.format(f"PHOTO:{'QUJD' * 250_000}\r\n").encode(),
    "cards in cards": lambda: b"BEGIN:VCARD\r\n" * 80_000,
    "lone surrogates": lambda: _CARD.format("FN:\ud800\r\n").encode("utf-8", "surrogatepass"),
}


def _page(text: str, times: int = 1) -> Callable[[], bytes]:
    good, place = page("OPSC", shipped("OPSC")), '<div id="x_div3">'
    return lambda: good.replace(place, text * times + place).encode()


def _xml(old: str, new: str) -> Callable[[], bytes]:
    return lambda: (
        xml("OPSC", shipped("OPSC")).replace("ISO-8859-1", "UTF-8").replace(old, new, 1).encode()
    )


def _referring(declared: str, references: str) -> Callable[[], bytes]:
    good = xml("OPSC", shipped("OPSC")).replace("ISO-8859-1", "UTF-8")
    good = good.replace("<Titlesect>", f"<Titlesect>{references}", 1)
    return lambda: good.replace("?>", f"?>{declared}", 1).encode()


_MAIL = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'

HTMLS: dict[str, Callable[[], bytes]] = {
    "4,500,000 rows without an end": _page("<tr>", 4_500_000),
    "190,000 tags": _page("<b></b>", 90_000),
    "tags 90,000 deep": _page("<div>", 90_000),
    "tables 5,000 deep": _page("<table><tr><td>", 5000),
    "40,000 attributes on a tag": _page(f"<p {' '.join(f'a{n}' for n in range(40_000))}></p>"),
    "50 tags of 390 attributes": _page(f"<p {' '.join(f'a{n}' for n in range(390))}></p>" * 50),
    "an attribute of 9 MB": _page(f"<p title='{'a' * 9_000_000}'></p>"),
    "a text of 15 MB": _page("STATUS AS AT ", 1_150_000),
    "blanks of 9 MB": _page("STATUS" + " " * 9_000_000),
    "1,000,000 character references": _page("&amp;", 1_000_000),
    "90,000 forms": _page("<form action='ViewDetails'></form>", 90_000),
    "50,000 comments": _page("<!-- a -->", 50_000),
    "a comment without an end": _page("<!--" + "a" * 5_000_000),
    "a mail of 100,000 parts": lambda: (_MAIL + "--b\r\n\r\n" * 100_000).encode(),
    "a mail in mails": lambda: (
        _MAIL + "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 1900
    ).encode(),
    "heads of 9 MB": lambda: (_MAIL + "--b\r\n" + "X: y\r\n" * 1_500_000).encode(),
    "UTF-16 of an odd length": lambda: page("OPSC", shipped("OPSC")).encode("utf-16") + b"\0",
    "NULs": lambda: bytes(5_000_000),
    "an encoding that is none": lambda: b"<meta charset=rot13>\xff" + b"a" * 900_000,
    "cut off": lambda: page("OPSC", shipped("OPSC")).encode()[:-9000],
}

_NOTE = '<div id="x_divNotesAll"><a name="{}">1</a>'


def _noted(text: str) -> Callable[[], bytes]:
    """A page with a row that a note is on, and that text for its notes."""
    return lambda: (
        page("OPSC", shipped("OPSC"))
        .replace("6 May\t 2004 ", "[6 May 2004]")
        .replace("</body>", f"{text}</body>")
        .encode()
    )


HTMLS |= {
    "600 notes of 10 KB": _noted(
        "".join(
            f"{_NOTE.format(n)}{'The withdrawal took effect. ' * 360}</div>" for n in range(600)
        )
    ),
    "notes 900 deep over 5 MB": _noted(
        "".join(_NOTE.format(n) for n in range(900)) + "withdrawal took effect " * 220_000
    ),
    "a note of 90,000 lines": _noted(_NOTE.format(1) + "<br>withdrawal" * 90_000),
    "90,000 numbers of notes at a name": lambda: (
        page("OPSC", shipped("OPSC")).replace("Austria", "<a href='#1'>1</a>" * 45_000).encode()
    ),
    "90,000 columns": lambda: (
        page("OPSC", shipped("OPSC")).replace("<td>Signature", "<td>x" * 90_000, 1).encode()
    ),
    "a heading of 5 MB": lambda: (
        page("OPSC", shipped("OPSC"))
        .replace("Signature", "Ratification(a), " * 300_000, 1)
        .encode()
    ),
}


def _treaty(old: str, new: str) -> Callable[[], bytes]:
    return lambda: other().replace(old.encode(), new.encode())


TREATIES: dict[str, Callable[[], bytes]] = {
    "a head note of 7 MB": _treaty(
        "concluded by the", "concluded by the open for signature on 1 May 2000 " * 150_000
    ),
    "a head note of brackets": _treaty("concluded", "that is to say: " + "(" * 5_000_000),
    "a head note of sentences": _treaty(
        "concluded", "adopted by the A. The Conference. " * 200_000
    ),
    "an entry into force of 5 MB": _treaty(
        "1 March 1999", "that is to say: " + "Kenya, and Albania and " * 200_000
    ),
    "a place of 5 MB": _treaty("Oslo, ", "1 May 2000, " * 400_000),
    "a title that ends the file": _treaty("Treaty on", "\\\x22\n[[x]] Treaty on"),
    "a title of 7 MB": _treaty("Treaty on", "Treaty on " * 700_000),
    "a note of 7 MB": _treaty("took effect", "took effect, denounced, withdrew " * 200_000),
}

XMLS: dict[str, Callable[[], bytes]] = {
    "a billion laughs": _referring(LAUGHS, "&a9;"),
    "a quadratic blow-up": _referring(QUADRATIC, "&a;" * 9000),
    "an entity from this computer": _xml(
        "?>", '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    ),
    "190,000 rows": _xml("<Tbody><Rows>", "<Tbody><Rows>" + "<Row/>" * 190_000),
    "elements 90,000 deep": _xml("<Treaty>", "<Treaty>" + "<a>" * 90_000),
    "100,000 attributes": _xml(
        "<Treaty>", "<Treaty" + "".join(f' a{n}=""' for n in range(10**5)) + ">"
    ),
    "a text of 9 MB": _xml("<Titlesect>", "<Titlesect>" + "a" * 9_000_000),
    "40,000 raised numbers": _xml("<Titlesect>", "<Titlesect>" + "&lt;superscript&gt;" * 40_000),
    "100,000 namespaces": _xml(
        "<Treaty>", "<Treaty>" + "".join(f'<a xmlns:b{n}="c"/>' for n in range(10**5))
    ),
    "cut off": lambda: xml("OPSC", shipped("OPSC")).encode()[:-3000],
}


def _folder(**changes: Callable[[], str]) -> Callable[[], bytes]:
    return lambda: folder_of(**{name: make() for name, make in changes.items()})


def _plural(rule: str) -> Callable[[], bytes]:
    head = CATALOGUE.replace('utf-8\\n"', f'utf-8\\n"\n"Plural-Forms: {rule};\\n"', 1)
    plural = '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "a"\n'
    return _folder(fr_po=lambda: head + plural)


CAMPAIGNS: dict[str, Callable[[], bytes]] = {
    "999,999,999 plural forms": _plural("nplurals=999999999; plural=n>1"),
    "a plural rule that never ends": _plural(f"nplurals=2; plural={'(' * 4000}n{')' * 4000}"),
    "a plural rule of 100 KB": _plural(f"nplurals=2; plural={'n+' * 50_000}n"),
    "18,000 keys": _folder(
        campaign_toml=lambda: SETTINGS + "".join(f"k{n} = 1\n" for n in range(18_000))
    ),
    "20,000 tables": _folder(
        campaign_toml=lambda: SETTINGS + "".join(f"[t{n}]\n" for n in range(20_000))
    ),
    "a dotted key of 120 KB": _folder(campaign_toml=lambda: SETTINGS + "a." * 60_000 + "b = 1\n"),
    "lists in lists": _folder(campaign_toml=lambda: f"a = {'[' * 90_000}"),
    "a number of 190,000 digits": _folder(campaign_toml=lambda: f"a = {'9' * 190_000}\n"),
    "4,500 events": _folder(
        campaign_toml=lambda: SETTINGS + "[[events]]\ndate = 2027-01-01\n" * 4500
    ),
    "5,000 messages": _folder(
        fr_po=lambda: CATALOGUE + "".join(f'\nmsgid "m{n}"\nmsgstr "m"\n' for n in range(5000))
    ),
    "a message in 20,000 pieces": _folder(
        fr_po=lambda: CATALOGUE + '\nmsgid ""\n' + '"a"\n' * 20_000
    ),
    "40,000 comments": _folder(fr_po=lambda: "# a\n" * 40_000 + CATALOGUE),
    "loops in loops": _folder(
        letter_jinja=lambda: "{% for a in range(9**9) %}" * 20 + "{% endfor %}" * 20
    ),
    "brackets 20,000 deep": _folder(
        letter_jinja=lambda: "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + "}}"
    ),
    "a sum of 60,000 numbers": _folder(letter_jinja=lambda: "{{ " + "1+" * 60_000 + "1 }}"),
    "powers of powers": _folder(letter_jinja=lambda: TEMPLATE + "{{ 9**9**9**9 }}"),
    "a text times a million": _folder(letter_jinja=lambda: TEMPLATE + "{{ 'a' * 10**9 }}"),
    "blocks 2,000 deep": _folder(
        letter_jinja=lambda: "{% if event %}" * 2000 + "{% endif %}" * 2000
    ),
    "2,000 blocks": _folder(
        letter_jinja=lambda: (
            TEMPLATE + "".join(f"{{% block b{n} %}}a{{% endblock %}}" for n in range(2000))
        )
    ),
    "lone surrogates": _folder(letter_jinja=lambda: TEMPLATE + "\ud800"),
    "NULs": _folder(campaign_toml=lambda: "\0" * 190_000),
    "a file of 5 MB": _folder(letter_jinja=lambda: "a" * 5_000_000),
}
