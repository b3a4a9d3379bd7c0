"""A template, or the folder that ``cdk synth`` writes, as a graph.

In:  a path, the Region it is deployed to, values of parameters.
Out: a ResourceGraph as every other source gives it: tokens and inputs of pulumi-aws, one provider for each Region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError, UsageError
from residency.ingest.cloudformation import mapping, types
from residency.ingest.cloudformation.document import HELP
from residency.ingest.cloudformation.stack import Environment, Sources, Stack
from residency.ingest.cloudformation.template import Declared, load
from residency.ingest.values import dependencies
from residency.model import Note, Resource, ResourceGraph, Unknown, Value

_NO_REGION = Unknown("the template does not say to which Region it is deployed", "say it with `--region`")
_PROVIDER = "pulumi:providers:aws"
_STACK_TYPE = "aws:cloudformation:stack"
_STAGE_TYPE = "cdk:cloud-assembly"
_MOST_STAGES = 10


class _Manifest(msgspec.Struct, frozen=True):
    artifacts: dict[str, _Artifact] = {}


class _Properties(msgspec.Struct, frozen=True, rename="camel"):
    directory_name: str = ""
    template_file: str = ""
    stack_name: str = ""
    parameters: dict[str, str] = {}


class _Artifact(msgspec.Struct, frozen=True):
    type: str = ""
    environment: str = ""
    properties: _Properties = _Properties()


def read(path: str, *, region: str | None, parameters: Mapping[str, str]) -> ResourceGraph:
    """Read one template, or every stack of a ``cdk.out``.

    Args:
        path: of a template, a folder with ``manifest.json``, or that file.
        region: to which a stack is deployed that does not say so itself.
        parameters: values by name; names that no template has are refused.

    Raises:
        InputError: it cannot be read, or is no template.
        UsageError: no template has a parameter of that name.
    """
    place = Path(path)
    place = place / "manifest.json" if place.is_dir() else place
    if place.name == "manifest.json":
        stacks = list(_assembly(place, region, parameters, ""))
        if not stacks:
            raise InputError(f"`{place}` has no stacks", help="run `cdk synth` again")
    else:
        environment = Environment(region=region or _NO_REGION, id=f"cloudformation::{place.stem}")
        stacks = [_stack(place, path, environment, parameters)]
    unknown = sorted(set(parameters) - {name for stack in stacks for name in stack.template.parameters})
    if unknown:
        raise UsageError(f"no template of `{path}` has the parameter `{unknown[0]}`", help="see its `Parameters`")
    reading = _Reading()
    for stack in stacks:
        reading.add(stack)
    return reading.graph(path)


def _assembly(manifest: Path, region: str | None, parameters: Mapping[str, str], stage: str) -> Iterator[Stack]:
    """The stacks of an assembly and of the stages in it; ``stage`` begins their names."""
    if stage.count("/") > _MOST_STAGES:
        raise InputError(f"the stages of `{manifest}` are in one another without end", help="run `cdk synth` again")
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=_Manifest)
    except OSError as error:
        raise InputError(f"cannot read `{manifest}`: {error.strerror}", help=HELP) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InputError(f"`{manifest}` is not a manifest of `cdk synth`", help="run `cdk synth` again") from None
    for name, artifact in sorted(content.artifacts.items()):
        if artifact.type == _STACK_TYPE and artifact.properties.template_file:
            file = manifest.parent / artifact.properties.template_file
            yield _stack(file, file.name, _environment(f"{stage}{name}", artifact, region), parameters)
        elif artifact.type == _STAGE_TYPE:
            nested = manifest.parent / artifact.properties.directory_name / "manifest.json"
            yield from _assembly(nested, region, parameters, f"{stage}{name}/")


def _environment(name: str, artifact: _Artifact, region: str | None) -> Environment:
    """``aws://123456789012/eu-west-1``; either part may be ``unknown-account`` and ``unknown-region``."""
    account, _, place = artifact.environment.removeprefix("aws://").partition("/")
    own = place if place and place != "unknown-region" else region
    return Environment(
        region=own or _NO_REGION,
        account=account if account.isdigit() else "",
        name=artifact.properties.stack_name or name,
        id=f"cloudformation::{name}",
    )


def _stack(file: Path, name: str, environment: Environment, parameters: Mapping[str, Value]) -> Stack:
    sources = Sources(imported=_imported, output=_output, physical=types.physical)
    return Stack(load(file, name), environment, parameters, sources)


def _imported(name: Value) -> Value:
    what = f"`{name}` is exported" if isinstance(name, str) else "it is exported"
    return Unknown(f"{what} by another stack", "name the resource itself, and declare it in residency.toml")


def _output(resource: str, name: str, output: str) -> Value:
    return Unknown(f"`{output}` is an output of the nested stack `{name}`", "", (resource,))


class _Reading:
    """Puts the resources of stacks together."""

    def __init__(self) -> None:
        self._resources: dict[str, Resource] = {}
        self._providers: dict[str, Resource] = {}
        self._notes: set[Note] = set()

    def graph(self, target: str) -> ResourceGraph:
        ordered = {key: self._resources[key] for key in sorted(self._resources)}
        notes = tuple(sorted(self._notes))
        return ResourceGraph(target=target, resources=ordered, providers=self._providers, notes=notes)

    def add(self, stack: Stack) -> None:
        provider = f"{stack.environment.id}::aws"
        inputs: dict[str, Value] = {"region": stack.environment.region}
        self._providers[provider] = Resource(id=provider, type=_PROVIDER, name="aws", inputs=inputs)
        for declared, certain in stack.declared():
            if declared.type not in types.dataless():
                self._declared(stack, declared, provider, certain=certain)
        stack.refuse_cycles()
        self._notes |= stack.notes
        template = stack.template
        self._notes.update(
            _doubt(f"`{name}` makes resources that are not worked out here", f"{template.name}:{line}")
            for name, line in template.loops.items()
        )
        self._notes.update(
            _doubt(f"the macro `{macro}` may change the template", template.name)
            for macro in template.macros
            if macro != "AWS::LanguageExtensions"
        )

    def _declared(self, stack: Stack, declared: Declared, provider: str, *, certain: bool) -> None:
        properties = stack.properties(declared)
        row = types.find(declared.type)
        made = [mapping.unmapped(declared.type, properties)] if row is None else mapping.parts(row, properties)
        where = stack.template.where(declared.line)
        for part in made:
            key = f"{stack.id_of(declared.logical_id)}{part.suffix}"
            depends_on = {name: dependencies(value) for name, value in part.inputs.items()}
            self._resources[key] = Resource(
                id=key,
                type=part.token,
                name=f"{declared.logical_id}{part.suffix}",
                inputs=part.inputs,
                provider=provider,
                depends_on={name: ids for name, ids in depends_on.items() if ids},
                is_certain=certain,
                where=where,
            )
            for name in part.properties:
                what = (
                    f"`{name}` of `{declared.logical_id}` ({declared.type}) may say where data goes and is not mapped"
                )
                self._notes.add(_doubt(what, f"{where.file}:{where.line}"))
        if "Properties" in properties and row is not None:
            what = f"the properties of `{declared.logical_id}` are not known"
            self._notes.add(_doubt(what, f"{where.file}:{where.line}"))


def _doubt(what: str, where: str) -> Note:
    return Note(what, where, doubt=True, settle="check the output of `cdk synth` or the processed template instead")
