"""Which file Checkov is given of a target."""

from __future__ import annotations

import os
from pathlib import Path

from residency.checkov import sources
from residency.ingest import targets
from residency.ingest.targets import OtherStacks, Template
from residency.model import ResourceGraph
from tests.residency.samples import BUCKET, graph_of, provider, resource

ROOT = Path(__file__).parents[3]
PLAN = ROOT / "tests" / "residency" / "ingest" / "terraform" / "fixtures" / "azurerm" / "plan.json"
STATE = PLAN.parents[1] / "disaster-recovery" / "state.json"
TEMPLATE = ROOT / "tests" / "checkov" / "fixtures" / "template" / "shop.yaml"


def read(path: Path, region: str | None = None) -> ResourceGraph:
    return targets.read(str(path), stack=None, others=OtherStacks(), timeout=0, template=Template(region=region))


def test_a_pulumi_target_is_written_as_a_plan() -> None:
    made = sources.of(graph_of(provider("eu", region="eu-west-1"), resource(BUCKET, "a", by="eu")))
    assert (made.framework, made.files) == ("terraform_plan", ())
    assert b"aws_s3_bucket" in made.text
    assert list(made.resources) == [("", "aws_s3_bucket.a")]


def test_a_plan_of_terraform_is_given_as_it_is() -> None:
    graph = read(PLAN)
    made = sources.of(graph)
    assert (made.framework, made.files, made.text) == ("terraform_plan", (os.path.realpath(PLAN),), b"")
    assert {name for _, name in made.resources} == set(graph.resources)
    assert made.unread == ()


def test_a_state_of_terraform_is_written_since_checkov_does_not_read_it() -> None:
    made = sources.of(read(STATE))
    assert made.files == ()
    assert b"planned_values" in made.text


def test_a_template_is_given_as_it_is() -> None:
    made = sources.of(read(TEMPLATE, "eu-west-1"))
    file = os.path.realpath(TEMPLATE)
    assert (made.framework, made.files) == ("cloudformation", (file,))
    assert set(made.resources) == {(file, name) for name in ("Uploads", "Sessions", "Accepted", "Key")}
