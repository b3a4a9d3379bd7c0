"""The patients' database, with a standby in another zone and a read replica beside it."""

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
    multi_az=True,
)
aws.rds.Instance(
    "patients-replica",
    replicate_source_db=patients.identifier,
    instance_class="db.t4g.medium",
    skip_final_snapshot=True,
)

pulumi.export("address", patients.address)
