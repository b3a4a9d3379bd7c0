"""Which types of a target the catalogue answers by an own row, and which only by a general row or not at all."""

from __future__ import annotations

import argparse
from collections import Counter

import msgspec

from residency.catalogue import others
from residency.catalogue.coverage import TypeAnswer
from residency.catalogue.own import Catalogue
from residency.catalogue.resources import split
from residency.catalogue.rows import Data
from residency.check import is_judged, require_resources
from residency.ingest import targets

_NONE = "no row"


class TargetType(msgspec.Struct, frozen=True, order=True):
    """A type with how often the target has it, and who answers for it."""

    type: str
    resources: int
    answer: str


def of_target(options: argparse.Namespace, catalogue: Catalogue) -> tuple[TargetType, ...]:
    """Every type of a target, sorted.

    Raises:
        InputError: the target cannot be read, or has no resources.
    """
    others_stacks = targets.OtherStacks()
    graph = targets.read(options.target, stack=options.stack, others=others_stacks, timeout=options.timeout)
    require_resources(graph)
    counts = Counter(resource.type for resource in graph.resources.values() if is_judged(resource))
    return tuple(TargetType(token, counts[token], answer(token, catalogue)) for token in sorted(counts))


def answer(token: str, catalogue: Catalogue) -> str:
    """Who answers for a type: a ``TypeAnswer``, a row of its whole package, or nobody."""
    row = catalogue.row(token)
    if row is not None:
        return (TypeAnswer.NO_DATA if row.data is Data.NONE else TypeAnswer.OWN).value
    if catalogue.package(split(token)[0]) is not None:
        return TypeAnswer.GENERAL.value
    package = others.find(token)
    if package is None:
        return _NONE
    return TypeAnswer.GENERAL.value if package.holds_data(token) else TypeAnswer.NO_DATA.value


def report(options: argparse.Namespace, catalogue: Catalogue) -> str:
    """The types of a target as text or JSON."""
    found = of_target(options, catalogue)
    if options.format == "json":
        return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
    doubtful = [each for each in found if each.answer in (_NONE, TypeAnswer.GENERAL.value)]
    lines = [f"{len(found)} types, {len(found) - len(doubtful)} with an own row or without user data\n"]
    lines += [f"  {each.answer:<17} {each.type} ({each.resources})\n" for each in doubtful]
    return "".join(lines)
