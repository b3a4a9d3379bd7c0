"""The AWS rows, held against the SDK they were read from.

Every type of a module that has a file has a row; every path, quote and target exists. Which inputs need an answer is
test_coverage.py's. The SDK's files are read as syntax trees; nothing of it is imported or run. Where the SDK is not
installed the tests are skipped, and on CI they fail.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from residency.catalogue import resources, rows
from residency.catalogue.rows import Data, ResourceRow, Source, ValueForm

DATA = resources.DATA / "aws"
FILES = sorted(path.stem for path in DATA.glob("*.toml") if not path.stem.startswith("_"))
# Python cannot name a module `lambda`.
SDK_NAMES = {"lambda": "lambda_"}


class Field(msgspec.Struct, frozen=True):
    """An input as the SDK declares it."""

    python: str
    annotation: str
    doc: str


Fields = Mapping[str, Field]
"""Wire name of a property to its declaration."""


def _sdk() -> Path:
    spec = importlib.util.find_spec("pulumi_aws")
    if spec is None or spec.origin is None:
        message = "pulumi-aws is not installed, so the AWS rows cannot be held against it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return Path(spec.origin).parent


def _fields(node: ast.ClassDef) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for function in node.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
        if not any(text.endswith("property") for text in decorators):
            continue
        named = re.search(r"getter\(name='(\w+)'\)", " ".join(decorators))
        wire = named.group(1) if named else function.name
        returns = ast.unparse(function.returns) if function.returns else ""
        found[wire] = Field(function.name, returns, " ".join((ast.get_docstring(function) or "").split()))
    return found


@functools.cache
def _classes(module: str) -> Mapping[str, Fields]:
    """The nested input classes of a module, by class name."""
    path = _sdk() / SDK_NAMES.get(module, module) / "_inputs.py"
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return {
        node.name: _fields(node) for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Args")
    }


@functools.cache
def _types(module: str) -> Mapping[str, Fields]:
    """The resource types of a module, by token, with their inputs."""
    found: dict[str, Fields] = {}
    for path in sorted((_sdk() / SDK_NAMES.get(module, module)).glob("*.py")):
        if path.name.startswith(("_", "get_")):
            continue
        text = path.read_text("utf-8")
        token = re.search(r"__self__\)\.__init__\(\s*'([^']+)'", text)
        if token is None or resources.split(token.group(1))[1] != module:
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
        if name in _classes(module):
            return _classes(module)[name]
    return None


def _leaves(module: str, fields: Fields, prefix: str = "", inside: tuple[int, ...] = ()) -> Iterator[tuple[str, Field]]:
    """Every plain input below ``fields`` with its path; a block that contains itself is entered once."""
    for wire, field in fields.items():
        every = "[*]" if "Sequence[" in field.annotation else ".*" if "Mapping[" in field.annotation else ""
        path = f"{prefix}{wire}{every}"
        inner = _inner(module, field.annotation)
        if inner is None:
            yield path, field
        elif id(inner) not in inside:
            yield path, field
            yield from _leaves(module, inner, f"{path}.", (*inside, id(inner)))


def _paths_of(token: str) -> set[str]:
    module = resources.split(token)[1]
    return {path for path, _ in _leaves(module, _types(module)[token])}


def _is_input(path: str, token: str) -> bool:
    """Whether a path is an input, a key of an input that is a map, or reads into one that is a text of JSON."""
    module = resources.split(token)[1]
    top = re.split(r"[.\[]", path)[0]
    field = _types(module)[token].get(top)
    text = field is not None and _inner(module, field.annotation) is None and "Sequence[" not in field.annotation
    keyed = f"{path.rpartition('.')[0]}.*"
    return bool({path, keyed} & _paths_of(token)) or (text and "builtins.str" in getattr(field, "annotation", ""))


@functools.cache
def _file(stem: str) -> rows.ModuleFile:
    return msgspec.convert(tomllib.loads((DATA / f"{stem}.toml").read_text("utf-8")), rows.ModuleFile)


def _asked(row: ResourceRow) -> Iterator[str]:
    """The paths that the row's placements read."""
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit))
        yield from (condition.path for condition in placement.when)


@pytest.mark.parametrize("stem", FILES)
def test_every_type_of_the_module_has_a_row_and_no_row_is_of_another_module(stem: str) -> None:
    assert sorted(resources.module_rows("aws", stem)) == sorted(_types(stem))


@pytest.mark.parametrize("stem", FILES)
def test_every_path_that_a_placement_reads_is_an_input_of_each_type_of_its_row(stem: str) -> None:
    wrong = [
        f"{token}: {path}"
        for row in _file(stem).resource
        for token in row.tokens
        for path in _asked(row)
        if not _is_input(path, token)
    ]
    assert wrong == []


@pytest.mark.parametrize("stem", FILES)
def test_every_dismissed_path_is_an_input_of_a_type_of_its_row(stem: str) -> None:
    wrong = [
        f"{row.tokens[0]}: {dismissal.path}"
        for row in _file(stem).resource
        for dismissal in row.dismissed
        if not any(dismissal.path in _paths_of(token) for token in row.tokens)
    ]
    assert wrong == []


@pytest.mark.parametrize("stem", FILES)
def test_nothing_is_both_read_and_dismissed(stem: str) -> None:
    both = [
        f"{row.tokens[0]}: {dismissal.path}"
        for row in _file(stem).resource
        for dismissal in row.dismissed
        if dismissal.path in {placement.path for placement in row.placement}
    ]
    assert both == []


@pytest.mark.parametrize("stem", FILES)
def test_every_type_without_user_data_says_why(stem: str) -> None:
    silent = [row.tokens[0] for row in _file(stem).resource if row.data is Data.NONE and not row.reason]
    assert silent == []


@pytest.mark.parametrize("stem", FILES)
def test_every_target_is_a_type_of_the_sdk(stem: str) -> None:
    targets = {token for row in _file(stem).resource for placement in row.placement for token in placement.target}
    unknown = sorted(token for token in targets if token not in _types(resources.split(token)[1]))
    assert unknown == []


@pytest.mark.parametrize("stem", FILES)
def test_every_reference_says_what_it_may_name(stem: str) -> None:
    """Without targets any resource that happens to bear the name would count."""
    open_ended = [
        f"{row.tokens[0]}: {placement.path}"
        for row in _file(stem).resource
        for placement in row.placement
        if placement.value is ValueForm.REFERENCE and not placement.target
    ]
    assert open_ended == []


@pytest.mark.parametrize("stem", FILES)
def test_an_arn_that_names_another_resource_is_no_identity(stem: str) -> None:
    """An event target's `arn` is the target's: found by it, the row would answer for itself."""
    wrong = [
        f"{row.tokens[0]}: {placement.path}"
        for row in _file(stem).resource
        for placement in row.placement
        if placement.value is ValueForm.REFERENCE and placement.path in row.identity and placement.path != "bucket"
    ]
    assert wrong == []


def _said(source: Source) -> str:
    """The docstring that a source of the SDK names: ``aws.s3.BucketLoggingArgs.target_bucket``."""
    _, module, class_name, python = source.item.split(".")
    # A nested block and a resource can share a class name: `Bucket`'s logging and `BucketLogging`.
    own = {resources.split(token)[2] + "Args": found for token, found in _types(module).items()}
    both = (*_classes(module).get(class_name, {}).values(), *own.get(class_name, {}).values())
    return " ".join(field.doc for field in both if field.python == python)


@pytest.mark.parametrize("stem", FILES)
def test_every_quote_from_the_sdk_is_in_the_docstring_it_names(stem: str) -> None:
    wrong = [
        key
        for key, source in _file(stem).sources.items()
        if source.quote and source.item.count(".") == 3 and source.quote not in _said(source)
    ]
    assert wrong == []


@pytest.mark.parametrize("stem", FILES)
def test_every_source_is_used(stem: str) -> None:
    file = _file(stem)
    used = {each.source for row in file.resource for each in (row, *row.placement, *row.dismissed)}
    assert sorted(set(file.sources) - used) == []
