"""Containers of one image that answer on a port inside a private network."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import SIZE, Argument, given, needed, optional, table, whole
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class ContainerServiceArgs(AttachedArgs):
    """What a container service is asked for."""

    image: pulumi.Input[str]
    """Address of the image, in a registry of the same country."""
    port: int
    """Where the containers listen: 1024 to 65535."""
    count: int
    """How many run: 1 to 100."""
    size: NotRequired[str]
    """How strong it is: `small`, `medium` or `large`; each about twice the one before. Without it: `small`."""
    environment: NotRequired[dict[str, pulumi.Input[str]]]
    """Variables of the process. No secrets: they would be readable by whoever may read the service."""


class ContainerService(Component[ContainerServiceArgs]):
    """Containers of one image that answer on a port inside a private network.

    It has no public address; its logs are kept in its own country.
    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {**EXAMPLE, "image": "address of an image", "port": 8080, "count": 2}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "image": needed(given),
        "port": needed(whole(1024, 65535)),
        "count": needed(whole(1, 100)),
        "size": SIZE,
        "environment": optional(table),
    }

    service_id: pulumi.Output[str]
    """The cloud's id of the service."""
    identity_id: pulumi.Output[str]
    """The cloud's id of the role or identity that the containers act as; it has no rights until it is given some."""
    log_id: pulumi.Output[str]
    """The cloud's id of where its logs are."""
    key_id: pulumi.Output[Optional[str]]
    """The cloud's id of the key that encrypts the data; nothing where the cloud takes none."""

    def __init__(self, name: str, args: ContainerServiceArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
