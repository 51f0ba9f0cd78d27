"""Several processes: the compose file with PostgreSQL, and what it says to each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from bot.commands.readiness import ROOM_BYTES
from bot.settings import Settings
from bot.telegram.hook import LONGEST
from tests.deploy.test_containers import DEPLOY, SCHEMA, image, text

if TYPE_CHECKING:
    from pathlib import Path

REPLICAS = ("bot-1", "bot-2")
SERVICES = (*REPLICAS, "postgres", "caddy")
MEBIBYTE = 1024**2


def parsed(name: str) -> Any:  # noqa: ANN401 - what YAML holds is known once the schema has seen it
    return yaml.safe_load(text(name))


@pytest.fixture
def compose() -> Any:  # noqa: ANN401 - as above
    return parsed("compose.postgres.yaml")


def test_the_compose_file_is_valid(compose: Any) -> None:  # noqa: ANN401
    jsonschema.validate(compose, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert tuple(compose["services"]) == SERVICES
    assert compose["name"] != parsed("compose.yaml")["name"], "two projects: `down` ends one alone"


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened(compose: Any, name: str) -> None:  # noqa: ANN401
    service, one = compose["services"][name], parsed("compose.yaml")["services"]["bot"]
    for key in ("init", "read_only", "cap_drop", "security_opt", "ulimits", "logging", "restart"):
        assert service[key] == one[key], key
    assert service["mem_limit"] == "512m"
    assert service["pids_limit"] <= 256
    assert all("noexec,nosuid,nodev" in entry for entry in service["tmpfs"])
    assert not {"privileged", "devices", "network_mode"} & set(service)
    assert ("cap_add" in service) == (name == "caddy")
    assert ("ports" in service) == (name == "caddy"), "nothing else is reached from outside"
    if name != "caddy":
        assert not service["user"].startswith("0")


def test_a_replica_runs_by_webhook_on_the_database_of_the_secret(
    compose: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    first, second = (compose["services"][name] for name in REPLICAS)
    assert first.pop("build") == parsed("compose.yaml")["services"]["bot"]["build"]
    assert second.pop("pull_policy") == "never"
    assert second.pop("depends_on") == {
        **first.pop("depends_on"),
        "bot-1": {"condition": "service_healthy"},
    }
    assert first == second
    assert first["user"] == image("USER")[0]
    assert first["command"] == ["run", "--webhook"]
    files = {"token": "a token", "database": "postgresql://demarche:secret@postgres/demarche\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
        assert compose["secrets"][name] == {"file": f"./{name}"}
    assert set(first["secrets"]) == set(files)
    (database,) = (rest for rest in image("ENV") if "DEMARCHE_DATABASE=" in rest)
    given = dict(one.split("=", 1) for one in database.split() if "=" in one)
    given |= {name: value for name, value in first["environment"].items() if value is not None}
    given["DEMARCHE_PUBLIC_URL"] = "https://letters.example.org"
    found = Settings.read(
        {name: value.replace("/run/secrets", str(tmp_path)) for name, value in given.items()}
    )
    assert (found.database_url, found.token) == (files["database"].strip(), "a token")
    assert found.listen == ("0.0.0.0", 8766)  # noqa: S104 - in a container's own network


def test_a_replica_takes_what_may_be_set_for_one_process(compose: Any) -> None:  # noqa: ANN401
    one, replica = (
        one["services"][name]["environment"]
        for one, name in ((parsed("compose.yaml"), "bot"), (compose, "bot-1"))
    )
    # Folders would have to be mounted; a webhook it has anyway.
    left_out = {"DEMARCHE_CAMPAIGNS", "DEMARCHE_TREATIES", "DEMARCHE_TRANSLATOR_KEY_FILE"}
    assert set(one) - left_out - {"DEMARCHE_WEBHOOK"} <= set(replica)
    assert "DEMARCHE_MESSAGES" in replica


def test_a_replica_has_the_room_and_the_time_that_it_needs(compose: Any) -> None:  # noqa: ANN401
    for name in REPLICAS:
        service = compose["services"][name]
        (temporary,) = service["tmpfs"]
        size = re.search(r"size=(\d+)m", temporary)
        assert size
        # Else /readyz says that the disk is full. Half of it may be files.
        assert int(size[1]) * MEBIBYTE > 2 * ROOM_BYTES
        assert int(service["stop_grace_period"].removesuffix("s")) > LONGEST
        assert "http://127.0.0.1:8766/readyz" in service["healthcheck"]["test"][-1]


def test_the_database_is_reached_by_the_replicas_alone(compose: Any) -> None:  # noqa: ANN401
    services = compose["services"]
    inside = {name for name in SERVICES if "database" in services[name]["networks"]}
    assert inside == {*REPLICAS, "postgres"}
    assert services["postgres"]["networks"] == ["database"]
    assert compose["networks"]["database"] == {"internal": True}
    assert services["caddy"]["networks"] == ["pages"]
    postgres = services["postgres"]
    assert re.fullmatch(r"postgres:1[5-9]", postgres["image"])
    (mount,) = postgres["volumes"]
    assert (mount["type"], mount["target"]) == ("volume", "/var/lib/postgresql/data")
    assert mount["source"] in compose["volumes"]
    assert "POSTGRES_PASSWORD" not in postgres["environment"]
    (secret,) = postgres["secrets"]
    assert postgres["environment"]["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{secret}"
    assert compose["secrets"][secret] == {"file": f"./{secret}"}
    assert "pg_isready" in postgres["healthcheck"]["test"]


def test_caddy_hands_on_to_every_replica(compose: Any) -> None:  # noqa: ANN401
    caddy = compose["services"]["caddy"]
    port = Settings(None).listen[1]
    assert caddy["environment"]["UPSTREAMS"] == " ".join(f"{name}:{port}" for name in REPLICAS)
    assert caddy["environment"]["SITE"].startswith("${DEMARCHE_PUBLIC_URL:?")
    config = text("caddy/Caddyfile")
    assert set(re.findall(r"\{\$(\w+)", config)) == {"UPSTREAMS", "SITE"}
    sources = [mount["source"] for mount in caddy["volumes"] if mount["type"] == "bind"]
    assert sources == ["./caddy/Caddyfile"]


def test_the_key_is_a_secret_of_every_replica() -> None:
    added = parsed("compose.postgres.key.yaml")
    own = {"environment": {"DEMARCHE_KEY_FILE": "/run/secrets/key"}, "secrets": ["key"]}
    assert added["services"] == dict.fromkeys(REPLICAS, own)
    assert added["secrets"] == {"key": {"file": "./key"}}


def test_litestream_copies_what_the_unit_writes_and_forgets_it_as_the_readme_says() -> None:
    example = parsed("litestream.yml")
    assert set(example) == {"snapshot", "dbs"}
    (database,) = example["dbs"]
    # It passes over what it does not know: a slip would go unseen.
    assert set(database) == {"path", "busy-timeout", "checkpoint-interval", "replica"}
    assert set(database["replica"]) == {"type", "bucket", "path", "region", "sync-interval"}
    assert database["path"] == "/var/lib/private/demarche/demarche.sqlite3"
    hours = [int(example["snapshot"][name][:-1]) for name in ("interval", "retention")]
    assert set(example["snapshot"]) == {"interval", "retention"}
    assert sum(hours) == 48
    assert "two days in the example" in (DEPLOY / "README.md").read_text(encoding="utf-8")
