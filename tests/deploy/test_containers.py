"""The container, the compose file and the settings they name."""

import itertools
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

TOP = Path(__file__).resolve().parents[2]
DEPLOY = TOP / "deploy"
SETTING = re.compile(r"\bDEMARCHE_[A-Z_]*[A-Z]\b")
# A bot's token as Telegram makes them: a number, a colon, 35 characters.
TOKEN = re.compile(r"\b\d{8,10}:[\w-]{35}\b")

STRINGS = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
SIZE = {"type": "string", "pattern": "^[1-9][0-9]*[kmg]$"}
DURATION = {"type": "string", "pattern": "^[1-9][0-9]*(s|m|h)$"}
MOUNT = {
    "type": "object",
    "properties": {
        "type": {"enum": ["volume", "bind"]},
        "source": {"type": "string"},
        "target": {"type": "string", "pattern": "^/"},
        "read_only": {"type": "boolean"},
        "bind": {
            "type": "object",
            "properties": {"create_host_path": {"type": "boolean"}},
            "additionalProperties": False,
        },
    },
    "required": ["type", "source", "target"],
    "additionalProperties": False,
}
SERVICE = {
    "type": "object",
    "properties": {
        "image": {"type": "string"},
        "pull_policy": {"enum": ["always", "never", "missing", "build"]},
        "build": {
            "type": "object",
            "properties": {"context": {"type": "string"}, "dockerfile": {"type": "string"}},
            "required": ["context"],
            "additionalProperties": False,
        },
        "user": {"type": "string", "pattern": "^[0-9]+:[0-9]+$"},
        "init": {"type": "boolean"},
        "read_only": {"type": "boolean"},
        "cap_drop": STRINGS,
        "security_opt": STRINGS,
        "tmpfs": STRINGS,
        "mem_limit": SIZE,
        "pids_limit": {"type": "integer", "minimum": 1},
        "ulimits": {
            "type": "object",
            "properties": {"core": {"type": "integer", "minimum": 0}},
            "additionalProperties": False,
        },
        "cap_add": {"const": ["NET_BIND_SERVICE"]},
        "ports": STRINGS,
        "networks": STRINGS,
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"condition": {"enum": ["service_started", "service_healthy"]}},
                "required": ["condition"],
                "additionalProperties": False,
            },
        },
        "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
        "stop_grace_period": DURATION,
        "environment": {
            "type": "object",
            "patternProperties": {"^[A-Z_]+$": {"type": ["string", "null"]}},
            "additionalProperties": False,
        },
        "secrets": STRINGS,
        "volumes": {"type": "array", "items": MOUNT, "minItems": 1},
        "profiles": STRINGS,
        "network_mode": {"enum": ["none", "bridge", "host"]},
        "entrypoint": STRINGS,
        "command": STRINGS,
        "healthcheck": {
            "type": "object",
            "properties": {
                "disable": {"const": True},
                "test": STRINGS,
                "interval": DURATION,
                "timeout": DURATION,
                "start_period": DURATION,
                "retries": {"type": "integer", "minimum": 1},
            },
            "additionalProperties": False,
        },
        "logging": {
            "type": "object",
            "properties": {
                "driver": {"type": "string"},
                "options": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            "required": ["driver"],
            "additionalProperties": False,
        },
    },
    "required": ["image"],
    "additionalProperties": False,
}
# The parts of the Compose Specification that the file uses, and no others.
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "services": {"type": "object", "additionalProperties": SERVICE, "minProperties": 1},
        "volumes": {"type": "object", "additionalProperties": {"type": "object"}},
        "networks": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"internal": {"type": "boolean"}},
                "additionalProperties": False,
            },
        },
        "secrets": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"file": {"type": "string"}},
                "required": ["file"],
                "additionalProperties": False,
            },
        },
    },
    "patternProperties": {"^x-": {}},
    "required": ["services"],
    "additionalProperties": False,
}


# What an administrator puts into the folder; it is not the project's.
OWN = {"token", "key", "key.new", "database", "postgres-password", ".env"}


def shipped() -> list[Path]:
    """The project's own files in the folder."""
    return [path for path in sorted(DEPLOY.iterdir()) if path.is_file() and path.name not in OWN]


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


@pytest.fixture
def compose() -> Any:  # noqa: ANN401 - what YAML holds is known once the schema has seen it
    return yaml.safe_load(text("compose.yaml"))


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each on one line."""
    lines = [line for line in text("Containerfile").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    pairs = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [(name, " ".join(rest.split())) for name, rest in pairs]


def stages() -> dict[str, list[tuple[str, str]]]:
    """The instructions of each stage; the last is the image."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, rest in instructions():
        if name == "FROM":
            _, _, alias = rest.partition(" AS ")
            found[alias or "image"] = []
        found[next(reversed(found))].append((name, rest))
    return found


def image(instruction: str) -> list[str]:
    return [rest for name, rest in stages()["image"] if name == instruction]


def sources() -> list[str]:
    """What is copied from the project's folder."""
    copies = [rest.split() for name, rest in instructions() if name in {"COPY", "ADD"}]
    return [
        word
        for words in copies
        if not any(word.startswith("--from") for word in words)
        for word in words[:-1]
        if not word.startswith("--")
    ]


def test_the_containerfile_builds_in_stages_on_one_base() -> None:
    assert list(stages()) == ["base", "build", "image"]
    assert re.fullmatch(r"python:3\.1[2-9]-slim AS base", stages()["base"][0][1])
    assert stages()["build"][0][1] == "base AS build"
    assert image("FROM") == ["base"]


def test_the_image_is_made_from_the_lock() -> None:
    syncs = [rest for name, rest in stages()["build"] if name == "RUN" and "uv sync" in rest]
    assert len(syncs) == 2
    for sync in syncs:
        assert {"--frozen", "--no-dev", "--no-editable"} <= set(sync.split())
        assert "--extra postgres" in sync, "one image for both kinds of database"
    assert "COPY --from=build /opt/demarche /opt/demarche" in [
        f"COPY {rest}" for rest in image("COPY")
    ]


def test_the_tool_that_installs_is_pinned_by_its_digests_as_the_lock_has_it() -> None:
    lock = tomllib.loads((TOP / "uv.lock").read_text(encoding="utf-8"))
    (tool,) = (one for one in lock["package"] if one["name"] == "uv")
    pinned = text("uv.txt")
    assert f"\nuv=={tool['version']} \\\n" in pinned
    hashes = re.findall(r"--hash=(\S+)", pinned)
    assert hashes == [one["hash"] for one in tool["wheels"]]
    users = {
        "Containerfile": text("Containerfile"),
        "README": text("README.md"),
        "Makefile": (TOP / "Makefile").read_text(encoding="utf-8"),
    }
    for name, words in users.items():
        joined = re.sub(r"\\\n\s*", " ", words)
        (line,) = re.findall(r"pip install .*", joined)
        assert {"--require-hashes", "--only-binary"} <= set(line.split()), name
        assert re.search(r"-r (deploy/)?uv\.txt", line), name


def test_the_image_has_no_build_tools() -> None:
    for name, rest in stages()["image"]:
        assert not re.search(r"\b(apt|apt-get|uv|pip|gcc|curl|wget|git)\b", rest), (name, rest)


def test_the_image_runs_as_a_fixed_user_who_is_not_root() -> None:
    (user,) = image("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    names = [name for name, _ in stages()["image"]]
    assert "RUN" not in names[names.index("USER") :]
    uid, gid = user.split(":")
    (make,) = image("RUN")
    assert f"useradd --uid {uid} --gid {gid}" in make
    assert f"install -d -o {uid} -g {gid} -m 0700 /data" in make


def test_the_image_keeps_its_data_in_the_volume() -> None:
    assert image("VOLUME") == ['["/data"]']
    assert any("DEMARCHE_DATABASE=/data/demarche.sqlite3" in rest for rest in image("ENV"))


def test_the_image_starts_stops_and_looks_after_itself() -> None:
    assert image("STOPSIGNAL") == ["SIGTERM"]
    assert image("ENTRYPOINT") == ['["/opt/demarche/bin/demarche"]']
    assert image("CMD") == ['["run"]']
    (check,) = image("HEALTHCHECK")
    assert check.endswith('CMD ["/opt/demarche/bin/demarche", "doctor"]')
    assert "EXPOSE" not in [name for name, _ in instructions()]


def test_what_the_containerfile_copies_is_there() -> None:
    assert sources()
    for source in sources():
        assert (TOP / source).exists(), source


def test_the_build_sees_what_it_copies_and_nothing_else() -> None:
    lines = [
        line
        for line in text("Containerfile.dockerignore").splitlines()
        if line and not line.startswith("#")
    ]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == {
        source.removeprefix("./") for source in sources()
    }


def test_no_file_holds_a_secret() -> None:
    for path in shipped():
        assert not TOKEN.search(text(path.name)), path.name
    for name, rest in instructions():
        if name in {"ARG", "ENV", "COPY"}:
            assert "token" not in rest.lower()
    ignored = set(text(".gitignore").splitlines())
    assert {"/backups/", *(f"/{name}" for name in OWN)} <= ignored


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_compose_file_is_valid(compose: Any) -> None:  # noqa: ANN401
    jsonschema.validate(compose, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_the_schema_would_find_a_fault(compose: Any) -> None:  # noqa: ANN401
    compose["services"]["bot"]["readonly"] = compose["services"]["bot"].pop("read_only")
    with pytest.raises(jsonschema.ValidationError, match="readonly"):
        jsonschema.validate(compose, SCHEMA, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", ["bot", "backup"])
def test_a_compose_service_is_hardened(compose: Any, name: str) -> None:  # noqa: ANN401
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [entry.partition(":")[0] for entry in service["tmpfs"]] == ["/tmp"]  # noqa: S108
    assert service["user"] == image("USER")[0]
    assert service["mem_limit"] == "512m"
    assert service["pids_limit"] <= 256
    assert service["ulimits"] == {"core": 0}
    assert not {"ports", "expose", "privileged", "cap_add", "devices"} & set(service)
    assert "/var/run" not in str(service["volumes"])


def test_the_compose_bot_is_built_here_and_comes_back(compose: Any) -> None:  # noqa: ANN401
    bot = compose["services"]["bot"]
    assert bot["build"]["context"] == ".."
    assert (DEPLOY / ".." / bot["build"]["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    assert bot["restart"] == "unless-stopped"
    assert bot["healthcheck"]["test"] == ["CMD", "/opt/demarche/bin/demarche", "doctor"]
    (mount,) = bot["volumes"]
    assert (mount["type"], mount["target"]) == ("volume", "/data")
    assert mount["source"] in compose["volumes"]


def test_the_compose_token_is_a_secret_file(compose: Any) -> None:  # noqa: ANN401
    bot = compose["services"]["bot"]
    (secret,) = bot["secrets"]
    assert compose["secrets"][secret] == {"file": "./token"}
    assert bot["environment"]["DEMARCHE_TOKEN_FILE"] == f"/run/secrets/{secret}"
    assert "DEMARCHE_TOKEN" not in bot["environment"]


def test_the_compose_key_is_a_secret_file_as_the_token_is(compose: Any) -> None:  # noqa: ANN401
    added = yaml.safe_load(text("compose.key.yaml"))
    bot, backup = (added["services"].pop(one) for one in ("bot", "backup"))
    assert (added.pop("services"), added) == ({}, {"secrets": {"key": {"file": "./key"}}})
    assert backup == bot, "it brings copies back, too"
    assert bot == {"environment": {"DEMARCHE_KEY_FILE": "/run/secrets/key"}, "secrets": ["key"]}
    assert "key" not in compose["secrets"], "without it there is no key"


def test_the_compose_backup_copies_what_the_bot_writes(compose: Any) -> None:  # noqa: ANN401
    services = compose["services"]
    backup = services["backup"]
    command, keep, copies, folder = backup["command"]
    assert (command, keep, int(copies)) == ("backup", "--keep", 14)
    name = "DEMARCHE_DATABASE"
    assert backup["environment"] == {name: services["bot"]["environment"][name]}
    assert folder in [mount["target"] for mount in backup["volumes"]]
    assert "entrypoint" not in backup, "it is the program, so that it restores as well"
    assert backup["network_mode"] == "none"
    # Not to be fetched from elsewhere under the same name, and not to start by itself.
    assert backup["image"] == services["bot"]["image"]
    assert backup["pull_policy"] == "never"
    assert backup["profiles"]


def test_the_example_names_exactly_the_settings() -> None:
    lines = text("demarche.env.example").splitlines()
    named = [match[1] for line in lines if (match := re.match(r"#?(DEMARCHE_\w+)=", line))]
    assert len(named) == len(set(named))
    readme = re.findall(r"^\| `(DEMARCHE_\w+)` \|", text("README.md"), re.MULTILINE)
    assert sorted(readme) == sorted(named)
    users = (
        *("README.md", "compose.yaml", "compose.key.yaml", "Containerfile", "demarche.service"),
        "demarche-key.conf",
    )
    used = {setting for name in users for setting in SETTING.findall(text(name))}
    assert used == set(named)
    every = {setting for path in shipped() for setting in SETTING.findall(text(path.name))}
    assert every == used


def test_the_example_explains_each_setting_and_sets_no_secret() -> None:
    lines = text("demarche.env.example").splitlines()
    for before, line in itertools.pairwise(lines):
        if re.match(r"#?DEMARCHE_", line):
            assert before.startswith("# "), line
    assert [line for line in lines if line and not line.startswith("#")] == [
        "DEMARCHE_LOG_LEVEL=info"
    ]
    for line in lines:
        if line.startswith("#DEMARCHE_"):
            assert line.endswith("="), line
