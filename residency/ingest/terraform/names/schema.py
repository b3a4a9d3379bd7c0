"""The resource types of a Terraform provider, read from the package that CDK for Terraform publishes of it.

In:  the folder of an unpacked npm package such as ``@cdktf/provider-aws``. Its files are made by one generator from
     ``terraform providers schema -json`` and alike: a folder a type, a table of attributes a block.
Out: frozen declarations: names, block or attribute, list or single, computed or not.

What is computed, required or only read stands in comments above each accessor. The compiler dropped most of those
comments from the JavaScript, but each file carries its TypeScript in its source map: they are read there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError

_DATA_SOURCE = "extends cdktf.TerraformDataSource"
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
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=data:application/json;base64,(\S+)", re.MULTILINE)
_CLASS = re.compile(r"^(?:  )?export class (\w+) extends (cdktf\.\w+) \{$", re.MULTILINE)
_FLAGS = re.compile(
    r"^ +// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)$", re.MULTILINE
)
_HELD = re.compile(r"new ([\w.]+)\(this, \"\w+\"(?:, (true|false))?\)")
_READ = re.compile(r"return (cdktf\.Fn\.tolist\()?.*?this\.(get\w+Attribute|interpolationForAttribute)\(")
_READS = {"String": "string", "Number": "number", "Boolean": "bool"}
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
        required: the configuration must say it.
        nested: what is in a block.
        outputs: what is in the block that only the provider says.
    """

    name: str
    form: str
    many: str
    block: bool
    single: bool
    computed: bool
    required: bool = False
    nested: tuple[Attribute, ...] = ()
    outputs: tuple[Attribute, ...] = ()


class TerraformType(msgspec.Struct, frozen=True):
    """A resource type; ``outputs`` are attributes that only the provider says."""

    name: str
    attributes: tuple[Attribute, ...]
    outputs: tuple[Attribute, ...]


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
        if file.parent.name == "provider":
            continue
        text = file.read_text("utf-8")
        if _DATA_SOURCE in text:
            continue
        named = _TYPE.search(text)
        if named:
            version = (_VERSION.search(text) or named).group(1)
            found[named.group(1)] = declaration(named.group(1), text)
    if not found:
        raise InputError(
            f"`{folder}` declares no Terraform resource", help="unpack the npm package and name its folder"
        )
    return Schema(version, dict(sorted(found.items())))


def declaration(name: str, text: str) -> TerraformType:
    """Read the text of one ``index.js``, a data source's too; ``name`` is the type's."""
    tables, classes = dict(_tables(text)), _classes(_typescript(text))
    attributes = tuple(_attributes(tables, "", classes, ()))
    return TerraformType(name, attributes, _outputs(attributes, "", classes))


def _tables(text: str) -> Iterator[tuple[str, str]]:
    """The table of each block by its function's name; "" is the resource's own."""
    headers = [*_HEADER.finditer(text)]
    for at, header in enumerate(headers):
        end = headers[at + 1].start() if at + 1 < len(headers) else len(text)
        found = _TABLE.search(text, header.end(), end)
        yield header.group(1) or "", found.group(1) if found else ""


class _Accessor(msgspec.Struct, frozen=True):
    """What the comment above an accessor says, and what the accessor reads."""

    computed: bool
    required: bool
    reads: str


_Classes = Mapping[str, Mapping[str, _Accessor]]


def _typescript(text: str) -> str:
    carried = _SOURCE_MAP.search(text)
    if not carried:
        return ""
    return msgspec.json.decode(base64.b64decode(carried.group(1)), type=_SourceMap).sourcesContent[0]


class _SourceMap(msgspec.Struct, frozen=True):
    """The part of a source map (revision 3) that holds the source."""

    sourcesContent: tuple[str, ...]  # noqa: N815 - the format's own name


def _classes(text: str) -> _Classes:
    """By class in lower case (``""`` for the resource), its accessors by attribute."""
    found: dict[str, Mapping[str, _Accessor]] = {}
    for head, body in _parts(_CLASS, text):
        resource = head.group(2) in ("cdktf.TerraformResource", "cdktf.TerraformDataSource")
        name = "" if resource else head.group(1).removesuffix("OutputReference").lower()
        accessors = dict(_accessors(body))
        if accessors or name not in found:
            found[name] = accessors
    return found


def _parts(heading: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each heading with the text up to the next."""
    found = [*heading.finditer(text)]
    for at, match in enumerate(found):
        yield match, text[match.end() : found[at + 1].start() if at + 1 < len(found) else len(text)]


def _accessors(body: str) -> Iterator[tuple[str, _Accessor]]:
    for mark, reads in _parts(_FLAGS, body):
        yield mark.group(1), _Accessor(mark.group(2) == "true", mark.group(4) == "true", reads)


def _outputs(given: tuple[Attribute, ...], within: str, classes: _Classes) -> tuple[Attribute, ...]:
    """What only the provider says in one class: the accessors that set nothing."""
    names = {each.name for each in given}
    return tuple(
        _output(name, accessor, classes)
        for name, accessor in sorted(classes.get(within.lower(), {}).items())
        if name not in names
    )


def _output(name: str, accessor: _Accessor, classes: _Classes) -> Attribute:
    held, read = _HELD.search(accessor.reads), _READ.search(accessor.reads)
    if held and not held.group(1).startswith("cdktf."):
        kind = held.group(1)
        single = kind.endswith("OutputReference")
        many = "" if single else "map" if kind.endswith("Map") else "set" if held.group(2) == "true" else "list"
        inner = kind.removesuffix("OutputReference").removesuffix("List").removesuffix("Map")
        return Attribute(
            name, "", many, block=False, single=single, computed=True, outputs=_outputs((), inner, classes)
        )
    words = held.group(1) if held else read.group(2) if read else ""
    many = "map" if "Map" in words else "list" if "List" in words else ""
    if many == "list" and "tolist(" in accessor.reads:
        many = "set"
    form = next((form for mark, form in _READS.items() if mark in words), "any")
    if many and form == "any" and words in ("getListAttribute", "cdktf.StringMap"):
        form = "string"
    return Attribute(name, form, many, block=False, single=False, computed=True)


def _attributes(
    tables: Mapping[str, str], table: str, classes: _Classes, inside: tuple[str, ...]
) -> Iterator[Attribute]:
    here = classes.get(table.lower(), {})
    for match in _ENTRY.finditer(tables.get(table, "")):
        name, value, block, kind, _ = match.groups()
        mapped = "apper" in value  # listMapperHcl and hashMapperHcl
        nested = next((each for each in _NESTED.findall(value) if each in tables), "")
        scalar = next((form for mark, form in _SCALARS.items() if mark in value), "any")
        many = kind if kind in ("list", "set", "map") else ""
        inner = (
            tuple(_attributes(tables, nested, classes, (*inside, nested))) if nested and nested not in inside else ()
        )
        yield Attribute(
            name=name,
            form="" if nested else scalar,
            many=many,
            block=block == "true",
            single=bool(nested) and many in ("list", "set") and not mapped,
            computed=name in here and here[name].computed,
            required=name in here and here[name].required,
            nested=inner,
            outputs=_outputs(inner, nested, classes) if nested else (),
        )
