"""One resource of a template as the catalogue's types and inputs.

In:  CloudFormation's properties, worked out, and the type's row.
Out: inputs in the catalogue's names, and which properties nothing here answers for although their names may carry a
     place. A type without a row is of an unknown place.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import msgspec

from residency.catalogue import dismissed, generated, resources
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf
from residency.ingest.cloudformation.names import table
from residency.ingest.cloudformation.names.table import BESIDE, NONE, Named, camel
from residency.ingest.cloudformation.types import TypeRow
from residency.ingest.pairing import forms
from residency.ingest.values import is_list
from residency.model import Unknown, Value

UNMAPPED = "aws:cloudformation/unmapped:{}"
_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")
_MARKS = re.compile(r"\[\*\]|\.\*")


class Part(msgspec.Struct, frozen=True):
    """One of the catalogue's resources that a template's resource comes to.

    Attributes:
        suffix: distinguishes it from the main one; "" for that.
        properties: CloudFormation's properties that are not answered for although their names may carry a place.
    """

    suffix: str
    token: str
    inputs: Mapping[str, Value]
    properties: tuple[str, ...] = ()


def unmapped(kind: str, properties: Mapping[str, Value], why: Unknown | None = None) -> Part:
    """A resource whose place is not known: its type is not in the table, or for the reason that is given."""
    reason, settle = _why(kind)
    inputs = {camel(name): value for name, value in properties.items()}
    token = UNMAPPED.format(re.sub(r"[^A-Za-z0-9]+", "-", kind))
    return Part("", token, {**inputs, "region": why or Unknown(reason, settle)})


def _why(kind: str) -> tuple[str, str]:
    declare = "declare what it holds in residency.toml ([[holds]])"
    if kind.startswith(_CUSTOM):
        return f"`{kind}` is a custom resource: what its function makes, and where, is not in the template", declare
    if kind.endswith("::MODULE"):
        return (
            f"`{kind}` is a module: its resources are in the registry, not in the template",
            "check the processed template",
        )
    reason = f"the type `{kind}` is not mapped to the catalogue, so nothing says where its data is"
    return reason, f"deploy it by a type that is, or {declare}"


def parts(row: TypeRow, properties: Mapping[str, Value]) -> Iterator[Part]:
    """What one resource comes to; the main one first."""
    apart = tuple(each.path for each in row.also)
    token = next((token for block, token in row.kinds.items() if properties.get(block) is not None), row.token)
    main = _Conversion(token, row.rename, (*row.none, *apart, *row.settings), _names(row, token))
    inputs = main.mapping(properties, "", "")
    for name, named in row.settings.items():
        main.settings(name, properties.get(name), named, inputs)
    yield Part("", token, inputs, tuple(sorted(main.left)))
    for each in row.also:
        for number, block in enumerate(_blocks(properties, each.path.split("."))):
            conversion = _Conversion(each.token, each.rename, tuple(each.none))
            given = {each.input: block} if each.input else block
            made = conversion.mapping(given, "", "") if isinstance(given, Mapping) else {}
            made |= {ours: properties[name] for name, ours in each.beside.items() if name in properties}
            left = tuple(sorted(f"{each.path}.{name}" for name in conversion.left))
            left = left if isinstance(given, Mapping) else (each.path,)
            yield Part(f".{each.path}[{number}]", each.token, made, left)


def _names(row: TypeRow, token: str) -> Mapping[str, Named]:
    """The generated names of a type, unless it is of another token than the one that they are made for."""
    found = table.find(row.cfn)
    return found.properties if found is not None and found.token == token else {}


def _blocks(value: Value, path: list[str]) -> Iterator[Value]:
    if is_list(value):
        for item in value:
            yield from _blocks(item, path)
    elif isinstance(value, Mapping) and path:
        if value.get(path[0]) is not None:
            yield from _blocks(value[path[0]], path[1:])
    elif isinstance(value, (Mapping, Unknown, str)):
        yield value


@functools.cache
def known_paths(token: str) -> frozenset[str]:
    """Every path that the catalogue's row of a type reads or dismisses, and what it is in, without list marks."""
    row = resources.row(token)
    listed: set[str] = set()
    for placement in row.placement if row else ():
        listed.update((placement.path, placement.inherit, *(each.path for each in placement.when)))
    listed.update(each.path for each in (row.dismissed if row else ()))
    found: set[str] = set()
    for path in listed:
        segments = _MARKS.sub("", path).split(".")
        found.update(".".join(segments[: end + 1]) for end in range(len(segments)))
    return frozenset(found - {""})


@functools.cache
def _whole(token: str) -> frozenset[str]:
    row = resources.row(token)
    return frozenset(_MARKS.sub("", each.path) for each in (row.dismissed if row else ()) if each.whole)


@functools.cache
def _single(token: str) -> frozenset[str]:
    """The blocks in which a row reads a path as if there were only one of them."""
    row = resources.row(token)
    found: set[str] = set()
    for placement in row.placement if row else ():
        segments = placement.path.split(".")
        for end in range(1, len(segments)):
            if not segments[end - 1].endswith("[*]") and segments[end] != "*":
                found.add(_MARKS.sub("", ".".join(segments[:end])))
    return frozenset(found)


@functools.cache
def _listed(token: str) -> frozenset[str]:
    """The SDK's inputs that could carry a place, each of which the catalogue answers, without list marks."""
    found = (each for each in generated.inventory("aws").types if each.token == token)
    return frozenset(path.plain for each in found for path in each.paths)


class _Conversion:
    """Gives properties the catalogue's names, and remembers which it could not place."""

    def __init__(
        self, token: str, rename: Mapping[str, str], none: tuple[str, ...], names: Mapping[str, Named] | None = None
    ) -> None:
        self._token, self._rename, self._none, self._names = token, rename, none, names or {}
        self._known, self._whole, self._single = known_paths(token), _whole(token), _single(token)
        self._spelled = {path.lower(): path.rpartition(".")[2] for path in self._known}
        self.left: set[str] = set()

    def mapping(self, value: Mapping[str, Value], theirs: str, ours: str) -> dict[str, Value]:
        """The properties of one block, named as the catalogue names them."""
        found: dict[str, Value] = {}
        for key, item in value.items():
            path = f"{theirs}.{key}" if theirs else key
            if path in self._none:
                continue
            named = self._named(key, path, ours)
            made = self._marked(item, path, ".".join(filter(None, (ours, named.name.strip(".")))), named)
            if named.name == BESIDE:
                self._beside(found, made, path)
            elif named.mark != NONE:
                _put(found, named.name, made)
        return found

    def _beside(self, found: dict[str, Value], made: Value, path: str) -> None:
        """Put what is in a block, or in each block of a list, beside the block."""
        for each in made if is_list(made) else (made,):
            if not isinstance(each, Mapping):
                self.left.add(path)
                continue
            for name, item in each.items():
                earlier = found.get(name)
                _put(found, name, item)
                if (
                    earlier is not None
                    and not isinstance(earlier, Mapping)
                    and not is_list(earlier)
                    and earlier != item
                ):
                    self.left.add(f"{path}.{name}")

    def settings(self, name: str, value: Value, named: Mapping[str, str], found: dict[str, Value]) -> None:
        """Put the values of a list of keys and values under the inputs that ``named`` gives for the keys."""
        for each in value if is_list(value) else (value,) if value is not None else ():
            key, item = (each.get("Key"), each.get("Value")) if isinstance(each, Mapping) else (None, None)
            if not isinstance(key, str):
                self.left.add(name)
            elif key in named:
                _put(found, named[key], item)
            elif item is not None and _may_place(camel(key.replace(".", "_")), item):
                self.left.add(f"{name}.{key}")

    def _named(self, key: str, path: str, ours: str) -> Named:
        """What a property is called; its mark is ``-`` where the catalogue's type has no such input."""
        listed = self._names.get(path)
        if path in self._rename:
            own = self._rename[path] or BESIDE
            return listed if listed is not None and listed.name == own else Named(own)
        if listed is None:
            return Named(self._name(key, ours))
        return Named(camel(key), NONE) if listed.name == NONE else listed

    def _marked(self, value: Value, theirs: str, ours: str, named: Named) -> Value:
        if named.mark == "*":
            return value
        if named.mark == "k":
            return _table(value)
        if named.mark == "m" and isinstance(value, Mapping):
            return [self._value(value[key], theirs, ours) for key in sorted(value)]
        if named.mark == "j":
            inner = _Conversion("", {}, (), self._names)
            return inner._value(value, theirs, ours)
        made = self._value(value, theirs, ours)
        if named.mark == "1" and is_list(made):
            if len(made) > 1:
                self.left.add(theirs)
            return made[0] if made else None
        return [made] if named.mark == "+" and isinstance(made, Mapping) else made

    def _value(self, value: Value, theirs: str, ours: str) -> Value:
        if isinstance(value, Mapping) and ours not in self._whole:
            return self.mapping(value, theirs, ours)
        if is_list(value):
            if len(value) > 1 and ours in self._single:
                self.left.add(theirs)
            return [self._value(item, theirs, ours) for item in value]
        if value is not None and not self._answered(theirs, ours) and _may_place(ours, value):
            self.left.add(theirs)
        return value

    def _answered(self, theirs: str, ours: str) -> bool:
        named = self._names.get(theirs)
        return (
            "tags" in ours.split(".")
            or (named is not None and named.name != NONE)
            or ours in self._known
            or ours in _listed(self._token)
            or any(ours == path or ours.startswith(f"{path}.") for path in self._whole)
            or dismissed.entry("aws", self._token, ours) is not None
        )

    def _name(self, key: str, ours: str) -> str:
        """A name that the table does not have: as the row writes it in whatever case or number, else in camel case."""
        own = camel(key)
        for form in forms(own.lower()):
            found = self._spelled.get(".".join(filter(None, (ours.lower(), form))))
            if found:
                return found
        return own


def _table(value: Value) -> Value:
    """A list of keys and values as a table; as it is where a key is not known."""
    if not is_list(value):
        return value
    pairs = [(each.get("Key"), each.get("Value")) for each in value if isinstance(each, Mapping)]
    known = {key: item for key, item in pairs if isinstance(key, str)}
    return known if len(known) == len(value) else value


def _put(found: dict[str, Value], name: str, made: Value) -> None:
    """Put a value under a dotted name, beside what is there already."""
    for step in reversed(name.split(".")[1:]):
        made = {step: made}
    first = name.partition(".")[0]
    earlier = found.get(first)
    if isinstance(earlier, Mapping) and isinstance(made, Mapping):
        merged = dict(earlier)
        for key, item in made.items():
            _put(merged, key, item)
        made = merged
    elif is_list(earlier):
        made = [*earlier, *(made if is_list(made) else [made])]
    found[first] = made


def _may_place(path: str, value: Value) -> bool:
    form = "flag" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else "text"
    return words.why(Leaf(path, frozenset({form}), "", ())) is not None
