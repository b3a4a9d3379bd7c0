"""SARIF: valid by the standard's own schema, within GitHub's limits, and all of a finding in it."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from residency.check import CheckResult
from residency.model import Evidence, Verdict
from residency.report import limits, sarif
from residency.rules import rules
from tests.residency.report.sample import empty_result, sample_result

SCHEMA = Path(__file__).with_name("fixtures") / "sarif-schema-2.1.0.json"
VALIDATOR: Any = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def run_of(result: CheckResult) -> Any:
    """The only run, after the schema was asked."""
    document = json.loads(sarif.render(result))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    return document["runs"][0]


def found(result: CheckResult) -> dict[str, Any]:
    """Each result by the short name of its resource."""
    return {
        each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].rpartition("::")[2]: each
        for each in run_of(result)["results"]
    }


def many(count: int) -> CheckResult:
    """A result with so many findings that nobody accepted."""
    sample = sample_result()
    one = sample.verdicts[0]
    verdicts = [msgspec.structs.replace(one, fingerprint=f"{number:032x}") for number in range(count)]
    return msgspec.structs.replace(sample, verdicts=tuple(verdicts), notes=())


def notes(result: CheckResult) -> list[str]:
    """What the run says beside its results."""
    return [each["message"]["text"] for each in run_of(result)["invocations"][0]["toolExecutionNotifications"]]


def test_a_report_without_a_finding_is_valid_and_lists_every_rule() -> None:
    """Who reads it sees that the rules ran."""
    run = run_of(empty_result())
    assert run["results"] == []
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == list(rules())


def test_the_schema_refuses_a_result_without_a_message() -> None:
    """The schema can fail."""
    document = json.loads(sarif.render(sample_result()))
    del document["runs"][0]["results"][0]["message"]
    assert not VALIDATOR.is_valid(document)


def test_every_rule_has_what_github_requires() -> None:
    """Its table of required properties; an empty text counts as none."""
    for rule in run_of(empty_result())["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"], rule["id"]
        assert rule["fullDescription"]["text"], rule["id"]
        assert rule["help"]["text"], rule["id"]
        assert not rule["fullDescription"]["text"].startswith("#"), rule["id"]


@pytest.mark.usefixtures("run_folder")
def test_a_finding_has_its_line_its_resource_its_rule_and_its_fingerprint() -> None:
    sample = sample_result()
    [verdict] = [each for each in sample.verdicts if each.rule == "RES101"]
    result = found(sample)["replication"]
    assert (result["ruleId"], result["level"]) == ("RES101", "error")
    assert list(rules())[result["ruleIndex"]] == "RES101"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/__main__.py"},
        "region": {"startLine": 12},
    }
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": verdict.fingerprint,
        "residency/v1": verdict.fingerprint,
    }
    for part in (verdict.what, verdict.why, verdict.fix):
        assert part in result["message"]["text"]


@pytest.mark.usefixtures("run_folder")
def test_the_other_lines_on_the_way_are_related_locations() -> None:
    """The bucket that the rule names, then the provider that puts it there; in the way's order."""
    related = found(sample_result())["replication"]["relatedLocations"]
    assert [
        (
            each["id"],
            each["physicalLocation"]["artifactLocation"]["uri"],
            each["physicalLocation"]["region"]["startLine"],
            each["logicalLocations"][0]["fullyQualifiedName"].rpartition("::")[2],
        )
        for each in related
    ] == [(1, "shop/data/stores.py", 7, "copy"), (2, "shop/__main__.py", 5, "us")]
    assert related[1]["message"]["text"] == "provider `us` has region `us-east-1`"


@pytest.mark.usefixtures("run_folder")
def test_a_state_without_positions_is_shown_at_its_first_line_and_relates_to_nothing() -> None:
    result = found(sample_result())["exported"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "exports/state.json"},
        "region": {"startLine": 1},
    }
    assert "relatedLocations" not in result


def test_an_accepted_finding_is_suppressed_and_only_a_note() -> None:
    """GitHub reads no suppressions: an error would fail its check."""
    result = found(sample_result())["old"]
    assert result["level"] == "note"
    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "exemption `RES001 for old` until 2026-12-31, owner platform",
        }
    ]


def test_undetermined_is_a_warning_and_inside_is_no_result() -> None:
    results = found(sample_result())
    assert results["later"]["level"] == "warning"
    assert "data" not in results


def test_two_doubts_of_one_target_keep_two_identities() -> None:
    """They have the same fingerprint, and a service shows one result a fingerprint."""
    results = [each for each in run_of(sample_result())["results"] if each["ruleId"] == "RES902"]
    first, second = (each["partialFingerprints"]["primaryLocationLineHash"] for each in results)
    assert second == f"{first}:2"


def test_a_run_has_no_more_results_than_github_takes() -> None:
    """The first are kept, which are the worst; the others are counted."""
    result = many(limits.SARIF_RESULTS + 3)
    document = json.loads(sarif.render(result))
    run = document["runs"][0]
    assert len(run["results"]) == limits.SARIF_RESULTS
    assert run["results"][-1]["partialFingerprints"]["residency/v1"] == f"{limits.SARIF_RESULTS - 1:032x}"
    told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[0] == "3 of 25003 findings are left out: code scanning does not take a larger file"
    assert told[1] == "code scanning shows the worst 5000 of 25000 findings"


def test_more_results_than_github_shows_are_said() -> None:
    assert notes(many(limits.SARIF_RESULTS_SHOWN)) == []
    [told] = notes(many(limits.SARIF_RESULTS_SHOWN + 1))
    assert told == "code scanning shows the worst 5000 of 5001 findings"


def test_the_packed_file_is_not_larger_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a smaller limit, so that the test is quick; the limit itself is asserted below."""
    monkeypatch.setattr(limits, "SARIF_BYTES", 30_000)
    plain = many(500)
    noise = [hashlib.sha512(str(number).encode()).hexdigest() for number in range(500)]
    verdicts = [msgspec.structs.replace(one, what=what) for one, what in zip(plain.verdicts, noise, strict=True)]
    text = sarif.render(msgspec.structs.replace(plain, verdicts=tuple(verdicts)))
    assert len(gzip.compress(text.encode(), mtime=0)) <= 30_000
    run = json.loads(text)["runs"][0]
    kept = len(run["results"])
    assert 0 < kept < 500
    [told] = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert told == f"{500 - kept} of 500 findings are left out: code scanning does not take a larger file"


def test_the_limits_are_githubs() -> None:
    """As read on the day that `limits` names; a change of one is a change of what is uploaded."""
    assert (limits.SARIF_RESULTS, limits.SARIF_RESULTS_SHOWN, limits.SARIF_RULES) == (25_000, 5_000, 25_000)
    assert (limits.SARIF_LOCATIONS, limits.SARIF_TAGS, limits.SARIF_BYTES) == (100, 10, 10_000_000)
    assert (limits.SARIF_NAME, limits.SARIF_DESCRIPTION) == (255, 1_024)


def test_the_rules_are_within_the_limits() -> None:
    listed = run_of(empty_result())["tool"]["driver"]["rules"]
    assert len(listed) <= limits.SARIF_RULES
    for rule in listed:
        assert len(rule["properties"]["tags"]) <= limits.SARIF_TAGS
        assert len(rule["name"]) <= limits.SARIF_NAME
        assert len(rule["shortDescription"]["text"]) <= limits.SARIF_DESCRIPTION
        assert len(rule["fullDescription"]["text"]) <= limits.SARIF_DESCRIPTION


def test_a_rule_with_too_long_words_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule's page may grow."""
    monkeypatch.setattr(limits, "SARIF_DESCRIPTION", 20)
    monkeypatch.setattr(limits, "SARIF_NAME", 8)
    monkeypatch.setattr(limits, "SARIF_TAGS", 1)
    rule = run_of(empty_result())["tool"]["driver"]["rules"][0]
    assert len(rule["fullDescription"]["text"]) == 20
    assert rule["name"] == "residen…"
    assert rule["properties"]["tags"] == ["data-residency"]


@pytest.mark.usefixtures("run_folder")
def test_a_result_has_no_more_locations_than_github_shows() -> None:
    """A way of two hundred steps, each with a line of its own."""
    sample = sample_result()
    [verdict] = [each for each in sample.verdicts if each.rule == "RES101"]
    copy = verdict.placement.resource
    cited = {
        (verdict.target, f"step{number}"): msgspec.structs.replace(
            copy, id=f"step{number}", where=msgspec.structs.replace(copy.where, line=1000 + number)
        )
        for number in range(200)
        if copy.where
    }
    evidence = tuple(Evidence(f"step {number}", f"step{number}") for number in range(200))
    long = with_evidence(verdict, evidence)
    [result] = run_of(msgspec.structs.replace(sample, verdicts=(long,), cited=cited))["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == limits.SARIF_LOCATIONS


def with_evidence(verdict: Verdict, evidence: tuple[Evidence, ...]) -> Verdict:
    """The verdict, reached by another way."""
    return msgspec.structs.replace(verdict, placement=msgspec.structs.replace(verdict.placement, evidence=evidence))
