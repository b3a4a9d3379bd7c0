"""Conditions of a template: yes, no, or Unknown with the reason.

In:  the ``Conditions`` section, a way to work out values.
Out: whether one holds. One that refers to itself is an InputError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residency.errors import InputError
from residency.ingest.cloudformation.document import Node
from residency.ingest.values import unknowns
from residency.model import Secret, Unknown, Value


class Conditions:
    """The conditions of one template, each worked out once."""

    def __init__(self, section: Mapping[str, Node], value: Callable[[Node], Value], name: str) -> None:
        self._section, self._value, self._name = section, value, name
        self._known: dict[str, bool | Unknown] = {}
        self._open: set[str] = set()

    def holds(self, name: str) -> bool | Unknown:
        """Whether a condition holds.

        Raises:
            InputError: it rests on itself.
        """
        if name not in self._section:
            return Unknown(f"condition `{name}` is not in the template")
        if name in self._open:
            raise InputError(
                f"condition `{name}` rests on itself", where=self._name, help="take it out of its own rule"
            )
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._of(self._section[name])
            self._open.discard(name)
        return self._known[name]

    def _of(self, node: Node) -> bool | Unknown:
        if isinstance(node, dict) and len(node) == 1:
            name, argument = next(iter(node.items()))
            items = argument if isinstance(argument, list) else [argument]
            if name == "Condition" and isinstance(argument, str):
                return self.holds(argument)
            if name == "Fn::Equals" and len(items) == 2:  # noqa: PLR2004 - its arguments
                return _equal(self._value(items[0]), self._value(items[1]))
            if name == "Fn::Not" and items:
                found = self._of(items[0])
                return found if isinstance(found, Unknown) else not found
            if name in ("Fn::And", "Fn::Or"):
                return _all([self._of(each) for each in items], decides=name == "Fn::Or")
        found = self._value(node)
        if isinstance(found, (bool, Unknown)):
            return found
        return Unknown("it is written in a form that is not known here")


def _all(found: list[bool | Unknown], *, decides: bool) -> bool | Unknown:
    """``decides`` is the answer that needs no other: yes for Or, no for And."""
    if decides in found:
        return decides
    return next((each for each in found if isinstance(each, Unknown)), not decides)


def _equal(one: Value, other: Value) -> bool | Unknown:
    for each in (one, other):
        if isinstance(each, Secret):
            return Unknown("it compares a secret, which is never read")
        unknown = next(unknowns(each), None)
        if unknown is not None:
            return Unknown(unknown.reason, unknown.settle)
    return _plain(one) == _plain(other)


def _plain(value: Value) -> Value:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value
