"""Vaults and keys of Azure Key Vault that the components keep data under.

Facts, each checked 2026-11-23:

- Key Vault copies every vault to the region's pair, and nobody can turn that off
  (https://learn.microsoft.com/azure/reliability/reliability-key-vault). From Ireland that is the Netherlands, from
  Norway East it is Norway West. Hence no vault where the pair is outside the perimeter.
- A vault whose public access is disabled still serves trusted services (pulumi-azure-native 3.29.0,
  keyvault.VaultPropertiesArgs.public_network_access).
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_azure_native as azure

from residency.catalogue.places import country_name
from residency_components.ask import Asked
from residency_components.azure.groups import Spot, allow
from residency_components.errors import OutsidePerimeterError
from residency_components.regions import clouds_in, pair_outside

VAULT_RESTORE_DAYS = 90
"""How long a deleted key or vault can be restored; the longest that Key Vault allows."""
# Key Vault Crypto Service Encryption User: may wrap and unwrap with a key, and read its metadata.
# Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security, checked 2026-11-23.
KEY_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"


@dataclass(frozen=True)
class Lock:
    """A key in a vault, and the identity with which an account may use it."""

    vault: azure.keyvault.Vault
    key: azure.keyvault.Key
    identity: azure.managedidentity.UserAssignedIdentity
    permission: azure.authorization.RoleAssignment


def own_vault(name: str, spot: Spot, tenant_id: pulumi.Input[str]) -> azure.keyvault.Vault:
    """A vault of one region that nobody reaches from a public network, and whose content can be restored."""
    return azure.keyvault.Vault(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        properties={
            "tenant_id": tenant_id,
            "sku": {"family": azure.keyvault.SkuFamily.A, "name": azure.keyvault.SkuName.STANDARD},
            "enable_rbac_authorization": True,
            "enable_soft_delete": True,
            "soft_delete_retention_in_days": VAULT_RESTORE_DAYS,
            "enable_purge_protection": True,
            "public_network_access": "disabled",
            "network_acls": {"default_action": "Deny", "bypass": "AzureServices"},
        },
        tags=spot.asked.tags,
        opts=spot.kept,
    )


def own_identity(name: str, spot: Spot) -> azure.managedidentity.UserAssignedIdentity:
    """An identity of one region, which also says the tenant without asking the cloud."""
    return azure.managedidentity.UserAssignedIdentity(
        name, resource_group_name=spot.group.name, location=spot.region, tags=spot.asked.tags, opts=spot.child
    )


def own_lock(name: str, spot: Spot) -> Lock:
    """A key in a vault of one region, and an identity that may use it."""
    identity = own_identity(name, spot)
    vault = own_vault(name, spot, identity.tenant_id)
    key = azure.keyvault.Key(
        name,
        resource_group_name=spot.group.name,
        vault_name=vault.name,
        properties={"kty": "RSA", "key_size": 3072, "key_ops": ["wrapKey", "unwrapKey"]},
        tags=spot.asked.tags,
        opts=spot.kept,
    )
    permission = allow(name, vault.id, identity, KEY_USER, spot)
    return Lock(vault=vault, key=key, identity=identity, permission=permission)


def region_of_lock(asked: Asked) -> str:
    """Where the key of something with a copy can be: in its own country, or else in that of its copy.

    Raises:
        OutsidePerimeterError: Azure would copy a vault of either out of the perimeter.
    """
    if asked.copy_region and pair_outside("azure", asked.region, asked.perimeter):
        refuse_vault_outside(asked.copy_region, asked)
        return asked.copy_region
    refuse_vault_outside(asked.region, asked)
    return asked.region


def refuse_vault_outside(region: str, asked: Asked, where: str = "country") -> None:
    """Refuse a vault that the cloud would copy out of the perimeter.

    Args:
        region: of the vault.
        asked: says the perimeter.
        where: the argument that asks for it.

    Raises:
        OutsidePerimeterError: it would.
    """
    pair = pair_outside("azure", region, asked.perimeter)
    if pair is None:
        return
    others = " or ".join(f"`{cloud}`" for cloud in clouds_in(asked.country) if cloud != "azure")
    allowed = ", ".join(f"`{country}`" for country in pair.countries)
    raise OutsidePerimeterError(
        f"the key vault in `{region}` would be copied to `{pair.code}` "
        f"({', '.join(country_name(country) for country in pair.countries)}), outside the perimeter",
        where=where,
        help=f"{f'choose the cloud {others}, or ' if others else ''}add {allowed} to `perimeter` if that was approved",
    )


def acting_as(identity: azure.managedidentity.UserAssignedIdentity) -> pulumi.Output[list[str]]:
    """The one identity of a resource, as most types take it: a list of ids."""
    return identity.id.apply(lambda known: [known])
