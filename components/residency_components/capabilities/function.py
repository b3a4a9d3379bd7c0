"""A function from a container image, inside a private network, that runs when it is called."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import SIZE, Argument, given, needed, optional, preset, table, whole
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class FunctionArgs(AttachedArgs):
    """What a function is asked for."""

    image: pulumi.Input[str]
    """Address of the image, in a registry of the same country."""
    seconds: NotRequired[int]
    """How long one call may take, in seconds: 1 to 900. Without it: 30."""
    size: NotRequired[str]
    """How strong it is: `small`, `medium` or `large`; each about twice the one before. Without it: `small`."""
    environment: NotRequired[dict[str, pulumi.Input[str]]]
    """Variables of the process. No secrets: they would be readable by whoever may read the function."""


class Function(Component[FunctionArgs]):
    """A function from a container image, inside a private network, that runs when it is called.

    It has no public address; its logs are kept in its own country.
    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {**EXAMPLE, "image": "address of an image"}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "image": needed(given),
        "seconds": preset(whole(1, 900), 30, "a call that hangs costs little"),
        "size": SIZE,
        "environment": optional(table),
    }

    function_id: pulumi.Output[str]
    """The cloud's id of the function."""
    identity_id: pulumi.Output[str]
    """The cloud's id of the role or identity that the function acts as; it has no rights until it is given some."""
    log_id: pulumi.Output[str]
    """The cloud's id of where its logs are."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: FunctionArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
