"""What a record is, and its one way of being written.

In:  a Record, or the bytes of a file.
Out: canonical JSON (sorted keys, two spaces, a newline), or a Record. It has no clock but the day for which expiries
     were judged, and no property's value. The seal is the digest of all the rest, so that a slip or a bad copy shows;
     it proves that a record is whole, not who made it.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from residency.check import Summary
from residency.errors import InputError
from residency.record import digests

VERSION = 1
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_HELP = "make it with `residency check --record FILE`"


class Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a record; what it does not know is no part of it."""


class Named(Closed, frozen=True, kw_only=True):
    """Something by its name or version, and its digest."""

    name: str
    digest: Digest


class Input(Closed, frozen=True, kw_only=True):
    """One thing that was read.

    Attributes:
        target: as the user named it; two names of the same content are the same input.
        form: a project, a folder that ``cdk synth`` wrote, or a file.
        stack: of a project.
        files: digest by name relative to the target; of a file its own has no name, others are relative to its folder.
    """

    target: str
    form: Literal["project", "folder", "file"]
    stack: str | None
    files: dict[str, Digest]


class Covered(Closed, frozen=True, kw_only=True):
    """One resource that was judged, and the digest of its placements."""

    id: str
    placements: Digest


class Record(Closed, frozen=True, kw_only=True):
    """What one check judged, by what, and what came of it.

    Attributes:
        version: of this form.
        date: the day for which memberships and expiries were judged.
        tool: the version of residency, and the digest of its code.
        catalogue: digest of the catalogue.
        perimeter: its name, and the digest of all that it says.
        baseline: digest of the baseline, where there was one.
        settings: digest of what was given beside the inputs: Region, parameters, a pack's configuration.
        pack: the policy pack, where it was the one that judged.
        inputs: what was judged; empty for a pack, which judges what the engine shows.
        context: states of other stacks, read for references only.
        resources: every judged resource, sorted.
        summary, exit_code: the outcome.
        verdicts: digest of all fingerprints with their outcomes.
        seal: digest of all of the above.
    """

    version: int
    date: datetime.date
    tool: Named
    catalogue: Digest
    perimeter: Named
    baseline: Digest | None
    settings: Digest
    pack: Named | None
    inputs: tuple[Input, ...]
    context: tuple[Input, ...]
    resources: tuple[Covered, ...]
    summary: Summary
    exit_code: int
    verdicts: Digest
    seal: str = ""

    def sealed(self) -> Record:
        """The same record with its seal."""
        bare = msgspec.structs.replace(self, seal="")
        return msgspec.structs.replace(self, seal=digests.of_bytes(encode(bare)))


def encode(record: Record) -> bytes:
    """The one way of writing a record."""
    return msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=2) + b"\n"


def decode(data: bytes, name: str) -> Record:
    """Read a record; whether it is whole is for ``verify`` to say.

    Raises:
        InputError: it is no record.
    """
    try:
        record = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"`{name}` is no record of a check: {error}", help=_HELP) from None
    if record.version != VERSION:
        raise InputError(f"`{name}` is a record of version {record.version}, which is not known here", help=_HELP)
    return record


def read(path: Path) -> tuple[Record, bytes]:
    """A record and its bytes.

    Raises:
        InputError: it cannot be read, or is no record.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the record `{path}`: {error.strerror}", help=_HELP) from None
    return decode(data, str(path)), data
