"""Every path that a row claims is really read: a place outside at it flips the verdict, in every element of a list.

Of each placement two resources are made, alike but for the value at its path: one names a place inside, one a place
outside. Rows whose value is a word, or that has no path, are held by the cases.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import pytest

from residency.catalogue import resources
from residency.catalogue.resources import DATA
from residency.catalogue.rows import Condition, Data, PlacementRow, ValueForm
from residency.judge import judge
from residency.model import Outcome, PlacementKind, Verdict
from residency.placements.paths import Each, Segment, parse
from tests.residency.samples import UNKNOWN, eea, graph_of, provider, resource

FILES = sorted((path.parent.name, path.stem) for path in DATA.glob("*/*.toml") if not path.stem.startswith("_"))
CODES = {
    ("aws", ValueForm.ZONE): ("eu-west-1a", "us-east-1a"),
    ("gcp", ValueForm.ZONE): ("europe-west1-b", "us-central1-a"),
    "aws": ("eu-west-1", "us-east-1"),
    "gcp": ("europe-west1", "us-central1"),
    "azure-native": ("northeurope", "eastus"),
}
Tree: TypeAlias = dict[str, Any]
PLAIN = (ValueForm.REGION, ValueForm.ZONE, ValueForm.LOCATION)
NAMING = (ValueForm.ARN, ValueForm.REFERENCE)


def placed(package: str, row: PlacementRow) -> tuple[str, str]:
    """A code inside and one outside, in the form of the row."""
    inside, outside = CODES.get((package, row.value)) or CODES[package]
    return row.strip_prefix + inside, row.strip_prefix + outside


def with_value(segments: tuple[Segment, ...], value: Any) -> Any:
    """The value at the end of a path, in a tree of one element a list."""
    for segment in reversed(segments):
        if segment is Each.ELEMENT or segment == 0:
            value = [value]
        else:
            value = {"key" if segment is Each.VALUE else segment: value}
    return value


def merged(one: Any, other: Any) -> Any:
    """Two trees as one; the second wins at a leaf."""
    if isinstance(one, dict) and isinstance(other, dict):
        mine, theirs = cast("Tree", one), cast("Tree", other)
        both = {key: merged(mine[key], theirs[key]) for key in mine.keys() & theirs.keys()}
        return {**mine, **theirs, **both}
    if isinstance(one, list) and isinstance(other, list):
        return [merged(cast("list[Any]", one)[0], cast("list[Any]", other)[0])]
    return other


def meeting(conditions: tuple[Condition, ...]) -> Any:
    """A tree in which every condition holds."""
    tree: Any = {}
    for condition in conditions:
        if condition.in_ is not None:
            value: Any = condition.in_[0]
            value = value.replace("*", "x") if isinstance(value, str) else value
        elif (condition.not_in is not None and not condition.omitted) or condition.present:
            value = "another"
        else:
            continue
        tree = merged(tree, with_value(parse(condition.path), value))
    return tree


def second_element(tree: Any, other: Any) -> Any:
    """The first list on the way in which the trees differ gets the other's element as its second."""
    if isinstance(tree, dict) and isinstance(other, dict):
        mine, theirs = cast("Tree", tree), cast("Tree", other)
        return {key: second_element(mine[key], theirs[key]) if key in theirs else mine[key] for key in mine}
    if isinstance(tree, list) and isinstance(other, list) and tree != other:
        return [*cast("list[Any]", tree), *cast("list[Any]", other)]
    return cast("Any", tree if tree == other else other)


def target(row: PlacementRow, *, inside: bool) -> list[dict[str, Any]]:
    """A resource that the row may refer to, in a place of ours; none where its own row has no such place."""
    for token in row.target:
        own = resources.row(token)
        owner = token.partition(":")[0]
        code = CODES[owner][0 if inside else 1]
        residence = [each for each in own.placement if each.kind is PlacementKind.RESIDENCE] if own else []
        tree: Any = {} if owner == "aws" else {"location": code}
        for each in residence:
            if each.path and each.value in PLAIN:
                value = placed(owner, each)[0 if inside else 1]
                tree = merged(tree, merged(meeting(each.when), with_value(parse(each.path), value)))
        by = provider("there", owner, region=code, location=code)
        made = [by, resource(token, "target", tree, by="there")]
        found = [each for each in judge(graph_of(*made), eea()) if each.placement.kind is PlacementKind.RESIDENCE]
        wanted = Outcome.INSIDE if inside else Outcome.OUTSIDE
        if found and all(each.outcome is wanted for each in found):
            return made
    return []


def of_row(package: str, token: str, row: PlacementRow, *, inside: bool, twice: bool = False) -> list[Verdict] | None:
    """The verdicts of the row's kind on a resource with a place at its path; None where no such place can be made."""
    segments = parse(row.path)
    beside: list[dict[str, Any]] = []
    depends_on: dict[str, list[str]] = {}
    if row.value in NAMING:
        beside = target(row, inside=inside)
        if not beside:
            return None
        value: Any = UNKNOWN
        depends_on = {str(segments[0]): [beside[1]["urn"]]}
    else:
        value = placed(package, row)[0 if inside else 1]
    tree = merged(meeting(row.when), with_value(segments, value))
    if twice:
        tree = second_element(merged(meeting(row.when), with_value(segments, placed(package, row)[0])), tree)
    home = CODES[package][0]
    by = provider("home", package, region=home, location=home, project="p")
    records = [by, *beside, resource(token, "subject", copy.deepcopy(tree), by="home", depends_on=depends_on)]
    return [
        each
        for each in judge(graph_of(*records), eea())
        if each.placement.resource.name == "subject" and each.placement.kind is row.kind
    ]


def rows_of(package: str, module: str) -> Iterator[tuple[str, PlacementRow]]:
    """Every placement with a path, once a row, but for those inside a text of JSON.

    Where a type without data is counts only for what refers to it, so its residence is left out.
    """
    seen: set[int] = set()
    for token, row in sorted(resources.module_rows(package, module).items()):
        if id(row) in seen:
            continue
        seen.add(id(row))
        for each in row.placement:
            in_text = any(each.path.startswith(f"{condition.path}.") for condition in each.when)
            if each.path and not in_text and not (row.data is Data.NONE and each.kind is PlacementKind.RESIDENCE):
                yield token, each


@pytest.mark.parametrize(("package", "module"), FILES)
def test_a_place_outside_at_a_claimed_path_flips_the_verdict(package: str, module: str) -> None:
    wrong: list[str] = []
    for token, row in rows_of(package, module):
        if row.value not in PLAIN + NAMING:
            continue
        inside, outside = (of_row(package, token, row, inside=each) for each in (True, False))
        if inside is None or outside is None:
            continue
        if any(each.outcome is Outcome.OUTSIDE for each in inside if _is_at(each, row)):
            wrong.append(f"{token} {row.path}: a place inside is outside")
        # A condition on the very value that is not known yet leaves open whether anything is done.
        open_ = Outcome.UNDETERMINED if any(each.path == row.path for each in row.when) else Outcome.OUTSIDE
        if not any(each.outcome in (Outcome.OUTSIDE, open_) for each in outside):
            wrong.append(f"{token} {row.path}: {[each.outcome.value for each in outside]} instead of outside")
    assert wrong == []


@pytest.mark.parametrize(("package", "module"), FILES)
def test_each_element_of_a_list_counts(package: str, module: str) -> None:
    wrong: list[str] = []
    for token, row in rows_of(package, module):
        if row.value in PLAIN and Each.ELEMENT in parse(row.path):
            found = of_row(package, token, row, inside=False, twice=True) or []
            if not any(each.outcome is Outcome.OUTSIDE for each in found):
                wrong.append(f"{token} {row.path}")
    assert wrong == []


def _is_at(verdict: Verdict, row: PlacementRow) -> bool:
    """Whether a verdict comes from the row's own path."""
    return parse(verdict.placement.property or "")[:1] == parse(row.path)[:1]
