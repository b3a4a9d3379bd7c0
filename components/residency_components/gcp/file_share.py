"""A file share in Filestore.

Facts, from pulumi-gcp 10.2.0, filestore.Instance, checked 2026-11-24: an instance of the tier `REGIONAL` is in
several zones of its location; it is exported to the addresses that its share names. Filestore has no schedule of
backups of its own.
"""
# Annotations are values here, not text: see `component`.

from collections.abc import Sequence
from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.file_share import FileShare
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels


def _address(networks: Sequence[Any]) -> str:
    """Where the only network of an instance reaches it."""
    return networks[0].ip_addresses[0]


class GcpFileShare(FileShare):
    """A regional instance of Filestore, under a key of the same region and exported to `networkBlock` only.

    One backup is made when it is built, in the same region. Filestore has no schedule: who needs a backup a day makes
    it by a job, and `keepDays` has no effect.
    """

    _cloud = "gcp"
    _cost = "the size of the share, its backup, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        share = gcp.filestore.Instance(
            name,
            name=name,
            location=asked.region,
            tier="REGIONAL",
            protocol="NFS_V4_1",
            kms_key_name=key.id,
            deletion_protection_enabled=True,
            deletion_protection_reason="holds data",
            networks=[
                {
                    "network": asked["network_id"],
                    "modes": ["MODE_IPV4"],
                    "connect_mode": "PRIVATE_SERVICE_ACCESS",
                }
            ],
            file_shares={
                "name": name,
                "capacity_gb": asked["size_gib"],
                "nfs_export_options": [
                    {
                        "ip_ranges": [asked["network_block"]],
                        "access_mode": "READ_WRITE",
                        "squash_mode": "ROOT_SQUASH",
                        "anon_uid": 65534,
                        "anon_gid": 65534,
                    }
                ],
            },
            labels=labels(asked),
            opts=waiting(spot, lend(name, key, "file", spot)),
        )
        gcp.filestore.Backup(
            name,
            name=name,
            location=asked.region,
            source_instance=share.id,
            source_file_share=name,
            labels=labels(asked),
            opts=self._kept,
        )
        return {
            "share_id": share.id,
            "address": share.networks.apply(_address),
            "key_id": key.id,
        }
