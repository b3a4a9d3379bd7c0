"""A disk for one machine: encrypted with a key of its own country, with a snapshot a day that stays there."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, needed, preset, whole
from residency_components.component import Component, PlacedArgs


class BlockVolumeArgs(PlacedArgs):
    """What a disk is asked for."""

    size_gib: int
    """How much it holds, in GiB: 10 to 16000. It can grow, and never shrink."""
    zone: int
    """In which of the region's zones it is: 1, 2 or 3. Only machines of the same zone can use it."""
    keep_days: NotRequired[int]
    """How many days a daily snapshot is kept: 7 to 35. Without it: 35."""


class BlockVolume(Component[BlockVolumeArgs]):
    """A disk for one machine: encrypted with a key of its own country, with a snapshot a day that stays there.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {"size_gib": 100, "zone": 1}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        "size_gib": needed(whole(10, 16000)),
        "zone": needed(whole(1, 3)),
        "keep_days": preset(
            whole(7, 35), 35, "the longest that every cloud keeps by itself: an error is often found late"
        ),
    }

    volume_id: pulumi.Output[str]
    """The cloud's id of the disk."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: BlockVolumeArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
