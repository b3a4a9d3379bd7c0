"""One template in one environment: what its parameters, pseudo parameters, conditions and references come to.

In:  a Template, the Region and account it is deployed to where known, values of parameters.
Out: for each resource its properties worked out, in CloudFormation's own names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from residency.errors import InputError
from residency.ingest.cloudformation import loops, serverless
from residency.ingest.cloudformation.conditions import Conditions
from residency.ingest.cloudformation.document import Node
from residency.ingest.cloudformation.intrinsics import REMOVED, Evaluator, Removed
from residency.ingest.cloudformation.template import Declared, Template, declared
from residency.ingest.values import NOT_YET_KNOWN
from residency.model import Note, Secret, Unknown, Value

_SSM = "AWS::SSM::Parameter::"
_ACCOUNT = "${AWS::AccountId}"
_PARTITIONS = (("cn-", "aws-cn", "amazonaws.com.cn"), ("us-gov-", "aws-us-gov", "amazonaws.com"))


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stack is deployed, and under which name.

    Attributes:
        region: its code, or why it is not known.
        account: "" if not known.
        name: of the stack; "" if not known.
        id: begins the ids of its resources.
    """

    region: str | Unknown
    account: str = ""
    name: str = ""
    id: str


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """What a stack may ask others.

    Attributes:
        imported: the value that another stack exports under a name.
        told: an attribute of a resource that another stack answers for; None where none does.
        physical: what ``Ref`` or an attribute of a type gives: ``arn:aws:s3:::{BucketName}``; "" if only AWS knows.
    """

    imported: Callable[[Stack, Value], Value]
    told: Callable[[Stack, Declared, str], Value]
    physical: Callable[[str, str], str]


class Stack:
    """A template in an environment; ``depth`` is how many stacks it is nested in."""

    def __init__(
        self, template: Template, environment: Environment, parameters: Mapping[str, Value], sources: Sources
    ) -> None:
        self.template, self.environment = template, environment
        self._parameters, self._sources = parameters, sources
        self._evaluator = Evaluator(self)
        self._conditions = Conditions(template.conditions, self._evaluator.value, template.name)
        self._properties: dict[str, Mapping[str, Value]] = {}
        self._references: dict[str, set[str]] = {}
        self._current = ""
        self._naming: set[str] = set()
        self.notes: set[Note] = set()
        self.unread: dict[str, int] = {}
        self.depth = 0
        self.resources: Mapping[str, Declared] = template.resources
        self.resources = self._all()

    def _all(self) -> Mapping[str, Declared]:
        """The resources with those that loops and AWS SAM make; loops that are not worked out are ``unread``."""
        found = dict(self.template.resources)
        for name, loop in self.template.loops.items():
            made = loops.expanded(loop.node, self.value) if name.startswith(loops.PREFIX) else None
            if made is None:
                self.unread[name] = loop.line
            for key, node in (made or {}).items():
                found[key] = declared(key, node, self.template.name, loop.line)
        if serverless.TRANSFORM in self.template.macros:
            found = serverless.resources(found, self.template.globals)
        return found

    def value(self, node: Node) -> Value:
        """Any value of the template."""
        return self._evaluator.value(node)

    def id_of(self, logical_id: str) -> str:
        """The id of a resource in the graph."""
        return f"{self.environment.id}::{logical_id}"

    def made(self) -> Iterator[tuple[Declared, bool]]:
        """The resources that are made, each with whether that is certain: its condition may be undecided.

        Raises:
            InputError: two resources refer to one another.
        """
        for each in self.resources.values():
            holds = self._conditions.holds(each.condition) if each.condition else True
            if holds is False:
                continue
            if isinstance(holds, Unknown):
                what = f"whether `{each.logical_id}` is made cannot be decided: {holds.reason}"
                self.notes.add(Note(what, f"{self.template.name}:{each.line}", settle=holds.settle))
            yield each, not isinstance(holds, Unknown)

    def properties(self, given: Declared) -> Mapping[str, Value]:
        """The properties of one resource, worked out; what is not known in them is Unknown."""
        key = given.logical_id
        if key not in self._properties:
            self._properties[key] = self._worked_out(given)
        return self._properties[key]

    def _worked_out(self, given: Declared) -> Mapping[str, Value]:
        outer, self._current = self._current, given.logical_id
        self._references.setdefault(given.logical_id, set())
        found = self.value(given.properties)
        self._current = outer
        if found is None:
            return {}
        if isinstance(found, Mapping):
            return found
        return {"Properties": found if isinstance(found, Unknown) else Unknown("its properties are not a mapping")}

    def refuse_cycles(self) -> None:
        """Refuse resources that refer to one another in a circle, as CloudFormation does.

        Raises:
            InputError: names one of them.
        """
        left = {key: set(names) for key, names in self._references.items()}
        while left:
            free = {key for key, names in left.items() if not names & left.keys()}
            if not free:
                names = sorted(key for key in left)
                line = self.resources[names[0]].line
                raise InputError(
                    f"{', '.join(f'`{name}`' for name in names[:5])} refer to one another in a circle",
                    where=f"{self.template.name}:{line}",
                    help="CloudFormation refuses this too: take one of the references out",
                )
            left = {key: names for key, names in left.items() if key not in free}

    def has(self, output: Node) -> bool:
        """Whether an output may be made: its condition, if it has one, is not decided against it."""
        condition = output.get("Condition") if isinstance(output, dict) else None
        return not isinstance(condition, str) or self._conditions.holds(condition) is not False

    def holds(self, condition: str) -> bool | Unknown:
        """A condition by its name."""
        return self._conditions.holds(condition)

    def mapping(self, name: str) -> Node:
        """A table of the template."""
        return self.template.mappings.get(name)

    def imported(self, name: Value) -> Value:
        """What another stack exports."""
        return self._sources.imported(self, name)

    def ref(self, name: str) -> Value | Removed:
        """A parameter, a pseudo parameter, or a resource."""
        if name.startswith("AWS::"):
            return self._pseudo(name)
        if name in self.template.parameters:
            return self._parameter(name, self.template.parameters[name])
        return self._resource(name, "")

    def attribute(self, name: str, attribute: str) -> Value:
        """An attribute of a resource."""
        return self._resource(name, attribute)

    def _resource(self, name: str, attribute: str) -> Value:
        named = self.resources.get(name)
        if named is None:
            return Unknown(f"`{name}` is not in the template", "name what it has")
        if named.condition and self._conditions.holds(named.condition) is False:
            return Unknown(f"`{name}` is not made: its condition `{named.condition}` does not hold")
        if self._current and name != self._current:
            self._references[self._current].add(name)
        told = self._sources.told(self, named, attribute)
        if told is not None:
            return told
        return self._named(named, attribute) or Unknown(NOT_YET_KNOWN, "", (self.id_of(name),))

    def _named(self, given: Declared, attribute: str) -> str:
        """The name, or the ARN, that the template itself gives to a resource; "" where AWS will."""
        key = self._sources.physical(given.type, attribute)
        raw = given.properties.get(key.rpartition("{")[2].rstrip("}")) if isinstance(given.properties, dict) else ""
        if not key or raw is None or raw == "" or (isinstance(raw, dict) and not _plain(raw)):
            return ""
        if given.logical_id in self._naming:
            return ""  # named after one another: the circle is refused once all references are known
        self._naming.add(given.logical_id)
        name = self.value(raw)
        self._naming.discard(given.logical_id)
        return key[: key.index("{")].replace("aws", self._partition()[0], 1) + name if isinstance(name, str) else ""

    def _parameter(self, name: str, given: Mapping[str, Node]) -> Value:
        if str(given.get("NoEcho")).lower() == "true":
            return Secret()
        kind = str(given.get("Type"))
        settle = f"--parameter {name}=VALUE"
        told = self._parameters.get(name)
        if kind.startswith(_SSM):
            return Unknown(f"parameter `{name}` is read from the Parameter Store at the deployment")
        default = given.get("Default")
        value: Value = told if told is not None else None if isinstance(default, (dict, list)) else default
        if value is None:
            return Unknown(f"parameter `{name}` has no value", settle)
        if isinstance(value, str) and (kind == "CommaDelimitedList" or kind.startswith("List<")):
            return [each.strip() for each in value.split(",")]
        return value

    def _pseudo(self, name: str) -> Value | Removed:
        partition, suffix = self._partition()
        known: dict[str, Value] = {
            "AWS::Region": self.environment.region,
            "AWS::AccountId": self.environment.account or _ACCOUNT,
            "AWS::Partition": partition,
            "AWS::URLSuffix": suffix,
            "AWS::StackName": self.environment.name or f"${{{name}:{self.environment.id}}}",
        }
        if name == "AWS::NoValue":
            return REMOVED
        return known.get(name, Unknown(f"`{name}` is {NOT_YET_KNOWN}"))

    def _partition(self) -> tuple[str, str]:
        region = self.environment.region
        for prefix, partition, suffix in _PARTITIONS:
            if isinstance(region, str) and region.startswith(prefix):
                return partition, suffix
        return "aws", "amazonaws.com"


def _plain(raw: Mapping[str, Node]) -> bool:
    """Whether a name rests on no other resource, so that it can be worked out without going round in a circle."""
    return all(not isinstance(each, (dict, list)) for each in raw.values()) and set(raw) <= {"Fn::Sub", "Ref"}
