"""One result with everything that a report can show, and one without a finding; the files that their positions name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from residency.check import CheckResult, result
from residency.ingest.deployment import Record, graph
from residency.model import Note, Resource, ResourceGraph
from residency.perimeter import Exemption, Perimeter
from residency.placements.derive import Deriver
from tests.residency.samples import (
    AMERICA,
    BUCKET,
    IRELAND,
    REPLICATION,
    UNKNOWN,
    eea,
    graph_of,
    resource,
    urn,
)

PROGRAM, STATE, TEMPLATE = "shop", "exports/state.json", "templates/archive.yaml"
BROKEN = "broken"


def make_files(folder: Path) -> None:
    """The targets of the sample, so far as positions look at them."""
    for name in (f"{PROGRAM}/Pulumi.yaml", f"{PROGRAM}/__main__.py", f"{PROGRAM}/data/stores.py", STATE, TEMPLATE):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def sample_perimeter() -> Perimeter:
    """The EEA, in which one finding is accepted."""
    exemption = Exemption(
        rule="RES001",
        resource="old",
        owner="platform",
        reason="moved by the end of the year",
        approver="DPO",
        expires=datetime.date(2026, 12, 31),
    )
    return msgspec.structs.replace(eea(), name="sample", exemptions=(exemption,))


def sample_result() -> CheckResult:
    """Three targets: outside, undetermined, inside, accepted, a rule's error, doubts; with positions and without."""
    return judged(sample_graphs())


def judged(graphs: list[ResourceGraph]) -> CheckResult:
    """The graphs against the sample's perimeter; a rule fails on the resource `broken`."""
    derive = Deriver.of

    def failing(self: Deriver, of: Resource) -> Any:
        if of.name == BROKEN:
            raise KeyError(of.name)
        return derive(self, of)

    with mock.patch.object(Deriver, "of", failing):
        return result(graphs, sample_perimeter())


def empty_result() -> CheckResult:
    """Everything inside."""
    return result([graph_of(IRELAND, resource(BUCKET, "data", {"bucket": "data"}, by="eu"), target=PROGRAM)], eea())


def at(record: Mapping[str, Any], line: int, file: str = "__main__.py") -> dict[str, Any]:
    """The record as a line of the program declares it."""
    return {**record, "sourcePosition": f"project:///{file}#{line},1"}


def graph_with(records: list[dict[str, Any]], target: str, notes: tuple[Note, ...] = ()) -> ResourceGraph:
    """The graph of some records, with notes."""
    return graph(target, msgspec.json.decode(json.dumps(records), type=list[Record]), notes=notes)


def sample_graphs() -> list[ResourceGraph]:
    """A program, a state without positions, and a template that names itself."""
    rules = [{"status": "Enabled", "destination": {"bucket": UNKNOWN}}]
    inputs = {"bucket": "data", "rules": rules}
    replication = resource(REPLICATION, "replication", inputs, by="eu", depends_on={"rules": [urn(BUCKET, "copy")]})
    program = [
        at(IRELAND, 4),
        at(AMERICA, 5),
        at(resource(BUCKET, "data", {"bucket": "data"}, by="eu"), 3, "data/stores.py"),
        at(resource(BUCKET, "copy", {"bucket": "copy"}, by="us"), 7, "data/stores.py"),
        at(replication, 12),
        at(resource(BUCKET, "old", {"bucket": "old"}, by="us"), 20),
        at(resource(BUCKET, "later", {"bucket": "later", "region": UNKNOWN}, by="eu"), 24),
        at(resource(BUCKET, BROKEN, {"bucket": BROKEN}, by="eu"), 28),
        at(resource("acme:index:Store", "foreign", {}), 31),
    ]
    doubts = (
        Note("config `region` has no value here; a string was assumed", "__main__.py:2", doubt=True, settle="set it"),
        Note("config `stage` has no value here; a string was assumed", "__main__.py:3", doubt=True, settle="set it"),
        Note("config `colour` has no value here; a string was assumed", "__main__.py:4"),
    )
    state = [IRELAND, AMERICA, resource(BUCKET, "exported", {"bucket": "exported"}, by="us")]
    line = {"sourcePosition": f"project:///{TEMPLATE}#9,1"}
    template = [AMERICA, {**resource(BUCKET, "Archive", {"bucket": "archive"}, by="us"), **line}]
    return [
        graph_with(program, PROGRAM, doubts),
        graph_with(state, STATE),
        graph_with(template, TEMPLATE),
    ]
