"""The password of a partner's service, replicated as the quick start shows."""

from __future__ import annotations

import pulumi
import pulumi_gcp as gcp

secret = gcp.secretmanager.Secret(
    "partner-password",
    secret_id="partner-password",  # noqa: S106 - a name, not a password
    replication={"auto": {}},
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
