"""A short run of `make load`: letters are finished, and its table says what was seen."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.load.chats import DOCUMENT, TAP, TYPED, ZIP
from tests.load.figures import Line, Run, Seen, hundredth, lines
from tests.load.limiter import ALL_AT_ONCE, CHAT_AT_ONCE, Limiter
from tests.load.plan import CROWD, STEADY, Load, Setup
from tests.load.program import errors_of
from tests.load.running import ran
from tests.load.table import table

MANY = Load(STEADY, 60.0, thinking=2.0)


def run_of(load: Load, steps: list[Seen], **others: object) -> Run:
    """A run in which nothing else was seen."""
    nothing: dict[str, object] = {
        "seconds": load.seconds,
        "begun": 0,
        "zips": (),
        "letters": (),
        "calls": {},
        "refused": 0,
        "errors": Counter(),
        "memory": [(float(at), 100.0) for at in range(int(load.seconds))],
        "grown": 0,
        "busy": 0.0,
        "town_busy": 0.0,
        "town_late": (),
    }
    return Run(load=load, steps=steps, **{**nothing, **others})  # type: ignore[arg-type]


def found(run: Run) -> dict[str, Line]:
    """The lines of the table by their labels."""
    return {line.label.strip(): line for line in lines(run)}


def test_ten_people_finish_letters() -> None:
    """The same processes as in a long run; it ends with the second letter."""
    load = Load(CROWD, 120.0, people=10, thinking=0.2, many=0.0, enough=2)
    run = ran(Setup.read("sqlite"), load)
    # On a busy computer the library finds Telegram slow, and says so: that is not looked at here.
    errors = [one for one in run.errors if not one.startswith("log: telegram.")]
    assert not errors
    assert len(run.letters) >= 2
    assert {one.kind for one in run.steps if one.answered} == {TAP, TYPED, DOCUMENT}
    assert all(one.pressed <= one.handed <= one.answered for one in run.steps if one.answered)
    assert all(took["sendPhoto"] == 1 for _at, _way, took in run.letters)
    assert run.memory[0][1] > 10
    assert run.grown > 0
    assert found(run)["letters begun, finished"].value == f"{run.begun}, {len(run.letters)}"


def test_the_hundredths_are_of_all_even_of_what_was_not_answered() -> None:
    steps = [Seen(TAP, 1.0, 1.01, 1.05)] * 98 + [Seen(TAP, 10.0, 0.0, 0.0)] * 2
    table_ = found(run_of(MANY, steps))
    assert table_["a tap: p50 from update to answer"].value == "50 ms"
    high = table_["a tap: p99 from update to answer"]
    assert (high.value, high.bound, high.good) == ("50.0 s", "150 ms", False)
    assert table_["a tap: p50, p99 once the program has it"].value == "40 ms, 40 ms"
    assert table_["without an answer at the end, the oldest"].value == "2, 50.0 s"
    assert hundredth(range(1, 101), 99) == 99


@pytest.mark.parametrize(("slower", "good"), [(0.19, True), (0.21, False)])
def test_taps_beside_zips_are_compared_with_those_alone(slower: float, good: bool) -> None:  # noqa: FBT001 -- a case
    alone = [Seen(TAP, 15.0, 15.0, 15.1)] * 100
    beside = [Seen(TAP, 25.0, 25.0, 25.0 + slower)] * 100
    zips = [Seen(ZIP, 20.0, 20.0, 30.0)]
    line = found(run_of(MANY, [*alone, *beside], zips=zips))
    assert line["a tap: how much longer while they are"].good is good
    assert line["ZIPs of 144 letters asked for, sent"].value == "1, 1"


def test_too_few_taps_are_no_comparison() -> None:
    line = found(run_of(MANY, [Seen(TAP, 15.0, 15.0, 15.1)]))[
        "a tap: how much longer while they are"
    ]
    assert line.verdict == "MISSED"


def test_calls_are_those_between_a_letters_beginning_and_its_end() -> None:
    letters = [(1.0, "in one line", {"sendMessage": 9 + n}) for n in range(3)]
    letters.append((50.0, "step by step", {"sendMessage": 20, "sendPhoto": 1}))
    table_ = found(run_of(MANY, [], letters=letters, begun=4, grown=4000))
    line = table_["Bot API calls a letter begun in one line"]
    assert (line.value, line.bound, line.verdict) == ("10.0", "16", "within")
    line = table_["Bot API calls a letter begun step by step"]
    assert (line.value, line.verdict) == ("21.0", "MISSED")
    assert table_["calls a letter: sendPhoto"].value == "0.25"
    assert table_["letters a second, in the last third"].value == "0.05"
    assert table_["database bytes a letter begun"].value == "1,000"


@pytest.mark.parametrize(("last", "drift", "good"), [(109, "+9.0%", True), (88, "-12.0%", False)])
def test_memory_is_flat_or_not(last: float, drift: str, good: bool) -> None:  # noqa: FBT001 -- a case
    load = Load(CROWD, 180.0)
    memory = [(float(at), 50.0 if at < 60 else 100.0 if at < 160 else last) for at in range(180)]
    line = found(run_of(load, [], memory=memory))["drift over the last 120 s"]
    assert (line.value, line.good) == (drift, good)


def test_what_the_logs_say_is_counted_without_what_differs() -> None:
    log = (
        "2026-11-27 10:00:00,000 ERROR bot.desk: a mistake of ours, K7M2-QX4P: E in bot:12 x\n"
        "2026-11-27 10:00:01,000 ERROR bot.desk: a mistake of ours, B2M2-QX4P: E in bot:12 x\n"
        "2026-11-27 10:00:02,000 WARNING bot.desk: something\n"
    )
    assert errors_of(log) == {"log: bot.desk: a mistake of ours, …: E in bot:… x": 2}


def test_limits_hold_for_a_chat_and_over_all() -> None:
    limiter = Limiter()
    assert [limiter.wait(1, 1, 0.0) for _ in range(int(CHAT_AT_ONCE))] == [0] * int(CHAT_AT_ONCE)
    assert limiter.wait(1, 1, 0.0) == 1
    assert limiter.wait(1, 1, 1.0) == 0
    taken = sum(not limiter.wait(chat, 1, 1.0) for chat in range(2, 100))
    assert taken == ALL_AT_ONCE - 1


def test_set_ups_by_name() -> None:
    assert Setup.read("sqlite") == Setup("sqlite", 1, webhook=False)
    assert Setup.read("sqlite-webhook") == Setup("sqlite", 1, webhook=True)
    assert Setup.read("postgres-4") == Setup("postgres", 4, webhook=True)
    for wrong in ("sqlite-2", "oracle", "postgres-2-polling"):
        with pytest.raises(ValueError, match=wrong):
            Setup.read(wrong)


def test_set_ups_stand_side_by_side() -> None:
    one = [Line("errors", "0", "0", good=True), Line("  3 x something", "")]
    text = table("a load", {"sqlite": one, "postgres-2": "MISSED: it did not run: why"})
    assert text.splitlines()[2:] == [
        "| errors | 0 (within) |  |",
        "| did not run |  | MISSED |",
    ]
