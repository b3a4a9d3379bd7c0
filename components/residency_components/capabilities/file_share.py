"""A file system that machines of a private network mount: encrypted with a key of its own country, backed up there."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, preset, whole
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class FileShareArgs(AttachedArgs):
    """What a file share is asked for."""

    size_gib: NotRequired[int]
    """How much it holds, in GiB: 1024 to 16000; no matter where
    the cloud lets it grow by itself. Without it: 1024."""
    keep_days: NotRequired[int]
    """How many days a daily backup is kept: 7 to 35. Without it: 35."""


class FileShare(Component[FileShareArgs]):
    """A file system that machines of a private network mount: encrypted with a key of its own country, backed up there.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = EXAMPLE
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "size_gib": preset(whole(1024, 16000), 1024, "the least that every cloud offers in several zones"),
        "keep_days": preset(
            whole(7, 35), 35, "the longest that every cloud keeps by itself: an error is often found late"
        ),
    }

    share_id: pulumi.Output[str]
    """The cloud's id of the file share."""
    address: pulumi.Output[str]
    """The host from which machines of the network mount it."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: FileShareArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
