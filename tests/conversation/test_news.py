"""Facts renewed in the chat, and who is told of what has changed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.context import request_of
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.drafts import DraftRemoved
from bot.conversation.talk.effects import RunJob, SendFiles, SendLetter, SendText, Show
from bot.conversation.talk.events import Tap
from bot.letters.model import Language, Letter, Stage
from bot.reference.loader import load
from bot.storage.errors import StoreError
from tests.conversation.talk import Talk
from tests.conversation.test_turns import a_letter
from tests.reference.pages import page, shipped
from tests.world import TODAY

if TYPE_CHECKING:
    from pathlib import Path

LATER = date(2026, 7, 10)
EVERYONE = frozenset({"test:"})
OTHERS = itertools.count(2)
JULY = "03-07-2026 10:00:00 EDT"


def with_kenya(signed: str, acted: str = "", *, as_of: str = JULY, code: str = "OPSC") -> bytes:
    """A page on which Kenya has those dates: signed and, perhaps, became party."""
    rows = [row for row in shipped(code) if row[0] != "Kenya"]
    return page(code, [*rows, ("Kenya", signed, acted)], as_of=as_of).encode()


PARTY = with_kenya("8 Sep 2000", "12 May 2026")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """One who writes letters in March, and may renew the facts."""
    return Talk(tmp_path / "db", administrators=EVERYONE)


def in_july(talk: Talk) -> Talk:
    talk.desk.today = lambda: LATER
    return talk


def told(talk: Talk) -> str:
    return "\n".join(e.text for e in talk.effects if isinstance(e, SendText))


def stage_of_kenya(talk: Talk) -> Stage:
    return talk.desk.records.standing("OPSC", "KEN", LATER).stage


def draft_of(talk: Talk) -> Draft:
    draft = talk.session.draft
    assert draft
    return draft


def renewed(talk: Talk, data: bytes) -> Talk:
    """Another, who administers the bot, has renewed the facts."""
    other = in_july(Talk(talk.path, user=f"test:{next(OTHERS)}", administrators=EVERYONE))
    other.file(data, "page.html")
    if "See the known facts that change" in other.labels:
        other.tap("See the known facts that change").tap("Change these and store it")
    else:
        other.tap("Store it")
    other.desk.store.close()
    return in_july(talk)


def sent(talk: Talk) -> Talk:
    return talk.tap("More").tap("Sent, answered").tap("By post, today")


# Renewing the facts in the chat.


def test_a_page_is_shown_and_stored_only_when_asked(talk: Talk) -> None:
    in_july(talk).command("start").file(PARTY, "ViewDetails.html")
    assert "New parties: Kenya (12 May 2026)" in talk.screen.text
    assert "Parties: 179 (before: 178)" in talk.screen.text
    assert stage_of_kenya(talk) is Stage.SIGNED
    talk.tap("Store it")
    assert "Stored" in talk.screen.text
    talk.command("settings").tap("Status of treaties")
    assert stage_of_kenya(talk) is Stage.PARTY
    assert "3 July 2026: OPSC" in talk.screen.text
    assert "⚠ 3 February 2026: CERD" in talk.screen.text


def test_what_is_left_is_not_stored(talk: Talk) -> None:
    in_july(talk).file(PARTY, "page.html").tap("Leave it")
    assert "Nothing was stored" in talk.screen.text
    talk.command("settings").tap("Status of treaties")
    assert "Store it" not in talk.labels
    assert stage_of_kenya(talk) is Stage.SIGNED


def test_several_pages_are_stored_together(talk: Talk) -> None:
    other = with_kenya("8 Sep 2000", "28 Jan 2002", code="OPAC")
    in_july(talk).file(PARTY, "a.html").file(other, "b.html")
    assert "OPSC, status as at" in talk.screen.text
    assert "OPAC, status as at" in talk.screen.text
    talk.tap("Store it").command("start")
    assert talk.desk.records.dated("OPSC") == talk.desk.records.dated("OPAC") == date(2026, 7, 3)


def test_an_older_page_says_so(talk: Talk) -> None:
    talk.file(with_kenya("8 Sep 2000", as_of="03-01-2026 10:00:00 EDT"), "page.html")
    assert "Store it, though it is older" in talk.labels


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (PARTY.replace(b"Parties :\n   179", b"Parties :\n   180"), "disagree: 179 / 180"),
        (PARTY.replace(b"Kenya", b"Atlantis"), "these participants: Atlantis"),
        (b"<html><body>The site is being serviced.</body></html>", "out of service"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "spreadsheet"),
        (None, "larger than any"),
    ],
)
def test_a_bad_page_is_refused_in_one_line(talk: Talk, data: bytes | None, says: str) -> None:
    in_july(talk).file(data, "page.html")
    notice = talk.screen.text.split("\n\n", maxsplit=1)[0]
    assert says in notice
    assert notice.endswith("Nothing was stored.")
    assert "Store it" not in talk.labels


def test_a_withdrawal_is_typed_and_the_page_sent_again(talk: Talk) -> None:
    rows = [row for row in shipped("OPSC") if row[0] != "Austria"]
    acted = next(row for row in shipped("OPSC") if row[0] == "Austria")
    gone = page("OPSC", [*rows, (acted[0], acted[1], f"[{acted[2]}]")], as_of=JULY).encode()
    in_july(talk).command("settings").tap("Status of treaties").file(gone, "page.html")
    assert "AUT. Please type each with the day" in talk.screen.text
    assert "send the page as a file" in talk.type("Atlantis 1 January 2026").screen.text
    talk.type("Austri 1 January 2026")
    assert "no longer party from 1 January 2026?" in talk.screen.text
    talk.type("Taiwan 1 January 2026")
    assert "Austria" not in talk.labels, "what was asked before is dropped"
    assert "is not in the list of States" in talk.screen.text
    talk.type("Austri 1 January 2026")
    talk.tap("Austria")
    assert "Noted: Austria is no longer party from 1 January 2026." in talk.screen.text
    assert "Austria" not in talk.labels
    talk.type("Austria 2 January 2026").type("Austria 1 January 2026")
    assert "Noted: Austria is no longer party from 1 January 2026." in talk.screen.text
    talk.file(gone, "page.html")
    assert "No longer parties: Austria (1 January 2026)" in talk.screen.text
    talk.tap("Store it").command("start")
    assert talk.desk.records.standing("OPSC", "AUT", LATER).withdrawn_on == date(2026, 1, 1)


def test_only_an_administrator_renews_the_facts(tmp_path: Path) -> None:
    talk = in_july(Talk(tmp_path / "db")).command("settings")
    assert "Status of treaties" not in talk.labels
    talk.file(PARTY, "page.html")
    assert "I can read only text" in talk.screen.text
    # A tap that was forged, and a right that was taken away after the page was sent.
    talk.do(Tap("-:facts:"))
    assert "earlier screen" in str(talk.effects[0])


def test_a_right_taken_away_stores_nothing(talk: Talk) -> None:
    in_july(talk).file(PARTY, "page.html")
    talk.desk.administrators = frozenset()
    talk.do(Tap("-:storefacts:"))
    assert stage_of_kenya(talk) is Stage.SIGNED


def test_facts_stored_by_another_meanwhile_are_not_overwritten(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_july(talk).file(PARTY, "page.html")
    renewed(talk, PARTY)
    monkeypatch.setattr(
        talk.desk, "renew", lambda _stamp: None
    )  # it looked before the other stored
    with pytest.raises(StoreError, match="changed in the meantime"):
        talk.tap("Store it")


def test_an_administrator_is_reminded_of_old_facts_once_a_month(talk: Talk) -> None:
    talk.command("start")
    talk.desk.store.cards.put(talk.user, 7)
    assert talk.desk.tell(talk.user) is None, "the facts are of last month"
    receipt = in_july(talk).desk.tell(talk.user)
    assert receipt
    assert "more than three months ago" in str(receipt.effects[0])
    assert talk.desk.tell(talk.user) is None
    talk.desk.today = lambda: date(2026, 8, 9)
    assert talk.desk.tell(talk.user)
    assert "more than three months ago" in talk.command("start").screen.text


def test_what_was_shown_on_other_facts_is_not_stored(talk: Talk) -> None:
    in_july(talk).file(PARTY, "page.html")
    renewed(talk, with_kenya("8 Sep 2000", as_of="04-07-2026 10:00:00 EDT"))
    talk.tap("Store it")
    assert "earlier screen" in str(talk.effects[0])
    assert "Store it, though it is older" in talk.labels
    assert stage_of_kenya(talk) is Stage.SIGNED


def test_many_pages_are_shown_in_short(talk: Talk) -> None:
    in_july(talk)
    for code in load().treaties:
        rows = [row for row in shipped(code) if row[2]][:-1]
        talk.file(page(code, rows, as_of=JULY).encode(), f"{code}.html")
    line = next(one for one in talk.screen.text.split("\n\n") if one.startswith("OPSC, 3 July"))
    assert line == "OPSC, 3 July 2026: No longer parties: 1; Signatures gone: 8"
    assert len(talk.screen.text) < 4000


# Who is told.


def test_a_draft_to_a_state_that_joined_is_stopped_and_its_user_told_once(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY).tap("More")
    assert "OPSC · Kenya: ratified on 12 May 2026." in told(talk)
    assert "Your draft to it is stopped" in told(talk)
    assert "● What has changed" in talk.labels
    assert (
        "Kenya: ratified on 12 May 2026. That was after this letter was dated" in talk.screen.text
    )
    assert not [label for label in talk.labels if label in {"Word", "PDF", "All"}]
    assert not told(talk.command("settings"))
    talk.tap("● What has changed").tap("I have read this")
    assert "● What has changed" not in talk.labels


def test_a_draft_that_is_still_being_answered_is_stopped(talk: Talk) -> None:
    talk.command("new").tap("OPSC").type("kenya")
    renewed(talk, PARTY).tap("English")
    assert "Your draft to it is stopped" in told(talk)
    assert (
        "OPSC · Kenya: ratified on 12 May 2026. There is nothing left to ask for."
        in talk.screen.text
    )
    talk.tap("Choose another State").type("ghana")
    assert talk.screen.title == "In which language is the letter?"


def test_a_past_date_chosen_after_the_state_had_joined_stands(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY).tap("Change").tap("Place and date")
    talk.type("Geneva, 1 May 2026")
    assert talk.has_letter


def test_a_letter_on_several_treaties_goes_on_without_the_one_joined(talk: Talk) -> None:
    a_letter(talk).tap("Change").tap("Add or remove").tap("☐ OPIC").tap("Done: 2").tap("‹")
    renewed(talk, PARTY).tap("Word")
    assert "Please date the letter anew" in talk.screen.text
    assert "Your letter to it goes on without this treaty: please date it anew." in told(talk)
    talk.tap("Change").tap("Place and date").type("10 July 2026")
    assert talk.has_letter
    talk.tap("Change").tap("Place and date").type("2 March 2026")
    talk.desk.store.save(
        talk.session.with_draft(replace(draft_of(talk), dated=TODAY)), (), None, {}
    )
    talk.command("letters").tap("Kenya").tap("Date it today")
    assert talk.has_letter
    assert "The letter passes over this treaty." in talk.screen.text


def test_what_concerns_no_letter_any_more_is_put_aside(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY)
    draft = talk.session.draft
    assert draft
    changes = (DraftRemoved(draft.id),)
    talk.desk.store.save(talk.session.with_draft(None), changes, None, {})
    assert talk.desk.store.shelves.notices.untold("test") == (talk.user,)
    assert talk.desk.tell(talk.user) is None
    assert talk.desk.store.shelves.notices.untold("test") == ()


def test_who_wrote_is_told_and_a_congratulation_is_ready(talk: Talk) -> None:
    sent(a_letter(talk))
    renewed(talk, PARTY).command("start")
    assert "You wrote to it: a letter of congratulation is ready." in told(talk)
    talk.tap("● What has changed").tap("Congratulate: Kenya")
    assert talk.session.draft
    letter = talk.desk.letters.compose(request_of(talk.session.draft, talk.desk))
    assert isinstance(letter, Letter)
    assert "on 12th May 2026, of its instrument of ratification of the optional" in str(letter)
    assert "179 states parties" in letter.text_of("support")
    assert talk.has_letter
    assert "your co-signers agree" in talk.screen.text
    assert "Many States" not in talk.labels
    talk.tap("More").tap("→ Français")
    assert any(isinstance(effect, SendLetter) for effect in talk.effects)
    talk.tap("Change")
    assert not [label for label in talk.labels if label.startswith(("Treaty", "State"))]
    letters = talk.command("letters").labels
    assert "Kenya · OPSC · Français · congratulation · 10 Jul" in letters
    assert "✉ Kenya · OPSC · English · 2 Mar" in letters


def test_a_congratulation_may_not_be_dated_before_there_was_cause(talk: Talk) -> None:
    sent(a_letter(talk))
    renewed(talk, PARTY).command("start").tap("● What has changed").tap("Congratulate: Kenya")
    talk.tap("Change").tap("Place and date").type("1 May 2026")
    assert "nothing to congratulate on" in talk.screen.text


def test_the_co_signers_of_a_congratulation_can_be_changed(talk: Talk) -> None:
    sent(a_letter(talk))
    renewed(talk, PARTY).command("start").tap("● What has changed").tap("Congratulate: Kenya")
    talk.tap("Change").tap("Co-signers")
    assert talk.screen.title == "Who signs the letter?"
    talk.tap("Done")
    assert talk.has_letter
    for _step in range(8):
        if [label for label in talk.labels if label.startswith("‹")]:
            talk.tap("‹")
    drafts = [draft for draft in talk.desk.shelves.drafts.of(talk.user) if draft.congratulates]
    assert [(draft.treaty, draft.state) for draft in drafts] == [("OPSC", "KEN")]


def test_no_file_of_a_stopped_letter_goes_out(talk: Talk) -> None:
    renewed(a_letter(talk).tap("Share"), PARTY)
    data = next(b.data for row in talk.screen.rows for b in row if b.label.startswith("E-mail"))
    talk.do(Tap(data))
    assert not any(isinstance(effect, SendFiles) for effect in talk.effects)
    assert "after this letter was dated" in talk.screen.text


def test_a_state_that_joined_since_is_not_among_many(talk: Talk) -> None:
    a_letter(talk, "ghana").tap("Many States").type("Kenya")
    assert "1 letter" in talk.screen.text
    renewed(talk, PARTY).command("letters").tap("Ghana").tap("Many States").type("Kenya")
    assert "No State is chosen yet." in talk.screen.text


def test_a_letter_that_was_sent_stays_whatever_facts_say_later(talk: Talk) -> None:
    talk.desk.today = lambda: date(2026, 6, 1)
    sent(a_letter(talk))
    renewed(talk, PARTY).command("letters").tap("✉ Kenya")
    assert talk.has_letter
    letter = talk.desk.letters.compose(request_of(draft_of(talk), talk.desk))
    assert isinstance(letter, Letter)
    assert "I welcome" in letter.text_of("record") or "We welcome" in letter.text_of("record")
    talk.tap("PDF")
    assert any(isinstance(effect, SendFiles) for effect in talk.effects)


def many(talk: Talk, count: int) -> bytes:
    """A page on which so many States the user wrote to have signed since."""
    rows = shipped("CED")
    known = load().acts["CED"]
    states = [state for state in load().states.values() if state.iso3 not in known][:count]
    for state in states:
        draft = Draft(f"many{state.iso3}", treaty="CED", state=state.iso3)
        talk.desk.store.save(talk.session.with_draft(draft), (), None, {})
    new = [(state.short(Language.EN), "1 Jun 2026", "") for state in states]
    return page("CED", [*rows, *new], as_of=JULY).encode()


def test_more_moves_than_a_screen_holds_are_all_read(talk: Talk) -> None:
    renewed(talk.command("start"), many(talk, 14)).command("start")
    assert "… and 2 more changes." in told(talk)
    talk.tap("● What has changed").tap("I have read this")
    assert talk.screen.title == "What has changed"
    assert talk.screen.text.count("signed on 1 June 2026") == 2
    talk.tap("I have read this")
    assert "● What has changed" not in talk.labels


def test_fresh_news_is_not_put_away_unread(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY).command("start").tap("● What has changed")
    renewed(talk, with_kenya("8 Sep 2000", as_of="04-07-2026 10:00:00 EDT"))
    talk.tap("I have read this")
    assert "signed on 8 September 2000, not ratified" in told(talk)
    assert "● What has changed" in talk.labels


def test_who_wrote_to_many_is_told(talk: Talk) -> None:
    a_letter(talk).tap("Many States").type("Kenya, Ghana").tap("Write 2 letters").tap("Write")
    job_id = next(e.job_id for e in talk.effects if isinstance(e, RunJob))
    talk.desk.end_job(job_id, done=True)
    renewed(talk, PARTY).command("start")
    assert "You wrote to it: a letter of congratulation is ready." in told(talk)
    talk.tap("● What has changed").tap("Congratulate: Kenya")
    assert talk.has_letter


def test_a_move_undone_before_it_was_told_is_not_told(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY)
    renewed(talk, with_kenya("8 Sep 2000", as_of="04-07-2026 10:00:00 EDT"))
    talk.command("start")
    assert not told(talk)
    assert "● What has changed" not in talk.labels


def test_a_move_undone_after_it_was_told_is_told(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY).command("start")
    assert "ratified on" in told(talk)
    renewed(talk, with_kenya("8 Sep 2000", as_of="04-07-2026 10:00:00 EDT")).command("start")
    assert "OPSC · Kenya: signed on 8 September 2000, not ratified." in told(talk)


def test_a_signature_is_told_and_the_draft_takes_it_up(talk: Talk) -> None:
    a_letter(talk, "Barbados")
    rows = [row for row in shipped("OPSC") if row[0] != "Barbados"]
    data = page("OPSC", [*rows, ("Barbados", "1 Jun 2026", "")], as_of=JULY).encode()
    renewed(talk, data).command("start")
    assert "Barbados: signed on 1 June 2026, not ratified." in told(talk)
    assert "Your draft to it takes this up" in told(talk)


def test_who_wrote_to_another_state_is_told_nothing(talk: Talk) -> None:
    renewed(a_letter(talk, "Barbados"), PARTY).command("start")
    assert not told(talk)


def test_who_does_not_write_is_told_where_they_are(talk: Talk) -> None:
    renewed(a_letter(talk).tap("More"), PARTY)
    talk.desk.store.cards.put(talk.user, 7)
    receipt = talk.desk.tell(talk.user)
    assert receipt
    text, *_others, shown = receipt.effects
    assert isinstance(text, SendText)
    assert isinstance(shown, Show)
    assert shown.below
    assert shown.screen.title == "What else would you like to do?"


def test_deleting_everything_deletes_what_was_to_be_told(talk: Talk) -> None:
    renewed(a_letter(talk), PARTY)
    talk.command("privacy").tap("Delete everything").tap("Delete at once")
    assert talk.desk.store.shelves.notices.of(talk.user) == ()


@pytest.mark.parametrize("language", [Language.FR, Language.ES])
def test_news_in_the_users_language(tmp_path: Path, language: Language) -> None:
    talk = Talk(tmp_path / "db", administrators=EVERYONE, language=language)
    talk.command("new").tap("OPSC").type("kenya").tap("English").type("A. Example, Example")
    talk.tap(talk.labels[0])
    renewed(talk, PARTY).command("start")
    assert {"fr": "L’état des traités", "es": "Se actualizó"}[language] in told(talk)
