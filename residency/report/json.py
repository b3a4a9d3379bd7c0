"""The report as JSON; its form is published in ``report.schema.json`` beside this file, and only grows in a version."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import msgspec

from residency.check import CheckResult
from residency.judge import code_of
from residency.model import Verdict
from residency.report import remarks

VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")
_Field: TypeAlias = "str | int | list[str] | None"


def render(result: CheckResult) -> str:
    """The whole result; one document, ending in a newline."""
    document: dict[str, object] = {
        "version": VERSION,
        "perimeter": encodable(result.perimeter.name),
        "summary": msgspec.to_builtins(result.summary),
        "verdicts": [entry(verdict) for verdict in result.verdicts],
        "notes": [
            {
                key: encodable(value)
                for key, value in (("what", note.what), ("where", note.where), ("settle", note.settle))
            }
            for note in result.notes
        ],
    }
    if result.remarks:
        document["others"] = [remarks.document(result.remarks)]
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def entry(verdict: Verdict) -> dict[str, _Field]:
    """One verdict as the schema has it."""
    placement = verdict.placement
    position = placement.resource.where
    location = code_of(placement)
    return {
        "target": encodable(verdict.target),
        "resource": encodable(placement.resource.id),
        "type": encodable(placement.resource.type),
        "kind": placement.kind.value,
        "property": None if placement.property is None else encodable(placement.property),
        "location": None if location is None else encodable(location),
        "countries": list(verdict.countries),
        "outcome": verdict.outcome.value,
        "rule": verdict.rule,
        "what": encodable(verdict.what),
        "why": encodable(verdict.why),
        "fix": encodable(verdict.fix),
        "where": encodable(f"{position.file}:{position.line}") if position else None,
        "exempt": encodable(verdict.exempt) or None,
        "fingerprint": verdict.fingerprint,
    }


def encodable(text: str) -> str:
    """Text that JSON can hold."""
    # A file name that is not UTF-8 reaches Python with lone surrogates, which JSON text cannot have.
    return text.encode("utf-8", "backslashreplace").decode()
