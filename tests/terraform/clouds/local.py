"""Stand-ins for hashicorp/random and hashicorp/null: providers without a cloud, their types written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.terraform.clouds.cloud import Cloud, Values, optional, token
from tests.terraform.shape import Attribute, Block, Declared

_SOURCE = "written by hand from the provider's documentation"
_NAMES = ("id", "hex", "b64_std", "b64_url", "dec")

RANDOM = Declared(
    _SOURCE,
    "3.7.2",
    {
        "random_id": Block(
            {"byte_length": Attribute("number", required=True)}
            | {name: Attribute("string", computed=True) for name in _NAMES}
            | optional("prefix")
            | optional("keepers", kind=["map", "string"])
        )
    },
    {},
)
NULL = Declared(
    _SOURCE,
    "3.2.4",
    {"null_resource": Block({"id": Attribute("string", computed=True)} | optional("triggers", kind=["map", "string"]))},
    {},
)


def _made(kind: str, planned: Values, _settings: Mapping[str, Any]) -> Values:
    return dict.fromkeys(_NAMES, token(kind, str(planned.get("keepers")), length=8))


def _read(kind: str, _asked: Values, _settings: Mapping[str, Any]) -> Values:
    raise LookupError(f"the stand-in has no data.{kind}")


CLOUD = Cloud(
    settings=Block(),
    defaults=lambda _kind, _planned, _asked, _settings: None,
    made=_made,
    read=_read,
    replacing=lambda _kind: frozenset({"byte_length", "keepers", "triggers"}),
)
