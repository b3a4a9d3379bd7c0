"""The guard in a program, without any policy pack, in the real engine."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from residency.gates.guard import guard
from tests.engine.harness import Engine

IRELAND = {"aws:region": "eu-west-1"}


class Archive(pulumi.ComponentResource):
    """A component whose child would be in the United States."""

    def __init__(self, name: str, provider: aws.Provider) -> None:
        super().__init__("sample:index:Archive", name)
        aws.s3.Bucket(f"{name}-store", opts=pulumi.ResourceOptions(parent=self, provider=provider))
        self.register_outputs({})


def test_a_guarded_program_inside_is_deployed(engine: Engine) -> None:
    """The guard lets a replication inside the perimeter pass, by an ARN that is unknown in the preview."""

    def program() -> None:
        guard()
        source = aws.s3.Bucket("uploads")
        stockholm = aws.Provider("stockholm", region="eu-north-1")
        copy = aws.s3.Bucket("copy", opts=pulumi.ResourceOptions(provider=stockholm))
        aws.s3.BucketReplicationConfig(
            "replication",
            bucket=source.id,
            role="arn:aws:iam::123456789012:role/replication",
            rules=[{"status": "Enabled", "destination": {"bucket": copy.arn}}],
        )

    stack = engine.stack(program, IRELAND)
    preview = stack.preview()
    assert preview.succeeded, preview.stdout
    run = stack.up()
    assert run.succeeded, run.stdout
    assert {name for name, _ in run.created} == {"uploads", "copy", "replication"}


def test_a_guarded_program_cannot_create_a_bucket_outside(engine: Engine) -> None:
    """Without a policy pack and without a preview, nothing outside reaches the provider."""

    def program() -> None:
        guard()
        provider = aws.Provider("far", region="us-east-1")
        aws.s3.Bucket("copy", opts=pulumi.ResourceOptions(provider=provider))

    run = engine.stack(program, IRELAND).up_without_preview()
    assert not run.succeeded
    assert "error[RES001]: data of `copy` would be placed in `us-east-1` (United States)" in run.stdout
    assert run.created == ()


def test_a_guard_sees_the_children_of_components(engine: Engine) -> None:
    """A component does not hide its children."""

    def program() -> None:
        guard()
        Archive("archive", aws.Provider("far", region="us-east-1"))

    run = engine.stack(program, IRELAND).up_without_preview()
    assert not run.succeeded
    assert "error[RES001]: data of `archive-store`" in run.stdout
    assert run.created == ()


def test_a_guard_refuses_an_undetermined_resource(engine: Engine) -> None:
    """A region that no one can see is not proven inside."""

    def program() -> None:
        guard()
        aws.s3.Bucket("uploads")

    engine.environment["AWS_REGION"] = "eu-west-1"
    run = engine.stack(program).up_without_preview()
    assert not run.succeeded
    assert "undetermined[RES001]" in run.stdout
    assert "pulumi config set aws:region" in run.stdout
    assert run.created == ()
