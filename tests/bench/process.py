"""Measures 4 and 5: a real `demarche run` as a process, its memory and its start."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.model import Kind, Language
from bot.reference.loader import load
from tests.bench.figures import say, single, spread
from tests.botapi import BotApi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.figures import Plan
    from tests.botapi import Call, User

RESIDENT_MIB = 120
START_S = 1.0
PATIENCE = 60
MILESTONES = (1, 5, 10, 20)
WORDS = {
    Language.EN: ("English", "Done", "Geneva", "Share", "All"),
    Language.FR: ("Français", "Terminé", "Genève", "Partager", "Tous"),
    Language.ES: ("Español", "Listo", "Ginebra", "Compartir", "Todos"),
}
FILES = 4


@contextlib.contextmanager
def running(
    api: BotApi, folder: Path, *options: str
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """`demarche run` against the double, and the moment it was started; stopped at the end."""
    program = [str(Path(sys.executable).with_name("demarche")), "run"]
    if options:
        program = [sys.executable, *options, "-m", "bot.commands.cli", "run"]
    environment = {
        **os.environ,
        "DEMARCHE_API_URL": api.base_url.removesuffix("/bot"),
        "DEMARCHE_TOKEN": api.token,
        "DEMARCHE_DATABASE": str(folder / "db"),
        "NO_PROXY": "127.0.0.1",
    }
    with (folder / "stderr").open("wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 -- the program itself
            program, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        try:
            yield process, start
        except TimeoutError:
            say((folder / "stderr").read_text(encoding="utf-8", errors="replace"))
            raise
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def memory(plan: Plan) -> None:
    """Measure 4."""
    say("4  Resident memory of `demarche run` (VmRSS); the Bot API double runs in this process")
    letters = plan.rounds(20, 5)
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as name,
        BotApi.serve() as api,
        running(api, Path(name)) as (process, _),
    ):
        api.wait(lambda: api.drained and _menus_are_set(api.calls), PATIENCE)
        time.sleep(1)
        single("after start", resident(process.pid), "MiB", RESIDENT_MIB)
        today = datetime.now(tz=UTC).date()
        states = [
            state for state, _ in load().not_party("OPSC", today) if state.kind is Kind.MEMBER
        ]
        took = []
        for number in range(1, letters + 1):
            language = list(WORDS)[number % len(WORDS)]
            user = api.user(number, language_code=language.value)
            start = time.perf_counter()
            whole_letter(api, user, language, states[number % len(states)].short(language))
            took.append(time.perf_counter() - start)
            if number in MILESTONES or number == letters:
                api.wait(lambda: api.drained, PATIENCE)
                label = f"after {number} letter{'s' * (number > 1)} with files"
                single(label, resident(process.pid), "MiB", RESIDENT_MIB)
        for child in children(process.pid):
            single("a process beside it (Pss)", resident(child, "Pss", "smaps_rollup"), "MiB")
        single("its peak (VmHWM)", resident(process.pid, "VmHWM"), "MiB")
        spread("a whole letter with files, 9 or 10 steps", took, "s")
        if api.refusals:
            say(f"  refusals of the double: {api.refusals}")
        if plan.verbose:
            _mappings(process.pid)


def start(plan: Plan) -> None:
    """Measure 5."""
    say("5  From spawning `demarche run` to its first getUpdates")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name:
        folder = Path(name)
        single("with a new database (1 start)", _started(folder), "s")
        samples = [_started(folder) for _ in range(plan.rounds(5, 3))]
        spread("with its database", samples, "s", START_S)
        if plan.verbose:
            _started(folder, "-X", "importtime")
            _imports((folder / "stderr").read_text(encoding="utf-8"))


def children(pid: int) -> list[int]:
    """Its processes, and theirs: the server that workers are forked from, and the workers."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    threads = Path(f"/proc/{pid}/task").iterdir() if listed.exists() else ()
    own = [int(one) for each in threads for one in (each / "children").read_text().split()]
    return own + [one for each in own for one in children(each)]


def resident(pid: int, field: str = "VmRSS", file: str = "status") -> float:
    """A process's memory in MiB."""
    status = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii")
    found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else float("nan")


def whole_letter(api: BotApi, user: User, language: Language, state: str) -> None:
    """One letter from /new to its four files, step by step."""
    name, done, city, share, everything = WORDS[language]
    co_signers = (
        f"A. Example {user.id}, Example Organisation\nB. Example, Chair, Second Organisation"
    )
    step(api, user.send, "/new")
    step(api, user.tap, "OPSC")
    step(api, user.send, state)
    if not any(one.startswith(name) for one in user.labels()):  # others have names like it
        step(api, user.tap, state)
    step(api, user.tap, name)
    step(api, user.send, co_signers)
    step(api, user.tap, done)
    step(api, user.tap, city)
    step(api, user.tap, city)
    step(api, user.tap, share)
    step(api, user.tap, everything)
    if len(user.documents()) != FILES or not user.photos():
        raise RuntimeError(user.texts)


def step(api: BotApi, do: Callable[[str], object], what: str) -> None:
    """Do one thing and wait until the bot has answered with a card."""
    before = len(api.calls)
    do(what)
    api.wait(lambda: _is_answer(api.calls[before:]), PATIENCE)


def _is_answer(calls: list[Call]) -> bool:
    """A card; or files, under which the card that was tapped stays."""
    done = {call.method for call in calls if call.ok}
    files = bool(done & {"sendDocument", "sendMediaGroup"}) and "answerCallbackQuery" in done
    return files or any(map(_is_card, calls))


def _is_card(call: Call) -> bool:
    shows = call.method in {"sendMessage", "editMessageText"}
    return shows and call.ok and "reply_markup" in call.parameters


def _menus_are_set(calls: list[Call]) -> bool:
    return any(call.method == "setMyCommands" and call.ok for call in calls)


def _started(folder: Path, *options: str) -> float:
    with BotApi.serve() as api, running(api, folder, *options) as (_, began):
        api.wait(lambda: bool(api.called("getUpdates")), PATIENCE)
        return time.perf_counter() - began


def _mappings(pid: int) -> None:
    """Where the resident memory is, by mapped file."""
    sizes: Counter[str] = Counter()
    name = ""
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        head = re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$", line)
        if head:
            name = Path(head[1]).name or "anonymous"
        elif line.startswith("Rss:"):
            sizes[name] += int(line.split()[1])
    for name, size in sizes.most_common(12):
        say(f"    {size / 1024:7.1f} MiB  {name}")


def _imports(text: str) -> None:
    """What the imports of a start cost, as `-X importtime` tells."""
    found = re.findall(r"^import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)$", text, re.MULTILINE)
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for self_us, cumulative, _, module in found:
        own[module.partition(".")[0]] += int(self_us)
        whole[module] = int(cumulative)
    say(f"  imports: {sum(own.values()) / 1000:.0f} ms in {len(found)} modules (as traced)")
    say("    by package, own time (ms)          by module, with what it imports (ms)")
    for (package, mine), (module, all_of_it) in zip(
        own.most_common(20), whole.most_common(20), strict=False
    ):
        say(f"    {mine / 1000:7.1f}  {package:<25} {all_of_it / 1000:7.1f}  {module}")
