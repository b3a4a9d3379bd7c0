"""The JSON report keeps to its published schema, and shows every verdict."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from residency.report.json import SCHEMA, render
from tests.residency.samples import sample_result

VALIDATOR: Any = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def report() -> Any:
    """The sample result, as a reader of the JSON gets it."""
    return json.loads(render(sample_result()))


def test_the_report_keeps_to_its_schema() -> None:
    """No error in a report that has every kind of verdict."""
    assert [error.message for error in VALIDATOR.iter_errors(report())] == []


def test_the_schema_refuses_a_report_without_a_rule() -> None:
    """The schema can fail."""
    broken = report()
    del broken["verdicts"][0]["rule"]
    assert not VALIDATOR.is_valid(broken)


def test_inside_verdicts_are_in_the_report() -> None:
    """An auditor sees what was judged inside, not only what was found."""
    inside = [each for each in report()["verdicts"] if each["outcome"] == "inside"]
    assert [each["resource"].rpartition("::")[2] for each in inside] == ["data"]


def test_the_worst_comes_first_and_the_accepted_last() -> None:
    """Outside, undetermined, inside, then what somebody accepted."""
    order = [(each["outcome"], bool(each["exempt"])) for each in report()["verdicts"]]
    assert order == [
        ("outside", False),
        ("outside", False),
        ("undetermined", False),
        ("inside", False),
        ("outside", True),
    ]


def test_the_summary_counts_each_verdict_once() -> None:
    """The four outcomes add up to the placements."""
    summary = report()["summary"]
    assert summary == {"resources": 5, "placements": 5, "inside": 1, "outside": 2, "undetermined": 1, "exempt": 1}


def test_an_inherited_residence_has_no_property_and_a_copy_has_its_path() -> None:
    """Null means that the place is not the resource's own."""
    by_rule = {(each["rule"], each["resource"].rpartition("::")[2]): each for each in report()["verdicts"]}
    assert by_rule["RES001", "copy"]["property"] is None
    assert by_rule["RES101", "replication"]["property"] == "rules[0].destination.bucket"
    assert by_rule["RES101", "replication"]["location"] == "us-east-1"
    assert by_rule["RES101", "replication"]["countries"] == ["US"]


def test_the_report_is_the_same_each_time() -> None:
    """No clock, no random ids."""
    assert render(sample_result()) == render(sample_result())
