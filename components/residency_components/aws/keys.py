"""Keys of AWS KMS that the components keep data under."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked

DELETION_DAYS = 30
"""How long a key that somebody deletes can still be restored; the longest that KMS allows."""


def own_key(name: str, region: str, asked: Asked, opts: pulumi.ResourceOptions) -> aws.kms.Key:
    """A key of one region, renewed every year.

    Args:
        name: of the component, and of the key.
        region: the only one in which the key can be used.
        asked: whose tags it gets.
        opts: with the component as parent.
    """
    return aws.kms.Key(
        name,
        description=f"Encrypts {name}",
        enable_key_rotation=True,
        multi_region=False,
        deletion_window_in_days=DELETION_DAYS,
        tags=asked.tags,
        region=region,
        opts=opts,
    )
