"""From answers to a letter: facts, whole forms and one template, rendered section by section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters import facts as facts_of
from bot.letters.addresses import with_apostrophes
from bot.letters.asked import NOWHERE, given_of, refused_letter
from bot.letters.campaign import FRAME, TEMPLATE
from bot.letters.environment import END, MARK, environment_of
from bot.letters.facts import Facts
from bot.letters.given import first_mentions, given
from bot.letters.mission_book import with_address
from bot.letters.model import (
    Kind,
    Letter,
    Office,
    Purpose,
    Signatory,
    Stage,
)
from bot.letters.own_words import applied
from bot.letters.request import (
    AlreadyParty,
    BeforeAdoption,
    NoCampaign,
    NoStatus,
    NotOpen,
    NotParty,
    NotThere,
    OutOfReach,
    Refusal,
    Request,
)
from bot.letters.sound import sound, sound_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Template

    from bot.letters.campaign import Campaign
    from bot.letters.model import State
    from bot.letters.status import Records

LAST_DAY = date(2100, 12, 31)
"""What a letter says of anniversaries and sessions has words until then; beyond is a slip."""

KEPT_LETTERS = 64
"""A chat asks for the same letter several times in a row."""


def default_without(seat: Office, state: State) -> frozenset[str]:
    """Sections off unless asked for: the source, and a copy to a mission that may not exist.

    Some Members have no mission in Geneva, and the Cook Islands and Niue are not Members. Copies of
    a letter to another office go to both missions, and are sent only if somebody thinks of it.
    """
    if seat is not Office.GENEVA or state.kind is Kind.OTHER:
        return frozenset({"copies", "source"})
    return frozenset({"source"})


class Composer:
    """Composes letters from the templates and catalogues of one place on disk."""

    def __init__(
        self,
        records: Records,
        templates: Path,
        locales: Path,
        campaigns: Mapping[str, Campaign] | None = None,
    ) -> None:
        self.records = records
        self.campaigns = campaigns or {}
        self._templates = templates
        self._locales = locales
        self._composed = lru_cache(maxsize=KEPT_LETTERS)(self._compose)

    def on(self, records: Records) -> Composer:
        """The same templates and catalogues on other facts."""
        return Composer(records, self._templates, self._locales, self.campaigns)

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter, or why there is none. Equal requests give the same letter."""
        return self._composed(request)

    def forget(self) -> None:
        """Keep no letter to be quick with."""
        self._composed.cache_clear()

    def original(self, request: Request, key: str) -> str:
        """What the template says in a section, whatever was changed or left out of it."""
        bare = replace(request, changes=(), without=request.without - {key})
        letter = self.compose(bare)
        return letter.text_of(key) if isinstance(letter, Letter) else ""

    def _compose(self, request: Request) -> Letter | Refusal:
        own = self.campaigns.get(request.campaign)
        if own and own.asks_otherwise and request.purpose is Purpose.REQUEST:
            return self._of_campaign(request, own)
        if not request.treaty:
            return NoCampaign(request.campaign)
        judged = self._all_judged(request)
        found = [one for one in judged if isinstance(one, Facts)]
        if not found:
            refusal = next(one for one in judged if not isinstance(one, Facts))
            is_lost = request.campaign and request.campaign not in self.campaigns
            # It may have been one that writes to parties: only its folder could tell.
            is_lost = is_lost and isinstance(refusal, AlreadyParty)
            return NoCampaign(request.campaign) if is_lost else refusal
        if request.purpose is Purpose.CONGRATULATION:
            found = found[:1]
        return self._render(request, found, self._campaign(request, found))

    def _of_campaign(self, request: Request, campaign: Campaign) -> Letter | Refusal:
        """The letter of a campaign that asks for something else: on its treaty alone, or on none.

        What a State joined since does not stop a letter to parties, or to all.
        """
        if request.date > LAST_DAY:
            return OutOfReach(LAST_DAY)
        if request.treaty != campaign.treaty or request.also:
            return NoCampaign(campaign.key)
        if campaign.treaty and not self.records.has_status(campaign.treaty):
            return NoStatus(campaign.treaty)
        found = [self._facts(request, campaign.treaty)] if campaign.treaty else []
        standing = found[0].standing if found else NOWHERE
        refusal = refused_letter(request, self.records, campaign, standing)
        alone = [replace(one, lacking="") for one in found]
        return refusal or self._render(request, alone, campaign)

    def _facts(self, request: Request, code: str) -> Facts:
        """What a letter states on one treaty; one that was sent knows of nothing since."""
        treaty = self.records.treaties[code]
        facts = facts_of.compute(self.records, treaty, request.state, request.date)
        since = self._joined_since(request, code) if request.sent else None
        if since is None or request.purpose is not Purpose.REQUEST:
            return facts
        before = self.records.standing(code, request.state, since - timedelta(1))
        step = facts_of.step_of(treaty, before, request.date)
        return replace(facts, standing=before, step=step)

    def _all_judged(self, request: Request) -> list[Facts | Refusal]:
        """The treaties asked for, each after the one that has to be joined before it."""
        found: dict[str, Facts | Refusal] = {}
        for code in (request.treaty, *request.also):
            one = self._judged(request, code)
            if isinstance(one, Facts) and request.sent and not one.lacking:
                one = replace(one, lacking=self._lacked(request, code))
            if isinstance(one, Facts) and one.lacking and one.lacking not in found:
                found[one.lacking] = self._judged(request, one.lacking)
            found[code] = one
        return list(found.values())

    def _lacked(self, request: Request, code: str) -> str:
        """What a letter that was sent asked for first, though it was joined since."""
        treaty = self.records.treaties.get(code)
        condition = treaty.condition if treaty else None
        asked = (request.treaty, *request.also)
        for parent in condition.parents if condition else ():
            if parent in asked and self._joined_since(request, parent):
                return parent
        return ""

    def _joined_since(self, request: Request, code: str) -> date | None:
        """When the State joined, where nobody could know it who sent a letter with these facts.

        What the shipped facts have was known to every letter.
        """
        acted_on = self.records.standing(code, request.state, request.date).acted_on
        return acted_on if acted_on and acted_on > self.records.as_of else None

    def _judged(self, request: Request, code: str) -> Facts | Refusal:
        """What a letter would state on one treaty, or why it cannot be asked for."""
        records = self.records
        if request.date > LAST_DAY:
            return OutOfReach(LAST_DAY)
        if code not in records.treaties or not records.has_status(code):
            return NoStatus(code)
        treaty, facts = records.treaties[code], self._facts(request, code)
        is_party = facts.standing.stage is Stage.PARTY
        admitted_on = records.states[request.state].admitted_on
        if request.date < treaty.adopted_on:
            return BeforeAdoption(treaty.adopted_on)
        if request.purpose is Purpose.CONGRATULATION:
            return replace(facts, lacking="") if is_party else NotParty(facts.standing)
        if is_party:
            return AlreadyParty(facts.standing)
        if admitted_on and not records.is_there(request.state, request.date):
            return NotThere(admitted_on)
        if not records.is_open(code, request.state):
            return NotOpen(code, treaty.members_only)
        return facts

    def _campaign(self, request: Request, found: list[Facts]) -> Campaign | None:
        """The campaign of a letter on its treaty alone, in one of its languages."""
        campaign = self.campaigns.get(request.campaign)
        if campaign is None or request.language not in campaign.languages:
            return None
        if campaign.asks_otherwise:
            return None
        return campaign if [facts.treaty.code for facts in found] == [campaign.treaty] else None

    def _render(self, request: Request, found: list[Facts], campaign: Campaign | None) -> Letter:
        request = _sounded(request)
        template, context = self._prepared(request, found, campaign)
        page = template.render(context)
        parts = (part.partition(END) for part in page.split(MARK)[1:])
        sections = {key: _tidy(sound(text)) for key, _end, text in parts}
        if not request.address:
            sections["addressee"] = with_address(sections["addressee"], request.street)
        standing = applied(sections, request.changes, request.language, request.without)
        return Letter(
            treaties=tuple(facts.treaty.code for facts in found),
            state=request.state,
            language=request.language,
            date=request.date,
            as_of=min((facts.as_of for facts in found), default=request.date),
            stage=_asked(request, found).standing.stage if found else NOWHERE.stage,
            subject=next((s.text for s in standing if s.key == "reference"), sections["reference"]),
            sections=standing,
            signatories=request.signatories,
            layout=request.layout,
            unsigned=request.unsigned,
            office="" if request.seat.is_mission else request.seat,
            campaign=campaign.key if campaign and campaign.asks_otherwise else "",
            to=request.to,
        )

    def _prepared(
        self, request: Request, found: list[Facts], campaign: Campaign | None
    ) -> tuple[Template, dict[str, object]]:
        """The template of a letter, and all that it is given."""
        environment = environment_of(self._templates, self._locales, request.language, campaign)
        if campaign:
            names = [TEMPLATE]
        elif len(found) > 1:
            names = ["several.jinja"]
        else:
            # What says itself what it does has no template of its own, whatever its code.
            treaty = found[0].treaty
            names = ["general.jinja"] if treaty.does else [f"{treaty.code.lower()}.jinja"]
        template = environment.select_template(names)
        context = (
            given_of(request, self.records, found, campaign)
            if campaign
            else given(request, self.records, found, None)
        )
        context["letter"] = template.name
        opens = campaign and (FRAME in campaign.template or "occasion" in template.blocks)
        if opens and found:
            # A campaign's own opening need not tell what the shipped one does.
            context |= first_mentions(request, found)
        if request.purpose is Purpose.CONGRATULATION:
            template = environment.get_template("congratulation.jinja")
        return template, context


def _asked(request: Request, found: list[Facts]) -> Facts:
    """The treaty that was asked for first, of those that stand in the letter."""
    return next((facts for facts in found if facts.treaty.code == request.treaty), found[0])


def _sounded(request: Request) -> Request:
    """The request with its texts as every document can hold them; and none marks a section."""
    return replace(
        request,
        place=sound_line(request.place),
        city=sound_line(request.city),
        address=sound(request.address),
        street=sound(request.street),
        addressee=replace(request.addressee, name=_printed(request.addressee.name)),
        signatories=tuple(
            Signatory(*map(_printed, (one.name, one.organisation, one.role)))
            for one in request.signatories
        ),
        changes=tuple(
            replace(
                change,
                wordings=tuple(replace(one, text=sound(one.text)) for one in change.wordings),
            )
            for change in request.changes
        ),
    )


def _printed(name: str) -> str:
    """A name in one line; its apostrophe is that of the letter, not of a keyboard."""
    return with_apostrophes(sound_line(name))


def _tidy(text: str) -> str:
    """Strip template line breaks, never the no-break blanks that `str.strip` would eat."""
    return text.strip(" \n")
