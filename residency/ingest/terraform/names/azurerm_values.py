"""A resource's properties between azurerm's form and azure-native's, by the pairs of ``azurerm.toml``.

In:  properties of one side, with Unknown and Secret where a value is not known or not to be shown.
Out: properties of the other side. What is in no pair is not carried over. azurerm's blocks are lists of one, as
     Terraform's plans have them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from residency.ingest.terraform.names.azurerm import Pair, TypePair, of_token
from residency.ingest.values import dependencies, is_list
from residency.model import Properties, Secret, Unknown, Value

_PART = re.compile(r"\{[^}]+\}")
_STEP = re.compile(r"([^\[]+)(\[[*0]\])?")


class _Step(msgspec.Struct, frozen=True):
    """One part of a path: a name, and ``*`` or ``0`` where a list follows."""

    name: str
    mark: str = ""


class _Items(dict[int, "Value | _Items | _Table"]):
    """A list that is being made, by index."""


class _Table(dict[str, "Value | _Items | _Table"]):
    """A block that is being made."""


_EMPTY: Mapping[str, Value] = {}
"""A block that is there with nothing in it."""


def attributes(pairs: Sequence[Pair], inputs: Properties) -> Properties:
    """The azurerm attributes of a resource with azure-native's inputs."""
    made = _Table()
    for pair in pairs:
        for at, value in _native_values(pair, inputs):
            for path, each in _to_azurerm(pair, value):
                _put(made, _steps(path), at, each, blocks=True)
    return _finished(made)


def inputs(row: TypePair, pairs: Sequence[Pair], given: Properties) -> Properties:
    """The azure-native inputs of a resource with azurerm's attributes; ``fixed`` ones of its row among them."""
    made = _Table()
    for path, value in row.fixed.items():
        _put(made, _steps(path), (), value, blocks=False)
    for pair in pairs:
        for at, value in _azurerm_values(pair, given):
            for path, each in _to_native(pair, value):
                _put(made, _steps(path), at, each, blocks=False)
    return _finished(made)


def row_of(token: str, given: Properties) -> tuple[TypePair | None, str]:
    """The row whose conditions a native resource meets; None with the reason, where that cannot be told."""
    unsure = ""
    for row in of_token(token):
        met = [_holds(condition, given) for condition in row.when]
        if all(met):
            return row, ""
        if None in met and False not in met:
            unsure = unsure or f"it is not known whether it is an `{row.azurerm}`"
            break
    return None, unsure or "its properties do not say which of azurerm's types it is"


def _holds(condition: str, given: Properties) -> bool | None:
    found = [_one(each, given) for each in condition.split(" or ")]
    return True if True in found else None if None in found else False


def _one(condition: str, given: Properties) -> bool | None:
    negated = condition.startswith("not ")
    path, verb, wanted = condition.removeprefix("not ").split(" ", 2)
    value = next((each for _, each in _found(given, _steps(path))), None)
    if isinstance(value, (Unknown, Secret)):
        return True if verb == "is" and wanted == "set" else None
    text = str(value).lower()
    words = [word.strip() for word in text.split(",")]
    if verb == "has":
        holds = wanted.lower() in words
    else:
        holds = value is not None if wanted == "set" else text == wanted.lower()
    return holds is not negated


def _native_values(pair: Pair, given: Properties) -> Iterator[tuple[tuple[int, ...], Value]]:
    """Where in lists, and what, the native side has for a pair; a template's parts as one text."""
    parts = pair.native_paths
    if pair.native == parts[0]:
        yield from _found(given, _steps(pair.native))
        return
    values = [next((each for _, each in _found(given, _steps(part))), None) for part in parts]
    yield from (((), each) for each in _joined(pair.native, values))


def _azurerm_values(pair: Pair, given: Properties) -> Iterator[tuple[tuple[int, ...], Value]]:
    parts = pair.azurerm_paths
    if pair.azurerm == parts[0]:
        yield from _found(given, _steps(pair.azurerm))
        return
    values = [next((each for _, each in _found(given, _steps(part))), None) for part in parts]
    yield from (((), each) for each in _joined(pair.azurerm, values))


def _joined(template: str, values: Sequence[Value]) -> Iterator[Value]:
    """One text of a template's parts; unknown if a part is; nothing if one is missing."""
    hidden = [each for each in values if isinstance(each, (Unknown, Secret))]
    if hidden:
        yield Unknown("a part of it is not known", "", dependencies(hidden))
    elif all(isinstance(each, (str, int)) for each in values):
        texts = iter(str(each) for each in values)
        yield _PART.sub(lambda _: next(texts).rstrip("/"), template)


def _to_azurerm(pair: Pair, value: Value) -> Iterator[tuple[str, Value]]:
    if pair.block:
        if value is not False and value is not None:
            yield pair.azurerm, value if isinstance(value, Unknown) else _EMPTY
        return
    if pair.azurerm != pair.azurerm_paths[0]:
        yield from _split(pair.azurerm, value)
        return
    made = _azurerm_value(pair, value)
    if made is not None:
        yield pair.azurerm, made


def _azurerm_value(pair: Pair, value: Value) -> Value:
    if isinstance(value, (Unknown, Secret)):
        return value
    if pair.opposite:
        return (not value) if isinstance(value, bool) else value
    if pair.flag:
        return {word.lower(): flag for word, flag in zip(pair.flag, (True, False), strict=True)}.get(
            str(value).lower(), value
        )
    if pair.pairs:
        return _as_map(value, *pair.pairs)
    if pair.words and isinstance(value, str):
        return [word.strip() for word in value.split(",")]
    turned = {native: hcl for hcl, native in pair.values.items()}
    return turned.get(value, value) if isinstance(value, str) else value


def _to_native(pair: Pair, value: Value) -> Iterator[tuple[str, Value]]:
    if pair.native != pair.native_paths[0]:
        yield from _split(pair.native, value)
        return
    made = True if pair.block and isinstance(value, Mapping) else _native_value(pair, value)
    if made is not None:
        yield pair.native, made


def _native_value(pair: Pair, value: Value) -> Value:
    if isinstance(value, (Unknown, Secret)):
        return value
    if isinstance(value, bool):
        return (not value) if pair.opposite else pair.flag[0 if value else 1] if pair.flag else value
    if pair.pairs and isinstance(value, Mapping):
        key, content = pair.pairs
        return [{key: name, content: each} for name, each in value.items()]
    if pair.words and is_list(value):
        return ", ".join(str(word) for word in value)
    if pair.last and isinstance(value, str):
        return value.rpartition("/")[2]
    return pair.values.get(value, value) if isinstance(value, str) else value


def _as_map(value: Value, key: str, content: str) -> Value:
    if not is_list(value):
        return value
    found = [each for each in value if isinstance(each, Mapping) and each.get(content) is not None]
    return {str(each[key]): each[content] for each in found if isinstance(each.get(key), str)} or None


def _split(template: str, value: Value) -> Iterator[tuple[str, Value]]:
    """A text taken apart by a template; each part unknown where the text is, and nothing where it does not fit."""
    parts = [each[1:-1] for each in _PART.findall(template)]
    if not isinstance(value, str):
        yield from ((part, value) for part in parts if isinstance(value, (Unknown, Secret)))
        return
    matched = _pattern(template).fullmatch(value)
    if matched:
        yield from zip(parts, matched.groups(), strict=True)


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(each) for each in _PART.split(template)))


@functools.cache
def _steps(path: str) -> tuple[_Step, ...]:
    found = (_STEP.fullmatch(each) for each in path.split("."))
    return tuple(_Step(each.group(1), (each.group(2) or "")[1:-1]) for each in found if each)


def _found(value: Value, steps: tuple[_Step, ...], at: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Value]]:
    """Every value at a path with its indexes; what is not known on the way stands for all behind it."""
    if isinstance(value, (Unknown, Secret)) or not steps:
        if value is not None:
            yield at, value
        return
    step, rest = steps[0], steps[1:]
    if is_list(value):  # azurerm's block, or a list of which only the first is meant
        value = value[0] if value else None
    inner = value.get(step.name) if isinstance(value, Mapping) else None
    if step.mark == "*" and is_list(inner):
        for number, item in enumerate(inner):
            yield from _found(item, rest, (*at, number))
    elif step.mark == "0" and is_list(inner):
        yield from _found(inner[0] if inner else None, rest, at)
    else:
        yield from _found(inner, rest, at)


def _put(made: _Table, steps: tuple[_Step, ...], at: tuple[int, ...], value: Value, *, blocks: bool) -> None:
    """Set a value at a path; one that is not known stands for the whole list that its index is missing of."""
    table, left = made, list(at)
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        if step.mark == "*" and not left:
            table.setdefault(step.name, value)
            return
        index = left.pop(0) if step.mark == "*" else 0 if step.mark or (blocks and not last) else None
        if last and index is None:
            _set(table, step.name, value, blocks=blocks)
            return
        following = _inside(table, step.name, index, value if last else None)
        if following is None:
            return
        table = following


def _set(table: _Table, name: str, value: Value, *, blocks: bool) -> None:
    """Set the value itself; an empty block leaves what is there, and never takes its place."""
    if blocks and value is _EMPTY:
        items = table.setdefault(name, _Items())
        if isinstance(items, _Items):
            items.setdefault(0, _Table())
        return
    table[name] = value


def _inside(table: _Table, name: str, index: int | None, value: Value) -> _Table | None:
    """The block at a name, made where it is not there yet; None once there is nothing further in."""
    if index is None:
        found = table.setdefault(name, _Table())
        return found if isinstance(found, _Table) else None
    items = table.setdefault(name, _Items())
    if not isinstance(items, _Items):
        return None
    if value is not None:
        items[index] = value
        return None
    found = items.setdefault(index, _Table())
    return found if isinstance(found, _Table) else None


def _finished(made: _Table) -> Properties:
    return {name: _plain(each) for name, each in made.items()}


def _plain(value: Value | _Items | _Table) -> Value:
    if isinstance(value, _Items):
        return [_plain(value[index]) for index in sorted(value)]
    return _finished(value) if isinstance(value, _Table) else value
