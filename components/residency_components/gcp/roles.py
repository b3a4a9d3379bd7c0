"""Service accounts that parts of a component act as, and what they may do.

Facts, from pulumi-gcp 10.2.0, checked 2026-11-24: a service account has no place (serviceaccount.Account); an
`IAMMember` adds one right and leaves all others as they are (projects.IAMMember). Nobody can be let write into one log
only: `roles/logging.logWriter` is a right on a project.
"""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_gcp as gcp

from residency_components.spots import Spot

LOG_WRITER = "roles/logging.logWriter"
"""May write logs, and read none."""


def own_account(name: str, kind: str, why: str, spot: Spot) -> gcp.serviceaccount.Account:
    """A service account without rights.

    Args:
        name: of the component.
        kind: ends the account's own name, so that components of one name and different kinds can stand in a project.
        why: what it is for, in words.
        spot: where what acts as it stands.
    """
    return gcp.serviceaccount.Account(name, account_id=f"{name}-{kind}", display_name=why, opts=spot.child)


def may(
    name: str,
    account: gcp.serviceaccount.Account,
    project: pulumi.Input[str],
    roles: Sequence[str],
    spot: Spot,
) -> list[pulumi.Resource]:
    """What a service account may do in the project."""
    return [
        gcp.projects.IAMMember(
            f"{name}-{role.rpartition('.')[2].lower()}",
            project=project,
            role=role,
            member=account.email.apply(lambda email: f"serviceAccount:{email}"),
            opts=spot.child,
        )
        for role in roles
    ]
