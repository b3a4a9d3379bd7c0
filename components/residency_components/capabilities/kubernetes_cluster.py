"""A Kubernetes cluster in several zones of a private network, with one group of nodes."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi

from residency_components.arguments import SIZE, Argument, needed, whole
from residency_components.attached import ATTACHED, EXAMPLE, AttachedArgs
from residency_components.component import Component


class KubernetesClusterArgs(AttachedArgs):
    """What a cluster is asked for."""

    nodes: int
    """How many nodes there are: 2 to 100."""
    size: NotRequired[str]
    """How strong it is: `small`, `medium` or `large`; each about twice the one before. Without it: `small`."""


class KubernetesCluster(Component[KubernetesClusterArgs]):
    """A Kubernetes cluster in several zones of a private network, with one group of nodes.

    Its API has a private address only. Secrets, disks and logs stay in the country, under keys of it.
    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    _example: ClassVar[Mapping[str, Any]] = {**EXAMPLE, "nodes": 3}
    _arguments: ClassVar[Mapping[str, Argument]] = {
        **ATTACHED,
        "nodes": needed(whole(2, 100)),
        "size": SIZE,
    }

    cluster_name: pulumi.Output[str]
    """Name of the cluster."""
    cluster_id: pulumi.Output[str]
    """The cloud's id of the cluster."""
    address: pulumi.Output[str]
    """Where the cluster's API answers inside the network."""
    log_id: pulumi.Output[str]
    """The cloud's id of where its logs are."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""

    def __init__(self, name: str, args: KubernetesClusterArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)
