"""What every screen and question is given: the session, the library, the user's language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.conversation.talk.library import Translator
from bot.conversation.talk.values import Button, Changes
from bot.letters.compose import AlreadyParty, Request, default_without
from bot.letters.correspondence import Correspondence, Origin
from bot.letters.language import full_date
from bot.letters.model import Kind, Language, Seat, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.conversation.many.mailing import Job
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.library import Library
    from bot.conversation.talk.values import Notice, Reminder, Session, User
    from bot.letters.campaign import Campaign
    from bot.letters.compose import Refusal
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Letter, State
    from bot.letters.signatory_tables import Table
    from bot.letters.status import Standing, Version

LANGUAGE_NAMES = {Language.EN: "English", Language.FR: "Français", Language.ES: "Español"}


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The State has joined the treaty since; `left` says whether others are left to ask for."""

    treaty: str
    standing: Standing
    left: bool


@dataclass(frozen=True, slots=True)
class Context:
    """One turn's surroundings."""

    session: Session
    library: Library
    _: Translator
    pending: Changes = field(default_factory=Changes)

    @classmethod
    def of(cls, session: Session, library: Library, pending: Changes | None = None) -> Context:
        """The context of a session; `pending` is what the turn has changed beside it so far."""
        language = session.user.language
        translator = Translator(library.translations(language), language)
        return cls(session, library, translator, pending or Changes())

    @property
    def user(self) -> User:
        """The user."""
        return self.session.user

    @property
    def draft(self) -> Draft:
        """The current draft; only screens of a draft ask for it."""
        if self.session.draft is None:
            message = "no draft is open"
            raise RuntimeError(message)
        return self.session.draft

    def moved(self, session: Session, pending: Changes | None = None) -> Context:
        """The context after the session changed, in its language."""
        return Context.of(session, self.library, pending)

    def letterhead(self) -> Letterhead | None:
        """What stands at the head of the user's letters."""
        if self.pending.letterhead or self.pending.no_letterhead:
            return self.pending.letterhead
        return self.library.letterhead(self.user.id)

    def listed(self) -> Table | None:
        """The list of co-signers that was sent and is not yet added."""
        if self.pending.listed or self.pending.no_list:
            return self.pending.listed
        return self.library.listed(self.user.id)

    def job(self, job_id: str) -> Job | None:
        """A job of the user's."""
        new = next((job for job in self.pending.jobs if job.id == job_id), None)
        return new or self.library.job(self.user.id, job_id)

    def campaign(self, draft: Draft | None = None) -> Campaign | None:
        """The draft's campaign, where there is one and it is still there."""
        draft = draft or self.session.draft
        return self.library.campaigns.get(draft.campaign) if draft else None

    def languages(self, draft: Draft | None = None) -> tuple[Language, ...]:
        """The languages that the draft's letter can be written in."""
        return languages_of(draft or self.session.draft, self.library)

    def notices(self) -> tuple[Notice, ...]:
        """What the user is to be told or was told, and has not put away."""
        found = self.library.notices(self.user.id)
        return tuple(one for one in found if one not in self.pending.read)

    def proposals(self) -> tuple[Version, ...]:
        """The facts that an administrator has sent and not yet stored."""
        if self.pending.no_proposals:
            return ()
        found = {one.treaty: one for one in self.library.proposals(self.user.id)}
        return tuple((found | {one.treaty: one for one in self.pending.proposed}).values())

    def drafts(self) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        changed = {draft.id: draft for draft in self.pending.drafts}
        if self.session.draft:
            changed.setdefault(self.session.draft.id, self.session.draft)
        known = self.library.drafts(self.user.id)
        ids = {draft.id for draft in known}
        return tuple(draft for draft in self.pending.drafts if draft.id not in ids) + tuple(
            changed.get(draft.id, draft)
            for draft in known
            if draft.id not in self.pending.removed_drafts
        )

    def jobs(self) -> tuple[Job, ...]:
        """The user's letters to many States that were written, the latest first."""
        changed = {job.id: job for job in self.pending.jobs}
        return tuple(
            changed.get(job.id, job)
            for job in self.library.jobs(self.user.id)
            if job.id not in self.pending.removed_jobs
        )

    def reminders(self) -> tuple[Reminder, ...]:
        """When the user is to be reminded of what, or was and has not put it away."""
        found = {one.letter_id: one for one in self.library.reminders(self.user.id)}
        found |= {one.letter_id: one for one in self.pending.reminders}
        return tuple(
            one for one in found.values() if one.letter_id not in self.pending.no_reminders
        )

    @property
    def is_on_page(self) -> bool:
        """Whether the user is at the page of `demarche try`, where no messenger keeps the chat."""
        return self.user.id.startswith("web:")

    def button(self, label: str, action: str, value: str = "", *, main: bool = False) -> Button:
        """A button bound to the current draft, if there is one; `main` is what is wanted most."""
        draft_id = self.session.draft.id if self.session.draft else "-"
        return Button(label, f"{draft_id}:{action}:{value}", main)

    def day(self, day: date) -> str:
        """The date in the user's language."""
        return full_date(day, self.user.language)

    def letter_date(self, draft: Draft | None = None) -> date:
        """The date of the letter, today while it has none."""
        return (draft or self.draft).date or self.library.today()

    def state(self, draft: Draft | None = None) -> State:
        """The addressed State."""
        return self.library.records.states[(draft or self.draft).state or ""]

    def state_name(self, state: State) -> str:
        """The State's short name in the user's language."""
        return state.short(self.user.language)

    def correspondence(self, state: State) -> Correspondence:
        """The language in which the State's mission is written to, and where that comes from."""
        return correspondence(state, self.user.correspondence, self.library)

    def looks_at(self, *names: str) -> bool:
        """Whether the user looks at one of those views."""
        return self.user.view.name in names

    def original(self, key: str, draft: Draft | None = None) -> str:
        """What the template says in a section of the draft's letter."""
        draft = draft or self.draft
        return self.library.original(request_of(draft, self.library), key)

    def compose(self, draft: Draft) -> Letter | Refusal:
        """The letter of a complete draft, or why there is none."""
        overtaken = self.overtaken(draft)
        if overtaken:
            return AlreadyParty(overtaken.standing)
        return self.library.compose(request_of(draft, self.library))

    def overtaken(self, draft: Draft) -> Overtaken | None:
        """What the State has joined since the draft was dated."""
        return overtaken(draft, self.library)


def request_of(draft: Draft, library: Library) -> Request:
    """The letter that a draft asks for; open questions take what would be offered first."""
    language = draft.language or Language.EN
    state = library.records.states[draft.state or ""]
    seat = known_seat(state, draft.seat)
    without = (default_without(seat, state) | draft.without) - draft.within
    return Request(
        treaty=draft.treaty or "",
        state=state.iso3,
        language=language,
        date=draft.date or library.today(),
        place=local_place(draft.place or "Geneva", language, library),
        seat=seat,
        signatories=draft.signatories,
        without=without,
        also=draft.also,
        addressee=draft.addressee,
        changes=draft.changes,
        purpose=draft.purpose,
        campaign=draft.campaign,
        sent=bool(draft.fate.sent_on),
        undated=draft.undated,
        address=draft.address,
        layout=draft.layout,
    )


def known_seat(state: State, seat: Seat | None) -> Seat:
    """The seat, Geneva where none is chosen; of who is no Member none is known in New York."""
    return Seat.GENEVA if state.kind is Kind.OTHER or seat is None else seat


def chosen_also(draft: Draft, library: Library) -> tuple[str, ...]:
    """The further treaties without those that are there only because the State lacks them."""
    records, on = library.records, draft.date or library.today()
    codes = [code for code in (draft.treaty, *draft.also) if code]
    needed = {records.lacking(code, draft.state or "", on) for code in codes} if draft.state else ()
    return tuple(code for code in draft.also if code not in needed)


def lacking_first(draft: Draft, library: Library) -> tuple[str, str] | None:
    """A treaty of the draft's that the State may join only after another, and that other.

    None where the other is among the draft's treaties as well, so that the letter asks for both.
    """
    if draft.state is None or draft.congratulates:
        return None
    on, records = draft.date or library.today(), library.records
    codes = [code for code in (draft.treaty, *draft.also) if code]
    for code in codes:
        parent = records.lacking(code, draft.state, on)
        is_party = records.standing(code, draft.state, on).stage is Stage.PARTY
        if parent and parent not in codes and not is_party:
            return code, parent
    return None


def overtaken(draft: Draft, library: Library) -> Overtaken | None:
    """What the State joined after the letter was dated, before it was sent.

    A date in the past that was chosen after the State had joined is meant, and stands.
    """
    if draft.fate.sent_on or draft.congratulates or draft.date is None:
        return None
    today = library.today()
    for code in filter(None, (draft.treaty, *draft.also)):
        standing = library.records.standing(code, draft.state or "", today)
        since = standing.acted_on
        if since and since > max(draft.date, draft.dated or draft.date):
            return Overtaken(code, standing, left=not has_joined(draft, library, today))
    return None


def has_joined(draft: Draft, library: Library, on: date) -> bool:
    """Whether the State is party, on that day, to all that the draft would ask for."""
    return all(
        library.records.standing(code, draft.state or "", on).stage is Stage.PARTY
        for code in (draft.treaty, *draft.also)
        if code
    )


def correspondence(state: State, kept: Mapping[str, Language], library: Library) -> Correspondence:
    """What was set for the State's mission, else what is known of it."""
    known = library.correspondence(state)
    if state.iso3 in kept:
        return Correspondence(kept[state.iso3], Origin.SET, known.official)
    return known


def languages_of(draft: Draft | None, library: Library) -> tuple[Language, ...]:
    """The languages that a draft's letter can be written in: its campaign's, else all."""
    campaign = library.campaigns.get(draft.campaign) if draft else None
    return campaign.languages if campaign else tuple(Language)


def local_place(place: str, language: Language, library: Library) -> str:
    """A known place in the language; any other as typed."""
    return next(
        (names[language] for names in library.places() if place in names.values()),
        place,
    )


def in_language(draft: Draft, language: Language) -> Draft:
    """The same draft in another language: nothing else changes."""
    return replace(draft, language=language)
