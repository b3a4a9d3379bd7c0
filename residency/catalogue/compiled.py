"""The catalogue's files in a form that loads at once: the same rows, packed, each with the digest of its TOML.

In:  the bytes of a TOML file of the catalogue, as it is now.
Out: its packed content, if it was packed from these very bytes; a file edited since is read as TOML, so that what is
     packed can be out of date but never wrong. ``residency catalogue pack`` makes it, and a test holds it in step.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "data" / "resources.msgpack"


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """One file: the digest of its TOML, and its content as MessagePack."""

    digest: bytes
    content: msgspec.Raw


@functools.cache
def _all() -> Mapping[str, Packed]:
    try:
        return msgspec.msgpack.decode(FILE.read_bytes(), type=dict[str, Packed])
    except (OSError, msgspec.MsgspecError):
        return {}


def find(path: Path, data: bytes) -> msgspec.Raw | None:
    """The packed content of a file whose bytes are ``data``; None where it was not packed from them."""
    packed = _all().get(_name(path))
    return packed.content if packed is not None and packed.digest == _digest(data) else None


def pack(files: Sequence[Path]) -> bytes:
    """Checked TOML files as one packed file; the same bytes for the same files."""
    found: dict[str, Packed] = {}
    for path in files:
        data = path.read_bytes()
        content = msgspec.msgpack.encode(tomllib.loads(data.decode("utf-8")))
        found[_name(path)] = Packed(_digest(data), msgspec.Raw(content))
    return msgspec.msgpack.encode(found)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
