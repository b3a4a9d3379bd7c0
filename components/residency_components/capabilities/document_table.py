"""A table of documents by key: encrypted with a key of its own country, restorable to any second of 35 days."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, matching, needed, optional
from residency_components.ask import copied
from residency_components.component import Component, PlacedArgs

_FIELD = matching(r"[A-Za-z][A-Za-z0-9_-]{1,62}", "2 to 63 letters, digits, `_` or `-`, a letter first")


class DocumentTableArgs(PlacedArgs):
    """What a table is asked for."""

    partition_key: str
    """Name of the field that says which document it is; a text."""
    sort_key: NotRequired[str]
    """Name of the field that orders documents of one partition key; a text. Without it there is none."""
    replicate_to: NotRequired[str]
    """Another country of the perimeter where a copy is kept. Without it there is no copy."""


class DocumentTable(Component[DocumentTableArgs]):
    """A table of documents by key: encrypted with a key of its own country, restorable to any second of 35 days.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {"partition_key": "person", "sort_key": "day"}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        "partition_key": needed(_FIELD),
        "sort_key": optional(_FIELD),
        "replicate_to": optional(copied),
    }

    table_name: pulumi.Output[str]
    """Name of the table."""
    table_id: pulumi.Output[str]
    """The cloud's id of the table."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]
    """The region of the copy; nothing if there is no copy."""

    def __init__(self, name: str, args: DocumentTableArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
