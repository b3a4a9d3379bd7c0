"""Nightly backups of a file system, with a second copy in a vault of its own."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

files = aws.efs.FileSystem("files", encrypted=True)
vault = aws.backup.Vault("nightly")
second = aws.backup.Vault("nightly-copy")
aws.backup.VaultLockConfiguration("nightly-copy", backup_vault_name=second.name, min_retention_days=30)
plan = aws.backup.Plan(
    "nightly",
    rules=[
        {
            "rule_name": "nightly",
            "target_vault_name": vault.name,
            "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"delete_after": 35},
            "copy_actions": [{"destination_vault_arn": second.arn, "lifecycle": {"delete_after": 35}}],
        }
    ],
)
role = aws.iam.Role(
    "backup",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "backup.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    ),
)
aws.backup.Selection("files", plan_id=plan.id, iam_role_arn=role.arn, resources=[files.arn])

pulumi.export("vault", vault.name)
