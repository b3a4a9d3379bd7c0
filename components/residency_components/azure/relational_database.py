"""A PostgreSQL database in Azure Database for PostgreSQL, flexible server.

Facts, checked 2026-11-24: backups are copied to the region's pair where `geo_redundant_backup` is on, and nowhere
else (https://learn.microsoft.com/azure/reliability/reliability-postgresql-flexible-server (unread)); such a copy
needs a key of the pair's region (pulumi-azure-native 3.29.0, dbforpostgresql.DataEncryptionArgs); the sizes of
storage are powers of two from 32 GiB (https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage
(unread)).
"""
# Annotations are values here, not text: see `component`.

from typing import Any, Optional

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.backups import refuse_other_than_pair
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import Lock, own_lock, refuse_vault_outside
from residency_components.azure.logs import log_everything, own_workspace
from residency_components.azure.networks import own_endpoint
from residency_components.capabilities.relational_database import RelationalDatabase

VERSION = "17"
"""Of PostgreSQL; minor versions come by themselves."""
SIZES = {"small": "Standard_D2ds_v5", "medium": "Standard_D4ds_v5", "large": "Standard_D8ds_v5"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
_SETTINGS = {"log_connections": "on", "log_disconnections": "on", "require_secure_transport": "on"}
_SUNDAY = 0


class AzureRelationalDatabase(RelationalDatabase):
    """A flexible server with a standby in another zone, encrypted with a key of a vault in the same region.

    It answers at a private endpoint in the first part of the network, and to identities of Entra only: `loginId` is the
    identity that administers it. Storage is the next power of two. Azure copies backups to the region's pair only: from
    Ireland to the Netherlands. A copy anywhere else is refused.
    """

    _cloud = "azure"
    _cost = "two servers of the size, the storage twice, backups beyond it, the endpoint, logs, operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)
        refuse_other_than_pair(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        copy = None
        if asked.copy_region:
            copy = own_lock(f"{name}copy", own_group(f"{name}copy", self._spot(asked, asked.copy_region)))
        server = self._server(name, spot, lock, copy)
        login = azure.managedidentity.UserAssignedIdentity(
            f"{name}login",
            resource_group_name=spot.group.name,
            location=asked.region,
            tags=asked.tags,
            opts=self._child,
        )
        azure.dbforpostgresql.Administrator(
            name,
            resource_group_name=spot.group.name,
            server_name=server.name,
            object_id=login.principal_id,
            principal_name=login.name,
            principal_type=azure.dbforpostgresql.PrincipalType.SERVICE_PRINCIPAL,
            tenant_id=login.tenant_id,
            opts=self._child,
        )
        for setting, value in _SETTINGS.items():
            azure.dbforpostgresql.Configuration(
                f"{name}-{setting.replace('_', '-')}",
                resource_group_name=spot.group.name,
                server_name=server.name,
                configuration_name=setting,
                source="user-override",
                value=value,
                opts=self._child,
            )
        own_endpoint(name, spot, server.id, "postgresqlServer")
        log_everything(name, server.id, own_workspace(name, spot), spot)
        return {
            "database_id": server.id,
            "address": server.fully_qualified_domain_name,
            "login_id": login.id,
            "key_id": lock.key.id,
            "copy_region": asked.copy_region,
        }

    def _server(self, name: str, spot: Spot, lock: Lock, copy: Optional[Lock]) -> azure.dbforpostgresql.Server:
        asked = spot.asked
        states = azure.dbforpostgresql.GeographicallyRedundantBackup
        locks = [each for each in (lock, copy) if each]
        return azure.dbforpostgresql.Server(
            name,
            resource_group_name=spot.group.name,
            location=spot.region,
            version=VERSION,
            sku={"name": SIZES[asked["size"]], "tier": azure.dbforpostgresql.SkuTier.GENERAL_PURPOSE},
            storage={
                "storage_size_gb": 1 << (asked["storage_gib"] - 1).bit_length(),
                "auto_grow": azure.dbforpostgresql.StorageAutoGrow.ENABLED,
            },
            backup={
                "backup_retention_days": asked["keep_days"],
                "geo_redundant_backup": states.ENABLED if copy else states.DISABLED,
            },
            high_availability={
                "mode": azure.dbforpostgresql.PostgreSqlFlexibleServerHighAvailabilityMode.ZONE_REDUNDANT
            },
            network={"public_network_access": azure.dbforpostgresql.ServerPublicNetworkAccessState.DISABLED},
            auth_config={
                "active_directory_auth": azure.dbforpostgresql.MicrosoftEntraAuth.ENABLED,
                "password_auth": azure.dbforpostgresql.PasswordBasedAuth.DISABLED,
                "tenant_id": lock.identity.tenant_id,
            },
            identity=pulumi.Output.all(*(each.identity.id for each in locks)).apply(_acting_as),
            data_encryption={
                "type": azure.dbforpostgresql.DataEncryptionType.AZURE_KEY_VAULT,
                "primary_key_uri": lock.key.key_uri_with_version,
                "primary_user_assigned_identity_id": lock.identity.id,
                "geo_backup_key_uri": copy.key.key_uri_with_version if copy else None,
                "geo_backup_user_assigned_identity_id": copy.identity.id if copy else None,
            },
            maintenance_window={
                "custom_window": "Enabled",
                "day_of_week": _SUNDAY,
                "start_hour": 2,
                "start_minute": 0,
            },
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(
                self._kept, pulumi.ResourceOptions(depends_on=[each.permission for each in locks])
            ),
        )


def _acting_as(identities: list[str]) -> azure.dbforpostgresql.UserAssignedIdentityArgs:
    """Unknown as a whole until they exist: see `accounts`."""
    return azure.dbforpostgresql.UserAssignedIdentityArgs(
        type=azure.dbforpostgresql.IdentityType.USER_ASSIGNED,
        user_assigned_identities={each: azure.dbforpostgresql.UserIdentityArgs() for each in identities},
    )
