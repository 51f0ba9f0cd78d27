"""One letter to many States: which States, in which language each, and the work of writing them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.context import request_of
from bot.conversation.draft import Draft, Json
from bot.letters.model import NOBODY, Language
from bot.letters.own_words import Fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.conversation.library import Library
    from bot.letters.compose import Request
    from bot.letters.model import State
    from bot.letters.own_words import Change
    from bot.letters.status import Standing

OWN, ALL = "own", "all"
"""Codes beside the languages': the State's own official language, and all three."""

CODES = (OWN, *Language, ALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """States chosen by code, and languages: of a State, else of its region, else its own."""

    draft_id: str
    states: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def code(self, state: State) -> str:
        """The language code that holds for the State."""
        return self.languages.get(state.iso3) or self.regions.get(state.region, OWN)

    def to_json(self) -> Json:
        """The selection as plain JSON values."""
        return {
            "draft_id": self.draft_id,
            "states": sorted(self.states),
            "languages": dict(self.languages),
            "regions": dict(self.regions),
        }

    @classmethod
    def from_json(cls, data: Json) -> Selection:
        """A selection from what `to_json` gave."""
        return cls(data["draft_id"], frozenset(data["states"]), data["languages"], data["regions"])


@dataclass(frozen=True, slots=True)
class Target:
    """One letter of many: to this State, in this language."""

    state: str
    language: Language


class JobStatus(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """The work of writing a letter to many States. `made` letters are written so far.

    With `originals`, own words give way to the template's where these differ from State to State.
    """

    id: str
    draft: Draft
    targets: tuple[Target, ...]
    originals: bool = False
    status: JobStatus = JobStatus.RUNNING
    made: int = 0

    def to_json(self) -> Json:
        """What the work is, as plain JSON values; not how far it is."""
        return {
            "draft_id": self.draft.id,
            "draft": self.draft.to_json(),
            "targets": [[target.state, target.language] for target in self.targets],
            "originals": self.originals,
        }

    @classmethod
    def from_json(cls, job_id: str, data: Json, status: str) -> Job:
        """A job from what `to_json` gave."""
        return cls(
            job_id,
            Draft.from_json(data["draft_id"], data["draft"]),
            tuple(Target(state, Language(language)) for state, language in data["targets"]),
            data["originals"],
            JobStatus(status),
        )


def offered(draft: Draft, library: Library) -> tuple[tuple[State, Standing], ...]:
    """The States that lack the draft's treaty or one of its treaties, with where they stand."""
    on = draft.date or library.today()
    found: dict[str, tuple[State, Standing]] = {}
    for code in (draft.treaty or "", *draft.also):
        for state, standing in library.records.not_party(code, on):
            found.setdefault(state.iso3, (state, standing))
    return tuple(found.values())


def targets(selection: Selection, draft: Draft, library: Library) -> tuple[Target, ...]:
    """The letters that a selection asks for; States that have joined since are passed over."""
    found: list[Target] = []
    for state, _standing in offered(draft, library):
        if state.iso3 in selection.states:
            code = selection.code(state)
            if code == ALL:
                found += [Target(state.iso3, language) for language in Language]
            elif code == OWN:
                found.append(Target(state.iso3, library.official_language(state)))
            else:
                found.append(Target(state.iso3, Language(code)))
    return tuple(found)


def request_for(job: Job, target: Target, library: Library) -> Request:
    """The letter to one State: everything as in the draft, but nothing of its addressee."""
    draft = replace(
        job.draft,
        state=target.state,
        language=target.language,
        addressee=NOBODY,
    )
    request = request_of(draft, library)
    if not job.originals:
        return request
    kept = tuple(c for c in request.changes if not differs(c, request, library))
    return replace(request, changes=kept)


def differs(change: Change, request: Request, library: Library) -> bool:
    """Whether the template says something else here than where the own words were written."""
    wording = change.wording(request.language)
    if change.is_own or wording is None:
        return False
    return library.original(request, change.key) != wording.original


def untranslated(draft: Draft, found: tuple[Target, ...]) -> frozenset[Language]:
    """The languages of the letters in which some own words are not, or are out of date."""
    languages = {target.language for target in found}
    return frozenset(
        language
        for language in languages
        if any(change.fit(language) is not Fit.GOOD for change in draft.changes)
    )


def naming(draft: Draft, library: Library) -> tuple[str, ...]:
    """Sections whose own words name the draft's State, as no other State should read them."""
    state = library.records.states[draft.state or ""]
    names = "|".join(re.escape(state.short(language)) for language in Language)
    named = re.compile(rf"\b(?:{names})\b")
    return tuple(
        change.key
        for change in draft.changes
        if any(named.search(wording.text) for wording in change.wordings)
    )


def differing(
    draft: Draft, found: tuple[Target, ...], library: Library
) -> Iterator[tuple[str, int]]:
    """Changed sections whose original is another in some of the letters, and in how many."""
    job = Job("", draft, found)
    requests = [request_for(job, target, library) for target in found] if draft.changes else []
    for change in draft.changes:
        count = sum(differs(change, request, library) for request in requests)
        if count:
            yield change.key, count
