"""CloudFormation templates and `cdk synth` folders on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from residency.cli.main import main

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Copy:
    Type: String
    Default: eu-central-1
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: !Ref AWS::Region
        - Region: !Ref Copy
"""


@pytest.fixture
def template(tmp_path: Path) -> str:
    path = tmp_path / "orders.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return str(path)


def findings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    verdicts = json.loads(capsys.readouterr().out)["verdicts"]
    return [(each["outcome"], each["rule"], each["location"]) for each in verdicts if each["outcome"] != "inside"]


def check(*arguments: str) -> int:
    return main(["check", "--perimeter", "eea", "--format", "json", *arguments])


def test_a_parameter_decides_where_a_copy_goes(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(template, "--region", "eu-west-1") == 0
    assert findings(capsys) == []
    assert check(template, "--region", "eu-west-1", "--parameter", "Copy=us-east-1") == 1
    assert findings(capsys) == [("outside", "RES101", "us-east-1")]


def test_without_its_region_a_template_is_undetermined(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(template) == 3
    assert {outcome for outcome, _, _ in findings(capsys)} == {"undetermined"}


def test_a_json_template_and_a_cdk_folder_are_recognised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    resources = {"Uploads": {"Type": "AWS::S3::Bucket"}}
    (tmp_path / "shop.template.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    properties = {"templateFile": "shop.template.json"}
    artifact = {"type": "aws:cloudformation:stack", "environment": "aws://1/us-east-1", "properties": properties}
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": {"shop": artifact}}), encoding="utf-8")
    assert check(str(tmp_path)) == 1
    assert findings(capsys) == [("outside", "RES001", "us-east-1")]
    assert check(str(tmp_path / "shop.template.json"), "--region", "us-east-1") == 1
    assert findings(capsys) == [("outside", "RES001", "us-east-1")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--parameter", "Copy"], "`Copy` has no value"),
        (["--parameter", "Copie=us-east-1"], "has the parameter `Copie`"),
    ],
)
def test_a_parameter_that_is_not_one_is_refused(
    template: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(template, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_region_for_what_is_no_template_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(tmp_path), "--region", "eu-west-1") == 2
    assert "is no CloudFormation template" in capsys.readouterr().err


def test_each_template_may_have_its_own_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One option for all, and one for a target, in any order; the templates know one another's buckets."""
    rule = {"Status": "Enabled", "Destination": {"Bucket": "arn:aws:s3:::copies"}}
    near = {
        "A": {"Type": "AWS::S3::Bucket", "Properties": {"ReplicationConfiguration": {"Role": "r", "Rules": [rule]}}}
    }
    far = {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "copies"}}}
    paths: list[str] = []
    for name, resources in (("near", near), ("far=1", far)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        paths.append(str(path))
    assert check(*paths, "--region", f"{paths[1]}=us-east-1", "--region", "eu-west-1") == 1
    assert sorted(findings(capsys)) == [("outside", "RES001", "us-east-1"), ("outside", "RES101", "us-east-1")]
    assert check(*paths, "--region", "eu-west-1") == 0


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        (["order.yaml=eu-west-1"], "is none of the targets"),
        (["eu-west-1", "eu-north-1"], "second Region of the same target"),
        ([""], "names no Region"),
    ],
)
def test_a_region_that_does_not_fit_the_targets_is_refused(
    template: str, regions: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(template, *(part for each in regions for part in ("--region", each))) == 2
    assert said in capsys.readouterr().err


def test_a_parameter_of_one_of_two_templates_is_no_slip(template: str, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}), encoding="utf-8")
    assert check(template, str(other), "--region", "eu-west-1", "--parameter", "Copy=eu-north-1") == 0
