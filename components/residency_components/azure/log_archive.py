"""A log archive: Log Analytics to search in, a storage account to keep in.

Facts, checked 2026-11-24: a data export hands each new record of the named tables to a storage account of the
workspace's own region (https://learn.microsoft.com/azure/azure-monitor/logs/logs-data-export (unread)). See also
`accounts` and `logs`.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.accounts import own_account
from residency_components.azure.groups import own_group
from residency_components.azure.keys import own_lock, refuse_vault_outside
from residency_components.azure.logs import own_workspace
from residency_components.capabilities.log_archive import LogArchive

TABLES = ("AKSAudit", "AKSControlPlane", "AzureDiagnostics", "ContainerAppConsoleLogs", "FunctionAppLogs", "Syslog")
"""What is handed to the archive: the tables that the components of this package write to."""


class AzureLogArchive(LogArchive):
    """A workspace of Log Analytics, and a storage account to which every record is exported; both in the same region.

    The account is under a key of a vault there; the workspace is under keys of Azure's own, which only a dedicated
    cluster would change. Objects of the archive cannot be changed or deleted for `archiveDays`; that policy is made
    unlocked, as Azure demands. Locking it is one call that cannot be taken back: Azure's owner of the account makes it.
    """

    _cloud = "azure"
    _cost = "what is logged, exported and kept, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        workspace = own_workspace(name, spot, asked["search_days"])
        archive = own_account(name, spot, lock, immutable_days=asked["archive_days"])
        azure.operationalinsights.DataExport(
            name,
            resource_group_name=spot.group.name,
            workspace_name=workspace.name,
            resource_id=archive.id,
            table_names=[*TABLES],
            enable=True,
            opts=self._child,
        )
        return {
            "log_name": workspace.name,
            "log_id": workspace.id,
            "archive_name": archive.name,
            "archive_id": archive.id,
            "key_id": lock.key.id,
        }
