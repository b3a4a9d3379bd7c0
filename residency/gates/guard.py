"""A guard inside a program: refuses a resource outside before it is registered, whether or not a policy pack runs.

In:  one call at the top of a Pulumi program, before its first resource::

         from residency.gates.guard import guard
         guard()                       # residency.toml of the project, else the perimeter `eea`

Out: nothing; a resource that would be outside, or cannot be determined, fails its registration with the finding.

It is a resource transform, so the engine calls it for every resource, children of components in any language included,
with the values that it is about to register (pulumi 3.259.0, ``pulumi.runtime.register_resource_transform``; checked
2026-11-23). Unknown values carry the resources that they come from.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

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
    pulumi.runtime.register_resource_transform(_Guard(load(named, today)).check)


class _Guard:
    """Holds the resources seen so far, and judges each new one over them."""

    def __init__(self, perimeter: Perimeter) -> None:
        self._perimeter = perimeter
        self._resources: dict[str, Resource] = {}
        self._providers: dict[str, Resource] = {}

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
        return Resource(
            id=_new_urn(args.type_, args.name, parent),
            type=args.type_,
            name=args.name,
            inputs={name: await _value(value) for name, value in props.items()},
            provider=await self._provider(args),
            parent=parent or None,
            is_component=not args.custom,
        )

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
    """The engine makes default providers itself and shows them to no transform; their inputs are the stack's settings."""
    known = catalogue.package(package)
    keys = (*(known.file.provider.default_place if known else ()), "endpoints", "project")
    config = pulumi.Config(package)
    inputs: Properties = {key: value for key in keys if (value := config.get(key))}
    return Resource(id=urn, type=f"{_PROVIDER_TYPE}{package}", name="default", inputs=inputs)


async def _value(value: object) -> Value:
    if isinstance(value, pulumi.Output):
        return await _resolved(cast("pulumi.Output[object]", value))
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value)
        return {name: await _value(item) for name, item in items.items()}
    if isinstance(value, (list, tuple)):
        return [await _value(item) for item in cast("list[object]", value)]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, pulumi.Resource):
        return Unknown(NOT_YET_KNOWN, "", (await _urn(value),))
    if type(value).__name__ == "Unknown":
        return Unknown(NOT_YET_KNOWN)
    return f"({type(value).__name__})"


async def _resolved(output: pulumi.Output[object]) -> Value:
    sources = tuple(sorted([await _urn(each) for each in await output.resources()]))
    if await output.is_secret():
        return Secret(sources)
    if not await output.is_known():
        return Unknown(NOT_YET_KNOWN, "", sources)
    return await _value(await output.future())


async def _urn(resource: pulumi.Resource) -> str:
    return str(await resource.urn.future())


def _new_urn(type_: str, name: str, parent: str) -> str:
    """The URN that the engine will give: the parent's chain of types belongs to it, but for the stack itself."""
    chain = parent.split("::")[2] if parent.count("::") >= 3 else ""  # noqa: PLR2004 - urn, stack, types, name
    qualified = f"{chain}${type_}" if chain and chain != _STACK_TYPE else type_
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{qualified}::{name}"
