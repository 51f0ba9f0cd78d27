"""What is kept of letters to many States: the work of writing them, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.draft import Draft, Fate, Json
from bot.conversation.talk.events import Ended
from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Owned, of_kind
from bot.letters.mission_book import Entry
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.context import Context


@dataclass(frozen=True, slots=True)
class Target:
    """One letter of many: to this State, in this language."""

    state: str
    language: Language

    @property
    def key(self) -> str:
        """What tells it from the others of its job."""
        return f"{self.state}.{self.language}"


class JobStatus(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """The work of writing a letter to many States. `made` letters are written so far.

    With `originals`, own words give way to the template's where these differ from State to State;
    with `emails` there is an e-mail draft of each letter, too. `written` is the day it was begun.

    What became of a letter stands in `fates`, by the target's key, until a draft of its own is made
    of it: `opened` is that draft's id, and what became of it is then the draft's to say.
    `signing` and `signed` are as with a draft's fate: of all the letters at once.
    `begun_by` is the user who has them written for a coalition, until that is done.
    `booked` is what the mission book said of each State's office when it was begun.
    """

    id: str
    draft: Draft
    targets: tuple[Target, ...]
    originals: bool = False
    status: JobStatus = JobStatus.RUNNING
    made: int = 0
    emails: bool = False
    written: date | None = None
    fates: Mapping[str, Fate] = field(default_factory=dict)
    opened: Mapping[str, str] = field(default_factory=dict)
    archived: bool = False
    signing: str = ""
    signed: bool = False
    begun_by: str = ""
    booked: Mapping[str, Entry] = field(default_factory=dict)

    def to_json(self) -> Json:
        """What the work is, as plain JSON values; not how far it is."""
        return {
            "draft_id": self.draft.id,
            "draft": self.draft.to_json(),
            "targets": [[target.state, target.language] for target in self.targets],
            "originals": self.originals,
            "emails": self.emails,
            "written": self.written.isoformat() if self.written else "",
            "fates": {key: fate.to_json() for key, fate in self.fates.items()},
            "opened": dict(self.opened),
            "archived": self.archived,
            "signing": self.signing,
            "signed": self.signed,
            "booked": {iso3: entry.to_json() for iso3, entry in self.booked.items()},
        }

    @classmethod
    def from_json(cls, job_id: str, data: Json, status: str) -> Job:
        """A job from what `to_json` gave; one of before version 0.4 was only written."""
        written = data.get("written")
        return cls(
            job_id,
            Draft.from_json(data["draft_id"], data["draft"]),
            tuple(Target(state, Language(language)) for state, language in data["targets"]),
            data["originals"],
            JobStatus(status),
            emails=data.get("emails", False),
            written=date.fromisoformat(written) if written else None,
            fates={key: Fate.from_json(one) for key, one in data.get("fates", {}).items()},
            opened=data.get("opened", {}),
            archived=data.get("archived", False),
            signing=data.get("signing", ""),
            signed=data.get("signed", False),
            booked={k: Entry.from_json(one) for k, one in data.get("booked", {}).items()},
        )


@dataclass(frozen=True, slots=True)
class JobEnded(Ended):
    """The letters of a job were sent, or it was cancelled, or it failed: then with a reference."""

    job_id: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class JobKept(Owned):
    """A new job, or a known one of which more is known."""

    job: Job


@dataclass(frozen=True, slots=True)
class JobCancelled(Owned):
    """The letters are not to be written after all."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobRemoved(Owned):
    """The letters are deleted."""

    job_id: str


class Jobs(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Job, ...]:
        """The user's letters to many States that were written, the latest first."""
        ...

    def find(self, job_id: str) -> tuple[str, Job] | None:
        """A job, whatever became of it, and its user's id."""
        ...


JOBS = Shelf[Jobs]("jobs")


def jobs_of(context: Context) -> tuple[Job, ...]:
    """The user's letters to many States that were written, the latest first."""
    changed = {one.job.id: one.job for one in of_kind(context.pending, JobKept)}
    removed = {one.job_id for one in of_kind(context.pending, JobRemoved)}
    found = () if JOBS.is_empty(context) else JOBS.of(context).of(context.owner)
    return tuple(changed.get(one.id, one) for one in found if one.id not in removed)


def job_of(context: Context, job_id: str) -> Job | None:
    """A job of the user's, written or not, and how far it is."""
    new = next((one.job for one in of_kind(context.pending, JobKept) if one.job.id == job_id), None)
    if new:
        return new
    found = JOBS.of(context).find(job_id)
    if found is None or found[0] != context.owner:
        return None
    return replace(found[1], made=context.library.progress.get(job_id, 0))
