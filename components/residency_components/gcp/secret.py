"""A secret in Secret Manager.

Fact: with automatic replication Google keeps a secret wherever it likes; with a user's own it is in the named regions
only, under a key of each (pulumi-gcp 10.2.0, secretmanager.Secret.replication; checked 2026-11-24).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.secret import Secret
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels


class GcpSecret(Secret):
    """A secret of Secret Manager in the regions that were asked for only, in each under a key of that region."""

    _cloud = "gcp"
    _cost = "each version of the secret in each region, and one key a region"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        replicas: list[Any] = [_replica(asked.region, key)]
        permissions = [lend(name, key, "secretmanager", spot)]
        if asked.copy_region:
            there = self._spot(asked, asked.copy_region)
            copy = own_key(f"{name}copy", there)
            replicas.append(_replica(asked.copy_region, copy))
            permissions.append(lend(f"{name}copy", copy, "secretmanager", there))
        secret = gcp.secretmanager.Secret(
            name,
            secret_id=name,
            replication={"user_managed": {"replicas": replicas}},
            version_destroy_ttl="2592000s",
            deletion_protection=True,
            labels=labels(asked),
            opts=waiting(spot, *permissions),
        )
        gcp.secretmanager.SecretVersion(name, secret=secret.id, secret_data=asked["value"], opts=self._kept)
        return {"secret_id": secret.id, "key_id": key.id, "copy_region": asked.copy_region}


def _replica(region: str, key: gcp.kms.CryptoKey) -> Any:  # noqa: ANN401 - the SDK's own dictionary
    return {"location": region, "customer_managed_encryption": {"kms_key_name": key.id}}
