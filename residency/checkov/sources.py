"""What Checkov is given to read of a target: the file itself where it is one of Checkov's own, else a written plan.

In:  a ResourceGraph.
Out: files, and for what Checkov calls a resource, the resource that it is here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.check import is_judged
from residency.checkov import plan
from residency.model import Resource, ResourceGraph, Unread

_TEMPLATE = "cloudformation::"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One target for Checkov.

    Attributes:
        framework: Checkov's name for what the files are.
        files: existing ones, by their real paths; empty where ``text`` is to be written to one.
        text: a plan.
        resources: by real path, "" for the written plan, and Checkov's name: the resource.
        unread: what Checkov is not asked about.
    """

    framework: str
    files: tuple[str, ...] = ()
    text: bytes = b""
    resources: Mapping[tuple[str, str], Resource]
    unread: tuple[Unread, ...] = ()


class _Planned(msgspec.Struct):
    planned_values: msgspec.Raw = msgspec.Raw(b"")


def of(graph: ResourceGraph) -> Source:
    """What Checkov is given of a graph."""
    judged = [each for each in graph.resources.values() if is_judged(each)]
    if judged and all(each.id.startswith(_TEMPLATE) and each.where for each in judged):
        return _templates(graph.target, judged)
    if not any(each.id.startswith("urn:") for each in judged) and _is_plan(Path(graph.target)):
        file = os.path.realpath(graph.target)
        found = {(file, each.id): each for each in judged}
        return Source(framework="terraform_plan", files=(file,), resources=found)
    made = plan.of(graph)
    return Source(
        framework="terraform_plan",
        text=made.text,
        resources={("", address): each for address, each in made.resources.items()},
        unread=made.unread,
    )


def _is_plan(path: Path) -> bool:
    """Whether it is a plan; a state has no planned values, and Checkov does not read it."""
    try:
        return path.is_file() and bool(bytes(msgspec.json.decode(path.read_bytes(), type=_Planned).planned_values))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _templates(target: str, judged: list[Resource]) -> Source:
    """Templates by themselves; a resource is known by its logical id, of whose parts the first stands for all."""
    folder = target if Path(target).is_dir() else ""
    found: dict[tuple[str, str], Resource] = {}
    for each in judged:
        if each.where is not None:
            file = os.path.realpath(Path(folder, each.where.file))
            found.setdefault((file, each.name.partition(".")[0]), each)
    files = sorted({file for file, _ in found})
    return Source(framework="cloudformation", files=tuple(files), resources=found)
