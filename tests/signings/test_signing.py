"""What co-signers and drafters would notice of a signing."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.effects import SendLetter, SendSigned, SendText
from bot.desk import signed
from bot.letters.model import Language
from bot.signings.acts import Refused
from bot.signings.deadlines import end_of
from bot.signings.final import final_names
from bot.signings.texts import canonical
from bot.signings.tokens import digest_of
from bot.signings.values import Kind, Status
from bot.web.signing.visits import ACTS, OFFERED, Done, Visit, Visits
from tests.conversation.talk import Talk
from tests.signings.playing import (
    at_card,
    everyone,
    form_of,
    invited,
    open_link,
    opened,
    renewed,
    signing_of,
    visit,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return opened(tmp_path / "db")


def says(talk: Talk, token: str, act: str = "confirm", **more: str) -> object:
    """A page is opened, and its form sent at once."""
    return Visits(talk.desk).speak(token, form_of(visit(talk, token), act, **more))


def status_of(talk: Talk, name: str) -> Status:
    return next(one.status for one in everyone(talk) if one.name.startswith(name))


def test_the_digest_is_that_of_the_text_to_download(talk: Talk) -> None:
    shelf, signing = talk.desk.shelves.signings, signing_of(talk)
    for text in shelf.texts(signing.id, 1):
        said = canonical(text.letter)
        assert text.digest == hashlib.sha256(said.encode()).hexdigest()
        assert said.endswith("\n")
        assert not any(line != line.rstrip(" ") for line in said.split("\n"))
        assert "A. Example" not in said
        assert "⟦" not in said
    assert [text.language for text in shelf.texts(signing.id, 1)] == list(Language)


def test_every_document_of_an_open_letter_is_marked(talk: Talk) -> None:
    signing = signing_of(talk)
    found = signed.gathered(
        talk.desk, SendSigned(signing.id, formats=("txt", "pdf")), talk.user, Language.EN
    )
    assert found
    text, pdf = signed.files(found, ("txt", "pdf"), None)
    assert text.name.endswith("-DRAFT.txt")
    assert text.data.startswith(b"*** DRAFT")
    assert pdf.data.startswith(b"%PDF")
    draft = talk.session.draft
    assert draft
    preview = talk.desk.preview(SendLetter(draft), Language.EN)
    assert preview
    assert preview.texts[0].startswith("*** DRAFT")


def test_nobody_stands_there_who_was_not_asked_yet(talk: Talk) -> None:
    signing = signing_of(talk)
    found = signed.gathered(talk.desk, SendSigned(signing.id), talk.user, Language.EN)
    assert found
    assert found.names == ()
    assert "Example" not in canonical(found.letters[0])


def test_an_old_text_cannot_be_confirmed_and_the_new_one_is_shown(talk: Talk) -> None:
    token = invited(talk, "Example")
    old = form_of(visit(talk, token))
    renewed(talk, "We hope for an early answer to this letter.")
    assert signing_of(talk).version == 2
    assert Visits(talk.desk).speak(token, old) is Refused.OUTDATED
    assert status_of(talk, "Example") is Status.PROPOSED
    assert isinstance(says(talk, token), Done)


def test_another_text_takes_confirmations_back_and_says_what_changed(talk: Talk) -> None:
    other = talk.beside("test:2").start(invited(talk, "Example")).tap("Confirm as")
    assert status_of(talk, "Example") is Status.CONFIRMED
    other.command("start")
    renewed(talk, "We hope for an early answer to this letter.")
    assert status_of(talk, "Example") is Status.PROPOSED
    other.command("start")
    (told,) = (one.text for one in other.effects if isinstance(one, SendText))
    assert "has changed since you read it" in told
    assert "Now: We hope for an early answer" in told
    other.tap("1 letter").tap("OPSC").tap("Confirm again")
    assert status_of(talk, "Example") is Status.CONFIRMED


def test_where_a_language_falls_away_what_changed_is_shown_in_another(talk: Talk) -> None:
    other = talk.beside("test:2", Language.ES).start(invited(talk, "Example"))
    other.tap("Confirmar:")
    other.command("start")
    renewed(talk, "We hope for an early answer to this letter.")
    other.command("start")
    (told,) = (one.text for one in other.effects if isinstance(one, SendText))
    assert "We hope for an early answer" in told
    other.tap("1").tap("OPSC")
    assert "We hope for an early answer" in other.screen.text
    assert not any(label.startswith("Confirmar") for label in other.labels), "not read in English"
    (own,) = (one for one in other.labels if "nuevo texto" in one)
    other.tap(own).tap("Confirmar de nuevo")
    assert status_of(talk, "Example") is Status.CONFIRMED


def test_the_button_of_a_screen_from_before_the_change_confirms_nothing(talk: Talk) -> None:
    other = talk.beside("test:2").start(invited(talk, "Example"))
    (old,) = (b for row in other.screen.rows for b in row if b.label.startswith("Confirm as"))
    renewed(talk, "We hope for an early answer to this letter.")
    other.press(old)
    assert status_of(talk, "Example") is Status.PROPOSED
    assert "has changed since you read it" in other.screen.text


@pytest.mark.parametrize("how", ["used", "revoked", "expired", "mistyped", "foreign", "deleted"])
def test_a_link_that_does_not_work_is_like_every_other(talk: Talk, how: str) -> None:
    token = invited(talk, "Example")
    if how == "used":
        says(talk, token)
    elif how == "revoked":
        talk.tap("Revoke")
    elif how == "expired":
        later = talk.desk.now() + timedelta(days=40)
        talk.desk.now = lambda: later
    elif how == "mistyped":
        token = token[:-1] + ("x" if token[-1] != "x" else "y")
    elif how == "foreign":
        token = "c" + token[1:]
    else:
        talk.command("letters").tap("Kenya").tap("More").tap("Sent, answered").tap("Delete")
        talk.tap("Yes")
    assert Visits(talk.desk).look(token, Language.EN) is None
    screen = talk.beside("test:2").start(token if how != "foreign" else "s" + "x" * 32).screen
    assert "does not work" in screen.text
    assert "Kenya" not in screen.text


def test_who_comes_second_sees_who_was_first_and_may_ask_to_stand_beside(talk: Talk) -> None:
    token = invited(talk, "Example")
    first, second = (form_of(visit(talk, token)) for _ in range(2))
    visits = Visits(talk.desk)
    assert isinstance(visits.speak(token, first), Done)
    assert isinstance(visits.speak(token, first), Done), "sent twice is said once"
    found = visits.speak(token, {**second, "name": "B. Second"})
    assert isinstance(found, Visit)
    assert found.endorser
    assert found.endorser.given.name == "A. Example"
    assert isinstance(visits.speak(token, {**second, "act": "second", "name": "B. Second"}), Done)
    (beside,) = (one for one in everyone(talk) if one.beside)
    assert beside.status is Status.JOINING
    assert len(everyone(talk)) == 3


def test_no_text_is_no_text_that_was_shown(talk: Talk) -> None:
    token = invited(talk, "Example")
    mine, other = (form_of(visit(talk, token)) for _ in range(2))
    draft = talk.session.draft
    assert draft
    talk.desk.store.save(talk.session.with_draft(replace(draft, state="GHA")), (), None, {})
    at_card(talk).tap("Put the new text").tap("Yes, put it")
    assert Visits(talk.desk).speak(token, mine) is Refused.OUTDATED
    assert isinstance(says(talk, token), Done)
    found = Visits(talk.desk).speak(token, other)
    assert isinstance(found, Visit)
    assert found.shown.key == "GHA.en"
    assert found.shown.digest
    again = form_of(found, "second", name="B. Second", key="KEN.en")
    assert Visits(talk.desk).speak(token, again) is None
    assert len(everyone(talk)) == 2


def test_whoever_comes_by_the_open_link_waits_for_the_drafter(talk: Talk) -> None:
    token = open_link(talk)
    for name in ("C. Example", "D. Example"):
        assert isinstance(says(talk, token, name=name, organisation="Other"), Done)
    assert signing_of(talk).count(Status.JOINING) == 2
    assert final_names(signing_of(talk), everyone(talk)) == ()
    at_card(talk).tap("2 ask to join").tap("Take all 2 in")
    assert {one.name for one in final_names(signing_of(talk), everyone(talk))} == {
        "C. Example",
        "D. Example",
    }
    assert says(talk, token, "withdraw") is None, "by the open link nothing is taken back"


def test_closing_makes_the_letter_of_those_who_confirmed(talk: Talk) -> None:
    says(talk, invited(talk, "Example"))
    at_card(talk).tap("Close and")
    assert "Not confirmed, so left out: Second Organisation" in talk.screen.text
    talk.tap("Close with 1")
    signing = signing_of(talk)
    assert signing.closed
    found = signed.gathered(
        talk.desk, SendSigned(signing.id, formats=("zip",)), talk.user, Language.EN
    )
    assert found
    (bundle,) = signed.files(found, ("zip",), None)
    with zipfile.ZipFile(io.BytesIO(bundle.data)) as archive:
        names = archive.namelist()
        assert not any("DRAFT" in name for name in names)
        for name in names:
            if name.startswith("text/"):
                digest = hashlib.sha256(archive.read(name)).hexdigest()
                assert digest[:8] in name
        said = archive.read("endorsements.csv").decode("utf-8-sig")
    assert "Example Organisation,A. Example,,confirmed,2026-03-02T12:00:00Z" in said
    draft = talk.session.draft
    assert draft
    effect = signed.bound(talk.desk, SendLetter(draft))
    preview = talk.desk.preview(effect, Language.EN)
    assert preview
    assert "A. Example, Example Organisation" in preview.texts[-1]
    assert "Second" not in preview.texts[-1]


def test_sets_remember_who_confirmed(talk: Talk) -> None:
    talk.command("start").tap("Open:").tap("More").tap("Save the co-signers").type("Friends")
    says(talk, invited(talk, "Example"), name="C. New", role="Chair")
    at_card(talk).tap("Close and").tap("Close with 1").tap("Take the confirmed names")
    assert "no consent to another letter" in talk.screen.text
    (saved,) = talk.session.sets
    assert [one.line for one in saved.signatories] == [
        "C. New, Chair, Example Organisation",
        "B. Example, Chair, Second Organisation",
    ]
    assert not any(label.startswith("Take the") for label in talk.labels)


def test_what_is_closed_stays_as_it_was_signed(talk: Talk) -> None:
    says(talk, invited(talk, "Example"))
    at_card(talk).tap("Close and").tap("Close with 1")
    talk.command("start").tap("Open:").tap("Change").tap("The text").tap("☑ Hope")
    talk.type("We hope for an early answer.")
    assert "This letter was signed, so it stays as it is" in talk.screen.text
    draft = talk.session.draft
    assert draft
    assert not draft.fate.signing


def test_a_change_that_was_not_put_to_anybody_is_not_closed_over(talk: Talk) -> None:
    says(talk, invited(talk, "Example"))
    talk.command("start").tap("Open:").tap("Change").tap("The text").tap("☑ Hope")
    talk.type("We hope for an early answer.")
    at_card(talk)
    assert "The letter has changed since" in talk.screen.text
    talk.tap("Close and").tap("Close with 1")
    assert signing_of(talk).closed is None


def test_withdrawn_before_sending_is_off_and_after_it_is_recorded(talk: Talk) -> None:
    mine = talk.beside("test:2").start(invited(talk, "Example")).tap("Confirm as")
    says(talk, invited(talk, "Second"))
    at_card(talk).tap("Close and").tap("Close with 2")
    talk.command("start").tap("Open:").tap("More").tap("Sent, answered").tap("Sent by e-mail")
    assert signing_of(talk).sent
    mine.command("start").tap("1 letter").tap("OPSC").tap("Withdraw").tap("Yes")
    (one,) = (one for one in everyone(talk) if one.name.startswith("Example"))
    assert one.status is Status.WITHDRAWN
    assert one.after_sending
    assert len(final_names(signing_of(talk), everyone(talk))) == 2, "it went out with it"
    at = talk.command("start").effects
    assert any(isinstance(x, SendText) and "withdrew" in x.text for x in at)


def test_what_was_given_is_the_givers_to_delete(talk: Talk) -> None:
    done = says(talk, invited(talk, "Example"), name="A. Given", role="Chair")
    assert isinstance(done, Done)
    assert isinstance(says(talk, done.token, "erase"), Done)
    (one,) = (one for one in everyone(talk) if one.erased)
    assert (one.standing.name, one.standing.role) == ("", "")
    assert one.standing.organisation == "Example Organisation"
    assert one.shown
    assert one.shown.digest
    assert final_names(signing_of(talk), everyone(talk)) == ()


def test_who_has_only_looked_is_reminded_too_and_no_more_when_links_are_revoked(talk: Talk) -> None:
    other = talk.beside("test:2").start(invited(talk, "Example")).command("start")
    assert other.tap("1 letter").tap("OPSC").labels
    at_card(talk).tap("Invite").tap("… Example").tap("Revoke")
    assert not any(label.startswith("1 letter") for label in other.command("start").labels)


def test_a_reminder_goes_out_once_a_day_and_two_days_before(talk: Talk) -> None:
    other = talk.beside("test:2").start(invited(talk, "Example")).command("start")
    at_card(talk).tap("Remind those")
    assert "1 is reminded here." in talk.screen.text
    assert "test:2" in talk.desk.to_tell("test")
    told = talk.desk.tell("test:2")
    assert told
    assert any(isinstance(one, SendText) and "A reminder" in one.text for one in told.effects)
    assert talk.desk.tell("test:2") is None
    at_card(talk).tap("Remind those")
    assert "reminded today already" in talk.screen.text
    near = signing_of(talk).deadline - timedelta(days=1)
    talk.desk.now = lambda: near
    said = talk.desk.tell(talk.user)
    assert said
    assert any("deadline is near" in x.text for x in said.effects if isinstance(x, SendText))
    assert talk.desk.tell(talk.user) is None
    assert talk.desk.tell(other.user)


def test_what_a_turn_does_near_the_deadline_is_not_overwritten(talk: Talk) -> None:
    says(talk, invited(talk, "Example"))
    at_card(talk).tap("Close and")
    near = signing_of(talk).deadline - timedelta(days=1)
    talk.desk.now = lambda: near
    talk.tap("Close with 1")
    assert signing_of(talk).closed == near


def test_after_the_deadline_one_can_refuse_and_no_longer_confirm(talk: Talk) -> None:
    token = invited(talk, "Example")
    later = signing_of(talk).deadline + timedelta(hours=1)
    talk.desk.now = lambda: later
    assert says(talk, token) is Refused.LATE
    at_card(talk).tap("Another deadline").type("1 April 2026")
    assert isinstance(says(talk, token), Done)


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Zurich", datetime(2026, 3, 16, 22, 59, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 17, 3, 59, tzinfo=UTC)),
        ("UTC", datetime(2026, 3, 16, 23, 59, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_the_end_of_the_day_there(zone: str, moment: datetime) -> None:
    assert (
        end_of(moment.date() if zone != "America/New_York" else moment.date() - timedelta(1), zone)
        == moment
    )


def test_nothing_is_lost_in_a_restart(talk: Talk, tmp_path: Path) -> None:
    token = invited(talk, "Example")
    form = form_of(visit(talk, token))
    talk.close()
    again = Talk(tmp_path / "db")
    again.count = 1000
    assert isinstance(Visits(again.desk).speak(token, form), Done), "a page that was open before"
    again.command("start")
    assert "1 of 2 confirmed" in again.tap("1 signing").tap("OPSC").screen.text


def test_an_act_is_saved_whole_or_not_at_all(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the process were killed before each statement of it."""
    token = invited(talk, "Example")
    form = form_of(visit(talk, token))
    shelf = talk.desk.shelves.signings
    real, left = shelf._execute, [0]  # noqa: SLF001 -- where it is broken off

    def broken(*given: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(shelf, "_execute", broken)

    def stands() -> tuple[Status, int, bool]:
        left[0] = 10**9
        link = shelf.link(digest_of(token))
        assert link
        return status_of(talk, "Example"), signing_of(talk).acts, link.used

    nothing, all_of_it = (Status.PROPOSED, 0, False), (Status.CONFIRMED, 1, True)
    found, steps = [stands()], 0
    while found[-1] == nothing:
        left[0], steps = steps, steps + 1
        with suppress(KeyboardInterrupt):
            Visits(talk.desk).speak(token, form)
        found.append(stands())
    assert found[-1] == all_of_it
    assert len(found) > 5, "it was broken off before each of its statements"
    assert isinstance(Visits(talk.desk).speak(token, form), Done), "and sent again it is there"
    assert stands() == all_of_it


def test_five_hundred_can_be_asked(tmp_path: Path) -> None:
    names = "\n".join(f"A. Example {n}, Organisation {n}" for n in range(500))
    talk = opened(tmp_path / "db", names)
    at_card(talk).tap("All 500")
    assert len([label for label in talk.labels if label.startswith("…")]) == 10
    talk.tap("Next").tap("Next")
    assert "… Organisation 25" in talk.labels
    shelf, signing = talk.desk.shelves.signings, signing_of(talk)
    assert len(shelf.endorsers(signing.id)) == 500
    found = signed.gathered(
        talk.desk, SendSigned(signing.id, formats=("sheet",)), talk.user, Language.EN
    )
    assert found
    (sheet,) = signed.files(found, ("sheet",), None)
    assert sheet.data.startswith(b"%PDF")


def test_who_is_forgotten_leaves_no_name_in_anybodys_signing(talk: Talk) -> None:
    other = talk.beside("test:2").start(invited(talk, "Example")).tap("Confirm as")
    other.command("privacy").tap("Delete everything").tap("Delete at once")
    (one,) = (one for one in everyone(talk) if one.erased)
    assert one.status is Status.WITHDRAWN
    assert one.user_id == ""
    assert not one.standing.name
    told = talk.command("start").effects
    assert any("withdrew" in x.text for x in told if isinstance(x, SendText))


def test_another_persons_co_signer_cannot_be_spoken_for(talk: Talk) -> None:
    mine = talk.beside("test:2").start(invited(talk, "Example")).tap("Confirm as")
    thief = talk.beside("test:3").command("start")
    session = thief.session.looking(mine.session.user.view)
    talk.desk.store.save(session, (), None, {})
    thief.effects = talk.desk.current("test:3").effects
    assert "does not work" in thief.screen.text
    assert thief.labels == ["⌂ Home"]


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("kind", list(Kind))
def test_each_act_by_each_kind_of_link(talk: Talk, act: str, kind: Kind) -> None:
    token = open_link(talk) if kind is Kind.OPEN else invited(talk, "Example")
    if kind is Kind.PRIVATE:
        done = says(talk, token)
        assert isinstance(done, Done)
        token = done.token
    before, later = everyone(talk), talk.desk.now() + timedelta(minutes=1)
    talk.desk.now = lambda: later
    found = says(talk, token, act, name="A. Example", comment="A change.")
    assert (found is not None) is (act in OFFERED[kind])
    assert (everyone(talk) != before) is (act in OFFERED[kind])
    stands = {one.status for one in everyone(talk)} & {Status.CONFIRMED}
    said_yes = act == "confirm" and kind is not Kind.OPEN
    kept = kind is Kind.PRIVATE and act not in OFFERED[kind]
    assert bool(stands) is (said_yes or kept)
