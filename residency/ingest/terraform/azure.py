"""A resource of azurerm as the catalogue's types and inputs.

In:  the values of a resource, and the reviewed tables ``names/azurerm.toml`` and ``azurerm_places.toml``.
Out: the catalogue's resource; with it those that azurerm writes as blocks of it; or what it adds to another resource.
     An attribute of the configuration that no pair answers for, and whose name may carry a place, is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residency.catalogue import resources
from residency.catalogue.rows import Data
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf
from residency.ingest.terraform import native
from residency.ingest.terraform.converted import Converted, Within
from residency.ingest.terraform.names import azurerm
from residency.ingest.terraform.names.azurerm import Apart, Beside, Pair, TypePair
from residency.ingest.terraform.names.table import camel
from residency.ingest.terraform.values import Found, Origin, Path, Values, at, count, keys, mapped, value, walk
from residency.model import Unknown, Value

_OWN = frozenset({"id", "name", "timeouts"})
_NOT_NAMED = Unknown("nothing in the plan says of which resource it is a part")


def parts(
    type_: str, values: Values, configured: frozenset[str] | None, origin: Origin
) -> tuple[Converted, ...] | None:
    """What a resource comes to, the main one first; empty where it is no resource; None where no row has its type.

    Args:
        type_: azurerm's type.
        values: what it has.
        configured: the attributes that its configuration sets; None where no configuration is at hand.
        origin: where an unknown value comes from.
    """
    if type_ in azurerm.nothing():
        return ()
    reading = _Reading(values, configured, origin)
    added = azurerm.apart(type_)
    if added is not None:
        return (reading.part(*added),)
    row = azurerm.readable().get(type_)
    return None if row is None else tuple(reading.all(row))


class _Made:
    """Inputs and outputs of one resource under construction."""

    def __init__(self) -> None:
        self.inputs, self.outputs = native.Inputs(), native.Inputs()


class _Reading:
    """Reads one resource by its pairs, and remembers which lists it read only in part."""

    def __init__(self, values: Values, configured: frozenset[str] | None, origin: Origin) -> None:
        self._values, self._configured, self._origin = values, configured, origin
        self._more: set[str] = set()
        self._reported: tuple[str, ...] = ()

    def all(self, row: TypePair) -> Iterator[Converted]:
        """The resource of a row, and those beside it."""
        self._reported = row.reported
        made = _Made()
        for path, fixed in row.fixed.items():
            made.inputs.put(path, (), fixed)
        self._read(row.pairs, made, ())
        beside = [each for one in row.beside for each in self._beside(one)]
        answered = [path for pair in row.pairs for path in pair.azurerm_paths]
        answered += [path for one in row.beside for pair in one.pairs for path in pair.azurerm_paths]
        left = () if _is_silent(row.native) else self._left((*answered, *row.none))
        outputs = {**made.outputs.tree, **self._identity()}
        within = self._within(*row.within) if row.within else None
        yield Converted(token=row.native, inputs=made.inputs.tree, outputs=outputs, left=left, within=within)
        group = made.inputs.tree.get("resourceGroupName")
        shared: dict[str, Value] = {} if group is None else {"resourceGroupName": group}
        for each in beside:
            yield Converted(
                token=each.token,
                inputs={**shared, **each.inputs},
                outputs=each.outputs,
                suffix=each.suffix,
                owner=each.owner,
            )

    def part(self, row: TypePair, own: Apart) -> Converted:
        """What the resource adds to the one that it names."""
        made = _Made()
        self._read(own.pairs, made, ())
        owner = next((self._value(each) for each in walk(self._values, own.own.split("."))), None)
        answered = [own.own, *(path for pair in own.pairs for path in pair.azurerm_paths), *own.none]
        inputs = native.merged(native.known(made.outputs.tree), made.inputs.tree)
        left = () if _is_silent(row.native) else self._left(answered)
        return Converted(token=row.native, inputs=inputs, outputs={}, left=left, part_of=owner or _NOT_NAMED)

    def _within(self, attribute: str, token: str) -> Within:
        found = next(walk(self._values, attribute.split(".")))
        named = self._value(found)
        return Within(named, self._origin(found.path).ids, token)

    def _identity(self) -> dict[str, Value]:
        known = mapped(self._values.known)
        return {name: text for name in ("id", "name") if isinstance(text := known.get(name), str)}

    def _value(self, found: Found) -> Value:
        return value(found.values, found.path, self._origin)

    def _read(self, pairs: Iterable[Pair], made: _Made, chosen: tuple[int, ...]) -> None:
        """Put what pairs say into inputs and outputs; ``chosen`` is the element of a list that alone is meant."""
        for pair in pairs:
            if pair.azurerm_paths != (pair.azurerm,):
                self._fill(pair, made)
                continue
            for found in walk(self._values, pair.azurerm.split(".")):
                if found.indexes[: len(chosen)] == chosen[: len(found.indexes)]:
                    self._put(pair, found, made, found.indexes[len(chosen) :])

    def _put(self, pair: Pair, found: Found, made: _Made, indexes: tuple[int, ...]) -> None:
        said = self._flag(found) if pair.block else native.said(pair, self._value(found))
        if said is None:
            return
        if found.more:
            self._more.add(found.more)
        target = made.inputs if self._is_asked(found) else made.outputs
        texts = (said,) if pair.native_paths == (pair.native,) else native.split(pair.native, said)
        for path, text in zip(pair.native_paths, texts, strict=True):
            if text is not None:
                target.put(path, indexes, text)

    def _flag(self, found: Found) -> Value:
        """Whether a block is there."""
        if found.values.is_open:
            return self._value(found)
        return True if count(found.values) or mapped(found.values.known) else None

    def _fill(self, pair: Pair, made: _Made) -> None:
        """A native text that several attributes make up."""
        found = [next(walk(self._values, path.split(".")), None) for path in pair.azurerm_paths]
        text = native.filled(pair.azurerm, [None if each is None else self._value(each) for each in found])
        if text is not None:
            asked = any(each is not None and self._is_asked(each) for each in found)
            (made.inputs if asked else made.outputs).put(pair.native, (), text)

    def _is_asked(self, found: Found) -> bool:
        """Whether the configuration asks for it, so far as it shows that.

        What a dynamic block makes is not among the expressions: neither a known block, nor one of unknown number.
        """
        if self._configured is None:
            return found.values.unknown is True
        if found.values.unknown is True and not found.cut and not self._origin(found.path).written:
            return False
        if not found.path:
            return True
        first = str(found.path[0])
        is_open_block = found.cut and len(found.path) == 1 and first not in self._reported
        return is_open_block or self._is_configured(first)

    def _is_configured(self, key: str) -> bool:
        known = mapped(self._values.known).get(key)
        is_block = isinstance(known, list) and bool(known) and isinstance(known[0], dict)
        return self._configured is not None and (key in self._configured or is_block)

    def _beside(self, one: Beside) -> Iterator[Converted]:
        """The native resources that are blocks of this one in azurerm."""
        block = at(self._values, one.each)
        if not one.each or block.is_open:
            found = [((), one.each or one.pairs[0].azurerm.partition(".")[0])]
        else:
            found = [((number,), f"{one.each}[{number}]") for number in range(count(block) or 0)]
        for chosen, name in found:
            made = _Made()
            self._read(one.pairs, made, chosen)
            if made.inputs.tree or chosen or any(not isinstance(each, Unknown) for each in made.outputs.tree.values()):
                yield Converted(
                    token=one.native,
                    inputs=made.inputs.tree,
                    outputs=made.outputs.tree,
                    suffix=f".{name}",
                    owner=one.owner,
                )

    def _left(self, answered: Iterable[str]) -> tuple[str, ...]:
        """The paths of what the configuration sets that nothing answers for and that may carry a place."""
        plain = frozenset(path.replace("[*]", "") for path in answered)
        found = (
            path
            for key in keys(self._values)
            if key not in _OWN and self._is_configured(key)
            for path in self._unanswered(at(self._values, key), (key,), plain)
        )
        return tuple(sorted({*found, *self._more}))

    def _unanswered(self, values: Values, path: Path, answered: frozenset[str]) -> Iterator[str]:
        name = ".".join(step for step in path if isinstance(step, str))
        if name in answered or "*" in answered or values.known in ("", [], {}):
            return
        length = None if values.is_open else count(values)
        if length is not None:
            for number in range(length):
                yield from self._unanswered(at(values, number), (*path, number), answered)
        elif not values.is_open and (inner := keys(values)):
            for key in inner:
                yield from self._unanswered(at(values, key), (*path, key), answered)
        elif self._is_set(values, path, name, answered) and _may_place(name, values.known):
            yield name

    def _is_set(self, values: Values, path: Path, name: str, answered: frozenset[str]) -> bool:
        if not self._origin(path).written:
            return False
        within = any(each.startswith(f"{name}.") for each in answered)
        return values.known is not None or values.sensitive is True or (values.unknown is True and not within)


def _may_place(name: str, known: object) -> bool:
    form = "flag" if isinstance(known, bool) else "number" if isinstance(known, (int, float)) else "text"
    path = ".".join(map(camel, name.split(".")))
    return words.why(Leaf(path, frozenset({form}), "", ())) is not None


def _is_silent(token: str) -> bool:
    row = resources.row(token)
    return row is not None and row.data is Data.NONE and not row.placement
