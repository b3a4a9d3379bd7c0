"""Which kind of source a target is, seen from the target itself.

In:  a path as the user gave it: a project folder, an exported state, a preview's JSON, a Terraform plan or state as
     JSON, a CloudFormation template, the folder that ``cdk synth`` writes.
Out: its ResourceGraph.
"""

from __future__ import annotations

import re
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
_TERRAFORM = re.compile(rb'\s*\{\s*"format_version"\s*:')
_ZIP = b"PK\x03\x04"
_PLAN = "`terraform plan -out=plan.bin`, then `terraform show -json plan.bin > plan.json`, and check `plan.json`"
_TEMPLATES = (".yaml", ".yml", ".template")


class OtherStacks(msgspec.Struct, frozen=True):
    """What exported states of other stacks say.

    Attributes:
        resources: for references by name.
        outputs: by ``project/stack``, as Pulumi writes them, for a program's stack references.
    """

    resources: tuple[Resource, ...] = ()
    outputs: Mapping[str, Mapping[str, object]] = {}


class Template(msgspec.Struct, frozen=True):
    """What a target leaves out, said beside it.

    Attributes:
        region: to which a CloudFormation template is deployed.
        regions: the same by target, for targets of their own Region.
        beside: other targets of the same check, whose templates a template may refer to.
        parameters: its parameters' values by name.
        configuration: the folder whose ``.tf`` files a Terraform plan was made of.
        own_types: the types that the project's own rows of the catalogue judge; None where that is not known.
    """

    region: str | None = None
    regions: Mapping[str, str] = {}
    beside: tuple[str, ...] = ()
    parameters: Mapping[str, str] = {}
    configuration: Path | None = None
    own_types: frozenset[str] | None = None


class _TopLevel(msgspec.Struct):
    resources: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="Resources")
    version: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="AWSTemplateFormatVersion")
    terraform: msgspec.Raw = msgspec.field(default=msgspec.Raw(b""), name="format_version")


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
    _refuse_terraform(path)
    top = _top_level(path)
    if top is not None and bytes(top.terraform):
        from residency.ingest import terraform  # noqa: PLC0415 - as above

        return terraform.read(target, root=deployed.configuration, own_types=deployed.own_types)
    if _is_template(path, top):
        # Imported here: other targets must not pay for the reader of templates.
        from residency.ingest import cloudformation  # noqa: PLC0415

        place = cloudformation.Deployed(target, deployed.regions.get(target, deployed.region))
        beside = [
            cloudformation.Deployed(each, deployed.regions.get(each, deployed.region))
            for each in _templates(deployed.beside)
        ]
        return cloudformation.read(place, parameters=deployed.parameters, beside=beside)
    if deployed.parameters or deployed.region or target in deployed.regions:
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
        return not _is_template(path, None)
    return path.name in _PROJECT_FILES


def _is_template(path: Path, top: _TopLevel | None) -> bool:
    if path.is_dir():
        return (path / "manifest.json").is_file() and not any((path / each).is_file() for each in _PROJECT_FILES)
    if path.suffix in _TEMPLATES or path.name == "manifest.json":
        return path.name not in _PROJECT_FILES
    return top is not None and bool(bytes(top.resources) or bytes(top.version))


def _templates(targets: Sequence[str]) -> list[str]:
    """Those of the targets that are templates."""
    return [each for each in targets if _is_template(Path(each), _top_level(Path(each)))]


def _refuse_terraform(path: Path) -> None:
    """Terraform's own files can only be read by Terraform; its JSON of them is what a user can give.

    Raises:
        InputError: a folder of ``.tf`` files, or a plan as ``terraform plan -out`` writes it.
    """
    folder = path.is_dir() and not any((path / each).is_file() for each in (*_PROJECT_FILES, "manifest.json"))
    if (folder and any(path.glob("*.tf"))) or (path.is_file() and _begins(path, _ZIP)):
        what = "a folder of Terraform's configuration" if folder else "a plan in Terraform's own form"
        raise InputError(f"`{path}` is {what}, which only Terraform can read", help=_PLAN)


def _begins(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError:
        return False  # its reader says why


def _top_level(path: Path) -> _TopLevel | None:
    """What of a JSON file tells its kind; None where it is none, of which the reader of Pulumi's files says what."""
    if path.is_dir() or path.suffix in _TEMPLATES:
        return None
    try:
        data = path.read_bytes()
        # Terraform says this first, so that a large plan need not be read twice.
        if _TERRAFORM.match(data):
            return _TopLevel(terraform=msgspec.Raw(b"1"))
        return msgspec.json.decode(data, type=_TopLevel)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


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
