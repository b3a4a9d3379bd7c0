"""The resource types of one SDK package, with their inputs and the text of each input.

In:  the folder of the package, such as ``site-packages/pulumi_aws``. Its files are made by one generator and alike:
     a class ``XArgs`` a resource, ``_inputs.py`` with the nested blocks, ``_enums.py`` with the choices.
Out: frozen declarations. Classes are cut out of a file first and only those of inputs are parsed, one at a time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError

_CUT = re.compile(r"(?m)^(?=class )")
_INPUT = re.compile(r"class ([A-Za-z]\w*Args)\b(?!Dict)[^\n]*:\n")
_TOKEN = re.compile(r"super\(\w+, __self__\)\.__init__\(\s*'([^']+)'")
_ALIAS = re.compile(r"""Alias\(type_=["']([^"']+)["']\)""")
# How a resource's own id is said: Google Cloud by the ids that an import takes, Azure by what a look-up asks for.
_IMPORT = re.compile(r"pulumi import \S+ \S+ (\S*\{\{\S*)")
_SEGMENT = re.compile(r"\{\{%?(\w+)\}\}")
_ARM = "resource_group_name"
_LOOK_UP = re.compile(r"__args__\['(\w+)'\]")
_GETTER = re.compile(r"getter\(name='(\w+)'\)")
# What a resource says of itself; Optional where nothing is there unless somebody sets it.
_SAID = re.compile(
    r'@pulumi\.getter(?:\(name="(\w+)"\))?\n(?:    @.*?)?    def (\w+)\(self\) -> pulumi\.Output\[(?!Opt)', re.DOTALL
)
_RESOURCE = "(pulumi.CustomResource):\n"
_MAY_BE_UNSET = "pulumi.Input[Optional["
_NO_RESOURCES = ("get_", "list_", "_", "outputs")


class Field(msgspec.Struct, frozen=True):
    """An input: its name in states, its declared type as Python text, and what the SDK says of it."""

    wire: str
    annotation: str
    doc: str


class SdkType(msgspec.Struct, frozen=True):
    """A resource type.

    Attributes:
        token: ``aws:s3/bucket:Bucket``.
        folder: of its module, in which its blocks are looked up.
        fields: its inputs.
        aliases: other tokens under which the SDK knows it.
        segments: inputs that are a part of its own id, so that they name it and what it is in.
        filled: inputs that the provider fills in where nobody sets them.
    """

    token: str
    folder: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...]
    segments: frozenset[str]
    filled: frozenset[str] = frozenset()


class Folder(msgspec.Struct, frozen=True):
    """One module's folder: its types, and the nested blocks and choices by class name."""

    types: tuple[SdkType, ...]
    blocks: Mapping[str, tuple[Field, ...]]
    choices: Mapping[str, tuple[str, ...]]


class Sdk(msgspec.Struct, frozen=True):
    """A package: name and version as the registry has them, and its folders by name."""

    name: str
    version: str
    folders: Mapping[str, Folder]

    @property
    def types(self) -> tuple[SdkType, ...]:
        """Every type, by token."""
        found = [each for folder in self.folders.values() for each in folder.types]
        return tuple(sorted(found, key=lambda each: each.token))


def read(folder: Path) -> Sdk:
    """Read a package.

    Args:
        folder: of the package itself, beside which its ``.dist-info`` tells name and version.

    Raises:
        InputError: there is no such folder, no version, or no resource type in it.
    """
    name, version = _distribution(folder)
    modules = sorted(path for path in folder.iterdir() if path.is_dir() and (path / "__init__.py").is_file())
    sdk = Sdk(name, version, {path.name: _folder(path) for path in modules})
    if not sdk.types:
        raise InputError(f"`{folder}` declares no resource type", help="name the folder of an installed Pulumi SDK")
    return sdk


def _distribution(folder: Path) -> tuple[str, str]:
    found = sorted(folder.parent.glob(f"{folder.name}-*.dist-info/METADATA")) if folder.is_dir() else []
    for path in found:
        head = dict(re.findall(r"(?m)^(Name|Version): (\S+)$", path.read_text("utf-8")))
        if {"Name", "Version"} <= head.keys():
            return head["Name"].replace("_", "-"), head["Version"]
    raise InputError(
        f"no installed SDK at `{folder}`", help="name its folder in site-packages; its .dist-info must be beside it"
    )


def _folder(path: Path) -> Folder:
    types: list[SdkType] = []
    for file in sorted(path.glob("*.py")):
        if not file.name.startswith(_NO_RESOURCES):
            types.extend(_types(file.read_text("utf-8"), _text(path / f"get_{file.name}"), path.name))
    return Folder(tuple(types), dict(_blocks(_text(path / "_inputs.py"))), dict(_choices(_text(path / "_enums.py"))))


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _types(text: str, look_up: str, folder: str) -> Iterator[SdkType]:
    token = _TOKEN.search(text)
    if token is not None:
        own = next((fields for _, fields in _blocks(text)), ())
        aliases = tuple(sorted(set(_ALIAS.findall(text))))
        said = {name or plain for name, plain in _SAID.findall(text.partition(_RESOURCE)[2])}
        filled = frozenset(each.wire for each in own if each.wire in said and each.annotation.startswith(_MAY_BE_UNSET))
        yield SdkType(token.group(1), folder, own, aliases, _segments(text, look_up), filled)


def _segments(text: str, look_up: str) -> frozenset[str]:
    """By the names of states; AWS says neither, and its ids are examples only."""
    imported = {name for each in _IMPORT.findall(text) for name in _SEGMENT.findall(each)}
    asked = _LOOK_UP.findall(look_up) if _ARM in look_up else ()
    return frozenset({*(_camel(name) for name in imported), *asked})


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _blocks(text: str) -> Iterator[tuple[str, tuple[Field, ...]]]:
    """The classes of inputs; those whose names begin with an underscore are of states, not of programs."""
    for chunk in _CUT.split(text):
        named = _INPUT.match(chunk)
        if named:
            [node] = (each for each in ast.parse(_whole(chunk)).body if isinstance(each, ast.ClassDef))
            yield named.group(1), tuple(_fields(node))


def _whole(chunk: str) -> str:
    """The class without the decorator of the next one."""
    return re.sub(r"(\n@[^\n]*)+\s*\Z", "\n", chunk)


def _fields(node: ast.ClassDef) -> Iterator[Field]:
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.returns is not None:
            marks = [ast.unparse(mark) for mark in each.decorator_list]
            if any(mark.startswith("pulumi.getter") for mark in marks):
                named = _GETTER.search(" ".join(marks))
                doc = " ".join((ast.get_docstring(each) or "").split())
                yield Field(named.group(1) if named else each.name, ast.unparse(each.returns), doc)


def _choices(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for chunk in _CUT.split(text):
        if not chunk.startswith("class "):
            continue
        [node] = (each for each in ast.parse(_whole(chunk)).body if isinstance(each, ast.ClassDef))
        values = (each.value for each in node.body if isinstance(each, ast.Assign))
        yield node.name, tuple(str(value.value) for value in values if isinstance(value, ast.Constant))
