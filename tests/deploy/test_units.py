"""The systemd units, as systemd itself judges them."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
TEMPLATE = "demarche@.service"
UNITS = ("demarche.service", "demarche-backup.service", "demarche-backup.timer", TEMPLATE)
SERVICES = UNITS[:2]
# In tenths: what "systemd-analyze security" may find exposed, from 0 to 100.
BOUNDS = {"demarche.service": 15, "demarche-backup.service": 10, TEMPLATE: 15}
# What a replica on a server's database has no need of, or says otherwise.
OF_ONE = {
    *("LoadCredential", "Environment", "EnvironmentFile", "ExecStart", "RestartSec"),
    *("StateDirectory", "StateDirectoryMode", "WorkingDirectory", "TimeoutStopSec"),
}
# Programs of the units that are not on the machine where the tests run.
INSTALLED = re.compile(r"(?<==)(/opt/demarche|/usr/local)/bin/\S+")


@pytest.fixture
def analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("systemd-analyze must be there in CI: install the package systemd")
        pytest.skip("systemd-analyze is not installed")
    return found


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The units, with programs that exist."""
    for name in UNITS:
        text, changes = INSTALLED.subn("/bin/true", unit_text(name))
        assert (changes > 0) == (name in {*SERVICES, TEMPLATE})
        (tmp_path / one_of(name)).write_text(text, encoding="utf-8")
    return tmp_path


def one_of(name: str) -> str:
    """A unit of a template."""
    return name.replace("@.", "@8766.")


def unit_text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def settings(name: str) -> dict[str, dict[str, list[str]]]:
    """A unit's sections; each key with all of its values, for keys may come twice."""
    sections: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in unit_text(name).splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
            continue
        key, _, value = line.partition("=")
        section.setdefault(key, []).append(value)
    return sections


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - systemd's own tool, on the project's own files
        command, capture_output=True, check=False, cwd=cwd, text=True, timeout=60
    )


def test_systemd_finds_no_fault(analyze: str, copies: Path) -> None:
    done = run(analyze, "verify", "--man=no", *(f"./{one_of(name)}" for name in UNITS), cwd=copies)
    # Units of the machine may have faults of their own; ours may not.
    faults = [line for line in done.stderr.splitlines() if "demarche" in line]
    assert faults == []
    assert done.returncode == 0, done.stderr


def test_systemd_would_find_a_fault(analyze: str, copies: Path) -> None:
    unit = copies / "demarche.service"
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSytem=strict"))
    done = run(analyze, "verify", "--man=no", "./demarche.service", cwd=copies)
    assert "ProtectSytem" in done.stderr


@pytest.mark.parametrize("name", [*SERVICES, TEMPLATE])
def test_little_is_exposed(analyze: str, copies: Path, name: str) -> None:
    command = (analyze, "security", "--offline=true", "--no-pager")
    done = run(*command, f"--threshold={BOUNDS[name]}", f"./{one_of(name)}", cwd=copies)
    verdict = re.search(r"Overall exposure level for \S+: (\d+\.\d)", done.stdout)
    assert verdict is not None, done.stderr
    assert float(verdict[1]) * 10 <= BOUNDS[name]
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_hardened(name: str) -> None:
    service = settings(name)["Service"]
    expected = {
        "CapabilityBoundingSet": "",
        "DynamicUser": "yes",
        "LimitCORE": "0",
        "MemoryDenyWriteExecute": "yes",
        "NoNewPrivileges": "yes",
        "PrivateDevices": "yes",
        "PrivateTmp": "yes",
        "ProtectHome": "yes",
        "ProtectSystem": "strict",
        "StateDirectoryMode": "0700",
        "UMask": "0077",
        "User": "demarche",
    }
    assert {key: service[key] for key in expected} == {k: [v] for k, v in expected.items()}
    assert "@system-service" in service["SystemCallFilter"]
    assert "MemoryMax" in service


def test_the_bot_starts_and_comes_back() -> None:
    service = settings("demarche.service")["Service"]
    assert service["ExecStart"] == ["/opt/demarche/bin/demarche run"]
    # Before systemd 254 a command before this one would keep the token from the bot.
    assert not {"ExecStartPre", "ExecCondition"} & set(service)
    assert service["Restart"] == ["on-failure"]
    assert "RestartSec" in service
    assert service["StateDirectory"] == ["demarche"]
    assert service["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX"]
    # It says itself when it is ready and that it turns: see bot/machine/supervisor.py.
    assert (service["Type"], service["NotifyAccess"]) == (["notify"], ["main"])
    assert service["WatchdogSec"] == ["3min"]


def test_a_replica_is_hardened_as_the_one_bot_is() -> None:
    one, replica = (settings(name)["Service"] for name in ("demarche.service", TEMPLATE))
    assert {key: value for key, value in replica.items() if key not in OF_ONE} == {
        key: value for key, value in one.items() if key not in OF_ONE
    }
    assert "StateDirectory" not in replica, "nothing is kept on its disk"
    assert settings(TEMPLATE)["Unit"]["Conflicts"] == ["demarche.service"]


def test_a_replica_serves_at_the_port_that_it_is_named_by(tmp_path: Path) -> None:
    service = settings(TEMPLATE)["Service"]
    assert service["ExecStart"] == ["/opt/demarche/bin/demarche run --webhook"]
    assert service["LoadCredential"] == [
        "token:/etc/demarche/token",
        "database:/etc/demarche/database",
    ]
    (tmp_path / "token").write_text("a token")
    (tmp_path / "database").write_text("postgresql://demarche:secret@127.0.0.1/demarche\n")
    said = [
        one.replace("%i", "8766").replace("%d", str(tmp_path)) for one in service["Environment"]
    ]
    found = Settings.read(dict(one.split("=", 1) for one in said))
    assert found.database_url == "postgresql://demarche:secret@127.0.0.1/demarche"
    assert (found.token, found.listen) == ("a token", ("127.0.0.1", 8766))
    assert found.metrics == ("127.0.0.1", 18766)


def test_the_token_is_a_credential() -> None:
    service = settings("demarche.service")["Service"]
    (credential,) = service["LoadCredential"]
    name, path = credential.split(":")
    assert path.startswith("/etc/demarche/")
    assert f"DEMARCHE_TOKEN_FILE=%d/{name}" in service["Environment"]
    assert not [line for line in service["Environment"] if line.startswith("DEMARCHE_TOKEN=")]


def test_the_key_is_a_credential_where_it_is_wanted() -> None:
    added = settings("demarche-key.conf")
    assert added == {
        "Service": {
            "LoadCredential": ["key:/etc/demarche/key"],
            "Environment": ["DEMARCHE_KEY_FILE=%d/key"],
        }
    }
    assert "KEY_FILE" not in unit_text("demarche.service"), "a file that is missing stops the unit"


def test_systemd_finds_no_fault_with_the_key(analyze: str, copies: Path) -> None:
    units = ("demarche.service", one_of(TEMPLATE))
    for unit in units:
        folder = copies / f"{unit}.d"
        folder.mkdir()
        (folder / "key.conf").write_text(unit_text("demarche-key.conf"), encoding="utf-8")
    done = run(analyze, "verify", "--man=no", *(f"./{unit}" for unit in units), cwd=copies)
    assert [line for line in done.stderr.splitlines() if "demarche" in line] == []
    assert done.returncode == 0, done.stderr


def test_the_backup_copies_what_the_bot_writes() -> None:
    bot = settings("demarche.service")["Service"]
    service = settings("demarche-backup.service")["Service"]
    (start,) = service["ExecStart"]
    program, command, keep, copies, folder = start.split()
    assert (program, command, keep) == ("/opt/demarche/bin/demarche", "backup", "--keep")
    (database,) = service["Environment"]
    assert database in bot["Environment"]
    assert database.startswith(f"DEMARCHE_DATABASE=%S/{bot['StateDirectory'][0]}/")
    assert folder.removeprefix("%S/") in service["StateDirectory"][0].split()
    assert int(copies) == 14
    assert service["User"] == bot["User"]
    assert service["PrivateNetwork"] == ["yes"]
    assert service["RestrictAddressFamilies"] == ["none"]


def test_the_backup_has_its_timer() -> None:
    timer = configparser.ConfigParser(interpolation=None)
    timer.read_string(unit_text("demarche-backup.timer"))
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"
    # A timer without "Unit=" starts the service of its own name.
    assert "Unit" not in timer["Timer"]
    assert "Install" not in settings("demarche-backup.service")


def test_the_readme_installs_every_unit() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for name in UNITS:
        assert f"deploy/{name}" in readme
        assert f"/etc/systemd/system/{name}" in readme
