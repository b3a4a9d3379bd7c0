"""Which written block an element of a plan is, and so which expressions may give a value in it.

In:  the expressions of a resource's block, and the values that the plan has of it.
Out: expressions. The elements of a set stand in a plan in another order than they are written in; an element is told by
     the plain values of a block, and where they tell it of none, it may be any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residency.ingest.terraform.document import Node


def unordered(number: int) -> int:
    """A step of a path to an element of a set: a number below zero, since no index of what is written is meant."""
    return -1 - number


def is_expression(node: dict[str, Node]) -> bool:
    """Whether it is an expression, not a block with expressions in it."""
    return "references" in node or "constant_value" in node


def expressions(node: Node, path: tuple[str | int, ...], known: Node) -> Iterator[Node]:
    """The expressions that may give a value: one at its path, or of a whole that it is in; in a set, of several blocks.

    Args:
        node: expressions.
        path: to the value, from there.
        known: the values that the plan has, at the same place.
    """
    if not path or (isinstance(node, dict) and is_expression(node)):
        yield node
        return
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        if isinstance(node, dict) and step in node:
            yield from expressions(node[step], rest, known.get(step) if isinstance(known, dict) else None)
        return
    elements = known if isinstance(known, list) else []
    number = step if step >= 0 else unordered(step)
    element = elements[number] if number < len(elements) else None
    if not isinstance(node, list):
        yield from expressions(node, rest, element)  # a block that may stand only once is written without a list
        return
    for at in _written_as(node, elements, number) if step < 0 else range(len(node))[number : number + 1]:
        yield from expressions(node[at], rest, element)


def _written_as(blocks: Sequence[Node], elements: Sequence[Node], number: int) -> Sequence[int]:
    """Which of the written blocks an element of a set may be; all, unless the plain values settle it for every one."""
    anywhere = range(len(blocks))
    if len(blocks) != len(elements):
        return anywhere
    left = [frozenset(at for at in anywhere if _may_be(blocks[at], each)) for each in elements]
    while True:
        settled = {next(iter(each)) for each in left if len(each) == 1}
        fewer = [each if len(each) == 1 else each - settled for each in left]
        if fewer == left:
            break
        left = fewer
    # Elements that the same blocks may be, as many as there are blocks, have the same plain values: any order will do.
    if any(left.count(each) != len(each) for each in left):
        return anywhere
    alike = [at for at, each in enumerate(left) if each == left[number]]
    return [sorted(left[number])[alike.index(number)]]


def _may_be(block: Node, element: Node) -> bool:
    """Whether no plain value of a block differs from an element's; a provider may write a value in another way."""
    if not isinstance(block, dict) or not isinstance(element, dict):
        return True
    for name, said in block.items():
        value = element.get(name)
        if isinstance(said, dict) and "constant_value" in said:
            if _differ(said["constant_value"], value):
                return False
        elif isinstance(said, list):
            inner = value if isinstance(value, list) else []
            if len(inner) < len(said) or (len(inner) == len(said) == 1 and not _may_be(said[0], inner[0])):
                return False
    return all(name in block or not _is_set_block(value) for name, value in element.items())


def _differ(said: Node, value: Node) -> bool:
    scalars = isinstance(said, (str, int, float)) and isinstance(value, (str, int, float))
    return scalars and _plain(said) != _plain(value)


def _plain(value: Node) -> str:
    return str(value).replace(" ", "").lower()


def _is_set_block(value: Node) -> bool:
    """Whether there are blocks of which nothing is written: another block has them, or a dynamic one made them."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)
