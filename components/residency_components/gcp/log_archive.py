"""A log archive: Cloud Logging to search in, Cloud Storage to keep in. Facts: see `logs` and `buckets`."""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.log_archive import LogArchive
from residency_components.gcp.buckets import own_bucket
from residency_components.gcp.keys import own_key
from residency_components.gcp.labels import refuse_labels
from residency_components.gcp.logs import own_logs


class GcpLogArchive(LogArchive):
    """A bucket of Cloud Logging, and a locked bucket of Cloud Storage with a copy of every log, both in one region.

    It keeps the logs whose label `archive` is the component's name, and keeps them from the global `_Default` bucket.
    Everything is under a key of the same region. Until `archiveDays` have passed, nobody can delete the copy.
    """

    _cloud = "gcp"
    _cost = "what is logged and kept twice, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        chosen = f'labels.archive="{name}"'
        logs = own_logs(name, spot, key, chosen, asked["search_days"])
        archive = own_bucket(name, spot, key, locked_days=asked["archive_days"])
        sink = gcp.logging.ProjectSink(
            f"{name}keep",
            name=f"{name}-keep",
            destination=archive.name.apply(lambda known: f"storage.googleapis.com/{known}"),
            filter=chosen,
            unique_writer_identity=True,
            opts=self._child,
        )
        gcp.storage.BucketIAMMember(
            name,
            bucket=archive.name,
            role="roles/storage.objectCreator",
            member=sink.writer_identity,
            opts=self._child,
        )
        return {
            "log_name": logs.bucket_id,
            "log_id": logs.id,
            "archive_name": archive.name,
            "archive_id": archive.id,
            "key_id": key.id,
        }
