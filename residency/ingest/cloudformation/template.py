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
from residency.ingest.cloudformation.loops import PREFIX
from residency.model import SourcePosition


class Declared(msgspec.Struct, frozen=True):
    """One resource of a template, before anything in it is worked out; ``asset`` is the file that CDK made for it."""

    logical_id: str
    type: str
    properties: Node
    condition: str
    line: int
    asset: str = ""


class Loop(msgspec.Struct, frozen=True):
    """What stands for resources, such as ``Fn::ForEach``, and where it is."""

    node: Node
    line: int


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template; ``name`` is how people find it, ``file`` where it was read, None if it stands in another."""

    name: str
    folder: Path
    parameters: Mapping[str, Mapping[str, Node]]
    mappings: Mapping[str, Node]
    conditions: Mapping[str, Node]
    resources: Mapping[str, Declared]
    outputs: Mapping[str, Node]
    loops: Mapping[str, Loop]
    macros: tuple[Node, ...]
    globals: Mapping[str, Node] = {}
    file: Path | None = None

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
    return msgspec.structs.replace(parse(text, name, path.parent), file=path)


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
            key: declared(key, each, name, document.lines.get(("Resources", key), 1))
            for key, each in listed.items()
            if not _is_loop(key)
        },
        outputs=_section(root, "Outputs", name),
        loops={
            key: Loop(each, document.lines.get(("Resources", key), 1)) for key, each in listed.items() if _is_loop(key)
        },
        macros=tuple(transform) if isinstance(transform, list) else (transform,) if transform else (),
        globals=_section(root, "Globals", name),
    )


def _is_loop(key: str) -> bool:
    return key.startswith(PREFIX) or key == "Fn::Transform"


def _section(root: Mapping[str, Node], key: str, name: str) -> dict[str, Node]:
    found = root.get(key)
    if found is not None and not isinstance(found, dict):
        raise InputError(f"`{key}` of `{name}` is not a mapping", where=name, help=HELP)
    return found or {}


def declared(key: str, raw: Node, name: str, line: int) -> Declared:
    """One resource of a template that is called ``name``.

    Raises:
        InputError: it is not a mapping, or has no type.
    """
    where = f"{name}:{line}"
    if not isinstance(raw, dict):
        raise InputError(f"resource `{key}` is not a mapping", where=where, help="give it a `Type`")
    kind, condition = raw.get("Type"), raw.get("Condition")
    if not isinstance(kind, str) or not kind:
        raise InputError(f"resource `{key}` has no `Type`", where=where, help="give it one, such as `AWS::S3::Bucket`")
    metadata = raw.get("Metadata")
    asset = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
    condition = condition if isinstance(condition, str) else ""
    return Declared(key, kind, raw.get("Properties"), condition, line, asset if isinstance(asset, str) else "")
