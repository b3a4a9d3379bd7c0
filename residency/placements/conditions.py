"""Conditions of a catalogue row on sibling values: whether a rule is enabled, whether a mode is set.

In:  the row's conditions, a way to read properties, the list indexes of the leaf in question.
Out: yes, no, or unknown; a condition that cannot be read never removes a placement.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from residency.catalogue.rows import Condition
from residency.model import Secret, Unknown, Value
from residency.placements.paths import Getter, leaves

_BLOCK = "{*"
"""What a row writes for any text of a JSON object."""


class Holds(enum.Enum):
    """Whether all conditions of a row hold."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def holds(conditions: Sequence[Condition], get: Getter, indexes: tuple[str | int, ...]) -> Holds:
    """Judge all conditions; one that fails decides, then one that is unknown."""
    state = Holds.YES
    for condition in conditions:
        one = _one(condition, get, indexes)
        if one is Holds.NO:
            return Holds.NO
        if one is Holds.UNKNOWN:
            state = Holds.UNKNOWN
    return state


def _one(condition: Condition, get: Getter, indexes: tuple[str | int, ...]) -> Holds:
    found = [_value(condition, leaf.value) for leaf in leaves(get, condition.path, indexes)]
    if Holds.YES in found:
        return Holds.YES
    return Holds.UNKNOWN if Holds.UNKNOWN in found else Holds.NO


def _value(condition: Condition, value: Value) -> Holds:
    if isinstance(value, (Unknown, Secret)):
        return Holds.UNKNOWN
    if value is None or value == "":
        return _yes(condition.absent or condition.omitted)
    if condition.absent:
        return Holds.NO
    if condition.in_ is not None:
        return _yes(_is_in(value, condition.in_))
    if condition.not_in is not None:
        return _yes(not _is_in(value, condition.not_in))
    return Holds.YES


def _is_in(value: Value, listed: Sequence[str | bool | float]) -> bool:
    # Provider inputs write booleans as text; the two forms mean the same.
    wanted = {_text(item) for item in listed}
    if isinstance(value, Mapping):
        return _BLOCK in wanted  # where others write a text of JSON, a template may write the block itself
    if not isinstance(value, (str, bool, int, float)):
        return False
    text = _text(value)
    return text in wanted or any("*" in each and fnmatchcase(text, each) for each in wanted)


def _text(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    # The engine hands every number to policies as a float.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _yes(condition: bool) -> Holds:
    return Holds.YES if condition else Holds.NO
