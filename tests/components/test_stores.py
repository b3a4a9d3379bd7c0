"""The object stores: every child, where it is, whose it is, and what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pytest
from residency_components import ObjectStore, ObjectStoreArgs

from tests.components.asking import UNPLACED, children
from tests.components.recording import Registered, record

IRELAND: ObjectStoreArgs = {"country": "IE", "owner": "records-office", "data_class": "personal"}
NORWAY: ObjectStoreArgs = {"country": "NO", "owner": "records-office", "data_class": "personal"}
FRANKFURT: ObjectStoreArgs = {**IRELAND, "replicate_to": "DE", "perimeter": ["IE", "NO", "DE"]}
DUBLIN: ObjectStoreArgs = {**NORWAY, "replicate_to": "IE"}
STOCKHOLM: ObjectStoreArgs = {**NORWAY, "replicate_to": "SE", "perimeter": ["NO", "SE"]}

AWS_SITE = (
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
)
AZURE_PLACED = (
    "azure-native:keyvault:Vault",
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:StorageAccount",
)
AZURE_INSIDE = (
    "azure-native:authorization:RoleAssignment",
    "azure-native:keyvault:Key",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:BlobServiceProperties",
)


def ireland() -> list[tuple[str, str, str | None]]:
    return [(type_, "documents", "eu-west-1") for type_ in AWS_SITE]


def frankfurt() -> list[tuple[str, str, str | None]]:
    return [
        *ireland(),
        *((type_, "documentscopy", "eu-central-1") for type_ in AWS_SITE),
        ("aws:iam/role:Role", "documentscopy", None),
        ("aws:iam/rolePolicy:RolePolicy", "documentscopy", None),
        ("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "documentscopy", "eu-west-1"),
    ]


def norway() -> list[tuple[str, str, str | None]]:
    return [
        *((type_, "documents", "norwayeast") for type_ in AZURE_PLACED),
        *((type_, "documents", None) for type_ in AZURE_INSIDE),
    ]


def dublin() -> list[tuple[str, str, str | None]]:
    """No vault in Ireland: Azure would copy it to the Netherlands."""
    return [
        *norway(),
        ("azure-native:resources:ResourceGroup", "documentscopy", "northeurope"),
        ("azure-native:storage:StorageAccount", "documentscopy", "northeurope"),
        ("azure-native:storage:BlobContainer", "documentscopy", None),
        ("azure-native:storage:BlobServiceProperties", "documentscopy", None),
        ("azure-native:storage:ObjectReplicationPolicy", "documents", None),
        ("azure-native:storage:ObjectReplicationPolicy", "documentscopy", None),
    ]


def stockholm() -> list[tuple[str, str, str | None]]:
    """A vault in Sweden too: its pair is in Sweden."""
    return [
        *norway(),
        *((type_, "documentscopy", "swedencentral") for type_ in AZURE_PLACED),
        *((type_, "documentscopy", None) for type_ in AZURE_INSIDE),
        ("azure-native:storage:ObjectReplicationPolicy", "documents", None),
        ("azure-native:storage:ObjectReplicationPolicy", "documentscopy", None),
    ]


CASES = [
    (IRELAND, ireland()),
    (FRANKFURT, frankfurt()),
    (NORWAY, norway()),
    (DUBLIN, dublin()),
    (STOCKHOLM, stockholm()),
]
NAMES = [
    "ireland",
    "ireland-copied-to-germany",
    "norway",
    "norway-copied-to-ireland",
    "norway-copied-to-sweden",
]


def build(args: ObjectStoreArgs, **options: Any) -> Callable[[], Any]:
    def program() -> Any:
        store = ObjectStore.build("documents", args, **options)
        return [store.country, store.region, store.store_name, store.store_id, store.key_id, store.copy_name]

    return program


def one(resources: list[Registered], type_: str, name: str = "documents") -> dict[str, Any]:
    found = [resource.inputs for resource in resources if (resource.type, resource.name) == (type_, name)]
    assert len(found) == 1, f"{type_} {name}: {len(found)}"
    return found[0]


@pytest.mark.parametrize(("args", "expected"), CASES, ids=NAMES)
def test_every_child_is_placed_in_the_asked_country(
    args: ObjectStoreArgs, expected: list[tuple[str, str, str | None]]
) -> None:
    """Type, name and place of all children, none more and none less."""
    found = [(child.type, child.name, child.place) for child in children(record(build(args)))]

    assert found == sorted(expected, key=lambda child: child[:2])


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_a_child_without_a_place_of_its_own_is_of_a_type_that_has_none(args: ObjectStoreArgs) -> None:
    unplaced = {child.type for child in children(record(build(args))) if child.place is None}

    assert unplaced <= UNPLACED


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_every_child_belongs_to_the_component(args: ObjectStoreArgs) -> None:
    resources = record(build(args))

    assert {child.parent for child in children(resources)} == {"documents"}
    assert [resource.type for resource in resources if not resource.custom] == [
        f"residency-components:index:{'AwsObjectStore' if args['country'] == 'IE' else 'AzureObjectStore'}"
    ]


@pytest.mark.parametrize(("args", "expected"), CASES, ids=NAMES)
def test_a_foreign_default_provider_moves_nothing(
    args: ObjectStoreArgs, expected: list[tuple[str, str, str | None]]
) -> None:
    """The stack's region is in the United States, and the caller hands over providers for it as well."""

    def program() -> Any:
        american: list[pulumi.ProviderResource] = [
            aws.Provider("us", region="us-east-1"),
            azure.Provider("us", location="eastus"),
        ]
        return build(args, opts=pulumi.ResourceOptions(providers=american))()

    resources = record(program, config={"aws:region": "us-east-1", "azure-native:location": "eastus"})

    assert all("us" in child.provider for child in children(resources))
    found = [(child.type, child.name, child.place) for child in children(resources)]
    assert found == sorted(expected, key=lambda child: child[:2])


@pytest.mark.parametrize(("args", "expected"), CASES, ids=NAMES)
def test_a_preview_registers_the_same_children(
    args: ObjectStoreArgs, expected: list[tuple[str, str, str | None]]
) -> None:
    """No output is known yet; nothing waits for one."""
    found = [(child.type, child.name, child.place) for child in children(record(build(args), preview=True))]

    assert found == sorted(expected, key=lambda child: child[:2])


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_whatever_can_carry_tags_names_owner_and_data_class(args: ObjectStoreArgs) -> None:
    untagged = {child.type for child in children(record(build(args))) if "tags" not in child.inputs}
    tags = [child.inputs["tags"] for child in children(record(build(args))) if "tags" in child.inputs]

    assert all(tag == {"owner": "records-office", "data-class": "personal"} for tag in tags)
    assert untagged <= {
        *(type_ for type_ in AWS_SITE if type_ not in {"aws:kms/key:Key", "aws:s3/bucket:Bucket"}),
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "aws:iam/rolePolicy:RolePolicy",
        "azure-native:authorization:RoleAssignment",
        "azure-native:storage:BlobContainer",
        "azure-native:storage:BlobServiceProperties",
        "azure-native:storage:ObjectReplicationPolicy",
    }


HOLDS_DATA = {
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "azure-native:keyvault:Key",
    "azure-native:keyvault:Vault",
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:StorageAccount",
}


@pytest.mark.parametrize("options", [None, pulumi.ResourceOptions()], ids=["no-options", "options-without-protect"])
@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_what_holds_data_is_protected_from_deletion(
    args: ObjectStoreArgs, options: pulumi.ResourceOptions | None
) -> None:
    resources = children(record(build(args, opts=options)))

    assert {child.type for child in resources if child.protect} == HOLDS_DATA & {child.type for child in resources}


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_the_caller_can_lift_the_protection(args: ObjectStoreArgs) -> None:
    resources = children(record(build(args, opts=pulumi.ResourceOptions(protect=False))))

    assert not any(child.protect for child in resources)


@pytest.mark.parametrize(("name", "region"), [("documents", "eu-west-1"), ("documentscopy", "eu-central-1")])
def test_a_bucket_is_private_versioned_and_encrypted_with_its_own_key(name: str, region: str) -> None:
    resources = record(build(FRANKFURT))

    assert one(resources, "aws:s3/bucket:Bucket", name)["forceDestroy"] is False
    key = one(resources, "aws:kms/key:Key", name)
    assert (key["multiRegion"], key["enableKeyRotation"], key["deletionWindowInDays"]) == (False, True, 30)
    versioning = one(resources, "aws:s3/bucketVersioning:BucketVersioning", name)
    assert versioning["versioningConfiguration"] == {"status": "Enabled"}
    blocked = one(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name)
    switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [blocked[switch] for switch in switches] == [True] * 4
    encryption = one(resources, AWS_SITE[5], name)["rules"][0]
    assert encryption["applyServerSideEncryptionByDefault"] == {
        "kmsMasterKeyId": f"arn:aws:kms:{region}:123456789012:{name}",
        "sseAlgorithm": "aws:kms",
    }


def test_a_bucket_refuses_plain_http_old_tls_and_foreign_keys() -> None:
    policy = json.loads(one(record(build(IRELAND)), AWS_SITE[3])["policy"])

    conditions = {statement["Sid"]: statement["Condition"] for statement in policy["Statement"]}
    assert {statement["Effect"] for statement in policy["Statement"]} == {"Deny"}
    assert conditions == {
        "OnlyTls": {"Bool": {"aws:SecureTransport": "false"}},
        "OnlyNewTls": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        "OnlyKms": {
            "StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"},
            "Null": {"s3:x-amz-server-side-encryption": "false"},
        },
        "OnlyOwnKey": {
            "StringNotEquals": {
                "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:123456789012:documents"
            },
            "Null": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "false"},
        },
    }


def test_a_bucket_is_copied_only_to_the_bucket_of_the_second_country() -> None:
    resources = record(build(FRANKFURT))

    config = one(resources, "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "documentscopy")
    assert config["bucket"] == "documents-1a2b3c4"
    assert [rule["destination"] for rule in config["rules"]] == [
        {
            "bucket": "arn:aws:s3:::documentscopy",
            "encryptionConfiguration": {"replicaKmsKeyId": "arn:aws:kms:eu-central-1:123456789012:documentscopy"},
        }
    ]


@pytest.mark.parametrize("name", ["documents", "documentscopy"])
def test_an_account_is_private_and_encrypted_with_a_key_of_its_own_region(name: str) -> None:
    resources = record(build(STOCKHOLM))

    account = one(resources, "azure-native:storage:StorageAccount", name)
    assert account["sku"] == {"name": "Standard_ZRS"}
    assert account["minimumTlsVersion"] == "TLS1_2"
    assert account["enableHttpsTrafficOnly"] is True
    assert account["publicNetworkAccess"] == "Disabled"
    switches = ("allowBlobPublicAccess", "allowSharedKeyAccess", "allowCrossTenantReplication")
    assert [account[switch] for switch in switches] == [False] * 3
    encryption = account["encryption"]
    assert encryption["keySource"] == "Microsoft.Keyvault"
    assert encryption["keyVaultProperties"] == {
        "keyName": name,
        "keyVaultUri": f"https://{name}.vault.azure.net/",
    }
    assert sorted(encryption["services"]) == ["blob", "file", "queue", "table"]
    vault = one(resources, "azure-native:keyvault:Vault", name)
    assert vault["location"] == account["location"]
    assert (vault["properties"]["enablePurgeProtection"], vault["properties"]["enableSoftDelete"]) == (True, True)


def test_a_copy_where_no_vault_may_be_uses_the_key_of_the_store() -> None:
    resources = record(build(DUBLIN))

    accounts = [one(resources, "azure-native:storage:StorageAccount", name) for name in ("documents", "documentscopy")]
    vaults = {account["encryption"]["keyVaultProperties"]["keyVaultUri"] for account in accounts}
    assert vaults == {"https://documents.vault.azure.net/"}
    assert [account["location"] for account in accounts] == ["norwayeast", "northeurope"]


def test_an_account_keeps_versions_and_can_restore_what_was_deleted() -> None:
    settings = one(record(build(NORWAY)), "azure-native:storage:BlobServiceProperties")

    assert settings["isVersioningEnabled"] is True
    assert settings["deleteRetentionPolicy"] == {"enabled": True, "days": 30, "allowPermanentDelete": False}
    assert settings["containerDeleteRetentionPolicy"] == {"enabled": True, "days": 30}


def test_an_account_is_copied_only_to_the_account_of_the_second_country() -> None:
    resources = record(build(DUBLIN))

    arriving = one(resources, "azure-native:storage:ObjectReplicationPolicy", "documentscopy")
    leaving = one(resources, "azure-native:storage:ObjectReplicationPolicy", "documents")
    for policy in (arriving, leaving):
        assert policy["sourceAccount"].endswith("/documents")
        assert policy["destinationAccount"].endswith("/documentscopy")
    assert (arriving["objectReplicationPolicyId"], leaving["objectReplicationPolicyId"]) == (
        "default",
        "documentscopy-policy",
    )
    assert leaving["rules"] == [{"sourceContainer": "objects", "destinationContainer": "objects", "ruleId": "rule"}]


def test_the_account_may_use_the_key_and_nothing_else_of_the_vault() -> None:
    assignment = one(record(build(NORWAY)), "azure-native:authorization:RoleAssignment")

    assert assignment["principalId"] == "documents-principal"
    assert assignment["scope"].endswith("/documents")
    assert assignment["roleDefinitionId"] == (
        "/subscriptions/0000/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6"
    )


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (IRELAND, ["IE", "eu-west-1", None]),
        (FRANKFURT, ["IE", "eu-west-1", "eu-central-1"]),
        (NORWAY, ["NO", "norwayeast", None]),
        (DUBLIN, ["NO", "norwayeast", "northeurope"]),
        (STOCKHOLM, ["NO", "norwayeast", "swedencentral"]),
    ],
    ids=NAMES,
)
def test_a_store_says_where_it_is(args: ObjectStoreArgs, expected: list[str | None]) -> None:
    said: list[Any] = []

    def program() -> Any:
        store = ObjectStore.build("documents", args)
        return pulumi.Output.all(store.country, store.region, store.copy_region).apply(said.extend)

    record(program)

    assert said == expected


def test_ireland_can_be_asked_of_azure_where_the_pair_of_its_vault_is_allowed() -> None:
    wider: ObjectStoreArgs = {**IRELAND, "perimeter": ["IE", "NL"]}

    places = {child.place for child in children(record(build(wider, cloud="azure")))}

    assert places == {"northeurope", None}
