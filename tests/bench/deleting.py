"""Measure 8: what it costs that nothing is left of what is deleted."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.events import Tap
from bot.conversation.talk.values import Session, User
from tests.bench.documents import co_signers
from tests.bench.figures import ratio, say, spread, timed
from tests.bench.updates import ACTIONS, BLOCK, USER_KEY, open_draft
from tests.world import desk_on

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.storage.store import Store
    from tests.bench.figures import Plan

LETTERS = 20
"""So many letters with eleven co-signers each has everybody who is forgotten here."""


def deleting(plan: Plan) -> None:
    """Measure 8."""
    say("8  desk.receive (load, turn, save) with what is deleted written over, and without")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name:
        with desk_on(Path(name) / "db") as desk:
            _overwriting(plan, desk)
        for people in (10, 100, 1000):
            path = Path(name) / f"{people}"
            with desk_on(path) as desk:
                _forgetting(plan, desk.store, path, people)


def _overwriting(plan: Plan, desk: Desk) -> None:
    draft_id = open_draft(desk)
    numbers, actions = itertools.count(1), itertools.cycle(ACTIONS)
    samples: dict[str, list[float]] = {"ON": [], "OFF": []}
    for _ in range(plan.rounds(40, 6)):
        for setting, taken in samples.items():
            desk.store._execute(f"PRAGMA secure_delete = {setting}").fetchall()  # noqa: SLF001 -- the one thing compared
            for number in itertools.islice(numbers, BLOCK):
                tap = Tap(f"{draft_id}:{next(actions)}")
                start = perf_counter_ns()
                desk.receive(USER_KEY, tap, update=("bench", number))
                taken.append((perf_counter_ns() - start) / 1e3)
    spread("with secure_delete", samples["ON"], "µs")
    spread("without it", samples["OFF"], "µs")
    ratio("  ratio", samples["ON"], samples["OFF"])


def _forgetting(plan: Plan, store: Store, path: Path, people: int) -> None:
    signatories = co_signers()
    for person, letter in itertools.product(range(people), range(LETTERS)):
        draft = Draft(f"{person}-{letter}", "OPSC", signatories=signatories)
        user = User(f"bench:{person}", draft_id=draft.id)
        update = ("bench", person * LETTERS + letter)
        store.save(Session(user, draft), (), update, {})
    store.tidy()
    size = path.stat().st_size / 1e6
    samples = [
        timed(lambda person=person: _forget(store, person))[1]  # type: ignore[misc]
        for person in range(plan.rounds(9, 5))
    ]
    label = f"everything deleted of one of {people}, {size:.1f} MB"
    spread(label, samples, "ms")


def _forget(store: Store, person: int) -> None:
    store.save(Session(User(f"bench:{person}")), (Forgotten(),), None, {})
