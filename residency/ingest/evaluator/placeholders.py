"""Values made up where the program asks for something that only a cloud or an operator could say.

A placeholder text contains ``residency-placeholder:`` and what was asked for, so that whatever is built from it
stays recognisable. Placeholders of an SDK's result types follow the types that the SDK itself declares.
"""

from __future__ import annotations

import collections.abc
import enum
import importlib
import re
import types
from collections.abc import Mapping
from typing import Any, Union, cast, get_args, get_origin

from .texts import Text
from .wire import PLACEHOLDER

_TEXTS_IN_A_LIST = 3  # programs index the first few of a list of names or ids
_DEEPEST = 6  # some result types contain themselves
_BOOLS = {"true": True, "false": False}
_NUMBER = re.compile(r"-?\d{1,15}")
_NO_ELEMENTS: Mapping[str, Any] = {}


class Object(dict[Any, Any]):
    """A placeholder for an object or a list whose form nobody declared: any key or index has a placeholder."""

    def __init__(self, name: str) -> None:
        """Take what was asked for."""
        self._name = name
        # One real entry, so that the value is not empty wherever the program passes it on as a whole.
        super().__init__({name: Text(name)})

    def __missing__(self, key: object) -> Text:
        return Text(f"{self._name}.{key}")

    def get(self, key: Any, _default: object = None) -> Any:  # noqa: ANN401 - dict's own signature
        """Give the part for any key: the real value is not known, so no default of the program's applies."""
        return self[key]


def text(name: str) -> Text:
    """Take what was asked for; give its placeholder text."""
    return Text(PLACEHOLDER + name)


def of_kind(kind: str, name: str) -> Any:  # noqa: ANN401 - of the asked type
    """Take the type a configuration value was asked in, and its key; give a placeholder of that type."""
    plain: dict[str, Any] = {"bool": False, "int": 1, "float": 1.0}
    if kind in plain:
        return plain[kind]
    return Object(PLACEHOLDER + name) if kind == "object" else text(name)


def of_result(result: type, name: str, known: Mapping[str, Any] = _NO_ELEMENTS) -> dict[str, Any]:
    """Take an SDK's result type; give wire properties: ``known`` ones as they are, placeholders for the rest."""
    declared = _members(result)
    return {
        key: _as_declared(known[key], declared[key])
        if known.get(key) is not None
        else str_safe(_of_type(declared[key], f"{name}.{key}", 0))
        for key in declared
    }


def _as_declared(value: Any, declared: Any) -> Any:  # noqa: ANN401 - JSON, an SDK's type
    """Give a known value in the declared type, as a provider does: programs write ``"true"`` and ``"80"``."""
    if not isinstance(value, str):
        return value
    kinds = {declared, *get_args(declared)}
    if bool in kinds and value in _BOOLS:
        return _BOOLS[value]
    return float(value) if kinds & {int, float} and _NUMBER.fullmatch(value) else value


def str_safe(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Take a made value; give it as plain JSON types, which is all that the wire carries."""
    return str(value) if isinstance(value, Text) else value


def _of_type(declared: Any, name: str, depth: int) -> Any:  # noqa: ANN401
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, types.UnionType):
        chosen = [item for item in arguments if item is not type(None)]
        return _of_type(chosen[0], name, depth) if chosen else None
    if origin in (list, tuple, collections.abc.Sequence):
        return _list_of(arguments[0] if arguments else str, name, depth)
    if origin in (dict, collections.abc.Mapping) or declared is dict:
        return {}
    if isinstance(declared, type):
        return _of_class(cast("type[Any]", declared), name, depth)
    return PLACEHOLDER + name


def _list_of(element: Any, name: str, depth: int) -> list[Any]:  # noqa: ANN401 - a type
    if element is str:
        return [f"{PLACEHOLDER}{name}.{index}" for index in range(_TEXTS_IN_A_LIST)]
    return [] if depth > _DEEPEST else [_of_type(element, f"{name}.0", depth + 1)]


def _sdk_types() -> Any:  # noqa: ANN401 - the SDK's own untyped module
    return importlib.import_module("pulumi._types")


def _members(result: type[Any]) -> dict[str, Any]:
    """Give the wire names and types of an SDK's result class, in the order of their names."""
    found: dict[str, Any] = _sdk_types().output_type_types(result)
    return {key: found[key] for key in sorted(found)}


def _of_class(declared: type[Any], name: str, depth: int) -> Any:  # noqa: ANN401 - JSON
    if declared is bool:
        return False
    if issubclass(declared, enum.Enum):
        return next(iter(declared)).value
    if declared in (int, float):
        return 1
    if _sdk_types().is_output_type(declared):
        if depth > _DEEPEST:
            return {}
        members = _members(declared)
        return {key: _of_type(members[key], f"{name}.{key}", depth + 1) for key in members}
    return PLACEHOLDER + name
