"""``Fn::ForEach`` in ``Resources``: what it stands for, written out.

In:  the loop's node, and a way to work out its collection.
Out: resources by logical id, with the identifier replaced; None where the collection is not known.

Source: CloudFormation template reference, Fn::ForEach: an identifier, a list or a reference to a parameter that is one,
and an output in which ``${Identifier}`` and, without what is no letter or digit, ``&{Identifier}`` are replaced;
read 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from residency.ingest.cloudformation.document import MOST_NODES, Node
from residency.ingest.values import is_list
from residency.model import Value

PREFIX = "Fn::ForEach::"
_ARGUMENTS = 3
_MOST = 500
"""Resources that one template may have: a quota of CloudFormation, beyond which a loop is refused there."""
_PLAIN = re.compile(r"[^A-Za-z0-9]")


def expanded(node: Node, value: Callable[[Node], Value]) -> dict[str, Node] | None:
    """What a loop makes; None where that cannot be said, or is more than CloudFormation would take."""
    found = _expanded(node, value, {}, [MOST_NODES])
    return found if found is not None and len(found) <= _MOST else None


def _expanded(
    node: Node, value: Callable[[Node], Value], names: Mapping[str, str], left: list[int]
) -> dict[str, Node] | None:
    if not (isinstance(node, list) and len(node) == _ARGUMENTS):
        return None
    identifier, collection, output = node
    items = value(_replaced(collection, names, left))
    if not isinstance(identifier, str) or not isinstance(output, dict) or not is_list(items):
        return None
    found: dict[str, Node] = {}
    for item in items:
        if not isinstance(item, (str, int)) or len(found) > _MOST:
            return None
        own = {**names, identifier: str(item)}
        for key, body in output.items():
            made = _expanded(body, value, own, left) if key.startswith(PREFIX) else {key: body}
            if made is None:
                return None
            found.update({_text(name, own): _replaced(each, own, left) for name, each in made.items()})
    return found if left[0] > 0 else None


def _replaced(node: Node, names: Mapping[str, str], left: list[int]) -> Node:
    """A copy with the identifiers replaced; ``left`` bounds how much is copied in all."""
    left[0] -= 1
    if left[0] < 0:
        return None
    if isinstance(node, str):
        return _text(node, names)
    if isinstance(node, list):
        return [_replaced(each, names, left) for each in node]
    if isinstance(node, dict):
        reference = node.get("Ref")
        if len(node) == 1 and isinstance(reference, str) and reference in names:
            return names[reference]
        return {_text(key, names): _replaced(each, names, left) for key, each in node.items()}
    return node


def _text(text: str, names: Mapping[str, str]) -> str:
    for name, item in names.items():
        text = text.replace(f"${{{name}}}", item).replace(f"&{{{name}}}", _PLAIN.sub("", item))
    return text
