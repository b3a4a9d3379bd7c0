"""CloudFormation's functions worked out as far as the template says: Ref, Fn::Sub, Fn::If and the others.

In:  the values of a template, and a Scope that answers for parameters, pseudo parameters, conditions and resources.
Out: ``Value``; what is known only after the deployment is Unknown with the resources that it comes from.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from residency.ingest.cloudformation.document import Node
from residency.ingest.values import dependencies, is_list, unknowns
from residency.model import Secret, Unknown, Value


class Removed:
    """What ``AWS::NoValue`` leaves: nothing. Never seen outside this module."""


REMOVED = Removed()
_SUBSTITUTED = re.compile(r"\$\{(!?)([^}]*)\}")
# Where a name may end and be whole: "-copy" behind a bucket's name makes it the name of another bucket.
_ENDS = ":/@,;?*.#"
_NOT_KNOWN = "`{}` is not worked out here"


class Scope(Protocol):
    """Answers for what the functions refer to."""

    def ref(self, name: str) -> Value | Removed:
        """``Ref``."""
        ...

    def attribute(self, name: str, attribute: str) -> Value:
        """``Fn::GetAtt``."""
        ...

    def holds(self, condition: str) -> bool | Unknown:
        """A condition by its name."""
        ...

    def mapping(self, name: str) -> Node:
        """A table of ``Mappings``, or None."""
        ...

    def imported(self, name: Value) -> Value:
        """``Fn::ImportValue``."""
        ...


class Evaluator:
    """Works values out in one scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._functions: Mapping[str, Callable[[Node], Value | Removed]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::If": self._if,
            "Fn::FindInMap": self._find_in_map,
            "Fn::ImportValue": lambda node: self._scope.imported(self.value(node)),
            "Fn::GetAZs": self._zones,
            "Fn::Base64": self._base64,
            "Fn::Length": self._length,
            "Fn::ToJsonString": lambda node: unknown_of("Fn::ToJsonString", self.value(node)),
        }

    def value(self, node: Node) -> Value:
        """A value; what was removed is None."""
        found = self._of(node)
        return None if isinstance(found, Removed) else found

    def _of(self, node: Node) -> Value | Removed:
        if isinstance(node, dict):
            if len(node) == 1:
                name, argument = next(iter(node.items()))
                if name in self._functions:
                    return self._functions[name](argument)
                if name.startswith("Fn::") or (name == "Condition" and isinstance(argument, str)):
                    return self._other(name, argument)
            worked = ((key, self._of(item)) for key, item in node.items())
            return {key: item for key, item in worked if not isinstance(item, Removed)}
        if isinstance(node, list):
            items = (self._of(item) for item in node)
            return [item for item in items if not isinstance(item, Removed)]
        return node

    def _other(self, name: str, argument: Node) -> Value:
        if name == "Condition":
            return self._scope.holds(str(argument))
        return unknown_of(name, self.value(argument))

    def _ref(self, node: Node) -> Value | Removed:
        return self._scope.ref(node) if isinstance(node, str) else unknown_of("Ref", self.value(node))

    def _get_att(self, node: Node) -> Value:
        parts = node.split(".", 1) if isinstance(node, str) else node
        if isinstance(parts, list) and len(parts) > 1 and isinstance(parts[0], str):
            attribute = ".".join(str(self.value(part)) for part in parts[1:] if not isinstance(part, dict))
            return self._scope.attribute(parts[0], attribute)
        return unknown_of("Fn::GetAtt", self.value(node))

    def _sub(self, node: Node) -> Value:
        empty: dict[str, Node] = {}
        text, own = (node[0], node[1]) if isinstance(node, list) and len(node) > 1 else (node, empty)
        if isinstance(text, list) and len(text) == 1:
            text = text[0]
        if not isinstance(text, str) or not isinstance(own, dict):
            return unknown_of("Fn::Sub", self.value(node))
        parts: list[Value] = []
        at = 0
        for match in _SUBSTITUTED.finditer(text):
            parts.append(text[at : match.start()])
            at = match.end()
            name = match.group(2).strip()
            if match.group(1):
                parts.append(f"${{{match.group(2)}}}")
            elif name in own:
                parts.append(self.value(own[name]))
            elif "." in name and not name.startswith("AWS::"):
                parts.append(self._scope.attribute(*name.split(".", 1)))
            else:
                parts.append(self.value({"Ref": name}))
        return composed([*parts, text[at:]])

    def _join(self, node: Node) -> Value:
        if not (isinstance(node, list) and len(node) > 1 and isinstance(node[0], str)):
            return unknown_of("Fn::Join", self.value(node))
        items = self.value(node[1])
        if not is_list(items):
            return unknown_of("Fn::Join", items)
        parts: list[Value] = []
        for number, item in enumerate(items):
            parts += [node[0], item] if number else [item]
        return composed(parts)

    def _select(self, node: Node) -> Value:
        if not (isinstance(node, list) and len(node) > 1):
            return unknown_of("Fn::Select", self.value(node))
        index, items = self.value(node[0]), self.value(node[1])
        number = int(index) if isinstance(index, (int, str)) and str(index).isdecimal() else None
        if number is None or not is_list(items) or number >= len(items):
            return unknown_of("Fn::Select", [index, items])
        return items[number]

    def _split(self, node: Node) -> Value:
        if not (isinstance(node, list) and len(node) > 1 and isinstance(node[0], str) and node[0]):
            return unknown_of("Fn::Split", self.value(node))
        text = self.value(node[1])
        return list(text.split(node[0])) if isinstance(text, str) else unknown_of("Fn::Split", text)

    def _if(self, node: Node) -> Value | Removed:
        if not (isinstance(node, list) and len(node) > 2 and isinstance(node[0], str)):  # noqa: PLR2004 - its arguments
            return unknown_of("Fn::If", self.value(node))
        holds = self._scope.holds(node[0])
        if isinstance(holds, bool):
            return self._of(node[1] if holds else node[2])
        either, other = self._of(node[1]), self._of(node[2])
        if either == other:
            return either
        known = [each for each in (either, other) if not isinstance(each, Removed)]
        reason = f"condition `{node[0]}` chooses it, which cannot be decided: {holds.reason}"
        return Unknown(reason, holds.settle, tuple(sorted({urn for each in known for urn in dependencies(each)})))

    def _find_in_map(self, node: Node) -> Value:
        if not (isinstance(node, list) and len(node) > 2):  # noqa: PLR2004 - its arguments
            return unknown_of("Fn::FindInMap", self.value(node))
        keys = [self.value(each) for each in node[:3]]
        if not isinstance(keys[0], str) or not all(isinstance(each, (str, int)) for each in keys):
            return unknown_of("Fn::FindInMap", keys)
        found: Node = self._scope.mapping(keys[0])
        for key in keys[1:]:
            found = found.get(str(key)) if isinstance(found, dict) else None
        more = node[3] if len(node) > 3 else None  # noqa: PLR2004 - the default is its fourth argument
        if found is None and isinstance(more, dict) and "DefaultValue" in more:
            return self.value(more["DefaultValue"])
        if found is None:
            path = ".".join(str(key) for key in keys)
            return Unknown(f"`{path}` is not in the template's Mappings", "add it, or choose a key that is there")
        return unknown_of("a table in Mappings", None) if isinstance(found, dict) else found

    def _zones(self, node: Node) -> Value:
        region = self.value(node) or self.value({"Ref": "AWS::Region"})
        if isinstance(region, str):
            # Which zones an account has is not in the template; what they are called begins with the Region's code.
            return [f"{region}{letter}" for letter in "abc"]
        return unknown_of("Fn::GetAZs", region)

    def _base64(self, node: Node) -> Value:
        text = self.value(node)
        if isinstance(text, str):
            return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
        return unknown_of("Fn::Base64", text)

    def _length(self, node: Node) -> Value:
        items = self.value(node)
        return len(items) if is_list(items) else unknown_of("Fn::Length", items)


def unknown_of(function: str, value: Value) -> Unknown:
    """What a function gives whose arguments are not known, or that is not worked out here."""
    inner = next(unknowns(value), None)
    reason = inner.reason if inner else _NOT_KNOWN.format(function)
    return Unknown(reason, inner.settle if inner else "", dependencies(value))


def composed(parts: Sequence[Value]) -> Value:
    """Texts put together; Unknown where a part is, with the resources whose whole name or address is a part."""
    joined = [_text(part) for part in parts]
    known = [part for part in joined if isinstance(part, str)]
    if len(known) == len(joined):
        return "".join(known)
    if any(isinstance(part, Secret) for part in parts):
        return Secret(dependencies(list(parts)))
    left = [part for part in joined if part != ""]
    if len(left) == 1:
        return left[0]
    prose = any(each in part for part in known for each in " {[\n")
    whole: set[str] = set()
    for at, part in enumerate(left):
        if isinstance(part, Unknown):
            before, after = left[at - 1] if at else "", left[at + 1] if at + 1 < len(left) else ""
            if prose or (_ends(before, last=True) and _ends(after, last=False)):
                whole.update(part.depends_on)
    first = next((part for part in left if isinstance(part, Unknown) and not part.depends_on), None)
    first = first or next(part for part in left if isinstance(part, Unknown))
    if whole:
        return Unknown(first.reason, first.settle, tuple(sorted(whole)))
    settle = first.settle or "name it by a text, or by an output of the resource itself"
    return Unknown(f"it is put together out of what is not known yet: {first.reason}", settle)


def _ends(neighbour: str | Unknown, *, last: bool) -> bool:
    if isinstance(neighbour, Unknown):
        return False
    return not neighbour or neighbour[-1 if last else 0] in _ENDS


def _text(part: Value) -> str | Unknown:
    if isinstance(part, bool):
        return str(part).lower()
    if isinstance(part, (str, int, float)):
        return str(part)
    if isinstance(part, Unknown):
        return part
    if part is None:
        return ""
    if is_list(part) and all(isinstance(item, str) for item in part):
        return ",".join(str(item) for item in part)
    return unknown_of("a list in a text", part)
