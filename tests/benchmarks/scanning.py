"""Checkov with our checks against Checkov without them, over the same configuration and template."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.measure import Series, interleaved
from tests.checkov import environment
from tests.checkov.environment import ROOT, NoCheckovError

RESOURCES = 500
PACK = ROOT / "policy_packs" / "checkov"
ONE_CHECK = Path(__file__).parent / "one_check"
_OPTIONS = ("--framework", "terraform", "cloudformation", "--compact", "--quiet", "--skip-download", "--output", "json")


def measured(scratch: Path, runs: int) -> dict[str, Series] | None:
    """Series ``own`` and ``peer``; None where Checkov cannot be installed."""
    checkov = command()
    if checkov is None:
        return None
    folder = scratch / "scanned"
    folder.mkdir()
    (folder / "main.tf").write_text(configuration(RESOURCES), "utf-8")
    (folder / "template.json").write_text(template(RESOURCES), "utf-8")
    peer = [checkov, "--directory", str(folder), *_OPTIONS]
    return interleaved({"own": [*peer, "--external-checks-dir", str(PACK)], "peer": peer}, runs)


def command() -> str | None:
    """The locked Checkov; None where it cannot be installed."""
    try:
        return str(environment.make().command)
    except NoCheckovError:
        return None


def one_check(checkov: str, plan: Path) -> list[str]:
    """Checkov over a plan with the one check of ``one_check``."""
    options = ("--compact", "--quiet", "--skip-download", "--output", "json")
    checks = ("--external-checks-dir", str(ONE_CHECK), "--check", "CKV2_BENCH_1")
    return [checkov, "--file", str(plan), "--framework", "terraform_plan", *checks, *options]


def configuration(count: int) -> str:
    """Terraform: buckets, tables and queues in turn, and a copy of every fourth bucket."""
    return 'provider "aws" {\n  region = "eu-west-1"\n}\n' + "".join(map(_block, range(count)))


def _block(number: int) -> str:
    kind = number % 4
    if kind == 0:
        return f'resource "aws_s3_bucket" "b{number}" {{\n  bucket = "acme-{number}"\n}}\n'
    if kind == 1:
        return (
            f'resource "aws_s3_bucket_replication_configuration" "b{number}" {{\n'
            f"  bucket = aws_s3_bucket.b{number - 1}.id\n"
            f'  role = "arn:aws:iam::123456789012:role/r"\n  rule {{\n    status = "Enabled"\n    destination {{\n'
            f"      bucket = aws_s3_bucket.b{number - 1}.arn\n    }}\n  }}\n}}\n"
        )
    if kind == 2:
        return f'resource "aws_dynamodb_table" "t{number}" {{\n  name = "t{number}"\n  hash_key = "id"\n}}\n'
    return f'resource "aws_sqs_queue" "q{number}" {{\n  name = "q{number}"\n}}\n'


def template(count: int) -> str:
    """CloudFormation: tables and queues in turn."""
    kinds = ("AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::S3::Bucket")
    made = {f"R{number}": {"Type": kinds[number % 3]} for number in range(count)}
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": made}, indent=1)
