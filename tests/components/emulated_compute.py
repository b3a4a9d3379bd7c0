"""How what runs, and what is used by it, is made in an emulated AWS, by type."""

from __future__ import annotations

import json
from typing import Any

from tests.components.emulated_client import Call, Inputs, client, named


def _disks(mappings: list[Inputs]) -> list[dict[str, Any]]:
    return [
        {
            "DeviceName": each["deviceName"],
            "Ebs": {
                "Encrypted": each["ebs"]["encrypted"] == "true",
                "KmsKeyId": each["ebs"]["kmsKeyId"],
                "VolumeSize": int(each["ebs"]["volumeSize"]),
                "VolumeType": each["ebs"]["volumeType"],
            },
        }
        for each in mappings
    ]


def _volume(i: Inputs) -> str:
    made = client("ec2").create_volume(
        AvailabilityZone=i["availabilityZone"],
        Size=int(i["size"]),
        VolumeType=i["type"],
        Encrypted=i["encrypted"],
        KmsKeyId=i["kmsKeyId"],
        TagSpecifications=named("volume", i),
    )
    return made["VolumeId"]


def _image(i: Inputs) -> str:
    made = client("ec2").copy_image(
        SourceImageId=i["sourceAmiId"],
        SourceRegion=i["sourceAmiRegion"],
        Name=i["name"],
        Encrypted=i["encrypted"],
        KmsKeyId=i["kmsKeyId"],
    )
    return made["ImageId"]


def _template(i: Inputs) -> str:
    asked = i["metadataOptions"]
    metadata = {"HttpTokens": asked["httpTokens"], "HttpPutResponseHopLimit": int(asked["httpPutResponseHopLimit"])}
    data = {"BlockDeviceMappings": _disks(i["blockDeviceMappings"]), "MetadataOptions": metadata}
    if "imageId" in i:
        data |= {"ImageId": i["imageId"], "InstanceType": i["instanceType"], "KeyName": i["keyName"]}
    made = client("ec2").create_launch_template(LaunchTemplateName=i["name"], LaunchTemplateData=data)
    return made["LaunchTemplate"]["LaunchTemplateId"]


def _machines(i: Inputs) -> None:
    client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=i["name"],
        MinSize=int(i["minSize"]),
        MaxSize=int(i["maxSize"]),
        DesiredCapacity=int(i["desiredCapacity"]),
        VPCZoneIdentifier=",".join(i["vpcZoneIdentifiers"]),
        LaunchTemplate={"LaunchTemplateId": i["launchTemplate"]["id"], "Version": "1"},
        HealthCheckType=i["healthCheckType"],
        Tags=[
            {"Key": each["key"], "Value": each["value"], "PropagateAtLaunch": each["propagateAtLaunch"]}
            for each in i["tags"]
        ],
    )


def _cluster(i: Inputs) -> None:
    client("eks").create_cluster(
        name=i["name"],
        roleArn=i["roleArn"],
        resourcesVpcConfig={
            "subnetIds": i["vpcConfig"]["subnetIds"],
            "endpointPublicAccess": i["vpcConfig"]["endpointPublicAccess"],
            "endpointPrivateAccess": i["vpcConfig"]["endpointPrivateAccess"],
        },
        logging={"clusterLogging": [{"types": i["enabledClusterLogTypes"], "enabled": True}]},
        encryptionConfig=[
            {
                "resources": i["encryptionConfig"]["resources"],
                "provider": {"keyArn": i["encryptionConfig"]["provider"]["keyArn"]},
            }
        ],
        tags=i["tags"],
    )


def _nodes(i: Inputs) -> None:
    client("eks").create_nodegroup(
        clusterName=i["clusterName"],
        nodegroupName=i["name"],
        subnets=i["subnetIds"],
        nodeRole=i["nodeRoleArn"],
        amiType=i["amiType"],
        scalingConfig={
            "minSize": int(i["scalingConfig"]["minSize"]),
            "maxSize": int(i["scalingConfig"]["maxSize"]),
            "desiredSize": int(i["scalingConfig"]["desiredSize"]),
        },
        launchTemplate={"id": i["launchTemplate"]["id"], "version": "1"},
    )


def _task(i: Inputs) -> None:
    client("ecs").register_task_definition(
        family=i["family"],
        networkMode=i["networkMode"],
        cpu=i["cpu"],
        memory=i["memory"],
        executionRoleArn=i["executionRoleArn"],
        taskRoleArn=i["taskRoleArn"],
        requiresCompatibilities=i["requiresCompatibilities"],
        containerDefinitions=json.loads(i["containerDefinitions"]),
    )


def _service(i: Inputs) -> None:
    network = i["networkConfiguration"]
    client("ecs").create_service(
        cluster=i["name"],
        serviceName=i["name"],
        taskDefinition=i["name"],
        desiredCount=int(i["desiredCount"]),
        launchType=i["launchType"],
        networkConfiguration={
            "awsvpcConfiguration": {
                "subnets": network["subnets"],
                "securityGroups": network["securityGroups"],
                "assignPublicIp": "ENABLED" if network["assignPublicIp"] else "DISABLED",
            }
        },
    )


def _database(i: Inputs) -> None:
    client("rds").create_db_instance(
        DBInstanceIdentifier=i["identifier"],
        Engine=i["engine"],
        EngineVersion=i["engineVersion"],
        DBInstanceClass=i["instanceClass"],
        AllocatedStorage=int(i["allocatedStorage"]),
        StorageEncrypted=i["storageEncrypted"],
        KmsKeyId=i["kmsKeyId"],
        MultiAZ=i["multiAz"],
        MasterUsername=i["username"],
        ManageMasterUserPassword=i["manageMasterUserPassword"],
        MasterUserSecretKmsKeyId=i["masterUserSecretKmsKeyId"],
        DBSubnetGroupName=i["dbSubnetGroupName"],
        DBParameterGroupName=i["parameterGroupName"],
        VpcSecurityGroupIds=i["vpcSecurityGroupIds"],
        PubliclyAccessible=i["publiclyAccessible"],
        BackupRetentionPeriod=int(i["backupRetentionPeriod"]),
        DeletionProtection=i["deletionProtection"],
    )


def _stream(i: Inputs) -> None:
    asked = i["extendedS3Configuration"]
    client("firehose").create_delivery_stream(
        DeliveryStreamName=i["name"],
        ExtendedS3DestinationConfiguration={
            "RoleARN": asked["roleArn"],
            "BucketARN": asked["bucketArn"],
            "EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": asked["kmsKeyArn"]}},
        },
    )


def _function(i: Inputs) -> None:
    network = {"SubnetIds": i["vpcConfig"]["subnetIds"], "SecurityGroupIds": i["vpcConfig"]["securityGroupIds"]}
    client("lambda").create_function(
        FunctionName=i["name"],
        PackageType=i["packageType"],
        Code={"ImageUri": i["imageUri"]},
        Role=i["role"],
        MemorySize=int(i["memorySize"]),
        Timeout=int(i["timeout"]),
        KMSKeyArn=i["kmsKeyArn"],
        Environment={"Variables": i["environment"]["variables"]},
        VpcConfig=network,
        TracingConfig={"Mode": i["tracingConfig"]["mode"]},
        Tags=i["tags"],
    )


def _default_group(i: Inputs) -> None:
    """The provider takes the rules of the group that is there; none is asked for."""
    assert (i["ingress"], i["egress"]) == ([], [])
    here = [{"Name": "vpc-id", "Values": [i["vpcId"]]}, {"Name": "group-name", "Values": ["default"]}]
    (group,) = client("ec2").describe_security_groups(Filters=here)["SecurityGroups"]
    client("ec2").revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])


# In the order in which they can be made.
CALLS: dict[str, Call] = {
    "aws:ebs/volume:Volume": _volume,
    "aws:efs/mountTarget:MountTarget": lambda i: client("efs").create_mount_target(
        FileSystemId=i["fileSystemId"], SubnetId=i["subnetId"], SecurityGroups=i["securityGroups"]
    ),
    "aws:iam/instanceProfile:InstanceProfile": lambda i: (
        client("iam").create_instance_profile(InstanceProfileName=i["name"]),
        client("iam").add_role_to_instance_profile(InstanceProfileName=i["name"], RoleName=i["role"]),
    ),
    "aws:ec2/keyPair:KeyPair": lambda i: client("ec2").import_key_pair(
        KeyName=i["name"], PublicKeyMaterial=i["publicKey"].encode()
    ),
    "aws:ec2/amiCopy:AmiCopy": _image,
    "aws:ec2/launchTemplate:LaunchTemplate": _template,
    "aws:autoscaling/group:Group": _machines,
    "aws:eks/cluster:Cluster": _cluster,
    "aws:eks/nodeGroup:NodeGroup": _nodes,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": _default_group,
    "aws:lambda/function:Function": _function,
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": lambda i: client(
        "backup"
    ).put_backup_vault_lock_configuration(
        BackupVaultName=i["backupVaultName"], MinRetentionDays=int(i["minRetentionDays"])
    ),
    "aws:ecs/cluster:Cluster": lambda i: client("ecs").create_cluster(clusterName=i["name"], settings=i["settings"]),
    "aws:ecs/taskDefinition:TaskDefinition": _task,
    "aws:ecs/service:Service": _service,
    "aws:rds/subnetGroup:SubnetGroup": lambda i: client("rds").create_db_subnet_group(
        DBSubnetGroupName=i["name"], DBSubnetGroupDescription=i["name"], SubnetIds=i["subnetIds"]
    ),
    "aws:rds/parameterGroup:ParameterGroup": lambda i: client("rds").create_db_parameter_group(
        DBParameterGroupName=i["name"], DBParameterGroupFamily=i["family"], Description=i["description"]
    ),
    "aws:rds/instance:Instance": _database,
    "aws:secretsmanager/secretVersion:SecretVersion": lambda i: client("secretsmanager").put_secret_value(
        SecretId=i["name"], SecretString=i["secretString"]
    ),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _stream,
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": lambda i: client("logs").put_subscription_filter(
        logGroupName=i["logGroup"],
        filterName=i["name"],
        filterPattern=i["filterPattern"],
        destinationArn=i["destinationArn"].replace(":kinesis:", ":firehose:").replace("2:", "2:deliverystream/"),
        roleArn=i["roleArn"],
    ),
}
