"""Makes what a component asked for, for real, in an emulated AWS, through the calls of its own client library.

In:  recorded resources, whose inputs hold the stand-in's ids.
Out: the same resources in the emulator; it refuses what the service would refuse. Types that no call is known for are
     left out, and named.
"""

from __future__ import annotations

import json
from typing import Any, cast

from tests.components import emulated_compute
from tests.components.emulated_client import REGION, Call, Inputs, client, named, tags
from tests.components.recording import Registered, answered, identity


def _vpc(i: Inputs) -> str:
    made = client("ec2").create_vpc(CidrBlock=i["cidrBlock"], TagSpecifications=named("vpc", i))
    return made["Vpc"]["VpcId"]


def _subnet(i: Inputs) -> str:
    made = client("ec2").create_subnet(
        VpcId=i["vpcId"], CidrBlock=i["cidrBlock"], AvailabilityZone=i["availabilityZone"]
    )
    assert made["Subnet"]["MapPublicIpOnLaunch"] is i["mapPublicIpOnLaunch"]
    return made["Subnet"]["SubnetId"]


def _group(i: Inputs) -> str:
    made = client("ec2").create_security_group(
        GroupName=i["description"], Description=i["description"], VpcId=i["vpcId"]
    )
    return made["GroupId"]


def _rule(i: Inputs) -> list[dict[str, Any]]:
    ranges = [{"CidrIp": i["cidrIpv4"]}]
    return [
        {"IpProtocol": i["ipProtocol"], "FromPort": int(i["fromPort"]), "ToPort": int(i["toPort"]), "IpRanges": ranges}
    ]


def _endpoint(i: Inputs) -> str:
    given = {
        "VpcId": i["vpcId"],
        "ServiceName": i["serviceName"],
        "VpcEndpointType": i["vpcEndpointType"],
        **({"PolicyDocument": i["policy"]} if "policy" in i else {}),
        **({"RouteTableIds": i["routeTableIds"]} if "routeTableIds" in i else {}),
        **({"SubnetIds": i["subnetIds"], "SecurityGroupIds": i["securityGroupIds"]} if "subnetIds" in i else {}),
    }
    return client("ec2").create_vpc_endpoint(**given)["VpcEndpoint"]["VpcEndpointId"]


def _key(i: Inputs) -> str:
    made = client("kms").create_key(
        Description=i["description"], MultiRegion=i["multiRegion"], Tags=tags(i, "TagKey", "TagValue")
    )
    client("kms").enable_key_rotation(KeyId=made["KeyMetadata"]["KeyId"])
    return made["KeyMetadata"]["Arn"]


def _bucket(i: Inputs) -> None:
    client("s3").create_bucket(
        Bucket=i["bucket"],
        CreateBucketConfiguration={"LocationConstraint": i["region"]},
        ObjectLockEnabledForBucket=i.get("objectLockEnabled", False),
    )
    client("s3").put_bucket_tagging(Bucket=i["bucket"], Tagging={"TagSet": tags(i)})


def _encryption(i: Inputs) -> None:
    default = i["rules"][0]["applyServerSideEncryptionByDefault"]
    rule = {"SSEAlgorithm": default["sseAlgorithm"], "KMSMasterKeyID": default["kmsMasterKeyId"]}
    rules = [{"ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": i["rules"][0]["bucketKeyEnabled"]}]
    client("s3").put_bucket_encryption(Bucket=i["bucket"], ServerSideEncryptionConfiguration={"Rules": rules})


def _lock(i: Inputs) -> None:
    kept = i["rule"]["defaultRetention"]
    rule = {"DefaultRetention": {"Mode": kept["mode"], "Days": int(kept["days"])}}
    lock = {"ObjectLockEnabled": i["objectLockEnabled"], "Rule": rule}
    client("s3").put_object_lock_configuration(Bucket=i["bucket"], ObjectLockConfiguration=lock)


def _table(i: Inputs) -> str:
    attributes = [{"AttributeName": each["name"], "AttributeType": each["type"]} for each in i["attributes"]]
    schema = [{"AttributeName": i["hashKey"], "KeyType": "HASH"}]
    schema += [{"AttributeName": i["rangeKey"], "KeyType": "RANGE"}] if "rangeKey" in i else []
    sealed = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": i["serverSideEncryption"]["kmsKeyArn"]}
    made = client("dynamodb").create_table(
        TableName=i["name"],
        AttributeDefinitions=attributes,
        KeySchema=schema,
        BillingMode=i["billingMode"],
        SSESpecification=sealed,
        DeletionProtectionEnabled=i["deletionProtectionEnabled"],
        Tags=tags(i),
    )
    return made["TableDescription"]["TableArn"]


def _queue(i: Inputs) -> str:
    attributes = {
        "KmsMasterKeyId": i["kmsMasterKeyId"],
        "KmsDataKeyReusePeriodSeconds": str(int(i["kmsDataKeyReusePeriodSeconds"])),
        "MessageRetentionPeriod": str(int(i["messageRetentionSeconds"])),
        **({"RedrivePolicy": i["redrivePolicy"]} if "redrivePolicy" in i else {}),
    }
    return client("sqs").create_queue(QueueName=i["name"], Attributes=attributes, tags=i["tags"])["QueueUrl"]


def _files(i: Inputs) -> str:
    made = client("efs").create_file_system(
        CreationToken="token",
        Encrypted=i["encrypted"],
        KmsKeyId=i["kmsKeyId"],
        PerformanceMode=i["performanceMode"],
        Tags=tags(i),
    )
    return made["FileSystemId"]


def _plan(i: Inputs) -> str:
    rules = [
        {
            "RuleName": each["ruleName"],
            "TargetBackupVaultName": each["targetVaultName"],
            "ScheduleExpression": each["schedule"],
            "Lifecycle": {"DeleteAfterDays": int(each["lifecycle"]["deleteAfter"])},
        }
        for each in i["rules"]
    ]
    plan = {"BackupPlanName": i["name"], "Rules": rules}
    return client("backup").create_backup_plan(BackupPlan=plan)["BackupPlanId"]


# In the order in which they can be made.
CALLS: dict[str, Call] = {
    "aws:kms/key:Key": _key,
    "aws:kms/keyPolicy:KeyPolicy": lambda i: client("kms").put_key_policy(
        KeyId=i["keyId"], PolicyName="default", Policy=i["policy"]
    ),
    "aws:cloudwatch/logGroup:LogGroup": lambda i: (
        client("logs").create_log_group(logGroupName=i["name"], kmsKeyId=i["kmsKeyId"], tags=i["tags"]),
        client("logs").put_retention_policy(logGroupName=i["name"], retentionInDays=int(i["retentionInDays"])),
    ),
    "aws:iam/role:Role": lambda i: client("iam").create_role(
        RoleName=i["name"], AssumeRolePolicyDocument=i["assumeRolePolicy"], Tags=tags(i)
    ),
    "aws:iam/rolePolicy:RolePolicy": lambda i: client("iam").put_role_policy(
        RoleName=i["role"], PolicyName=i["role"], PolicyDocument=i["policy"]
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": lambda i: client("iam").attach_role_policy(
        RoleName=i["role"], PolicyArn=i["policyArn"]
    ),
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketVersioning:BucketVersioning": lambda i: client("s3").put_bucket_versioning(
        Bucket=i["bucket"], VersioningConfiguration={"Status": i["versioningConfiguration"]["status"]}
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _encryption,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": lambda i: client("s3").put_public_access_block(
        Bucket=i["bucket"],
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": i["blockPublicAcls"],
            "IgnorePublicAcls": i["ignorePublicAcls"],
            "BlockPublicPolicy": i["blockPublicPolicy"],
            "RestrictPublicBuckets": i["restrictPublicBuckets"],
        },
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": lambda i: client("s3").put_bucket_ownership_controls(
        Bucket=i["bucket"],
        OwnershipControls={"Rules": [{"ObjectOwnership": i["rule"]["objectOwnership"]}]},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": lambda i: client("s3").put_bucket_policy(
        Bucket=i["bucket"], Policy=i["policy"]
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _lock,
    "aws:sqs/queue:Queue": _queue,
    "aws:sqs/queuePolicy:QueuePolicy": lambda i: client("sqs").set_queue_attributes(
        QueueUrl=i["queueUrl"], Attributes={"Policy": i["policy"]}
    ),
    "aws:dynamodb/table:Table": _table,
    "aws:ecr/repository:Repository": lambda i: client("ecr").create_repository(
        repositoryName=i["name"],
        imageTagMutability=i["imageTagMutability"],
        encryptionConfiguration={
            "encryptionType": i["encryptionConfigurations"][0]["encryptionType"],
            "kmsKey": i["encryptionConfigurations"][0]["kmsKey"],
        },
    ),
    "aws:secretsmanager/secret:Secret": lambda i: client("secretsmanager").create_secret(
        Name=i["name"], KmsKeyId=i["kmsKeyId"], Tags=tags(i)
    ),
    "aws:ec2/vpc:Vpc": _vpc,
    "aws:ec2/subnet:Subnet": _subnet,
    "aws:ec2/routeTable:RouteTable": lambda i: client("ec2").create_route_table(VpcId=i["vpcId"])["RouteTable"][
        "RouteTableId"
    ],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": lambda i: client("ec2").associate_route_table(
        RouteTableId=i["routeTableId"], SubnetId=i["subnetId"]
    ),
    "aws:ec2/securityGroup:SecurityGroup": _group,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": lambda i: client(
        "ec2"
    ).authorize_security_group_ingress(GroupId=i["securityGroupId"], IpPermissions=_rule(i)),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": lambda i: client("ec2").authorize_security_group_egress(
        GroupId=i["securityGroupId"], IpPermissions=_rule(i)
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:ec2/flowLog:FlowLog": lambda i: client("ec2").create_flow_logs(
        ResourceIds=[i["vpcId"]],
        ResourceType="VPC",
        TrafficType=i["trafficType"],
        LogDestinationType=i["logDestinationType"],
        LogGroupName=i["logDestination"].rpartition(":")[2],
        DeliverLogsPermissionArn=i["iamRoleArn"],
        MaxAggregationInterval=int(i["maxAggregationInterval"]),
    ),
    "aws:efs/fileSystem:FileSystem": _files,
    "aws:efs/fileSystemPolicy:FileSystemPolicy": lambda i: client("efs").put_file_system_policy(
        FileSystemId=i["fileSystemId"], Policy=i["policy"]
    ),
    "aws:efs/accessPoint:AccessPoint": lambda i: client("efs").create_access_point(
        ClientToken="token",
        FileSystemId=i["fileSystemId"],
        PosixUser={"Uid": int(i["posixUser"]["uid"]), "Gid": int(i["posixUser"]["gid"])},
        RootDirectory={
            "Path": i["rootDirectory"]["path"],
            "CreationInfo": {
                "OwnerUid": int(i["rootDirectory"]["creationInfo"]["ownerUid"]),
                "OwnerGid": int(i["rootDirectory"]["creationInfo"]["ownerGid"]),
                "Permissions": i["rootDirectory"]["creationInfo"]["permissions"],
            },
        },
        Tags=tags(i),
    ),
    "aws:backup/vault:Vault": lambda i: client("backup").create_backup_vault(
        BackupVaultName=i["name"], EncryptionKeyArn=i["kmsKeyArn"], BackupVaultTags=i["tags"]
    ),
    "aws:backup/plan:Plan": _plan,
    **emulated_compute.CALLS,
}


def network() -> Inputs:
    """Makes a network for what stands in one, and gives the arguments that name it."""
    made = _vpc({"cidrBlock": "10.20.0.0/16", "tags": {}})
    parts = [
        client("ec2").create_subnet(VpcId=made, CidrBlock=f"10.20.{at}.0/24", AvailabilityZone=f"{REGION}{zone}")
        for at, zone in enumerate("ab")
    ]
    return {"network_id": made, "subnet_ids": [part["Subnet"]["SubnetId"] for part in parts]}


def make(resources: list[Registered]) -> list[str]:
    """Make resources in the emulator, in an order that works, each with the ids of those made before it.

    Returns:
        The types that no call is known for, sorted.
    """
    ids: dict[str, str] = {}
    order = list(CALLS)
    known = [each for each in resources if each.type in CALLS]
    for child in sorted(known, key=lambda each: (order.index(each.type), "redrivePolicy" in each.inputs)):
        outputs = answered(child.type, child.name, child.inputs)
        inputs = cast("Inputs", _replaced({"name": child.name, "bucket": outputs.get("bucket"), **child.inputs}, ids))
        made = CALLS[child.type](inputs)
        if isinstance(made, str):
            ids[identity(child.type, child.name)] = made
            if child.type == "aws:kms/key:Key":
                ids[outputs["arn"]] = made
    return sorted({each.type for each in resources} - set(CALLS))


def _replaced(value: Any, ids: dict[str, str]) -> Any:
    """A value with the stand-in's ids replaced by the emulator's, at any depth and inside of policies."""
    text = json.dumps(value)
    for before in sorted(ids, key=len, reverse=True):
        text = text.replace(json.dumps(before)[1:-1], ids[before])
    return json.loads(text)
