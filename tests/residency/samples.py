"""Small graphs and results that several tests share."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from residency.check import CheckResult, result
from residency.ingest.deployment import Record, graph
from residency.ingest.values import SECRET as SECRET_SIGNATURE
from residency.ingest.values import SIGNATURE, UNKNOWN_SENTINELS
from residency.judge import judge
from residency.model import ResourceGraph, Verdict
from residency.perimeter import Perimeter, load

ON = datetime.date(2026, 11, 23)
UNKNOWN = UNKNOWN_SENTINELS[2]
SECRET = {SIGNATURE: SECRET_SIGNATURE, "ciphertext": "v1:hush:hush"}
BUCKET = "aws:s3/bucket:Bucket"
REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"


def eea() -> Perimeter:
    """The default perimeter on the day of the tests."""
    return load("eea", ON)


def urn(type_: str, name: str) -> str:
    """A URN of the sample stack."""
    return f"urn:pulumi:dev::sample::{type_}::{name}"


def provider(name: str, package: str = "aws", **inputs: Any) -> dict[str, Any]:
    """A provider instance."""
    type_ = f"pulumi:providers:{package}"
    return {"urn": urn(type_, name), "type": type_, "custom": True, "id": "id", "inputs": inputs}


def resource(
    type_: str,
    name: str,
    inputs: Mapping[str, Any] | None = None,
    *,
    by: str = "",
    depends_on: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A resource made by the provider instance named ``by``."""
    made: dict[str, Any] = {"urn": urn(type_, name), "type": type_, "custom": True, "inputs": dict(inputs or {})}
    if by:
        made["provider"] = f"{urn('pulumi:providers:' + type_.partition(':')[0], by)}::id"
    made["propertyDependencies"] = {key: list(urns) for key, urns in (depends_on or {}).items()}
    return {**made, **more}


def state(*records: Mapping[str, Any], pending: Sequence[Any] = ()) -> str:
    """An exported state."""
    deployment: dict[str, Any] = {"manifest": {}, "resources": list(records), "pending_operations": list(pending)}
    return json.dumps({"version": 3, "deployment": deployment})


def graph_of(*records: Mapping[str, Any], target: str = "sample") -> ResourceGraph:
    """The graph of some records, through the real ingest."""
    return graph(target, msgspec.json.decode(json.dumps(records), type=list[Record]))


def verdicts(*records: Mapping[str, Any], perimeter: Perimeter | None = None) -> tuple[Verdict, ...]:
    """The verdicts on some records."""
    return judge(graph_of(*records), perimeter or eea())


IRELAND, AMERICA = provider("eu", region="eu-west-1"), provider("us", region="us-east-1")


def replicated(*, to: str = "us", destination: str = UNKNOWN) -> list[dict[str, Any]]:
    """Two buckets and a replication between them, by an ARN that is not known yet."""
    rules = [{"status": "Enabled", "destination": {"bucket": destination}}]
    return [
        IRELAND,
        AMERICA,
        resource(BUCKET, "data", {"bucket": "data"}, by="eu"),
        resource(BUCKET, "copy", {"bucket": "copy"}, by=to),
        resource(
            REPLICATION,
            "replication",
            {"bucket": "data", "rules": rules},
            by="eu",
            depends_on={"rules": [urn(BUCKET, "copy")]},
        ),
    ]


def sample_result() -> CheckResult:
    """A result with everything that a report can show: outside, undetermined, inside, accepted, and a rule's error."""
    accepted = msgspec.structs.replace(eea(), name="sample")
    from residency.perimeter import Exemption  # noqa: PLC0415

    exemption = Exemption(
        rule="RES001",
        resource="old",
        owner="platform",
        reason="moved by the end of the year",
        approver="DPO",
        expires=datetime.date(2026, 12, 31),
    )
    accepted = msgspec.structs.replace(accepted, exemptions=(exemption,))
    records = [
        *replicated(),
        resource(BUCKET, "old", {"bucket": "old"}, by="us"),
        resource("acme:index:Store", "mystery\x1b[31m", {}),
    ]
    return result([graph_of(*records)], accepted)
