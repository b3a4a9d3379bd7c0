"""A table of documents in Azure Cosmos DB.

Facts, from pulumi-azure-native 3.29.0, cosmosdb.DatabaseAccountArgs, checked 2026-11-24: the regions of an account
are its `locations`; one key encrypts it in all of them; `Continuous30Days` restores to any second of 30 days.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import Lock, own_lock, region_of_lock
from residency_components.capabilities.document_table import DocumentTable


class AzureDocumentTable(DocumentTable):
    """A container of Cosmos DB, encrypted with a key of a vault; restorable to any second of 30 days, Azure's longest.

    The account is in the country's region, and in that of the copy if there is one; both are under one key. Where no
    vault may be in the country, because Azure would copy it out of the perimeter, the key is in the country of the
    copy.
    """

    _cloud = "azure"
    _cost = "what is stored and asked in each region, the backups, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        region_of_lock(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        at = region_of_lock(asked)
        lock_spot = spot if at == asked.region else own_group(f"{name}key", self._spot(asked, at))
        lock = own_lock(name, lock_spot)
        account = self._account(name, spot, lock)
        database = azure.cosmosdb.SqlResourceSqlDatabase(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            account_name=account.name,
            database_name=name,
            resource={"id": name},
            tags=asked.tags,
            opts=self._kept,
        )
        fields = [f"/{field}" for field in (asked["partition_key"], asked["sort_key"]) if field]
        kind = azure.cosmosdb.PartitionKind.MULTI_HASH if len(fields) > 1 else azure.cosmosdb.PartitionKind.HASH
        table = azure.cosmosdb.SqlResourceSqlContainer(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            account_name=account.name,
            database_name=database.name,
            container_name=name,
            resource={"id": name, "partition_key": {"kind": kind, "paths": fields, "version": 2}},
            tags=asked.tags,
            opts=self._kept,
        )
        return {
            "table_name": table.name,
            "table_id": table.id,
            "key_id": lock.key.id,
            "copy_region": asked.copy_region,
        }

    def _account(self, name: str, spot: Spot, lock: Lock) -> azure.cosmosdb.DatabaseAccount:
        regions = [region for region in (spot.region, spot.asked.copy_region) if region]
        return azure.cosmosdb.DatabaseAccount(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            kind=azure.cosmosdb.DatabaseAccountKind.GLOBAL_DOCUMENT_DB,
            database_account_offer_type=azure.cosmosdb.DatabaseAccountOfferType.STANDARD,
            locations=[
                {"location_name": region, "failover_priority": at, "is_zone_redundant": True}
                for at, region in enumerate(regions)
            ],
            enable_automatic_failover=len(regions) > 1,
            enable_multiple_write_locations=False,
            consistency_policy={"default_consistency_level": azure.cosmosdb.DefaultConsistencyLevel.SESSION},
            # As a dictionary the SDK sends it unchanged, under names that Azure does not know.
            backup_policy=azure.cosmosdb.ContinuousModeBackupPolicyArgs(
                type="Continuous",
                continuous_mode_properties=azure.cosmosdb.ContinuousModePropertiesArgs(
                    tier=azure.cosmosdb.ContinuousTier.CONTINUOUS30_DAYS
                ),
            ),
            identity=lock.identity.id.apply(_acting_as),
            default_identity=lock.identity.id.apply(lambda known: f"UserAssignedIdentity={known}"),
            key_vault_key_uri=lock.key.key_uri,
            disable_local_auth=True,
            disable_key_based_metadata_write_access=True,
            minimal_tls_version=azure.cosmosdb.MinimalTlsVersion.TLS12,
            public_network_access=azure.cosmosdb.PublicNetworkAccess.DISABLED,
            network_acl_bypass=azure.cosmosdb.NetworkAclBypass.NONE,
            tags=spot.asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
        )


def _acting_as(identity: str) -> azure.cosmosdb.ManagedServiceIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.cosmosdb.ManagedServiceIdentityArgs(
        type=azure.cosmosdb.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
