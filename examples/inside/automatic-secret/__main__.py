"""The password of a partner's service, replicated where we say."""

from __future__ import annotations

import pulumi
import pulumi_gcp as gcp

secret = gcp.secretmanager.Secret(
    "partner-password",
    secret_id="partner-password",  # noqa: S106 - a name, not a password
    replication={"user_managed": {"replicas": [{"location": "europe-north1"}, {"location": "europe-west4"}]}},
    deletion_protection=True,
)
service = gcp.serviceaccount.Account("partner", account_id="partner", display_name="Calls the partner's service")
gcp.secretmanager.SecretIamMember(
    "partner-reads-password",
    secret_id=secret.id,
    role="roles/secretmanager.secretAccessor",
    member=service.member,
)

pulumi.export("secret", secret.secret_id)
