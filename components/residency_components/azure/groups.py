"""Where the parts of a component stand in Azure: a resource group of one region, and what acts in it.

Fact: the ids of Azure's own roles are the same in every subscription
(https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (unread), checked 2026-11-24).
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_azure_native as azure

from residency_components import spots
from residency_components.ask import Asked


@dataclass(frozen=True)
class Spot:
    """A group of one region, with the tags and options of what is in it."""

    region: str
    group: azure.resources.ResourceGroup
    asked: Asked
    child: pulumi.ResourceOptions
    kept: pulumi.ResourceOptions


def own_group(name: str, at: spots.Spot) -> Spot:
    """A resource group of a region, in which everything else of a component is."""
    group = azure.resources.ResourceGroup(name, location=at.region, tags=at.asked.tags, opts=at.kept)
    return Spot(at.region, group, at.asked, at.child, at.kept)


def allow(
    name: str,
    scope: pulumi.Input[str],
    identity: azure.managedidentity.UserAssignedIdentity,
    role: str,
    spot: Spot,
) -> azure.authorization.RoleAssignment:
    """Give an identity one of Azure's own roles.

    Args:
        name: of the assignment.
        scope: id of the resource that the role is for.
        identity: who gets it.
        role: the role's id, without the subscription.
        spot: whose subscription it is.
    """
    return azure.authorization.RoleAssignment(
        name,
        scope=scope,
        principal_id=identity.principal_id,
        principal_type="ServicePrincipal",
        role_definition_id=spot.group.id.apply(lambda group: _in_subscription(group, role)),
        opts=spot.child,
    )


def _in_subscription(group: str, role: str) -> str:
    """Id of a role in the subscription, which the id of a group begins with."""
    subscription = group.partition("/resourceGroups/")[0]
    return f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"
