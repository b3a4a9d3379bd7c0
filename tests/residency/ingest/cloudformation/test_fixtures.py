"""What the real CDK wrote, and the disaster-recovery example in each of the three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.check import CheckOptions, CheckResult, run_check
from residency.ingest.targets import Template
from residency.model import Outcome
from tests.residency.ingest.cloudformation.templates import EEA, IRELAND, blocking, judged

FIXTURES = Path(__file__).with_name("fixtures")
ROOT = Path(__file__).parents[4]
TWINS = FIXTURES / "disaster-recovery"


def names(found: CheckResult) -> set[tuple[str, str]]:
    return {(each.placement.resource.name, each.rule) for each in found.verdicts if each.blocks}


def test_every_leak_of_a_cdk_program_is_found_and_nothing_else_is_in_doubt() -> None:
    """Two Regions, a reference across them, a table with copies, a nested stack, a stack set, a database's backups."""
    found = judged(FIXTURES / "cdk" / "cdk.out")
    assert {each.outcome for each in found.verdicts if each.blocks} == {Outcome.OUTSIDE}
    assert names(found) == {
        ("Alarms04B5A0BF", "RES001"),
        ("Archive", "RES101"),
        ("CopiesA993ADEE", "RES001"),
        ("CustomCrossRegionExportWriterCustomResourceProviderHandlerD8786E8A", "RES001"),
        ("DatabaseB269D8BB.AutomaticBackupReplicationRegion[0]", "RES102"),
        ("Entries3C9817F4", "RES101"),
        ("OrdersA9B65338", "RES101"),
        ("Trail", "RES001"),
        ("Uploads4F6EB0FD", "RES101"),
    }
    assert found.notes == ()


def test_a_stack_set_is_in_each_of_its_regions_and_a_nested_stack_in_its_parents() -> None:
    """By their ids."""
    found = judged(FIXTURES / "cdk" / "cdk.out")
    ids = {each.placement.resource.id for each in found.verdicts}
    assert {each for each in ids if "Guard" in each} == {
        "cloudformation::Ireland::Guard@eu-west-1::Trail",
        "cloudformation::Ireland::Guard@us-east-1::Trail",
    }
    assert any(each.endswith("NestedStackResourceF69BD105::Entries3C9817F4") for each in ids)


def test_an_export_of_another_stack_leads_to_its_resource() -> None:
    """The logs of `Reports` go to the bucket that `Ireland` exports."""
    found = judged(FIXTURES / "cdk" / "cdk.out")
    (log,) = [each for each in found.verdicts if each.placement.resource.name == "Reports" and each.rule == "RES105"]
    assert log.outcome is Outcome.INSIDE
    assert "Uploads4F6EB0FD" in log.why


def twins(regions: dict[str, str]) -> CheckResult:
    paths = {name: str(TWINS / f"{name}.yaml") for name in regions}
    template = Template(regions={paths[name]: region for name, region in regions.items()})
    return run_check(CheckOptions(targets=tuple(paths.values()), perimeter=EEA, template=template))


@pytest.mark.parametrize(
    "other",
    ["tests/residency/ingest/terraform/fixtures/disaster-recovery/plan.json", "examples/leaks/disaster-recovery"],
)
def test_the_same_leak_gives_the_same_rules_and_outcomes_in_each_language(other: str) -> None:
    """Pulumi, Terraform and CloudFormation."""
    ours = twins({"ireland": IRELAND, "virginia": "us-east-1"})
    theirs = run_check(CheckOptions(targets=(str(ROOT / other),), perimeter=EEA))
    assert sorted(blocking(ours), key=str) == sorted(blocking(theirs), key=str)
    assert (ours.summary.placements, ours.summary.inside) == (theirs.summary.placements, theirs.summary.inside)
    assert ours.exit_code == theirs.exit_code == 1


def test_with_the_copy_inside_there_is_no_leak_and_without_the_other_template_it_cannot_be_told() -> None:
    """The twin inside; and a name that no template beside it explains."""
    assert blocking(twins({"ireland": IRELAND, "virginia": "eu-central-1"})) == []
    assert blocking(twins({"ireland": IRELAND})) == [(Outcome.UNDETERMINED, "RES101", "")]
