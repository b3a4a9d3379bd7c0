"""Buckets of Cloud Logging that the components' logs are kept in.

Facts, each checked 2026-11-24: what no sink sends elsewhere goes to the bucket `_Default`, which is global unless the
organization says otherwise, and an exclusion of the project keeps logs from it
(https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.exclusions); a bucket of logs stays in its location
(pulumi-gcp 10.2.0, logging.ProjectBucketConfig). Metrics have no location: Cloud Monitoring offers none.
"""

from __future__ import annotations

import pulumi_gcp as gcp

from residency_components.gcp.keys import lend, project_of, waiting
from residency_components.spots import Spot

DAYS = 90
"""How long the logs of a component are kept, in days, where nobody asks for another time."""


def own_logs(
    name: str, spot: Spot, key: gcp.kms.CryptoKey, chosen: str, days: int = DAYS
) -> gcp.logging.ProjectBucketConfig:
    """A bucket of logs in one region, the logs that go to it, and their exclusion from the global one.

    Args:
        name: of the bucket.
        spot: where it stands.
        key: of the same region.
        chosen: the filter of the logs, in Cloud Logging's own language.
        days: how long they are kept.
    """
    permission = lend(f"{name}-logs", key, "logging", spot)
    bucket = gcp.logging.ProjectBucketConfig(
        name,
        project=project_of(key),
        location=spot.region,
        bucket_id=name,
        retention_days=days,
        cmek_settings={"kms_key_name": key.id},
        opts=waiting(spot, permission),
    )
    gcp.logging.ProjectSink(
        name,
        name=name,
        destination=bucket.id.apply(lambda known: f"logging.googleapis.com/{known}"),
        filter=chosen,
        unique_writer_identity=True,
        opts=spot.child,
    )
    gcp.logging.ProjectExclusion(
        name, name=name, description=f"Kept in {spot.region} instead", filter=chosen, opts=spot.child
    )
    return bucket
