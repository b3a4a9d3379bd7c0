"""Virtual machines of one image in several zones of a private network, replaced when they fail."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import SIZE, Argument, given, needed, preset, ssh_key, whole
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class MachineGroupArgs(AttachedArgs):
    """What a group of machines is asked for."""

    image: pulumi.Input[str]
    """The cloud's id of the image that they start from."""
    administrator_key: str
    """The public half of the SSH key of who administers them, as in `authorized_keys`."""
    count: int
    """How many there are: 1 to 100."""
    size: NotRequired[str]
    """How strong it is: `small`, `medium` or `large`; each about twice the one before. Without it: `small`."""
    disk_gib: NotRequired[int]
    """Size of each disk, in GiB: 32 to 4096. Without it: 64."""


class MachineGroup(Component[MachineGroupArgs]):
    """Virtual machines of one image in several zones of a private network, replaced when they fail.

    No machine has a public address; disks are encrypted with a key of their own country, and logs are kept there.
    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {
        **EXAMPLE,
        "image": "id of an image",
        "administrator_key": "ssh-ed25519 AAAA... office",
        "count": 2,
    }
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "image": needed(given),
        "administrator_key": needed(ssh_key),
        "count": needed(whole(1, 100)),
        "size": SIZE,
        "disk_gib": preset(whole(32, 4096), 64, "room for an operating system and its logs"),
    }

    group_id: pulumi.Output[str]
    """The cloud's id of the group."""
    identity_id: pulumi.Output[str]
    """The cloud's id of the role or identity that the machines act as; it may do nothing but write their logs."""
    log_id: pulumi.Output[str]
    """The cloud's id of where their logs are."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: MachineGroupArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
