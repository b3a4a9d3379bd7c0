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


class Also(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A block of a type that is a resource of its own in the catalogue; one for each element of a list.

    ``input``: the block is one text, and this is the input that has it.
    """

    path: str
    token: str
    input: str = ""
    rename: Mapping[str, str] = {}
    none: Mapping[str, str] = {}


class TypeRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type. For the keys see the head of ``types.toml``."""

    cfn: str
    token: str
    name: str = ""
    arn: str = ""
    rename: Mapping[str, str] = {}
    none: Mapping[str, str] = {}
    also: tuple[Also, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: tuple[TypeRow, ...]


@functools.cache
def rows() -> Mapping[str, TypeRow]:
    """Every row, by CloudFormation type."""
    file = msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), _File)
    return {row.cfn: row for row in file.type}


@functools.cache
def find(kind: str) -> TypeRow | None:
    """The row of a type: the one by hand, else one of the generated table; None where neither has it."""
    row = rows().get(kind)
    named = table.find(kind) if row is None else None
    return row if named is None else TypeRow(cfn=kind, token=named.token)


def physical(kind: str, attribute: str) -> str:
    """The name, or ARN, that ``Ref`` or ``Fn::GetAtt`` gives, its property in braces; "" where there is none."""
    row = rows().get(kind)
    if row is None or not row.name or attribute not in ("", "Arn") or (attribute and not row.arn):
        return ""
    return f"{row.arn if attribute else ''}{{{row.name}}}"
