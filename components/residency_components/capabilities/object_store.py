"""A place for objects."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, optional
from residency_components.ask import copied
from residency_components.component import Component, PlacedArgs


class ObjectStoreArgs(PlacedArgs):
    """What an object store is asked for."""

    replicate_to: NotRequired[str]
    """Another country of the perimeter where a copy of every object is kept. Without it there is no copy."""


class ObjectStore(Component[ObjectStoreArgs]):
    """A place for objects: private, versioned, encrypted with a key of its own country, and reached over TLS only.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _arguments: ClassVar[Mapping[str, Argument]] = {"replicate_to": optional(copied)}

    store_name: pulumi.Output[str]
    """Name of the bucket or storage account."""
    store_id: pulumi.Output[str]
    """The cloud's id of the bucket or storage account."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]
    """The region of the copy; nothing if there is no copy."""
    copy_name: pulumi.Output[Optional[str]]
    """Name of the copy's bucket or storage account; nothing if there is no copy."""

    def __init__(self, name: str, args: ObjectStoreArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
