"""What every screen and question is given: the session, the library, the user's language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.conversation.talk.values import Button, Changes
from bot.letters.campaign import To
from bot.letters.compose import default_without
from bot.letters.correspondence import Correspondence, Origin
from bot.letters.language import full_date
from bot.letters.model import Language, Stage
from bot.letters.offices import known_office
from bot.letters.request import AlreadyParty, Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.library import Library, Translator
    from bot.conversation.talk.values import Session, User
    from bot.letters.campaign import Campaign
    from bot.letters.model import Letter, State
    from bot.letters.request import Refusal
    from bot.letters.status import Standing

LANGUAGE_NAMES = {Language.EN: "English", Language.FR: "Français", Language.ES: "Español"}


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The State has joined the treaty since; `left` says whether others are left to ask for."""

    treaty: str
    standing: Standing
    left: bool


@dataclass(frozen=True, slots=True)
class Context:
    """One turn's surroundings. `memo` holds what was found in them once: they do not change."""

    session: Session
    library: Library
    _: Translator
    pending: Changes = ()
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, session: Session, library: Library, pending: Changes = ()) -> Context:
        """The context of a session; `pending` is what the turn has changed beside it so far."""
        return cls(session, library, library.translator(session.user.language), pending)

    @property
    def user(self) -> User:
        """The user."""
        return self.session.user

    @property
    def owner(self) -> str:
        """Whose letters, sets and letterhead are at hand: a coalition's, or the user's own."""
        return self.session.owner

    @property
    def draft(self) -> Draft:
        """The current draft; only screens of a draft ask for it."""
        if self.session.draft is None:
            message = "no draft is open"
            raise RuntimeError(message)
        return self.session.draft

    def moved(self, session: Session, pending: Changes = ()) -> Context:
        """The context after the session changed, in its language."""
        return Context.of(session, self.library, pending)

    def campaign(self, draft: Draft | None = None) -> Campaign | None:
        """The draft's campaign, where there is one and it is still there."""
        draft = draft or self.session.draft
        return self.library.campaigns.get(draft.campaign) if draft else None

    def languages(self, draft: Draft | None = None) -> tuple[Language, ...]:
        """The languages that the draft's letter can be written in."""
        return languages_of(draft or self.session.draft, self.library)

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

    def place_name(self, place: str) -> str:
        """A known place in the user's language; any other as typed."""
        return local_place(place, self.user.language, self.library)

    def looks_at(self, *names: str) -> bool:
        """Whether the user looks at one of those views."""
        return self.user.view.name in names

    def original(self, key: str, draft: Draft | None = None) -> str:
        """What the template says in a section of the draft's letter."""
        draft = draft or self.draft
        return self.library.letters.original(request_of(draft, self.library), key)

    def compose(self, draft: Draft) -> Letter | Refusal:
        """The letter of a complete draft, or why there is none."""
        overtaken = self.overtaken(draft)
        if overtaken:
            return AlreadyParty(overtaken.standing)
        return self.library.letters.compose(request_of(draft, self.library))

    def overtaken(self, draft: Draft) -> Overtaken | None:
        """What the State has joined since the draft was dated."""
        return overtaken_by(draft, self.library)


def request_of(draft: Draft, library: Library) -> Request:
    """The letter that a draft asks for; open questions take what would be offered first."""
    language = draft.language or Language.EN
    state = library.records.states[draft.state or ""]
    seat = known_office(state, draft.seat)
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
        street="" if draft.address or not draft.booked else "\n".join(draft.booked.lines),
        to=to_of(draft),
        layout=draft.layout,
        unsigned=draft.fate.is_open,
        city=local_place(draft.city, language, library),
    )


def to_of(draft: Draft) -> str:
    """The e-mail address that the mission book has; not where the letter goes elsewhere."""
    return "" if draft.address or not draft.booked else draft.booked.email


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
    return None if draft.state is None else lacking_first_of(draft, draft.state, library)


def lacking_first_of(draft: Draft, iso3: str, library: Library) -> tuple[str, str] | None:
    """The same of any State, were the draft to it."""
    if draft.congratulates or own_campaign(draft, library):
        return None
    on, records = draft.date or library.today(), library.records
    codes = [code for code in (draft.treaty, *draft.also) if code]
    for code in codes:
        parent = records.lacking(code, iso3, on)
        is_party = records.standing(code, iso3, on).stage is Stage.PARTY
        if parent and parent not in codes and not is_party:
            return code, parent
    return None


def overtaken_by(draft: Draft, library: Library) -> Overtaken | None:
    """What the State joined after the letter was dated, before it was sent.

    A date in the past that was chosen after the State had joined is meant, and stands.
    """
    return None if draft.fate.sent_on else joined_since(draft, draft.state or "", library)


def joined_since(draft: Draft, iso3: str, library: Library) -> Overtaken | None:
    """The same of any State, were the draft to it and not sent."""
    if draft.congratulates or draft.date is None or not _is_stopped_by_joining(draft, library):
        return None
    today = library.today()
    for code in filter(None, (draft.treaty, *draft.also)):
        standing = library.records.standing(code, iso3, today)
        since = standing.acted_on
        if since and since > max(draft.date, draft.dated or draft.date):
            return Overtaken(code, standing, left=not _is_party_to_all(draft, iso3, library, today))
    return None


def has_joined(draft: Draft, library: Library, on: date) -> bool:
    """Whether the State is party, on that day, to all that the draft would ask for.

    A letter that does not ask it to join goes on as before.
    """
    is_stopped = _is_stopped_by_joining(draft, library)
    return is_stopped and _is_party_to_all(draft, draft.state or "", library, on)


def _is_party_to_all(draft: Draft, iso3: str, library: Library, on: date) -> bool:
    codes = [code for code in (draft.treaty, *draft.also) if code]
    stages = (library.records.standing(code, iso3, on).stage for code in codes)
    return all(stage is Stage.PARTY for stage in stages)


def own_campaign(draft: Draft, library: Library) -> Campaign | None:
    """The draft's campaign, where it asks for something else than to join its treaty."""
    campaign = library.campaigns.get(draft.campaign)
    own = campaign is not None and campaign.asks_otherwise and not draft.congratulates
    return campaign if own and campaign and campaign.treaty == draft.treaty else None


def _is_stopped_by_joining(draft: Draft, library: Library) -> bool:
    """Whether there is nothing left to ask for once the State has joined."""
    campaign = own_campaign(draft, library)
    asks = campaign is None or campaign.to in {To.NOT_PARTY, To.SIGNATORIES}
    return asks and bool(draft.treaty)


def concerns(draft: Draft, treaty: str, library: Library) -> bool:
    """Whether it matters to the letter what the State does about the treaty."""
    is_on = treaty in (draft.treaty, *draft.also)
    return is_on and (draft.congratulates or _is_stopped_by_joining(draft, library))


def correspondence_of(
    state: State, kept: Mapping[str, Language], library: Library
) -> Correspondence:
    """What was set for the State's mission, else what is known of it."""
    known = library.find.correspondence(state)
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
        (names[language] for names in library.find.places() if place in names.values()),
        place,
    )


def in_language(draft: Draft, language: Language) -> Draft:
    """The same draft in another language: nothing else changes."""
    return replace(draft, language=language)
