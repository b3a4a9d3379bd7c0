"""A PostgreSQL database in a private network: in several zones, encrypted and backed up in its own country."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import SIZE, Argument, needed, optional, preset, whole
from residency_components.ask import copied
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class RelationalDatabaseArgs(AttachedArgs):
    """What a database is asked for."""

    storage_gib: int
    """How much it holds at first, in GiB: 32 to 16000. It can grow, and never shrink."""
    size: NotRequired[str]
    """How strong it is: `small`, `medium` or `large`; each about twice the one before. Without it: `small`."""
    keep_days: NotRequired[int]
    """How many days it can be restored to any second of: 7 to 35. Without it: 35."""
    replicate_to: NotRequired[str]
    """Another country of the perimeter where a copy of the backups is kept. Without it there is no copy."""


class RelationalDatabase(Component[RelationalDatabaseArgs]):
    """A PostgreSQL database in a private network: in several zones, encrypted and backed up in its own country.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {**EXAMPLE, "storage_gib": 100}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "storage_gib": needed(whole(32, 16000)),
        "size": SIZE,
        "keep_days": preset(
            whole(7, 35), 35, "the longest that every cloud keeps by itself: an error is often found late"
        ),
        "replicate_to": optional(copied),
    }

    database_id: pulumi.Output[str]
    """The cloud's id of the database server."""
    address: pulumi.Output[str]
    """The host at which it answers inside the network."""
    login_id: pulumi.Output[str]
    """The cloud's id of what an administrator signs in with: a secret that the cloud made, or an identity."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]
    """The region of the copy; nothing if there is no copy."""

    def __init__(self, name: str, args: RelationalDatabaseArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
