"""An object store in Cloud Storage. Facts: see `buckets`.

A bucket copies only within the dual region or multi-region that it is in (pulumi-gcp 10.2.0, storage.Bucket.rpo); a
copy in another bucket is made by transfer jobs, whose machines have no location that one could name
(storage.TransferJob; checked 2026-11-24).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

from residency_components.ask import Asked
from residency_components.capabilities.object_store import ObjectStore
from residency_components.gcp.buckets import own_bucket
from residency_components.gcp.copies import refuse_copy
from residency_components.gcp.keys import own_key
from residency_components.gcp.labels import refuse_labels


class GcpObjectStore(ObjectStore):
    """A bucket of Cloud Storage in one region, encrypted with a key of the same region.

    A copy in another country is refused: transfer jobs, which would make it, do not say where they run.
    """

    _cloud = "gcp"
    _cost = "what is stored and each older version of it, requests, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)
        refuse_copy(asked, "a bucket's objects: transfer jobs, which would, do not say where they run")

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        bucket = own_bucket(name, spot, key)
        return {
            "store_name": bucket.name,
            "store_id": bucket.id,
            "key_id": key.id,
            "copy_region": None,
            "copy_name": None,
        }
