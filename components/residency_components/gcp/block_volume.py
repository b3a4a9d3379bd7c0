"""A disk in Compute Engine.

Facts, checked 2026-11-24: snapshots are kept in a multi-region unless the schedule names their location (pulumi-gcp
10.2.0, compute.ResourcePolicy, snapshot_properties.storage_locations); zones are called by the region's code and a
letter, and europe-west1 has b, c and d where others have a, b and c
(https://cloud.google.com/compute/docs/regions-zones (unread)).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.block_volume import BlockVolume
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels

LETTERS = {"europe-west1": "bcd"}
"""The letters of a region's zones, where they are not a, b and c."""
NIGHT = "02:00"
"""When snapshots are taken; UTC."""


class GcpBlockVolume(BlockVolume):
    """A disk in the zone that was asked for and its daily snapshots, all in one region and under a key of it."""

    _cloud = "gcp"
    _cost = "the size of the disk, what changes between snapshots, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        zone = f"{asked.region}-{LETTERS.get(asked.region, 'abc')[asked['zone'] - 1]}"
        disk = gcp.compute.Disk(
            name,
            name=name,
            zone=zone,
            size=asked["size_gib"],
            type="pd-ssd",
            disk_encryption_key={"kms_key_self_link": key.id},
            labels=labels(asked),
            opts=waiting(spot, lend(name, key, "compute", spot)),
        )
        schedule = gcp.compute.ResourcePolicy(
            name,
            name=name,
            region=asked.region,
            snapshot_schedule_policy={
                "schedule": {"daily_schedule": {"days_in_cycle": 1, "start_time": NIGHT}},
                "retention_policy": {
                    "max_retention_days": asked["keep_days"],
                    "on_source_disk_delete": "KEEP_AUTO_SNAPSHOTS",
                },
                "snapshot_properties": {"storage_locations": asked.region, "labels": labels(asked)},
            },
            opts=self._child,
        )
        gcp.compute.DiskResourcePolicyAttachment(name, name=schedule.name, disk=disk.name, zone=zone, opts=self._child)
        return {"volume_id": disk.id, "key_id": key.id}
