"""Which types of a target the catalogue answers by an own row, and which only by a general row or not at all."""

from __future__ import annotations

from collections import Counter

import msgspec

from residency.catalogue import resources
from residency.catalogue.rows import Data
from residency.check import is_judged, require_resources
from residency.ingest import targets

_NONE = "no row"


class TargetType(msgspec.Struct, frozen=True, order=True):
    """A type with how often the target has it, and who answers for it."""

    type: str
    resources: int
    answer: str


def of_target(target: str, stack: str | None, timeout: float) -> tuple[TargetType, ...]:
    """Every type of a target, sorted.

    Raises:
        InputError: the target cannot be read, or has no resources.
    """
    graph = targets.read(target, stack=stack, others=targets.OtherStacks(), timeout=timeout)
    require_resources(graph)
    counts = Counter(resource.type for resource in graph.resources.values() if is_judged(resource))
    return tuple(TargetType(token, counts[token], answer(token)) for token in sorted(counts))


def answer(token: str) -> str:
    """Who answers for a type: ``own row``, ``no user data``, ``general row only`` or ``no row``."""
    if resources.package(resources.split(token)[0]) is None:
        return _NONE
    row = resources.row(token)
    if row is None:
        return "general row only"
    return "no user data" if row.data is Data.NONE else "own row"


def report(target: str, stack: str | None, timeout: float, form: str) -> str:
    """The types of a target as text or JSON."""
    found = of_target(target, stack, timeout)
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
    doubtful = [each for each in found if each.answer in (_NONE, "general row only")]
    lines = [f"{len(found)} types, {len(found) - len(doubtful)} with an own row or without user data\n"]
    lines += [f"  {each.answer:<17} {each.type} ({each.resources})\n" for each in doubtful]
    return "".join(lines)
