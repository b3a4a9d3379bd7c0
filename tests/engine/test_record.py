"""The record that the policy pack leaves in the real engine, and what a run that is refused leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pulumi_aws as aws
import pytest

from residency.cli.main import main as residency
from tests.engine.harness import Engine
from tests.engine.test_pack import EUROPE, IRELAND, bucket_in, configured, replicated


def replication_to_sweden() -> None:
    """All inside, and a destination that is not known in a preview."""
    replicated(aws.s3.Bucket("uploads"), bucket_in("eu-north-1", "copy").arn)


def test_a_deployment_leaves_a_record_that_covers_what_is_deployed_and_nothing_else(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the environment's variable; the state is exported afterwards."""
    records = tmp_path / "records"
    records.mkdir()
    engine.environment["RESIDENCY_RECORD"] = str(records / "dev.json")
    stack = engine.stack(replication_to_sweden, IRELAND, packs=[EUROPE])
    run = stack.up()
    assert run.succeeded, run.stdout
    record = json.loads((records / "dev.json").read_text("utf-8"))
    assert record["pack"]["name"] == "residency-europe"
    assert record["exit_code"] == 0
    assert [each["id"].rpartition("::")[2] for each in record["resources"]] == ["copy", "uploads", "replication"]
    state = stack.export()
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state), "utf-8")
    assert residency(["verify-record", str(records), "--deployed", str(file)]) == 0
    assert residency(["verify-record", str(records / "dev.json"), str(file), "--pack", str(EUROPE.folder)]) == 0
    other = tmp_path / "pack"
    other.mkdir()
    (other / "__main__.py").write_text("", "utf-8")
    assert residency(["verify-record", str(records / "dev.json"), str(file), "--pack", str(other)]) == 1
    assert "by another policy pack, `residency-europe`" in capsys.readouterr().out
    capsys.readouterr()
    file.write_text(json.dumps(state).replace("::copy", "::other"), "utf-8")
    assert residency(["verify-record", str(records), "--deployed", str(file)]) == 1
    assert "Bucket::other` has no record" in capsys.readouterr().out


def test_a_deployment_that_is_refused_leaves_no_record_of_an_earlier_one(engine: Engine, tmp_path: Path) -> None:
    """By the pack's configuration; the bucket is refused before its create, so that the stack is never judged."""
    record = tmp_path / "record.json"
    record.write_text("an earlier one", "utf-8")
    pack = configured(record=str(record))
    run = engine.stack(lambda: bucket_in("us-east-1", "copy"), IRELAND, packs=[pack]).up_without_preview()
    assert not run.succeeded
    assert run.created == ()
    assert not record.exists()


def test_a_preview_outside_leaves_a_record_that_says_so(engine: Engine, tmp_path: Path) -> None:
    """Blocked all the same."""
    record = tmp_path / "record.json"
    pack = configured(record=str(record))
    run = engine.stack(lambda: bucket_in("us-east-1", "copy"), IRELAND, packs=[pack]).preview()
    assert not run.succeeded
    found = json.loads(record.read_text("utf-8"))
    assert (found["exit_code"], found["summary"]["outside"]) == (1, 1)


@pytest.mark.parametrize("verb", ["preview", "up_without_preview"])
def test_a_record_that_cannot_be_written_blocks(engine: Engine, tmp_path: Path, verb: str) -> None:
    """Everything is inside, and still nothing is proven."""
    pack = configured(record=str(tmp_path / "nowhere" / "record.json"))
    run = getattr(engine.stack(lambda: aws.s3.Bucket("uploads"), IRELAND, packs=[pack]), verb)()
    assert not run.succeeded
    assert "error[RES901]: nothing is proven: cannot write the record" in run.messages()


PROGRAM = """
import pulumi_aws as aws

uploads = aws.s3.Bucket("uploads")
copy = aws.s3.Bucket("copy", region="eu-north-1")
destination = {"bucket": copy.arn}
aws.s3.BucketReplicationConfig(
    "replication", bucket=uploads.id, role="role", rules=[{"status": "Enabled", "destination": destination}]
)
aws.dynamodb.Table("table", hash_key="id", attributes=[{"name": "id", "type": "S"}], replicas=[])
"""


def test_the_record_of_a_programs_check_covers_what_it_deploys(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not known in the pull request is known in the state, and is the same placement."""
    source = tmp_path / "shop"
    source.mkdir()
    (source / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", encoding="utf-8")
    (source / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n", encoding="utf-8")
    (source / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    record, state = tmp_path / "record.json", tmp_path / "state.json"
    assert residency(["check", str(source), "--record", str(record)]) == 0
    stack = engine.project(source, "dev")
    run = stack.up()
    assert run.succeeded, run.stdout
    state.write_text(json.dumps(stack.export()), "utf-8")
    capsys.readouterr()
    assert residency(["verify-record", str(record), "--deployed", str(state)]) == 0, capsys.readouterr().out
