"""What stacks tell one another: exports, outputs of nested stacks, and CDK's references to other Regions.

In:  every stack that is read together.
Out: the value that a stack gets from another one, with the resources that it comes from; Unknown where none has it.

Sources: CloudFormation user guide: exports are of one account and Region, and their names are unique there;
aws-cdk-lib 2.276.0: ``crossRegionReferences`` writes each value under a name into the Parameter Store of the other
Region with ``Custom::CrossRegionExportWriter`` and reads it with ``Custom::CrossRegionExportReader``; read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residency.ingest.cloudformation.document import Node
from residency.ingest.cloudformation.nested import STACK
from residency.ingest.cloudformation.stack import Stack
from residency.ingest.cloudformation.template import Declared
from residency.ingest.values import NOT_YET_KNOWN
from residency.model import Unknown, Value

WRITER, READER = "Custom::CrossRegionExportWriter", "Custom::CrossRegionExportReader"
_OUTPUTS = "Outputs."


class References:
    """Answers over all stacks of one reading."""

    def __init__(self, child: Callable[[Stack, Declared], Stack | None]) -> None:
        """``child`` gives the nested stack that a resource is, where its template is at hand."""
        self._child = child
        self._stacks: list[Stack] = []
        self._open: set[tuple[str, str]] = set()
        self._named: set[str] = set()

    def add(self, stack: Stack) -> None:
        """Let a stack be asked."""
        self._stacks.append(stack)

    def imported(self, importing: Stack, name: Value) -> Value:
        """``Fn::ImportValue``."""
        if not isinstance(name, str):
            return Unknown("the name of the export is not known", "name the resource itself")
        elsewhere = ""
        for stack in list(self._stacks):
            node = self._exported(stack, name)
            if node is None:
                continue
            if stack.environment.region == importing.environment.region:
                return self._value(stack, f"export {name}", node)
            elsewhere = f", and `{stack.environment.id.rpartition('::')[2]}` exports it in another Region"
        reason = f"`{name}` is exported by another stack that is not read here{elsewhere}"
        return Unknown(reason, "check the stacks together, or declare the resource in residency.toml")

    def told(self, asking: Stack, named: Declared, attribute: str) -> Value:
        """An attribute that another stack answers for; None where none does."""
        if named.type == STACK and attribute.startswith(_OUTPUTS):
            return self._output(asking, named, attribute.removeprefix(_OUTPUTS))
        if named.type == READER and attribute:
            return self._written(asking, attribute)
        return None

    def _output(self, asking: Stack, named: Declared, output: str) -> Value:
        key = asking.id_of(named.logical_id)
        circle = Unknown(f"`{output}` of `{named.logical_id}` is {NOT_YET_KNOWN}")
        if key in self._named:
            return circle
        self._named.add(key)
        stack = self._child(asking, named)
        self._named.discard(key)
        if stack is None:
            return Unknown(
                f"`{output}` is an output of the nested stack `{named.logical_id}`, which is not read", "", (key,)
            )
        node = stack.template.outputs.get(output)
        if not isinstance(node, dict):
            return Unknown(f"the nested stack `{named.logical_id}` has no output `{output}`", "name what it has")
        return self._value(stack, f"output {output}", node.get("Value"))

    def _written(self, asking: Stack, name: str) -> Value:
        for stack in list(self._stacks):
            for each in stack.resources.values():
                node = _at(each.properties, "WriterProps") if each.type == WRITER else None
                exports = _at(node, "exports")
                region = stack.value(_at(node, "region"))
                if isinstance(exports, Mapping) and name in exports and region == asking.environment.region:
                    return self._value(stack, f"export {name}", exports[name])
        reason = f"`{name}` is written by a stack of another Region that is not read here"
        return Unknown(reason, "check the stacks together, or name the resource itself")

    def _exported(self, stack: Stack, name: str) -> Node:
        """The value's node of the output that a stack exports under a name."""
        for key, output in stack.template.outputs.items():
            export = _at(_at(output, "Export"), "Name")
            mark = (stack.environment.id, f"name {key}")
            if export is None or mark in self._open:
                continue
            self._open.add(mark)
            found = stack.value(export) if stack.has(output) else None
            self._open.discard(mark)
            if found == name:
                return _at(output, "Value")
        return None

    def _value(self, stack: Stack, what: str, node: Node) -> Value:
        mark = (stack.environment.id, what)
        if mark in self._open:
            return Unknown(f"{what} rests on itself", "take one of the references out")
        self._open.add(mark)
        found = stack.value(node)
        self._open.discard(mark)
        return found


def _at(node: Node, key: str) -> Node:
    return node.get(key) if isinstance(node, dict) else None
