"""A queue of messages: encrypted with a key of its own country, over TLS only, with a queue for what failed."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, preset, whole
from residency_components.component import Component, PlacedArgs


class QueueArgs(PlacedArgs):
    """What a queue is asked for."""

    keep_days: NotRequired[int]
    """How long a message that nobody takes is kept, in days: 1 to 14. Without it: 14."""


class Queue(Component[QueueArgs]):
    """A queue of messages: encrypted with a key of its own country, over TLS only, with a queue for what failed.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _arguments: ClassVar[Mapping[str, Argument]] = {
        "keep_days": preset(
            whole(1, 14), 14, "the longest that every cloud keeps: a failure over holidays loses nothing"
        ),
    }

    queue_name: pulumi.Output[str]
    """Name of the queue."""
    queue_id: pulumi.Output[str]
    """The cloud's id of the queue."""
    failed_id: pulumi.Output[str]
    """The cloud's id of the queue for messages that were taken five times and never done."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: QueueArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
