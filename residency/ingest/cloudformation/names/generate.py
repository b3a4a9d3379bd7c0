"""Makes the table of names.

In:  the resource schemas that cfn-lint ships, and the folder of the Pulumi SDK.
Out: the text of ``aws.txt``; and the types that are in no pair. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.catalogue.sdk import source
from residency.catalogue.sdk.source import Sdk
from residency.ingest.cloudformation import types
from residency.ingest.cloudformation.names import matching, schema, table

_REVIEWED = Path(__file__).with_name("reviewed.toml")


class _Reviewed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: Mapping[str, str]


def text(folder: Path, sdk_folder: Path) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """The table's text, and the types that no pair has, with the tokens that come nearest.

    Raises:
        InputError: a folder is not what it should be.
    """
    return made(schema.read(folder), source.read(sdk_folder))


def made(schemas: schema.Schemas, sdk: Sdk) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """As :func:`text`, of what was read already."""
    by_hand = types.rows()
    found, left = matching.pairs(
        schemas, sdk, {**reviewed(), **{name: row.token for name, row in by_hand.items() if row.token}}
    )
    named = {
        name: matching.names(schemas.types[name], sdk, token, by_hand[name].rename if name in by_hand else {})
        for name, token in found.items()
    }
    of = f"cfn-lint {schemas.version} and {sdk.name} {sdk.version}"
    return table.render(f"Made by `residency catalogue cloudformation` from {of}: never edited.", named), left


def reviewed() -> Mapping[str, str]:
    """Pairs that a person settled; "" where the SDK has no such type."""
    return msgspec.toml.decode(_REVIEWED.read_bytes(), type=_Reviewed).types
