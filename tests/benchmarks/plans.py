"""Terraform plans of any size, in the form of a recorded one.

In:  how many resources.
Out: the JSON of a plan: module calls with many instances, each a store as in the fixture ``modules``: a bucket, its
     copy in another region, and a replication whose destination is not known before apply, so that it must be found
     through the configuration. The fixture's dynamic rules are written out, since a plan does not show them; the copy
     of every fiftieth store is in the United States. The same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from tests.terraform.schemas import FIXTURES

_RECORDED = FIXTURES / "modules" / "plan.json"
_CALL, _INSTANCE = "module.documents", 'module.documents["letters"]'
_NAME = "records-office-production-letters"
_INSTANCES = 25
_LEAK = 50
_RULE = {"destination": [{"bucket": {"references": ["aws_s3_bucket.copy.arn", "aws_s3_bucket.copy"]}}]}


class _Template(msgspec.Struct, frozen=True):
    """The parts of the recorded plan that belong to one instance of a module, and the plan without any instance."""

    plan: Mapping[str, Any]
    call: Mapping[str, Any]
    changes: str
    values: str
    attributes: str
    size: int


def plan(count: int) -> bytes:
    """A plan of at least ``count`` resources: whole stores, so up to seven more."""
    template = _template()
    stores = [(f"site_{at // _INSTANCES:04}", f"store-{at:05}") for at in range(-(-count // template.size))]
    found = {
        **template.plan,
        "planned_values": {"root_module": {"child_modules": [*_repeated(template.values, stores)]}},
        "resource_changes": [*_repeated(template.changes, stores)],
        "configuration": {**template.plan["configuration"], "root_module": _root(template, stores)},
        "relevant_attributes": [*_repeated(template.attributes, stores)],
    }
    return msgspec.json.encode(found)


def _root(template: _Template, stores: list[tuple[str, str]]) -> Mapping[str, Any]:
    calls = {site: template.call for site, _ in stores}
    return {"module_calls": calls, "variables": template.plan["configuration"]["root_module"]["variables"]}


def _repeated(text: str, stores: list[tuple[str, str]]) -> Iterator[msgspec.Raw]:
    """The template's text for each store; it holds list elements without their brackets."""
    instance, name = _quoted(_INSTANCE), _quoted(_NAME)
    for at, (site, key) in enumerate(stores):
        made = text.replace("eu-north-1", "us-east-1") if at % _LEAK == _LEAK - 1 else text
        made = made.replace(instance, _quoted(f'module.{site}["{key}"]'))
        yield msgspec.Raw(made.replace(name, _quoted(f"records-office-{key}")).encode())


def _quoted(text: str) -> str:
    """A text as it stands inside a JSON string."""
    return msgspec.json.encode(text).decode()[1:-1]


@cache
def _template() -> _Template:
    recorded: dict[str, Any] = msgspec.json.decode(_RECORDED.read_bytes())
    changes = [each for each in recorded["resource_changes"] if each["address"].startswith(_INSTANCE)]
    modules = recorded["planned_values"]["root_module"]["child_modules"]
    values = [each for each in modules if each["address"] == _INSTANCE]
    attributes = [each for each in recorded["relevant_attributes"] if each["resource"].startswith(_INSTANCE)]
    made = ("planned_values", "resource_changes", "output_changes", "prior_state", "relevant_attributes")
    return _Template(
        plan={key: value for key, value in recorded.items() if key not in made},
        call=_written_out(recorded["configuration"]["root_module"]["module_calls"][_CALL.removeprefix("module.")]),
        changes=_elements(changes),
        values=_elements(values),
        attributes=_elements(attributes),
        size=len(changes),
    )


def _written_out(call: dict[str, Any]) -> Mapping[str, Any]:
    for each in call["module"]["resources"]:
        if each["type"] == "aws_s3_bucket_replication_configuration":
            each["expressions"]["rule"] = [_RULE, _RULE]
    return call


def _elements(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()[1:-1]
