"""A secret, such as a password: encrypted with a key of its own country, restorable for 30 days after deletion."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, hidden, needed, optional
from residency_components.ask import copied
from residency_components.component import Component, PlacedArgs


class SecretArgs(PlacedArgs):
    """What a secret is asked for."""

    value: pulumi.Input[str]
    """The secret itself. It is kept encrypted in the state, and shown nowhere."""
    replicate_to: NotRequired[str]
    """Another country of the perimeter where a copy is kept. Without it there is no copy."""


class Secret(Component[SecretArgs]):
    """A secret, such as a password: encrypted with a key of its own country, restorable for 30 days after deletion.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {"value": "from the stack's configuration, as a secret"}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        "value": needed(hidden),
        "replicate_to": optional(copied),
    }

    secret_id: pulumi.Output[str]
    """The cloud's id of the secret."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]
    """The region of the copy; nothing if there is no copy."""

    def __init__(self, name: str, args: SecretArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
