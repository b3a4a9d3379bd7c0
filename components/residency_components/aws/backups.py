"""Vaults and plans of AWS Backup that the components fill.

Facts, each checked 2026-11-24: a recovery point is copied only where a rule has a copy action (pulumi-aws 7.51.1,
backup.Plan); a vault lock keeps recovery points for a least number of days, and without `changeable_for_days` it is
in governance mode, which people with the right to do so can lift (the same, backup.VaultLockConfiguration); the
policies that AWS Backup needs (AWS Backup Developer Guide, Managed policies,
https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html (unread)).
"""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.aws.keys import owner_of
from residency_components.aws.roles import attach, own_role
from residency_components.spots import Spot

NIGHT = "cron(0 2 * * ? *)"
"""When backups are taken; UTC."""
MANAGED = (
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "AWSBackupServiceRolePolicyForS3Backup",
)


def own_vault(name: str, spot: Spot, key: aws.kms.Key, days: int) -> aws.backup.Vault:
    """A vault whose backups nobody deletes before their time without lifting its lock.

    Args:
        name: of the vault.
        spot: where it stands.
        key: of the same region.
        days: how long a backup is kept.
    """
    vault = aws.backup.Vault(
        name,
        name=name,
        kms_key_arn=key.arn,
        force_destroy=False,
        tags=spot.asked.tags,
        region=spot.region,
        opts=spot.kept,
    )
    aws.backup.VaultLockConfiguration(
        name,
        backup_vault_name=vault.name,
        min_retention_days=days,
        region=spot.region,
        opts=spot.child,
    )
    return vault


def own_plan(
    name: str, spot: Spot, vault: aws.backup.Vault, days: int, copy: aws.backup.Vault | None = None
) -> aws.backup.Plan:
    """A plan that fills a vault every night, and another vault with a copy of each backup if there is one."""
    actions: Any = [{"destination_vault_arn": copy.arn, "lifecycle": {"delete_after": days}}] if copy else None
    return aws.backup.Plan(
        name,
        name=name,
        rules=[
            {
                "rule_name": "nightly",
                "target_vault_name": vault.name,
                "schedule": NIGHT,
                "schedule_expression_timezone": "Etc/UTC",
                "lifecycle": {"delete_after": days},
                "copy_actions": actions,
            }
        ],
        tags=spot.asked.tags,
        region=spot.region,
        opts=spot.child,
    )


def own_selection(
    name: str,
    spot: Spot,
    plan: aws.backup.Plan,
    key: aws.kms.Key,
    *,
    resources: list[pulumi.Input[str]] | None = None,
) -> None:
    """What a plan backs up: the given resources, or whatever has the tag `backup` with the component's name."""
    role = own_role(
        f"{name}bak",
        "backup.amazonaws.com",
        f"Backs up for {name}",
        spot,
        key.arn.apply(lambda arn: owner_of(arn).account),
    )
    attached = attach(f"{name}bak", role, MANAGED, spot)
    tagged: Any = [{"type": "STRINGEQUALS", "key": "backup", "value": name}]
    aws.backup.Selection(
        name,
        name=name,
        plan_id=plan.id,
        iam_role_arn=role.arn,
        resources=resources,
        selection_tags=None if resources else tagged,
        region=spot.region,
        opts=pulumi.ResourceOptions.merge(spot.child, pulumi.ResourceOptions(depends_on=attached)),
    )
