"""Letters to many States once they are written: sent, answered, opened, reminded of, deleted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from bot.conversation.many.kept import Job, JobKept, JobRemoved, JobStatus, Target
from bot.conversation.many.mailing import for_target
from bot.conversation.mine.reminding import MOST, Waiting, waiting_lines
from bot.conversation.talk.context import Context, request_of
from bot.conversation.talk.draft import Draft, Fate, Way
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.values import Session, User
from bot.letters.model import Language, Letter
from bot.storage.jobs import KEPT_JOBS
from bot.storage.store import Store
from tests.conversation.talk import Talk
from tests.conversation.test_living import run_job
from tests.conversation.test_news import LATER, PARTY, renewed
from tests.hosted import connect
from tests.world import CO_SIGNERS, OPENED, TODAY

if TYPE_CHECKING:
    from pathlib import Path

ALL = "☐ All that are not party"


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A finished letter to Kenya."""
    talk = Talk(tmp_path / "db").command("new").tap("OPSC").type("kenia").tap("English")
    return talk.type(CO_SIGNERS).tap("Done").tap("Geneva").tap("Geneva,")


def written(talk: Talk, *groups: str) -> Talk:
    """The letters to these States, written."""
    talk.tap("Many States")
    for one in groups or (ALL,):
        talk.tap(one)
    talk.tap("Write ").tap("Write the letters")
    run_job(talk)
    return talk


def on(talk: Talk, day: date) -> Talk:
    """The same, on another day."""
    talk.desk.today = lambda: day
    return talk


def fates(talk: Talk) -> list[Fate]:
    """What became of the letters of the only job, whichever draft or job says it."""
    (job,) = talk.desk.shelves.jobs.of(talk.user)
    drafts = {draft.id: draft for draft in talk.desk.shelves.drafts.of(talk.user)}
    found = []
    for target in job.targets:
        draft = drafts.get(job.opened.get(target.key, ""))
        found.append(draft.fate if draft else for_target(job, target).fate)
    return found


def test_nineteen_letters_are_marked_as_sent_with_four_taps_from_home(talk: Talk) -> None:
    on(written(talk), TODAY + timedelta(1)).command("start")
    taps = ("My letters", "OPSC · 19 States", "Mark all as sent (19)", "Sent by e-mail, today")
    for label in taps:
        talk.tap(label)
    assert len(taps) <= 4
    assert fates(talk) == [Fate(TODAY + timedelta(1), Way.EMAIL)] * 19
    talk.command("letters")
    assert "OPSC · 19 States · 2 Mar · ✉ 19" in talk.labels


def test_one_letter_is_marked_as_sent_with_three_taps_from_the_letter(talk: Talk) -> None:
    taps = ("More", "Sent, answered", "Sent by e-mail, today")
    for label in taps:
        talk.tap(label)
    assert len(taps) <= 3
    assert "Sent by e-mail on 2 March 2026." in talk.screen.text


def test_the_letter_that_the_others_are_made_from_is_one_of_them(talk: Talk) -> None:
    written(talk).command("letters")
    assert [label for label in talk.labels if "Kenya" in label] == []
    talk.tap("OPSC · 19 States").tap("Kenya").tap("Open the letter")
    assert talk.session.user.draft_id == "draft001"
    talk.command("letters").tap("OPSC · 19").tap("Delete").tap("Yes, delete them")
    assert talk.desk.shelves.jobs.of(talk.user) == ()
    assert [label for label in talk.labels if "·" in label] == ["Kenya · OPSC · English · 2 Mar"]


def test_a_letter_of_many_is_a_letter_like_any_other(talk: Talk) -> None:
    written(talk).command("letters").tap("OPSC · 19").tap("Cameroon")
    assert talk.screen.title == "Cameroon · OPSC · Français · 2 Mar"
    talk.tap("Open the letter")
    assert talk.has_letter
    draft = talk.session.draft
    assert draft
    letter = talk.desk.letters.compose(request_of(draft, talk.desk))
    assert isinstance(letter, Letter)
    assert (letter.state, letter.language) == ("CMR", Language.FR)
    before = len(talk.desk.shelves.drafts.of(talk.user))
    talk.command("letters").type("cameroun").tap("Cameroon").tap("Open the letter")
    assert len(talk.desk.shelves.drafts.of(talk.user)) == before, "it is found again"
    talk.tap("More").tap("Sent, answered").tap("By post, today")
    assert talk.screen.title == "OPSC · 19 States · 2 Mar"
    assert "✉ Cameroon" in talk.labels


def test_marking_all_leaves_those_alone_that_were_sent_before(talk: Talk) -> None:
    written(talk).command("letters").tap("OPSC · 19").tap("Ghana").tap("By post, today")
    on(talk, TODAY + timedelta(2)).tap("Mark all as sent (18)").tap("By hand, today")
    found = fates(talk)
    assert found.count(Fate(TODAY, Way.POST)) == 1
    assert found.count(Fate(TODAY + timedelta(2), Way.HAND)) == 18
    talk.tap("↶ Not sent after all")
    assert [one for one in fates(talk) if one.sent_on] == [Fate(TODAY, Way.POST)]


def test_letters_dated_later_than_they_were_sent_are_asked_about(talk: Talk) -> None:
    written(talk).command("letters").tap("OPSC · 19").tap("Mark all").tap("Sent on another")
    talk.tap("By post").type("27 February 2026")
    assert talk.screen.title == "The letters are dated 2 March 2026: were they sent before?"
    assert not any(one.sent_on for one in fates(talk))
    talk.tap("Yes, on 27 February 2026")
    assert fates(talk) == [Fate(date(2026, 2, 27), Way.POST)] * 19


def test_who_has_joined_since_is_said_and_not_waited_for(talk: Talk) -> None:
    written(talk, "☐ Signed").command("letters").tap("OPSC · 8").tap("Mark all").tap("Sent by e-")
    renewed(talk, PARTY)
    on(talk, LATER).command("letters")
    assert "● No answer yet (7)" in talk.labels, "Kenya is not waited for"
    talk.tap("OPSC · 8 States")
    assert "★ Joined since: Kenya." in talk.screen.text
    assert "★ ✉ Kenya" in talk.labels
    talk.tap("★ ✉ Kenya")
    assert "The State has joined since." in talk.screen.text
    talk.tap("● What has changed").tap("Congratulate: Kenya")
    assert talk.has_letter


def reminded(talk: Talk) -> str:
    """The message that came unasked."""
    receipt = talk.desk.tell(talk.user)
    texts = [one.text for one in receipt.effects if isinstance(one, SendText)] if receipt else []
    return "\n".join(texts)


def test_one_is_reminded_once_of_those_that_did_not_answer(talk: Talk) -> None:
    written(talk, "☐ Signed").command("letters").tap("OPSC · 8").tap("Mark all").tap("Sent by e-")
    talk.tap("✉ Ghana").tap("Answered today")
    assert talk.desk.to_tell("test") == frozenset()
    on(talk, TODAY + timedelta(30))
    assert talk.desk.to_tell("test") == {talk.user}
    assert talk.desk.to_tell("telegram") == frozenset()
    said = reminded(talk)
    assert "no answer from 7 States (Cameroon, Ireland, Kenya," in said
    assert "Ghana" not in said
    assert not reminded(talk), "once"
    assert talk.desk.to_tell("test") == frozenset()
    talk.command("start").tap("● No answer yet (7)").tap("I have read this")
    assert not any("No answer yet" in label for label in talk.labels)


@pytest.mark.parametrize("language", Language)
def test_however_many_letters_wait_the_reminder_fits_a_message(
    talk: Talk, language: Language
) -> None:
    states = talk.desk.records.states.values()
    longest = sorted(states, key=lambda one: len(one.short(language)), reverse=True)
    iso3 = tuple(one.iso3 for one in longest)
    job = job_named("job1")
    found = [Waiting(None, job, (TODAY,), iso3)] * MOST
    context = Context.of(Session(User("test:1", language)), talk.desk)
    said = "\n\n".join(waiting_lines(context, found))
    assert said.count("…") == MOST
    assert len(said) < 4000


def test_a_reminder_that_did_not_arrive_comes_again(talk: Talk) -> None:
    talk.tap("More").tap("Sent, answered").tap("Sent by e-mail, today")
    receipt = on(talk, TODAY + timedelta(30)).desk.tell(talk.user)
    assert receipt
    talk.desk.not_delivered(receipt)
    assert "Kenya · OPSC · English · 2 Mar: sent on 2 March 2026" in reminded(talk)


def test_what_was_answered_or_deleted_is_not_reminded_of(talk: Talk) -> None:
    talk.tap("More").tap("Sent, answered").tap("Sent by e-mail, today").tap("Answered today")
    assert talk.desk.shelves.reminders.of(talk.user) == ()
    talk.tap("Not answered after all").tap("Remind me").tap("After 90 days")
    assert [one.due for one in talk.desk.shelves.reminders.of(talk.user)] == [TODAY + timedelta(90)]
    talk.tap("Delete").tap("Yes, delete it")
    assert talk.desk.shelves.reminders.of(talk.user) == ()


def test_who_wants_no_reminder_is_not_reminded_of_the_next_letters_either(talk: Talk) -> None:
    talk.tap("More").tap("Sent, answered").tap("By post, today").tap("Reminder: 1 Apr").tap("Never")
    talk.tap("Not sent after all").tap("By post, today")
    assert talk.desk.shelves.reminders.of(talk.user) == ()


def test_two_letters_in_the_list_are_never_alike(talk: Talk) -> None:
    talk.tap("More").tap("Sent, answered").tap("Duplicate").command("letters")
    found = [label for label in talk.labels if "Kenya" in label]
    assert found == ["Kenya · OPSC · English · 2 Mar (2)", "Kenya · OPSC · English · 2 Mar"]
    for treaty in ("OPIC", "OPIC", "CERD –"):
        talk.command("new").tap(treaty)
    talk.command("letters")
    assert "Drafts (3)" in talk.labels
    assert len([label for label in talk.labels if "·" in label]) == 2
    talk.tap("Drafts")
    found = [label for label in talk.labels if "·" in label]
    assert found == ["✎ CERD · 2 Mar", "✎ OPIC · 2 Mar (2)", "✎ OPIC · 2 Mar"]


def test_letters_to_many_states_of_one_day_each_have_their_own_fate(talk: Talk) -> None:
    written(talk, "☐ Africa").command("letters").tap("OPSC").tap("Kenya").tap("Open the letter")
    written(talk, "◩ All that").command("letters")
    written(talk.tap("OPSC · 7").tap("Kenya").tap("Open the letter"), "☑ All that", "☐ Africa")
    talk.command("letters")
    found = [label for label in talk.labels if "·" in label]
    assert found == [
        "OPSC · 7 States · 2 Mar (2)",
        "OPSC · 19 States · 2 Mar",
        "OPSC · 7 States · 2 Mar",
    ]
    talk.tap("OPSC · 7 States · 2 Mar").tap("Kenya").tap("Sent by e-mail, today")
    talk.command("letters").tap("OPSC · 19").tap("Mark all as sent (19)").tap("By post, today")
    talk.command("letters")
    assert "OPSC · 7 States · 2 Mar · ✉ 1" in talk.labels
    assert "OPSC · 7 States · 2 Mar (2)" in talk.labels


def test_on_the_page_what_became_of_a_letter_is_beside_it(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db", user="web:1").command("new").tap("OPSC").type("kenia")
    talk.tap("English").tap("No co").tap("Geneva").tap("Geneva,").command("letters")
    first = talk.screen.rows[0]
    assert [one.label for one in first] == ["Kenya · OPSC · English · 2 Mar", "⋯"]
    assert "Not sent yet." in talk.press(first[1]).screen.text


def test_the_index_has_what_is_to_be_filled_in_and_what_is_doubtful(talk: Talk) -> None:
    talk.tap("Many States").type("Niue, Tonga, Kenya")
    assert "please check that they have a mission in Geneva: Niue." in talk.screen.text
    talk.tap("Write 3").tap("☐ E-mail drafts too").tap("Write the letters")
    (document,) = run_job(talk)
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        names = package.namelist()
        rows = list(csv.DictReader(io.StringIO(package.read("index.csv").decode("utf-8-sig"))))
        mail = message_from_bytes(
            package.read("email/OPSC-TON-en-2026-03-02.eml"), policy=policy.default
        )
    assert sum(name.startswith("email/") for name in names) == 3
    assert mail["X-Unsent"] == "1"
    by_code = {row["Code"]: row for row in rows}
    for row in rows:
        assert row["Date"] == "2026-03-02"
        assert (row["Sent on"], row["Sent by"], row["Answered on"]) == ("", "", "")
    assert "check that it has a mission in Geneva" in by_code["NIU"]["Remark"]
    assert not by_code["TON"]["Remark"]


def test_of_one_states_group_the_buttons_say_how_much_is_chosen(talk: Talk) -> None:
    talk.tap("Many States").tap("☐ Africa (7)")
    assert talk.labels[0] == "Write 7 letters"
    assert "☑ Africa: 7 of 7" in talk.labels
    assert "◩ All that are not party: 7 of 19" in talk.labels
    talk.tap("☑ Africa")
    assert "☐ Africa (7)" in talk.labels


# On disk.


def stored(path: Path) -> Store:
    return OPENED.enter_context(closing(Store(path)))


def job_named(job_id: str) -> Job:
    draft = Draft("draft001", "OPSC", "KEN", Language.EN, date=TODAY)
    return Job(job_id, draft, (Target("KEN", Language.EN),))


def test_letters_that_were_written_are_never_forgotten(tmp_path: Path) -> None:
    store = stored(tmp_path / "db")
    session = Session(User("test:1"))
    for number in range(KEPT_JOBS + 5):
        store.save(session, (JobKept(job_named(f"done{number}")),), None, {})
        store.shelves.jobs.end(f"done{number}", JobStatus.DONE)
        store.save(session, (JobKept(job_named(f"failed{number}")),), None, {})
        store.shelves.jobs.end(f"failed{number}", JobStatus.FAILED)
    assert len(store.shelves.jobs.of("test:1")) == KEPT_JOBS + 5
    assert store.shelves.jobs.find("failed0") is None
    thief = Session(User("test:2"))
    changed = replace(job_named("done0"), archived=True)
    store.save(thief, (JobKept(changed), JobRemoved("done1")), None, {})
    assert not any(job.archived for job in store.shelves.jobs.of("test:1"))
    assert len(store.shelves.jobs.of("test:1")) == KEPT_JOBS + 5
    store.save(session, (JobKept(changed), JobRemoved("done1")), None, {})
    assert sum(job.archived for job in store.shelves.jobs.of("test:1")) == 1
    assert {job.status for job in store.shelves.jobs.of("test:1")} == {JobStatus.DONE}


@pytest.mark.file
@pytest.mark.clear
def test_a_job_comes_back_as_it_was_and_an_old_one_opens(tmp_path: Path) -> None:
    job = replace(
        job_named("job1"),
        emails=True,
        written=TODAY,
        fates={"KEN.en": Fate(TODAY, Way.HAND, TODAY)},
        opened={"KEN.en": "draft001"},
        archived=True,
    )
    assert Job.from_json("job1", json.loads(json.dumps(job.to_json())), "running") == job
    store = stored(tmp_path / "db")
    store.save(Session(User("test:1")), (JobKept(job_named("job1")),), None, {})
    store.shelves.jobs.end("job1", JobStatus.DONE)
    store.close()
    with closing(connect(tmp_path / "db")) as old, old:
        (data,) = old.execute("SELECT data FROM jobs").fetchone()
        known = {"draft_id", "draft", "targets", "originals"}
        before = {key: value for key, value in json.loads(data).items() if key in known}
        old.execute("UPDATE jobs SET data = ?", (json.dumps(before),))
        old.execute("DROP TABLE reminders")
        old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_reminders'")
    talk = Talk(tmp_path / "db").command("letters").tap("OPSC · 1 State · 2 Mar")
    talk.tap("Mark as sent (1)").tap("Sent by e-mail, today")
    assert [one.due for one in talk.desk.shelves.reminders.of("test:1")] == [TODAY + timedelta(30)]
