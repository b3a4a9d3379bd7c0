"""Rows are found under every name of a type, and a row without source or date does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.catalogue import compiled, resources, rows
from residency.catalogue.rows import ModuleFile, ProviderFile
from residency.errors import CatalogueError
from tests.residency.samples import provider, resource, verdicts

SOURCE = '[sources.s]\ntitle = "t"\nurl = "https://example.com"\nchecked = 2026-11-23\n'
OMITTED = 'omitted = "x"\n'
ROW = '[[resource]]\ntype = "aws:x/y:Y"\nsource = "s"\n'


@pytest.mark.parametrize(
    ("token", "module", "name"),
    [
        ("aws:s3/bucket:Bucket", "s3", "Bucket"),
        ("azure-native:storage/v20230101:StorageAccount", "storage", "StorageAccount"),
        ("gcp:storage/bucket:Bucket", "storage", "Bucket"),
        ("nonsense", "", ""),
    ],
)
def test_a_token_splits_into_package_module_and_name(token: str, module: str, name: str) -> None:
    """Whatever its form."""
    assert resources.split(token)[1] == module
    assert name in resources.split(token)[2]


@pytest.mark.parametrize(
    "token",
    [
        "azure-native:cosmosdb:DatabaseAccount",
        "azure-native:cosmosdb/v20230415:DatabaseAccount",
        "azure-native:documentdb:DatabaseAccount",
        "azure-native:documentdb/v20230415:DatabaseAccount",
    ],
)
def test_an_older_name_of_a_type_has_the_same_copies(token: str) -> None:
    """A state of an older SDK hides no replica."""
    places = [{"locationName": "norwayeast", "failoverPriority": 0}, {"locationName": "East US", "failoverPriority": 1}]
    inputs = {"locations": places, "backupPolicy": {"type": "Continuous"}}
    found = verdicts(provider("p", "azure-native"), resource(token, "db", inputs, by="p"))
    assert [(each.rule, each.placement.property) for each in found if each.outcome.value == "outside"] == [
        ("RES101", "locations[1].locationName")
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ROW, "source `s` is not in the file"),
        (SOURCE.replace("checked = 2026-11-23\n", "") + ROW, "checked"),
        (SOURCE.replace('url = "https://example.com"\n', "") + ROW, "neither url nor package"),
        (SOURCE + ROW + 'surprise = "x"\n', "surprise"),
        (SOURCE + ROW.replace('type = "aws:x/y:Y"\n', ""), "has no type"),
        (SOURCE + ROW + ROW, "has two rows"),
        (SOURCE + ROW + '[[resource.placement]]\nkind = "replica"\nvalue = "region"\nsource = "s"\n', "needs a path"),
        (SOURCE + ROW + '[[resource.placement]]\nkind = "copy"\nvalue = "region"\nsource = "s"\npath = "a"\n', "copy"),
        (
            SOURCE + ROW + '[[resource.placement]]\nkind = "replica"\nvalue = "map"\nsource = "s"\npath = "a"\n',
            "needs a table of values",
        ),
        (
            f'{SOURCE}{ROW}[[resource.placement]]\nkind = "log"\nvalue = "arn"\nsource = "s"\npath = "a"\n{OMITTED}',
            "unknown effect `x`",
        ),
        ("[[resource]\n", "not valid"),
    ],
)
def test_a_row_that_could_not_be_used_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    """The error names the file and the fault."""
    (tmp_path / "aws").mkdir()
    (tmp_path / "aws" / "x.toml").write_text(text, "utf-8")
    monkeypatch.setattr(resources, "DATA", tmp_path)
    resources.module_rows.cache_clear()
    try:
        with pytest.raises(CatalogueError) as caught:
            resources.module_rows("aws", "x")
    finally:
        resources.module_rows.cache_clear()
    assert problem in caught.value.what
    assert "x.toml" in caught.value.where


def test_every_file_of_the_catalogue_loads() -> None:
    """All offenders at once."""
    wrong: list[str] = []
    for path in resources.files():
        try:
            if path.name.startswith("_"):
                resources.read(path, path.read_bytes(), ProviderFile)
            else:
                assert resources.read(path, path.read_bytes(), ModuleFile).resource, path
        except CatalogueError as error:
            wrong.append(str(error))
    assert wrong == []


def test_the_packed_rows_are_in_step_with_the_files() -> None:
    """Out of step they are still right, and slower: `residency catalogue pack` mends it."""
    assert compiled.FILE.read_bytes() == compiled.pack(resources.files())


def test_packed_rows_are_the_rows_of_the_file() -> None:
    path = resources.DATA / "aws" / "s3.toml"
    read = resources.read(path, path.read_bytes(), ModuleFile)
    tokens = {token for row in read.resource for token in row.tokens}
    assert {token: resources.row(token) for token in tokens} == {
        token: row for row in read.resource for token in row.tokens
    }


def test_a_file_that_was_edited_since_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is packed may be out of date; it never speaks for a file that says something else."""
    (tmp_path / "aws").mkdir()
    (tmp_path / "aws" / "s3.toml").write_text(SOURCE + ROW, "utf-8")
    monkeypatch.setattr(resources, "DATA", tmp_path)
    resources.module_rows.cache_clear()
    try:
        assert len(resources.module_rows("aws", "s3")) == 1
    finally:
        resources.module_rows.cache_clear()


def test_every_effect_has_a_function() -> None:
    """A word that a row may use is a word that the placements stage knows."""
    code = (Path(rows.__file__).parents[1] / "placements" / "effects.py").read_text("utf-8")
    assert [effect for effect in sorted(rows.EFFECTS - {"none"}) if f'"{effect}"' not in code] == []
