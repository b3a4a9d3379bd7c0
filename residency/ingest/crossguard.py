"""CrossGuard's policy arguments, turned into the graph.

In:  the arguments of Pulumi's resource and stack policies, by their attributes; pulumi_policy is not imported.
Out: resources and a graph. Reading an unknown through CrossGuard's proxies raises; here the proxies are taken off
     first, so that an unknown is a value like any other and hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, cast

import msgspec

from residency.ingest.values import SPECIAL, Json, properties, without_made_up_location
from residency.model import Properties, Resource, ResourceGraph

_TARGET = "__target"
_PROVIDER_TYPE = "pulumi:providers:"
_ENGINE_TYPE = "pulumi:pulumi:"


class ProviderArgs(Protocol):
    """``pulumi_policy.PolicyProviderResource``."""

    resource_type: str
    urn: str
    name: str

    @property
    def props(self) -> Mapping[str, object]:
        """The provider's inputs."""
        ...


class ResourceArgs(Protocol):
    """What ``ResourceValidationArgs`` and ``PolicyResource`` have in common."""

    resource_type: str
    urn: str
    name: str

    @property
    def props(self) -> Mapping[str, object]:
        """Inputs in a resource policy; outputs in a stack policy."""
        ...

    @property
    def provider(self) -> ProviderArgs | None:
        """The provider instance, where the resource has one."""
        ...


class StackResourceArgs(ResourceArgs, Protocol):
    """``pulumi_policy.PolicyResource``: a resource of a stack policy, with its dependencies."""

    @property
    def property_dependencies(self) -> Mapping[str, Sequence[ResourceArgs]]:
        """For each property, the resources that its value comes from."""
        ...


class SeenSoFar:
    """What the engine has shown of a deployment: each resource's inputs, and the provider instances.

    The engine asks for one resource after the other, before each is created; a reference to one that it has not shown
    yet cannot be followed.
    """

    def __init__(self) -> None:
        self._resources: dict[str, Resource] = {}
        self._providers: dict[str, Resource] = {}

    def add(self, args: ResourceArgs) -> Resource:
        """Take in the arguments of a resource policy; a resource shown twice is replaced."""
        resource = self._made(args, properties(_plain(args.props)))
        if args.resource_type.startswith(_PROVIDER_TYPE):
            self._providers[resource.id] = resource
        else:
            self._resources[resource.id] = resource
        return resource

    def graph(self, target: str) -> ResourceGraph:
        """The graph of what was shown so far."""
        return ResourceGraph(target=target, resources=self._resources, providers=self._providers)

    def whole(self, target: str, listed: Iterable[StackResourceArgs]) -> ResourceGraph:
        """The graph of a stack policy: resources with their outputs, and the inputs that were shown before."""
        found: dict[str, Resource] = {}
        for args in listed:
            depends_on = {
                name: tuple(sorted(each.urn for each in sources))
                for name, sources in args.property_dependencies.items()
                if sources
            }
            raw = _plain(args.props)
            reported = properties(raw, depends_on)
            shown = self._resources.get(args.urn)
            inputs = {name: reported[name] for name in shown.inputs if name in reported} if shown else {}
            asked = without_made_up_location(args.resource_type, inputs, depends_on)
            made = self._made(args, asked, reported, depends_on)
            if args.resource_type.startswith(_PROVIDER_TYPE):
                self._providers[made.id] = msgspec.structs.replace(made, inputs=reported)
            else:
                found[made.id] = made
        return ResourceGraph(
            target=target, resources={key: found[key] for key in sorted(found)}, providers=self._providers
        )

    def _made(
        self,
        args: ResourceArgs,
        inputs: Properties,
        outputs: Properties | None = None,
        depends_on: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Resource:
        provider = args.provider
        if provider is not None and provider.urn not in self._providers:
            self._providers[provider.urn] = Resource(
                id=provider.urn,
                type=provider.resource_type,
                name=provider.name,
                inputs=properties(_plain(provider.props)),
            )
        cloud_id = (outputs or {}).get("id")
        return Resource(
            id=args.urn,
            type=args.resource_type,
            name=args.name,
            inputs=inputs,
            outputs=outputs or {},
            provider=provider.urn if provider else None,
            depends_on=depends_on or {},
            is_component=args.resource_type.startswith(_ENGINE_TYPE) or _is_component(args),
            cloud_id=cloud_id if isinstance(cloud_id, str) and not SPECIAL.search(cloud_id) else "",
        )


def _is_component(args: ResourceArgs) -> bool:
    # A policy is not told whether a resource is a component; one has no provider instance and is no provider itself.
    return args.provider is None and not args.resource_type.startswith(_PROVIDER_TYPE)


def _plain(props: object) -> Mapping[str, Json]:
    """Take CrossGuard's checking proxies off."""
    return cast("Mapping[str, Json]", _unwrapped(props))


def _unwrapped(value: object) -> object:
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, object]", value if isinstance(value, dict) else value[_TARGET])
        return {name: _unwrapped(item) for name, item in inner.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        inner_list = cast("Sequence[object]", value)
        if not isinstance(value, (list, tuple)):
            inner_list = cast("Sequence[object]", cast("Mapping[str, object]", value)[_TARGET])
        return [_unwrapped(item) for item in inner_list]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return f"({type(value).__name__})"
