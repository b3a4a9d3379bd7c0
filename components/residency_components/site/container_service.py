"""Containers in a Kubernetes cluster of a data centre of one's own.

Facts, read 2026-11-24: the profile `restricted` asks for all that `_LOCKED` and `_POD` set
(https://kubernetes.io/docs/concepts/security/pod-security-standards/ (unread)); a pod that a network policy selects
accepts and sends only what some policy allows
(https://kubernetes.io/docs/concepts/services-networking/network-policies/ (unread)); a budget of disruptions holds
for evictions (https://kubernetes.io/docs/tasks/run-application/configure-pdb/ (unread)).
"""
# Annotations are values here, not text: see `component`.

import re
from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Optional

import pulumi
import pulumi_kubernetes as kubernetes

from residency_components.arguments import Argument, hidden, optional
from residency_components.ask import Asked
from residency_components.capabilities.container_service import ContainerService, ContainerServiceArgs
from residency_components.errors import ArgumentFaultError
from residency_components.site.placed import InSite, SitedArgs
from residency_components.sites import with_site

_SIZES = {
    "small": {"cpu": "500m", "memory": "1Gi"},
    "medium": {"cpu": "1", "memory": "2Gi"},
    "large": {"cpu": "2", "memory": "4Gi"},
}
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
_USER = 10001
"""Above the ids that systems use for their own; images must not need root."""
_LOCKED: Any = {
    "allow_privilege_escalation": False,
    "capabilities": {"drop": ["ALL"]},
    "privileged": False,
    "read_only_root_filesystem": True,
}
_POD: Any = {"run_as_non_root": True, "run_as_user": _USER, "seccomp_profile": {"type": "RuntimeDefault"}}


class SiteContainerServiceArgs(ContainerServiceArgs, SitedArgs):
    """What a container service in a site is asked for."""

    kubeconfig: NotRequired[pulumi.Input[str]]
    """Content of the kubeconfig that has the site's context. Without it: the one that `KUBECONFIG` names."""


class SiteContainerService(InSite, ContainerService):
    """A deployment in the cluster of a site that the perimeter file declares with `inputs.context`.

    `networkId` is the namespace, which must exist; `subnetIds` mean nothing there. Its pods are reached from
    `networkBlock` only, and reach the cluster's names and `networkBlock` only. The provider is the component's own.
    Logs stay with the cluster, and its disks and their keys are the site's own affair.
    """

    _cloud = "site"
    _package = "kubernetes"
    _cost = "the processors and memory that the site keeps for it; there is no cloud"
    _arguments: ClassVar[Mapping[str, Argument]] = with_site(
        {**ContainerService.arguments(), "kubeconfig": optional(hidden)}
    )

    def __init__(
        self, name: str, args: SiteContainerServiceArgs, opts: Optional[pulumi.ResourceOptions] = None
    ) -> None:
        """See ``Component``."""
        super().__init__(name, args, opts)

    def _refuse(self, asked: Asked) -> None:
        super()._refuse(asked)
        if "context" not in self._declared(asked).inputs:
            raise ArgumentFaultError(
                f"site `{asked['site']}` does not say which context of a kubeconfig reaches it",
                where="site",
                help='add `inputs = { context = "..." }` to its [[site]]',
            )
        for where, value in (("owner", asked.owner), ("data_class", asked.data_class)):
            if not _LABEL.fullmatch(value):
                raise ArgumentFaultError(
                    f"`{where}` cannot be a label of Kubernetes",
                    where=where,
                    help="use up to 63 letters, digits or any of . _ -, a letter or digit first and last",
                )

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        provider = kubernetes.Provider(
            name,
            context=self._declared(asked).inputs["context"],
            kubeconfig=asked["kubeconfig"],
            opts=self._child,
        )
        child = pulumi.ResourceOptions.merge(self._child, pulumi.ResourceOptions(provider=provider))
        account = kubernetes.core.v1.ServiceAccount(
            name, metadata=_metadata(name, asked), automount_service_account_token=False, opts=child
        )
        kept = pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(provider=provider))
        deployment = self._deployment(name, asked, account, kept)
        self._reach(name, asked, child)
        service = kubernetes.core.v1.Service(
            name,
            metadata=_metadata(name, asked),
            spec={
                "type": "ClusterIP",
                "selector": _selector(name),
                "ports": [{"port": asked["port"], "target_port": asked["port"]}],
            },
            opts=child,
        )
        return {
            "service_id": service.id,
            "identity_id": account.id,
            "log_id": deployment.id,
            "key_id": None,
        }

    def _deployment(
        self, name: str, asked: Asked, account: kubernetes.core.v1.ServiceAccount, kept: pulumi.ResourceOptions
    ) -> kubernetes.apps.v1.Deployment:
        return kubernetes.apps.v1.Deployment(
            name,
            metadata=_metadata(name, asked),
            spec={
                "replicas": asked["count"],
                "selector": {"match_labels": _selector(name)},
                "template": {
                    "metadata": {"labels": {**asked.tags, **_selector(name)}},
                    "spec": {
                        "service_account_name": account.metadata.name,
                        "automount_service_account_token": False,
                        "security_context": _POD,
                        "containers": [_container(name, asked)],
                    },
                },
            },
            opts=kept,
        )

    def _reach(self, name: str, asked: Asked, child: pulumi.ResourceOptions) -> None:
        """Who may reach the pods and whom they may reach, and how many must stay when nodes are emptied."""
        block: Any = [{"ip_block": {"cidr": asked["network_block"]}}]
        anywhere: Any = [{"namespace_selector": {}}]
        names: Any = [{"port": 53, "protocol": protocol} for protocol in ("TCP", "UDP")]
        kubernetes.networking.v1.NetworkPolicy(
            name,
            metadata=_metadata(name, asked),
            spec={
                "pod_selector": {"match_labels": _selector(name)},
                "policy_types": ["Ingress", "Egress"],
                "ingress": [{"from_": block, "ports": [{"port": asked["port"]}]}],
                "egress": [{"to": block}, {"to": anywhere, "ports": names}],
            },
            opts=child,
        )
        kubernetes.policy.v1.PodDisruptionBudget(
            name,
            metadata=_metadata(name, asked),
            spec={"max_unavailable": 1, "selector": {"match_labels": _selector(name)}},
            opts=child,
        )


def _metadata(name: str, asked: Asked) -> Any:  # noqa: ANN401 - the SDK's own dictionary, checked where it is used
    return {"name": name, "namespace": asked["network_id"], "labels": {**asked.tags, **_selector(name)}}


def _container(name: str, asked: Asked) -> Any:  # noqa: ANN401 - as above
    """The one container of a pod."""
    size = _SIZES[asked["size"]]
    return {
        "name": name,
        "image": asked["image"],
        "ports": [{"container_port": asked["port"]}],
        "env": [{"name": key, "value": each} for key, each in asked.environment.items()],
        "resources": {"requests": size, "limits": size},
        "security_context": _LOCKED,
        "readiness_probe": {"tcp_socket": {"port": asked["port"]}},
    }


def _selector(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/name": name}
