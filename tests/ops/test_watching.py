"""Alerts and dashboard speak of series that there are, and each promise is watched over."""

import json
import re
from pathlib import Path

import pytest
import yaml

from backend import metrics
from backend.metrics import standing

ROOT = Path(__file__).parent.parent.parent
GROUPS = yaml.safe_load((ROOT / "ops/alerts.yml").read_text("utf-8"))["groups"]
RULES = {rule["alert"]: rule for group in GROUPS for rule in group["rules"]}
PANELS = [
    panel
    for panel in json.loads((ROOT / "ops/grafana.json").read_text("utf-8"))["panels"]
    if panel["type"] != "row"
]
ASKED = [
    *((name, rule["expr"]) for name, rule in RULES.items()),
    *((panel["title"], each["expr"]) for panel in PANELS for each in panel["targets"]),
]
SUFFIXES = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
}
FAMILIES = {
    family.name + suffix: family
    for family in metrics.registry.collect()
    for suffix in SUFFIXES[family.type]
}
SERIES = re.compile(r'(repline_\w+)(?:\{(\w+)(?:=|=~)"([^"]*)"\})?')


@pytest.mark.parametrize(("name", "expression"), ASKED, ids=[name for name, _ in ASKED])
def test_what_is_asked_for_is_measured(name, expression):
    asked = SERIES.findall(expression)
    assert asked or name == "ReplineDown"
    for series, label, values in asked:
        assert series in FAMILIES, f"{series} is not measured"
        if label and FAMILIES[series].name != standing.jobs_done._name:
            known = {sample.labels.get(label) for sample in FAMILIES[series].samples}
            assert set(values.split("|")) <= known


def test_each_promise_is_watched_over():
    assert {int(rule["labels"]["promise"]) for rule in RULES.values()} == set(range(1, 14))


def test_each_round_that_is_late_is_told():
    told = [
        round
        for rule in RULES.values()
        for series, _, rounds in SERIES.findall(rule["expr"])
        if series == "repline_round_last_done_timestamp_seconds"
        for round in rounds.split("|")
    ]
    assert sorted(told) == sorted(standing.ROUNDS)


def test_whatever_is_measured_can_be_seen():
    drawn = {series for _, expression in ASKED for series, *_ in SERIES.findall(expression)}
    unseen = {
        family.name
        for family in metrics.registry.collect()
        if not any(family.name + suffix in drawn for suffix in SUFFIXES[family.type])
    }
    assert unseen == set()


@pytest.mark.parametrize("name", RULES)
def test_an_alert_says_what_it_means_and_what_to_do(name):
    rule = RULES[name]
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert set(rule["annotations"]) == {"summary", "description"}
    assert rule["labels"]["severity"] in ("page", "ticket")
    handbook = (ROOT / "docs/operations.md").read_text("utf-8")
    assert f"`{name}`" in handbook, "docs/operations.md has a line for each alert"


def test_no_two_panels_lie_on_each_other():
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in PANELS]
    assert len(set(places)) == len(places)
