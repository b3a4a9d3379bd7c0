"""Roles of AWS IAM that services act as for a component.

Fact: a service that acts for another resource of the same account is held to that account by `aws:SourceAccount` (IAM
User Guide, The confused deputy problem, https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html (unread),
checked 2026-11-24).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from residency_components.spots import Spot


def own_role(
    name: str,
    service: str,
    why: str,
    spot: Spot,
    account: pulumi.Input[str] = "",
) -> aws.iam.Role:
    """A role that one service may act as, without rights.

    Args:
        name: of the role.
        service: such as ``ec2.amazonaws.com``.
        why: what it is for, in words.
        spot: whose tags it gets.
        account: where the service must act for this account's resources only; not every service says for whom it acts.
    """
    trust = pulumi.Output.from_input(account).apply(lambda known: _trust(service, known))
    return aws.iam.Role(name, description=why, assume_role_policy=trust, tags=spot.asked.tags, opts=spot.child)


def attach(name: str, role: aws.iam.Role, policies: Sequence[str], spot: Spot) -> list[pulumi.Resource]:
    """What a role may do by policies that AWS keeps, each given by its name."""
    return [
        aws.iam.RolePolicyAttachment(
            f"{name}{at}", role=role.name, policy_arn=f"arn:aws:iam::aws:policy/{policy}", opts=spot.child
        )
        for at, policy in enumerate(policies)
    ]


def may(
    name: str,
    role: aws.iam.Role,
    statements: pulumi.Input[Sequence[dict[str, Any]]],
    spot: Spot,
) -> aws.iam.RolePolicy:
    """What a role may do by a policy of its own."""
    return aws.iam.RolePolicy(
        name, role=role.name, policy=pulumi.Output.from_input(statements).apply(_document), opts=spot.child
    )


def allow(actions: str | Sequence[str], resources: Any, **conditions: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A statement that allows actions on resources, under conditions by their operator."""
    named = {"Action": actions if isinstance(actions, str) else [*actions], "Resource": resources}
    return {"Effect": "Allow", **named, **({"Condition": conditions} if conditions else {})}


def _document(statements: Sequence[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements]})


def _trust(service: str, account: str) -> str:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if account:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account}}
    return _document([statement])
