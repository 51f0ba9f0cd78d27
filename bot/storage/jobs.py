"""Letters to many States: the work of writing them, and what became of each."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.many import kept as asked
from bot.conversation.many.kept import Job, JobCancelled, JobKept, JobRemoved, JobStatus
from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep

_JOB = "SELECT user_id, id, data, status, begun_by FROM jobs"

_WHOSE = "coalesce(nullif(begun_by, ''), user_id)"
_ON_ITS_WAY = (
    f"WHERE status = ? AND {_WHOSE} LIKE ?"  # noqa: S608 -- no value
    f" AND {_WHOSE} NOT IN (SELECT user_id FROM deletions) ORDER BY rowid"
)
"""What is to be written now, for whoever has begun it; nothing for one whose data is put away."""

KEPT_JOBS = 20
"""So many of a user's jobs that came to nothing are remembered, to say how they ended.

Letters that were written are kept until the user deletes them."""


class Jobs(Shelf, asked.Jobs):
    """The jobs in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {JobKept: self._keep, JobRemoved: self._remove, JobCancelled: self._cancel}

    @reading()
    def find(self, job_id: str) -> tuple[str, Job] | None:
        """A job, and the id of whose it is: a user's or a coalition's."""
        rows = self._rows(f"{_JOB} WHERE id = ?", job_id)
        return self._job_from(rows[0]) if rows else None

    def is_running(self, job_id: str) -> bool:
        """Whether a job is still wanted: not while all that is its user's is put away.

        Asked after every letter, so the job itself is not read.
        """
        rows = self._rows(
            "SELECT 1 FROM jobs WHERE id = ? AND status = ? AND coalesce(nullif(begun_by, ''),"
            " user_id) NOT IN (SELECT user_id FROM deletions)",
            *(job_id, JobStatus.RUNNING),
        )
        return bool(rows)

    @reading()
    def running(self, channel: str) -> tuple[tuple[str, Job], ...]:
        """The jobs of a channel's users that were not finished: user's id, job."""
        rows = self._rows(f"{_JOB} {_ON_ITS_WAY}", JobStatus.RUNNING, f"{channel}:%")
        found = (self._job_from(row) for row in rows)
        return tuple((job.begun_by or owner, job) for owner, job in found)

    @reading()
    def of(self, user_id: str) -> tuple[Job, ...]:
        """The user's jobs that were done, the latest first."""
        rows = self._rows(
            f"{_JOB} WHERE status = ? AND user_id = ? ORDER BY rowid DESC",
            *(JobStatus.DONE, user_id),
        )
        return tuple(self._job_from(row)[1] for row in rows)

    def end(self, job_id: str, status: JobStatus) -> None:
        """A running job came to its end."""
        self._set(
            "UPDATE jobs SET status = ?, begun_by = '' WHERE id = ? AND status = 'running'",
            *(status, job_id),
        )

    def parts(self, job_id: str) -> int:
        """How many files of a running job were sent."""
        rows = self._rows("SELECT parts FROM jobs WHERE id = ?", job_id)
        return int(rows[0][0]) if rows else 0

    def put_parts(self, job_id: str, parts: int) -> None:
        """So many files of a job were sent: after a stop it goes on with the next."""
        self._set("UPDATE jobs SET parts = ? WHERE id = ?", parts, job_id)

    def _keep(self, user_id: str, change: JobKept) -> None:
        job = change.job
        data = self._sealing.close(json.dumps(job.to_json()), "jobs", "data", job.id)
        self._execute(
            "INSERT INTO jobs (id, user_id, data, status, begun_by) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data, touched = ''"
            " WHERE jobs.user_id = excluded.user_id",
            (job.id, user_id, data, job.status, job.begun_by),
        )
        came_to_nothing = (JobStatus.CANCELLED, JobStatus.FAILED)
        self._execute(
            "DELETE FROM jobs WHERE user_id = ? AND status IN (?, ?) AND rowid NOT IN (SELECT rowid"
            " FROM jobs WHERE user_id = ? AND status IN (?, ?) ORDER BY rowid DESC LIMIT ?)",
            (user_id, *came_to_nothing, user_id, *came_to_nothing, KEPT_JOBS),
        )

    def _remove(self, user_id: str, change: JobRemoved) -> None:
        self._execute("DELETE FROM jobs WHERE id = ? AND user_id = ?", (change.job_id, user_id))

    def _cancel(self, user_id: str, change: JobCancelled) -> None:
        self._execute(
            "UPDATE jobs SET status = ?, begun_by = '' WHERE id = ? AND user_id = ? AND status = ?",
            (JobStatus.CANCELLED, change.job_id, user_id, JobStatus.RUNNING),
        )

    def _job_from(self, row: tuple[str, str, str, str, str]) -> tuple[str, Job]:
        owner, job_id, data, status, begun_by = row
        found = read_json(self._sealing.open(data, "jobs", "data", job_id))
        return owner, replace(Job.from_json(job_id, found, status), begun_by=begun_by)
