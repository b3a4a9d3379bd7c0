"""One resource of a plan as the catalogue's type and inputs.

In:  a resource's values with what is unknown and sensitive in them, and which resources an expression comes from.
Out: inputs and outputs in the catalogue's names. A type that the table of names does not have is of an unknown place.
"""

from __future__ import annotations

import functools

import msgspec

from residency.catalogue import generated, resources
from residency.catalogue.rows import Data
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf
from residency.ingest.terraform.blocks import unordered
from residency.ingest.terraform.converted import Converted
from residency.ingest.terraform.document import Node
from residency.ingest.terraform.names.table import Attributes, TypeNames, camel, find
from residency.ingest.terraform.values import Origin, Values, at, at_of, count, has_blocks, keys, mapped, unknown_of
from residency.model import Secret, Unknown, Value

_PACKAGES = {
    "google": "gcp",
    "google-beta": "gcp",
    "azurerm": "azure-native",
    "azapi": "azure-native",
    "terraform": "null",
}
_PLACES = {"aws": ("region",), "gcp": ("location", "region"), "azure-native": ("location",)}
_UNMAPPED = "{}:terraform/unmapped:{}"
_TABLES = frozenset({"tags", "tags_all", "labels"})
_PLAIN = Attributes("")
_OWN = frozenset({"timeouts", "terraform_labels", "effective_labels"})


def package(provider: str) -> str:
    """The catalogue's package for a provider's address: ``registry.terraform.io/hashicorp/aws``."""
    name = provider.rpartition("/")[2]
    return _PACKAGES.get(name, name)


def converted(
    type_: str, provider: str, values: Values, configured: frozenset[str] | None, origin: Origin
) -> tuple[Converted, ...]:
    """Give a resource the catalogue's names.

    Args:
        type_: Terraform's type.
        provider: the address of its provider.
        values: what it has.
        configured: the attributes that its configuration sets; None where no configuration is at hand.
        origin: where an unknown value comes from.

    Returns:
        What it comes to, the main resource first; empty where it is a reviewed type that stands for none.
    """
    of = package(provider)
    if of == "azure-native":
        # Imported here: other clouds must not pay for the tables of this one.
        from residency.ingest.terraform import azapi, azure  # noqa: PLC0415

        made = azapi.parts(type_, values, configured, origin)
        made = azure.parts(type_, values, configured, origin) if made is None else made
        return (_unmapped(type_, of, values, origin),) if made is None else made
    names = find(type_)
    if names is None:
        return (_unmapped(type_, of, values, origin),)
    conversion = _Conversion(names, origin)
    inputs: dict[str, Value] = {}
    outputs: dict[str, Value] = {}
    known, open_ = mapped(values.known), mapped(values.unknown)
    secret, sensitive = values.sensitive is True, mapped(values.sensitive)
    asked_for: frozenset[str] = frozenset() if configured is None else configured
    for key, value in {**dict.fromkeys(open_), **known}.items():
        given = key in asked_for
        if (value is None and not open_.get(key)) or key in _OWN or not (given or open_.get(key) or _is_set(value)):
            continue
        if not given and isinstance(value, (str, int, float)) and not (secret or sensitive.get(key)):
            outputs[_top_name(type_, key)] = value
            continue
        if not given and value is None and open_.get(key) is True and not conversion.is_read_into(key):
            continue  # what the provider will say one day names nothing yet
        inside = at(values, key)
        asked = given or (configured is not None and (has_blocks(inside) or conversion.may_be_dynamic(key, inside)))
        if not asked and inside.known is None:
            continue  # what the provider will say one day names nothing yet
        name, made_of = conversion.attribute(key, inside, asked=asked)
        if name and made_of is not None:
            (inputs if asked else outputs)[name] = made_of
    outputs.pop("", None)
    return (Converted(token=names.token, inputs=inputs, outputs=outputs, left=tuple(sorted(conversion.left))),)


def in_brief(type_: str, values: Values, own_types: frozenset[str] | None) -> Converted | None:
    """A resource from which no data can go anywhere, by what it is and is called alone; None for every other.

    Args:
        type_: Terraform's type.
        values: what it has.
        own_types: the types that rows of the project judge; None where that is not known.
    """
    names = find(type_)
    if names is None or own_types is None or not _leads_nowhere(names.token, own_types):
        return None
    secret, sensitive = values.sensitive is True, mapped(values.sensitive)
    outputs: dict[str, Value] = {
        _top_name(type_, key): value
        for key, value in mapped(values.known).items()
        if isinstance(value, (str, int, float)) and not (secret or sensitive.get(key))
    }
    outputs.pop("", None)
    return Converted(token=names.token, inputs={}, outputs=outputs)


def _is_set(value: Node) -> bool:
    return value is not None and value not in ([], {})


@functools.lru_cache(maxsize=65_536)
def _top_name(type_: str, key: str) -> str:
    """The catalogue's name of an attribute of a resource itself; "" where its type has none."""
    names = find(type_)
    named = names.attributes.get(key) if names else None
    return camel(key) if named is None else named.name


def _unmapped(type_: str, of: str, values: Values, origin: Origin) -> Converted:
    """A type that no pair of the table has; of a provider without a catalogue, a type of its own package."""
    plain = _Conversion(TypeNames("", {}), origin)
    inputs = {
        name: made for key in keys(values) for name, made in [plain.attribute(key, at(values, key), asked=True)] if name
    }
    places = _PLACES.get(of)
    if places is None:
        word = camel(type_.partition("_")[2] or type_)
        return Converted(token=f"{of}:index/{word}:{word[:1].upper()}{word[1:]}", inputs=inputs, outputs={})
    reason = f"the type `{type_}` is not mapped to the catalogue, so nothing says where its data is"
    nowhere = Unknown(reason, "declare what it holds in residency.toml ([[holds]])")
    token = _UNMAPPED.format(of, type_.replace("_", "-"))
    return Converted(token=token, inputs={**inputs, **dict.fromkeys(places, nowhere)}, outputs={})


class _Here(msgspec.Struct, frozen=True):
    """Where in a resource a value is: in Terraform's names, in the catalogue's, and by its indexes.

    ``asked``: it is in the configuration, and under names of attributes, so that it is to be answered for.
    """

    theirs: str
    ours: str
    path: tuple[str | int, ...]
    asked: bool


class _Conversion:
    """Converts the values of one resource, and remembers what it could not place."""

    def __init__(self, names: TypeNames, origin: Origin) -> None:
        self._names, self._origin = names.attributes, origin
        self._token = names.token
        self._above, self._silent = _above(names.token), _is_silent(names.token)
        self.left: set[str] = set()

    def may_be_dynamic(self, key: str, inside: Values) -> bool:
        """Whether dynamic blocks, whose number is not known yet, may name a place; a plan has no expression of them."""
        if inside.unknown is not True or not self.is_read_into(key):
            return False
        named = self._names.get(key) or _plain(key)
        sources = self._origin((key,))
        return sources.written if named.filled else not sources.no_block

    def is_read_into(self, key: str) -> bool:
        """Whether a catalogue row reads something in a block of the resource itself."""
        return bool(self._above) and (self._names.get(key) or _plain(key)).name in self._above

    def attribute(self, key: str, inside: Values, *, asked: bool) -> tuple[str, Value]:
        """Name and value of an attribute of the resource itself; "" where the catalogue's type has none."""
        return self._attribute(_Here("", "", (), asked), key, inside)

    def _attribute(self, above: _Here, key: str, inside: Values) -> tuple[str, Value]:
        theirs = f"{above.theirs}.{key}" if above.theirs else key
        named = self._names.get(theirs) or _plain(key)
        name = named.name or camel(key)
        asked = above.asked and not named.table
        here = _Here(theirs, f"{above.ours}.{name}" if above.ours else name, (*above.path, key), asked)
        if named.name:
            return name, self._value(here, inside, named)
        if above.asked:
            self._check_all(here, inside)
        return "", None

    def _value(self, here: _Here, values: Values, named: Attributes = _PLAIN) -> Value:
        if values.sensitive is True:
            return Secret(tuple(sorted(self._origin(here.path).ids)))
        if values.unknown is True:
            return self._unknown(here)
        known = values.known
        if isinstance(known, list) or (known is None and isinstance(values.unknown, list)):
            return self._list(here, values, named)
        if isinstance(known, dict):
            return self._mapping(here, values)
        if known is not None and here.asked and here.theirs not in self._names:
            self._check(here.theirs, here.ours, known)
        return known

    def _list(self, here: _Here, values: Values, named: Attributes) -> Value:
        length = count(values) or 0
        told = named.ordered or length < 2 or not has_blocks(values)  # noqa: PLR2004 - one has no order
        items: list[Value] = []
        for number in range(length):
            place = number if told else unordered(number)
            inner = _Here(here.theirs, here.ours, (*here.path, place), here.asked)
            items.append(self._value(inner, at(values, number)))
        if not named.flat:
            return items
        if len(items) > 1:
            self.left.add(here.theirs)
        return items[0] if items else None

    def _mapping(self, here: _Here, values: Values) -> Value:
        named = self._names.get(here.theirs)
        if here.theirs in _TABLES or (named is not None and named.table):
            below = msgspec.structs.replace(here, asked=False)
            return {key: self._value(below, at(values, key)) for key in keys(values)}
        known, open_, sensitive = mapped(values.known), mapped(values.unknown), mapped(values.sensitive)
        found: dict[str, Value] = {}
        for key in {**dict.fromkeys(open_), **known}:
            value = known.get(key)
            if isinstance(value, (str, int, float)) and not open_.get(key) and not sensitive.get(key):
                name, made = self._plain_value(here, key, value)
            elif open_.get(key) or _is_set(value):
                name, made = self._attribute(here, key, at(values, key))
            else:
                continue
            if name and made is not None:
                found[name] = made
        return found

    def _plain_value(self, here: _Here, key: str, value: str | float) -> tuple[str, Value]:
        """The same as ``_attribute`` of a value that is known, shown and no block: most are, so this one is short."""
        theirs = f"{here.theirs}.{key}"
        named = self._names.get(theirs)
        if named is not None:
            if not named.name and here.asked and value != "":
                self._check(theirs, f"{here.ours}.{camel(key)}", value)
            return named.name, value
        name = camel(key)
        if here.asked:
            self._check(theirs, f"{here.ours}.{name}", value)
        return name, value

    def _unknown(self, here: _Here) -> Value:
        sources = self._origin(here.path)
        if sources.no_block or (sources.no_attribute and here.ours not in self._above):
            return None  # what the provider will say one day names nothing yet
        if here.asked and here.theirs not in self._names and sources.ids:
            self._check(here.theirs, here.ours, None)
        return unknown_of(sources)

    def _check_all(self, here: _Here, values: Values) -> None:
        """Check every value of a block that the catalogue's type does not have; an empty one names no place."""
        if values.unknown is True:
            if self._origin(here.path).ids:
                self._check(here.theirs, here.ours, None)
            return
        length = count(values)
        for number in range(length or 0):
            inner = msgspec.structs.replace(here, path=(*here.path, at_of(values, number)))
            self._check_all(inner, at(values, number))
        for key in keys(values) if length is None else ():
            ours, theirs, path = f"{here.ours}.{camel(key)}", f"{here.theirs}.{key}", (*here.path, key)
            self._check_all(_Here(theirs, ours, path, here.asked), at(values, key))
        if not isinstance(values.known, (list, dict)) and values.known not in (None, ""):
            self._check(here.theirs, here.ours, values.known)

    def _check(self, theirs: str, ours: str, known: Node) -> None:
        """Remember a value that may name a place, where the catalogue's type has no input of that name."""
        form = "flag" if isinstance(known, bool) else "number" if isinstance(known, (int, float)) else "text"
        if not self._silent and not _is_answered(self._token, ours, form):
            self.left.add(theirs)


@functools.cache
def _plain(key: str) -> Attributes:
    """An attribute of which the table need not say anything."""
    return Attributes(camel(key))


@functools.cache
def _is_silent(token: str) -> bool:
    """Whether nothing of a type can lead data anywhere."""
    row = resources.row(token) if token else None
    return not token or (row is not None and row.data is Data.NONE and not row.placement)


@functools.lru_cache(maxsize=4_096)
def _leads_nowhere(token: str, own_types: frozenset[str]) -> bool:
    """Whether neither the catalogue's nor the project's rows say that a type leads data anywhere."""
    return _is_silent(token) and resources.canonical(token) not in own_types


@functools.cache
def _above(token: str) -> frozenset[str]:
    """The paths of blocks that a catalogue row reads into, without the marks of lists."""
    row = resources.row(token) if token else None
    used = [
        path
        for each in (row.placement if row else ())
        for path in (each.path, each.inherit, *(one.path for one in each.when))
    ]
    plain = [generated.plain(path).split(".") for path in used]
    return frozenset(".".join(parts[:end]) for parts in plain for end in range(1, len(parts)))


@functools.lru_cache(maxsize=65_536)
def _is_answered(token: str, path: str, form: str) -> bool:
    """Whether a path cannot carry a place, or is among the inputs of the SDK, each of which the catalogue answers."""
    if words.why(Leaf(path, frozenset({form}), "", ())) is None:
        return True
    return path in generated.paths_of(token.partition(":")[0], resources.canonical(token))
