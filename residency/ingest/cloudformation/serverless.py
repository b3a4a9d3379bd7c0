"""AWS SAM: what the transform ``AWS::Serverless-2016-10-31`` makes of a template, as far as places are concerned.

In:  a template's resources and its ``Globals``.
Out: resources in which globals are put in, APIs that functions imply are written out, and applications are nested
     stacks. The types ``AWS::Serverless::*`` themselves are paired with the catalogue's in the tables of types.

Source: AWS SAM developer guide: generated resources, Globals section, EndpointConfiguration and DomainConfiguration
(``REGIONAL`` where nothing is said) of ``AWS::Serverless::Api``; read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from residency.ingest.cloudformation.document import Node
from residency.ingest.cloudformation.nested import STACK
from residency.ingest.cloudformation.template import Declared

TRANSFORM = "AWS::Serverless-2016-10-31"
_PREFIX = "AWS::Serverless::"
_IMPLIED = {"Api": ("ServerlessRestApi", "RestApiId"), "HttpApi": ("ServerlessHttpApi", "ApiId")}
"""An event's type, the API that it implies, and the property that names one instead."""
_SENDING = ("DestinationConfig", "DeadLetterConfig")
"""What in an event source says where data goes; all else says where it comes from."""


def resources(declared: Mapping[str, Declared], shared: Mapping[str, Node]) -> dict[str, Declared]:
    """The resources with what the transform adds to them."""
    found: dict[str, Declared] = {}
    for name, each in declared.items():
        kind = each.type.removeprefix(_PREFIX)
        if kind == each.type:
            found[name] = each
            continue
        properties = _merged(shared.get(kind), each.properties)
        for logical_id, api in _implied(properties).items():
            if logical_id not in declared:
                # It is made with each of its functions: it has a condition only if all of them have the same.
                same = logical_id not in found or found[logical_id].condition == each.condition
                implied = Declared(
                    logical_id, f"{_PREFIX}{api}", shared.get(api), each.condition if same else "", each.line
                )
                found[logical_id] = _one(implied, api)
        found[name] = _one(msgspec.structs.replace(each, properties=properties), kind)
    return found


def _merged(shared: Node, own: Node) -> Node:
    """Mappings are merged and lists are joined; for all else the resource's own value counts."""
    if isinstance(shared, dict) and isinstance(own, dict):
        return {**shared, **{key: _merged(shared.get(key), item) for key, item in own.items()}}
    if isinstance(shared, list) and isinstance(own, list):
        return [*shared, *own]
    return shared if own is None else own


def _events(properties: Node) -> Mapping[str, Mapping[str, Node]]:
    listed = properties.get("Events") if isinstance(properties, dict) else None
    return {key: each for key, each in listed.items() if isinstance(each, dict)} if isinstance(listed, dict) else {}


def _implied(properties: Node) -> dict[str, str]:
    """The APIs that the events of a function imply: logical id and kind."""
    found: dict[str, str] = {}
    for each in _events(properties).values():
        kind, given = each.get("Type"), each.get("Properties")
        if isinstance(kind, str) and kind in _IMPLIED:
            logical_id, names = _IMPLIED[kind]
            if not (isinstance(given, dict) and names in given):
                found[logical_id] = kind
    return found


def _one(each: Declared, kind: str) -> Declared:
    properties = dict(each.properties) if isinstance(each.properties, dict) else {}
    if kind == "Application":
        given: dict[str, Node] = {"TemplateURL": properties.get("Location"), "Parameters": properties.get("Parameters")}
        return msgspec.structs.replace(each, type=STACK, properties=given)
    if "Events" in properties:
        properties["Events"] = _sending(properties)
    if kind == "Api":
        if isinstance(properties.get("EndpointConfiguration"), str):
            properties["EndpointConfiguration"] = {"Type": properties["EndpointConfiguration"]}
        domain = properties.get("Domain")
        if isinstance(domain, dict):
            properties["Domain"] = {"EndpointConfiguration": "REGIONAL", **domain}
    return msgspec.structs.replace(each, properties=properties) if isinstance(each.properties, dict) else each


def _sending(properties: Node) -> dict[str, Node]:
    """Of each event source only where it sends what fails."""
    found: dict[str, Node] = {}
    for name, each in _events(properties).items():
        given = each.get("Properties")
        left = {key: given[key] for key in _SENDING if key in given} if isinstance(given, dict) else {}
        if left:
            found[name] = dict(left)
    return found
