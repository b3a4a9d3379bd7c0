"""JSON files of Pulumi's: which form one has, and the graph in it.

In:  bytes of a ``pulumi stack export``, a checkpoint of a file backend, or a ``pulumi preview --json``.
Out: records and notes. Each form that is not one of these has a named error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from residency.errors import InputError
from residency.ingest.deployment import Record
from residency.model import Note

STATE_HELP = "give a file made by `pulumi stack export` or `pulumi preview --json`, or a project folder"
_KNOWN_VERSIONS = (3, 4)
_GONE = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})


class _Operation(msgspec.Struct):
    resource: Record
    type: str = ""


class _Deployment(msgspec.Struct):
    resources: list[Record] | None = None
    pending_operations: list[_Operation] | None = None


class _Checkpoint(msgspec.Struct):
    latest: _Deployment | None = None


class _Step(msgspec.Struct, rename="camel"):
    op: str
    urn: str = ""
    new_state: Record | None = None
    old_state: Record | None = None


class _Diagnostic(msgspec.Struct):
    severity: str = ""


class _Document(msgspec.Struct, rename="camel"):
    version: int | None = None
    deployment: _Deployment | None = None
    checkpoint: _Checkpoint | None = None
    steps: list[_Step] | None = None
    diagnostics: list[_Diagnostic] | None = None
    config: dict[str, Any] | None = None


class Content(msgspec.Struct, frozen=True):
    """What a file holds: its form, the records, and what had to be assumed."""

    form: Literal["state", "preview"]
    records: tuple[Record, ...]
    notes: tuple[Note, ...]


_decoder = msgspec.json.Decoder(_Document)


def read(path: Path) -> Content:
    """Read one JSON file of Pulumi's.

    Raises:
        InputError: the file is missing, unreadable, not UTF-8, not JSON, truncated, or JSON of something else.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read `{path}`: {error.strerror}", help=STATE_HELP) from None
    return decode(data, str(path))


def decode(data: bytes, name: str) -> Content:
    """Decode the bytes of such a file; ``name`` is how errors call it."""
    document = _document(data, name)
    if document.steps is not None:
        records = tuple(_preview_records(document.steps))
        providers = tuple(_default_providers(records, document.config or {}))
        return Content("preview", (*records, *providers), _preview_notes(document, name))
    deployment = document.deployment or (document.checkpoint.latest if document.checkpoint else None)
    if deployment is None:
        raise InputError(f"`{name}` is JSON, but neither a Pulumi state nor a Pulumi preview", help=STATE_HELP)
    if document.version is not None and document.version not in _KNOWN_VERSIONS:
        raise InputError(
            f"`{name}` is a Pulumi deployment of version {document.version}, which is not known here",
            help="versions 3 and 4 are; run `pulumi stack export` with a current Pulumi",
        )
    return Content("state", *_state(deployment, name))


def _document(data: bytes, name: str) -> _Document:
    if not data.strip():
        raise InputError(f"`{name}` is empty", help=STATE_HELP)
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        raise InputError(
            f"`{name}` is JSON, but neither a Pulumi state nor a Pulumi preview: {error}", help=STATE_HELP
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"`{name}` is not UTF-8 (byte {error.start})", help=STATE_HELP) from None
    except msgspec.DecodeError as error:
        problem = str(error)
        cut = "truncated" in problem
        raise InputError(
            f"`{name}` is {'cut off: its JSON does not end' if cut else f'not JSON: {problem}'}",
            help="export it again" if cut else STATE_HELP,
        ) from None
    except RecursionError:
        raise InputError(f"`{name}` is nested too deeply to be a Pulumi file", help=STATE_HELP) from None


def _state(deployment: _Deployment, name: str) -> tuple[tuple[Record, ...], tuple[Note, ...]]:
    records = list(deployment.resources or ())
    known = {record.urn for record in records}
    notes: list[Note] = []
    for operation in deployment.pending_operations or ():
        notes.append(
            Note(
                f"the state has an operation that never ended: {operation.type} `{operation.resource.urn}`",
                name,
                settle="run `pulumi refresh`, which asks the provider what is really there",
            )
        )
        if operation.resource.urn not in known:
            records.append(operation.resource)
    return tuple(records), tuple(notes)


def _preview_records(steps: list[_Step]) -> Iterator[Record]:
    last: dict[str, Record] = {}
    for step in steps:
        if step.op not in _GONE and step.new_state is not None:
            last[step.new_state.urn] = step.new_state
    yield from last.values()


def _default_providers(records: Sequence[Record], config: Mapping[str, Any]) -> Iterator[Record]:
    """The default providers, which a preview leaves out: their inputs are the stack's settings for their package."""
    present = {record.urn for record in records}
    used = {record.provider.rpartition("::")[0] for record in records if record.provider}
    for urn in sorted(used - present):
        type_ = urn.split("::")[-2].rpartition("$")[2]
        package = type_.removeprefix("pulumi:providers:")
        if urn.rpartition("::")[2].startswith("default"):
            prefix = f"{package}:"
            inputs = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
            yield Record(urn=urn, type=type_, custom=True, inputs=msgspec.Raw(msgspec.json.encode(inputs)))


def _preview_notes(document: _Document, name: str) -> tuple[Note, ...]:
    if not any(item.severity == "error" for item in document.diagnostics or ()):
        return ()
    return (
        Note(
            "the preview ended with an error, so that resources may be missing from it",
            name,
            doubt=True,
            settle="mend the preview's own errors and make the file again",
        ),
    )
