"""A template, or the folder that ``cdk synth`` writes, as a graph.

In:  a path, the Region it is deployed to, values of parameters.
Out: a ResourceGraph as every other source gives it: tokens and inputs of pulumi-aws, one provider for each stack.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from residency.errors import InputError, UsageError
from residency.ingest.cloudformation import assembly, mapping, nested, types
from residency.ingest.cloudformation.references import References
from residency.ingest.cloudformation.serverless import TRANSFORM
from residency.ingest.cloudformation.stack import Environment, Sources, Stack
from residency.ingest.cloudformation.template import Declared, Template, load
from residency.ingest.values import dependencies
from residency.model import Note, Resource, ResourceGraph, Unknown, Value

_NO_REGION = Unknown("the template does not say to which Region it is deployed", "say it with `--region`")
_PROVIDER = "pulumi:providers:aws"
_MOST_STACKS = 2000
"""So that stacks of stacks of stacks cannot exhaust the machine."""
_KNOWN_MACROS = ("AWS::LanguageExtensions", TRANSFORM)


class Deployed(msgspec.Struct, frozen=True):
    """A template, a folder with ``manifest.json``, or that file; and the Region of stacks that do not say theirs."""

    path: str
    region: str | None


def read(target: Deployed, *, parameters: Mapping[str, str], beside: Sequence[Deployed] = ()) -> ResourceGraph:
    """Read one template, or every stack of a ``cdk.out``.

    Args:
        target: to read.
        parameters: values by name; names that no template has are refused.
        beside: others of the same check; their resources are known for references, and not judged here.

    Raises:
        InputError: it cannot be read, or is no template.
        UsageError: no template has a parameter of that name.
    """
    reading = _Reading()
    stacks = reading.stacks(target, parameters, "")
    others = [
        stack for number, each in enumerate(beside) for stack in reading.stacks(each, parameters, f"{number + 1}:")
    ]
    known = {name for stack in (*stacks, *others) for name in stack.template.parameters}
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise UsageError(
            f"no template of `{target.path}` has the parameter `{unknown[0]}`", help="see its `Parameters`"
        )
    for stack in others:
        reading.add(stack)
    reading.leave_as_context()
    for stack in stacks:
        reading.add(stack)
    return reading.graph(target.path)


class _Reading:
    """Puts the resources of stacks together."""

    def __init__(self) -> None:
        self._resources: dict[str, Resource] = {}
        self._providers: dict[str, Resource] = {}
        self._notes: set[Note] = set()
        self._reads: set[Path] = set()
        self._count = 0
        self._references = References(self._child)
        self._children: dict[str, tuple[Stack, ...] | Unknown] = {}
        self._sources = Sources(
            imported=self._references.imported,
            told=self._references.told,
            physical=types.physical,
            stands_for=types.stands_for,
        )

    def stacks(self, target: Deployed, parameters: Mapping[str, Value], mark: str) -> list[Stack]:
        """The stacks of one target; ``mark`` keeps the ids of another target's apart from those of this one."""
        place = Path(target.path)
        place = place / "manifest.json" if place.is_dir() else place
        if place.name != "manifest.json":
            environment = Environment(region=target.region or _NO_REGION, id=f"cloudformation::{mark}{place.stem}")
            return [self.stack(load(place, target.path), environment, parameters)]
        found = [
            self.stack(
                load(each.file, each.where),
                Environment(
                    region=each.region or target.region or _NO_REGION,
                    account=each.account,
                    name=each.stack_name,
                    id=f"cloudformation::{mark}{each.name}",
                ),
                parameters,
            )
            for each in assembly.stacks(place)
        ]
        if not found:
            raise InputError(f"`{place}` has no stacks", help="run `cdk synth` again")
        return found

    def leave_as_context(self) -> None:
        """What was added up to now is another target's: known, and not judged; its doubts are not this one's."""
        found = self._resources.items()
        self._resources = {key: msgspec.structs.replace(each, is_context=True) for key, each in found}
        self._notes.clear()
        self._reads.clear()

    def stack(self, template: Template, environment: Environment, parameters: Mapping[str, Value]) -> Stack:
        """A stack that the others may ask; its resources are not yet added.

        Raises:
            InputError: there are too many.
        """
        self._count += 1
        if self._count > _MOST_STACKS:
            raise InputError(
                f"`{template.name}` and the stacks beside it are more than {_MOST_STACKS}",
                where=template.name,
                help="check the stacks in several parts",
            )
        made = Stack(template, environment, parameters, self._sources)
        self._references.add(made)
        return made

    def graph(self, target: str) -> ResourceGraph:
        ordered = {key: self._resources[key] for key in sorted(self._resources)}
        notes = tuple(sorted(self._notes))
        folder = Path(target).parent
        reads = tuple(sorted(Path(os.path.relpath(each, folder)).as_posix() for each in self._reads))
        return ResourceGraph(target=target, resources=ordered, providers=self._providers, notes=notes, reads=reads)

    def add(self, stack: Stack, *, certain: bool = True) -> None:
        """Add a stack's resources, and those of the stacks that it makes."""
        provider = f"{stack.environment.id}::aws"
        inputs: dict[str, Value] = {"region": stack.environment.region}
        self._providers[provider] = Resource(id=provider, type=_PROVIDER, name="aws", inputs=inputs)
        for declared, sure in stack.made():
            if declared.type in (nested.STACK, nested.STACK_SET):
                self._stacks(stack, declared, provider, certain=certain and sure)
            elif declared.type not in types.dataless():
                self._declared(stack, declared, provider, certain=certain and sure)
        stack.refuse_cycles()
        self._notes |= stack.notes
        template = stack.template
        self._notes.update(
            _doubt(f"`{name}` makes resources that are not worked out here", f"{template.name}:{line}")
            for name, line in stack.unread.items()
        )
        self._notes.update(
            _doubt(f"the macro `{macro}` may change the template", template.name)
            for macro in template.macros
            if macro not in _KNOWN_MACROS
        )

    def _stacks(self, stack: Stack, declared: Declared, provider: str, *, certain: bool) -> None:
        """The stacks that a resource makes; where they are not known, the resource itself is of an unknown place."""
        found = self._made_by(stack, declared)
        if isinstance(found, Unknown):
            part = mapping.unmapped(declared.type, {}, found)
            self._add(stack, declared, part, provider, certain=certain)
            return
        for each in found:
            self.add(each, certain=certain)

    def _child(self, stack: Stack, declared: Declared) -> Stack | None:
        found = self._made_by(stack, declared)
        return None if isinstance(found, Unknown) else next(iter(found), None)

    def _made_by(self, stack: Stack, declared: Declared) -> tuple[Stack, ...] | Unknown:
        key = stack.id_of(declared.logical_id)
        if key not in self._children:
            self._children[key] = Unknown("it is asked for while it is being worked out")
            self._children[key] = self._worked_out(stack, declared, key)
        return self._children[key]

    def _worked_out(self, stack: Stack, declared: Declared, key: str) -> tuple[Stack, ...] | Unknown:
        properties = stack.properties(declared)
        made = nested.instances(declared.type, properties)
        if isinstance(made, Unknown):
            return made
        if stack.depth >= nested.DEEPEST:
            raise InputError(
                f"the stacks of `{stack.template.name}` are in one another without end",
                where=f"{stack.template.name}:{declared.line}",
                help="a template must not make a stack of itself",
            )
        template = nested.template(declared.type, properties, declared.asset, stack.template)
        if isinstance(template, Unknown):
            return template
        if template.file:
            self._reads.add(template.file)
        found: list[Stack] = []
        for each in made:
            environment = Environment(
                region=stack.environment.region if each.region is None else each.region,
                account=stack.environment.account if declared.type == nested.STACK else "",
                name="",
                id=f"{key}{each.suffix}",
            )
            child = self.stack(template, environment, each.parameters)
            child.depth = stack.depth + 1
            found.append(child)
        return tuple(found)

    def _declared(self, stack: Stack, declared: Declared, provider: str, *, certain: bool) -> None:
        properties = stack.properties(declared)
        row = types.find(declared.type)
        made = [mapping.unmapped(declared.type, properties)] if row is None else mapping.parts(row, properties)
        for part in made:
            self._add(stack, declared, part, provider, certain=certain)
        if "Properties" in properties and row is not None:
            what = f"the properties of `{declared.logical_id}` are not known"
            self._notes.add(_doubt(what, f"{stack.template.name}:{declared.line}"))

    def _add(self, stack: Stack, declared: Declared, part: mapping.Part, provider: str, *, certain: bool) -> None:
        key, where = f"{stack.id_of(declared.logical_id)}{part.suffix}", stack.template.where(declared.line)
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
            what = f"`{name}` of `{declared.logical_id}` ({declared.type}) may say where data goes and is not mapped"
            self._notes.add(_doubt(what, f"{where.file}:{where.line}"))


def _doubt(what: str, where: str) -> Note:
    return Note(what, where, doubt=True, settle="check the output of `cdk synth` or the processed template instead")
