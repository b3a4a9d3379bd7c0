"""The patients' database, with a read replica near the analysts."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

patients = aws.rds.Instance(
    "patients",
    engine="postgres",
    engine_version="17",
    instance_class="db.t4g.medium",
    allocated_storage=50,
    storage_encrypted=True,
    username="patients",
    manage_master_user_password=True,
    backup_retention_period=14,
    deletion_protection=True,
    skip_final_snapshot=False,
    final_snapshot_identifier="patients-final",
)
key = aws.kms.Key("replica", description="Encrypts the replica", enable_key_rotation=True, region="us-east-1")
aws.rds.Instance(
    "patients-replica",
    replicate_source_db=patients.arn,
    instance_class="db.t4g.medium",
    storage_encrypted=True,
    kms_key_id=key.arn,
    skip_final_snapshot=True,
    region="us-east-1",
)

pulumi.export("address", patients.address)
