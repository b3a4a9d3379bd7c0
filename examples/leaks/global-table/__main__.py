"""Sessions of signed-in citizens, as a global table for low latency everywhere."""

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
    stream_enabled=True,
    stream_view_type="NEW_AND_OLD_IMAGES",
    replicas=[{"region_name": "us-east-1"}, {"region_name": "eu-central-1"}],
    deletion_protection_enabled=True,
)

pulumi.export("sessions", sessions.name)
