"""The reviewed Azure rows against the installed SDK: types, paths, targets and enum values that they name exist."""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from residency.catalogue import resources
from residency.catalogue.rows import Data, PlacementRow, ResourceRow, ValueForm

PACKAGE = "azure-native"
CASES = Path(__file__).parent / "cases" / "azure"
_FOUND = importlib.util.find_spec("pulumi_azure_native")
SDK = Path(_FOUND.origin).parent if _FOUND and _FOUND.origin else None
MODULES = sorted(path.stem for path in (resources.DATA / PACKAGE).glob("*.toml") if not path.stem.startswith("_"))
_TOKEN = re.compile(r"super\(\w+, __self__\)\.__init__\(\s*'([^']+)'")
_STEP = re.compile(r"\[\*\]")

needs_sdk = pytest.mark.skipif(SDK is None, reason="pulumi-azure-native is not installed")


class Sdk(NamedTuple):
    """One module of the SDK: input properties by wire name with their annotation, nested classes, enum values."""

    types: dict[str, dict[str, str]]
    nested: dict[str, dict[str, str]]
    enums: dict[str, set[str]]


@functools.cache
def sdk(module: str) -> Sdk:
    """Read a module of the installed SDK as text; importing all of it takes too long."""
    assert SDK is not None
    found = Sdk({}, {}, {})
    for path in sorted((SDK / module).glob("*.py")):
        if path.name.startswith(("get_", "list_", "outputs")):
            continue
        text = path.read_text("utf-8")
        classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
        token = _TOKEN.search(text)
        if path.name == "_enums.py":
            found.enums.update({each.name: set(_constants(each)) for each in classes})
        elif path.name == "_inputs.py":
            found.nested.update({each.name: _inputs(each) for each in classes})
        elif token:
            args = [each for each in classes if each.name.endswith("Args")]
            found.types[token.group(1)] = _inputs(args[0]) if args else {}
    return found


def _constants(enum: ast.ClassDef) -> Iterator[str]:
    for node in enum.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _inputs(args: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in args.body:
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if any(mark.startswith("pulumi.getter") for mark in marks):
                wire = re.search(r"name='(\w+)'", " ".join(marks))
                found[wire.group(1) if wire else node.name] = ast.unparse(node.returns)
    return found


def reached_by(token: str, path: str) -> list[str]:
    """The annotations that a path reaches in the input classes of a type; empty if it reaches nothing."""
    module = sdk(token.split(":")[1])
    level, reached = [module.types[token]], [""]
    for step in _STEP.sub("", path).split("."):
        if step == "*":
            continue
        reached = [properties[step] for properties in level if step in properties]
        if any(("Mapping[" in each and "Args" not in each) or "Any" in each for each in reached):
            return reached  # a free map or value: what is in it is the service's own
        names = [name for each in reached for name in re.findall(r"'(\w+Args)'", each)]
        level = [module.nested[name] for name in names if name in module.nested]
    return reached


def rows(module: str) -> dict[str, ResourceRow]:
    return dict(resources.module_rows(PACKAGE, module))


def paths(row: ResourceRow) -> Iterator[str]:
    """Every property path that a row names."""
    yield from (dismissal.path for dismissal in row.dismissed)
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit))
        yield from (condition.path for condition in placement.when)


def of_token(module: str) -> Iterator[tuple[str, ResourceRow]]:
    """The rows of a module by the tokens that the installed SDK should know: older names are left out."""
    yield from ((token, row) for token, row in rows(module).items() if token not in row.aliases)


def test_every_module_of_the_brief_is_there() -> None:
    wanted = {"resources", "storage", "compute", "sql", "cosmosdb", "keyvault", "authorization", "managedidentity"}
    assert wanted <= set(MODULES)


@needs_sdk
@pytest.mark.parametrize("module", MODULES)
def test_every_type_and_target_of_a_row_is_a_type_of_the_sdk(module: str) -> None:
    named = {token for token, _ in of_token(module)}
    named |= {target for _, row in of_token(module) for placement in row.placement for target in placement.target}
    assert sorted(token for token in named if token not in sdk(token.split(":")[1]).types) == []


@needs_sdk
@pytest.mark.parametrize("module", MODULES)
def test_every_path_of_a_row_exists_in_the_input_classes(module: str) -> None:
    missing = [
        f"{token} {path}" for token, row in of_token(module) for path in paths(row) if not reached_by(token, path)
    ]
    assert missing == []


@needs_sdk
@pytest.mark.parametrize("module", MODULES)
def test_a_type_without_a_location_input_has_a_row_that_says_where_it_is(module: str) -> None:
    covered = rows(module)
    general = [
        token for token, inputs in sdk(module).types.items() if "location" not in inputs and token not in covered
    ]
    own = [
        token
        for token, row in of_token(module)
        if row.data is Data.USER
        and "location" not in sdk(module).types[token]
        and not any(placement.kind.value == "residence" for placement in row.placement)
    ]
    assert (general, own) == ([], [])


@needs_sdk
@pytest.mark.parametrize("module", MODULES)
def test_a_map_says_what_every_value_of_the_enum_means(module: str) -> None:
    missing = [
        f"{token} {placement.path}: {value}"
        for token, row in of_token(module)
        for placement in row.placement
        if placement.value is ValueForm.MAP
        for value in sorted(_enum_values(module, token, placement) - {each.lower() for each in placement.values})
    ]
    assert missing == []


def _enum_values(module: str, token: str, placement: PlacementRow) -> set[str]:
    names = [name for each in reached_by(token, placement.path) for name in re.findall(r"'(\w+)'", each)]
    return {value.lower() for name in names for value in sdk(module).enums.get(name, ())}


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_both_read_and_dismissed(module: str) -> None:
    both = [
        f"{token}: {dismissal.path}"
        for token, row in of_token(module)
        for dismissal in row.dismissed
        if dismissal.path in {placement.path for placement in row.placement}
    ]
    assert both == []


@pytest.mark.parametrize("module", MODULES)
def test_no_source_is_left_unused(module: str) -> None:
    raw = tomllib.loads((resources.DATA / PACKAGE / f"{module}.toml").read_text("utf-8"))
    used = {part["source"] for row in raw["resource"] for part in _parts(row)}
    assert sorted(set(raw["sources"]) - used) == []


def _parts(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield row
    yield from row.get("placement", [])
    yield from row.get("dismissed", [])


@pytest.mark.parametrize("module", MODULES)
def test_a_type_without_user_data_says_why(module: str) -> None:
    assert [token for token, row in of_token(module) if row.data is Data.NONE and not row.reason] == []


def _cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(CASES.glob("*.toml")):
        found.extend(tomllib.loads(path.read_text("utf-8"))["case"])
    return found


def test_there_are_enough_cases_and_each_has_its_own_name() -> None:
    names = [case["name"] for case in _cases()]
    assert len(names) >= 35
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_a_case_expects_something_of_resources_that_it_declares(case: dict[str, Any]) -> None:
    declared = {resource["name"] for resource in case["resource"]}
    expected = case.get("expect", [])
    assert {each["resource"] for each in expected} <= declared
    assert {each["outcome"] for each in expected} <= {"outside", "undetermined"}
    assert case["source"]


@needs_sdk
@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_the_inputs_of_a_case_are_inputs_of_the_sdk(case: dict[str, Any]) -> None:
    wrong = [
        f"{resource['name']}: {path}"
        for resource in case["resource"]
        if resource["type"] in sdk(resource["type"].split(":")[1]).types
        for path in _leaf_paths(resource.get("inputs", {}))
        if not reached_by(resource["type"], path)
    ]
    assert wrong == []


def _leaf_paths(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from _leaf_paths(item, f"{prefix}.{key}" if prefix else str(key))  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _leaf_paths(item, prefix)
    else:
        yield prefix
