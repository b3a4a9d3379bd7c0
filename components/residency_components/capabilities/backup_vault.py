"""A vault for backups: encrypted with a key of its own country, filled every night, and closed to deletion."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import Argument, optional, preset, whole
from residency_components.ask import copied
from residency_components.component import Component, PlacedArgs


class BackupVaultArgs(PlacedArgs):
    """What a backup vault is asked for."""

    keep_days: NotRequired[int]
    """How many days a backup is kept: 7 to 35. Without it: 35."""
    replicate_to: NotRequired[str]
    """Another country of the perimeter to which every backup is copied. Without it there is no copy."""


class BackupVault(Component[BackupVaultArgs]):
    """A vault for backups: encrypted with a key of its own country, filled every night, and closed to deletion.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _arguments: ClassVar[Mapping[str, Argument]] = {
        "keep_days": preset(
            whole(7, 35), 35, "the longest that every cloud keeps by itself: an error is often found late"
        ),
        "replicate_to": optional(copied),
    }

    vault_name: pulumi.Output[str]
    """Name of the vault."""
    vault_id: pulumi.Output[str]
    """The cloud's id of the vault."""
    plan_id: pulumi.Output[str]
    """The cloud's id of the plan that fills the vault every night."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]
    """The region of the copy; nothing if there is no copy."""
    copy_id: pulumi.Output[Optional[str]]
    """The cloud's id of the copy's vault; nothing if there is no copy."""

    def __init__(self, name: str, args: BackupVaultArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
