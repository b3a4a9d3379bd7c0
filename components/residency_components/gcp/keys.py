"""Keys of Cloud KMS that the components keep data under, and the agents of Google's services that may use them.

Facts, each checked 2026-11-24: a key can be used in the location of its key ring only, and a key that somebody
destroys can be restored for up to 120 days (pulumi-gcp 10.2.0, kms.KeyRing,
kms.CryptoKey.destroy_scheduled_duration); a service uses a key as its agent, whose address holds the number of the
project (https://cloud.google.com/iam/docs/service-agents); some agents are there from the beginning, the others once
they are asked for (pulumi-gcp 10.2.0, projects.ServiceIdentity).
"""

from __future__ import annotations

import pulumi
import pulumi_gcp as gcp

from residency_components.gcp.labels import labels
from residency_components.spots import Spot

RENEWAL = "7776000s"
"""A new version of the key every 90 days."""
DELETION = "10368000s"
"""How long a key that somebody destroys can still be restored: 120 days, the longest that Cloud KMS allows."""
ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
_BY_NUMBER = {
    "compute": "service-{number}@compute-system.iam.gserviceaccount.com",
    "container": "service-{number}@container-engine-robot.iam.gserviceaccount.com",
    "logging": "cmek-p{number}@gcp-sa-logging.iam.gserviceaccount.com",
    "storage": "service-{number}@gs-project-accounts.iam.gserviceaccount.com",
}
"""Agents whose addresses are known from the project alone."""


def own_key(name: str, spot: Spot) -> gcp.kms.CryptoKey:
    """A key that can be used in one region only, renewed every 90 days."""
    ring = gcp.kms.KeyRing(name, name=name, location=spot.region, opts=spot.kept)
    return gcp.kms.CryptoKey(
        name,
        name=name,
        key_ring=ring.id,
        purpose="ENCRYPT_DECRYPT",
        rotation_period=RENEWAL,
        destroy_scheduled_duration=DELETION,
        version_template={"algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION", "protection_level": "HSM"},
        labels=labels(spot.asked),
        opts=spot.kept,
    )


def lend(name: str, key: gcp.kms.CryptoKey, service: str, spot: Spot) -> gcp.kms.CryptoKeyIAMMember:
    """Let a service of Google use a key, as its agent in this project.

    Args:
        name: of the permission.
        key: of the same region.
        service: without its domain: ``storage``, ``pubsub``, ``sqladmin``.
        spot: where the key stands.
    """
    return gcp.kms.CryptoKeyIAMMember(
        f"{name}-{service}",
        crypto_key_id=key.id,
        role=ENCRYPTER,
        member=_agent(name, service, spot),
        opts=spot.child,
    )


def project_of(key: gcp.kms.CryptoKey) -> pulumi.Output[str]:
    """The project of a key, which its id begins with."""
    return key.id.apply(lambda known: known.split("/")[1])


def waiting(spot: Spot, *others: pulumi.Resource) -> pulumi.ResourceOptions:
    """The options of what holds data and must wait for permissions."""
    return pulumi.ResourceOptions.merge(spot.kept, pulumi.ResourceOptions(depends_on=[*others]))


def _agent(name: str, service: str, spot: Spot) -> pulumi.Output[str]:
    """The agent of a service, as a member of policies."""
    form = _BY_NUMBER.get(service)
    if form is None:
        identity = gcp.projects.ServiceIdentity(
            f"{name}-{service}", service=f"{service}.googleapis.com", opts=spot.child
        )
        return identity.member
    project = gcp.organizations.get_project_output(opts=pulumi.InvokeOutputOptions(parent=spot.child.parent))
    return project.number.apply(lambda number: f"serviceAccount:{form.format(number=number)}")
