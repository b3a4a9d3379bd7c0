"""Which kind of source a target is, seen from the target itself.

In:  a path as the user gave it: a project folder, an exported state, a preview's JSON, a CloudFormation template, the
     folder that ``cdk synth`` writes.
Out: its ResourceGraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from residency.errors import InputError, UsageError
from residency.ingest import deployment, files
from residency.ingest.deployment import Record
from residency.ingest.home import Home
from residency.model import Note, Resource, ResourceGraph

_STACK_TYPE = "pulumi:pulumi:Stack"
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")


class OtherStacks(msgspec.Struct, frozen=True):
    """What exported states of other stacks say.

    Attributes:
        resources: for references by name.
        outputs: by ``project/stack``, as Pulumi writes them, for a program's stack references.
    """

    resources: tuple[Resource, ...] = ()
    outputs: Mapping[str, Mapping[str, object]] = {}


class Template(msgspec.Struct, frozen=True):
    """What a CloudFormation template leaves to its deployment: the Region, and values of parameters by name."""

    region: str | None = None
    parameters: Mapping[str, str] = {}


class _TopLevel(msgspec.Struct):
    resources: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="Resources")
    version: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="AWSTemplateFormatVersion")


def read(  # noqa: PLR0913 - each names one thing that only some targets need
    target: str,
    *,
    stack: str | None,
    others: OtherStacks,
    timeout: float,
    template: Template | None = None,
    home: Home | None = None,
    reads: bool = False,
) -> ResourceGraph:
    """Read one target into a graph.

    Args:
        target: path of a project folder, a ``Pulumi.yaml``, a JSON file, a template or a ``cdk.out``.
        stack: for a project folder, which stack's configuration applies.
        others: what is known of other stacks.
        timeout: seconds that a program may take.
        template: for a template, what its deployment adds.
        home: for a project folder that is another revision's, where the user's own is.
        reads: for a project folder, whether to find out which files its program is made of.

    Raises:
        InputError: it does not exist, or is none of these.
        UsageError: no template has a parameter of a given name.
    """
    path = Path(target)
    if path.name in _PROJECT_FILES and path.is_file():
        path = path.parent
    deployed = template or Template()
    if _is_template(path):
        # Imported here: other targets must not pay for the reader of templates.
        from residency.ingest import cloudformation  # noqa: PLC0415

        return cloudformation.read(target, region=deployed.region, parameters=deployed.parameters)
    if deployed.parameters or deployed.region:
        raise UsageError(
            f"`{target}` is no CloudFormation template, so `--region` and `--parameter` say nothing about it",
            help="leave them out, or check the template by itself",
        )
    if path.is_dir():
        return _program(target, path, stack, others, timeout=timeout, home=home, reads=reads)
    content = files.read(path)
    return deployment.graph(target, content.records, notes=content.notes, context=others.resources)


def is_project(path: Path) -> bool:
    """Whether a target's path is a project, not a file or what ``cdk synth`` wrote."""
    if path.is_dir():
        return not _is_template(path)
    return path.name in _PROJECT_FILES


def _is_template(path: Path) -> bool:
    if path.is_dir():
        return (path / "manifest.json").is_file() and not any((path / each).is_file() for each in _PROJECT_FILES)
    if path.suffix in (".yaml", ".yml", ".template") or path.name == "manifest.json":
        return path.name not in _PROJECT_FILES
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_TopLevel)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False  # the reader of Pulumi's files says what is wrong with it
    return bool(bytes(found.resources) or bytes(found.version))


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


def _program(  # noqa: PLR0913 - as for read
    target: str, path: Path, stack: str | None, others: OtherStacks, *, timeout: float, home: Home | None, reads: bool
) -> ResourceGraph:
    # Imported here: reading a state must not pay for the program evaluator.
    from residency.ingest import program  # noqa: PLC0415

    evaluation = program.evaluate(
        path, stack=stack, timeout=timeout, states=others.outputs, origins=True, home=home, reads=reads
    )
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
    graph = deployment.graph(target, records, notes=notes, context=others.resources)
    return msgspec.structs.replace(graph, reads=evaluation.reads)
