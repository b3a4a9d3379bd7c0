"""A key in Cloud KMS; what is known of keys is in `keys`."""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.capabilities.encryption_key import EncryptionKey
from residency_components.gcp.keys import own_key
from residency_components.gcp.labels import refuse_labels


class GcpEncryptionKey(EncryptionKey):
    """A key of Cloud KMS in hardware of one region, with a new version every 90 days."""

    _cloud = "gcp"
    _cost = "each version of the key, and its operations"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        return {"key_id": own_key(name, self._spot(asked)).id}
