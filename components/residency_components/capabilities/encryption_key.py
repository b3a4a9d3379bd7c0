"""A key for encryption that never leaves its country."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import ClassVar, Optional

import pulumi

from residency_components.arguments import Argument
from residency_components.component import Component, PlacedArgs


class EncryptionKeyArgs(PlacedArgs):
    """What a key is asked for: nothing but its place, owner and class."""


class EncryptionKey(Component[EncryptionKeyArgs]):
    """A key for encryption that never leaves its country.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _arguments: ClassVar[Mapping[str, Argument]] = {}

    key_id: pulumi.Output[str]
    """The cloud's id of the key."""

    def __init__(self, name: str, args: EncryptionKeyArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
