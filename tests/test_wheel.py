"""The wheel carries all it needs: it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_works_by_itself(tmp_path: Path) -> None:
    # The build backend itself, of the Python that runs the tests: an installer might take another.
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", tmp_path], cwd=ROOT, check=True, capture_output=True)  # noqa: S603 -- our own command
    (wheel,) = tmp_path.glob("demarche-*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "deploy/"))]
    for needed in (
        "bot/_shipped/templates/page.typ",
        "bot/_shipped/locales/fr/LC_MESSAGES/chat.po",
        "bot/documents/fonts/NotoSerif-Regular.ttf",
        "bot/reference/data/treaties/OPSC/status.csv",
        "bot/campaigns/models/withdraw-a-reservation/letter.jinja",
        "bot/campaigns/models/invite-the-special-rapporteur/es.po",
        "bot/web/static/page.html",
    ):
        assert needed in names
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    program = (
        "import bot.commands.cli, bot.machine.resources, sys;"
        f"assert str(bot.machine.resources.TEMPLATES).startswith({str(installed)!r});"
        "sys.argv[1:] = ['letter', '--treaty', 'OPSC', '--state', 'KEN', '--language', 'fr',"
        " '--date', '2026-03-02', '--format', 'pdf'];"
        "bot.commands.cli.main()"
    )
    result = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout.startswith(b"%PDF")
