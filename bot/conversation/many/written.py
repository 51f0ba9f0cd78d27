"""Letters to many States once they are written: what became of each, and of all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.many.kept import jobs_of
from bot.conversation.many.mailing import worded_for
from bot.conversation.talk.context import LANGUAGE_NAMES, has_joined
from bot.conversation.talk.dates import short_day
from bot.conversation.talk.draft import Fate
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.names import about, by_name, fate_mark
from bot.conversation.talk.offices import is_to_mission, whom

if TYPE_CHECKING:
    from bot.conversation.many.kept import Job, Target
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft


@dataclass(frozen=True, slots=True)
class One:
    """One letter of many; `draft` is its own, where it has one already."""

    target: Target
    fate: Fate
    draft: Draft | None
    joined: bool

    @property
    def waits(self) -> bool:
        """Whether it was sent to a State that neither answered nor joined."""
        return bool(self.fate.sent_on and not self.fate.answered_on and not self.joined)


@dataclass(frozen=True, slots=True)
class Place:
    """Of which job a draft is one letter, and which."""

    job: Job
    target: Target


def letters_of(context: Context, job: Job) -> tuple[One, ...]:
    """The job's letters, by the States' names."""
    drafts = {draft.id: draft for draft in drafts_of(context)} if job.opened else {}
    states, today = context.library.records.states, context.library.today()
    chosen = {target.state: states[target.state] for target in job.targets}
    order = {one.iso3: n for n, one in enumerate(by_name(context, list(chosen.values())))}
    found = []
    for target in sorted(job.targets, key=lambda one: order[one.state]):
        draft = drafts.get(job.opened.get(target.key, ""))
        draft = draft if draft and _is_still(job, target, draft) else None
        fate = draft.fate if draft else job.fates.get(target.key, Fate())
        to_it = replace(job.draft, state=target.state)
        found.append(One(target, fate, draft, has_joined(to_it, context.library, today)))
    return tuple(found)


def _is_still(job: Job, target: Target, draft: Draft) -> bool:
    """Whether the draft is still that letter: one that was turned to another State is not."""
    asked = {job.draft.treaty, *job.draft.also}
    is_same = draft.treaty in asked and bool(draft.treaty or draft.campaign == job.draft.campaign)
    return draft.state == target.state and is_same


def places(context: Context) -> dict[str, Place]:
    """The drafts that are letters of many, by their ids."""
    jobs = [job for job in jobs_of(context) if job.opened]
    drafts = {draft.id: draft for draft in drafts_of(context)} if jobs else {}
    return {
        draft.id: Place(job, target)
        for job in reversed(jobs)
        for target in job.targets
        if (draft := drafts.get(job.opened.get(target.key, ""))) and _is_still(job, target, draft)
    }


def own_draft(context: Context, job: Job, target: Target) -> Draft:
    """A draft of its own for one letter of many."""
    draft = worded_for(job, target, context.library)
    return replace(draft, id=context.library.new_id(), doubts=(), revision=0, revisions=0)


def states_named(context: Context, job: Job) -> str:
    """How many States."""
    count = len({target.state for target in job.targets})
    return context._.plural("%(count)s State", "%(count)s States", count)


def job_name(context: Context, job: Job) -> str:
    """Treaties or campaign, how many States, which office if no mission, the letters' date."""
    draft = job.draft
    parts = [about(context, draft), states_named(context, job)]
    if not is_to_mission(replace(draft, address="")):
        parts.append(whom(context, replace(draft, address="", state=None)))
    return " · ".join([*parts, short_day(context, context.letter_date(draft))])


def job_marks(context: Context, job: Job) -> str:
    """How many were sent and answered, behind the name."""
    found = letters_of(context, job)
    sent = sum(bool(one.fate.sent_on) for one in found)
    answered = sum(bool(one.fate.answered_on) for one in found)
    marks = [f"✉ {sent}"] * bool(sent) + [f"✓ {answered}"] * bool(answered)
    return f" · {' '.join(marks)}" if marks else ""


def target_label(context: Context, job: Job, one: One) -> str:
    """The State with its mark; the language where the State has letters in several."""
    states = Counter(target.state for target in job.targets)
    name = context.state_name(context.library.records.states[one.target.state])
    language = (one.draft.language if one.draft else None) or one.target.language
    more = f" · {LANGUAGE_NAMES[language]}" if states[one.target.state] > 1 else ""
    joined = "★ " if one.joined and not one.fate.answered_on else ""
    return f"{joined}{fate_mark(one.fate)}{name}{more}"
