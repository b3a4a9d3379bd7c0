"""A registry of container images: encrypted with a key of its own country, examined when an image is pushed."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import ClassVar, Optional

import pulumi

from residency_components.arguments import Argument
from residency_components.component import Component, PlacedArgs


class ContainerRegistryArgs(PlacedArgs):
    """What a registry is asked for: nothing but its place, owner and class."""


class ContainerRegistry(Component[ContainerRegistryArgs]):
    """A registry of container images: encrypted with a key of its own country, examined when an image is pushed.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _arguments: ClassVar[Mapping[str, Argument]] = {}

    registry_name: pulumi.Output[str]
    """Name of the registry."""
    registry_id: pulumi.Output[str]
    """The cloud's id of the registry."""
    address: pulumi.Output[str]
    """Where images are pushed to and pulled from; a colon and a version make it the address of an image."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: ContainerRegistryArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
