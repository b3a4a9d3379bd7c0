"""The policy pack in the real engine: what it refuses, when, and in which words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pytest

from residency.cli.main import main as residency
from tests.engine.harness import ROOT, Engine, Pack, Program, Stack
from tests.engine.results import Violation

EUROPE = Pack(ROOT / "policy_packs" / "europe")
IRELAND = {"aws:region": "eu-west-1"}
ONLY_IRELAND = """[perimeter]
name = "only-ireland"
countries = ["IE"]
"""
ACCEPTED_BUCKET = """[perimeter]
name = "accepted"
groups = ["EEA"]

[[exemption]]
rule = "RES001"
resource = "copy"
owner = "tests"
reason = "so that only the replication is left to refuse"
approver = "tests"
expires = 9999-12-31
"""
ROLE = "arn:aws:iam::123456789012:role/replication"


def bucket_in(place: str, name: str) -> aws.s3.Bucket:
    """A bucket made by a provider of its own."""
    provider = aws.Provider(f"{name}-provider", region=place)
    return aws.s3.Bucket(name, opts=pulumi.ResourceOptions(provider=provider))


def replicated(source: aws.s3.Bucket, destination: pulumi.Input[str]) -> aws.s3.BucketReplicationConfig:
    """The replication of a bucket to an ARN."""
    target = aws.s3.BucketReplicationConfigRuleDestinationArgs(bucket=destination)
    rule = aws.s3.BucketReplicationConfigRuleArgs(status="Enabled", destination=target)
    return aws.s3.BucketReplicationConfig("replication", bucket=source.id, role=ROLE, rules=[rule])


def replication_to_america() -> None:
    """In Ireland, with a copy in Virginia that only the destination's ARN betrays."""
    replicated(aws.s3.Bucket("uploads"), bucket_in("us-east-1", "copy").arn)


def found(violations: tuple[Violation, ...], name: str) -> str:
    """What was said of a resource."""
    return "\n".join(violation.message for violation in violations if violation.name == name)


def stack(engine: Engine, program: Program, config: Mapping[str, str] | None = None) -> Stack:
    """A stack that runs with the pack."""
    return engine.stack(program, config, packs=[EUROPE])


def configured(**config: str) -> Pack:
    """The pack with a configuration, as its README has it: for one of its policies."""
    return Pack(EUROPE.folder, {"data-residency": config})


def test_a_program_inside_is_deployed(engine: Engine) -> None:
    def program() -> None:
        replicated(aws.s3.Bucket("uploads"), bucket_in("eu-north-1", "copy").arn)

    run = stack(engine, program, IRELAND).up()
    assert run.succeeded, run.stdout
    assert run.violations == ()
    assert {name for name, _ in run.created} == {"uploads", "copy", "replication"}


def test_a_bucket_of_an_american_provider_is_refused_in_the_preview(engine: Engine) -> None:
    run = stack(engine, lambda: bucket_in("us-east-1", "copy"), IRELAND).preview()
    assert not run.succeeded
    assert "error[RES001]" in found(run.blocking, "copy")
    assert "us-east-1" in found(run.blocking, "copy")
    assert {violation.name for violation in run.violations} == {"copy"}


def test_a_bucket_of_an_american_provider_is_never_created(engine: Engine) -> None:
    run = stack(engine, lambda: bucket_in("us-east-1", "copy"), IRELAND).up_without_preview()
    assert not run.succeeded
    assert "error[RES001]" in found(run.blocking, "copy")
    assert run.created == ()


def test_a_preview_follows_an_arn_that_is_not_known_yet(engine: Engine) -> None:
    run = stack(engine, replication_to_america, IRELAND).preview()
    assert not run.succeeded
    assert "error[RES101]" in found(run.blocking, "replication")
    assert "us-east-1" in found(run.blocking, "replication")
    assert "`copy`" in found(run.blocking, "replication")


def test_a_replication_to_america_is_never_created(engine: Engine) -> None:
    run = stack(engine, replication_to_america, IRELAND).up_without_preview()
    assert not run.succeeded
    assert "error[RES001]" in found(run.blocking, "copy")
    assert {name for name, _ in run.created} <= {"uploads"}


def test_a_replication_to_a_bucket_that_is_accepted_is_still_refused_before_its_create(
    engine: Engine, tmp_path: Path
) -> None:
    """Only the bucket is accepted: the resource policy itself must follow the ARN, known by then, to its region."""
    perimeter = tmp_path / "residency.toml"
    perimeter.write_text(ACCEPTED_BUCKET, encoding="utf-8")
    pack = configured(perimeter=str(perimeter))
    run = engine.stack(replication_to_america, IRELAND, packs=[pack]).up_without_preview()
    assert not run.succeeded
    assert {name for name, _ in run.created} == {"uploads", "copy"}, run.stdout
    assert "error[RES101]" in found(run.blocking, "replication")


def test_a_perimeter_given_to_the_stack_policy_holds_before_each_create(engine: Engine) -> None:
    """Frankfurt is inside the default perimeter: only the configured one refuses it."""
    pack = configured(perimeter="ireland-norway")
    run = engine.stack(lambda: bucket_in("eu-central-1", "uploads"), IRELAND, packs=[pack]).up_without_preview()
    assert not run.succeeded
    assert "outside `ireland-norway`" in found(run.blocking, "uploads")
    assert run.created == ()


def test_an_unknown_does_not_hide_an_offender_after_it(engine: Engine) -> None:
    def program() -> None:
        first = aws.s3.Bucket("first")
        chosen = first.id.apply(lambda _: "eu-west-1")
        second = aws.s3.Bucket("second", region=chosen)
        provider = aws.Provider("us", region="us-east-1")
        aws.s3.Bucket("third", opts=pulumi.ResourceOptions(provider=provider, depends_on=second))

    run = stack(engine, program, IRELAND).preview()
    assert "undetermined[RES" in found(run.blocking, "second")
    assert "error[RES001]" in found(run.blocking, "third")


def test_what_is_outside_is_shown_before_what_is_undetermined(engine: Engine) -> None:
    def program() -> None:
        bucket_in("us-east-1", "z-outside")
        aws.s3.Bucket("a-undetermined", region="eu-nowhere-1")

    run = stack(engine, program, IRELAND).preview()
    assert 0 < run.stdout.index("error[RES001]") < run.stdout.index("undetermined[RES001]")


def test_a_region_only_from_the_environment_is_undetermined_and_says_how_to_mend_it(engine: Engine) -> None:
    engine.environment["AWS_REGION"] = "eu-west-1"
    run = stack(engine, lambda: aws.s3.Bucket("uploads")).up_without_preview()
    assert not run.succeeded
    assert "undetermined[RES001]" in found(run.blocking, "uploads")
    assert "aws:region" in found(run.blocking, "uploads")
    assert run.created == ()


def test_azure_in_norway_is_inside(engine: Engine) -> None:
    def program() -> None:
        group = azure.resources.ResourceGroup("group", location="norwayeast")
        sku = azure.storage.SkuArgs(name="Standard_ZRS")
        azure.storage.StorageAccount(
            "data", resource_group_name=group.name, location="norwayeast", kind="StorageV2", sku=sku
        )

    run = stack(engine, program).up()
    assert run.succeeded, run.stdout
    assert run.created == (("data", "norwayeast"), ("group", "norwayeast"))


@pytest.mark.parametrize(("place", "inside"), [("norwayeast", True), ("eastus", False)])
def test_an_azure_resource_without_a_location_is_where_its_group_is(engine: Engine, place: str, inside: bool) -> None:
    """In a preview of a new group, the real provider makes the location unknown without saying what it depends on."""

    def program() -> None:
        group = azure.resources.ResourceGroup("group", location=place)
        sku = azure.storage.SkuArgs(name="Standard_ZRS")
        azure.storage.StorageAccount("data", resource_group_name=group.name, kind="StorageV2", sku=sku)

    run = stack(engine, program).preview()
    assert run.succeeded is inside, run.stdout
    assert ("error[RES001]" in found(run.blocking, "data")) is not inside


def test_a_bucket_that_is_only_read_is_found_in_the_state(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = engine.stack(lambda: aws.s3.Bucket.get("old", "legacy"), {"aws:region": "us-east-1"})
    assert made.up_without_preview().succeeded
    state = made.export()
    run = engine.analyze(state, EUROPE)
    assert not run.succeeded
    assert "error[RES001]" in found(run.blocking, "old")
    file = tmp_path / "exported.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    assert residency(["check", str(file)]) == 1
    assert "error[RES001]" in capsys.readouterr().out


def test_an_analysis_of_a_state_says_each_finding_once(engine: Engine) -> None:
    made = engine.stack(lambda: bucket_in("us-east-1", "copy"), IRELAND)
    assert made.up_without_preview().succeeded
    run = engine.analyze(made.export(), EUROPE)
    assert len([violation for violation in run.blocking if "error[RES001]" in violation.message]) == 1


def test_an_unknown_perimeter_blocks_and_is_named(engine: Engine) -> None:
    pack = configured(perimeter="eurpoe")
    run = engine.stack(lambda: aws.s3.Bucket("uploads"), IRELAND, packs=[pack]).up_without_preview()
    assert not run.succeeded
    assert run.created == ()
    assert "RES901" in run.messages()
    assert "did you mean `europe`?" in run.messages()


BROKEN_PACK = """
from residency.gates import crossguard

def broken(*args, **kwargs):
    raise ZeroDivisionError("a fault of the pack")

crossguard.judge = crossguard.Judgement = broken
crossguard.start_pack()
"""


@pytest.mark.parametrize("verb", ["preview", "up_without_preview"])
def test_a_pack_that_fails_blocks_with_a_finding(engine: Engine, tmp_path: Path, verb: str) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    (folder / "__main__.py").write_text(BROKEN_PACK, encoding="utf-8")
    run = getattr(engine.stack(lambda: aws.s3.Bucket("uploads"), IRELAND, packs=[Pack(folder)]), verb)()
    assert not run.succeeded
    assert run.created == ()
    assert "error[RES901]" in run.messages()
    assert "Traceback" not in run.stdout + run.stderr


def test_undetermined_can_be_made_a_warning(engine: Engine) -> None:
    pack = configured(undetermined="warn")
    run = engine.stack(lambda: aws.s3.Bucket("uploads", region="eu-nowhere-1"), IRELAND, packs=[pack]).preview()
    assert run.succeeded, run.stdout
    assert [(violation.level, violation.name) for violation in run.violations] == [("advisory", "uploads")]


def test_another_project_is_judged_by_its_own_perimeter_file(engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "elsewhere"
    source.mkdir()
    (source / "Pulumi.yaml").write_text("name: elsewhere\nruntime: python\n", encoding="utf-8")
    (source / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-central-1\n", encoding="utf-8")
    (source / "residency.toml").write_text(ONLY_IRELAND, encoding="utf-8")
    (source / "__main__.py").write_text("import pulumi_aws\npulumi_aws.s3.Bucket('uploads')\n", encoding="utf-8")
    run = engine.project(source, "dev", packs=[EUROPE]).preview()
    assert not run.succeeded
    assert "eu-central-1" in found(run.blocking, "uploads")
    assert "outside `only-ireland`" in found(run.blocking, "uploads")


def test_a_secret_is_never_shown(engine: Engine) -> None:
    def program() -> None:
        aws.s3.Bucket("uploads", region=pulumi.Output.secret("hush-east-1"), tags={"k": pulumi.Output.secret("hush")})

    run = stack(engine, program, IRELAND).preview()
    assert not run.succeeded
    assert "undetermined[RES001]" in found(run.blocking, "uploads")
    assert "hush" not in run.messages()
