"""The dashboard, the alerts and Prometheus' own settings, against the figures that there are."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.machine.figures import FIGURES, GAUGE, HISTOGRAM, READY, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RUNBOOK = DEPLOY / "RUNBOOK.md"
NAME = re.compile(r"\b((?:demarche|process|python)_\w+|up\b)(?:\{([^}]*)\})?")
MATCHER = re.compile(r'(\w+)(?:=~|!=|!~|=)"([^"]*)"')
BY = re.compile(r"\bby \(([^)]*)\)")
OF_SCRAPING = {"instance", "job"}


@cache
def known() -> dict[str, dict[str, tuple[str, ...]]]:
    """Every series that the page may hold, with its labels and their values."""
    found: dict[str, dict[str, tuple[str, ...]]] = {"up": {}}
    for one in FIGURES:
        ends = ("_bucket", "_sum", "_count") if one.kind == HISTOGRAM else ("",)
        found |= {one.name + end: dict(one.labels) for end in ends}
    with kept() as page:
        asked = {one.name for one in FIGURES if one.kind == GAUGE}
        others = {one.name for family in page.registry.collect() for one in family.samples}
    assert not asked & others, "gauges are there only where they are asked"
    return {name: {} for name in others} | found


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEPLOY / "grafana/demarche.json").read_text("utf-8"))
    return found


def alerts() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def expressions() -> Iterator[str]:
    for panel in dashboard()["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (rule["expr"] for rule in alerts())


def used(expression: str) -> set[str]:
    """The series of an expression; raises AssertionError for what is none, or has no such label."""
    names, labels = set(), OF_SCRAPING | {"le"}
    for name, matchers in NAME.findall(expression):
        assert name in known(), f"no figure is called {name}"
        names.add(name)
        labels |= set(known()[name])
        for label, value in MATCHER.findall(matchers):
            assert label in OF_SCRAPING or label in known()[name], f"{name} has no {label}"
            if label not in OF_SCRAPING:
                assert set(value.split("|")) <= set(known()[name][label]), f"{label} is no {value}"
    for by in BY.findall(expression):
        assert set(by.replace(" ", "").split(",")) <= labels, f"none has all of {by}"
    assert names, f"no figure in {expression}"
    return names


@pytest.mark.parametrize("expression", tuple(expressions()))
def test_every_figure_and_label_that_is_asked_for_is_there(expression: str) -> None:
    used(expression)
    assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize(
    "expression",
    [
        "rate(demarche_update_total[5m])",
        'demarche_waiting{kind="updates"}',
        'demarche_waiting{what="update"}',
        "sum by (kind) (demarche_waiting)",
        "demarche_saved_seconds",
        "1 > 0",
    ],
)
def test_what_is_not_there_would_be_found(expression: str) -> None:
    with pytest.raises(AssertionError):
        used(expression)


def test_every_figure_is_on_the_dashboard() -> None:
    panels = dashboard()["panels"]
    shown = {
        name for panel in panels for target in panel["targets"] for name in used(target["expr"])
    }
    for one in FIGURES:
        assert any(name.startswith(one.name) for name in shown), one.name


def test_the_dashboard_is_whole() -> None:
    board = dashboard()
    assert board["title"] == "Démarche"
    assert board["schemaVersion"] >= 36, "as Grafana 10 has them"
    source, instance = board["templating"]["list"]
    assert (source["name"], source["type"]) == ("datasource", "datasource")
    assert instance["definition"] == f"label_values({READY.name}, instance)"
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        assert panel["title"]
        assert panel["targets"], "a panel without a query"
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        for one in (panel, *panel["targets"]):
            assert one["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        place = panel["gridPos"]
        cells = {
            (place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])
        }
        assert not taken & cells, f"{panel['title']} stands on another"
        assert place["x"] + place["w"] <= 24
        taken |= cells


def test_five_alerts_say_what_is_wrong_and_what_to_do() -> None:
    rules = alerts()
    assert len({rule["alert"] for rule in rules}) == len(rules) == 5
    for rule in rules:
        assert set(rule["annotations"]) == {"summary", "description", "runbook"}
        assert rule["annotations"]["runbook"] == f"deploy/RUNBOOK.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in {"page", "ticket"}
    if RUNBOOK.exists():
        heads = re.findall(r"^#+ (\w+)$", RUNBOOK.read_text(encoding="utf-8"), re.MULTILINE)
        assert {rule["alert"] for rule in rules} <= set(heads)


def test_prometheus_asks_where_the_readme_has_the_figures() -> None:
    settings = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text("utf-8"))
    (job,) = settings["scrape_configs"]
    assert job["job_name"] == "demarche"
    ((target,),) = [one["targets"] for one in job["static_configs"]]
    for name in ("README.md", "FIGURES.md", "demarche.env.example"):
        assert target in (DEPLOY / name).read_text(encoding="utf-8")
    for rules in settings["rule_files"]:
        assert (DEPLOY / "prometheus" / rules).is_file()
    jobs = {value for text in map(str, alerts()) for value in re.findall(r'job="(\w+)"', text)}
    assert jobs == {job["job_name"]}
