"""The resource types of a Terraform provider, read from the package that CDK for Terraform publishes of it.

In:  the folder of an unpacked npm package such as ``@cdktf/provider-aws``. Its files are made by one generator from
     ``terraform providers schema -json`` and alike: a folder a type, a table of attributes a block.
Out: frozen declarations: names, block or attribute, list or single, computed or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError

_TYPE = re.compile(r'tfResourceType = "(\w+)"')
_VERSION = re.compile(r"providerVersion: '([^']+)'")
_HEADER = re.compile(r"function (\w+)ToHclTerraform\(struct\)|^    synthesizeHclAttributes\(\)", re.MULTILINE)
_TABLE = re.compile(r"const attrs = \{\n(.*?)\n {4,8}\};\n", re.DOTALL)
_ENTRY = re.compile(
    r"^ {8,12}(\w+): \{\n\s+value: (.*?),\n\s+isBlock: (true|false),\n\s+type: \"(\w+)\",\n"
    r"\s+storageClassType: \"([\w]+)\"",
    re.DOTALL | re.MULTILINE,
)
_NESTED = re.compile(r"(\w+)ToHclTerraform\b")
_COMPUTED = re.compile(
    r"^class (\w+) extends (\S+) \{$|^    // (\w+) - computed: (true|false), optional: (true|false)", re.MULTILINE
)
_SCALARS = {"stringToHcl": "string", "numberToHcl": "number", "booleanToHcl": "bool"}


class Attribute(msgspec.Struct, frozen=True):
    """An attribute or a nested block that a configuration may set.

    Attributes:
        name: Terraform's.
        form: string, number, bool, any, or "" for what is in ``nested``.
        many: one of "", list, set, map.
        block: written as a block, not with an equals sign.
        single: a list or set that holds one element at most.
        computed: the provider says it where the configuration does not.
        nested: what is in a block.
    """

    name: str
    form: str
    many: str
    block: bool
    single: bool
    computed: bool
    nested: tuple[Attribute, ...] = ()


class TerraformType(msgspec.Struct, frozen=True):
    """A resource type; ``outputs`` are attributes that only the provider says."""

    name: str
    attributes: tuple[Attribute, ...]
    outputs: tuple[str, ...]


class Schema(msgspec.Struct, frozen=True):
    """A provider's types by name, and the version that they are of."""

    version: str
    types: Mapping[str, TerraformType]


def read(folder: Path) -> Schema:
    """Read a package.

    Raises:
        InputError: no resource type is in it.
    """
    found: dict[str, TerraformType] = {}
    version = ""
    for file in sorted((folder / "lib").glob("*/index.js")):
        if file.parent.name == "provider" or file.parent.name.startswith("data-"):
            continue
        text = file.read_text("utf-8")
        named = _TYPE.search(text)
        if named:
            version = (_VERSION.search(text) or named).group(1)
            found[named.group(1)] = _type(named.group(1), text)
    if not found:
        raise InputError(
            f"`{folder}` declares no Terraform resource", help="unpack the npm package and name its folder"
        )
    return Schema(version, dict(sorted(found.items())))


def _type(name: str, text: str) -> TerraformType:
    tables = dict(_tables(text))
    flags = _flags(text)
    attributes = tuple(_attributes(tables, "", flags, ()))
    given = {each.name for each in attributes}
    outputs = tuple(sorted(key for key in flags.get("", {}) if key not in given))
    return TerraformType(name, attributes, outputs)


def _tables(text: str) -> Iterator[tuple[str, str]]:
    """The table of each block by its function's name; "" is the resource's own."""
    headers = [*_HEADER.finditer(text)]
    for at, header in enumerate(headers):
        end = headers[at + 1].start() if at + 1 < len(headers) else len(text)
        found = _TABLE.search(text, header.end(), end)
        yield header.group(1) or "", found.group(1) if found else ""


def _flags(text: str) -> Mapping[str, Mapping[str, bool]]:
    """By class in lower case (``""`` for the resource), whether each attribute is computed."""
    found: dict[str, dict[str, bool]] = {}
    current = ""
    for match in _COMPUTED.finditer(text):
        if match.group(1):
            resource = match.group(2) == "cdktf.TerraformResource"
            current = "" if resource else match.group(1).removesuffix("OutputReference").lower()
        else:
            found.setdefault(current, {})[match.group(3)] = match.group(4) == "true"
    return found


def _attributes(
    tables: Mapping[str, str], table: str, flags: Mapping[str, Mapping[str, bool]], inside: tuple[str, ...]
) -> Iterator[Attribute]:
    here = flags.get(table.lower(), {})
    for match in _ENTRY.finditer(tables.get(table, "")):
        name, value, block, kind, _ = match.groups()
        mapped = "apper" in value  # listMapperHcl and hashMapperHcl
        nested = next((each for each in _NESTED.findall(value) if each in tables), "")
        scalar = next((form for mark, form in _SCALARS.items() if mark in value), "any")
        many = kind if kind in ("list", "set", "map") else ""
        inner = tuple(_attributes(tables, nested, flags, (*inside, nested))) if nested and nested not in inside else ()
        yield Attribute(
            name=name,
            form="" if nested else scalar,
            many=many,
            block=block == "true",
            single=bool(nested) and many in ("list", "set") and not mapped,
            computed=here.get(name, False),
            nested=inner,
        )
