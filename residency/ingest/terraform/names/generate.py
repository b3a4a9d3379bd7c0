"""Makes the table of names of one provider.

In:  the folder of the unpacked npm package that CDK for Terraform publishes of the provider, and of the Pulumi SDK.
Out: the text of ``<provider>.txt``; and the types that are in no pair. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.catalogue.sdk import source
from residency.errors import InputError
from residency.ingest.terraform.names import matching, schema, table

PROVIDERS: Mapping[str, str] = {"aws": "aws", "google": "gcp"}
"""Terraform's provider to the Pulumi package that is generated from it."""


class _Reviewed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str]] = {}
    filled: Mapping[str, tuple[str, ...]] = {}


class _Package(msgspec.Struct, frozen=True):
    name: str
    version: str


def text(provider: str, folder: Path, sdk_folder: Path) -> tuple[str, tuple[str, ...]]:
    """The table's text, and the types that no pair has.

    Raises:
        InputError: a folder is not what it should be.
    """
    package = _package(folder)
    declared, sdk = schema.read(folder), source.read(sdk_folder)
    reviewed = msgspec.toml.decode((table.FOLDER / "reviewed.toml").read_bytes(), type=_Reviewed)
    found, left = matching.pairs(declared, sdk, reviewed.types)
    named = {
        name: matching.settled(
            matching.names(declared.types[name], sdk, token),
            reviewed.attributes.get(name, {}),
            reviewed.filled.get(name, ()),
        )
        for name, token in found.items()
    }
    made = f"{package.name} {package.version} (provider {declared.version}) and {sdk.name} {sdk.version}"
    return table.render(f"Made by `residency catalogue terraform {provider}` from {made}: never edited.", named), left


def _package(folder: Path) -> _Package:
    try:
        return msgspec.json.decode((folder / "package.json").read_bytes(), type=_Package)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"`{folder}` is no unpacked npm package: {error}", help="npm pack it, and unpack it") from None
