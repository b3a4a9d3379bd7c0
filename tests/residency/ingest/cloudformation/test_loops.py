"""Loops of a template are written out; one whose collection is not known leaves a doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.ingest.cloudformation import loops
from residency.model import Outcome, Unknown
from tests.residency.ingest.cloudformation.templates import IRELAND, blocking, check

TABLE = {
    "Type": "AWS::DynamoDB::GlobalTable",
    "Properties": {"TableName": {"Fn::Sub": "t-${At}"}, "Replicas": [{"Region": {"Ref": "At"}}]},
}
LANGUAGE = "AWS::LanguageExtensions"


@pytest.mark.parametrize("collection", [[IRELAND, "us-east-1"], {"Ref": "Places"}])
def test_a_loop_makes_one_resource_for_each_of_its_collection(tmp_path: Path, collection: object) -> None:
    """The name of a resource has only letters and digits, so that the Region loses its dashes in it."""
    resources = {"Fn::ForEach::Tables": ["At", collection, {"Table&{At}": TABLE}]}
    places = {"Places": {"Type": "CommaDelimitedList", "Default": f"{IRELAND},us-east-1"}}
    found = check(tmp_path, resources, Transform=LANGUAGE, Parameters=places)
    assert blocking(found) == [(Outcome.OUTSIDE, "RES101", "us-east-1")]
    assert {each.placement.resource.name for each in found.verdicts} == {"Tableeuwest1", "Tableuseast1"}


def test_loops_in_loops_are_written_out(tmp_path: Path) -> None:
    """Each with each."""
    inner = {"Fn::ForEach::Inner": ["At", ["x", "y"], {"B${Of}${At}": {"Type": "AWS::S3::Bucket"}}]}
    found = check(tmp_path, {"Fn::ForEach::Outer": ["Of", ["a", "b"], inner]}, Transform=LANGUAGE)
    assert sorted(each.placement.resource.name for each in found.verdicts) == ["Bax", "Bay", "Bbx", "Bby"]


@pytest.mark.parametrize(
    "loop",
    [
        ["At", {"Ref": "Places"}, {"T${At}": TABLE}],
        ["At", {"Fn::GetAtt": ["A", "Names"]}, {"T${At}": TABLE}],
        ["At", [["x"]], {"T${At}": TABLE}],
        ["At", [str(number) for number in range(501)], {"T${At}": TABLE}],
        ["At", ["x"]],
        "x",
        None,
    ],
)
def test_a_loop_that_cannot_be_written_out_leaves_a_doubt(tmp_path: Path, loop: object) -> None:
    """So does one of more resources than a template may have."""
    resources = {"A": {"Type": "AWS::S3::Bucket"}, "Fn::ForEach::Tables": loop}
    found = check(tmp_path, resources, Transform=LANGUAGE, Parameters={"Places": {"Type": "CommaDelimitedList"}})
    assert [(each.outcome, each.rule) for each in found.verdicts if each.blocks] == [(Outcome.UNDETERMINED, "RES902")]


def test_loops_in_loops_do_not_exhaust_the_machine() -> None:
    """What would be copied has a bound."""
    node: object = {"R${Z}": {"Type": "T", "Properties": {"x": ["y"] * 100}}}
    for number in range(12):
        node = {f"Fn::ForEach::L{number}": [f"I{number}", ["a"] * 20, node]}
    [loop] = node.values() if isinstance(node, dict) else [node]
    assert loops.expanded(loop, lambda each: each if isinstance(each, list) else Unknown("")) is None  # type: ignore[arg-type,return-value]
