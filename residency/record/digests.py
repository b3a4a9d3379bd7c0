"""SHA-256 of what a check rests on, always over bytes as they are: no line ending and no letter is made like another.

In:  bytes, values, this package's own files.
Out: 64 hex digits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from residency.judge import fingerprint
from residency.model import Verdict
from residency.perimeter import Perimeter

_PACKAGE = Path(__file__).resolve().parents[1]
_CATALOGUE = _PACKAGE / "catalogue" / "data"
_OF_THE_TOOL = (".py", ".md", ".toml", ".json")


def of_bytes(data: bytes) -> str:
    """The digest of bytes."""
    return hashlib.sha256(data).hexdigest()


def of_value(value: object) -> str:
    """The digest of a value's canonical JSON: keys and sets sorted, no space."""
    return of_bytes(msgspec.json.encode(value, order="sorted"))


def of_perimeter(perimeter: Perimeter) -> str:
    """All that a perimeter lets pass and refuses, the project's own rows included; not the day it was asked for."""
    fields = {name: getattr(perimeter, name) for name in perimeter.__struct_fields__ if name != "on"}
    return of_value(fields)


def of_catalogue() -> str:
    """Every file of the catalogue: the packed rows, the rows themselves, places and memberships."""
    return of_value(_files(_CATALOGUE, None))


def of_tool() -> str:
    """This package's own code and rules, without the catalogue."""
    found = _files(_PACKAGE, _OF_THE_TOOL)
    return of_value({name: digest for name, digest in found.items() if not name.startswith("catalogue/data/")})


def of_verdicts(verdicts: Iterable[Verdict]) -> str:
    """The fingerprints with their outcomes, sorted."""
    return of_value(sorted((each.fingerprint, each.outcome.value, bool(each.exempt)) for each in verdicts))


def of_placements(verdicts: Iterable[Verdict]) -> str:
    """Where a resource's data would be, whatever a perimeter says of it."""
    return of_value(sorted(fingerprint(each.placement, each.rule) for each in verdicts))


def _files(folder: Path, suffixes: tuple[str, ...] | None) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): of_bytes(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and (suffixes is None or path.suffix in suffixes)
    }
