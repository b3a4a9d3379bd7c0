"""Stacks that a template makes: nested stacks, and the instances of a stack set in each of its Regions.

In:  the properties of ``AWS::CloudFormation::Stack`` or ``AWS::CloudFormation::StackSet``, worked out.
Out: the template and, for each stack, its Region and parameters; or why they are not known.

Source: CloudFormation template reference, both types; a stack set's ``StackInstancesGroup`` names ``Regions`` (at least
one) and may override parameters; read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.ingest.cloudformation import assembly
from residency.ingest.cloudformation.template import Template, load, parse
from residency.ingest.values import is_list
from residency.model import Unknown, Value

STACK = "AWS::CloudFormation::Stack"
STACK_SET = "AWS::CloudFormation::StackSet"
DEEPEST = 10
_SETTLE = "put its template where `TemplateURL` says it is, or check that template by itself"


class Instance(msgspec.Struct, frozen=True):
    """One stack: where it is, or None where its parent is, with its parameters' values; ``suffix`` is for its id."""

    suffix: str
    region: str | Unknown | None
    parameters: Mapping[str, Value]


def template(kind: str, properties: Mapping[str, Value], asset: str, parent: Template) -> Template | Unknown:
    """The template of the stacks; Unknown where it is not at hand.

    Args:
        kind: STACK or STACK_SET.
        properties: worked out.
        asset: the file that CDK's metadata name, or "".
        parent: the template that declares them.

    Raises:
        InputError: there is a file, and it is no template.
    """
    body, url = properties.get("TemplateBody"), properties.get("TemplateURL")
    if isinstance(body, str):
        return parse(body, f"{parent.name} ({kind.rpartition(':')[2]})", parent.folder)
    path = assembly.local(url, parent.folder) if isinstance(url, str) else None
    if path is None and asset and url is not None:
        path = assembly.local(asset, parent.folder)
    if path is not None:
        return load(path, _name(path, parent))
    what = f"`{url}`" if isinstance(url, str) else "an address that is not known"
    return Unknown(f"its template is at {what}, which is not read", _SETTLE)


def _name(path: Path, parent: Template) -> str:
    """How people find a file: from where they find the template that names it."""
    return (
        str(Path(parent.name).parent / path.relative_to(parent.folder))
        if path.is_relative_to(parent.folder)
        else str(path)
    )


def instances(kind: str, properties: Mapping[str, Value]) -> Iterator[Instance] | Unknown:
    """The stacks that are made; Unknown where it is not known in which Regions."""
    if kind == STACK:
        return iter([Instance("", None, _mapping(properties.get("Parameters")))])
    groups = properties.get("StackInstancesGroup")
    if not is_list(groups) or not groups:
        reason = (
            groups.reason if isinstance(groups, Unknown) else "it names no Regions, so its stacks are made elsewhere"
        )
        return Unknown(reason, "name them in `StackInstancesGroup`, or check its template by itself")
    return _in_each(groups, _listed(properties.get("Parameters")))


def _in_each(groups: Value, parameters: Mapping[str, Value]) -> Iterator[Instance]:
    times: dict[str, int] = {}
    for group in groups if is_list(groups) else ():
        given = group if isinstance(group, Mapping) else {}
        own = {**parameters, **_listed(given.get("ParameterOverrides"))}
        regions = given.get("Regions")
        for each in regions if is_list(regions) and regions else (regions,):
            region = each if isinstance(each, (str, Unknown)) else Unknown("the Region of its stacks is not known")
            name = region if isinstance(region, str) else "unknown"
            times[name] = times.get(name, 0) + 1
            yield Instance(f"@{name}" if times[name] == 1 else f"@{name}#{times[name]}", region, own)


def _mapping(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Value) -> Mapping[str, Value]:
    """``[{ParameterKey: ..., ParameterValue: ...}]`` as a mapping."""
    pairs = (each for each in (value if is_list(value) else ()) if isinstance(each, Mapping))
    return {str(each.get("ParameterKey")): each.get("ParameterValue") for each in pairs}
