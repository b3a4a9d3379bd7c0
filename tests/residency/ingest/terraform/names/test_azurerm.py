"""The table of azurerm's types: every path of it is one that both sides declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from residency.catalogue.sdk import paths, source
from residency.catalogue.sdk.source import Sdk
from residency.ingest.terraform.names import azurerm
from residency.ingest.terraform.names.azurerm import Pair, TypePair

COMMON = {"location", "resource_group_name", "tags", "identity.type", "identity.identity_ids"}
GONE = {
    "azurerm_mysql_server",
    "azurerm_mariadb_server",
    "azurerm_mysql_firewall_rule",
    "azurerm_mariadb_firewall_rule",
}
"""Types of azurerm 3 that the schema of 4 does not have; their paths are those of the PostgreSQL ones."""
FREE = ("addonProfiles.", "parameters.")
"""What is under these is a table whose keys no schema lists."""


def declared() -> Mapping[str, frozenset[str]]:
    """The paths of azurerm by type."""
    text = Path(__file__).with_name("azurerm_schema.txt").read_text("utf-8")
    lines = (line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    return {line[0]: frozenset(line[1:]) for line in lines}


def plain(path: str) -> str:
    """A path without its marks of lists."""
    return re.sub(r"\[[*0]\]", "", path)


def native(sdk: Sdk, token: str) -> frozenset[str]:
    """The paths of a token, and what they are in."""
    (owner,) = [each for each in sdk.types if each.token == token]
    found: set[str] = set()
    for leaf in paths.leaves(sdk, owner):
        steps = plain(leaf.path).replace(".*", "").split(".")
        found.update(".".join(steps[: end + 1]) for end in range(len(steps)))
    return frozenset(found)


def groups(row: TypePair) -> Iterator[tuple[str, str, tuple[Pair, ...]]]:
    """The pairs of a row, with the azurerm type and the token that have them."""
    yield row.azurerm, row.native, row.pairs
    yield from ((row.azurerm, each.native, each.pairs) for each in row.beside)
    yield from ((each.azurerm, row.native, each.pairs) for each in row.apart)


def test_every_path_is_declared_on_its_side() -> None:
    import pulumi_azure_native  # noqa: PLC0415 - only its folder is needed

    sdk = source.read(Path(str(pulumi_azure_native.__file__)).parent)
    schema = declared()
    wrong: list[str] = []
    for row in azurerm.rows():
        for type_, token, pairs in groups(row):
            ours = native(sdk, token)
            theirs = {path.removesuffix("?") for path in schema.get(type_, ())}
            for pair in pairs:
                if type_ not in GONE and pair.azurerm not in COMMON:
                    wrong.extend(f"{type_}: {each}" for each in pair.azurerm_paths if plain(each) not in theirs)
                if pair.azurerm not in COMMON:
                    unknown = (each for each in pair.native_paths if plain(each) not in ours)
                    wrong.extend(f"{token}: {each}" for each in unknown if not each.startswith(FREE))
    assert wrong == []


def test_a_pair_of_words_or_an_opposite_is_a_flag_in_azurerm() -> None:
    schema = declared()
    wrong = [
        f"{row.azurerm}: {pair.azurerm}"
        for row in azurerm.rows()
        if row.azurerm not in GONE
        for pairs in (row.pairs, *(each.pairs for each in row.beside))
        for pair in pairs
        if (pair.opposite or pair.flag) and f"{plain(pair.azurerm)}?" not in schema[row.azurerm]
    ]
    assert wrong == []


def test_only_the_last_row_of_a_token_has_no_condition() -> None:
    """A row behind one without a condition would never be taken."""
    tokens = {row.native for row in azurerm.rows()}
    assert [token for token in sorted(tokens) for row in azurerm.of_token(token)[:-1] if not row.when] == []


def test_every_azurerm_type_has_one_row() -> None:
    names = [row.azurerm for row in azurerm.rows()]
    assert sorted(set(names)) == sorted(names)
