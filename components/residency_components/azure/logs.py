"""Workspaces of Log Analytics that the components write to.

Facts, checked 2026-11-24: what a workspace holds stays in its region
(https://learn.microsoft.com/azure/azure-monitor/logs/personal-data-mgmt (unread)), is kept for 30 to 730 days
(pulumi-azure-native 3.29.0, operationalinsights.WorkspaceArgs), and is under keys of Azure's own unless a dedicated
cluster is paid for (https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys (unread)).
"""

from __future__ import annotations

import pulumi
import pulumi_azure_native as azure

from residency_components.azure.groups import Spot

DAYS = 90
"""How long the logs of a component are kept, in days, where nobody asks for another time."""


def own_workspace(name: str, spot: Spot, days: int = DAYS) -> azure.operationalinsights.Workspace:
    """A workspace of one region, into which and out of which only identities get.

    Args:
        name: of the workspace.
        spot: where it stands.
        days: how long logs can be searched.
    """
    return azure.operationalinsights.Workspace(
        name,
        resource_group_name=spot.group.name,
        location=spot.region,
        sku={"name": azure.operationalinsights.WorkspaceSkuNameEnum.PER_GB2018},
        retention_in_days=days,
        features={"disable_local_auth": True, "enable_log_access_using_only_resource_permissions": True},
        tags=spot.asked.tags,
        opts=spot.kept,
    )


def log_everything(
    name: str, resource: pulumi.Input[str], workspace: azure.operationalinsights.Workspace, spot: Spot
) -> azure.monitor.DiagnosticSetting:
    """Send all logs of a resource to a workspace.

    Args:
        name: of the setting.
        resource: the id of the resource.
        workspace: where the logs go; of the same region.
        spot: whose child the setting is.
    """
    return azure.monitor.DiagnosticSetting(
        name,
        resource_uri=resource,
        workspace_id=workspace.id,
        logs=[{"category_group": "allLogs", "enabled": True}],
        opts=spot.child,
    )
