"""A copy of a data volume's snapshot, kept in the archive tier of the same region."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

volume = aws.ebs.Volume("ledger", availability_zone="eu-west-1a", size=100, encrypted=True)
snapshot = aws.ebs.Snapshot("ledger", volume_id=volume.id)
copy = aws.ebs.SnapshotCopy(
    "ledger-copy",
    source_snapshot_id=snapshot.id,
    source_region="eu-west-1",
    encrypted=True,
    storage_tier="archive",
)

pulumi.export("copy", copy.id)
