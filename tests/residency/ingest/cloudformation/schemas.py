"""CloudFormation's own schemas for the tests: which types there are, and a value with every property of one."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from residency.ingest.cloudformation.names import schema
from residency.ingest.cloudformation.names.schema import CloudFormationType, Schemas

KEY = "key"
"""The key of every table whose keys are data."""


@functools.cache
def schemas() -> Schemas:
    """Every type, read once."""
    return schema.read(schema.installed())


@functools.cache
def everything(kind: str) -> Mapping[str, Any]:
    """Every property that a template may set, each with a value."""
    declared = schemas().types[kind]
    return {name: _sample(declared, node, ()) for name, node in declared.properties.items()}


def _sample(declared: CloudFormationType, node: Any, seen: tuple[str, ...]) -> Any:
    reference = str(node.get("$ref", "")) if isinstance(node, dict) else ""
    if reference and reference in seen:
        return None
    seen = (*seen, reference) if reference else seen
    shape = declared.shape(node)
    if len(seen) > 12:
        return None
    inner = {name: _sample(declared, each, (*seen, *_items(node, declared))) for name, each in shape.inner.items()}
    value: Any = inner or {"boolean": True, "number": 1}.get(shape.form, "x")
    return {KEY: value} if shape.many == "map" else [value] if shape.many == "list" else value


def _items(node: Any, declared: CloudFormationType) -> tuple[str, ...]:
    """The reference of a list's elements or a table's values, so that what contains itself ends."""
    while isinstance(node, dict) and "$ref" in node:
        found: Any = declared.root
        for key in str(node["$ref"]).split("/")[1:]:
            found = found[key]
        node = found
    parts = [node.get("items", {}), *(node.get("patternProperties") or {}).values()] if isinstance(node, dict) else []
    return tuple(str(each["$ref"]) for each in parts if isinstance(each, dict) and "$ref" in each)


def exists(kind: str, path: str) -> bool:
    """Whether a type has a property at a dotted path."""
    value: Any = everything(kind)
    for key in path.split("."):
        if isinstance(value, list):
            value = value[0]
        if isinstance(value, dict) and set(value) == {KEY}:
            value = value[KEY]
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
