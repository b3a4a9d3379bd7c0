"""What is unanswered, with what the SDK says of it: the text from which rows and dismissals are written.

In:  an SDK, and what the catalogue answers of it.
Out: one line for each open path, under its type.
"""

from __future__ import annotations

from collections.abc import Iterator

from residency.catalogue import coverage, resources
from residency.catalogue.coverage import AnsweredType
from residency.catalogue.sdk import generate
from residency.catalogue.sdk.paths import Leaf, leaves
from residency.catalogue.sdk.source import Sdk, SdkType

_MOST = 240
_CHOICES = 12


def lines(provider: str, sdk: Sdk, module: str = "") -> Iterator[str]:
    """Types with open paths, and each of these with why it is listed, the SDK's words, and its choices.

    Args:
        provider: whose SDK it is.
        sdk: as ``source`` read it; it need not be the version of the committed layer.
        module: only types of this one; all if empty.
    """
    types = {each.token: each for each in sdk.types}
    for found in coverage.of(generate.listed(provider, sdk)).types:
        if found.unanswered and module in ("", resources.split(found.token)[1]):
            yield f"{found.token} ({found.answer.value})"
            yield from _paths(found, types[found.token], sdk)


def _paths(found: AnsweredType, declared: SdkType, sdk: Sdk) -> Iterator[str]:
    why = {each.path: each.why.value for each, _ in found.paths}
    unanswered = frozenset(found.unanswered)
    for leaf in leaves(sdk, declared):
        if leaf.path in unanswered:
            yield f"  {leaf.path} ({why[leaf.path]}): {_words(leaf)}".rstrip(": ")


def _words(leaf: Leaf) -> str:
    said = leaf.doc if len(leaf.doc) <= _MOST else f"{leaf.doc[:_MOST].rpartition(' ')[0]} ..."
    more = " ..." if len(leaf.choices) > _CHOICES else ""
    return f"{said} [{', '.join(leaf.choices[:_CHOICES])}{more}]" if leaf.choices else said
