"""A program written as Terraform's plan for Checkov and read back: the same verdicts in the same places.

So the two directions of the tables of names hold each other.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from residency.checkov import plan
from residency.ingest import terraform
from residency.ingest.targets import OtherStacks, read
from residency.judge import code_of, judge
from residency.model import ResourceGraph
from tests.residency.samples import eea

EXAMPLES = Path(__file__).parents[3] / "examples"
PROGRAMS = sorted(each.parent.relative_to(EXAMPLES).as_posix() for each in EXAMPLES.glob("leaks/*/Pulumi.yaml"))


def keys(graph: ResourceGraph) -> Counter[tuple[str, str, str, str]]:
    """What does not rest on names: rule, kind, place and outcome."""
    return Counter(
        (each.rule, each.placement.kind.value, code_of(each.placement) or "?", each.outcome.value)
        for each in judge(graph, eea())
    )


@pytest.mark.parametrize(
    "name", [*PROGRAMS, "inside/backup-copy", "inside/cosmos-failover", "inside/disaster-recovery"]
)
def test_a_program_and_its_plan_are_judged_alike(name: str, tmp_path: Path) -> None:
    program = read(str(EXAMPLES / name), stack="dev", others=OtherStacks(), timeout=120)
    made = plan.of(program)
    assert made.unread == ()
    path = tmp_path / "plan.json"
    path.write_bytes(made.text)
    assert keys(terraform.read(str(path))) == keys(program)
