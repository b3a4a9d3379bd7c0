"""Pulumi components that keep data in Ireland and Norway by construction.

In:  a *country* (``IE``, ``NO``), never a region; owner and class of the data; optionally a country for a copy.
Out: resources that all name their region themselves, whatever the program's default provider is.

What holds for every component of this package:

- Arguments are checked before anything is registered; each fault is a ``ComponentError`` that says what is wrong
  and how to mend it.
- No default places data, and none deletes it: a region comes from the country that was asked for, and what holds
  data is protected until the caller passes ``ResourceOptions(protect=False)``.
- A copy goes only to a country of the perimeter.

``capabilities`` has one interface a capability; ``aws``, ``azure``, ``gcp`` and ``site`` (a data centre of one's own)
one module a capability. ``ObjectStore.build`` and its like choose the cloud, so that a program imports no SDK that it
does not use.
"""

from __future__ import annotations

from residency_components.capabilities.backup_vault import BackupVault, BackupVaultArgs
from residency_components.capabilities.block_volume import BlockVolume, BlockVolumeArgs
from residency_components.capabilities.container_registry import ContainerRegistry, ContainerRegistryArgs
from residency_components.capabilities.container_service import ContainerService, ContainerServiceArgs
from residency_components.capabilities.document_table import DocumentTable, DocumentTableArgs
from residency_components.capabilities.encryption_key import EncryptionKey, EncryptionKeyArgs
from residency_components.capabilities.file_share import FileShare, FileShareArgs
from residency_components.capabilities.function import Function, FunctionArgs
from residency_components.capabilities.kubernetes_cluster import KubernetesCluster, KubernetesClusterArgs
from residency_components.capabilities.log_archive import LogArchive, LogArchiveArgs
from residency_components.capabilities.machine_group import MachineGroup, MachineGroupArgs
from residency_components.capabilities.object_store import ObjectStore, ObjectStoreArgs
from residency_components.capabilities.private_network import PrivateNetwork, PrivateNetworkArgs
from residency_components.capabilities.queue import Queue, QueueArgs
from residency_components.capabilities.relational_database import RelationalDatabase, RelationalDatabaseArgs
from residency_components.capabilities.secret import Secret, SecretArgs
from residency_components.errors import (
    ArgumentFaultError,
    CloudWithoutCountryError,
    ComponentError,
    NotACountryError,
    OutsidePerimeterError,
    RegionForCountryError,
    SelfReplicationError,
)

__all__ = [
    "ArgumentFaultError",
    "BackupVault",
    "BackupVaultArgs",
    "BlockVolume",
    "BlockVolumeArgs",
    "CloudWithoutCountryError",
    "ComponentError",
    "ContainerRegistry",
    "ContainerRegistryArgs",
    "ContainerService",
    "ContainerServiceArgs",
    "DocumentTable",
    "DocumentTableArgs",
    "EncryptionKey",
    "EncryptionKeyArgs",
    "FileShare",
    "FileShareArgs",
    "Function",
    "FunctionArgs",
    "KubernetesCluster",
    "KubernetesClusterArgs",
    "LogArchive",
    "LogArchiveArgs",
    "MachineGroup",
    "MachineGroupArgs",
    "NotACountryError",
    "ObjectStore",
    "ObjectStoreArgs",
    "OutsidePerimeterError",
    "PrivateNetwork",
    "PrivateNetworkArgs",
    "Queue",
    "QueueArgs",
    "RegionForCountryError",
    "RelationalDatabase",
    "RelationalDatabaseArgs",
    "Secret",
    "SecretArgs",
    "SelfReplicationError",
]
