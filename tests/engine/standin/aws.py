"""Stand-in for the AWS provider: regions, ARNs and names in the real one's form.

Sources, checked 2026-11-23: pulumi-aws 7.51.1, docstrings of `aws.s3.Bucket.arn`, `aws.s3.Bucket.region` and
`aws.Provider.region`; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (forms of ARNs).
"""

# `Cloud` describes these methods and gives them their arguments.
# ruff: noqa: D102, ARG002

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tests.engine.standin.servicer import Subject
from tests.engine.standin.wire import UNKNOWN, Properties, always_set, text

ACCOUNT = "123456789012"
"""The account id of AWS's own documentation."""

ARN_FORMS: Mapping[str, str] = {
    "s3/bucket:Bucket": "arn:aws:s3:::{name}",
    "s3/bucketV2:BucketV2": "arn:aws:s3:::{name}",
    "iam/role:Role": "arn:aws:iam::{account}:role/{name}",
    "iam/policy:Policy": "arn:aws:iam::{account}:policy/{name}",
    "dynamodb/table:Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "kms/key:Key": "arn:aws:kms:{region}:{account}:key/{name}",
    "kms/replicaKey:ReplicaKey": "arn:aws:kms:{region}:{account}:key/{name}",
    "rds/instance:Instance": "arn:aws:rds:{region}:{account}:db:{name}",
    "rds/cluster:Cluster": "arn:aws:rds:{region}:{account}:cluster:{name}",
    "sqs/queue:Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "sns/topic:Topic": "arn:aws:sns:{region}:{account}:{name}",
    "lambda/function:Function": "arn:aws:lambda:{region}:{account}:function:{name}",
    "kinesis/stream:Stream": "arn:aws:kinesis:{region}:{account}:stream/{name}",
    "backup/vault:Vault": "arn:aws:backup:{region}:{account}:backup-vault:{name}",
    "secretsmanager/secret:Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf",
    "cloudwatch/logGroup:LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "cloudfront/distribution:Distribution": "arn:aws:cloudfront::{account}:distribution/{name}",
}
OTHER_ARN = "arn:aws:{service}:{region}:{account}:{kind}/{name}"
ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "ecr/repository:Repository": {"repositoryUrl": "{account}.dkr.ecr.{region}.amazonaws.com/{name}"},
    "efs/fileSystem:FileSystem": {"dnsName": "{name}.efs.{region}.amazonaws.com"},
    "rds/instance:Instance": {"address": "{name}.c0123456789.{region}.rds.amazonaws.com"},
}
"""Where services answer, in the forms of the SDK's own examples."""
NAME_INPUTS = ("bucket", "name", "identifier", "clusterIdentifier", "functionName")
ID_IS_ARN = frozenset({"sns/topic:Topic", "iam/policy:Policy", "secretsmanager/secret:Secret"})


class AwsCloud:
    """Takes the region from a resource, else its provider's configuration, else the environment, as the real one does.

    Attributes:
        environment: the variables of the run; ``AWS_REGION`` and ``AWS_DEFAULT_REGION`` are read. They never appear
            among the provider's inputs, which is why no policy can see them.
    """

    package = "aws"
    version = "7.51.1"
    replaces = frozenset({"region", "bucket", "name"})

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def place(self, provider: Properties, inputs: Properties) -> str:
        environment = self.environment
        fallback = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or ""
        return text(inputs.get("region")) or text(provider.get("region")) or fallback

    def check(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Automatic names: the program's name with seven hexadecimal digits, where the SDK documents such an input."""
        filled = dict(inputs)
        name = next((key for key in NAME_INPUTS if key in always_set(subject.type)), None)
        if name in ("bucket", "name", "identifier") and name not in filled and not _refers(subject):
            filled[name] = f"{subject.name}-{_digest(subject.urn)[:7]}"
            filled["__defaults"] = [name]
        return filled

    def planned(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """The region is known before creation, as the real provider sets it while it plans."""
        if "region" not in always_set(subject.type):
            return {}
        return {"region": UNKNOWN if inputs.get("region") == UNKNOWN else self.place(provider, inputs)}

    def created(self, subject: Subject, inputs: Properties, provider: Properties) -> tuple[str, Properties]:
        region = self.place(provider, inputs)
        name = next((text(inputs[key]) for key in NAME_INPUTS if text(inputs.get(key))), "")
        name = name or f"{subject.name}-{_digest(subject.urn)[:7]}"
        documented = always_set(subject.type)
        known = {"arn": _arn(subject.type, name, region), "region": region, "bucketRegion": region, "keyId": name}
        known |= {"url": f"https://sqs.{region}.amazonaws.com/{ACCOUNT}/{name}", "status": "active"}
        forms = ADDRESSES.get(subject.type.removeprefix("aws:"), {})
        known |= {key: form.format(account=ACCOUNT, region=region, name=name) for key, form in forms.items()}
        outputs: Properties = {key: value for key, value in known.items() if key in documented and key not in inputs}
        if inputs.get("manageMasterUserPassword"):
            secret = f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:rds!db-{name}"
            outputs["masterUserSecrets"] = [{"secretArn": secret, "secretStatus": "active"}]
        cloud_id = str(known["arn"]) if subject.type.removeprefix("aws:") in ID_IS_ARN else name
        return cloud_id, outputs

    def read(self, subject: Subject, cloud_id: str, provider: Properties) -> Properties:
        """Region from the id where it is an ARN that has one, else the provider's."""
        parts = cloud_id.split(":")
        region = parts[3] if cloud_id.startswith("arn:") and parts[3] else self.place(provider, {})
        documented = always_set(subject.type)
        known: Properties = {"arn": _arn(subject.type, cloud_id, region), "region": region, "bucketRegion": region}
        known |= dict.fromkeys(("bucket", "name"), cloud_id)
        if cloud_id.startswith("arn:"):
            known["arn"] = cloud_id
        return {key: value for key, value in known.items() if key in documented}

    def invoke(self, token: str, arguments: Properties, provider: Properties) -> Properties:
        region = text(arguments.get("region")) or self.place(provider, {})
        if token.endswith(":getCallerIdentity"):
            return {"accountId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:user/test", "id": ACCOUNT, "userId": "test"}
        if token.endswith(":getRegion"):
            return {"name": region, "region": region, "id": region, "description": region, "endpoint": ""}
        if token.endswith(":getAvailabilityZones"):
            zones = [f"{region}{letter}" for letter in "abc"]
            return {"names": zones, "zoneIds": zones, "groupNames": [region], "id": region, "region": region}
        if token.endswith(":getBucket"):
            bucket = text(arguments.get("bucket"))
            return {"arn": f"arn:aws:s3:::{bucket}", "bucket": bucket, "id": bucket, "region": region}
        return dict(arguments)


def _refers(subject: Subject) -> bool:
    """Whether the type's `bucket` input names another resource instead of itself."""
    return subject.type.startswith("aws:s3/bucket") and subject.type not in {
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
    }


def _arn(token: str, name: str, region: str) -> str:
    short = token.removeprefix("aws:")
    service, _, kind = short.partition("/")
    form = ARN_FORMS.get(short, OTHER_ARN)
    return form.format(name=name, region=region, account=ACCOUNT, service=service, kind=kind.split(":")[0])


def _digest(urn: str) -> str:
    """Hexadecimal digits, the same for the same URN; the real provider takes them from the engine's random seed."""
    return hashlib.sha256(urn.encode()).hexdigest()
