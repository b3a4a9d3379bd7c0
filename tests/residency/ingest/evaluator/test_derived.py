"""A name made out of a resource's name is not that resource; a path within it, or an address of it, is."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.ingest import targets
from residency.model import ResourceGraph, Unknown
from residency.placements.paths import leaves

PROGRAM = """
import pulumi
from pulumi import Output
from pulumi_aws import dynamodb, s3
home = s3.Bucket("home", region="eu-west-1")
other = s3.Bucket("other", region="eu-west-1")
dynamodb.TableExport("export", table_arn="arn:aws:dynamodb:eu-west-1:1:table/t", s3_bucket={value})
"""


def evaluated(folder: Path, value: str) -> ResourceGraph:
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", encoding="utf-8")
    (folder / "__main__.py").write_text(PROGRAM.replace("{value}", value), encoding="utf-8")
    return targets.read(str(folder), stack=None, others=targets.read_states(()), timeout=60)


def sources(folder: Path, value: str) -> list[str]:
    """Names of the resources that the export's bucket may be."""
    graph = evaluated(folder, value)
    [found] = [each.inputs["s3Bucket"] for each in graph.resources.values() if each.name == "export"]
    assert isinstance(found, Unknown)
    return [urn.rpartition("::")[2] for urn in found.depends_on]


@pytest.mark.parametrize(
    "value",
    [
        'Output.concat(home.bucket, "-us")',
        'Output.concat("backup-", home.bucket)',
        'Output.format("{0}-{1}", home.bucket, "us")',
        'Output.format("{b}2", b=home.bucket)',
        'home.bucket.apply(lambda name: f"{name}-us")',
        'home.bucket.apply(lambda name: "us-" + name)',
    ],
)
def test_a_name_that_goes_on_beside_an_unknown_one_comes_from_nowhere(tmp_path: Path, value: str) -> None:
    assert sources(tmp_path, value) == []


@pytest.mark.parametrize(
    "value",
    [
        "home.bucket",
        'Output.concat("arn:aws:s3:::", home.bucket)',
        'Output.concat("s3://", home.bucket, "/exports")',
        'Output.format("{0}/exports", home.bucket)',
        'home.bucket.apply(lambda name: f"arn:aws:s3:::{name}/*")',
        "home.bucket.apply(lambda name: name)",
        "home.bucket.apply(str.lower)",
    ],
)
def test_a_path_or_an_address_still_names_the_resource(tmp_path: Path, value: str) -> None:
    assert sources(tmp_path, value) == ["home"]


def test_what_is_beside_it_says_nothing_of_such_a_name(tmp_path: Path) -> None:
    """One property with two unknown parts: the one that comes from nowhere does not come from the other's origin."""
    value = """"bucket")
s3.BucketReplicationConfig("rule", bucket="home", role="r", rules=[{
    "status": "Enabled", "id": other.bucket,
    "destination": {"bucket": Output.concat("arn:aws:s3:::", home.bucket, "-us")},
}]"""
    graph = evaluated(tmp_path, value)
    [rule] = [each for each in graph.resources.values() if each.name == "rule"]
    [destination] = leaves(rule.inputs.get, "rules[*].destination.bucket")
    assert isinstance(destination.value, Unknown)
    assert destination.value.depends_on == ()


def test_a_function_that_calls_something_is_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    assert sources(tmp_path, f"home.bucket.apply(lambda name: open({str(marker)!r}, 'w').name)") == ["home"]
    assert not marker.exists()
