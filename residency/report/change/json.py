"""A change as JSON; its form is published in ``change.schema.json`` beside this file, and only grows in a version."""

from __future__ import annotations

from pathlib import Path

import msgspec

from residency.change import Change, ChangeKind, DiffResult
from residency.report.json import encodable, entry

VERSION = 1
SCHEMA = Path(__file__).with_name("change.schema.json")


def render(result: DiffResult) -> str:
    """The whole result; one document, ending in a newline."""
    document = {
        "version": VERSION,
        "base": encodable(result.base),
        "head": encodable(result.head),
        "perimeter": result.perimeter.name,
        "exit_code": result.exit_code,
        "summary": {
            **{kind.value.replace("-", "_"): len(result.of(kind)) for kind in ChangeKind},
            "blocking": len(result.blocking),
            "unchanged": result.unchanged,
        },
        "perimeter_changes": [encodable(each) for each in result.widened],
        "changes": [_change(change) for change in result.changes],
        "notes": [
            {"what": encodable(note.what), "where": encodable(note.where), "settle": encodable(note.settle)}
            for note in result.notes
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _change(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "blocks": change.blocks,
        "before": entry(change.before) if change.before else None,
        "after": entry(change.after) if change.after else None,
    }
