"""CloudFormation's own schemas for the tests: which types there are, and a value with every property of one."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, cast

from residency.ingest.cloudformation.names import schema
from residency.ingest.cloudformation.names.schema import CloudFormationType, Schemas

KEY = "key"
"""The key of every table whose keys are data."""

POLICY: Mapping[str, Any] = {"Statement": [{"Effect": "Allow", "Condition": {"ArnLike": {"aws:SourceArn": "x"}}}]}
"""What is in most of the properties that a schema does not describe."""


@functools.cache
def schemas() -> Schemas:
    """Every type, read once."""
    return schema.read(schema.installed())


@functools.cache
def everything(kind: str) -> Mapping[str, Any]:
    """Every property that a template may set, each with a value."""
    declared = schemas().types[kind]
    return {name: _sample(declared, node, ()) for name, node in declared.properties.items()}


def _sample(declared: CloudFormationType, node: object, seen: tuple[str, ...]) -> Any:
    reference = str(schema.block(node).get("$ref", ""))
    if (reference and reference in seen) or len(seen) > 12:
        return None
    seen = (*seen, reference, *_items(node, declared)) if reference else (*seen, *_items(node, declared))
    shape = declared.shape(node)
    inner = {name: _sample(declared, each, seen) for name, each in shape.inner.items()}
    value: Any = inner or {"boolean": True, "number": 1, "object": POLICY}.get(shape.form, "x")
    return {KEY: value} if shape.many == "map" else [value] if shape.many == "list" else value


def _items(node: object, declared: CloudFormationType) -> tuple[str, ...]:
    """The reference of a list's elements or a table's values, so that what contains itself ends."""
    while "$ref" in schema.block(node):
        node = schema.at(str(schema.block(node)["$ref"]), declared.root)
    piece = schema.block(node)
    parts = [
        schema.block(piece.get("items")),
        *map(schema.block, schema.block(piece.get("patternProperties")).values()),
    ]
    return tuple(str(each["$ref"]) for each in parts if "$ref" in each)


def exists(kind: str, path: str) -> bool:
    """Whether a type has a property at a dotted path."""
    value: object = everything(kind)
    for key in path.split("."):
        value = cast("list[object]", value)[0] if isinstance(value, list) else value
        inside = schema.block(value)
        inside = schema.block(inside[KEY]) if set(inside) == {KEY} else inside
        if key not in inside:
            return False
        value = inside[key]
    return True
