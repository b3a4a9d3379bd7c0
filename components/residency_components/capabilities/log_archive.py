"""Logs that services write to, and an archive of them that nobody can change or delete before its time."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, needed, preset, whole
from residency_components.component import Component, PlacedArgs


class LogArchiveArgs(PlacedArgs):
    """What a log archive is asked for."""

    archive_days: int
    """How many days the archive keeps every log, whoever wants it gone: 30 to 3650."""
    search_days: NotRequired[int]
    """How many days logs can be searched: 30 or 90. Without it: 90."""


class LogArchive(Component[LogArchiveArgs]):
    """Logs that services write to, and an archive of them that nobody can change or delete before its time.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {"archive_days": 365}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        "archive_days": needed(whole(30, 3650)),
        "search_days": preset(whole(30, 90), 90, "an intrusion is often noticed after weeks"),
    }

    log_name: pulumi.Output[str]
    """Name of the log group, workspace or log bucket that services write to."""
    log_id: pulumi.Output[str]
    """The cloud's id of it."""
    archive_name: pulumi.Output[str]
    """Name of the bucket or storage account of the archive."""
    archive_id: pulumi.Output[str]
    """The cloud's id of it."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: LogArchiveArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
