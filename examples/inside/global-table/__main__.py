"""Sessions of signed-in citizens, in three zones of one region."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

sessions = aws.dynamodb.Table(
    "sessions",
    billing_mode="PAY_PER_REQUEST",
    hash_key="session",
    attributes=[{"name": "session", "type": "S"}],
    ttl={"attribute_name": "expires", "enabled": True},
    point_in_time_recovery={"enabled": True},
    server_side_encryption={"enabled": True},
    deletion_protection_enabled=True,
)

pulumi.export("sessions", sessions.name)
