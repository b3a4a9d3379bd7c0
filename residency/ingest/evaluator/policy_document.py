"""The JSON text of ``aws:iam/getPolicyDocument``, rendered from its arguments as the AWS provider renders it.

Source: the data source ``aws_iam_policy_document`` of the Terraform AWS provider and its ``iam_policy_model.go``
(order of keys, a list of one becomes its element, lists in reverse order, ``&{`` for ``${``), checked 2026-11-23.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_LISTS = (
    ("Action", "actions"),
    ("NotAction", "notActions"),
    ("Resource", "resources"),
    ("NotResource", "notResources"),
)
_PRINCIPALS = (("Principal", "principals"), ("NotPrincipal", "notPrincipals"))


def render(arguments: Mapping[str, Any]) -> dict[str, str]:
    """Take the arguments under their wire names; give the results ``json`` and ``minifiedJson``."""
    document: dict[str, Any] = {}
    statements: list[dict[str, Any]] = []
    for source in [
        *_list(arguments, "sourcePolicyDocuments"),
        _own(arguments),
        *_list(arguments, "overridePolicyDocuments"),
    ]:
        part: dict[str, Any] = json.loads(source) if isinstance(source, str) else source
        document.update({key: part[key] for key in ("Version", "Id") if key in part})
        _merge(statements, _list(part, "Statement"))
    ordered = {key: document[key] for key in ("Version", "Id") if key in document} | {"Statement": statements}
    return {"json": _dump(ordered, indent=2), "minifiedJson": _dump(ordered, indent=None)}


def _own(arguments: Mapping[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {"Version": arguments.get("version") or "2012-10-17"}
    if arguments.get("policyId"):
        document["Id"] = arguments["policyId"]
    document["Statement"] = [_statement(item) for item in _list(arguments, "statements")]
    return document


def _merge(statements: list[dict[str, Any]], added: Sequence[dict[str, Any]]) -> None:
    """Add statements; one with the Sid of an earlier one takes its place."""
    for item in added:
        same = [at for at, known in enumerate(statements) if item.get("Sid") and known.get("Sid") == item["Sid"]]
        if same:
            statements[same[0]] = item
        else:
            statements.append(item)


def _statement(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if given.get("sid"):
        found["Sid"] = given["sid"]
    found["Effect"] = given.get("effect") or "Allow"
    for key, name in _LISTS:
        if given.get(name):
            found[key] = _one_or_sorted(given[name])
    for key, name in _PRINCIPALS:
        if given.get(name):
            found[key] = _principals(given[name])
    if given.get("conditions"):
        found["Condition"] = _conditions(given["conditions"])
    return found


def _principals(given: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - JSON
    if len(given) == 1 and given[0].get("type") in ("AWS", "*") and given[0].get("identifiers") == ["*"]:
        return "*"
    found: dict[str, Any] = {}
    for item in given:
        _join(found, item["type"], _one_or_sorted(item["identifiers"]))
    return {key: found[key] for key in sorted(found)}


def _conditions(given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for item in given:
        _join(found.setdefault(item["test"], {}), item["variable"], _one_or_sorted(item["values"]))
    return {test: {key: found[test][key] for key in sorted(found[test])} for test in sorted(found)}


def _join(found: dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401 - a text or a list of texts
    if key in found:
        before = found[key] if isinstance(found[key], list) else [found[key]]
        value = [*before, *(value if isinstance(value, list) else [value])]
    found[key] = value


def _one_or_sorted(values: Sequence[str]) -> Any:  # noqa: ANN401 - a text or a list of texts
    texts = [str(item).replace("&{", "${") for item in values]
    return texts[0] if len(texts) == 1 else sorted(texts, reverse=True)


def _list(arguments: Mapping[str, Any], name: str) -> list[Any]:
    found: Any = arguments.get(name) or ()
    return [found] if isinstance(found, Mapping) else list(found)


def _dump(document: Mapping[str, Any], *, indent: int | None) -> str:
    rendered = json.dumps(document, indent=indent, ensure_ascii=False, separators=None if indent else (",", ":"))
    for mark, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):  # as Go's encoder does
        rendered = rendered.replace(mark, escape)
    return rendered
