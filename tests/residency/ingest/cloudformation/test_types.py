"""The table of types against CloudFormation's own schemas: every property is mapped, dismissed or cannot be a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from residency.catalogue import resources
from residency.ingest.cloudformation import mapping, types

cfnlint = pytest.importorskip("cfnlint")
SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"
INDEX: dict[str, str] = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text("utf-8"))
# Left in doubt on purpose: nobody has read yet what a gateway connector of a service does.
IN_DOUBT = {"AWS::ECS::Service": {"GatewayConnectors.HealthCheck.HealthCheckPath", "GatewayConnectors.PortName"}}


def schema(kind: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / "resources" / f"{INDEX[kind]}.json").read_text("utf-8"))


def sample(node: dict[str, Any], root: dict[str, Any], seen: tuple[str, ...] = ()) -> Any:
    """A value with every property that a schema has; a definition that contains itself is followed once."""
    while "$ref" in node:
        if node["$ref"] in seen:
            return None
        seen = (*seen, node["$ref"])
        found: Any = root
        for key in node["$ref"].split("/")[1:]:
            found = found[key]
        node = found
    properties = dict(node.get("properties") or {})
    for word in ("oneOf", "anyOf", "allOf"):
        for each in node.get(word, ()):
            properties.update(each.get("properties") or {})
    if properties:
        return {name: sample(each, root, seen) for name, each in properties.items()}
    for each in (node.get("patternProperties") or {}).values():
        return {"key": sample(each, root, seen)}
    kind: Any = node.get("type")
    kind = kind if isinstance(kind, str) or not kind else kind[0]
    if kind == "array":
        return [sample(node.get("items", {}), root, seen)]
    return {"boolean": True, "integer": 1, "number": 1}.get(str(kind), "x")


def everything(kind: str) -> dict[str, Any]:
    root = schema(kind)
    reported = {path.rpartition("/")[2] for path in root.get("readOnlyProperties", ()) if path.count("/") == 2}
    return {name: sample(each, root) for name, each in root["properties"].items() if name not in reported}


@pytest.mark.parametrize("kind", sorted(types.rows()))
def test_every_property_is_answered_for(kind: str) -> None:
    """One that may carry a place, and that neither the table nor the catalogue knows, is named."""
    found = {name for part in mapping.parts(types.rows()[kind], everything(kind)) for name in part.properties}
    assert found == IN_DOUBT.get(kind, set())


@pytest.mark.parametrize("kind", sorted(types.rows()))
def test_every_token_has_a_row_of_the_catalogue(kind: str) -> None:
    """A token with a slip of the pen would be judged as an unlisted type."""
    row = types.rows()[kind]
    assert [token for token in (row.token, *(each.token for each in row.also)) if resources.row(token) is None] == []


def exists(kind: str, path: str) -> bool:
    value: Any = everything(kind)
    for key in path.split("."):
        if isinstance(value, list):
            value = cast("list[Any]", value)[0]
        block = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
        if key not in block:
            return False
        value = block[key]
    return True


@pytest.mark.parametrize("kind", sorted(types.rows()))
def test_every_name_in_a_row_is_a_property_of_the_type(kind: str) -> None:
    """What is renamed or dismissed exists, so that no row is dead or misspelled."""
    row = types.rows()[kind]
    named = [*row.rename, *row.none, *filter(None, (row.name,)), *(each.path for each in row.also)]
    named += [f"{each.path}.{path}" for each in row.also for path in (*each.rename, *each.none)]
    assert [path for path in named if not exists(kind, path)] == []
