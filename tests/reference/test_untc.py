"""Status pages: every treaty's page read back without a difference, bad pages refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.letters.differences import differences, doubtful
from bot.letters.faults import Fault, Refused
from bot.letters.model import Language, Stage
from bot.letters.status import Version
from bot.reference.loader import load
from bot.reference.renewal import version_of
from bot.reference.untc import Status, participant, read
from tests.reference.pages import page, shipped, totals, xml

RECORDS = load()
TODAY = date(2026, 11, 25)


def status(data: str | bytes) -> Status:
    found = read(data.encode() if isinstance(data, str) else data, TODAY)
    assert isinstance(found, Status), found
    return found


def version(found: Status) -> Version:
    made = version_of(found, RECORDS)
    assert isinstance(made, Version), made
    return made


def refused(data: str | bytes) -> Refused:
    found = read(data.encode() if isinstance(data, str) else data, TODAY)
    assert isinstance(found, Refused), found
    return found


@pytest.mark.parametrize("code", RECORDS.treaties)
def test_the_shipped_facts_on_a_page_are_read_without_a_difference(code: str) -> None:
    found = version(status(page(code, shipped(code))))
    after = RECORDS.with_versions([found])
    assert found.treaty == code
    assert differences(RECORDS, after, code) == ()
    assert after.parties(code, after.dated(code)) == found.parties == totals(shipped(code))[1]
    assert after.dated(code) == date(2026, 2, 3)


@pytest.mark.parametrize("code", ["OPSC", "ICCPR-OP1", "CRPD"])
def test_the_xml_form_says_the_same(code: str) -> None:
    data = xml(code, shipped(code)).encode("iso-8859-1")
    assert read(data, TODAY) == Refused(Fault.NO_DATE)
    found = read(data, TODAY, date(2026, 2, 3))
    assert isinstance(found, Status)
    assert dict(found.acts) == dict(status(page(code, shipped(code))).acts)


def test_a_browsers_single_file_and_other_encodings_are_read() -> None:
    text = page("OPSC", shipped("OPSC"))
    quoted = text.replace("=", "=3D").encode("ascii", "xmlcharrefreplace").decode()
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{quoted}\r\n--b--\r\n"
    )
    latin = text.replace("charset=utf-8", "charset=windows-1252").encode("windows-1252")
    for data in (archive.encode(), latin, text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        assert status(data).acts == status(text).acts


def test_a_new_party_a_signature_and_a_withdrawal_are_seen() -> None:
    rows = [row for row in shipped("OPSC") if row[0] not in {"Kenya", "Austria"}]
    rows += [("Kenya", "8 Sep\t 2000 ", "12 May\t 2026 "), ("Barbados", "1 Jun\t 2026 ", "")]
    rows.append(("Austria", "6 Sep 2000 ", "[6 May 2004 ]"))
    found = status(page("OPSC", rows, as_of="03-07-2026 10:00:00 EDT"))
    assert version_of(found, RECORDS) == Refused(Fault.WITHDRAWN, "AUT")
    made = version_of(found, RECORDS, {"AUT": date(2026, 6, 1)})
    assert isinstance(made, Version)
    after = RECORDS.with_versions([made])
    seen = {one.state.iso3: one for one in differences(RECORDS, after, "OPSC")}
    assert set(seen) == {"KEN", "BRB", "AUT"}
    assert seen["KEN"].after.acted_on == date(2026, 5, 12)
    assert seen["BRB"].after.stage is Stage.SIGNED
    assert seen["AUT"].after.withdrawn_on == date(2026, 6, 1)
    assert after.standing("OPSC", "KEN", date(2026, 5, 11)).stage is Stage.SIGNED


def test_the_day_of_a_withdrawal_comes_after_the_act() -> None:
    rows = [row for row in shipped("OPSC") if row[0] != "Austria"]
    found = status(page("OPSC", [*rows, ("Austria", "", "[6 May 2004 a]")]))
    for day in (date(2004, 5, 6), date(1990, 1, 1)):
        assert version_of(found, RECORDS, {"AUT": day}) == Refused(Fault.WITHDRAWN, "AUT")


def test_an_older_page_does_not_know_of_later_withdrawals() -> None:
    later = {str(year) for year in range(2016, 2027)}
    rows = []
    for name, *dates in shipped("ICCPR-OP1"):
        signed, acted = (one.strip("[]") if name == "Belarus" else one for one in dates)
        if not later & set(f"{signed} {acted}".split()):
            rows.append((name, signed, acted))
    after = RECORDS.with_versions(
        [version(status(page("ICCPR-OP1", rows, as_of="20-07-2015 05:02:49 EDT")))]
    )
    assert after.standing("ICCPR-OP1", "BLR", date(2015, 7, 20)).stage is Stage.PARTY
    assert after.standing("ICCPR-OP1", "JAM", date(2015, 7, 20)).withdrawn_on == date(1998, 1, 23)
    assert after.standing("ICCPR-OP1", "GUY", date(2015, 7, 20)).stage is Stage.PARTY
    # And then a newer one: what the older did not know is known all the same.
    newer = version_of(status(page("ICCPR-OP1", shipped("ICCPR-OP1"))), after)
    assert isinstance(newer, Version), newer
    assert dict(newer.acts) == dict(RECORDS.acts["ICCPR-OP1"])


@pytest.mark.parametrize("name", [row[0] for row in shipped("OPSC")])
def test_a_page_without_one_states_row_is_refused_on_its_count(name: str) -> None:
    rows = shipped("OPSC")
    fewer = [row for row in rows if row[0] != name]
    found = refused(page("OPSC", fewer, counts=totals(rows)))
    assert found.fault in {Fault.PARTIES, Fault.SIGNATORIES}


GOOD = page("OPSC", shipped("OPSC"))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NO_PAGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"0" * 600, Fault.SPREADSHEET),
        (b"%PDF-1.7", Fault.NOT_TEXT),
        (b"x" * 100_000_000, Fault.TOO_LARGE),
        (GOOD.encode().replace("ü".encode(), b"\xfc"), Fault.ENCODING),
        ("<html>urgent maintenance and is currently unavailable</html>", Fault.NO_PAGE),
        ("<html><form action='Login.aspx'>User name</form></html>", Fault.NO_PAGE),
        (GOOD[: GOOD.index("Kenya")], Fault.CUT_OFF),
        (GOOD[:600], Fault.CUT_OFF),
        (GOOD.replace("clang=_en", "clang=_fr").replace("./View", "View"), Fault.OTHER_LANGUAGE),
        (GOOD.replace("Austria", "Atlantis"), Fault.UNKNOWN),
        (GOOD.replace("Austria", "Albania"), Fault.TWICE),
        (GOOD.replace("12 Feb\t 2002", "31 Feb\t 2002"), Fault.CELL),
        (GOOD.replace("03-02-2026", "03-02-2025"), Fault.CELL),
        (GOOD.replace("03-02-2026", "03-02-2027"), Fault.FUTURE),
        (GOOD.replace("03-02-2026", "27-11-2026"), Fault.FUTURE),
        ("STATUS AS AT : 03-02-2026 Signatories : 122. Parties : 178", Fault.NOT_TEXT),
        (GOOD.replace("11. c", "").replace("mtdsg_no=IV-11-c", ""), Fault.NO_TREATY),
        (GOOD.replace("STATUS AS AT", "STATUS"), Fault.NO_DATE),
        (GOOD.replace("Parties :", "Members :"), Fault.NO_TOTALS),
        (GOOD.replace("IV-11-c", "IV-11-b"), Fault.OTHER_TREATY),
        (GOOD.replace("IV-11-c", "IV-11-e").replace("11. c", "11. e"), Fault.OTHER_TREATY),
        (GOOD.replace("sale of children", "sale of horses"), Fault.OTHER_TREATY),
        (b"<?xml version='1.0' encoding='utf-8'?><Treaty><Participants>", Fault.CUT_OFF),
        (b"<?xml version='1.0' encoding='utf-8'?><Treaty>C\xf4te</Treaty>", Fault.ENCODING),
    ],
)  # fmt: skip
def test_what_is_no_good_page_gives_nothing(data: str | bytes, fault: Fault) -> None:
    assert refused(data).fault is fault


def test_the_date_is_read_from_its_own_place() -> None:
    early = GOOD.replace("<html>", "<html><!-- STATUS AS AT : 01-01-2001 10:00:00 EDT -->")
    assert status(early).as_of.date() == date(2026, 2, 3)


def test_a_page_of_new_yorks_morning_after_is_read() -> None:
    assert status(GOOD.replace("03-02-2026", "26-11-2026")).as_of.date() == date(2026, 11, 26)


@pytest.mark.parametrize("number", ["iv-11-c", "IV~11~c", "iv~11-C"])
def test_the_address_may_be_written_otherwise(number: str) -> None:
    assert status(GOOD.replace("mtdsg_no=IV-11-c", f"mtdsg_no={number}")).treaty == "OPSC"


def test_a_refused_title_is_cut_between_words() -> None:
    title = "Protocol on " + "very long matters " * 30
    found = refused(GOOD.replace(RECORDS.treaties["OPSC"].titles[Language.EN], title))
    assert found.fault is Fault.OTHER_TREATY
    assert found.what.endswith((" very …", " long …", " matters …"))


XML = xml("CRC", shipped("CRC"))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (XML.replace("CHAPTER IV", "CHAPTER XXVI"), Fault.OTHER_TREATY),
        (XML.replace("<Number>11</Number>", "<Number>12</Number>"), Fault.OTHER_TREATY),
        (XML.replace("<Letter></Letter>", "<Letter>b</Letter>"), Fault.OTHER_TREATY),
        (XML.replace("<Number>11</Number>", ""), Fault.NO_TREATY),
        (XML.replace("CHAPTER IV", ""), Fault.NO_TREATY),
        (
            XML.replace(
                "<Titlesect>", "<Titlesect>Amendment to article 43 (2) of the "
            ),
            Fault.OTHER_TREATY,
        ),
    ],
    ids=["chapter", "number", "letter", "no number", "no chapter", "amendment"],
)  # fmt: skip
def test_xml_is_known_by_its_number_not_by_its_title(data: str, fault: Fault) -> None:
    found = read(data.encode("iso-8859-1"), TODAY, date(2026, 2, 3))
    assert isinstance(found, Refused)
    assert found.fault is fault


def test_xml_with_its_number_in_the_title_is_read() -> None:
    data = XML.replace("<Number>11</Number><Letter></Letter><Titlesect>", "<Titlesect>11")
    found = read(data.encode("iso-8859-1"), TODAY, date(2026, 2, 3))
    assert isinstance(found, Status)
    assert found.treaty == "CRC"


def test_what_is_stored_has_as_many_parties_as_the_headline() -> None:
    for code in RECORDS.treaties:
        made = version(status(page(code, shipped(code))))
        after = RECORDS.with_versions([made])
        assert after.parties(code, made.as_of.date()) == made.parties
    found = status(GOOD)
    assert version_of(replace(found, parties=177), RECORDS) == Refused(Fault.COUNT, "178 / 177")


def test_a_withdrawal_that_a_page_forgets_is_looked_at() -> None:
    rows = [row for row in shipped("ICCPR-OP1") if row[0] != "Jamaica"]
    back = [*rows, ("Jamaica", "19 Dec 1966", "3 Oct 1975")]
    made = version(status(page("ICCPR-OP1", back)))
    (found,) = doubtful(RECORDS, RECORDS.with_versions([made]), [made])
    assert found.state.iso3 == "JAM"


SLOW = {
    "notes": "<?xml version='1.0'?><Treaty><Header><ExternalData><Titlesect>"
    + "&lt;superscript&gt;" * 50_000
    + "</Titlesect></ExternalData></Header><Participants><TGroup/></Participants></Treaty>",
    "forms": "<html>" + "<form action='ViewDetails'>" * 200_000 + "</html>",
    "actions": f"<html><form action='{'ViewDetails' * 500_000}'></form></html>",
    "rows": "<table id='x_tblgrid'>" + "<tr>" * 2_000_000 + "</table></html>",
    "title": GOOD.replace("sale of children", "é of children " * 300_000),
}


@pytest.mark.parametrize("kind", SLOW)
def test_what_would_take_long_is_refused(kind: str) -> None:
    assert isinstance(read(SLOW[kind].encode(), TODAY, TODAY), Refused)


def test_names_of_the_treaty_collection_past_and_present() -> None:
    for name, iso3 in {
        "Swaziland": "SWZ",
        "Turkey": "TUR",
        "Cape Verde": "CPV",
        "Cote d'Ivoire": "CIV",
        "Congo": "COG",
        "Democratic Republic of the Congo": "COD",
        "China": "CHN",
        "Republic of Korea": "KOR",
        "Democratic People's Republic of Korea": "PRK",
        "Niger": "NER",
        "Netherlands": "NLD",
        "Bahamas": "BHS",
        "State of Palestine": "PSE",
    }.items():
        assert participant(name) == iso3, name
    for name in ("Yugoslavia", "Czechoslovakia", "German Democratic Republic", "Korea", "Guinee B"):
        assert participant(name) is None, name


def test_every_fault_has_its_line() -> None:
    from bot.renewing import REASONS  # noqa: PLC0415 -- the command's words, not the reader's

    assert set(REASONS) == set(Fault)
