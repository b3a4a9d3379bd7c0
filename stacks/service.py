"""A service that keeps people's documents: what it is made of, and how the parts know of one another.

In:  a ``Service`` of the configuration.
Out: the components of its parts; the region, and what an operator needs to find them.
"""

from __future__ import annotations

from typing import Any, cast

import pulumi
from configured import Part, Service
from residency_components import (
    ArgumentFaultError,
    BackupVault,
    ComponentError,
    ContainerRegistry,
    ContainerService,
    DocumentTable,
    LogArchive,
    ObjectStore,
    PrivateNetwork,
    RelationalDatabase,
)
from residency_components.component import Component


def build(service: Service) -> dict[str, Any]:
    """Build every part of a service, and give the outputs of its stack.

    Raises:
        ComponentError: a part cannot be built as asked; the error says where in the configuration.
    """
    name, parts = service.name, service.parts
    network = _made(PrivateNetwork, f"{name}net", parts["network"])
    attached = {
        "network_id": network.network_id,
        "network_block": network.block,
        "subnet_ids": network.subnet_ids,
    }
    uploads = _made(ObjectStore, f"{name}files", parts["uploads"])
    profiles = _made(RelationalDatabase, f"{name}people", parts["profiles"], **attached)
    sessions = _made(DocumentTable, f"{name}visits", parts["sessions"], partition_key="session")
    registry = _made(ContainerRegistry, f"{name}images", parts["registry"])
    web = _web(name, parts["web"], attached, registry, _environment(uploads, profiles, sessions))
    backups = _made(BackupVault, f"{name}backup", parts["backups"])
    logs = _made(LogArchive, f"{name}logs", parts["logs"])
    return {
        "country": web.country,
        "region": web.region,
        "uploads": uploads.store_name,
        "uploadsCopy": uploads.copy_region,
        "sessionsCopy": sessions.copy_region,
        "profiles": profiles.address,
        "web": web.service_id,
        "backups": backups.vault_name,
        "logs": logs.log_name,
    }


def _environment(
    uploads: ObjectStore, profiles: RelationalDatabase, sessions: DocumentTable
) -> dict[str, pulumi.Input[str]]:
    """Where the web containers find what they keep; rights and passwords are not here."""
    return {
        "UPLOADS": uploads.store_name,
        "PROFILES": profiles.address,
        "SESSIONS": sessions.table_name,
    }


def _web(
    name: str,
    part: Part,
    attached: dict[str, Any],
    registry: ContainerRegistry,
    environment: dict[str, pulumi.Input[str]],
) -> ContainerService:
    """The web containers, of one version of the image in the service's own registry."""
    args = dict(part.args)
    version = args.pop("version", None)
    if not isinstance(version, str):
        raise ArgumentFaultError(
            "`version` is missing or no text",
            where=f"{part.where}.version",
            help="say which version of the image runs, in quotes",
        )
    image = registry.address.apply(lambda address: f"{address}:{version}")
    asked = Part(part.where, args, part.cloud)
    return _made(ContainerService, f"{name}web", asked, **attached, image=image, environment=environment)


def _made(kind: type[Any], name: str, part: Part, **more: Any) -> Any:  # noqa: ANN401 - the interface's own class
    """A component of an interface; an error names the place in the configuration."""
    interface = cast("type[Component[Any]]", kind)
    try:
        return interface.build(name, {**part.args, **more}, cloud=part.cloud)
    except ComponentError as error:
        raise type(error)(error.what, where=f"{part.where}: {error.where}", help=error.help) from None
