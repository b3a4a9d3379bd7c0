"""docs/catalogue.md explains every key, form and effect of the rows, and what it shows is true of the catalogue."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from residency.catalogue import resources, rows
from residency.catalogue.others import OtherProvider
from residency.catalogue.rows import (
    EFFECTS,
    Condition,
    Dismissal,
    ModuleFile,
    PlacementRow,
    ProviderFile,
    ProviderRow,
    ResourceRow,
    Source,
    ValueForm,
)
from residency.judge import judge
from residency.model import Outcome, PlacementKind
from tests.residency.catalogue.test_cases import CaseFile, case_graph
from tests.residency.samples import eea

PAGE = Path(__file__).parents[3] / "docs" / "catalogue.md"
TEXT = PAGE.read_text("utf-8")
TABLES: dict[str, type[msgspec.Struct]] = {
    "### A file": ModuleFile,
    "### A source": Source,
    "### A resource": ResourceRow,
    "### A placement": PlacementRow,
    "### A condition": Condition,
    "### A dismissal": Dismissal,
    "### The file of a package": ProviderFile,
    "The table `[provider]`:": ProviderRow,
    "### Packages without a catalogue": OtherProvider,
}
_FENCE = re.compile(r"^```toml( case)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = Source(title="an example", checked=datetime.date(2026, 11, 23), url="https://example.com")
# What an example may leave out of the row that it shows, because it is words for people.
_WORDS = ("source", "reason", "fix", "note")


def first_column(heading: str) -> list[str]:
    """The names in the first column of the table that follows a heading."""
    after = TEXT.partition(f"\n{heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", after, re.MULTILINE)
    assert table, f"no table under `{heading}`"
    return re.findall(r"^\| `([^`]+)` \|", table.group(), re.MULTILINE)


def row_blocks() -> list[ModuleFile]:
    """Every block that shows rows, with the source that the shorter ones leave out."""
    found = [msgspec.convert(tomllib.loads(text), ModuleFile) for case, text in _FENCE.findall(TEXT) if not case]
    return [msgspec.structs.replace(each, sources={"example": _EXAMPLE, **each.sources}) for each in found]


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_is_explained_and_no_other(heading: str) -> None:
    """A new key in the code fails here until the page has it; so does one that is gone."""
    keys = [field.encode_name for field in msgspec.structs.fields(TABLES[heading])]
    assert sorted(first_column(heading)) == sorted(keys)


def test_every_kind_of_row_in_the_code_has_a_table() -> None:
    """A new struct cannot be forgotten."""
    structs = {each for each in vars(rows).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)} - {
        msgspec.Struct
    }
    named = {each for each in structs if not each.__name__.startswith("_")}
    assert named | {OtherProvider} == set(TABLES.values())


def test_every_form_of_a_value_is_explained_and_no_other() -> None:
    """As the code has them."""
    assert sorted(first_column("## Forms of a value")) == sorted(form.value for form in ValueForm)


def test_every_effect_is_explained_and_no_other() -> None:
    """As the code has them, with ``place:CODE``."""
    assert sorted(first_column("## Effects")) == sorted({*EFFECTS, "place:CODE"})


def test_every_kind_of_placement_is_explained() -> None:
    """The paragraph on kinds names each once."""
    section = TEXT.partition("\n## Kinds\n")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"`(\w+)`", section)) == sorted(kind.value for kind in PlacementKind)


def test_every_row_shown_is_one_that_the_catalogue_has() -> None:
    """The examples are true: same type, path, form, target, omission, conditions, place and values."""
    shown = [resource for block in row_blocks() for resource in block.resource]
    assert shown
    for resource in shown:
        real = resources.row(resource.type)
        assert real is not None, resource.type
        assert (real.data, real.aliases) == (resource.data, resource.aliases)
        facts = [_facts(each) for each in real.placement]
        assert [each.path or each.place for each in resource.placement if _facts(each) not in facts] == []


def _facts(row: PlacementRow) -> dict[str, Any]:
    return {key: value for key, value in msgspec.structs.asdict(row).items() if key not in _WORDS}


def test_every_row_shown_would_load() -> None:
    """The catalogue's own check finds nothing wrong with them."""
    for block in row_blocks():
        rows.check(block.resource, block.sources, PAGE.name)


def test_the_case_shown_gives_its_verdicts() -> None:
    """As the test of the cases would judge it."""
    found = [msgspec.convert(tomllib.loads(text), CaseFile) for case, text in _FENCE.findall(TEXT) if case]
    (case,) = [case for file in found for case in file.case]
    wrong = [each for each in judge(case_graph(case), eea()) if each.outcome is not Outcome.INSIDE]
    told = [
        (each.placement.resource.name, each.placement.kind.value, each.outcome.value, each.placement.property)
        for each in wrong
    ]
    assert told == [(each.resource, each.kind, each.outcome, each.property) for each in case.expect]


def test_every_type_named_in_a_table_has_a_row() -> None:
    """No example names a type that the catalogue does not know."""
    types = set(re.findall(r"`((?:aws|gcp|azure-native):[\w/]+:\w+)`", TEXT))
    assert types
    assert sorted(each for each in types if resources.row(each) is None) == []


def test_every_link_leads_somewhere() -> None:
    """Links of the page are files beside it."""
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if not (PAGE.parent / link).is_file()] == []
