"""The Google Cloud rows, held against the SDK they were read from: every type exists, and so does every path.

The SDK's files are read as syntax trees; nothing of it is imported or run.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from residency.catalogue import resources, rows

DATA = resources.DATA / "gcp"
FILES = sorted(path.stem for path in DATA.glob("*.toml") if not path.stem.startswith("_"))
RUN_ON = re.compile(r"\[\*\]|\.\*")

Fields = Mapping[str, str]
"""Wire name of a property to the annotation of its type."""


def _sdk() -> Path:
    spec = importlib.util.find_spec("pulumi_gcp")
    if spec is None or spec.origin is None:
        pytest.skip("pulumi-gcp is not installed")
    return Path(spec.origin).parent


def _fields(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for function in node.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for decorator in function.decorator_list:
            text = ast.unparse(decorator)
            if text.startswith("pulumi.getter"):
                named = re.search(r"name='(\w+)'", text)
                found[named.group(1) if named else function.name] = ast.unparse(function.returns or ast.Constant(""))
    return found


@functools.cache
def _nested(module: str) -> Mapping[str, Fields]:
    """The input classes of a module, by class name."""
    path = _sdk() / module / "_inputs.py"
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return {
        node.name: _fields(node) for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Args")
    }


@functools.cache
def _types(module: str) -> Mapping[str, Fields]:
    """The resource types of a module, by token, with their inputs."""
    found: dict[str, Fields] = {}
    for path in sorted((_sdk() / module).glob("*.py")):
        if path.name.startswith(("_", "get_")):
            continue
        text = path.read_text("utf-8")
        token = re.search(r"__self__\)\.__init__\(\s*'([^']+)'", text)
        if token is None:
            continue
        own = [
            node
            for node in ast.parse(text).body
            if isinstance(node, ast.ClassDef) and node.name.endswith("Args") and not node.name.startswith("_")
        ]
        found[token.group(1)] = _fields(own[0]) if own else {}
    return found


def _inner(module: str, annotation: str) -> Fields | None:
    """The fields of the nested block that an annotation names, or None for a plain value."""
    for name in re.findall(r"\b(\w+Args)\b", annotation):
        if name in _nested(module):
            return _nested(module)[name]
    return None


def _fault(token: str, path: str) -> str:
    """Why a path is not one of the type's inputs; "" if it is. ``[*]`` stands exactly where the SDK has a list."""
    module = resources.split(token)[1]
    fields: Fields | None = _types(module)[token]
    for part in path.split("."):
        if part == "*":
            continue
        name = RUN_ON.sub("", part)
        if fields is None or name not in fields:
            return f"{token}: no input `{path}`"
        if ("Sequence[" in fields[name]) != part.endswith("[*]"):
            return f"{token}: `{name}` of `{path}` is a list or is written as one"
        fields = _inner(module, fields[name])
    return ""


def _rows(stem: str) -> tuple[rows.ResourceRow, ...]:
    return msgspec.convert(tomllib.loads((DATA / f"{stem}.toml").read_text("utf-8")), rows.ModuleFile).resource


def _paths(row: rows.ResourceRow) -> Iterator[str]:
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit))
        yield from (condition.path for condition in placement.when)
    yield from (dismissal.path for dismissal in row.dismissed)


@pytest.mark.parametrize("stem", FILES)
def test_each_file_loads_and_names_only_types_of_its_own_module(stem: str) -> None:
    known = _types(stem)
    found = resources.module_rows("gcp", stem)
    aliases = {alias for row in found.values() for alias in row.aliases}
    assert found
    assert sorted(token for token in found if token not in known and token not in aliases) == []


@pytest.mark.parametrize("stem", FILES)
def test_each_path_is_an_input_of_its_type(stem: str) -> None:
    faults = {
        _fault(token, path)
        for row in _rows(stem)
        for token in (row.tokens[: len(row.tokens) - len(row.aliases)])
        for path in _paths(row)
    }
    assert sorted(faults - {""}) == []


@pytest.mark.parametrize("stem", FILES)
def test_each_target_is_a_type_of_the_sdk(stem: str) -> None:
    targets = {target for row in _rows(stem) for placement in row.placement for target in placement.target}
    assert sorted(target for target in targets if target not in _types(resources.split(target)[1])) == []


@pytest.mark.parametrize("stem", FILES)
def test_a_type_without_user_data_says_why(stem: str) -> None:
    silent = [row.tokens[0] for row in _rows(stem) if row.data is rows.Data.NONE and not row.reason]
    assert silent == []


@pytest.mark.parametrize("stem", FILES)
def test_each_source_is_used(stem: str) -> None:
    file: dict[str, Any] = tomllib.loads((DATA / f"{stem}.toml").read_text("utf-8"))
    used = {each.source for row in _rows(stem) for each in (row, *row.placement, *row.dismissed)}
    assert sorted(set(file["sources"]) - used) == []
