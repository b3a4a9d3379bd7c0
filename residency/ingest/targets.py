"""Which kind of source a target is, seen from the target itself.

In:  a path as the user gave it: a project folder, an exported state, a preview's JSON.
Out: its ResourceGraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from residency.errors import InputError
from residency.ingest import deployment, files
from residency.ingest.deployment import Record
from residency.model import Note, Resource, ResourceGraph

_STACK_TYPE = "pulumi:pulumi:Stack"


class OtherStacks(msgspec.Struct, frozen=True):
    """What exported states of other stacks say.

    Attributes:
        resources: for references by name.
        outputs: by ``project/stack``, as Pulumi writes them, for a program's stack references.
    """

    resources: tuple[Resource, ...] = ()
    outputs: Mapping[str, Mapping[str, object]] = {}


def read(target: str, *, stack: str | None, others: OtherStacks, timeout: float) -> ResourceGraph:
    """Read one target into a graph.

    Args:
        target: path of a project folder, a ``Pulumi.yaml``, or a JSON file.
        stack: for a project folder, which stack's configuration applies.
        others: what is known of other stacks.
        timeout: seconds that a program may take.

    Raises:
        InputError: it does not exist, or is none of these.
    """
    path = Path(target)
    if path.name in ("Pulumi.yaml", "Pulumi.yml") and path.is_file():
        path = path.parent
    if path.is_dir():
        return _program(target, path, stack, others, timeout)
    content = files.read(path)
    return deployment.graph(target, content.records, notes=content.notes, context=others.resources)


def read_states(paths: Sequence[Path]) -> OtherStacks:
    """Read other stacks' exported states, for references only.

    Raises:
        InputError: a file is not an exported state.
    """
    found: list[Resource] = []
    outputs: dict[str, Mapping[str, object]] = {}
    for path in paths:
        content = files.read(path)
        if content.form != "state":
            raise InputError(f"`{path}` is a preview, not a state", help="make it with `pulumi stack export`")
        for record in content.records:
            found.append(deployment.resource(record))
            if record.type == _STACK_TYPE and record.outputs:
                stack, project = record.urn.removeprefix("urn:pulumi:").split("::")[:2]
                outputs[f"{project}/{stack}"] = msgspec.json.decode(record.outputs, type=dict[str, object])
    return OtherStacks(tuple(found), outputs)


def _program(target: str, path: Path, stack: str | None, others: OtherStacks, timeout: float) -> ResourceGraph:
    # Imported here: reading a state must not pay for the program evaluator.
    from residency.ingest import program  # noqa: PLC0415

    evaluation = program.evaluate(path, stack=stack, timeout=timeout, states=others.outputs, origins=True)
    records = msgspec.json.decode(msgspec.json.encode(evaluation.resources), type=list[Record])
    notes = [
        Note(
            f"{item.kind} `{item.name}` has no value here; a {item.type} was assumed",
            item.where,
            # A secret is an output: the program cannot choose by it, and what is made out of it is judged by itself.
            doubt=item.kind == "config" and not item.type.startswith("secret "),
            settle=f"set it: `pulumi config set {item.name} ...`" if item.kind == "config" else "",
        )
        for item in evaluation.assumed
    ]
    notes.extend(evaluation.notes)
    return deployment.graph(target, records, notes=notes, context=others.resources)
