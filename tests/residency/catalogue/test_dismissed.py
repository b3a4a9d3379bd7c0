"""A name is dismissed for a whole provider only if no placement reads a path that ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from residency.catalogue import dismissed, generated, resources
from residency.catalogue.generated import PROVIDERS
from residency.errors import CatalogueError

SOURCES = '[sources.s]\ntitle = "t"\nurl = "https://example.com"\nchecked = 2026-11-24\n'


def read_paths(provider: str) -> Iterator[tuple[str, str]]:
    """Every path that a placement of a provider reads for its place, with the type."""
    owner = resources.package(provider)
    general = owner.file.general if owner else ()
    for each in generated.inventory(provider).types:
        row = resources.row(each.token)
        for placement in (*(row.placement if row else ()), *general):
            yield from ((each.token, path) for path in (placement.path, placement.inherit) if path)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_placement_reads_a_path_that_ends_with_a_dismissed_name(provider: str) -> None:
    """What is a place in one type is dismissed for none by its name alone, unless the entry excepts that type."""
    found = {(token, path): dismissed.entry(provider, token, path) for token, path in read_paths(provider)}
    assert sorted(f"{token}: {path}: {entry.name}" for (token, path), entry in found.items() if entry) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_dismissed_name_ends_a_listed_path(provider: str) -> None:
    """One that ends none waits for a leak."""
    ends = {
        ".".join(segments[start:])
        for each in generated.inventory(provider).types
        for path in each.paths
        for segments in [path.plain.split(".")]
        for start in range(len(segments))
    }
    assert sorted(set(dismissed.names(provider)) - ends) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_exception_is_a_listed_type_that_has_the_name(provider: str) -> None:
    """No exception is misspelled."""
    types = {each.token: each.paths for each in generated.inventory(provider).types}
    wrong = [
        f"{entry.name}: {token}"
        for entry in dismissed.names(provider).values()
        for token in entry.except_types
        if not any(f".{path.plain}".endswith(f".{entry.name}") for path in types.get(token, ()))
    ]
    assert wrong == []


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a provider of the test's own."""
    monkeypatch.setattr(dismissed, "DATA", tmp_path)
    dismissed.names.cache_clear()
    (tmp_path / "aws").mkdir()
    yield tmp_path / "aws" / "_dismissed.toml"
    dismissed.names.cache_clear()


def entry(name: str, more: str = "") -> str:
    """An entry with a reason and a source."""
    return f'[[name]]\nname = "{name}"\nreason = "r"\nsource = "s"\n{more}'


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("roleArn", "roleArn"),
        ("rules[*].roleArn", "roleArn"),
        ("rules.*.sku.tier", "sku.tier"),
        ("a.very.long.sku.tier", "sku.tier"),
        ("tier", None),
        ("otherRoleArn", None),
        ("rolearn", None),
        ("roleArn.bucket", None),
    ],
)
def test_a_name_is_the_last_segments_whole_and_exact(file: Path, path: str, name: str | None) -> None:
    """No part of a word, no other case, no block above."""
    file.write_text(SOURCES + entry("roleArn") + entry("sku.tier"))
    found = dismissed.entry("aws", "aws:a/b:B", path)
    assert (found.name if found else None) == name


def test_an_excepted_type_is_not_dismissed(file: Path) -> None:
    """Every other is."""
    file.write_text(SOURCES + entry("tier", 'except_types = ["aws:a/b:B"]\n'))
    assert dismissed.entry("aws", "aws:a/b:B", "tier") is None
    assert dismissed.entry("aws", "aws:a/c:C", "tier") is not None


def test_a_provider_without_a_file_dismisses_nothing(file: Path) -> None:
    """Nor does it fail."""
    assert not file.exists()
    assert dismissed.names("aws") == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[name]", "not valid"),
        (SOURCES + entry("a") + 'pattern = ".*"\n', "not valid"),
        (SOURCES + entry("a") + entry("a"), "there twice"),
        (entry("a").replace('"s"', '"t"') + SOURCES, "not in the file's"),
        (SOURCES + entry("a[*]"), "needs a reason, and no"),
        (SOURCES + entry("a").replace('"r"', '""'), "needs a reason"),
    ],
)
def test_a_file_that_is_not_valid_is_refused(file: Path, text: str, fault: str) -> None:
    """With what is wrong in it."""
    file.write_text(text)
    with pytest.raises(CatalogueError, match=fault):
        dismissed.names("aws")
