"""Which Pythons of a machine the whole suite is run on: `.ci/pythons`."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / ".ci/pythons"
OURS = f"{platform.python_version()} {sys.executable}"


def found(home: Path, **commands: str) -> tuple[list[str], str]:
    """What is found where nothing is on the PATH but such commands; and what is said beside it."""
    folder = home / "bin"
    folder.mkdir()
    for tool in ("cut", "sed", "seq", "sort", "uniq"):
        (folder / tool).symlink_to(str(shutil.which(tool)))
    for name, body in commands.items():
        command = folder / name.replace("_", ".")
        command.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        command.chmod(0o755)
    result = subprocess.run(  # noqa: S603 -- our own script
        ["/bin/sh", SCRIPT],
        env={"PATH": str(folder), "HOME": str(home)},
        capture_output=True,
        check=True,
        text=True,
    )
    return result.stdout.splitlines(), result.stderr


def test_the_only_python_is_named_once(tmp_path: Path) -> None:
    ours = f'exec "{sys.executable}" "$@"'
    assert found(tmp_path, python3=ours, python3_11="exit 0") == ([OURS], "")


def test_the_oldest_and_the_newest_are_named_also_of_pyenv(tmp_path: Path) -> None:
    kept = tmp_path / ".pyenv/versions/3.20.1/bin"
    kept.mkdir(parents=True)
    (kept / "python3").write_text("#!/bin/sh\necho 20 3.20.1 /there\n", encoding="utf-8")
    (kept / "python3").chmod(0o755)
    lines, said = found(
        tmp_path, python3=f'exec "{sys.executable}" "$@"', python3_19="echo 19 3.19.0 /here"
    )
    assert (lines, said) == ([OURS, "3.20.1 /there"], "")


def test_a_shim_that_refuses_and_a_python_without_a_library_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sqlite3.py").write_text("raise ImportError", encoding="utf-8")
    lame = f'PYTHONPATH={tmp_path} exec "{sys.executable}" "$@"'
    lines, said = found(
        tmp_path, python3=f'exec "{sys.executable}" "$@"', python3_12="exit 127", python3_20=lame
    )
    assert lines == [OURS]
    assert [line.split(" (")[0] for line in said.splitlines()] == [
        "passed over: python3.12",
        "passed over: python3.20",
    ]
