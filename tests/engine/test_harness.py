"""The harness and its stand-in providers behave like the real ones wherever a verdict could tell the difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pulumi_gcp as gcp
import pytest

from tests.engine.harness import Engine, Pack

TRIVIAL_PACK = """
from pulumi_policy import *


def resource(args, report):
    if args.resource_type == "aws:s3/bucket:Bucket" and args.name == "bad":
        report(f"resource says {args.provider.props.get('region')}\\nsecond line")


def stack(args, report):
    for r in sorted(args.resources, key=lambda r: r.urn):
        if r.name == "bad":
            report("stack says", r.urn)


PolicyPack("trivial", [
    ResourceValidationPolicy("r", "a resource", resource, enforcement_level=EnforcementLevel.MANDATORY),
    StackValidationPolicy("s", "a stack", stack, EnforcementLevel.MANDATORY, severity=Severity.CRITICAL),
])
"""


@pytest.fixture
def trivial(tmp_path: Path) -> Pack:
    """A pack that refuses buckets of the name `bad`."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 1.0.0\n", encoding="utf-8")
    (folder / "__main__.py").write_text(TRIVIAL_PACK, encoding="utf-8")
    return Pack(folder)


def test_a_policy_blocks_before_the_create(engine: Engine, trivial: Pack) -> None:
    def program() -> None:
        aws.s3.Bucket("bad", opts=pulumi.ResourceOptions(depends_on=aws.s3.Bucket("good")))

    run = engine.stack(program, {"aws:region": "eu-west-1"}, packs=[trivial]).up_without_preview()
    assert not run.succeeded
    assert run.created == (("good", "eu-west-1"),)
    assert [violation.message for violation in run.blocking] == ["a resource\nresource says eu-west-1\nsecond line"]


def test_a_preview_reports_both_kinds_of_policy(engine: Engine, trivial: Pack) -> None:
    run = engine.stack(lambda: aws.s3.Bucket("bad"), {"aws:region": "eu-west-1"}, packs=[trivial]).preview()
    assert not run.succeeded
    assert [(violation.policy, violation.name, violation.severity) for violation in run.blocking] == [
        ("r", "bad", ""),
        ("s", "bad", "critical"),
    ]
    assert run.created == ()


def test_a_preview_knows_a_region_and_no_arn(engine: Engine) -> None:
    def program() -> None:
        bucket = aws.s3.Bucket("uploads", opts=pulumi.ResourceOptions(provider=aws.Provider("us", region="us-east-1")))
        pulumi.export("arn", bucket.arn)
        pulumi.export("region", bucket.region)

    run = engine.stack(program).preview()
    assert run.succeeded, run.stdout
    section = run.stdout.partition("Outputs:")[2].partition("Resources:")[0]
    lines = (line.split(":", 1) for line in section.splitlines() if ":" in line)
    shown = {key.strip(" +"): value.strip() for key, value in lines}
    assert shown == {"arn": "[unknown]", "region": '"us-east-1"'}


def test_a_preview_document_holds_the_checked_inputs(engine: Engine) -> None:
    run, document = engine.stack(lambda: aws.s3.Bucket("uploads"), {"aws:region": "eu-west-1"}).preview_json()
    assert run.succeeded, run.stdout
    states = {step["urn"].rsplit("::", 1)[-1]: step["newState"] for step in document["steps"]}
    assert states["uploads"]["inputs"]["bucket"].startswith("uploads-")


def test_a_region_from_the_environment_is_used_but_never_shown(engine: Engine) -> None:
    engine.environment["AWS_REGION"] = "eu-west-1"
    stack = engine.stack(lambda: aws.s3.Bucket("uploads"))
    run = stack.up_without_preview()
    assert run.created == (("uploads", "eu-west-1"),)
    resources = _resources(stack.export())
    provider = next(found for found in resources if found["type"] == "pulumi:providers:aws")
    assert "eu-west-1" not in json.dumps(provider)


def test_arns_carry_a_region_only_where_the_real_ones_do(engine: Engine) -> None:
    def program() -> None:
        aws.s3.Bucket("uploads")
        aws.dynamodb.Table("orders", hash_key="id", attributes=[{"name": "id", "type": "S"}])

    stack = engine.stack(program, {"aws:region": "eu-west-1"})
    assert stack.up_without_preview().succeeded
    outputs = {made["urn"].rsplit("::", 1)[-1]: made.get("outputs", {}) for made in _resources(stack.export())}
    assert outputs["uploads"]["arn"].startswith("arn:aws:s3:::uploads-")
    assert outputs["orders"]["arn"].startswith("arn:aws:dynamodb:eu-west-1:123456789012:table/orders-")


def test_azure_and_google_resources_have_their_own_forms(engine: Engine) -> None:
    def program() -> None:
        group = azure.resources.ResourceGroup("group", location="norwayeast")
        sku = azure.storage.SkuArgs(name="Standard_ZRS")
        azure.storage.StorageAccount("data", resource_group_name=group.name, kind="StorageV2", sku=sku)
        gcp.storage.Bucket("archive", location="europe-west1")

    stack = engine.stack(program, {"gcp:project": "residency-test"})
    run = stack.up()
    assert run.succeeded, run.stdout
    assert run.created == (("archive", "EUROPE-WEST1"), ("data", "norwayeast"), ("group", "norwayeast"))
    found = {made["urn"].rsplit("::", 1)[-1]: made for made in _resources(stack.export())}
    assert found["archive"]["outputs"]["selfLink"].startswith("https://www.googleapis.com/storage/v1/b/archive-")
    assert "/providers/Microsoft.Storage/storageAccounts/data" in found["data"]["id"]
    assert found["data"]["outputs"]["location"] == "norwayeast"


def test_a_resource_that_is_only_read_is_never_created(engine: Engine) -> None:
    stack = engine.stack(lambda: aws.s3.Bucket.get("old", "elsewhere"), {"aws:region": "us-east-1"})
    run = stack.up()
    assert run.succeeded, run.stdout
    assert run.created == ()
    read = next(made for made in _resources(stack.export()) if made["urn"].endswith("::old"))
    assert read["external"] is True
    assert read["outputs"]["region"] == "us-east-1"


def test_a_second_deployment_of_the_same_program_changes_nothing(engine: Engine) -> None:
    stack = engine.stack(lambda: aws.s3.Bucket("uploads"), {"aws:region": "eu-west-1"})
    assert stack.up_without_preview().created
    again = stack.up_without_preview()
    assert again.succeeded, again.stdout
    assert not any(again.operations.values())


def test_policy_analyze_runs_a_pack_over_a_state(engine: Engine, trivial: Pack) -> None:
    stack = engine.stack(lambda: aws.s3.Bucket("bad"), {"aws:region": "eu-west-1"})
    assert stack.up_without_preview().succeeded
    run = engine.analyze(stack.export(), trivial)
    assert not run.succeeded
    assert {(violation.policy, violation.name) for violation in run.blocking} == {("r", "bad"), ("s", "bad")}


def test_a_project_folder_runs_as_a_copy(engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "stacks").mkdir(parents=True)
    (source / "Pulumi.yaml").write_text("name: sample\nruntime: python\nmain: stacks/\n", encoding="utf-8")
    (source / "Pulumi.live.yaml").write_text("config:\n  aws:region: eu-north-1\n", encoding="utf-8")
    (source / "stacks" / "storage.py").write_text("NAME = 'uploads'\n", encoding="utf-8")
    program = "import pulumi_aws\nfrom storage import NAME\npulumi_aws.s3.Bucket(NAME)\n"
    (source / "stacks" / "__main__.py").write_text(program, encoding="utf-8")
    run = engine.project(source, "live", main="stacks").up_without_preview()
    assert run.succeeded, run.stdout + run.stderr
    assert run.created == (("uploads", "eu-north-1"),)
    assert "encryptionsalt" not in (source / "Pulumi.live.yaml").read_text(encoding="utf-8")


def _resources(state: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources of an exported state."""
    return state["deployment"]["resources"]
