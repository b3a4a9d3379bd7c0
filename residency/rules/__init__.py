"""Third stage, with ``perimeter`` and ``judge``: one module a rule, its documentation beside it under the same stem.

In:  nothing; a rule is metadata and words.
Out: ``RULES``, every rule by its id. ``rule_for`` gives the one that watches a kind of placement.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

from residency.model import PlacementKind
from residency.rules.rule import Rule


@functools.cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in id order."""
    names = [each.name for each in pkgutil.iter_modules([str(Path(__file__).parent)]) if each.name != "rule"]
    found: list[Rule] = [importlib.import_module(f"{__name__}.{name}").RULE for name in names]
    return {each.id: each for each in sorted(found, key=lambda each: each.id)}


@functools.cache
def rule_for(kind: PlacementKind) -> Rule:
    """The rule that judges placements of a kind."""
    return next(each for each in rules().values() if each.watches is kind)


def find(name: str) -> Rule | None:
    """A rule by its id (``RES101``, in any case) or its name (``replica-outside-perimeter``)."""
    return next((each for each in rules().values() if name.upper() == each.id or name.lower() == each.name), None)


def documentation(rule: Rule) -> str:
    """The rule's page, in Markdown."""
    return (Path(__file__).parent / f"{rule.stem}.md").read_text("utf-8")
