"""One letter to many States: which States, in which language each, and the work of writing them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.many.kept import Job, Target
from bot.conversation.talk.booked import taking
from bot.conversation.talk.context import (
    correspondence_of,
    joined_since,
    languages_of,
    own_campaign,
    request_of,
)
from bot.conversation.talk.draft import Draft, Fate
from bot.conversation.talk.recipients import written_to
from bot.conversation.talk.selection import ALL, OWN, Selection
from bot.letters import own_words
from bot.letters.model import NOBODY, Kind, Language, Letter
from bot.letters.offices import known_office
from bot.letters.own_words import Fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bot.conversation.talk.library import Library
    from bot.letters.model import State
    from bot.letters.request import Request
    from bot.letters.status import Standing


def dated(draft: Draft, library: Library) -> date:
    """The date of the facts in the draft's letters: of the oldest among its treaties."""
    return library.records.dated(draft.treaty or "", *draft.also)


def offered(draft: Draft, library: Library) -> tuple[tuple[State, Standing], ...]:
    """The States that lack the draft's treaty or one of its treaties, with where they stand.

    Of a campaign that asks for something else, those that it writes to.

    Not those that have joined one of them since the draft was dated: it would still be asked for.
    """
    on = draft.date or library.today()
    own = own_campaign(draft, library)
    found: dict[str, tuple[State, Standing]] = {}
    if own:
        found = {pair[0].iso3: pair for pair in written_to(draft, library, on)}
    for code in filter(None, (draft.treaty, *draft.also)) if not own else ():
        for state, standing in library.records.not_party(code, on):
            found.setdefault(state.iso3, (state, standing))
    return tuple(pair for iso3, pair in found.items() if joined_since(draft, iso3, library) is None)


def targets(
    selection: Selection,
    chosen: Iterable[State],
    draft: Draft,
    library: Library,
    kept: Mapping[str, Language],
) -> tuple[Target, ...]:
    """The letters to the chosen States, in the selection's languages.

    `kept` are the missions' languages of correspondence that the user has set.
    """
    found: list[Target] = []
    known = languages_of(draft, library)
    for state in chosen:
        code = selection.code(state)
        if code == ALL:
            found += [Target(state.iso3, language) for language in known]
        else:
            own = correspondence_of(state, kept, library).language
            wanted = own if code == OWN else Language(code)
            found.append(Target(state.iso3, wanted if wanted in known else Language.EN))
    return tuple(found)


def for_target(job: Job, target: Target) -> Draft:
    """The draft of one letter of many: all of it but what holds for the first State only."""
    fate = replace(job.fates.get(target.key, Fate()), signing=job.signing, signed=job.signed)
    draft = replace(job.draft, state=target.state, language=target.language, fate=fate)
    if target.state == job.draft.state:
        return draft
    changes = own_words.for_another_state(draft.changes)
    bare = replace(draft, addressee=NOBODY, address="", booked=None, undated=False, changes=changes)
    return taking(bare, job.booked.get(target.state))


def mission_is_doubtful(state: State, draft: Draft) -> bool:
    """Whether it is not certain that the State has the mission to which the draft's go.

    An address of the user's own holds for the draft's State only.
    """
    own = draft.address and draft.state == state.iso3
    return state.kind is Kind.OTHER and known_office(state, draft.seat).is_mission and not own


def worded_for(job: Job, target: Target, library: Library) -> Draft:
    """The same, with the words that the letter was written in."""
    draft = for_target(job, target)
    if not job.originals or not draft.changes:
        return draft
    other = differing_in(request_of(draft, library), library)
    return replace(draft, changes=tuple(c for c in draft.changes if c.key not in other))


def request_for(job: Job, target: Target, library: Library) -> Request:
    """The letter to one State."""
    return request_of(worded_for(job, target, library), library)


def differing_in(request: Request, library: Library) -> frozenset[str]:
    """Changed sections in which the template says something else than where they were written."""
    changed = {change.key for change in request.changes}
    original = library.letters.compose(
        replace(request, changes=(), without=request.without - changed)
    )
    if not isinstance(original, Letter):
        return frozenset()
    found = set()
    for change in request.changes:
        wording = change.wording(request.language)
        if wording and not change.is_own and original.text_of(change.key) != wording.original:
            found.add(change.key)
    return frozenset(found)


def untranslated(draft: Draft, found: tuple[Target, ...]) -> frozenset[Language]:
    """The languages of the letters in which some own words are not, or are out of date."""
    languages = {target.language for target in found}
    return frozenset(
        language
        for language in languages
        if any(change.fit(language) is not Fit.GOOD for change in draft.changes)
    )


def naming(draft: Draft, library: Library) -> tuple[tuple[str, str], ...]:
    """Own words that name another State than the letter's: the section's key and the State's."""
    if not draft.changes:
        return ()
    names: dict[str, str] = {}
    for state in library.records.states.values():
        for language in Language:
            short = state.short(language)
            names.update({short: state.iso3, short.partition(" (")[0]: state.iso3})
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    named = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    return tuple(
        (change.key, iso3)
        for change in draft.changes
        for iso3 in dict.fromkeys(
            names[word] for wording in change.wordings for word in named.findall(wording.text)
        )
        if iso3 != draft.state
    )


def differing(
    draft: Draft, found: tuple[Target, ...], library: Library
) -> tuple[tuple[str, int], ...]:
    """Changed sections whose original is another in some of the letters, and in how many."""
    if not draft.changes:
        return ()
    job = Job("", draft, found)
    counts: Counter[str] = Counter()
    for target in found:
        counts.update(differing_in(request_for(job, target, library), library))
    return tuple((change.key, counts[change.key]) for change in draft.changes if counts[change.key])
