"""Stand-in for what hashicorp/aws 6 and AWS decide.

What it is taken for granted that the provider and AWS do (nobody looked it up): every resource that is in a region
has a ``region`` of its own, planned as the provider's when it is not set, and a change of it replaces the resource;
``tags_all`` is the provider's ``default_tags`` under the resource's ``tags``; the forms of ARNs are AWS's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.terraform.clouds.cloud import Cloud, Values, listed, optional, token
from tests.terraform.shape import Block
from tests.terraform.values import UNKNOWN, unknown

ACCOUNT = "123456789012"

_SETTINGS = Block(
    optional("region", "access_key", "secret_key", "token", "profile", "max_retries")
    | optional("skip_credentials_validation", "skip_metadata_api_check", "skip_region_validation", kind="bool")
    | optional("skip_requesting_account_id", "s3_use_path_style", kind="bool")
    | optional("allowed_account_ids", "forbidden_account_ids", kind=["set", "string"]),
    {
        "default_tags": listed(Block(optional("tags", kind=["map", "string"]))),
        "assume_role": listed(Block(optional("role_arn", "session_name", "external_id")), most=0),
        "endpoints": listed(Block(optional("s3", "sts", "dynamodb", "kms")), most=0),
    },
)

_ARNS: Mapping[str, str] = {
    "aws_backup_plan": "arn:aws:backup:{region}:{account}:backup-plan:{id}",
    "aws_backup_vault": "arn:aws:backup:{region}:{account}:backup-vault:{name}",
    "aws_cloudfront_distribution": "arn:aws:cloudfront::{account}:distribution/{id}",
    "aws_db_instance": "arn:aws:rds:{region}:{account}:db:{identifier}",
    "aws_dynamodb_table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "aws_iam_role": "arn:aws:iam::{account}:role/{name}",
    "aws_kinesis_firehose_delivery_stream": "arn:aws:firehose:{region}:{account}:deliverystream/{name}",
    "aws_kms_key": "arn:aws:kms:{region}:{account}:key/{key_id}",
    "aws_kms_replica_key": "arn:aws:kms:{region}:{account}:key/{key_id}",
    "aws_rds_cluster": "arn:aws:rds:{region}:{account}:cluster:{cluster_identifier}",
    "aws_rds_global_cluster": "arn:aws:rds::{account}:global-cluster:{global_cluster_identifier}",
    "aws_s3_bucket": "arn:aws:s3:::{bucket}",
    "aws_secretsmanager_secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{short}",
    "aws_sns_topic": "arn:aws:sns:{region}:{account}:{name}",
    "aws_sqs_queue": "arn:aws:sqs:{region}:{account}:{name}",
}
_NAMES = ("bucket", "name", "identifier", "cluster_identifier", "global_cluster_identifier")
_ID_IS_ARN = {"aws_secretsmanager_secret", "aws_sns_topic", "aws_kinesis_firehose_delivery_stream"}
_ID_IS_TOKEN = {"aws_kms_key", "aws_kms_replica_key", "aws_backup_plan", "aws_cloudfront_distribution"}
_FIXED: Mapping[str, Values] = {
    "aws_s3_bucket": {"force_destroy": False},
    "aws_kms_key": {
        "bypass_policy_lockout_safety_check": False,
        "customer_master_key_spec": "SYMMETRIC_DEFAULT",
        "is_enabled": True,
        "key_usage": "ENCRYPT_DECRYPT",
    },
    "aws_iam_role": {"force_detach_policies": False, "max_session_duration": 3600, "path": "/"},
}
_BUCKETS: Mapping[str, str] = {"records-office-archive": "us-east-1", "records-office-mirror": "eu-central-1"}
"""Buckets that are there without Terraform, and the region of each."""


def _defaults(kind: str, planned: Values, asked: Values, settings: Mapping[str, Any]) -> None:
    for name, value in _FIXED.get(kind, {}).items():
        if planned.get(name) is None:
            planned[name] = value
    if asked.get("region") is None and unknown(planned.get("region")):
        planned["region"] = settings.get("region") or UNKNOWN
    if "tags_all" in planned:
        planned["tags_all"] = _tags(planned, settings)


def _tags(planned: Values, settings: Mapping[str, Any]) -> Any:
    """Known after apply, as with the real provider, where there are none or some are not known."""
    tags, before = planned.get("tags"), planned["tags_all"]
    common = next((block.get("tags") for block in settings.get("default_tags") or ()), None)
    if unknown(tags) or unknown(common):
        return UNKNOWN
    together: Values = {**(common or {}), **(tags or {})}
    if not together:
        return UNKNOWN if before else before
    return UNKNOWN if any(map(unknown, together.values())) else together


def _made(kind: str, planned: Values, _settings: Mapping[str, Any]) -> Values:
    known = {name: value for name, value in planned.items() if not unknown(value) and not isinstance(value, list)}
    for name in _NAMES:
        if name in planned and name not in known:
            prefix = known.get(f"{name}_prefix") or "terraform-"
            known[name] = f"{prefix}20260101000000000000000001"
    serial = token(kind, *(str(known[name]) for name in _NAMES if name in known), str(known.get("description")))
    known |= {"account": ACCOUNT, "short": serial[:6], "key_id": known.get("key_id") or _key(kind, serial)}
    named = next((known[name] for name in _NAMES if known.get(name)), serial)
    known["id"] = known.get("id") or (known["key_id"] if "kms" in kind else serial if kind in _ID_IS_TOKEN else named)
    if kind in _ARNS:
        known["arn"] = _ARNS[kind].format_map(known)
        known["id"] = known["arn"] if kind in _ID_IS_ARN else known["id"]
    return known | _more(kind, known, planned)


def _key(kind: str, serial: str) -> str:
    if kind == "aws_kms_replica_key":
        return f"mrk-{serial}{serial}"
    return f"{serial[:8]}-{serial[8:12]}-4000-8000-{serial}"


def _more(kind: str, known: Values, planned: Values) -> Values:
    if kind == "aws_s3_bucket":
        domain = f"{known['bucket']}.s3"
        return {
            "bucket_region": known.get("region"),
            "bucket_domain_name": f"{domain}.amazonaws.com",
            "bucket_regional_domain_name": f"{domain}.{known.get('region')}.amazonaws.com",
        }
    if kind == "aws_sqs_queue":
        address = f"https://sqs.{known.get('region')}.amazonaws.com/{ACCOUNT}/{known.get('name')}"
        return {"url": address, "id": address}
    if kind == "aws_dynamodb_table":
        return _streams(known, [each["region_name"] for each in planned["replica"]])
    return {}


def _streams(known: Values, replicas: list[str]) -> Values:
    """A table's stream, and its replicas with theirs."""
    label = "2026-01-01T00:00:00.000" if known.get("stream_enabled") else ""

    def there(region: str) -> Values:
        arn = _ARNS["aws_dynamodb_table"].format_map({**known, "region": region})
        return {"arn": arn, "stream_arn": f"{arn}/stream/{label}" if label else "", "stream_label": label}

    return there(known["region"]) | {"replica": [there(region) for region in replicas]}


def _refreshed(kind: str, state: Values) -> Values:
    """One bucket was changed by hand since it was made: Terraform calls it drift."""
    if kind == "aws_s3_bucket" and state.get("bucket") == "records-office-letters":
        return state | {"tags": {"legal-hold": "2026-14"}, "tags_all": {"legal-hold": "2026-14"}}
    return state


def _read(kind: str, asked: Values, settings: Mapping[str, Any]) -> Values:
    region = asked.get("region") or settings.get("region")
    if kind == "aws_region":
        return {"name": region, "region": region, "id": region, "endpoint": f"ec2.{region}.amazonaws.com"}
    if kind == "aws_caller_identity":
        return {
            "account_id": ACCOUNT,
            "arn": f"arn:aws:iam::{ACCOUNT}:user/deploy",
            "id": ACCOUNT,
            "user_id": "AIDADEPLOY",
        }
    if kind == "aws_s3_bucket":
        bucket = asked["bucket"]
        there = _BUCKETS.get(bucket) or region
        return {"region": region, "bucket_region": there, "id": bucket, "arn": f"arn:aws:s3:::{bucket}"}
    if kind == "aws_kms_key":
        serial = token(kind, asked["key_id"])
        key = _key(kind, serial)
        return {"region": region, "id": key, "arn": f"arn:aws:kms:{region}:{ACCOUNT}:key/{key}", "enabled": True}
    raise LookupError(f"the stand-in for AWS has no answer for data.{kind}")


def _replacing(kind: str) -> frozenset[str]:
    own = {"aws_kms_key": (), "aws_kms_replica_key": ("primary_key_arn",)}.get(kind, _NAMES)
    return frozenset({"region", *own})


CLOUD = Cloud(_SETTINGS, _defaults, _made, _read, _replacing, _refreshed)
