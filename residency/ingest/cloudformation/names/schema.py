"""CloudFormation's resource types, read from the resource schemas that cfn-lint ships.

In:  the folder ``cfnlint/data/schemas``: an index of types for each Region and for AWS SAM, and a JSON schema for each.
Out: types by name, each with its properties. A property's shape is worked out when it is asked for: some schemas
     contain themselves. A type is read as us-east-1 has it, else as the first Region that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from residency.errors import InputError

_FIRST = "us-east-1"
_VERSION = re.compile(r"(?m)^Version: (\S+)$")
_SCALARS = frozenset({"string", "boolean", "number", "integer"})


class Shape(msgspec.Struct, frozen=True):
    """What a property is.

    Attributes:
        many: "", list, or map: a table whose keys are data.
        form: string, boolean, number, or object for a text of JSON or one that is not described.
        inner: the schemas of the properties in it, by name.
    """

    many: str
    form: str
    inner: Mapping[str, Any]


class CloudFormationType(msgspec.Struct, frozen=True):
    """A type: its schema, and the properties that a template may set."""

    name: str
    properties: Mapping[str, Any]
    root: Mapping[str, Any]

    def shape(self, node: Any) -> Shape:  # noqa: ANN401 - a piece of a JSON schema
        """What the piece of the schema describes."""
        return _shape(node, self.root, "")


class Schemas(msgspec.Struct, frozen=True):
    """Every type by name, and the version of cfn-lint that they are of."""

    version: str
    types: Mapping[str, CloudFormationType]


def read(folder: Path) -> Schemas:
    """Read the schemas in ``cfnlint/data/schemas``.

    Raises:
        InputError: there is no index, or no version of cfn-lint beside it.
    """
    index: dict[str, str] = {}
    files = sorted((folder / "providers").glob("*.json"), key=lambda file: (file.stem != _FIRST, file.stem))
    for file in files:
        index = {**msgspec.json.decode(file.read_bytes(), type=dict[str, str]), **index}
    heads = sorted(folder.parents[2].glob("cfn_lint-*.dist-info/METADATA")) if len(folder.parents) > 2 else []  # noqa: PLR2004 - site-packages
    version = _VERSION.search(heads[-1].read_text("utf-8")) if heads else None
    if not index or version is None:
        raise InputError(f"no schemas of cfn-lint at `{folder}`", help="name `cfnlint/data/schemas` in site-packages")
    types = {name: _type(name, folder / "resources" / f"{index[name]}.json") for name in sorted(index)}
    return Schemas(version.group(1), types)


def installed() -> Path:
    """The folder of the schemas of the cfn-lint that is installed here.

    Raises:
        InputError: none is.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - only maintainers' commands look for it

    found = find_spec("cfnlint")
    if found is None or found.origin is None:
        raise InputError("cfn-lint is not installed here", help="`uv sync`, or name the folder with `--schema`")
    return Path(found.origin).parent / "data" / "schemas"


def _type(name: str, file: Path) -> CloudFormationType:
    root = msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    reported = {_top(path) for path in root.get("readOnlyProperties", ())}
    given = {key: node for key, node in root.get("properties", {}).items() if key not in reported}
    return CloudFormationType(name, given, root)


def _top(path: str) -> str:
    """The property that only AWS sets; "" where it is a part of one: ``/properties/Endpoint/Port``."""
    _, _, name = path.partition("/properties/")
    return "" if "/" in name else name


def _shape(node: Any, root: Mapping[str, Any], many: str) -> Shape:  # noqa: ANN401
    found = [*_alternatives(node, root, ())]
    for each in found:
        if _kind(each) == "array" or "items" in each:
            inner = _shape(each.get("items", {}), root, many or "list")
            return Shape("map" if many == "map" else "list", inner.form, inner.inner)
    tables = [value for each in found for value in (each.get("patternProperties") or {}).values()]
    inner: dict[str, Any] = {}
    for each in found:
        inner.update(each.get("properties") or {})
    if tables and not inner:
        below = _shape(tables[0], root, "map")
        return Shape("map", below.form, below.inner)
    kinds = {_kind(each) for each in found} & {*_SCALARS, "object"}
    form = "object" if inner or "object" in kinds or not kinds else "string" if "string" in kinds else min(kinds)
    return Shape(many, "number" if form == "integer" else form, inner)


def _kind(node: Mapping[str, Any]) -> str:
    kind = node.get("type", "")
    if isinstance(kind, list):
        return "string" if "string" in kind and "object" not in kind else str(kind[0])
    return str(kind)


def _alternatives(node: Any, root: Mapping[str, Any], seen: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """A schema and each that it may be as well; references followed, one that leads to itself once."""
    if not isinstance(node, dict):
        return
    reference = node.get("$ref")
    if isinstance(reference, str):
        if reference not in seen:
            yield from _alternatives(_at(reference, root), root, (*seen, reference))
        return
    yield node
    for word in ("allOf", "anyOf", "oneOf"):
        for each in node.get(word) or ():
            yield from _alternatives(each, root, seen)


def _at(reference: str, root: Mapping[str, Any]) -> Any:  # noqa: ANN401
    found: Any = root
    for key in reference.split("/")[1:]:
        found = found.get(key) if isinstance(found, dict) else None
    return found
