"""A table of documents in Firestore.

Facts, from pulumi-gcp 10.2.0, firestore.Database and firestore.BackupSchedule, checked 2026-11-24: a database whose
location is a region is in that region only, and its backups are kept there; with point-in-time recovery it can be
restored to any minute of 7 days; a daily backup is kept for up to 14 weeks.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.document_table import DocumentTable
from residency_components.gcp.copies import refuse_copy
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import refuse_labels

BACKUP_SECONDS = 35 * 24 * 3600
"""How long a daily backup is kept."""


class GcpDocumentTable(DocumentTable):
    """A Firestore database of one region, under a key of the same region; `tableName` is the database.

    It can be restored to any minute of 7 days, Google's longest, and to any day of 35. Documents of one partition are a
    collection named after the partition key. A copy in another country is refused: Firestore copies within its own
    multi-regions only.
    """

    _cloud = "gcp"
    _cost = "what is stored, read and written, the backups, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)
        refuse_copy(asked, "a database of Firestore to a named country: its multi-regions are Google's own choice")

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        database = gcp.firestore.Database(
            name,
            name=f"{name}-table",
            location_id=asked.region,
            type="FIRESTORE_NATIVE",
            concurrency_mode="PESSIMISTIC",
            app_engine_integration_mode="DISABLED",
            point_in_time_recovery_enablement="POINT_IN_TIME_RECOVERY_ENABLED",
            delete_protection_state="DELETE_PROTECTION_ENABLED",
            cmek_config={"kms_key_name": key.id},
            opts=waiting(spot, lend(name, key, "firestore", spot)),
        )
        gcp.firestore.BackupSchedule(
            name,
            database=database.name,
            retention=f"{BACKUP_SECONDS}s",
            daily_recurrence={},
            opts=self._child,
        )
        if asked["sort_key"]:
            gcp.firestore.Index(
                name,
                database=database.name,
                collection=asked["partition_key"],
                fields=[
                    {"field_path": asked["partition_key"], "order": "ASCENDING"},
                    {"field_path": asked["sort_key"], "order": "ASCENDING"},
                ],
                opts=self._child,
            )
        return {
            "table_name": database.name,
            "table_id": database.id,
            "key_id": key.id,
            "copy_region": None,
        }
