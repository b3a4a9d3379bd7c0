"""The generated layer is what the installed SDKs say: made again it has the same bytes; every alias leads to a row."""

from __future__ import annotations

import functools
import importlib.metadata
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from residency.catalogue import generated, resources
from residency.catalogue.generated import PROVIDERS, Inventory, ListedPath, ListedType, Why
from residency.catalogue.sdk import generate, source
from residency.errors import CatalogueError, InputError
from tests.residency.samples import BUCKET, resource, state

ROOT = Path(__file__).parents[3]
HEAD = "# Made by `residency catalogue generate aws` from pulumi-aws 1: never edited.\n"


@functools.cache
def sdk(provider: str) -> source.Sdk:
    """The installed SDK, read once; without it the test is skipped, but never on CI."""
    try:
        return source.read(generate.installed(provider))
    except InputError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_committed_layer_is_what_the_installed_sdk_gives_byte_by_byte(provider: str) -> None:
    """A newer SDK fails here until `residency catalogue generate` has shown what it brings."""
    made = generated.render(generate.listed(provider, sdk(provider)))
    committed = (generated.FOLDER / f"{provider}.txt").read_text("utf-8")
    assert made == committed, f"run `residency catalogue generate {provider}` and read the diff"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_head_names_the_version_that_is_installed(provider: str) -> None:
    """Which package and version it was read from is on the first line."""
    installed = importlib.metadata.version(generate.PACKAGES[provider].replace("_", "-")) if sdk(provider) else ""
    assert generated.inventory(provider).version == installed


@pytest.mark.parametrize(("provider", "aliases"), [("aws", 40), ("azure-native", 30_000), ("gcp", 8)])
def test_every_alias_of_the_sdk_normalises_to_a_listed_type(provider: str, aliases: int) -> None:
    """The versioned names of Azure, and what AWS and Google Cloud renamed."""
    listed = {name for each in generated.inventory(provider).types for name in (each.token, *each.aliases)}
    found = [alias for each in sdk(provider).types for alias in each.aliases]
    assert len(found) >= aliases
    assert sorted(alias for alias in found if resources.normalised(alias) not in listed) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_older_name_has_the_row_of_a_type_that_it_is_an_alias_of(provider: str) -> None:
    """A state of years ago is read like a new one."""
    inventory = generated.inventory(provider)
    owners: dict[str, set[str]] = defaultdict(set)
    for each in inventory.types:
        for alias in each.aliases:
            owners[alias].add(each.token)
    current = {each.token for each in inventory.types}
    wrong = [
        alias
        for alias, tokens in owners.items()
        if alias not in current and resources.row(alias) not in [resources.row(token) for token in tokens]
    ]
    assert wrong == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_alias_of_the_package_file_leads_from_an_older_name_to_a_listed_type(provider: str) -> None:
    """No entry is misspelled or stale."""
    owner = resources.package(provider)
    assert owner is not None
    names = {each.token: each.aliases for each in generated.inventory(provider).types}
    wrong = [old for old, new in owner.file.aliases.items() if old in names or old not in names.get(new, ())]
    assert wrong == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_row_is_of_a_listed_type_or_an_older_name(provider: str) -> None:
    """A row that matches nothing answers for nothing."""
    listed = {name for each in generated.inventory(provider).types for name in (each.token, *each.aliases)}
    stems = sorted(path.stem for path in (resources.DATA / provider).glob("*.toml") if not path.stem.startswith("_"))
    rows = {token: row for stem in stems for token, row in resources.module_rows(provider, stem).items()}
    assert sorted(token for token, row in rows.items() if token not in listed and token not in row.aliases) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_types_that_are_where_their_owner_is_are_those_without_an_input_for_a_place(provider: str) -> None:
    """A list that misses a type leaves it to the provider's own location, which says nothing about it."""
    unplaced = resources.unplaced(provider)
    without = {
        each.token
        for each in generated.inventory(provider).types
        if all(path.path != "location" for path in each.paths)
    }
    assert sorted(unplaced ^ without if unplaced else ()) == []


def test_a_usual_check_does_not_read_the_layer(tmp_path: Path) -> None:
    """Seen in a fresh interpreter; a bucket outside is found without it."""
    (tmp_path / "state.json").write_text(state(resource(BUCKET, "b", {"region": "us-east-1"})))
    program = (
        "import sys; from residency.cli.main import main; code = main(['check', sys.argv[1]]);"
        "print(code, [name for name in sys.modules if name.startswith('residency.catalogue.generated')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "state.json")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.splitlines()[-1] == "1 []"


def test_rendered_and_parsed_again_it_is_the_same() -> None:
    """With an alias, a type without paths, and marks in a path."""
    listed = Inventory(
        "aws",
        "pulumi-aws",
        "1.2.3",
        (
            ListedType("aws:a/b:B", ("aws:a/old:Old",), (ListedPath("rules[*].names.*", Why.COPY),)),
            ListedType("aws:a/c:C", (), ()),
        ),
    )
    assert generated.parse(generated.render(listed), "aws") == listed


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# something else\n", "has no head"),
        (
            "# Made by `residency catalogue generate aws` from pulumi-aws 1: never edited.\n  a  b\n",
            "not a listed path",
        ),
        (
            "# Made by `residency catalogue generate aws` from pulumi-aws 1: never edited.\nt\n  a\n",
            "not a listed path",
        ),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, fault: str) -> None:
    """Edited by hand, or cut off."""
    with pytest.raises(CatalogueError, match=fault):
        generated.parse(text, "aws")


def test_a_provider_without_a_layer_is_named_with_those_that_have_one() -> None:
    """No file name is made of what a user types."""
    with pytest.raises(CatalogueError, match="no generated layer") as caught:
        generated.inventory("../aws")
    assert "azure-native" in caught.value.help
