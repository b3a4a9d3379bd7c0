"""Nested stacks and stack sets: their templates are found, and judged where they are; what is not at hand is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from residency.errors import InputError
from residency.model import Outcome
from tests.residency.ingest.cloudformation.templates import IRELAND, assembly, blocking, check, judged, write

BUCKET: Mapping[str, object] = {"Type": "AWS::S3::Bucket"}
REPLICA = {"Type": "AWS::DynamoDB::GlobalTable", "Properties": {"Replicas": [{"Region": {"Ref": "Where"}}]}}
WHERE = {"Where": {"Type": "String", "Default": "eu-central-1"}}


def stack(**properties: object) -> Mapping[str, object]:
    return {"Nested": {"Type": "AWS::CloudFormation::Stack", "Properties": properties}}


def stack_set(groups: object, **properties: object) -> Mapping[str, object]:
    given = {"StackInstancesGroup": groups, **properties}
    return {"Guard": {"Type": "AWS::CloudFormation::StackSet", "Properties": given}}


def body(resources: object = None, **sections: object) -> str:
    return json.dumps({"Resources": resources or {"Trail": BUCKET}, **sections})


@pytest.mark.parametrize("url", ["inner/nested.json", "./inner/nested.json"])
def test_a_nested_template_beside_its_parent_is_read_with_the_parameters_it_is_given(tmp_path: Path, url: str) -> None:
    """As before `aws cloudformation package`; the default counts where nothing is given."""
    write(tmp_path, "inner/nested.json", {"Copies": REPLICA}, Parameters=WHERE)
    assert blocking(check(tmp_path, stack(TemplateURL=url))) == []
    found = check(tmp_path, stack(TemplateURL=url, Parameters={"Where": "us-east-1"}))
    assert blocking(found) == [(Outcome.OUTSIDE, "RES101", "us-east-1")]
    (leak,) = [each for each in found.verdicts if each.blocks]
    assert leak.placement.resource.id == "cloudformation::template::Nested::Copies"
    assert leak.placement.resource.where is not None
    assert leak.placement.resource.where.file.endswith("inner/nested.json")


def test_an_output_of_a_nested_stack_is_its_resource(tmp_path: Path) -> None:
    """And an output that it does not have is not known."""
    outputs = {"Arn": {"Value": {"Fn::GetAtt": ["Copies", "Arn"]}}}
    write(tmp_path, "nested.json", {"Copies": BUCKET}, Outputs=outputs)
    for name, expected in (("Arn", []), ("Other", [(Outcome.UNDETERMINED, "RES101", "")])):
        rule = {"Status": "Enabled", "Destination": {"Bucket": {"Fn::GetAtt": ["Nested", f"Outputs.{name}"]}}}
        origin = {"Type": "AWS::S3::Bucket", "Properties": {"ReplicationConfiguration": {"Role": "r", "Rules": [rule]}}}
        assert blocking(check(tmp_path, {**stack(TemplateURL="nested.json"), "A": origin})) == expected


def test_an_asset_of_the_cdk_is_found_by_the_key_it_is_uploaded_under(tmp_path: Path) -> None:
    """The address is made of the Region and the account; only its end says which file it is."""
    write(tmp_path, "Nested.nested.template.json", {"Trail": BUCKET})
    destination = {"x": {"bucketName": "b", "objectKey": "abc.json"}}
    source = {"path": "Nested.nested.template.json", "packaging": "file"}
    files = {"files": {"abc": {"source": source, "destinations": destination}}}
    (tmp_path / "Shop.assets.json").write_text(json.dumps(files), encoding="utf-8")
    url = {"Fn::Join": ["", ["https://s3.us-east-1.", {"Ref": "AWS::URLSuffix"}, "/b/abc.json"]]}
    found = judged(assembly(tmp_path, {"Shop": ("us-east-1", {"Resources": stack(TemplateURL=url)})}))
    assert blocking(found) == [(Outcome.OUTSIDE, "RES001", "us-east-1")]


@pytest.mark.parametrize("url", ["https://example.com/nested.json", {"Ref": "AWS::StackId"}, "no/such.json", "a\0b"])
def test_a_template_that_is_not_at_hand_is_undetermined_and_said(tmp_path: Path, url: object) -> None:
    """With what would settle it."""
    (verdict,) = check(tmp_path, stack(TemplateURL=url)).verdicts
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "its template is at" in verdict.why
    assert "check that template by itself" in verdict.fix


def test_a_template_that_makes_a_stack_of_itself_is_refused(tmp_path: Path) -> None:
    """It would have no end."""
    with pytest.raises(InputError, match="without end"):
        check(tmp_path, stack(TemplateURL="template.json"))


def test_stacks_that_ask_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    """As CloudFormation refuses them."""
    write(tmp_path, "inner.json", {"Trail": BUCKET}, Parameters=WHERE, Outputs={"O": {"Value": {"Ref": "Where"}}})

    def one(other: str) -> object:
        given = {"TemplateURL": "inner.json", "Parameters": {"Where": {"Fn::GetAtt": [other, "Outputs.O"]}}}
        return {"Type": "AWS::CloudFormation::Stack", "Properties": given}

    with pytest.raises(InputError, match="in a circle"):
        check(tmp_path, {"One": one("Other"), "Other": one("One")})


def test_a_nested_stack_that_may_not_be_made_is_uncertain_in_all_it_makes(tmp_path: Path) -> None:
    """A leak in it is no certain one."""
    write(tmp_path, "nested.json", {"Copies": REPLICA}, Parameters=WHERE)
    resources = {
        "Nested": {
            **dict(stack(TemplateURL="nested.json", Parameters={"Where": "us-east-1"})["Nested"]),
            "Condition": "Far",
        }
    }  # type: ignore[call-overload]
    conditions = {"Far": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}}
    found = check(tmp_path, resources, Conditions=conditions, Parameters={"Env": {"Type": "String"}})
    assert {outcome for outcome, _, _ in blocking(found)} == {Outcome.UNDETERMINED}


def test_a_stack_set_makes_its_stacks_in_each_region(tmp_path: Path) -> None:
    """One outside is found; two groups of one Region are two stacks."""
    groups = [{"Regions": [IRELAND, "us-east-1"]}, {"Regions": [IRELAND]}]
    found = check(tmp_path, stack_set(groups, TemplateBody=body()))
    assert blocking(found) == [(Outcome.OUTSIDE, "RES001", "us-east-1")]
    assert sorted(each.placement.resource.id.rpartition("Guard")[2] for each in found.verdicts) == [
        "@eu-west-1#2::Trail",
        "@eu-west-1::Trail",
        "@us-east-1::Trail",
    ]


def test_parameters_of_a_stack_set_and_their_overrides_count(tmp_path: Path) -> None:
    """The override of a group wins in that group."""
    template = body({"Copies": REPLICA}, Parameters=WHERE)
    own = [{"ParameterKey": "Where", "ParameterValue": "us-west-2"}]
    groups = [{"Regions": [IRELAND], "ParameterOverrides": [{"ParameterKey": "Where", "ParameterValue": "eu-north-1"}]}]
    assert blocking(check(tmp_path, stack_set(groups, TemplateBody=template, Parameters=own))) == []
    groups = [{"Regions": [IRELAND]}]
    found = check(tmp_path, stack_set(groups, TemplateBody=template, Parameters=own))
    assert blocking(found) == [(Outcome.OUTSIDE, "RES101", "us-west-2")]


@pytest.mark.parametrize("regions", [[{"Ref": "AWS::StackId"}], {"Ref": "AWS::StackId"}, None, "x" * 3, [7]])
def test_a_region_of_a_stack_set_that_is_not_known_is_undetermined(tmp_path: Path, regions: object) -> None:
    """The resources are known; where they are is not."""
    found = check(tmp_path, stack_set([{"Regions": regions}], TemplateBody=body()))
    assert {outcome for outcome, _, _ in blocking(found)} == {Outcome.UNDETERMINED}


def test_a_stack_set_without_regions_or_without_a_template_is_undetermined(tmp_path: Path) -> None:
    """Its stacks are made elsewhere, or of what is not at hand."""
    for resources, why in (
        (stack_set([], TemplateBody=body()), "names no Regions"),
        (stack_set([{"Regions": [IRELAND]}]), "an address that is not known"),
    ):
        (verdict,) = [each for each in check(tmp_path, resources).verdicts if each.blocks]
        assert (verdict.outcome, why in verdict.why) == (Outcome.UNDETERMINED, True)


def test_a_template_body_that_is_none_is_refused(tmp_path: Path) -> None:
    """It says where it stands."""
    with pytest.raises(InputError, match=r"template.json \(StackSet\)"):
        check(tmp_path, stack_set([{"Regions": [IRELAND]}], TemplateBody="[]"))
