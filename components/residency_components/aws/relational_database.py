"""A PostgreSQL database in Amazon RDS.

Facts, each checked 2026-11-24: automated backups stay in the region unless they are replicated (pulumi-aws 7.51.1,
rds.InstanceAutomatedBackupsReplication: `region` is where the copy is, with a key there); RDS writes the logs of an
instance to `/aws/rds/instance/NAME/LOG`, and makes the group without key or retention if it is missing (Amazon RDS
User Guide, Publishing PostgreSQL logs to CloudWatch Logs,
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html (unread));
`rds.force_ssl` (the same, Using SSL with a PostgreSQL DB instance); a password that RDS makes is kept in Secrets
Manager of the same region (pulumi-aws 7.51.1, rds.Instance.manage_master_user_password).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.ask import Asked
from residency_components.aws.keys import own_key
from residency_components.aws.logs import Groups, own_log_groups
from residency_components.aws.networks import own_group
from residency_components.capabilities.relational_database import RelationalDatabase

VERSION = "17"
"""Of PostgreSQL; minor versions come by themselves."""
PORT = 5432
ADMINISTRATOR = "administrator"
SIZES = {"small": "db.m6g.large", "medium": "db.m6g.xlarge", "large": "db.m6g.2xlarge"}
"""Instance classes: 2, 4 and 8 processors with 8, 16 and 32 GiB."""
_LOGS = ("postgresql", "upgrade")


class AwsRelationalDatabase(RelationalDatabase):
    """An RDS instance with a standby in another zone, encrypted with a KMS key of the same region.

    The password of `administrator` is made by RDS and kept in Secrets Manager in the same region; `loginId` is that
    secret. A copy is of the backups, in the other country's region under a key there.
    """

    _cloud = "aws"
    _cost = "two instances of the size, the storage twice, backups beyond it, a copy's transfer, and one key a region"

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        key = own_key(name, self._spot(asked))
        instance = self._instance(name, asked, key)
        if asked.copy_region:
            copy_key = own_key(f"{name}copy", self._spot(asked, asked.copy_region))
            aws.rds.InstanceAutomatedBackupsReplication(
                name,
                source_db_instance_arn=instance.arn,
                kms_key_id=copy_key.arn,
                retention_period=asked["keep_days"],
                region=asked.copy_region,
                opts=self._kept,
            )
        return {
            "database_id": instance.arn,
            "address": instance.address,
            "login_id": instance.master_user_secrets.apply(lambda made: made[0].secret_arn),
            "key_id": key.arn,
            "copy_region": asked.copy_region,
        }

    def _instance(self, name: str, asked: Asked, key: aws.kms.Key) -> aws.rds.Instance:
        spot = self._spot(asked)
        own = {f"{name}{log}": f"/aws/rds/instance/{name}/{log}" for log in _LOGS}
        groups = own_log_groups(name, spot, key, Groups(own))
        group = own_group(name, f"Reaches {name}", spot, into=[PORT])
        subnets = aws.rds.SubnetGroup(
            name,
            name=name,
            subnet_ids=asked["subnet_ids"],
            tags=asked.tags,
            region=asked.region,
            opts=self._child,
        )
        return aws.rds.Instance(
            name,
            identifier=name,
            engine="postgres",
            engine_version=VERSION,
            instance_class=SIZES[asked["size"]],
            allocated_storage=asked["storage_gib"],
            max_allocated_storage=2 * asked["storage_gib"],
            storage_type="gp3",
            storage_encrypted=True,
            kms_key_id=key.arn,
            multi_az=True,
            username=ADMINISTRATOR,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=key.arn,
            iam_database_authentication_enabled=True,
            db_subnet_group_name=subnets.name,
            vpc_security_group_ids=[group.id],
            parameter_group_name=self._parameters(name, asked).name,
            publicly_accessible=False,
            backup_retention_period=asked["keep_days"],
            backup_target="region",
            copy_tags_to_snapshot=True,
            delete_automated_backups=False,
            skip_final_snapshot=False,
            final_snapshot_identifier=f"{name}-final",
            deletion_protection=True,
            auto_minor_version_upgrade=True,
            enabled_cloudwatch_logs_exports=[*_LOGS],
            performance_insights_enabled=True,
            performance_insights_kms_key_id=key.arn,
            tags=asked.tags,
            region=asked.region,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[*groups.values()])),
        )

    def _parameters(self, name: str, asked: Asked) -> aws.rds.ParameterGroup:
        return aws.rds.ParameterGroup(
            name,
            name=name,
            family=f"postgres{VERSION}",
            description=f"Connections to {name} over TLS only",
            parameters=[
                {"name": "log_connections", "value": "1"},
                {"name": "log_disconnections", "value": "1"},
                {"name": "rds.force_ssl", "value": "1"},
            ],
            tags=asked.tags,
            region=asked.region,
            opts=self._child,
        )
