"""The table of types: CloudFormation's names to the catalogue's tokens. Form and sources: ``types.toml``.

In:  nothing but the file.
Out: rows by CloudFormation type.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.ingest.cloudformation.names import table

_FILE = Path(__file__).with_name("types.toml")
_DATALESS = Path(__file__).with_name("dataless.toml")


class Also(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A block of a type that is a resource of its own in the catalogue; one for each element of a list.

    ``input``: this input has the block, which may be one text. ``beside``: properties of the type that it is told too.
    """

    path: str
    token: str
    input: str = ""
    beside: Mapping[str, str] = {}
    rename: Mapping[str, str] = {}
    none: Mapping[str, str] = {}


class TypeRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type. For the keys see the head of ``types.toml``."""

    cfn: str
    token: str = ""
    name: str = ""
    arn: str = ""
    rename: Mapping[str, str] = {}
    none: Mapping[str, str] = {}
    also: tuple[Also, ...] = ()
    settings: Mapping[str, Mapping[str, str]] = {}
    kinds: Mapping[str, str] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: tuple[TypeRow, ...]

    def by_type(self) -> Mapping[str, TypeRow]:
        return {row.cfn: row for row in self.type}


class _Dataless(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: Mapping[str, str]


@functools.cache
def rows() -> Mapping[str, TypeRow]:
    """Every row by hand, by CloudFormation type; those without a token of their own have the generated table's."""
    return msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), _File).by_type()


@functools.cache
def dataless() -> Mapping[str, str]:
    """Types that hold nothing and make nothing, with the reason."""
    return msgspec.convert(tomllib.loads(_DATALESS.read_text("utf-8")), _Dataless).types


@functools.cache
def find(kind: str) -> TypeRow | None:
    """The row of a type: the one by hand over the one of the generated table; None where neither has it."""
    row, named = rows().get(kind), table.find(kind)
    if named is None or (row is not None and row.token):
        return row if row is None or row.token else None
    return msgspec.structs.replace(row or TypeRow(cfn=kind), token=named.token)


def physical(kind: str, attribute: str) -> str:
    """The name, or ARN, that ``Ref`` or ``Fn::GetAtt`` gives, its property in braces; "" where there is none."""
    row = rows().get(kind)
    if row is None or not row.name or attribute not in ("", "Arn") or (attribute and not row.arn):
        return ""
    return f"{row.arn if attribute else ''}{{{row.name}}}"
