"""A template's sections, checked for their form.

In:  the text of a template.
Out: a Template. What is not one is an InputError that says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError
from residency.ingest.cloudformation.document import HELP, Node, decode
from residency.model import SourcePosition

_FOR_EACH = "Fn::ForEach::"


class Declared(msgspec.Struct, frozen=True):
    """One resource of a template, before anything in it is worked out."""

    logical_id: str
    type: str
    properties: Node
    condition: str
    line: int


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template; ``name`` is how people find it."""

    name: str
    folder: Path
    parameters: Mapping[str, Mapping[str, Node]]
    mappings: Mapping[str, Node]
    conditions: Mapping[str, Node]
    resources: Mapping[str, Declared]
    outputs: Mapping[str, Node]
    loops: Mapping[str, int]
    macros: tuple[Node, ...]

    def where(self, line: int) -> SourcePosition:
        """The position of a line."""
        return SourcePosition(self.name, line)


def load(path: Path, name: str) -> Template:
    """Read a file.

    Raises:
        InputError: it cannot be read, is not UTF-8, or is no template.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read `{name}`: {error.strerror}", help=HELP) from None
    except UnicodeDecodeError as error:
        raise InputError(f"`{name}` is not UTF-8 (byte {error.start})", help=HELP) from None
    return parse(text, name, path.parent)


def parse(text: str, name: str, folder: Path) -> Template:
    """Read a text.

    Raises:
        InputError: it is no template, it has no resources, or a section is not of its form.
    """
    document = decode(text, name)
    root = document.root
    if not isinstance(root.get("Resources"), dict):
        lacks = "has no `Resources`" if "Resources" not in root else "has `Resources` that are no mapping"
        raise InputError(f"`{name}` {lacks}, so it is no CloudFormation template", where=name, help=HELP)
    listed = _section(root, "Resources", name)
    transform = root.get("Transform")
    return Template(
        name=name,
        folder=folder,
        parameters={key: each for key, each in _section(root, "Parameters", name).items() if isinstance(each, dict)},
        mappings=_section(root, "Mappings", name),
        conditions=_section(root, "Conditions", name),
        resources={
            key: _declared(key, each, name, document.lines.get(("Resources", key), 1))
            for key, each in listed.items()
            if not key.startswith(_FOR_EACH) and key != "Fn::Transform"
        },
        outputs=_section(root, "Outputs", name),
        loops={
            key: document.lines.get(("Resources", key), 1)
            for key in listed
            if key.startswith(_FOR_EACH) or key == "Fn::Transform"
        },
        macros=tuple(transform) if isinstance(transform, list) else (transform,) if transform else (),
    )


def _section(root: Mapping[str, Node], key: str, name: str) -> dict[str, Node]:
    found = root.get(key)
    if found is not None and not isinstance(found, dict):
        raise InputError(f"`{key}` of `{name}` is not a mapping", where=name, help=HELP)
    return found or {}


def _declared(key: str, raw: Node, name: str, line: int) -> Declared:
    where = f"{name}:{line}"
    if not isinstance(raw, dict):
        raise InputError(f"resource `{key}` is not a mapping", where=where, help="give it a `Type`")
    kind, condition = raw.get("Type"), raw.get("Condition")
    if not isinstance(kind, str) or not kind:
        raise InputError(f"resource `{key}` has no `Type`", where=where, help="give it one, such as `AWS::S3::Bucket`")
    return Declared(key, kind, raw.get("Properties"), condition if isinstance(condition, str) else "", line)
