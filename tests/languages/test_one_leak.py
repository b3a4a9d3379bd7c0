"""One leaking stack, written in Pulumi, Terraform and CloudFormation: the same verdicts, through every gate there is.

A language has its own names and its own cut: the rule of a replication is a resource of its own in Pulumi and in
Terraform, and a part of its bucket in CloudFormation. So a verdict is known here by its rule, kind, place and outcome;
within a language, by the fingerprint as well.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from residency.check import CheckOptions, run_check
from residency.ingest.targets import Template
from residency.judge import code_of
from residency.model import Outcome, Verdict
from tests.checkov.environment import ROOT, Checkov
from tests.checkov.test_verdicts import records, run
from tests.engine.harness import Engine, Pack
from tests.residency.samples import eea

PULUMI = ROOT / "examples" / "leaks" / "disaster-recovery"
FIXTURES = ROOT / "tests" / "residency" / "ingest"
TERRAFORM = FIXTURES / "terraform" / "fixtures" / "disaster-recovery"
CLOUDFORMATION = FIXTURES / "cloudformation" / "fixtures" / "disaster-recovery"
REGIONS = {"ireland.yaml": "eu-west-1", "virginia.yaml": "us-east-1"}

Key = tuple[str, str, str, str]
LEAK: Counter[Key] = Counter(
    {
        ("RES001", "residence", "us-east-1", "outside"): 1,
        ("RES101", "replica", "us-east-1", "outside"): 1,
        ("RES001", "residence", "eu-west-1", "inside"): 3,
        ("RES109", "key", "eu-west-1", "inside"): 1,
    }
)
FAILED = {("RES001", "outside"), ("RES101", "outside")}


def checked(*targets: Path, template: Template | None = None) -> Sequence[Verdict]:
    """The verdicts of `residency check`."""
    named = tuple(str(target) for target in targets)
    return run_check(CheckOptions(targets=named, perimeter=eea(), template=template)).verdicts


def keys(found: Iterable[Verdict]) -> Counter[Key]:
    """What is the same in every language."""
    return Counter(
        (each.rule, each.placement.kind.value, code_of(each.placement) or "?", each.outcome.value) for each in found
    )


def templates() -> Sequence[Verdict]:
    """The two stacks of CloudFormation, each in its Region."""
    files = [CLOUDFORMATION / name for name in REGIONS]
    regions = {str(CLOUDFORMATION / name): region for name, region in REGIONS.items()}
    return checked(*files, template=Template(regions=regions))


def test_the_check_says_the_same_of_a_program_a_plan_and_templates() -> None:
    assert keys(checked(PULUMI)) == LEAK
    assert keys(checked(TERRAFORM / "plan.json")) == LEAK
    assert keys(templates()) == LEAK


@pytest.mark.parametrize("name", ["plan-opentofu.json", "state.json"])
def test_a_plan_of_opentofu_and_the_state_after_it_say_the_same(name: str) -> None:
    """With the same fingerprints as Terraform's plan, but for what only a plan can tell of an unknown destination."""
    found = checked(TERRAFORM / name)
    assert keys(found) == LEAK
    plan = {each.fingerprint for each in checked(TERRAFORM / "plan.json") if each.placement.property is None}
    assert plan <= {each.fingerprint for each in found}


def test_the_pack_blocks_the_same_in_the_engine(engine: Engine) -> None:
    """In the preview: each finding on its resource, with the words of the check."""
    ran = engine.project(PULUMI, "dev", packs=[Pack(ROOT / "policy_packs" / "europe")]).preview()
    expected = [each for each in checked(PULUMI) if each.outcome is Outcome.OUTSIDE]
    assert {(each.rule, "outside") for each in expected} == FAILED
    assert not ran.succeeded
    assert sorted((each.urn, each.message.splitlines()[1]) for each in ran.violations) == sorted(
        (each.placement.resource.id, f"error[{each.rule}]: {each.what}") for each in expected
    )


def test_checkov_fails_the_same_on_a_plan(checkov: Checkov, tmp_path: Path) -> None:
    """With the fingerprints of the check, in Checkov's own report."""
    shutil.copy(TERRAFORM / "plan.json", tmp_path / "plan.json")
    found = records(run(checkov, tmp_path, "--framework", "terraform_plan", "--check", "RES*"))
    failed = {(record["check_id"], record["resource"]) for _, said, record in found if said == "failed"}
    verdicts = checked(TERRAFORM / "plan.json")
    assert failed == {(each.rule, each.placement.resource.id) for each in verdicts if each.outcome is Outcome.OUTSIDE}
    assert {rule for rule, _ in failed} == {rule for rule, _ in FAILED}


@pytest.mark.parametrize(("name", "failing"), [("virginia.yaml", {"RES001"}), ("ireland.yaml", {"RES101"})])
def test_checkov_fails_the_same_on_templates(name: str, failing: set[str], checkov: Checkov, tmp_path: Path) -> None:
    """Each stack alone, in its Region: a destination that the other declares is not proven inside."""
    shutil.copy(CLOUDFORMATION / name, tmp_path / name)
    options = ("--framework", "cloudformation", "--check", "RES*")
    found = records(run(checkov, tmp_path, *options, RESIDENCY_REGION=REGIONS[name]))
    assert {record["check_id"] for _, said, record in found if said == "failed"} == failing
