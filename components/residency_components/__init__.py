"""Pulumi components that keep data in Ireland and Norway by construction.

In:  a *country* (``IE``, ``NO``), never a region; owner and class of the data; optionally a country for a copy.
Out: resources that all name their region themselves, whatever the program's default provider is.

What holds for every component of this package:

- Arguments are checked before anything is registered; each fault is a ``ComponentError`` that says what is wrong
  and how to mend it.
- No default places data, and none deletes it: a region comes from the country that was asked for, and what holds
  data is protected until the caller passes ``ResourceOptions(protect=False)``.
- A copy goes only to a country of the perimeter.

``capabilities`` has one interface a capability, ``aws`` and ``azure`` one module a capability. ``ObjectStore.build``
and its like choose the cloud, so that a program imports no SDK that it does not use.
"""

from __future__ import annotations

from residency_components.capabilities.container_registry import ContainerRegistry, ContainerRegistryArgs
from residency_components.capabilities.document_table import DocumentTable, DocumentTableArgs
from residency_components.capabilities.encryption_key import EncryptionKey, EncryptionKeyArgs
from residency_components.capabilities.object_store import ObjectStore, ObjectStoreArgs
from residency_components.capabilities.queue import Queue, QueueArgs
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
    "CloudWithoutCountryError",
    "ComponentError",
    "ContainerRegistry",
    "ContainerRegistryArgs",
    "DocumentTable",
    "DocumentTableArgs",
    "EncryptionKey",
    "EncryptionKeyArgs",
    "NotACountryError",
    "ObjectStore",
    "ObjectStoreArgs",
    "OutsidePerimeterError",
    "Queue",
    "QueueArgs",
    "RegionForCountryError",
    "Secret",
    "SecretArgs",
    "SelfReplicationError",
]
