"""Types from which no data can go anywhere are read in brief: by what they are and are called alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.check import CheckOptions, run_check
from residency.ingest import terraform
from residency.judge import judge
from residency.perimeter import load
from tests.residency.ingest.terraform.plans import EEA, block, change, constant, graph, plan
from tests.residency.samples import ON

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONING = "aws_s3_bucket_versioning.v"
ROW = """
[sources.own]
title = "Our own reading"
url = "https://intranet.example/versioning"
checked = 2026-11-26

[[resource]]
type = "aws:s3/bucketVersioning:BucketVersioning"
source = "own"

  [[resource.placement]]
  kind = "replica"
  path = "versioningConfiguration.status"
  value = "region"
  source = "own"
"""


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.json")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_verdicts_are_those_of_a_whole_reading(path: Path) -> None:
    whole, brief = terraform.read(str(path)), terraform.read(str(path), own_types=frozenset())
    assert set(whole.resources) == set(brief.resources)
    assert [each.fingerprint for each in judge(brief, EEA)] == [each.fingerprint for each in judge(whole, EEA)]


def document() -> dict[str, object]:
    """A plan with one type from which, by the catalogue, no data can go anywhere."""
    values = {"bucket": "uploads", "versioning_configuration": [{"status": "us-east-1"}], "region": "eu-west-1"}
    written = {"bucket": constant("uploads"), "versioning_configuration": [{"status": constant("us-east-1")}]}
    return plan([change(VERSIONING, values)], [block(VERSIONING, written)])


def test_only_what_names_such_a_type_is_read(tmp_path: Path) -> None:
    graph(document(), tmp_path)
    read = terraform.read(str(tmp_path / "plan.json"), own_types=frozenset()).resources[VERSIONING]
    assert (read.inputs, read.outputs) == ({}, {"bucket": "uploads", "region": "eu-west-1"})


def test_a_type_that_a_row_of_the_project_judges_is_read_whole(tmp_path: Path) -> None:
    """Its row may read what the catalogue does not."""
    graph(document(), tmp_path)
    (tmp_path / "rows.toml").write_text(ROW)
    (tmp_path / "residency.toml").write_text(
        '[perimeter]\nname = "acme"\ncountries = ["IE"]\n\n[catalogue]\nrows = ["rows.toml"]\n'
    )
    perimeter = load(str(tmp_path / "residency.toml"), ON)
    found = run_check(CheckOptions(targets=(str(tmp_path / "plan.json"),), perimeter=perimeter)).verdicts
    assert ("RES101", ("US",)) in {(each.rule, each.countries) for each in found}
