"""Exported states of any size, for measuring: the same bytes for the same count.

In:  how many resources.
Out: a `pulumi stack export` document of about 1 kB a resource, whose forms of inputs and outputs are those of
     pulumi-aws 7.51.1 and pulumi-gcp 10.2.0 (docstrings of the types named below; checked 2026-11-23); and what is
     outside in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

PROJECT, STACK = "records", "prod"
ACCOUNT = "123456789012"
OUTSIDE_EVERY = 100
"""Among this many resources of one type, one leaves the European Economic Area."""
PROVIDERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "default_7_51_1": ("aws", {"region": "eu-west-1", "version": "7.51.1"}),
    "stockholm": ("aws", {"region": "eu-north-1", "version": "7.51.1"}),
    "virginia": ("aws", {"region": "us-east-1", "version": "7.51.1"}),
    "default_10_2_0": ("gcp", {"project": "records-prod", "region": "europe-west1", "version": "10.2.0"}),
}
_INSIDE = ("eu-west-1", "eu-north-1", "eu-central-1", "eu-west-3")
_ABROAD = ("us-east-1", "eu-west-2", "ap-southeast-2")

Json: TypeAlias = dict[str, Any]
Made: TypeAlias = "tuple[Json, Json, str, str]"
"""Inputs, outputs, the cloud's id, and the name of the provider instance."""


def write(path: Path, count: int) -> int:
    """Write a state of `count` resources, provider instances and the stack not counted; gives its size in bytes."""
    document = json.dumps(state(count), separators=(",", ":"))
    path.write_text(document, encoding="utf-8")
    return len(document.encode())


def state(count: int) -> Json:
    """The document that `pulumi stack export` prints; it has the resources in the order of their creation."""
    stack = {
        "urn": _urn("pulumi:pulumi:Stack", f"{PROJECT}-{STACK}"),
        "custom": False,
        "type": "pulumi:pulumi:Stack",
        "sourcePosition": "project:///__main__.py#1,1",
    }
    return {
        "version": 3,
        "deployment": {
            "manifest": {"time": "2026-11-23T12:00:00Z", "magic": "0", "version": "v3.259.0"},
            "resources": [stack, *_providers(), *(_record(number) for number in range(count))],
        },
    }


def _providers() -> Iterator[Json]:
    for name, (package, inputs) in PROVIDERS.items():
        token = f"pulumi:providers:{package}"
        yield {
            "urn": _urn(token, name),
            "custom": True,
            "id": _uuid(name),
            "type": token,
            "inputs": dict(inputs),
            "outputs": dict(inputs),
        }


def _record(number: int) -> Json:
    token, make = _MIX[number % len(_MIX)]
    inputs, outputs, cloud_id, provider = make(number)
    package = PROVIDERS[provider][0]
    instance = f"{_urn(f'pulumi:providers:{package}', provider)}::{_uuid(provider)}"
    return {
        "urn": _urn(token, _name(number)),
        "custom": True,
        "id": cloud_id,
        "type": token,
        "inputs": {**inputs, "__defaults": []},
        "outputs": {**inputs, **outputs, "id": cloud_id},
        "parent": _urn("pulumi:pulumi:Stack", f"{PROJECT}-{STACK}"),
        "provider": instance,
        "propertyDependencies": {key: None for key in inputs if key != "region"},
        "created": "2026-11-23T12:00:00Z",
        "modified": "2026-11-23T12:00:00Z",
        "sourcePosition": f"project:///__main__.py#{number % 900 + 10},5",
    }


def _bucket(number: int) -> Made:
    provider = "virginia" if _leaves(number) else ("default_7_51_1", "stockholm")[number // len(_MIX) % 2]
    region, name = PROVIDERS[provider][1]["region"], _name(number)
    inputs = {"bucket": name, "forceDestroy": False, "region": region, "tags": _tags(number), "tagsAll": _tags(number)}
    rule = {"applyServerSideEncryptionByDefault": {"kmsMasterKeyId": "", "sseAlgorithm": "AES256"}}
    outputs = {
        "arn": f"arn:aws:s3:::{name}",
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegion": region,
        "bucketRegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
        "hostedZoneId": "Z1BKCTXD74EZPE",
        "objectLockEnabled": False,
        "requestPayer": "BucketOwner",
        "serverSideEncryptionConfiguration": {"rule": rule},
        "versioning": {"enabled": True, "mfaDelete": False},
    }
    return inputs, outputs, name, provider


def _replication(number: int) -> Made:
    """From the bucket made just before, to another that is found by its ARN; a tenth of what leaves is switched off."""
    source = number - number % len(_MIX)
    wanted = source if source < len(_MIX) else source - len(_MIX)
    if _leaves(number):
        wanted = next(each for each in range(0, number, len(_MIX)) if _leaves(each))
    rule = {
        "destination": {"bucket": f"arn:aws:s3:::{_name(wanted)}", "storageClass": "STANDARD"},
        "filter": {"prefix": "records/"},
        "deleteMarkerReplication": {"status": "Enabled"},
        "id": "all",
        "status": "Disabled" if number // len(_MIX) % 10 == 0 else "Enabled",
    }
    role = f"arn:aws:iam::{ACCOUNT}:role/replication"
    inputs = {"bucket": _name(source), "role": role, "rules": [rule], "region": "eu-west-1"}
    return inputs, {"token": ""}, _name(source), "default_7_51_1"


def _table(number: int) -> Made:
    name = _name(number)
    second = _ABROAD[number % len(_ABROAD)] if _leaves(number) else "eu-central-1"
    replicas: list[Json] = [
        {"regionName": region, "pointInTimeRecovery": True, "propagateTags": True} for region in ("eu-north-1", second)
    ]
    inputs: Json = {
        "attributes": [{"name": "key", "type": "S"}, {"name": "at", "type": "N"}],
        "billingMode": "PAY_PER_REQUEST",
        "hashKey": "key",
        "name": name,
        "rangeKey": "at",
        "region": "eu-west-1",
        "replicas": replicas,
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "tags": _tags(number),
    }
    outputs = {
        "arn": f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/{name}",
        "replicas": [
            {**each, "arn": f"arn:aws:dynamodb:{each['regionName']}:{ACCOUNT}:table/{name}", "kmsKeyArn": ""}
            for each in replicas
        ],
        "readCapacity": 0,
        "writeCapacity": 0,
        "tableClass": "STANDARD",
    }
    return inputs, outputs, name, "default_7_51_1"


def _volume(number: int) -> Made:
    region = _INSIDE[number // len(_MIX) % len(_INSIDE)] if not _leaves(number) else _ABROAD[number % len(_ABROAD)]
    cloud_id = f"vol-0{_digest(number)[:16]}"
    inputs = {
        "availabilityZone": f"{region}{'abc'[number % 3]}",
        "encrypted": True,
        "region": region,
        "size": 100 + number % 400,
        "tags": _tags(number),
        "type": "gp3",
    }
    arn = f"arn:aws:ec2:{region}:{ACCOUNT}:volume/{cloud_id}"
    key = f"arn:aws:kms:{region}:{ACCOUNT}:key/{_uuid(region)}"
    outputs = {"arn": arn, "iops": 3000, "throughput": 125, "kmsKeyId": key, "multiAttachEnabled": False}
    return inputs, outputs, cloud_id, "default_7_51_1"


def _queue(number: int) -> Made:
    """Its region is nowhere in its inputs: it is the provider's."""
    provider = "virginia" if _leaves(number) else "stockholm"
    region, name = PROVIDERS[provider][1]["region"], _name(number)
    url = f"https://sqs.{region}.amazonaws.com/{ACCOUNT}/{name}"
    inputs = {"name": name, "messageRetentionSeconds": 345600, "sqsManagedSseEnabled": True, "tags": _tags(number)}
    outputs = {"arn": f"arn:aws:sqs:{region}:{ACCOUNT}:{name}", "url": url, "region": region, "maxMessageSize": 262144}
    return inputs, outputs, url, provider


def _disk(number: int) -> Made:
    zone = "us-central1-a" if _leaves(number) else ("europe-west1-b", "europe-north1-a", "europe-west4-c")[number % 3]
    name = _name(number)
    cloud_id = f"projects/records-prod/zones/{zone}/disks/{name}"
    inputs = {"name": name, "size": 200, "type": "pd-balanced", "zone": zone, "labels": _labels(number)}
    link = f"https://www.googleapis.com/compute/v1/{cloud_id}"
    outputs = {
        "creationTimestamp": "2026-11-23T04:00:00.000-08:00",
        "diskId": str(int(_digest(number)[:12], 16)),
        "effectiveLabels": _labels(number),
        "labelFingerprint": _digest(number)[:11],
        "physicalBlockSizeBytes": 4096,
        "project": "records-prod",
        "pulumiLabels": _labels(number),
        "selfLink": link,
    }
    return inputs, outputs, cloud_id, "default_10_2_0"


def _gcs_bucket(number: int) -> Made:
    location = "US" if _leaves(number) else ("EUROPE-WEST1", "EUROPE-NORTH1", "EU")[number % 3]
    name = _name(number)
    inputs = {"location": location, "name": name, "labels": _labels(number), "uniformBucketLevelAccess": True}
    outputs = {
        "effectiveLabels": _labels(number),
        "project": "records-prod",
        "publicAccessPrevention": "inherited",
        "pulumiLabels": _labels(number),
        "selfLink": f"https://www.googleapis.com/storage/v1/b/{name}",
        "softDeletePolicy": {"effectiveTime": "2026-11-23T12:00:00.000Z", "retentionDurationSeconds": 604800},
        "storageClass": "STANDARD",
        "url": f"gs://{name}",
        "versioning": {"enabled": True},
    }
    return inputs, outputs, name, "default_10_2_0"


_MIX: tuple[tuple[str, Callable[[int], Made]], ...] = (
    ("aws:s3/bucket:Bucket", _bucket),
    ("aws:s3/bucketReplicationConfig:BucketReplicationConfig", _replication),
    ("aws:dynamodb/table:Table", _table),
    ("aws:ebs/volume:Volume", _volume),
    ("aws:ebs/volume:Volume", _volume),
    ("aws:sqs/queue:Queue", _queue),
    ("gcp:compute/disk:Disk", _disk),
    ("gcp:compute/disk:Disk", _disk),
    ("gcp:storage/bucket:Bucket", _gcs_bucket),
    ("aws:ebs/volume:Volume", _volume),
)


def _leaves(number: int) -> bool:
    return number // len(_MIX) % OUTSIDE_EVERY == number % len(_MIX)


def _name(number: int) -> str:
    return f"records-{_MIX[number % len(_MIX)][0].rpartition(':')[2].lower()}-{number:06d}"


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:{STACK}::{PROJECT}::{token}::{name}"


def _tags(number: int) -> Json:
    return {
        "CostCentre": f"cc-{number % 40:03d}",
        "Name": _name(number),
        "Owner": f"team-{number % 12}",
        "Stage": STACK,
    }


def _labels(number: int) -> Json:
    return {key.lower(): value for key, value in _tags(number).items()} | {"goog-pulumi-provisioned": "true"}


def _digest(value: int | str) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()


def _uuid(value: str) -> str:
    digits = _digest(value)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"
