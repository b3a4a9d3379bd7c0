"""What stacks tell one another leads to the resource, or is said not to be known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from residency.check import result
from residency.ingest.cloudformation import Deployed, read
from residency.model import Outcome
from tests.residency.ingest.cloudformation.templates import EEA, IRELAND, assembly, blocking, judged, write

ARN: object = {"Fn::GetAtt": ["Copies", "Arn"]}


def exporting(name: object = "copies", value: object = ARN) -> Mapping[str, object]:
    outputs = {"O": {"Value": value, "Export": {"Name": name}}}
    return {"Resources": {"Copies": {"Type": "AWS::S3::Bucket"}}, "Outputs": outputs}


def sending(destination: object) -> Mapping[str, object]:
    rule = {"Status": "Enabled", "Destination": {"Bucket": destination}}
    given = {"ReplicationConfiguration": {"Role": "r", "Rules": [rule]}}
    return {"Resources": {"Origin": {"Type": "AWS::S3::Bucket", "Properties": given}}}


def test_an_import_is_the_resource_that_a_stack_of_the_same_region_exports(tmp_path: Path) -> None:
    """Its name may be worked out as well."""
    name = {"Fn::Sub": "${AWS::Region}-copies"}
    stacks = {"one": (IRELAND, exporting(name)), "two": (IRELAND, sending({"Fn::ImportValue": "eu-west-1-copies"}))}
    found = judged(assembly(tmp_path, stacks))
    assert blocking(found) == []
    assert any("names `Copies`" in each.why for each in found.verdicts)


@pytest.mark.parametrize(
    ("region", "name", "why"),
    [
        ("eu-north-1", "copies", "in another Region"),
        (IRELAND, "other", "not read here"),
        (IRELAND, {"Ref": "X"}, "not known"),
    ],
)
def test_an_import_that_nothing_here_exports_is_undetermined(
    tmp_path: Path, region: str, name: object, why: str
) -> None:
    """Exports are of one Region."""
    stacks = {"one": (region, exporting()), "two": (IRELAND, sending({"Fn::ImportValue": name}))}
    (verdict,) = [each for each in judged(assembly(tmp_path, stacks)).verdicts if each.rule == "RES101"]
    assert verdict.outcome is Outcome.UNDETERMINED
    assert why in verdict.why


def test_exports_that_rest_on_one_another_end(tmp_path: Path) -> None:
    """They are undetermined, and nothing goes round without end."""
    one, two = exporting("a", {"Fn::ImportValue": "b"}), exporting("b", {"Fn::ImportValue": "a"})
    stacks = {"one": (IRELAND, one), "two": (IRELAND, two), "three": (IRELAND, sending({"Fn::ImportValue": "a"}))}
    assert blocking(judged(assembly(tmp_path, stacks))) == [(Outcome.UNDETERMINED, "RES101", "")]


def test_an_export_of_a_condition_that_does_not_hold_is_none(tmp_path: Path) -> None:
    """Another stack's of the same name may be."""
    template = dict(exporting())
    template["Conditions"] = {"Never": {"Fn::Equals": ["a", "b"]}}
    template["Outputs"] = {"O": {"Value": ARN, "Export": {"Name": "copies"}, "Condition": "Never"}}
    stacks = {"one": (IRELAND, template), "two": (IRELAND, sending({"Fn::ImportValue": "copies"}))}
    assert blocking(judged(assembly(tmp_path, stacks))) == [(Outcome.UNDETERMINED, "RES101", "")]


def writer(region: str, exports: Mapping[str, object]) -> Mapping[str, object]:
    given = {"WriterProps": {"region": region, "exports": exports}}
    copies = {"Type": "AWS::S3::Bucket"}
    return {"Resources": {"Copies": copies, "W": {"Type": "Custom::CrossRegionExportWriter", "Properties": given}}}


def reader(name: str) -> Mapping[str, object]:
    template = sending({"Fn::GetAtt": ["Reader", name]})
    resources = dict(template["Resources"])  # type: ignore[call-overload]
    return {"Resources": {**resources, "Reader": {"Type": "Custom::CrossRegionExportReader", "Properties": {}}}}


def test_a_reference_of_the_cdk_to_another_region_leads_to_its_resource(tmp_path: Path) -> None:
    """By the name under which one stack writes it and another reads it."""
    stacks = {
        "far": ("us-east-1", writer(IRELAND, {"/cdk/exports/near/x": ARN})),
        "near": (IRELAND, reader("/cdk/exports/near/x")),
    }
    found = judged(assembly(tmp_path, stacks))
    assert (Outcome.OUTSIDE, "RES101", "us-east-1") in blocking(found)


def test_a_reference_to_another_region_that_no_stack_here_writes_is_undetermined(tmp_path: Path) -> None:
    """A writer for a third Region does not count."""
    stacks = {"far": ("eu-north-1", writer("us-west-2", {"x": ARN})), "near": (IRELAND, reader("x"))}
    (verdict,) = [each for each in judged(assembly(tmp_path, stacks)).verdicts if each.rule == "RES101"]
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "written by a stack of another Region that is not read here" in verdict.why


def test_templates_of_one_check_know_one_another_and_each_is_judged_once(tmp_path: Path) -> None:
    """Also two of the same file name."""
    one = write(tmp_path, "a/template.json", exporting()["Resources"], Outputs=exporting()["Outputs"])
    two = write(tmp_path, "b/template.json", sending({"Fn::ImportValue": "copies"})["Resources"])
    places = [Deployed(str(one), IRELAND), Deployed(str(two), IRELAND)]
    graphs = [read(each, parameters={}, beside=[other for other in places if other is not each]) for each in places]
    found = result(graphs, EEA)
    assert blocking(found) == []
    assert found.summary.resources == 2
