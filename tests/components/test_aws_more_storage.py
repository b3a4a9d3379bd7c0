"""What the AWS components for disks, files, databases, backups and logs tell their children."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from residency_components import ComponentError
from residency_components.aws import networks
from residency_components.aws.backup_vault import AwsBackupVault
from residency_components.aws.block_volume import AwsBlockVolume
from residency_components.aws.file_share import AwsFileShare
from residency_components.aws.log_archive import AwsLogArchive
from residency_components.aws.relational_database import AwsRelationalDatabase

from tests.components.asking import NETWORK
from tests.components.recording import Registered, record
from tests.components.test_aws_storage import ask, one

IE = "eu-west-1:123456789012"
DE = "eu-central-1:123456789012"


def named(made: list[Registered], type_: str) -> list[str]:
    return [child.name for child in made if child.type == type_]


def statements(made: list[Registered], type_: str, name: str, key: str = "policy") -> list[dict[str, Any]]:
    """The statements of a policy that a child is given."""
    return json.loads(one(made, type_, name).inputs[key])["Statement"]


def trusted(made: list[Registered], name: str) -> dict[str, Any]:
    (statement,) = statements(made, "aws:iam/role:Role", name, "assumeRolePolicy")
    return statement


def attached(**more: Any) -> Any:
    return ask(**NETWORK, **more)


@pytest.mark.parametrize(("zone", "letter"), [(1, "a"), (2, "b"), (3, "c")])
def test_a_disk_is_in_its_zone_under_its_own_key(zone: int, letter: str) -> None:
    made = record(lambda: AwsBlockVolume("disk", ask(size_gib=100, zone=zone)))

    disk = one(made, "aws:ebs/volume:Volume", "disk")
    assert (disk.inputs["availabilityZone"], disk.inputs["type"], disk.protect) == (f"eu-west-1{letter}", "gp3", True)
    assert disk.inputs["kmsKeyId"] == f"arn:aws:kms:{IE}:disk"
    assert disk.inputs["finalSnapshot"] is True


def test_snapshots_are_of_the_one_disk_and_copied_nowhere() -> None:
    made = record(lambda: AwsBlockVolume("disk", ask(size_gib=100, zone=1, keep_days=9)))

    details = one(made, "aws:dlm/lifecyclePolicy:LifecyclePolicy", "disk").inputs["policyDetails"]
    assert details["targetTags"] == {"snapshots": "disk"}
    assert one(made, "aws:ebs/volume:Volume", "disk").inputs["tags"]["snapshots"] == "disk"
    assert details["resourceLocations"] == "CLOUD"
    (daily,) = details["schedules"]
    assert daily == {
        "name": "daily",
        "copyTags": True,
        "createRule": {"interval": 24, "intervalUnit": "HOURS", "times": "02:00", "location": "CLOUD"},
        "retainRule": {"interval": 9, "intervalUnit": "DAYS"},
    }


def test_who_takes_snapshots_may_do_so_of_the_one_disk_under_its_key() -> None:
    made = record(lambda: AwsBlockVolume("disk", ask(size_gib=100, zone=1)))

    assert trusted(made, "disksnap")["Principal"] == {"Service": "dlm.amazonaws.com"}
    assert trusted(made, "disksnap")["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    snapshots = "arn:aws:ec2:eu-west-1::snapshot/*"
    key = f"arn:aws:kms:{IE}:disk"
    rights = {
        json.dumps(each["Action"]): each["Resource"]
        for each in statements(made, "aws:iam/rolePolicy:RolePolicy", "disksnap")
    }
    assert rights == {
        '["ec2:DescribeSnapshots", "ec2:DescribeVolumes"]': "*",
        '"ec2:CreateSnapshot"': [f"arn:aws:ebs:{IE}:disk", snapshots],
        '"ec2:CreateTags"': snapshots,
        '"ec2:DeleteSnapshot"': snapshots,
        '["kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"]': key,
        '"kms:CreateGrant"': key,
    }


def test_a_share_is_mounted_in_each_part_of_the_network_and_from_nowhere_else() -> None:
    made = record(lambda: AwsFileShare("share", attached()))

    targets = [child.inputs for child in made if child.type == "aws:efs/mountTarget:MountTarget"]
    assert [each["subnetId"] for each in targets] == ["sub-1", "sub-2"]
    assert {each["securityGroups"][0] for each in targets} == {"share-SecurityGroup"}
    rule = one(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sharein2049").inputs
    assert (rule["cidrIpv4"], rule["fromPort"], rule["toPort"]) == ("10.20.0.0/16", 2049, 2049)
    assert named(made, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") == []


def test_a_share_is_mounted_over_tls_only_and_never_as_root() -> None:
    made = record(lambda: AwsFileShare("share", attached()))

    mount, only_tls = statements(made, "aws:efs/fileSystemPolicy:FileSystemPolicy", "share")
    assert (mount["Effect"], mount["Action"]) == (
        "Allow",
        ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    )
    assert mount["Condition"] == {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
    assert (only_tls["Effect"], only_tls["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_a_share_is_no_copy_of_another_and_backed_up_by_its_arn() -> None:
    made = record(lambda: AwsFileShare("share", attached(keep_days=8)))

    share = one(made, "aws:efs/fileSystem:FileSystem", "share").inputs
    assert (share["kmsKeyId"], share["protection"]) == (
        f"arn:aws:kms:{IE}:share",
        {"replicationOverwrite": "ENABLED"},
    )
    assert named(made, "aws:efs/replicationConfiguration:ReplicationConfiguration") == []
    selection = one(made, "aws:backup/selection:Selection", "share").inputs
    assert (selection["resources"], "selectionTags" in selection) == ([f"arn:aws:efs:{IE}:share"], False)
    (rule,) = one(made, "aws:backup/plan:Plan", "share").inputs["rules"]
    assert (rule["lifecycle"], "copyActions" in rule) == ({"deleteAfter": 8}, False)


def test_a_share_whose_network_is_not_known_yet_is_mounted_in_three_parts() -> None:
    def program() -> Any:
        parts = pulumi.Output.from_input(["sub-1", "sub-2", "sub-3"])
        return AwsFileShare("share", ask(**{**NETWORK, "subnet_ids": parts})).share_id

    made = record(program)

    targets = [child.inputs["subnetId"] for child in made if child.type == "aws:efs/mountTarget:MountTarget"]
    assert targets == ["sub-1", "sub-2", "sub-3"]


def test_a_network_that_turns_out_to_have_fewer_parts_is_refused() -> None:
    """Asked of the check itself: a fault inside of an output is reported once for each output that hangs on it."""
    with pytest.raises(ComponentError) as caught:
        networks._one(["sub-1", "sub-2"], 2)  # pyright: ignore[reportPrivateUsage]

    assert (caught.value.what, caught.value.where, caught.value.help) == (
        "`subnet_ids` has 2 elements, and 3 are needed",
        "subnet_ids",
        "pass the output of a PrivateNetwork, or a list",
    )


def test_a_database_is_reached_over_tls_from_the_network_only() -> None:
    made = record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100)))

    base = one(made, "aws:rds/instance:Instance", "people").inputs
    assert base["publiclyAccessible"] is False
    assert base["vpcSecurityGroupIds"] == ["people-SecurityGroup"]
    rule = one(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "peoplein5432").inputs
    assert (rule["cidrIpv4"], rule["fromPort"], rule["toPort"]) == ("10.20.0.0/16", 5432, 5432)
    group = one(made, "aws:rds/parameterGroup:ParameterGroup", "people").inputs
    assert group["family"] == "postgres17"
    assert {"name": "rds.force_ssl", "value": "1"} in group["parameters"]


def test_all_that_a_database_keeps_is_under_its_own_key() -> None:
    made = record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100)))

    base = one(made, "aws:rds/instance:Instance", "people").inputs
    keys = ("kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId")
    assert {base[key] for key in keys} == {f"arn:aws:kms:{IE}:people"}
    assert "password" not in base
    assert (base["iamDatabaseAuthenticationEnabled"], base["performanceInsightsEnabled"]) == (True, True)


def test_a_database_is_not_lost_with_its_stack() -> None:
    made = record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100, keep_days=12)))

    base = one(made, "aws:rds/instance:Instance", "people")
    assert base.protect is True
    switches = ("deletionProtection", "skipFinalSnapshot", "deleteAutomatedBackups", "multiAz")
    assert [base.inputs[switch] for switch in switches] == [True, False, False, True]
    assert (base.inputs["backupRetentionPeriod"], base.inputs["backupTarget"]) == (12, "region")
    assert base.inputs["finalSnapshotIdentifier"] == "people-final"


def test_the_logs_of_a_database_have_groups_with_key_and_end_before_it_writes() -> None:
    made = record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100)))

    exported = one(made, "aws:rds/instance:Instance", "people").inputs["enabledCloudwatchLogsExports"]
    assert exported == ["postgresql", "upgrade"]
    for log in exported:
        group = one(made, "aws:cloudwatch/logGroup:LogGroup", f"people{log}").inputs
        assert group["name"] == f"/aws/rds/instance/people/{log}"
        assert (group["kmsKeyId"], group["retentionInDays"]) == (f"arn:aws:kms:{IE}:people", 90)


def test_a_database_is_copied_only_where_that_was_asked_and_under_a_key_there() -> None:
    type_ = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
    assert named(record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100))), type_) == []

    made = record(lambda: AwsRelationalDatabase("people", attached(storage_gib=100, replicate_to="DE")))

    copy = one(made, type_, "people")
    assert (copy.place, copy.protect) == ("eu-central-1", True)
    assert copy.inputs["kmsKeyId"] == f"arn:aws:kms:{DE}:peoplecopy"
    assert (copy.inputs["sourceDbInstanceArn"], copy.inputs["retentionPeriod"]) == (f"arn:aws:rds:{IE}:people", 35)


def test_a_vault_is_locked_so_that_its_lock_can_be_lifted_by_who_may() -> None:
    made = record(lambda: AwsBackupVault("safe", ask(keep_days=10)))

    lock = one(made, "aws:backup/vaultLockConfiguration:VaultLockConfiguration", "safe").inputs
    assert (lock["minRetentionDays"], "changeableForDays" in lock) == (10, False)
    vault = one(made, "aws:backup/vault:Vault", "safe")
    assert (vault.inputs["kmsKeyArn"], vault.protect) == (f"arn:aws:kms:{IE}:safe", True)


def test_a_vault_is_filled_every_night_from_what_has_its_tag() -> None:
    made = record(lambda: AwsBackupVault("safe", ask()))

    (rule,) = one(made, "aws:backup/plan:Plan", "safe").inputs["rules"]
    assert (rule["schedule"], rule["scheduleExpressionTimezone"]) == ("cron(0 2 * * ? *)", "Etc/UTC")
    assert (rule["targetVaultName"], rule["lifecycle"], "copyActions" in rule) == ("safe", {"deleteAfter": 35}, False)
    selection = one(made, "aws:backup/selection:Selection", "safe").inputs
    assert selection["selectionTags"] == [{"type": "STRINGEQUALS", "key": "backup", "value": "safe"}]
    policies = [child.inputs["policyArn"].rpartition(":policy/")[2] for child in made if "Attachment" in child.type]
    assert policies == ["service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup"]


def test_a_copy_of_a_vault_is_as_locked_and_under_a_key_of_its_region() -> None:
    made = record(lambda: AwsBackupVault("safe", ask(keep_days=10, replicate_to="DE")))

    copy = one(made, "aws:backup/vault:Vault", "safecopy")
    assert (copy.place, copy.inputs["kmsKeyArn"]) == ("eu-central-1", f"arn:aws:kms:{DE}:safecopy")
    lock = one(made, "aws:backup/vaultLockConfiguration:VaultLockConfiguration", "safecopy")
    assert (lock.place, lock.inputs["minRetentionDays"]) == ("eu-central-1", 10)
    (rule,) = one(made, "aws:backup/plan:Plan", "safe").inputs["rules"]
    assert rule["copyActions"] == [
        {"destinationVaultArn": f"arn:aws:backup:{DE}:safecopy", "lifecycle": {"deleteAfter": 10}}
    ]


def test_the_service_for_logs_uses_the_key_of_an_archive_for_its_group_only() -> None:
    made = record(lambda: AwsLogArchive("audit", ask(archive_days=365)))

    administration, logs = statements(made, "aws:kms/keyPolicy:KeyPolicy", "audit")
    assert administration["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
    assert logs["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    assert logs["Condition"] == {
        "ArnEquals": {"kms:EncryptionContext:aws:logs:arn": [f"arn:aws:logs:{IE}:log-group:/residency/audit"]}
    }


@pytest.mark.parametrize(("asked", "kept"), [(30, 30), (31, 60), (61, 90), (90, 90)])
def test_logs_can_be_searched_at_least_as_long_as_was_asked(asked: int, kept: int) -> None:
    made = record(lambda: AwsLogArchive("audit", ask(archive_days=365, search_days=asked)))

    assert one(made, "aws:cloudwatch/logGroup:LogGroup", "audit").inputs["retentionInDays"] == kept


def test_an_archive_is_a_private_bucket_that_nobody_can_empty_before_its_time() -> None:
    made = record(lambda: AwsLogArchive("audit", ask(archive_days=730)))

    bucket = one(made, "aws:s3/bucket:Bucket", "audit")
    assert (bucket.inputs["objectLockEnabled"], bucket.inputs["forceDestroy"], bucket.protect) == (True, False, True)
    lock = one(made, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "audit").inputs
    assert lock["rule"] == {"defaultRetention": {"mode": "COMPLIANCE", "days": 730}}
    blocked = one(made, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "audit").inputs
    switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [blocked[switch] for switch in switches] == [True] * 4


def test_every_event_goes_to_the_archive_and_on_its_way_under_the_same_key() -> None:
    made = record(lambda: AwsLogArchive("audit", ask(archive_days=365)))

    key = f"arn:aws:kms:{IE}:audit"
    stream = one(made, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "audit").inputs
    assert stream["serverSideEncryption"] == {"enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": key}
    there = stream["extendedS3Configuration"]
    assert (there["bucketArn"], there["kmsKeyArn"], there["s3BackupMode"]) == ("arn:aws:s3:::audit", key, "Disabled")
    assert there["cloudwatchLoggingOptions"] == {"enabled": False}
    events = one(made, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "audit").inputs
    assert (events["logGroup"], events["filterPattern"]) == ("/residency/audit", "")


def test_who_hands_logs_over_may_do_nothing_else() -> None:
    made = record(lambda: AwsLogArchive("audit", ask(archive_days=365)))

    assert statements(made, "aws:iam/rolePolicy:RolePolicy", "auditsend") == [
        {
            "Effect": "Allow",
            "Action": ["firehose:PutRecord", "firehose:PutRecordBatch"],
            "Resource": one(made, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "audit").inputs[
                "destinationArn"
            ],
        }
    ]
    assert trusted(made, "auditsend")["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    resources = [each["Resource"] for each in statements(made, "aws:iam/rolePolicy:RolePolicy", "auditwrite")]
    assert resources == ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*", f"arn:aws:kms:{IE}:audit"]


def test_no_event_is_handed_over_before_the_archive_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock's default retention holds for objects that come after it only."""
    waited: list[Any] = []
    real = aws.cloudwatch.LogSubscriptionFilter

    def waiting(resource: str, *, opts: pulumi.ResourceOptions, **inputs: Any) -> aws.cloudwatch.LogSubscriptionFilter:
        waited.append(opts.depends_on)
        return real(resource, opts=opts, **inputs)

    monkeypatch.setattr(aws.cloudwatch, "LogSubscriptionFilter", waiting)
    record(lambda: AwsLogArchive("audit", ask(archive_days=365)))

    assert [[type(each) for each in some] for some in waited] == [
        [aws.s3.BucketObjectLockConfiguration, aws.iam.RolePolicy, aws.iam.RolePolicy]
    ]


@pytest.mark.parametrize(
    ("kind", "asked", "where", "help_"),
    [
        (AwsBlockVolume, {"size_gib": 100, "zone": 4}, "zone", "pass one from 1 to 3"),
        (AwsBlockVolume, {"size_gib": 9, "zone": 1}, "size_gib", "pass one from 10 to 16000"),
        (AwsBackupVault, {"keep_days": 36}, "keep_days", "pass one from 7 to 35"),
        (AwsLogArchive, {"archive_days": 29}, "archive_days", "pass one from 30 to 3650"),
        (AwsFileShare, {**NETWORK, "keep_days": 6}, "keep_days", "pass one from 7 to 35"),
        (AwsRelationalDatabase, {**NETWORK, "storage_gib": 31}, "storage_gib", "pass one from 32 to 16000"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_registered(
    kind: Any, asked: dict[str, Any], where: str, help_: str
) -> None:
    seen: list[ComponentError] = []

    def program() -> None:
        try:
            kind("thing", ask(**asked))
        except ComponentError as error:
            seen.append(error)

    assert record(program) == []
    assert [(error.where, error.help) for error in seen] == [(where, help_)]
