"""A resource of azapi, which is written in Azure's own terms, as the catalogue's type and inputs.

In:  an ARM type with its API version, a parent's id and a body; the body is an object, or JSON text in azapi 1.
Out: the catalogue's resource. What ``properties`` has is an input of its own in azure-native, where the type has no
     input ``properties``. A path that the catalogue does not list, and whose name may carry a place, is named.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from residency.catalogue import generated, resources
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf
from residency.ingest.terraform.converted import Converted, Within
from residency.ingest.terraform.document import Node
from residency.ingest.terraform.values import Origin, Values, at, value
from residency.ingest.values import is_list
from residency.model import PlacementKind, Secret, Unknown, Value

UNMAPPED = "azure-native:terraform/unmapped:{}"
_FILE = Path(__file__).parent / "names" / "azapi.toml"
_RESOURCE, _UPDATE, _ACTION = "azapi_resource", "azapi_update_resource", "azapi_resource_action"
_GROUP = re.compile(r"^/subscriptions/[^/]+/resourceGroups/([^/]+)", re.IGNORECASE)
_SEGMENTS = re.compile(r"/providers/[^/]+((?:/[^/]+/[^/]+)+)$", re.IGNORECASE)
_STEP = re.compile(r"/[^/]+/[^/]+")
_DECLARE = "declare what it holds in residency.toml ([[holds]])"
_MISSING = Unknown("the plan does not show its body", _DECLARE)


class ArmType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ARM type: its token, native's input with its name, and those with the names of its parents, outermost first.

    A parent that native has no input for is "": ``blobServices`` of a container.
    """

    arm: str
    token: str
    name: str = ""
    parents: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: tuple[ArmType, ...]


@functools.cache
def rows() -> Mapping[str, ArmType]:
    """The table, by the type in small letters."""
    file = msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), _File)
    return {each.arm.lower(): each for each in file.type}


def parts(
    type_: str, values: Values, configured: frozenset[str] | None, origin: Origin
) -> tuple[Converted, ...] | None:
    """What a resource of azapi comes to; None where its type is no such one. Arguments are those of ``azure.parts``."""
    if type_ not in (_RESOURCE, _UPDATE, _ACTION):
        return None
    arm = _text(values, "type").partition("@")[0]
    if type_ == _ACTION and not _has_body(values, configured):
        return ()
    row = rows().get(arm.lower()) if type_ != _ACTION else None
    if row is None:
        return (_unmapped(arm if type_ != _ACTION else f"{type_} {arm}"),)
    reading = _Reading(row, values, origin)
    left = (*reading.left(), *(["sensitive_body"] if configured and "sensitive_body" in configured else []))
    outputs: dict[str, Value] = {name: text for name in ("id", "name") if (text := _text(values, name))}
    if type_ == _RESOURCE:
        inputs = reading.inputs(configured)
        within = None if "location" in inputs else reading.within(arm)
        return (Converted(token=row.token, inputs=inputs, outputs=outputs, left=left, within=within),)
    return (Converted(token=row.token, inputs=reading.body(), outputs={}, left=left, part_of=_owner(values, origin)),)


def _has_body(values: Values, configured: frozenset[str] | None) -> bool:
    given = configured is not None and bool(configured & {"body", "sensitive_body"})
    return given or at(values, "body").known not in (None, "", {}) or at(values, "body").is_open


def _unmapped(arm: str) -> Converted:
    name = re.sub(r"[^A-Za-z0-9]+", "-", arm) or "azapi"
    reason = f"the type `{arm}` is not mapped to the catalogue, so nothing says where its data is"
    return Converted(token=UNMAPPED.format(name), inputs={"location": Unknown(reason, _DECLARE)}, outputs={})


def _text(values: Values, key: str) -> str:
    known = at(values, key).known
    return known if isinstance(known, str) and not at(values, key).is_open else ""


def _owner(values: Values, origin: Origin) -> Value:
    """The id of the resource that an update changes."""
    for key in ("resource_id", "parent_id"):
        found = value(at(values, key), (key,), origin)
        if isinstance(found, Unknown) or (isinstance(found, str) and key == "resource_id"):
            return found
        if isinstance(found, str) and _text(values, "name"):
            collection = _text(values, "type").partition("@")[0].rpartition("/")
            provider = "" if _SEGMENTS.search(found) else f"/providers/{collection[0]}"
            return f"{found}{provider}/{collection[2]}/{_text(values, 'name')}"
    return Unknown("nothing in the plan says which resource it changes")


class _Reading:
    """Reads one resource of a known type."""

    def __init__(self, row: ArmType, values: Values, origin: Origin) -> None:
        self._row, self._values, self._origin = row, values, origin

    def inputs(self, configured: frozenset[str] | None) -> Mapping[str, Value]:
        """Everything that its attributes and its body set."""
        found = dict(self.body())
        for key in ("location", "tags"):
            inside = at(self._values, key)
            asked = configured is None or key in configured or inside.known is not None
            if asked and (inside.known is not None or inside.is_open):
                found[key] = value(inside, (key,), self._origin)
        if self._row.name and (name := value(at(self._values, "name"), ("name",), self._origin)) is not None:
            found[self._row.name] = name
        return {**found, **dict(self._parents())}

    def within(self, arm: str) -> Within | None:
        """The resource whose place is this one's, where it is in one and has no location; None where a row says it."""
        parent = rows().get(arm.rpartition("/")[0].lower())
        row = resources.row(self._row.token)
        own = [each.path for each in row.placement if each.kind is PlacementKind.RESIDENCE] if row else []
        if not self._row.parents or any(path != "location" for path in own):
            return None
        named = value(at(self._values, "parent_id"), ("parent_id",), self._origin)
        ids = self._origin(("parent_id",)).ids
        return Within(named, ids, parent.token if parent else "")

    def body(self) -> Mapping[str, Value]:
        """What the body sets, as azure-native names it."""
        body = self._body()
        nowhere = dict.fromkeys(_roots(self._row.token), body)
        if not isinstance(body, Mapping):
            return nowhere
        found = _native(body, "", self._row.token)
        if isinstance(found, Mapping):
            return found
        beside = _native({name: each for name, each in body.items() if name != "properties"}, "", self._row.token)
        return {**dict.fromkeys(nowhere, found), **(beside if isinstance(beside, Mapping) else {})}

    def left(self) -> tuple[str, ...]:
        """The paths of the body that the catalogue does not list although their names may carry a place."""
        if resources.row(self._row.token) is None:
            return ()
        listed = _listed(self._row.token)
        return tuple(sorted({f"body.{path}" for path in _leaves(self.body(), "") if path not in listed}))

    def _body(self) -> Value:
        inside = at(self._values, "body")
        if isinstance(inside.known, str) and not inside.is_open:
            try:
                decoded: Node = msgspec.json.decode(inside.known)
            except (msgspec.DecodeError, RecursionError):
                return _MISSING
            return value(Values(decoded), ("body",), self._origin) if isinstance(decoded, dict) else _MISSING
        if inside.known is None and not inside.is_open and not isinstance(inside.unknown, dict):
            return {}
        found = value(inside, ("body",), self._origin)
        return found if isinstance(found, (Mapping, Unknown, Secret)) else _MISSING

    def _parents(self) -> Iterator[tuple[str, Value]]:
        """The resource group, and the inputs that name what it is in: by ids, which say more than names."""
        parent = value(at(self._values, "parent_id"), ("parent_id",), self._origin)
        named = [each for each in self._row.parents if each]
        if not isinstance(parent, str):
            if parent is not None:
                yield (named[-1] if named else "resourceGroupName"), parent
            return
        if group := _GROUP.match(parent):
            yield "resourceGroupName", group.group(1)
        segments = _SEGMENTS.search(parent)
        end = segments.start(1) if segments else len(parent)
        for name, step in zip(self._row.parents, _STEP.findall(parent[end:]), strict=False):
            end += len(step)
            if name:
                yield name, parent[:end]


def _leaves(tree: Value, path: str) -> Iterator[str]:
    """The paths of what is set whose names may carry a place."""
    if isinstance(tree, Mapping):
        for key, each in tree.items():
            if key not in ("tags", "identity") or path:
                yield from _leaves(each, f"{path}.{key}" if path else key)
    elif is_list(tree):
        for each in tree:
            yield from _leaves(each, path)
    elif tree is not None and tree != "" and path:
        form = "flag" if isinstance(tree, bool) else "number" if isinstance(tree, (int, float)) else "text"
        if words.why(Leaf(path, frozenset({form}), "", ())) is not None:
            yield path


@functools.cache
def _listed(token: str) -> frozenset[str]:
    """What the generated layer lists of a type, and what its row speaks of, without marks of lists."""
    row = resources.row(token)
    paths = set(_paths().get(resources.canonical(token), frozenset()))
    for placement in row.placement if row else ():
        paths.update((generated.plain(placement.path), *(generated.plain(each.path) for each in placement.when)))
    paths.update(generated.plain(each.path) for each in (row.dismissed if row else ()))
    return frozenset(paths)


@functools.cache
def _paths() -> Mapping[str, frozenset[str]]:
    types = generated.inventory("azure-native").types
    return {each.token: frozenset(path.plain for path in each.paths) for each in types}


def _native(tree: Value, path: str, token: str) -> Value:
    """A part of a body in azure-native's names: ``properties`` put into its block, letters in the SDK's case.

    Where nothing is known of such ``properties``, nothing is known of the block.
    """
    if is_list(tree):
        return [_native(each, path, token) for each in tree]
    if not isinstance(tree, Mapping):
        return tree
    found: dict[str, Value] = {}
    for key, each in tree.items():
        name = _names(token).get(f"{path}.{key}".lower().lstrip("."), key)
        inside = _native(each, f"{path}.{name}".lstrip("."), token)
        if key.lower() != "properties" or f"{path}.properties".lower().lstrip(".") in _names(token):
            found[name] = inside
            continue
        inside = _native(each, path, token)
        if not isinstance(inside, Mapping):
            return inside
        found.update(inside)
    return found


@functools.cache
def _names(token: str) -> Mapping[str, str]:
    """By path in small letters, the last name of what the SDK has there, so far as it is listed."""
    found: dict[str, str] = {}
    for path in _listed(token):
        steps = path.split(".")
        found.update({".".join(steps[:end]).lower(): steps[end - 1] for end in range(1, len(steps) + 1)})
    return found


@functools.cache
def _roots(token: str) -> Sequence[str]:
    """The inputs in which places may be said; ``location`` is beside the body in azapi 2, and then wins."""
    row = resources.row(token)
    paths = [placement.path for placement in row.placement if placement.path] if row else []
    return sorted({generated.plain(path).partition(".")[0] for path in (*paths, "location")})
