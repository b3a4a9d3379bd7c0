"""The reviewed table of azurerm's types: ``azurerm.toml``, whose head tells its form.

In:  nothing but the file; for reading, ``azurerm_places.toml`` beside it, which has more types and adds to those of it.
Out: rows by azurerm type and by the catalogue's token; each pair of paths parsed.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

_FILE = Path(__file__).with_name("azurerm.toml")
_PLACES = Path(__file__).with_name("azurerm_places.toml")
_COMMON: Mapping[str, str] = {
    "location": "location",
    "resource_group_name": "resourceGroupName",
    "tags": "tags",
    "identity.type": "identity.type",
    "identity.identity_ids": "identity.userAssignedIdentities",
}
_PART = re.compile(r"\{([^}]+)\}")


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The native side of a pair where a plain path does not say all; the keys are in the head of ``azurerm.toml``."""

    path: str
    values: Mapping[str, str] = {}
    pairs: tuple[str, str] | None = None
    words: bool = False


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An azurerm attribute and the native property that says the same.

    Attributes:
        azurerm, native: dotted paths with ``[*]`` and ``[0]``; a template where several make up one text.
        opposite: the flag says the opposite.
        flag: native's words for true and false.
        last: native is the last segment of azurerm's id.
        values: azurerm's words and native's.
        pairs: the names of key and value in native's list of pairs.
        words: a list in azurerm, one text of words with commas in native.
        block: an azurerm block, possibly empty, that stands for a native flag.
    """

    azurerm: str
    native: str
    opposite: bool = False
    flag: tuple[str, str] | None = None
    last: bool = False
    values: Mapping[str, str] = {}
    pairs: tuple[str, str] | None = None
    words: bool = False
    block: bool = False

    @property
    def azurerm_paths(self) -> tuple[str, ...]:
        """The paths that the azurerm side reads or sets."""
        return paths(self.azurerm)

    @property
    def native_paths(self) -> tuple[str, ...]:
        """The paths that the native side reads or sets."""
        return paths(self.native)


class _Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    native: str
    owner: str
    each: str = ""
    attributes: Mapping[str, str | Said]


class _Apart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    azurerm: str
    own: str
    attributes: Mapping[str, str | Said] = {}
    none: Mapping[str, str] = {}


class _Type(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    azurerm: str
    native: str
    name: str = ""
    like: str = ""
    without: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    fixed: Mapping[str, str | bool] = {}
    within: tuple[str, str] | None = None
    attributes: Mapping[str, str | Said] = {}
    beside: tuple[_Beside, ...] = ()
    apart: tuple[_Apart, ...] = ()
    none: Mapping[str, str] = {}
    reported: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: tuple[_Type, ...]
    dataless: Mapping[str, str] = {}
    nothing: Mapping[str, str] = {}


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A native resource that azurerm has as a block of another.

    Attributes:
        native: its token.
        owner: its property with the name of the resource whose block it is.
        each: the azurerm list of which it is one element; "" where it is the only one.
        pairs: as of a type.
    """

    native: str
    owner: str
    each: str
    pairs: tuple[Pair, ...]


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """An azurerm resource that native has as properties of another; ``own`` is its attribute with that one's id."""

    azurerm: str
    own: str
    pairs: tuple[Pair, ...]
    none: Mapping[str, str] = {}


class TypePair(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of types.

    Attributes:
        azurerm, native: type and token.
        when: conditions on native's properties, all of which hold for this azurerm type.
        fixed: native's properties that this azurerm type says by being what it is.
        pairs: what is the same on both sides, ``name`` among them.
        beside, apart: what is of another cut on the other side.
        none: azurerm attributes that place nothing, and why; a block's reason is that of all in it.
        reported: blocks that the provider fills in where the configuration has none.
        within: azurerm's attribute with the name or id of the resource whose place is its own, and that one's token.
    """

    azurerm: str
    native: str
    when: tuple[str, ...]
    fixed: Mapping[str, str | bool]
    pairs: tuple[Pair, ...]
    beside: tuple[Beside, ...]
    apart: tuple[Apart, ...]
    none: Mapping[str, str] = {}
    within: tuple[str, str] | None = None
    reported: tuple[str, ...] = ()


@functools.cache
def rows() -> tuple[TypePair, ...]:
    """Every row, in the file's order."""
    file = _file(_FILE)
    found: dict[str, _Type] = {each.azurerm: each for each in file.type}
    return tuple(_row(each, found) for each in file.type)


@functools.cache
def _file(path: Path) -> _File:
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)


def _added(first: _Type, more: _Type) -> _Type:
    """A type with what the second file adds to it."""
    return msgspec.structs.replace(
        first,
        native=more.native,
        within=more.within or first.within,
        reported=more.reported,
        attributes={**first.attributes, **more.attributes},
        beside=(*first.beside, *more.beside),
        apart=(*first.apart, *more.apart),
        none={**first.none, **more.none},
    )


@functools.cache
def find(name: str) -> TypePair | None:
    """The row of an azurerm type; None where the table does not have it."""
    return next((each for each in rows() if each.azurerm == name), None)


@functools.cache
def of_token(token: str) -> tuple[TypePair, ...]:
    """The rows of a native token, in the order in which their conditions are to be tried."""
    return tuple(each for each in rows() if each.native == token)


@functools.cache
def block_of(token: str) -> tuple[tuple[TypePair, Beside], ...]:
    """The rows of which a native token is a block."""
    return tuple((each, beside) for each in rows() for beside in each.beside if beside.native == token)


@functools.cache
def readable() -> Mapping[str, TypePair]:
    """The rows with which plans are read, by azurerm type: those of both files, an addition of the second put in."""
    found: dict[str, _Type] = {each.azurerm: each for each in _file(_FILE).type}
    places = _file(_PLACES)
    for each in places.type:
        found[each.azurerm] = _added(found[each.azurerm], each) if each.azurerm in found else each
    for azurerm, native in places.dataless.items():
        found[azurerm] = _Type(azurerm=azurerm, native=native)
    return {azurerm: _row(each, found) for azurerm, each in found.items()}


@functools.cache
def apart(name: str) -> tuple[TypePair, Apart] | None:
    """The row of which an azurerm type is a part, for reading; None where it is a resource of its own."""
    return next(((row, each) for row in readable().values() for each in row.apart if each.azurerm == name), None)


@functools.cache
def nothing() -> Mapping[str, str]:
    """The azurerm types that stand for no resource, and why that is no loss."""
    return _file(_PLACES).nothing


def is_dataless(row: TypePair) -> bool:
    """Whether nothing of a type is read, since its native one holds no user data and passes none on."""
    return row.azurerm in _file(_PLACES).dataless


def paths(side: str) -> tuple[str, ...]:
    """The paths of one side: one, or those of a template."""
    return tuple(_PART.findall(side)) or (side,)


def _row(each: _Type, others: Mapping[str, _Type]) -> TypePair:
    attributes, beside, none = _all(each, others)
    name = {"name": each.name} if each.name else {}
    given = {**_COMMON, **name, **attributes}
    return TypePair(
        azurerm=each.azurerm,
        native=each.native,
        when=each.when,
        fixed=each.fixed,
        pairs=tuple(_pairs(given)),
        beside=tuple(
            Beside(native=one.native, owner=one.owner, each=one.each, pairs=tuple(_pairs(one.attributes)))
            for one in beside
        ),
        apart=tuple(
            Apart(azurerm=one.azurerm, own=one.own, pairs=tuple(_pairs(one.attributes)), none=one.none)
            for one in each.apart
        ),
        none=none,
        within=each.within,
        reported=each.reported,
    )


def _all(
    each: _Type, others: Mapping[str, _Type]
) -> tuple[Mapping[str, str | Said], Sequence[_Beside], Mapping[str, str]]:
    """Its attributes and blocks, and the reasons against others, with those that it takes over."""
    if not each.like:
        return each.attributes, each.beside, each.none
    attributes, beside, none = _all(others[each.like], others)
    kept = {path: said for path, said in attributes.items() if path not in each.without}
    return {**kept, **each.attributes}, (*beside, *each.beside), {**none, **each.none}


def _pairs(attributes: Mapping[str, str | Said]) -> Iterator[Pair]:
    for path, said in attributes.items():
        azurerm, block = path.removesuffix("{}"), path.endswith("{}")
        if isinstance(said, Said):
            yield Pair(
                azurerm=azurerm, native=said.path, values=said.values, pairs=said.pairs, words=said.words, block=block
            )
            continue
        native, asks, words = said.partition(" ? ")
        native, _, last = native.partition(" / ")
        yes, _, no = words.partition(" : ")
        yield Pair(
            azurerm=azurerm,
            native=native.removeprefix("!"),
            opposite=native.startswith("!"),
            flag=(yes, no) if asks else None,
            last=bool(last),
            block=block,
        )
