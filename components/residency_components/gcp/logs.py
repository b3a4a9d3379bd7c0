"""Buckets of Cloud Logging that the components' logs are kept in.

Facts, each checked 2026-11-24:

- What no sink sends elsewhere goes to the bucket `_Default`, which is global unless the organization says otherwise,
  and an exclusion of the project keeps logs from it
  (https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.exclusions). Audit logs of who changed what go
  to `_Required`, which is global in the same way, and nothing keeps them from it.
- A bucket of logs stays in its location; the agent that uses its key is told by the project's settings
  (pulumi-gcp 10.2.0, logging.ProjectBucketConfig).
- Error Reporting takes no copy of logs that are in buckets under an own key
  (https://cloud.google.com/error-reporting/docs/how-to).
- Cloud Monitoring stores the metrics of what is in a region in that region; where they are worked on when somebody
  looks at them is not said (https://cloud.google.com/monitoring/docs/region-support).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_gcp as gcp

from residency_components.gcp.keys import ENCRYPTER, project_of, waiting
from residency_components.spots import Spot

DAYS = 90
"""How long the logs of a component are kept, in days, where nobody asks for another time."""


@dataclass(frozen=True)
class OwnLogs:
    """A bucket of logs, and all that must be there before anything is logged: or the first logs would be global."""

    id: pulumi.Output[str]
    bucket_id: pulumi.Output[str]
    ready: Sequence[pulumi.Resource]


def own_logs(name: str, spot: Spot, key: gcp.kms.CryptoKey, chosen: str, days: int = DAYS) -> OwnLogs:
    """A bucket of logs in one region, the logs that go to it, and their exclusion from the global one.

    Args:
        name: of the bucket.
        spot: where it stands.
        key: of the same region.
        chosen: the filter of the logs, in Cloud Logging's own language.
        days: how long they are kept.
    """
    bucket = gcp.logging.ProjectBucketConfig(
        name,
        project=project_of(key),
        location=spot.region,
        bucket_id=name,
        retention_days=days,
        cmek_settings={"kms_key_name": key.id},
        opts=waiting(spot, _lend(name, key, spot)),
    )
    sink = gcp.logging.ProjectSink(
        name,
        name=name,
        destination=bucket.id.apply(lambda known: f"logging.googleapis.com/{known}"),
        filter=chosen,
        unique_writer_identity=True,
        opts=spot.child,
    )
    # Only once the sink takes them: what is excluded and sent nowhere is lost.
    exclusion = gcp.logging.ProjectExclusion(
        name,
        name=name,
        description=f"Kept in {spot.region} instead",
        filter=chosen,
        opts=pulumi.ResourceOptions.merge(spot.child, pulumi.ResourceOptions(depends_on=[sink])),
    )
    return OwnLogs(bucket.id, bucket.bucket_id, [bucket, sink, exclusion])


def _lend(name: str, key: gcp.kms.CryptoKey, spot: Spot) -> gcp.kms.CryptoKeyIAMMember:
    """Let Cloud Logging use a key, as the agent that the project's settings name; the API has no other way to know it."""
    settings = gcp.logging.get_project_cmek_settings_output(
        project=project_of(key), opts=pulumi.InvokeOutputOptions(parent=spot.child.parent)
    )
    return gcp.kms.CryptoKeyIAMMember(
        f"{name}-logs-logging",
        crypto_key_id=key.id,
        role=ENCRYPTER,
        member=settings.service_account_id.apply(lambda email: f"serviceAccount:{email}"),
        opts=spot.child,
    )
