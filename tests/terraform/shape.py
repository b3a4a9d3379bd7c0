"""What a provider declares: the shape of its types, as the committed files under ``schemas/`` hold it.

In:  a JSON text made by ``python -m tests.terraform.schemas``.
Out: frozen declarations. A type is written as Terraform writes it: ``"string"``, ``["list", "string"]``,
     ``["object", {"name": "string"}]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).with_name("schemas")
"""Where the committed schemas are."""


class Attribute(msgspec.Struct, frozen=True, omit_defaults=True):
    """An attribute of a block; ``type`` in Terraform's JSON form."""

    type: Any
    required: bool = False
    optional: bool = False
    computed: bool = False
    sensitive: bool = False


class Nested(msgspec.Struct, frozen=True, omit_defaults=True):
    """A block in a block: ``nesting`` is single, list or set."""

    nesting: str
    block: Block
    min_items: int = 0
    max_items: int = 0


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a block may hold."""

    attributes: Mapping[str, Attribute] = {}
    blocks: Mapping[str, Nested] = {}


class Declared(msgspec.Struct, frozen=True):
    """A provider's types, with the package and the version that they were read from."""

    source: str
    version: str
    resources: Mapping[str, Block]
    data_sources: Mapping[str, Block]


def load(name: str) -> Declared:
    """Read the committed schema of a provider, for example ``aws``."""
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Declared)
