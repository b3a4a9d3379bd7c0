"""The patients' database, with its automated backups replicated inside the EEA."""

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
key = aws.kms.Key("backups", description="Encrypts the backups", enable_key_rotation=True, region="eu-central-1")
aws.rds.InstanceAutomatedBackupsReplication(
    "patients-backups",
    source_db_instance_arn=patients.arn,
    kms_key_id=key.arn,
    retention_period=14,
    region="eu-central-1",
)

pulumi.export("address", patients.address)
