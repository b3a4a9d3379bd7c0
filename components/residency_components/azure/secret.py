"""A secret in Azure Key Vault.

Facts: see `keys`. A vault encrypts what is in it with keys of its own
(https://learn.microsoft.com/azure/key-vault/secrets/about-secrets, checked 2026-11-24).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_identity, own_vault, refuse_vault_outside
from residency_components.capabilities.secret import Secret


class AzureSecret(Secret):
    """A secret in a vault of the same region; a copy is in a vault of its own region."""

    _cloud = "azure"
    _cost = "operations of the vaults"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)
        if asked.copy_region:
            refuse_vault_outside(asked.copy_region, asked, where="replicate_to")

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        secret, vault = self._secret(name, asked.region, asked)
        if asked.copy_region:
            self._secret(f"{name}copy", asked.copy_region, asked)
        return {"secret_id": secret.id, "key_id": vault.id, "copy_region": asked.copy_region}

    def _secret(self, name: str, region: str, asked: Asked) -> tuple[azure.keyvault.Secret, azure.keyvault.Vault]:
        spot = own_group(name, self._spot(asked, region))
        vault = own_vault(name, spot, own_identity(name, spot).tenant_id)
        secret = azure.keyvault.Secret(
            name,
            resource_group_name=spot.group.name,
            vault_name=vault.name,
            properties={"value": asked["value"]},
            tags=asked.tags,
            opts=self._kept,
        )
        return secret, vault
