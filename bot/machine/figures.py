"""Figures: how much is done, how long it takes and what waits, in the form that Prometheus reads.

Nothing is counted until `keep` is called, and the library that counts is loaded only then: who asks
for no figures pays next to nothing for them. Every figure stands in `FIGURES`, with all values that
its labels may have; one that is none of them counts as the last. So nothing that somebody typed,
and nobody's number, can ever stand in a figure.

They are one process's: what is counted in a process beside it is not seen here.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import product
from time import perf_counter
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

    Asked = Mapping[str, float]
    """A gauge's figures by its label's values; where it has no label, by the empty word."""

P = ParamSpec("P")
T = TypeVar("T")

COUNTER, HISTOGRAM, GAUGE = "counter", "histogram", "gauge"

WAYS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds of what people wait for; 0.15 and 1 are what a tap may take."""

WORK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds of a piece of work."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted or measured; `labels` with all their values, each a word of the program's."""

    name: str
    kind: str
    says: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    buckets: tuple[float, ...] = ()


KINDS = ("message", "tap", "file", "other")
METHODS = (
    *("getUpdates", "getMe", "getWebhookInfo", "setWebhook", "deleteWebhook", "getFile"),
    *("sendMessage", "editMessageText", "editMessageReplyMarkup", "editMessageMedia"),
    *("deleteMessage", "deleteMessages", "answerCallbackQuery", "sendChatAction"),
    *("sendPhoto", "sendDocument", "sendMediaGroup", "setMyCommands", "other"),
)

UPDATES = Figure(
    "demarche_updates_total",
    COUNTER,
    "Updates: taken; come again and changing nothing; failed; refused, as too many of one person's "
    "wait; passed over, as they are no person's in a private chat.",
    {"kind": KINDS, "outcome": ("taken", "again", "refused", "passed", "failed")},
)
SAVED = Figure(
    "demarche_saved_seconds",
    HISTOGRAM,
    "From an update's arrival until what it changed was on disk.",
    {"kind": KINDS},
    WAYS,
)
ANSWERED = Figure(
    "demarche_answered_seconds",
    HISTOGRAM,
    "From an update's arrival until its answer was delivered: a screen alone, or papers with it. "
    "Of what one person's flood has put aside on disk, from when it was taken up again.",
    {"kind": KINDS, "answer": ("screen", "papers")},
    WAYS,
)
LETTERS = Figure(
    "demarche_letters_total",
    COUNTER,
    "Letters finished: one by one, or among those to many States.",
    {"to": ("one", "many")},
)
DOCUMENTS = Figure(
    "demarche_documents_seconds",
    HISTOGRAM,
    "Documents made, and how long each took without waiting; preview is a letter to look at.",
    {"format": ("preview", "pdf", "docx", "png", "txt", "eml", "other")},
    WORK,
)
WAITING = Figure(
    "demarche_waiting",
    GAUGE,
    "What waits or is under way: updates in memory, updates put aside on disk, documents, errands "
    "(letters to many States, proposals), people to whom something could not be delivered.",
    {"what": ("updates", "disk", "documents", "errands", "owed")},
)
CALLS = Figure(
    "demarche_telegram_calls_total",
    COUNTER,
    "Calls of the Bot API, whatever came of them.",
    {"method": METHODS},
)
CALLED = Figure(
    "demarche_telegram_seconds",
    HISTOGRAM,
    "How long Telegram took for a call, but for those that wait for updates.",
    {},
    WAYS,
)
ERRORS = Figure(
    "demarche_telegram_errors_total",
    COUNTER,
    "Calls of the Bot API that failed; forbidden: a user has blocked the bot.",
    {"error": ("retry_after", "timed_out", "network", "forbidden", "bad_request", "other")},
)
DATABASE = Figure(
    "demarche_database_seconds",
    HISTOGRAM,
    "What the database takes: to open a session, to save a turn, for other reads and writes.",
    {"operation": ("open", "save", "read", "write")},
    WORK,
)
DATABASE_FAILURES = Figure(
    "demarche_database_failures_total", COUNTER, "Times that the database could not be used."
)
MISTAKES = Figure(
    "demarche_mistakes_total", COUNTER, "Mistakes of ours; each has its line in the log."
)
FACTS = Figure(
    "demarche_facts_age_days",
    GAUGE,
    "The age of the facts on the treaties: those on the oldest, those on the newest.",
    {"which": ("oldest", "newest")},
)
READY = Figure("demarche_ready", GAUGE, "1 where this process can take updates, 0 where not.")

FIGURES = (
    *(UPDATES, SAVED, ANSWERED, LETTERS, DOCUMENTS, WAITING, CALLS, CALLED, ERRORS),
    *(DATABASE, DATABASE_FAILURES, MISTAKES, FACTS, READY),
)


class Kept:
    """The figures of this process, and what the system and Python know of it."""

    def __init__(self) -> None:
        import prometheus_client as library  # noqa: PLC0415 -- only where figures are asked for

        library.disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry: CollectorRegistry = library.CollectorRegistry()
        library.ProcessCollector(registry=self.registry)
        library.PlatformCollector(registry=self.registry)
        self._children: dict[tuple[str, ...], Any] = {}
        self._asked: dict[str, tuple[Figure, Callable[[], Asked]]] = {}
        made = {COUNTER: library.Counter, HISTOGRAM: library.Histogram}
        for one in FIGURES:
            if one.kind == GAUGE:
                continue
            more = {"buckets": one.buckets} if one.buckets else {}
            metric = made[one.kind](
                one.name, one.says, tuple(one.labels), registry=self.registry, **more
            )
            for values in product(*one.labels.values()):
                child = metric.labels(*values) if values else metric
                self._children[one.name, *values] = child
        self.registry.register(self)

    def child(self, figure: Figure, values: tuple[str, ...]) -> Any:  # noqa: ANN401 -- a library's
        """What is counted up, or observes."""
        found = self._children.get((figure.name, *values))
        if found is None:
            pairs = zip(values, figure.labels.values(), strict=True)
            known = [one if one in among else among[-1] for one, among in pairs]
            found = self._children[figure.name, *known]
        return found

    def ask(self, figure: Figure, asked: Callable[[], Asked]) -> None:
        """What a gauge shows is asked when the figures are."""
        self._asked[figure.name] = figure, asked

    def collect(self) -> Iterator[Metric]:
        """The gauges; one that cannot be asked just now is left out."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 -- see above

        for figure, asked in self._asked.values():
            gauge = GaugeMetricFamily(figure.name, figure.says, labels=tuple(figure.labels))
            try:
                found = asked()
            except Exception:  # noqa: BLE001, S112 -- the others are shown all the same
                continue
            among = next(iter(figure.labels.values()), ("",))
            for value in among:
                if value in found:
                    gauge.add_metric([value] if value else [], found[value])
            yield gauge


_kept: Kept | None = None


def keep() -> Kept:
    """Count from here on, from nothing."""
    global _kept  # noqa: PLW0603 -- the figures are the process's, as its log is
    _kept = Kept()
    return _kept


@contextmanager
def kept() -> Iterator[Kept]:
    """Count for the length of the block."""
    global _kept  # noqa: PLW0603 -- as above
    try:
        yield keep()
    finally:
        _kept = None


def count(figure: Figure, *values: str) -> None:
    """One more."""
    if _kept:
        _kept.child(figure, values).inc()


def took(figure: Figure, seconds: float, *values: str) -> None:
    """It took so long."""
    if _kept:
        _kept.child(figure, values).observe(seconds)


def ask(figure: Figure, asked: Callable[[], Asked]) -> None:
    """Ask this, and nothing that was given before, for what the gauge shows."""
    if _kept:
        _kept.ask(figure, asked)


def page() -> tuple[bytes, str]:
    """All figures as text, and of what kind that text is."""
    from prometheus_client import exposition  # noqa: PLC0415 -- see `Kept`

    return exposition.generate_latest((_kept or keep()).registry), exposition.CONTENT_TYPE_LATEST


class _Within(threading.local):
    """Whether this thread is within a call that is measured."""

    is_so = False


_within = _Within()


def of_database(operation: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Measure a function of the store; of calls within one another the outermost alone."""

    def measured(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def called(*args: P.args, **named: P.kwargs) -> T:
            if _kept is None or _within.is_so:
                return function(*args, **named)
            _within.is_so, begun = True, perf_counter()
            try:
                return function(*args, **named)
            finally:
                _within.is_so = False
                took(DATABASE, perf_counter() - begun, operation)

        return called

    return measured
