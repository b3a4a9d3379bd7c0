"""A key in Azure Key Vault; what is known of vaults is in `keys`."""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.capabilities.encryption_key import EncryptionKey


class AzureEncryptionKey(EncryptionKey):
    """A key of a vault of one region, and an identity that may encrypt with it."""

    _cloud = "azure"
    _cost = "operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        lock = own_lock(name, own_group(name, self._spot(asked)))
        return {"key_id": lock.key.id}
