"""Status pages: every treaty's page read back without a difference, bad pages refused."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import NullTranslations

import pytest

from bot.commands.reasons import reason
from bot.letters.differences import differences
from bot.letters.faults import Fault, Refused
from bot.letters.model import Language, Stage
from bot.letters.status import Version
from bot.reference.loader import load
from bot.reference.participants import participant
from bot.reference.renewal import version_of
from bot.reference.untc import Status, read
from tests.reference.pages import page, shipped, totals, xml

RECORDS = load()
EIGHTEEN = [code for code in RECORDS.acts if RECORDS.treaties[code].untc_number.startswith("IV-")]
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


@pytest.mark.parametrize("code", EIGHTEEN)
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
        (GOOD.replace("STATUS AS AT", "STATUS"), Fault.NO_DATE),
        (GOOD.replace("Parties :", "Members :"), Fault.NO_TOTALS),
        (GOOD.replace("IV-11-c", "IV-11-b"), Fault.OTHER_TREATY),
        (GOOD.replace("IV-11-c", "IV-11-e").replace("11. c", "11. e"), Fault.OTHER_TREATY),
        (GOOD.replace("Optional Protocol to", "Amendment to an Optional"), Fault.OTHER_TREATY),
        (GOOD.replace("Optional Protocol to", "On the Optional Protocol to"), Fault.OTHER_TREATY),
        (GOOD.replace("CHAPTER IV", "CHAPTER XXVI"), Fault.OTHER_TREATY),
        ("STATUS AS AT : 03-02-2026 10:16:18 EDT\nAustria\t6 Sep 2000", Fault.SAVED_AS_TEXT),
        (GOOD.replace("sale of children", "sale of horses"), Fault.OTHER_TREATY),
        (b"<?xml version='1.0' encoding='utf-8'?><Treaty><Participants>", Fault.CUT_OFF),
        (b"<?xml version='1.0' encoding='utf-8'?><Treaty>C\xf4te</Treaty>", Fault.ENCODING),
    ],
)  # fmt: skip
def test_what_is_no_good_page_gives_nothing(data: str | bytes, fault: Fault) -> None:
    assert refused(data).fault is fault


def test_the_date_is_read_from_its_own_element() -> None:
    said = "STATUS AS AT : 01-01-2020 10:00:00 EDT"
    for elsewhere in (f"<!-- {said} -->", f"<p>{said}</p>", f"<script>'{said}'</script>"):
        text = GOOD.replace("<body>", f"<body>{elsewhere}").replace("<head>", f"<head>{elsewhere}")
        assert status(text).as_of.date() == date(2026, 2, 3)
        alone = text.replace("STATUS AS AT : 03-02-2026", "of 03-02-2026")
        assert refused(alone).fault is Fault.NO_DATE


def test_a_page_may_be_a_day_ahead_of_this_computer() -> None:
    day = date(2026, 2, 3)
    assert isinstance(read(GOOD.encode(), day - timedelta(days=1)), Status)
    assert read(GOOD.encode(), day - timedelta(days=2)) == Refused(Fault.FUTURE, "2026-02-03")
    data = xml("OPSC", shipped("OPSC")).encode("iso-8859-1")
    assert isinstance(read(data, day, day + timedelta(days=1)), Status)
    assert read(data, day, day + timedelta(days=2)) == Refused(Fault.FUTURE, "2026-02-05")


@pytest.mark.parametrize("number", ["iv-11-c", "IV~11~c", "iv~11~C", "IV-11-C", "IV%7E11%7Ec"])
def test_the_number_in_the_address_may_be_written_otherwise(number: str) -> None:
    for text in (
        GOOD.replace("mtdsg_no=IV-11-c", f"mtdsg_no={number}"),
        GOOD.replace("src=TREATY&amp;mtdsg_no=IV-11-c", f"Mtdsg_No={number}&amp;src=TREATY"),
    ):
        assert text != GOOD
        assert status(text).treaty == "OPSC"
    assert refused(GOOD.replace("mtdsg_no=IV-11-c", "mtdsg_no=iv~11~b")).what.startswith("IV-11-b")


def test_a_title_that_is_refused_ends_with_a_word() -> None:
    title = "Convention on the Prohibition of the Use of " + "this and that, " * 20
    what = refused(GOOD.replace("Optional Protocol to", title)).what
    assert what.startswith("IV-11-c Convention on the Prohibition")
    assert len(what) <= 162
    assert what.endswith(("this …", "that …", "and …"))


CRC = "Convention on the Rights of the Child"


@pytest.mark.parametrize(
    ("code", "said", "fault"),
    [
        ("CRC", {}, None),
        ("CRC", {"chapter": "iv"}, None),
        ("CRC", {"number": "11."}, None),
        ("OPSC", {}, None),
        ("OPSC", {"number": "11-C"}, None),
        ("OPSC", {"number": "11.-c."}, None),
        ("CRC", {"chapter": "XXVI"}, Fault.OTHER_TREATY),
        ("OPSC", {"number": "11-b"}, Fault.OTHER_TREATY),
        ("OPSC", {"number": "11"}, Fault.OTHER_TREATY),
        (
            "CRC",
            {"number": "11-a", "title": f"Amendment to article 43 (2) of the {CRC}"},
            Fault.OTHER_TREATY,
        ),
        ("CRC", {"title": f"Amendment to article 43 (2) of the {CRC}"}, Fault.OTHER_TREATY),
        ("CRC", {"number": "-"}, Fault.NO_TREATY),
        ("CRC", {"chapter": "four"}, Fault.NO_TREATY),
    ],
)
def test_xml_is_known_by_its_chapter_number_and_letter(
    code: str, said: dict[str, str], fault: Fault | None
) -> None:
    data = xml(code, shipped(code), **said).encode("iso-8859-1")
    found = read(data, TODAY, date(2026, 2, 3))
    if fault:
        assert isinstance(found, Refused)
        assert found.fault is fault
    else:
        assert isinstance(found, Status)
        assert found.treaty == code


def test_xml_whose_number_stands_in_its_title() -> None:
    data = xml("OPSC", shipped("OPSC"), number="-")
    for number, treaty in (("11. c", "OPSC"), ("11. b", None)):
        numbered = data.replace("<Titlesect>", f"<Titlesect>{number} ").encode("iso-8859-1")
        found = read(numbered, TODAY, date(2026, 2, 3))
        assert (found.treaty if isinstance(found, Status) else None) == treaty


def test_xml_with_a_date_in_a_note_or_comment_is_not_dated_by_it() -> None:
    text = xml("OPSC", shipped("OPSC"))
    for there in ("</Treaty>", "<Treaty>"):
        note = "STATUS AS AT : 01-01-2020 10:00:00 EDT"
        for said in (f"<!-- {note} -->", f"<EndNotes>{note}</EndNotes>"):
            if there == "<Treaty>" and said.startswith("<End"):
                continue
            data = text.replace(there, f"{said}{there}").encode("iso-8859-1")
            assert read(data, TODAY) == Refused(Fault.NO_DATE)


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
    from bot.commands.reasons import REASONS  # noqa: PLC0415 -- the command's
    from bot.conversation.facts.refusing import fault_lines  # noqa: PLC0415 -- the chat's
    from bot.conversation.talk.library import Translator  # noqa: PLC0415 -- the words, not the reader

    assert set(REASONS) == set(Fault)
    assert set(fault_lines(Translator(NullTranslations(), Language.EN))) == set(Fault)


def test_a_notice_of_days_is_said_in_days() -> None:
    """The Arms Trade Treaty is left 90 days after the notification (article 24)."""
    assert "takes effect 90 days after" in reason(Refused(Fault.WITHDRAWN, "POL", treaty="ATT"))
    assert "takes effect 12 months after" in reason(Refused(Fault.WITHDRAWN, "POL", treaty="OPSC"))
