"""How a plan's resources are configured: which resources a value comes from, and what a provider block says.

In:  the configuration and the root variables of a plan, and the addresses of its resource instances.
Out: for an expression, the ids of the resources that it refers to, through variables and outputs of modules; or why
     that is not known. A plan has no expressions of locals and of dynamic blocks: what rests on one stays unknown,
     unless the configuration's files are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from residency.ingest.terraform import addresses
from residency.ingest.terraform.addresses import Step
from residency.ingest.terraform.document import (
    Configuration,
    ConfiguredResource,
    Document,
    Module,
    ModuleCall,
    Node,
    ProviderConfig,
)
from residency.ingest.terraform.expressions import Expression, alone, literal, switch
from residency.ingest.terraform.written import Text, Written
from residency.model import Secret, Unknown, Value

_DEEPEST = 50
_ITSELF = frozenset({"path", "terraform", "tofu", "self", "count"})
"""What a reference may name that no resource stands behind, and that is known when planning."""


class Sources(msgspec.Struct, frozen=True):
    """Which resources an expression refers to.

    Attributes:
        ids: of the resources.
        hidden: a part of it that the plan does not show.
        written: False where neither the plan nor the files have an expression.
        no_attribute: the plan shows the block around it, without it: it can be no more than a dynamic block.
        no_block: the files show the whole resource, without it.
    """

    ids: frozenset[str] = frozenset()
    hidden: str = ""
    written: bool = True
    no_attribute: bool = False
    no_block: bool = False

    def __or__(self, other: Sources) -> Sources:
        """Both together."""
        return Sources(self.ids | other.ids, self.hidden or other.hidden)


_NONE = Sources()
Instances = Mapping[tuple[tuple[str, ...], str], Mapping[tuple[Step, ...], Sequence[tuple[str | None, str]]]]
"""By the names of modules and a block's address: by module instance, key and id of each instance of the block."""


class Configured:
    """Answers for the configuration of one plan."""

    def __init__(self, document: Document, instances: Instances) -> None:
        self._configuration: Configuration = document.configuration
        self._written: Written | None = None
        self._variables = document.variables
        self._instances = instances
        self._modules: dict[tuple[str, ...], tuple[Module, ModuleCall | None]] = {}
        self._resources: dict[tuple[tuple[str, ...], str], ConfiguredResource] = {}
        self._add((), document.configuration.root_module, None)

    def _add(self, path: tuple[str, ...], module: Module, call: ModuleCall | None) -> None:
        self._modules[path] = (module, call)
        for each in module.resources:
            self._resources[path, each.address] = each
        for name, inner in module.module_calls.items():
            self._add((*path, name), inner.module, inner)

    def read_texts(self, written: Written) -> None:
        """Take into account what the configuration's own files say."""
        self._written = written

    def resource(self, path: tuple[Step, ...], type_: str, name: str, mode: str) -> ConfiguredResource | None:
        """The block of a resource instance; None where the configuration has none any more."""
        prefix = "data." if mode == "data" else ""
        return self._resources.get((addresses.names(path), f"{prefix}{type_}.{name}"))

    def module_sources(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Each module's path of names with the source that its call gives."""
        for path, (_, call) in self._modules.items():
            if call is not None:
                yield path, call.source

    def sources(self, expression: Node, path: tuple[Step, ...], block: ConfiguredResource | None = None) -> Sources:
        """The resources that an expression in a module instance refers to.

        Args:
            expression: an expression, or a block with expressions in it.
            path: the module instance in which it stands.
            block: the resource block that it is in, for ``each``.
        """
        return self._sources(expression, path, block.for_each_expression if block else None, 0)

    def _sources(self, expression: Node, path: tuple[Step, ...], each: Node, depth: int) -> Sources:
        if depth > _DEEPEST:
            return Sources(hidden="references that go round in a circle")
        return self._of_all(_longest(_references(expression)), path, each, depth)

    def _of_all(self, references: Iterable[str], path: tuple[Step, ...], each: Node, depth: int) -> Sources:
        if depth > _DEEPEST:
            return Sources(hidden="references that go round in a circle")
        found = _NONE
        for reference in references:
            found |= self._source(addresses.steps(reference), path, each, depth + 1)
        return found

    def of_texts(self, texts: Sequence[Text], path: tuple[Step, ...], block: ConfiguredResource) -> Sources:
        """The resources that expressions of the files refer to; what dynamic blocks go over is followed."""
        found = _NONE
        for text in texts:
            references = _outside(text.expression.references, text.iterators, 0)
            found |= self._of_all(references, path, block.for_each_expression, 0)
            if text.expression.composed:
                found |= Sources(hidden=_composed(text.expression))
        return found

    def _local(self, steps: tuple[Step, ...], path: tuple[Step, ...], depth: int) -> Sources:
        name = steps[1].name if len(steps) > 1 else ""
        keys = [step.name for step in steps[2:]] if all(step.key is None for step in steps[1:]) else []
        text = self._written.local(addresses.names(path), name, keys) if self._written else None
        if text is None:
            return Sources(hidden=f"`local.{name}`")
        found = self._of_all(text.references, path, None, depth + 1)
        return found | Sources(hidden=_composed(text)) if text.composed else found

    def _source(self, steps: tuple[Step, ...], path: tuple[Step, ...], each: Node, depth: int) -> Sources:
        first = steps[0].name
        if first in _ITSELF:
            return _NONE
        if first == "each":
            return _NONE if steps[1:2] == (Step("key"),) else self._sources(each, path, None, depth)
        if first == "var":
            return self._variable(steps, path, depth)
        if first == "local":
            return self._local(steps, path, depth)
        if first == "module":
            return self._output(steps, path, depth)
        return self._named(steps, path)

    def _variable(self, steps: tuple[Step, ...], path: tuple[Step, ...], depth: int) -> Sources:
        call = self._modules.get(addresses.names(path), (None, None))[1]
        if not path or call is None or len(steps) <= 1:
            return _NONE
        return self._sources(call.expressions.get(steps[1].name), path[:-1], call.for_each_expression, depth)

    def _output(self, steps: tuple[Step, ...], path: tuple[Step, ...], depth: int) -> Sources:
        if len(steps) <= 1:
            return Sources(hidden="a module")
        called = steps[1]
        module = self._modules.get((*addresses.names(path), called.name), (None, None))[0]
        if module is None:
            return Sources(hidden=f"`module.{called.name}`")
        named = [steps[2].name] if len(steps) > 2 else sorted(module.outputs)  # noqa: PLR2004 - module, name, output
        found = _NONE
        for output in named:
            if output not in module.outputs:
                return Sources(hidden=f"`module.{called.name}.{output}`")
            found |= self._sources(module.outputs[output].expression, (*path, called), None, depth)
        return found

    def _named(self, steps: tuple[Step, ...], path: tuple[Step, ...]) -> Sources:
        data = steps[0].name == "data"
        steps = steps[1:] if data else steps
        if len(steps) <= 1:
            return _NONE
        type_, named = steps[0].name, steps[1]
        block = f"{'data.' if data else ''}{type_}.{named.name}"
        found = frozenset(id_ for index, id_ in self._of_module(path, block) if addresses.is_instance(named, index))
        if not found and data:
            return Sources(hidden=f"`data.{type_}.{named.name}`")
        return Sources(found) if found else Sources(hidden=f"`{type_}.{named.name}`")

    def _of_module(self, path: tuple[Step, ...], block: str) -> Iterator[tuple[str | None, str]]:
        """Key and id of each instance of a block in a module instance, or in all that a path without keys may mean."""
        by_module = self._instances.get((addresses.names(path), block), {})
        if path in by_module:
            yield from by_module[path]
            return
        for where, found in by_module.items():
            if all(addresses.is_instance(asked, have.key) for asked, have in zip(path, where, strict=True)):
                yield from found

    def provider(self, key: str) -> Mapping[str, Value]:
        """The inputs of a provider block, without what gives access; empty where there is no such block."""
        config = self._configuration.provider_config.get(key)
        if config is None:
            return {}
        path = addresses.modules(config.module_address)
        found: dict[str, Value] = {}
        for name, each in config.expressions.items():
            if not _is_secret(name):
                text = self._text(path, "provider", config.name, name, config.alias)
                found[name] = self._value(each if name == "endpoints" else _without_secrets(each), path, 0, text)
        if "endpoints" not in found and self._has_dynamic_endpoints(config, path):
            found["endpoints"] = Unknown("a dynamic block makes it, which the plan does not show")
        return found

    def _has_dynamic_endpoints(self, config: ProviderConfig, path: tuple[Step, ...]) -> bool:
        """Whether the files have such a block, and not only for a root variable that is false."""
        if self._written is None:
            return False
        over = self._written.dynamic_of_provider(addresses.names(path), config.name, config.alias, "endpoints")
        off = {name for name, each in self._variables.items() if not path and each.value is False}
        return any(switch(text) not in off for text in over)

    def _text(self, path: tuple[Step, ...], kind: str, label: str, attribute: str, alias: str = "") -> str:
        return self._written.text_of(addresses.names(path), kind, label, attribute, alias) if self._written else ""

    def has_provider(self, key: str) -> bool:
        """Whether the plan shows the provider block of a key."""
        return key in self._configuration.provider_config

    def _value(self, expression: Node, path: tuple[Step, ...], depth: int, text: str = "") -> Value:
        if isinstance(expression, list):
            return [self._value(each, path, depth) for each in expression]
        if not isinstance(expression, dict):
            return Unknown("its expression is not in the plan")
        if "constant_value" in expression:
            return _plain(expression["constant_value"])
        if "references" in expression:
            return self._referred(_longest(_references(expression)), path, depth, text)
        return {name: self._value(each, path, depth) for name, each in expression.items()}

    def _referred(self, references: Sequence[str], path: tuple[Step, ...], depth: int, text: str) -> Value:
        """What one reference names; of a text with more in it, as far as the files show that, nothing is known."""
        settle = "write it as plain text, or as one variable, in the provider block"
        names = ", ".join(f"`{each}`" for each in references)
        if text and not alone(text):
            return Unknown(f"it is worked out of {names}", settle)
        steps = addresses.steps(references[0]) if len(references) == 1 and depth < _DEEPEST else ()
        found: Value = None
        if len(steps) > 1 and steps[0].name == "var":
            found = _under(self._of_variable(steps[1].name, path, depth + 1), _keys(steps))
        elif len(steps) > 1 and steps[0].name == "local":
            found = self._of_local(steps, path, depth + 1)
        return Unknown(f"the plan does not show the value of {names}", settle) if found is None else found

    def _of_variable(self, name: str, path: tuple[Step, ...], depth: int) -> Value:
        if not path:
            return _plain(self._variables[name].value) if name in self._variables else None
        call = self._modules.get(addresses.names(path), (None, None))[1]
        if call is None or name not in call.expressions:
            return None
        text = self._text(path[:-1], "module", path[-1].name, name)
        return self._value(call.expressions[name], path[:-1], depth, text)

    def _of_local(self, steps: tuple[Step, ...], path: tuple[Step, ...], depth: int) -> Value:
        if self._written is None:
            return None
        text = self._written.text_of_local(addresses.names(path), steps[1].name, _keys(steps))
        reference = alone(text)
        return self._referred([reference], path, depth, text) if reference else literal(text) or None


def _keys(steps: Sequence[Step]) -> list[str]:
    """What is asked for inside a variable or local: ``dr`` of ``var.regions["dr"]`` and of ``var.regions.dr``."""
    first = [] if steps[1].key is None else [steps[1].key.strip('"')]
    return first + [part for step in steps[2:] for part in (step.name, (step.key or "").strip('"')) if part]


def _under(value: Value, keys: Sequence[str]) -> Value:
    for key in keys:
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return value if isinstance(value, (Unknown, Secret)) else None
    return value


def _outside(references: Iterable[str], iterators: Mapping[str, Expression], depth: int) -> Iterator[str]:
    """References with those to what dynamic blocks go over replaced by what that refers to itself."""
    for reference in references:
        steps = addresses.steps(reference)
        over = iterators.get(steps[0].name)
        if over is None:
            yield reference
        elif steps[1:2] != (Step("key"),) and depth < len(iterators):
            yield from _outside(over.references, iterators, depth + 1)


def _composed(expression: Expression) -> str:
    named = ", ".join(f"`{each}`" for each in expression.references)
    return f"a text that is put together out of {named}"


def _is_secret(name: str) -> bool:
    return not name.endswith("_custom_endpoint") and any(
        word in name for word in ("key", "secret", "token", "password", "credential", "certificate")
    )


def _without_secrets(expression: Node) -> Node:
    """A block of a provider without what gives access; the names in `endpoints` are of services, of secrets as well."""
    if isinstance(expression, list):
        return [_without_secrets(each) for each in expression]
    if not isinstance(expression, dict) or "constant_value" in expression or "references" in expression:
        return expression
    return {name: _without_secrets(each) for name, each in expression.items() if not _is_secret(name)}


def _plain(value: Node) -> Value:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, (bool, int, float, str)) or value is None else Secret()


def _references(expression: Node) -> Iterator[str]:
    """Every reference in an expression or a block."""
    if isinstance(expression, dict):
        listed = expression.get("references")
        if isinstance(listed, list):
            yield from (each for each in listed if isinstance(each, str))
        for name, each in expression.items():
            if name not in ("references", "constant_value"):
                yield from _references(each)
    elif isinstance(expression, list):
        for each in expression:
            yield from _references(each)


def _longest(references: Iterable[str]) -> list[str]:
    """Terraform lists each reference and behind it all that it begins with, longest first; only whole ones are kept.

    What a reference begins with is whole where it stands a second time: ``a.b[var.k]`` beside ``a.b["x"].arn``.
    """
    found: dict[str, None] = {}
    before = ""
    for each in references:
        if not (before.startswith(each) and before[len(each) : len(each) + 1] in (".", "[")):
            found[each] = None
        before = each
    return sorted(found)
