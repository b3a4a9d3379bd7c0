"""The catalogue's inputs of an azure-native type, put together path by path.

In:  values and the native paths that they belong to, as ``names/azurerm.toml`` writes them.
Out: one tree of inputs. What is unknown about a list or a block stays unknown at that place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from residency.ingest.terraform.names.azurerm import Pair
from residency.ingest.values import is_list
from residency.model import Secret, Unknown, Value

_STEP = re.compile(r"([^.\[\]]+)(\[\*\]|\[\+\]|\[\d+\])?")
_NEW = -1
_FIELD = re.compile(r"\{[^}]+\}")
_Block: TypeAlias = "Mapping[str, Value]"
_Tree: TypeAlias = "dict[str, Value] | list[Value]"


class Inputs:
    """Inputs under construction."""

    def __init__(self) -> None:
        self.tree: dict[str, Value] = {}

    def put(self, path: str, indexes: Sequence[int], value: Value) -> None:
        """Set a value at a native path: at the element of an index for each ``[*]``, as a new element for ``[+]``.

        Where an index is missing, the whole list is what is not known.
        """
        steps: list[str | int] = []
        left = list(indexes)
        for name, mark in cast("list[tuple[str, str]]", _STEP.findall(path)):
            steps.append(name)
            if mark == "[*]":
                if not left:
                    break
                steps.append(left.pop(0))
            elif mark == "[+]":
                if not indexes:
                    break
                steps.append(_NEW)
            elif mark:
                steps.append(int(mark[1:-1]))
        _set(self.tree, steps, value)


def _set(tree: _Tree, steps: Sequence[str | int], value: Value) -> None:
    """Go down, making what is missing; below what is unknown as a whole nothing is added."""
    key, rest = steps[0], steps[1:]
    if isinstance(tree, list):
        if not isinstance(key, int):
            return
        key = len(tree) if key == _NEW else key
        tree.extend({} for _ in range(key + 1 - len(tree)))
        inside = tree[key]
    else:
        inside = tree.get(str(key))
    if not rest:
        made = _joined(inside, value)
    elif isinstance(inside, (Unknown, Secret)):
        return
    else:
        made = _tree(inside, rest[0])
        _set(made, rest, value)
    if isinstance(tree, list):
        tree[cast("int", key)] = made
    else:
        tree[str(key)] = made


def _tree(inside: Value, step: str | int) -> _Tree:
    """What a step is made in: what is there already if it is of that form."""
    if isinstance(step, int):
        return inside if isinstance(inside, list) else []
    return inside if isinstance(inside, dict) else {}


def _joined(old: Value, new: Value) -> Value:
    """Two attributes may make up one list, and none hides another: a place may have several values."""
    if old in (None, {}) or old == new:
        return new
    if is_list(old) and is_list(new):
        return [*old, *(each for each in new if each not in old)]
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        return _of_blocks(old, new)
    if is_list(old):
        return _with(old, new)
    return _with(new, old) if is_list(new) else [old, new]


def _with(listed: Sequence[Value], other: Value) -> Value:
    """A list of values with one more; of a list of blocks that is not known elsewhere, nothing is known."""
    if any(isinstance(each, Mapping) for each in listed):
        return other if isinstance(other, (Unknown, Secret)) else listed
    return listed if other in listed else [*listed, other]


def _of_blocks(old: Value, new: Value) -> Value:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {**old, **new}
    return new if isinstance(new, (Unknown, Secret)) else old


def merged(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    """The inputs of a resource with those that another one adds to it."""
    found = dict(old)
    for key, more in new.items():
        have = found.get(key)
        blocks = isinstance(have, Mapping) and isinstance(more, Mapping)
        found[key] = merged(cast("_Block", have), cast("_Block", more)) if blocks else _joined(have, more)
    return found


def known(tree: Mapping[str, Value]) -> dict[str, Value]:
    """What is reported, without what is not known yet."""
    found: dict[str, Value] = {}
    for key, each in tree.items():
        made = known(cast("_Block", each)) if isinstance(each, Mapping) else each
        if made not in (None, {}) and not isinstance(made, Unknown):
            found[key] = made
    return found


def said(pair: Pair, value: Value) -> Value:
    """An azurerm value in native's words."""
    if pair.pairs and isinstance(value, Mapping):
        name, other = pair.pairs
        return [{name: key, other: value[key]} for key in sorted(value)]
    if pair.words and is_list(value):
        return _worded(value)
    if isinstance(value, bool):
        if pair.flag:
            return pair.flag[0] if value else pair.flag[1]
        return not value if pair.opposite else value
    return pair.values.get(value, value) if isinstance(value, str) else value


def _worded(value: Sequence[Value]) -> Value:
    return one_of(value) or ", ".join(str(each) for each in value)


def one_of(parts: Sequence[Value]) -> Unknown | Secret | None:
    """What a text is of which a part is not known; None where all parts are."""
    hidden = [each for each in parts if isinstance(each, (Unknown, Secret))]
    ids = tuple(sorted({id_ for each in hidden for id_ in each.depends_on}))
    if any(isinstance(each, Secret) for each in hidden):
        return Secret(ids)
    first = next((each for each in hidden if isinstance(each, Unknown)), None)
    return Unknown(first.reason, first.settle, ids) if first else None


def filled(template: str, parts: Sequence[Value]) -> Value:
    """A template with its parts; what is not known of one is not known of all. None where no part is there."""
    if all(part is None for part in parts):
        return None
    if any(part is None for part in parts):
        return Unknown(f"a part of `{template}` is not set", "set all of them in the configuration")
    hidden = one_of(parts)
    if hidden is not None:
        return hidden
    texts = iter(str(part) for part in parts)
    return _FIELD.sub(lambda _: next(texts), template)


def split(template: str, text: Value) -> Sequence[Value]:
    """The parts of a text that a template describes; a text of another form is all in the first part."""
    fields = _FIELD.findall(template)
    if not isinstance(text, str):
        return [text] * len(fields)
    literal = [re.escape(each) for each in _FIELD.split(template)]
    form = "(.+?)".join(literal[:-1]) + "(.+)" + literal[-1]
    found = re.fullmatch(form, text, re.DOTALL)
    return found.groups() if found else [text, *[None] * (len(fields) - 1)]
