"""GitLab's code quality report: the fields that it reads, one entry a finding."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from residency.report.gitlab import render
from tests.residency.report.sample import empty_result, sample_result

# GitLab's documentation of the code quality report format, its table of fields.
FORM = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^RES[0-9]{3}$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"minimum": 1}}},
                },
            },
        },
    },
}


def entries() -> Any:
    """The sample, as GitLab reads it."""
    return json.loads(render(sample_result()))


@pytest.mark.usefixtures("run_folder")
def test_the_report_has_gitlabs_form() -> None:
    jsonschema.Draft202012Validator(FORM).validate(entries())  # pyright: ignore[reportUnknownMemberType]


def test_no_finding_is_an_empty_list() -> None:
    assert json.loads(render(empty_result())) == []


@pytest.mark.usefixtures("run_folder")
def test_a_finding_blocks_at_its_line_and_an_accepted_one_is_no_entry() -> None:
    found = {each["check_name"] + each["location"]["path"]: each for each in entries()}
    replica = found["RES101shop/__main__.py"]
    assert (replica["severity"], replica["location"]["lines"]) == ("blocker", {"begin": 12})
    assert "it names `copy`" in replica["description"]
    assert {each["severity"] for each in entries()} == {"blocker", "major"}
    assert not [each for each in entries() if "`old`" in each["description"]]


def test_every_fingerprint_is_its_own() -> None:
    """GitLab shows the first entry of a fingerprint only."""
    fingerprints = [each["fingerprint"] for each in entries()]
    assert len(fingerprints) == len(set(fingerprints)) == 9
