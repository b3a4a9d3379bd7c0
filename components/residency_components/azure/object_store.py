"""An object store in Azure Storage.

Facts, each checked 2026-11-23:

- `Standard_ZRS` keeps every copy in zones of the account's own region; Norway East and North Europe have it
  (https://learn.microsoft.com/azure/storage/common/redundancy-regions-zrs). `Standard_GRS` and `Standard_GZRS` send a
  second copy to the region's pair, which nobody can choose: from Ireland that is the Netherlands
  (https://learn.microsoft.com/azure/reliability/regions-list). Hence zones, and object replication for a copy.
- Object replication needs versioning on both accounts and the change feed on the source
  (https://learn.microsoft.com/azure/storage/blobs/object-replication-overview). The policy is made on the copy first,
  as `default`; the source takes its id and its rule's id (pulumi-azure-native 3.29.0, storage.ObjectReplicationPolicy).
- Key Vault copies every vault to the region's pair, and nobody can turn that off
  (https://learn.microsoft.com/azure/reliability/reliability-key-vault). From Ireland that is the Netherlands, from
  Norway East it is Norway West. Hence no vault where the pair is outside the perimeter.
- An account may use a key of a vault in another region; without a key version it follows the newest
  (https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview). Queues and tables are under the key
  only if the account is made so (same page).
- A vault whose public access is disabled still serves trusted services (pulumi-azure-native 3.29.0,
  keyvault.VaultPropertiesArgs.public_network_access).
"""
# Annotations are values here, not text: see `component`.

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import pulumi
import pulumi_azure_native as azure

from residency.catalogue.places import country_name
from residency_components.ask import Asked
from residency_components.capabilities.object_store import ObjectStore
from residency_components.errors import OutsidePerimeterError
from residency_components.regions import clouds_in, pair_outside

CONTAINER = "objects"
"""The container that holds the objects, of the store and of its copy."""
RESTORE_DAYS = 30
"""How long a deleted object, version or container can be restored."""
VAULT_RESTORE_DAYS = 90
"""How long a deleted key or vault can be restored; the longest that Key Vault allows."""
# Key Vault Crypto Service Encryption User: may wrap and unwrap with a key, and read its metadata.
# Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security, checked 2026-11-23.
_KEY_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"


@dataclass(frozen=True)
class _Lock:
    """A key in a vault, and the identity with which an account may use it."""

    vault: azure.keyvault.Vault
    key: azure.keyvault.Key
    identity: azure.managedidentity.UserAssignedIdentity
    permission: azure.authorization.RoleAssignment


@dataclass(frozen=True)
class _Site:
    """One storage account in one region, with what it needs there."""

    group: azure.resources.ResourceGroup
    account: azure.storage.StorageAccount
    lock: _Lock
    settings: azure.storage.BlobServiceProperties
    container: azure.storage.BlobContainer


class AzureObjectStore(ObjectStore):
    """A storage account in the country that was asked for, encrypted with a key of a vault in the same region.

    A copy is encrypted with a key of its own country; where no vault may be there, with the store's own key.
    """

    _cloud = "azure"
    _cost = "what is stored with its older versions, requests, operations of the key, and a copy's transfer"

    def _refuse(self, asked: Asked) -> None:
        _refuse_vault_outside(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        site = self._site(name, asked.region, asked, None)
        copy = self._copy(name, site, asked, asked.copy_region) if asked.copy_region else None
        return {
            "store_name": site.account.name,
            "store_id": site.account.id,
            "key_id": site.lock.key.id,
            "copy_region": asked.copy_region,
            "copy_name": copy.account.name if copy else None,
        }

    def _site(self, name: str, region: str, asked: Asked, lock: Optional[_Lock]) -> _Site:  # noqa: UP045
        """A private, versioned and encrypted account in a region, with a vault there unless a key is given."""
        group = azure.resources.ResourceGroup(name, location=region, tags=asked.tags, opts=self._kept)
        lock = lock or self._lock(name, region, group, asked)
        account = self._account(name, region, group, lock, asked)
        settings = azure.storage.BlobServiceProperties(
            name,
            resource_group_name=group.name,
            account_name=account.name,
            blob_services_name="default",
            is_versioning_enabled=True,
            change_feed={"enabled": True},
            delete_retention_policy={"enabled": True, "days": RESTORE_DAYS, "allow_permanent_delete": False},
            container_delete_retention_policy={"enabled": True, "days": RESTORE_DAYS},
            opts=self._child,
        )
        container = azure.storage.BlobContainer(
            name,
            resource_group_name=group.name,
            account_name=account.name,
            container_name=CONTAINER,
            public_access=azure.storage.PublicAccess.NONE,
            opts=self._kept,
        )
        return _Site(group=group, account=account, lock=lock, settings=settings, container=container)

    def _lock(self, name: str, region: str, group: azure.resources.ResourceGroup, asked: Asked) -> _Lock:
        identity = azure.managedidentity.UserAssignedIdentity(
            name, resource_group_name=group.name, location=region, tags=asked.tags, opts=self._child
        )
        vault = azure.keyvault.Vault(
            name,
            resource_group_name=group.name,
            location=region,
            properties={
                "tenant_id": identity.tenant_id,
                "sku": {"family": azure.keyvault.SkuFamily.A, "name": azure.keyvault.SkuName.STANDARD},
                "enable_rbac_authorization": True,
                "enable_soft_delete": True,
                "soft_delete_retention_in_days": VAULT_RESTORE_DAYS,
                "enable_purge_protection": True,
                "public_network_access": "disabled",
                "network_acls": {"default_action": "Deny", "bypass": "AzureServices"},
            },
            tags=asked.tags,
            opts=self._kept,
        )
        key = azure.keyvault.Key(
            name,
            resource_group_name=group.name,
            vault_name=vault.name,
            properties={"kty": "RSA", "key_size": 3072, "key_ops": ["wrapKey", "unwrapKey"]},
            tags=asked.tags,
            opts=self._kept,
        )
        permission = azure.authorization.RoleAssignment(
            name,
            scope=vault.id,
            principal_id=identity.principal_id,
            principal_type="ServicePrincipal",
            role_definition_id=identity.id.apply(_key_user_role),
            opts=self._child,
        )
        return _Lock(vault=vault, key=key, identity=identity, permission=permission)

    def _account(
        self, name: str, region: str, group: azure.resources.ResourceGroup, lock: _Lock, asked: Asked
    ) -> azure.storage.StorageAccount:
        return azure.storage.StorageAccount(
            name,
            resource_group_name=group.name,
            location=region,
            kind=azure.storage.Kind.STORAGE_V2,
            sku={"name": azure.storage.SkuName.STANDARD_ZRS},
            access_tier=azure.storage.AccessTier.HOT,
            minimum_tls_version=azure.storage.MinimumTlsVersion.TLS1_2,
            enable_https_traffic_only=True,
            allow_blob_public_access=False,
            allow_shared_key_access=False,
            allow_cross_tenant_replication=False,
            public_network_access=azure.storage.PublicNetworkAccess.DISABLED,
            network_rule_set={
                "default_action": azure.storage.DefaultAction.DENY,
                "bypass": azure.storage.Bypass.AZURE_SERVICES,
            },
            identity=lock.identity.id.apply(_acting_as),
            encryption={
                "key_source": azure.storage.KeySource.MICROSOFT_KEYVAULT,
                "key_vault_properties": {
                    "key_name": lock.key.name,
                    "key_vault_uri": lock.vault.properties.vault_uri,
                },
                "encryption_identity": {"encryption_user_assigned_identity": lock.identity.id},
                "services": _all_services(),
            },
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[lock.permission])),
        )

    def _copy(self, name: str, source: _Site, asked: Asked, region: str) -> _Site:
        """A second account, and the pair of policies that copy every object to it."""
        shared = source.lock if pair_outside("azure", region, asked.perimeter) else None
        copy = self._site(f"{name}copy", region, asked, shared)
        ready: Sequence[pulumi.Resource] = [source.settings, source.container, copy.settings, copy.container]
        arriving = azure.storage.ObjectReplicationPolicy(
            f"{name}copy",
            resource_group_name=copy.group.name,
            account_name=copy.account.name,
            object_replication_policy_id="default",
            source_account=source.account.id,
            destination_account=copy.account.id,
            rules=[_rule()],
            opts=pulumi.ResourceOptions(parent=self, depends_on=ready),
        )
        azure.storage.ObjectReplicationPolicy(
            name,
            resource_group_name=source.group.name,
            account_name=source.account.name,
            object_replication_policy_id=arriving.policy_id,
            source_account=source.account.id,
            destination_account=copy.account.id,
            rules=[_rule(arriving.rules.apply(_first_rule))],
            opts=self._child,
        )
        return copy


def _refuse_vault_outside(asked: Asked) -> None:
    """Refuse a store whose key the cloud would copy out of the perimeter.

    Raises:
        OutsidePerimeterError: it would.
    """
    pair = pair_outside("azure", asked.region, asked.perimeter)
    if pair is None:
        return
    others = " or ".join(f"`{cloud}`" for cloud in clouds_in(asked.country) if cloud != "azure")
    allowed = ", ".join(f"`{country}`" for country in pair.countries)
    raise OutsidePerimeterError(
        f"the store's key vault in `{asked.region}` would be copied to `{pair.code}` "
        f"({', '.join(country_name(country) for country in pair.countries)}), outside the perimeter",
        where="country",
        help=f"{f'choose the cloud {others}, or ' if others else ''}add {allowed} to `perimeter` if that was approved",
    )


def _acting_as(identity: str) -> azure.storage.IdentityArgs:
    """The account's identity, unknown as a whole until it exists.

    Going in it holds a list, coming out a map: where nothing answers for the provider, the SDK reads its own input back
    and fails on the list (pulumi 3.259.0, runtime/rpc.py, translate_output_properties).
    """
    return azure.storage.IdentityArgs(
        type=azure.storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )


def _all_services() -> Any:  # noqa: ANN401 - the SDK's own dictionaries, checked where they are used
    """Blobs, files, queues and tables all under the account's key."""
    service = {"enabled": True, "key_type": azure.storage.KeyType.ACCOUNT}
    return {name: {**service} for name in ("blob", "file", "queue", "table")}


def _key_user_role(identity: str) -> str:
    """Id of the role in the identity's subscription, which the identity's own id begins with."""
    subscription = identity.partition("/resourceGroups/")[0]
    return f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{_KEY_USER}"


def _rule(rule_id: Optional[pulumi.Input[Optional[str]]] = None) -> azure.storage.ObjectReplicationPolicyRuleArgs:  # noqa: UP045
    """Every object of the container goes to the container of the same name; the cloud gives the id."""
    return azure.storage.ObjectReplicationPolicyRuleArgs(
        source_container=CONTAINER, destination_container=CONTAINER, rule_id=rule_id
    )


def _first_rule(rules: Optional[Sequence[Any]]) -> Optional[str]:  # noqa: UP045
    """Id that the cloud gave to the only rule."""
    return rules[0].rule_id if rules else None
