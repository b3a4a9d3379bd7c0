"""What a reviewer looks for first: one row a property that must be as it is, whatever else a component does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.asking import children
from tests.components.test_every_component import CLASSES, built

Row = tuple[str, str, str, Any]
AWS: list[Row] = [
    ("AwsBackupVault", "backup/vault:Vault", "forceDestroy", False),
    ("AwsBackupVault", "backup/vaultLockConfiguration:VaultLockConfiguration", "minRetentionDays", 35),
    ("AwsBlockVolume", "ebs/volume:Volume", "encrypted", True),
    ("AwsBlockVolume", "ebs/volume:Volume", "availabilityZone", "eu-west-1a"),
    ("AwsContainerService", "ecs/service:Service", "enableExecuteCommand", False),
    ("AwsContainerService", "ecs/service:Service", "networkConfiguration.assignPublicIp", False),
    ("AwsFileShare", "efs/fileSystem:FileSystem", "encrypted", True),
    ("AwsFunction", "lambda/function:Function", "packageType", "Image"),
    ("AwsFunction", "lambda/function:Function", "tracingConfig.mode", "PassThrough"),
    ("AwsKubernetesCluster", "eks/cluster:Cluster", "vpcConfig.endpointPublicAccess", False),
    ("AwsKubernetesCluster", "eks/cluster:Cluster", "deletionProtection", True),
    ("AwsKubernetesCluster", "eks/cluster:Cluster", "encryptionConfig.resources", ["secrets"]),
    ("AwsKubernetesCluster", "ec2/launchTemplate:LaunchTemplate", "metadataOptions.httpTokens", "required"),
    ("AwsLogArchive", "s3/bucket:Bucket", "objectLockEnabled", True),
    (
        "AwsLogArchive",
        "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "rule.defaultRetention",
        {"mode": "COMPLIANCE", "days": 365},
    ),
    ("AwsMachineGroup", "ec2/amiCopy:AmiCopy", "encrypted", True),
    ("AwsMachineGroup", "ec2/launchTemplate:LaunchTemplate", "metadataOptions.httpTokens", "required"),
    ("AwsMachineGroup", "ec2/launchTemplate:LaunchTemplate", "blockDeviceMappings.0.ebs.encrypted", "true"),
    ("AwsPrivateNetwork", "ec2/defaultSecurityGroup:DefaultSecurityGroup", "ingress", []),
    ("AwsPrivateNetwork", "ec2/defaultSecurityGroup:DefaultSecurityGroup", "egress", []),
    ("AwsPrivateNetwork", "ec2/flowLog:FlowLog", "trafficType", "ALL"),
    ("AwsRelationalDatabase", "rds/instance:Instance", "publiclyAccessible", False),
    ("AwsRelationalDatabase", "rds/instance:Instance", "storageEncrypted", True),
    ("AwsRelationalDatabase", "rds/instance:Instance", "multiAz", True),
    ("AwsRelationalDatabase", "rds/instance:Instance", "deletionProtection", True),
    ("AwsRelationalDatabase", "rds/instance:Instance", "backupRetentionPeriod", 35),
    ("AwsRelationalDatabase", "rds/instance:Instance", "manageMasterUserPassword", True),
]
AZURE: list[Row] = [
    (
        "AzureBackupVault",
        "recoveryservices:Vault",
        "properties.redundancySettings",
        {"standardTierStorageRedundancy": "ZoneRedundant", "crossRegionRestore": "Disabled"},
    ),
    ("AzureBackupVault", "recoveryservices:Vault", "properties.publicNetworkAccess", "Disabled"),
    ("AzureBlockVolume", "compute:Disk", "publicNetworkAccess", "Disabled"),
    ("AzureBlockVolume", "compute:Disk", "networkAccessPolicy", "DenyAll"),
    ("AzureBlockVolume", "dataprotection:BackupVault", "properties.storageSettings.0.type", "LocallyRedundant"),
    ("AzureContainerRegistry", "containerregistry:Registry", "adminUserEnabled", False),
    ("AzureContainerRegistry", "containerregistry:Registry", "anonymousPullEnabled", False),
    ("AzureContainerRegistry", "containerregistry:Registry", "publicNetworkAccess", "Disabled"),
    ("AzureContainerService", "app:ManagedEnvironment", "vnetConfiguration.internal", True),
    ("AzureContainerService", "app:ContainerApp", "configuration.ingress.allowInsecure", False),
    ("AzureDocumentTable", "cosmosdb:DatabaseAccount", "disableLocalAuth", True),
    ("AzureDocumentTable", "cosmosdb:DatabaseAccount", "publicNetworkAccess", "Disabled"),
    (
        "AzureDocumentTable",
        "cosmosdb:DatabaseAccount",
        "locations",
        [{"failoverPriority": 0, "isZoneRedundant": True, "locationName": "norwayeast"}],
    ),
    ("AzureFileShare", "storage:StorageAccount", "publicNetworkAccess", "Disabled"),
    ("AzureFileShare", "storage:StorageAccount", "allowSharedKeyAccess", False),
    ("AzureFileShare", "storage:StorageAccount", "sku", {"name": "Premium_ZRS"}),
    ("AzureFunction", "web:WebApp", "httpsOnly", True),
    ("AzureFunction", "web:WebApp", "publicNetworkAccess", "Disabled"),
    ("AzureFunction", "web:WebApp", "siteConfig.ftpsState", "Disabled"),
    ("AzureKubernetesCluster", "containerservice:ManagedCluster", "disableLocalAccounts", True),
    ("AzureKubernetesCluster", "containerservice:ManagedCluster", "apiServerAccessProfile.enablePrivateCluster", True),
    ("AzureKubernetesCluster", "containerservice:ManagedCluster", "networkProfile.outboundType", "userDefinedRouting"),
    ("AzureLogArchive", "operationalinsights:Workspace", "features.disableLocalAuth", True),
    (
        "AzureLogArchive",
        "storage:StorageAccount",
        "immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays",
        365,
    ),
    (
        "AzureMachineGroup",
        "compute:VirtualMachineScaleSet",
        "virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication",
        True,
    ),
    (
        "AzureMachineGroup",
        "compute:VirtualMachineScaleSet",
        "virtualMachineProfile.securityProfile.encryptionAtHost",
        True,
    ),
    ("AzurePrivateNetwork", "network:Subnet", "defaultOutboundAccess", False),
    ("AzurePrivateNetwork", "network:RouteTable", "routes.0.nextHopType", "None"),
    ("AzureQueue", "servicebus:Namespace", "publicNetworkAccess", "Disabled"),
    ("AzureQueue", "servicebus:Namespace", "disableLocalAuth", True),
    ("AzureRelationalDatabase", "dbforpostgresql:Server", "backup.geoRedundantBackup", "Disabled"),
    ("AzureRelationalDatabase", "dbforpostgresql:Server", "network.publicNetworkAccess", "Disabled"),
    ("AzureRelationalDatabase", "dbforpostgresql:Server", "authConfig.passwordAuth", "Disabled"),
]
GCP: list[Row] = [
    ("GcpBackupVault", "backupdisasterrecovery/backupVault:BackupVault", "accessRestriction", "WITHIN_PROJECT"),
    (
        "GcpBlockVolume",
        "compute/resourcePolicy:ResourcePolicy",
        "snapshotSchedulePolicy.snapshotProperties.storageLocations",
        "europe-west1",
    ),
    ("GcpBlockVolume", "compute/disk:Disk", "zone", "europe-west1-b"),
    ("GcpContainerService", "cloudrunv2/service:Service", "ingress", "INGRESS_TRAFFIC_INTERNAL_ONLY"),
    ("GcpContainerService", "cloudrunv2/service:Service", "template.vpcAccess.egress", "ALL_TRAFFIC"),
    ("GcpDocumentTable", "firestore/database:Database", "locationId", "europe-west1"),
    ("GcpDocumentTable", "firestore/database:Database", "deleteProtectionState", "DELETE_PROTECTION_ENABLED"),
    ("GcpFileShare", "filestore/instance:Instance", "fileShares.nfsExportOptions.0.ipRanges", ["10.20.0.0/16"]),
    ("GcpFunction", "cloudrunv2/service:Service", "ingress", "INGRESS_TRAFFIC_INTERNAL_ONLY"),
    ("GcpKubernetesCluster", "container/cluster:Cluster", "privateClusterConfig.enablePrivateEndpoint", True),
    ("GcpKubernetesCluster", "container/cluster:Cluster", "monitoringConfig.enableComponents", []),
    ("GcpKubernetesCluster", "container/cluster:Cluster", "databaseEncryption.state", "ENCRYPTED"),
    ("GcpLogArchive", "logging/projectBucketConfig:ProjectBucketConfig", "location", "europe-west1"),
    ("GcpLogArchive", "storage/bucket:Bucket", "retentionPolicy", {"isLocked": True, "retentionPeriod": "31536000"}),
    ("GcpMachineGroup", "compute/regionInstanceTemplate:RegionInstanceTemplate", "canIpForward", False),
    ("GcpObjectStore", "storage/bucket:Bucket", "location", "EUROPE-WEST1"),
    ("GcpObjectStore", "storage/bucket:Bucket", "publicAccessPrevention", "enforced"),
    ("GcpObjectStore", "storage/bucket:Bucket", "uniformBucketLevelAccess", True),
    ("GcpPrivateNetwork", "compute/network:Network", "deleteDefaultRoutesOnCreate", True),
    ("GcpPrivateNetwork", "compute/network:Network", "autoCreateSubnetworks", False),
    (
        "GcpQueue",
        "pubsub/topic:Topic",
        "messageStoragePolicy",
        {"allowedPersistenceRegions": ["europe-west1"], "enforceInTransit": True},
    ),
    (
        "GcpRelationalDatabase",
        "sql/databaseInstance:DatabaseInstance",
        "settings.backupConfiguration.location",
        "europe-west1",
    ),
    ("GcpRelationalDatabase", "sql/databaseInstance:DatabaseInstance", "settings.ipConfiguration.ipv4Enabled", False),
    ("GcpRelationalDatabase", "sql/databaseInstance:DatabaseInstance", "deletionProtection", True),
    ("GcpSecret", "secretmanager/secret:Secret", "replication.userManaged.replicas.0.location", "europe-west1"),
]
ROWS = [
    *((kind, f"aws:{type_}", path, value) for kind, type_, path, value in AWS),
    *((kind, f"azure-native:{type_}", path, value) for kind, type_, path, value in AZURE),
    *((kind, f"gcp:{type_}", path, value) for kind, type_, path, value in GCP),
]
# Their own tests say more of them.
ELSEWHERE = {
    "AwsContainerRegistry",
    "AwsDocumentTable",
    "AwsEncryptionKey",
    "AwsObjectStore",
    "AwsQueue",
    "AwsSecret",
    "AzureEncryptionKey",
    "AzureObjectStore",
    "AzureSecret",
    "GcpContainerRegistry",
    "GcpEncryptionKey",
    "SiteContainerService",
    "SiteObjectStore",
}


def at(value: Any, path: str) -> Any:
    """The value at a path of keys and indexes."""
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


@pytest.mark.parametrize("kind", sorted({row[0] for row in ROWS}))
def test_a_component_is_closed_encrypted_and_kept_where_it_is(kind: str) -> None:
    resources = children(built(next(each for each in CLASSES if each.__name__ == kind)))

    for _, type_, path, expected in (row for row in ROWS if row[0] == kind):
        found = [at(each.inputs, path) for each in resources if each.type == type_]
        assert found, type_
        assert all(value == expected for value in found), (type_, path, found)


def test_every_component_is_looked_at() -> None:
    assert {row[0] for row in ROWS} | ELSEWHERE == {each.__name__ for each in CLASSES}


@pytest.mark.parametrize("kind", [each for each in CLASSES if each.__name__.endswith("PrivateNetwork")])
def test_a_network_leads_out_only_by_the_egress_that_is_named(kind: Any) -> None:
    closed = {(each.type, each.name) for each in children(built(kind))}
    egress = "tgw-1" if kind.__name__.startswith("Aws") else "10.20.0.9"
    open_ = {(each.type, each.name): each for each in children(built(kind, egress=egress))}

    leading = [each for key, each in open_.items() if key not in closed or "oute" in each.type]
    assert egress in str([each.inputs for each in leading])
    assert egress not in str([each.inputs for each in children(built(kind))])
