"""A guard inside a program: refuses a resource outside before it is registered, whether or not a policy pack runs.

In:  one call at the top of a Pulumi program, before its first resource::

         from residency.gates.guard import guard
         guard()                       # residency.toml of the project, else the perimeter `eea`

Out: nothing; a resource that would be outside, or cannot be determined, fails its registration with the finding.

It is a resource transform, so the engine calls it for every resource, children of components in any language included,
with the values that it is about to register (pulumi 3.259.0, ``pulumi.runtime.register_resource_transform``; checked
2026-11-23). A transform is not told where an unknown value comes from; a transformation in the program, which still has
the Outputs themselves, is.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec
import pulumi

from residency.catalogue import resources as catalogue
from residency.errors import ResidencyError
from residency.ingest.values import NOT_YET_KNOWN
from residency.judge import Judgement, order
from residency.model import Outcome, Properties, Resource, ResourceGraph, Secret, Unknown, Value
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load
from residency.report.text import finding

EVALUATION = "RESIDENCY_EVALUATION"
"""Set while ``residency check`` evaluates a program; the check then judges, and the guard keeps out of its way."""

_PROVIDER_TYPE = "pulumi:providers:"
_STACK_TYPE = "pulumi:pulumi:Stack"


class OutsidePerimeterError(Exception):
    """A resource that must not be registered; the text is the finding."""


def guard(perimeter: str | None = None) -> None:
    """Refuse every later resource of this program that would be outside the perimeter.

    Args:
        perimeter: a built-in name or a file; the project's ``residency.toml`` if None and there is one, else ``eea``.

    Raises:
        PerimeterError: the perimeter cannot be used.
    """
    if os.environ.get(EVALUATION):
        return
    named = perimeter or (FILE_NAME if Path(FILE_NAME).is_file() else DEFAULT)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    guarding = _Guard(load(named, today))
    pulumi.runtime.register_stack_transformation(guarding.remember)
    pulumi.runtime.register_resource_transform(guarding.check)


class _Guard:
    """Holds the resources seen so far, and judges each new one over them."""

    def __init__(self, perimeter: Perimeter) -> None:
        self._perimeter = perimeter
        self._resources: dict[str, Resource] = {}
        self._providers: dict[str, Resource] = {}
        self._asked: dict[tuple[str, str], dict[str, list[pulumi.Output[object]]]] = {}

    def remember(self, args: pulumi.ResourceTransformationArgs) -> None:
        """Keep the Outputs that each property of a resource is made of."""
        props = cast("Mapping[str, object]", args.props or {})
        asked = self._asked.setdefault((args.type_, args.name), {})
        for name, value in props.items():
            outputs = list(_outputs(value))
            if outputs:
                asked.setdefault(_wire(name), []).extend(outputs)

    async def check(self, args: pulumi.ResourceTransformArgs) -> None:
        resource = await self._resource(args)
        if resource.type.startswith(_PROVIDER_TYPE):
            self._providers[resource.id] = resource
            return
        self._resources[resource.id] = resource
        graph = ResourceGraph(target=pulumi.get_stack(), resources=self._resources, providers=self._providers)
        try:
            found = sorted(Judgement(graph, self._perimeter).of(resource), key=order)
        except ResidencyError as error:
            raise OutsidePerimeterError(str(error)) from None
        blocking = [
            each
            for each in found
            if each.blocks and (each.outcome is Outcome.OUTSIDE or self._perimeter.undetermined_blocks)
        ]
        if blocking:
            text = "\n".join(line for verdict in blocking for line in finding(verdict))
            raise OutsidePerimeterError(f"refused before it is registered\n{text}")

    async def _resource(self, args: pulumi.ResourceTransformArgs) -> Resource:
        parent = await _urn(args.opts.parent) if args.opts.parent else ""
        props = cast("Mapping[str, object]", args.props or {})
        asked = self._asked.get((args.type_, args.name), {})
        for output in (each for outputs in asked.values() for each in outputs):
            for source in await output.resources():
                await self._learn_id(source)
        return Resource(
            id=_new_urn(args.type_, args.name, parent),
            type=args.type_,
            name=args.name,
            inputs={name: await _value(value, asked.get(_wire(name), ())) for name, value in props.items()},
            provider=await self._provider(args),
            parent=parent or None,
            is_component=not args.custom,
        )

    async def _learn_id(self, source: pulumi.Resource) -> None:
        """Take in the provider's id of a resource that exists by now: references use its real name."""
        known = self._resources.get(await _urn(source))
        if known is None or known.cloud_id or not isinstance(source, pulumi.CustomResource):
            return
        cloud_id = await source.id.future() if await source.id.is_known() else None
        if cloud_id:
            self._resources[known.id] = msgspec.structs.replace(known, cloud_id=str(cloud_id))

    async def _provider(self, args: pulumi.ResourceTransformArgs) -> str | None:
        given = args.opts.provider
        if given is not None:
            return await _urn(given)
        package = args.type_.partition(":")[0]
        if not args.custom or package == "pulumi":
            return None
        urn = _new_urn(f"{_PROVIDER_TYPE}{package}", "default", "")
        if urn not in self._providers:
            self._providers[urn] = _default_provider(package, urn)
        return urn


def _default_provider(package: str, urn: str) -> Resource:
    """The engine's own, which it shows to no transform; its inputs are the stack's settings for the package."""
    known = catalogue.package(package)
    keys = (*(known.file.provider.default_place if known else ()), "endpoints", "project")
    config = pulumi.Config(package)
    inputs: Properties = {key: value for key in keys if (value := config.get(key))}
    return Resource(id=urn, type=f"{_PROVIDER_TYPE}{package}", name="default", inputs=inputs)


async def _value(value: object, asked: Sequence[pulumi.Output[object]]) -> Value:  # noqa: PLR0911 - one a form
    """A value of a transform as ours; its unknown parts come from the resources of ``asked``."""
    if isinstance(value, pulumi.Output):
        return await _resolved(cast("pulumi.Output[object]", value), asked)
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value)
        return {name: await _value(item, asked) for name, item in items.items()}
    if isinstance(value, (list, tuple)):
        return [await _value(item, asked) for item in cast("list[object]", value)]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, pulumi.Resource):
        return Unknown(NOT_YET_KNOWN, "", (await _urn(value),))
    if type(value).__name__ == "Unknown":
        return Unknown(NOT_YET_KNOWN, "", await _sources(asked))
    return f"({type(value).__name__})"


async def _resolved(output: pulumi.Output[object], asked: Sequence[pulumi.Output[object]]) -> Value:
    sources = await _sources((output,)) or await _sources(asked)
    if await output.is_secret():
        return Secret(sources)
    if not await output.is_known():
        return Unknown(NOT_YET_KNOWN, "", sources)
    return await _value(await output.future(), asked)


async def _sources(outputs: Sequence[pulumi.Output[object]]) -> tuple[str, ...]:
    """The URNs of the resources that outputs come from."""
    return tuple(sorted({await _urn(each) for output in outputs for each in await output.resources()}))


def _outputs(value: object) -> Iterator[pulumi.Output[object]]:
    """Every Output inside what a program passed: plain containers and the SDK's argument classes."""
    if isinstance(value, pulumi.Output):
        yield cast("pulumi.Output[object]", value)
    elif isinstance(value, Mapping):
        for item in cast("Mapping[str, object]", value).values():
            yield from _outputs(item)
    elif isinstance(value, (list, tuple)):
        for item in cast("list[object]", value):
            yield from _outputs(item)
    elif hasattr(value, "__dict__") and not isinstance(value, (pulumi.Resource, pulumi.Asset, pulumi.Archive)):
        for item in vars(value).values():
            yield from _outputs(item)


def _wire(name: str) -> str:
    """``replicate_source_db`` and ``replicateSourceDb`` are one property."""
    return name.replace("_", "").lower()


async def _urn(resource: pulumi.Resource) -> str:
    return str(await resource.urn.future())


def _new_urn(type_: str, name: str, parent: str) -> str:
    """The URN that the engine will give: the parent's chain of types belongs to it, but for the stack itself."""
    chain = parent.split("::")[2] if parent.count("::") >= 3 else ""  # noqa: PLR2004 - urn, stack, types, name
    qualified = f"{chain}${type_}" if chain and chain != _STACK_TYPE else type_
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{qualified}::{name}"
