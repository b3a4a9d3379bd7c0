"""A configuration of Terraform, without a plan, as Checkov has parsed it and worked out its variables.

In:  the nodes of Checkov's graph: what a block is, where, and its values, each in a list as Checkov's parser leaves it.
Out: one ResourceGraph a root module. A text that is still an expression is Unknown, with the resources that it names.

Checkov gives a text and an expression the same form, so that what looks like an expression is taken for one. Of a name
that a module and one above it both have, a reference may mean either: the value comes from both.
Source of the form: ``checkov/terraform/graph_builder`` of Checkov 3.3.30, seen in its graphs; 2026-11-26.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from residency.ingest.terraform import addresses
from residency.ingest.terraform.configuration import Sources
from residency.ingest.terraform.convert import Values, converted, package
from residency.ingest.terraform.document import Node
from residency.ingest.terraform.names.table import camel
from residency.ingest.values import dependencies, is_list
from residency.model import Note, Resource, ResourceGraph, SourcePosition, Unknown, Value

_META = frozenset({"provider", "count", "for_each", "depends_on", "lifecycle", "provisioner", "connection", "dynamic"})
_OWN = ("__", "references_", "virtual_resources")
_EXPRESSION = re.compile(
    r"\$\{|^\s*[!(\[{]|^[a-z][a-z0-9_]*\(|\s\?\s.*\s:\s|^(?:var|local|module|data|each|count|path|self|terraform)\.|"
    r"^[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?(?:\.|$)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"(?<![\w.-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z_][\w-]*)(\[[^\]]*\])?")
_HIDDEN = re.compile(r"(?<![\w.-])((?:var|local|module|each|data)\.[\w.-]+)")
_PROVIDER_OF = {"aws": "hashicorp/aws", "google": "hashicorp/google", "azurerm": "hashicorp/azurerm"}
_PLACES = {"aws": "region", "google": "region"}
_PLAN, _HERE = ", which the plan does not show", ", which has no value here"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A block of a configuration.

    Attributes:
        kind: resource, data, provider, module.
        address: with the modules that lead to it.
        file: absolute.
        line: from 1.
        root: the folder of its root module.
        module: the names of the calls that lead to its module.
        values: by attribute, as Checkov has them.
    """

    kind: str
    address: str
    file: str
    line: int
    root: str
    module: tuple[str, ...]
    values: dict[str, Node]


class _Call(msgspec.Struct):
    path: str = ""
    name: str = ""
    nested_tf_module: _Call | None = None


def block(node: Mapping[str, Any]) -> Block | None:
    """One node of Checkov's graph as a block; None for one that is none."""
    kind, named = node.get("block_type_"), str(node.get("block_name_", ""))
    names = named.split(".", 1) if kind in ("resource", "data", "provider") else [named]
    values = cast("Node", node.get("config_"))
    file = node.get("file_path_")
    if kind not in ("resource", "data", "provider", "module") or not isinstance(file, str):
        return None
    for name in names if kind in ("resource", "data") else names[:1]:
        values = values.get(name) if isinstance(values, dict) else None
    if not isinstance(values, dict):
        return None
    calls = _calls(node.get("source_module_object_"))
    return Block(
        kind=kind,
        address=names[0] if kind in ("module", "provider") else str(node.get("__address__")),
        file=file,
        line=line if isinstance(line := values.get("__start_line__"), int) else 1,
        root=os.path.dirname(calls[0][1] if calls else file),  # noqa: PTH120 - a name, not a file
        module=tuple(name for name, _ in calls),
        values=values,
    )


def _calls(module: object) -> list[tuple[str, str]]:
    """Name and file of each call on the way to a module, outermost first; Checkov has an object, or its JSON."""
    if isinstance(module, str):
        module = msgspec.json.decode(module, type=_Call) if module.startswith("{") else None
    found: list[tuple[str, str]] = []
    while module is not None:
        found.append((str(getattr(module, "name", "")).partition("[")[0], str(getattr(module, "path", ""))))
        module = getattr(module, "nested_tf_module", None)
    return found[::-1]


def graphs(blocks: Iterable[Block], shown: Callable[[str], str]) -> Mapping[str, ResourceGraph]:
    """The graph of each root module, by its folder.

    Args:
        blocks: of all root modules.
        shown: how a folder is called in reports.
    """
    found: dict[str, list[Block]] = {}
    for each in blocks:
        found.setdefault(each.root, []).append(each)
    return {root: _Reading(shown(root), root, found[root]).graph() for root in sorted(found)}


class _Reading:
    """Puts the blocks of one root module together."""

    def __init__(self, target: str, root: str, blocks: Sequence[Block]) -> None:
        self._target, self._root = target, root
        self._blocks = [each for each in blocks if each.kind == "resource" and not _is_none(each)]
        self._resolved = _Providers(blocks)
        self._instances: dict[tuple[tuple[str, ...], str, str], list[str]] = {}
        for each in self._blocks:
            module, type_, name = _parts(each.address)
            self._instances.setdefault((module, type_, name.partition("[")[0]), []).append(each.address)
        self._providers: dict[str, Resource] = {}
        self._notes: set[Note] = set()

    def graph(self) -> ResourceGraph:
        made = {each.address: self._resource(each) for each in self._blocks}
        return ResourceGraph(
            target=self._target,
            resources={id_: made[id_] for id_ in sorted(made)},
            providers=self._providers,
            notes=tuple(sorted(self._notes)),
        )

    def _resource(self, each: Block) -> Resource:
        module, type_, _ = _parts(each.address)
        tree = _Tree(each.values)
        origin = functools.partial(self._origin, tree, module)
        prefix = type_.partition("_")[0]
        made = converted(type_, _PROVIDER_OF.get(prefix, prefix), tree.values, frozenset(tree.configured), origin)
        where = SourcePosition(Path(os.path.relpath(each.file, self._root)).as_posix(), each.line)
        for path in made.left:
            what = f"`{path}` of `{each.address}` may say where data goes, and the catalogue has no such input"
            settle = "use an attribute that the provider's docs list"
            self._notes.add(Note(what, f"{where.file}:{where.line}", doubt=True, settle=settle))
        inputs = {name: _worded(value) for name, value in made.inputs.items()}
        return Resource(
            id=each.address,
            type=made.token,
            name=each.address,
            inputs=inputs,
            provider=self._provider(each, prefix),
            depends_on={name: ids for name, value in inputs.items() if (ids := dependencies(value))},
            is_certain=not _is_open(each),
            where=where,
        )

    def _origin(self, tree: _Tree, module: tuple[str, ...], path: Sequence[str | int]) -> Sources:
        text = next(
            (tree.texts[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in tree.texts), ""
        )
        ids = frozenset(
            id_ for found in _REFERENCE.finditer(text) if not found[1] for id_ in self._named(found, module)
        )
        hidden = _HIDDEN.search(text)
        return Sources(ids, f"`{hidden[1]}`" if hidden else "" if ids or not text else f"`{text[:60]}`")

    def _named(self, found: re.Match[str], module: tuple[str, ...]) -> Iterator[str]:
        """The instances that a reference may mean, in its own module or in one above."""
        for end in range(len(module), -1, -1):
            for address in self._instances.get((module[:end], found[2], found[3]), ()):
                if not found[4] or address.endswith(found[4]) or not found[4][1:-1].strip('"').isalnum():
                    yield address

    def _provider(self, each: Block, prefix: str) -> str:
        key, declared = self._resolved.of(each, prefix)
        id_ = f"provider::{key}"
        if id_ not in self._providers:
            inputs = dict(self._provider_inputs(declared)) if declared else {}
            place = _PLACES.get(prefix)
            if place and place not in inputs:
                inputs[place] = Unknown(
                    f"provider `{key}` has no {place} in the configuration; it may come from the environment",
                    f"write `{place}` in the provider block",
                )
            of = package(_PROVIDER_OF.get(prefix, prefix))
            self._providers[id_] = Resource(id=id_, type=f"pulumi:providers:{of}", name=key, inputs=inputs)
        return id_

    def _provider_inputs(self, declared: Block) -> Iterator[tuple[str, Value]]:
        tree = _Tree(declared.values)
        for name in tree.configured:
            known, unknown = tree.known.get(name), tree.unknown.get(name)
            if unknown is True:
                yield camel(name), Unknown(f"`{tree.texts[name,][:60]}` has no value here", "write it as plain text")
            elif isinstance(known, (str, bool, int, float)) or name == "endpoints":
                yield camel(name), known


class _Providers:
    """Which provider block each resource has, by Terraform's own rules; Checkov's answer knows no map of a call.

    Source: https://developer.hashicorp.com/terraform/language/modules/develop/providers, read 2026-11-26.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._declared: dict[tuple[tuple[str, ...], str], Block] = {}
        self._calls: dict[tuple[str, ...], Block] = {}
        for each in blocks:
            if each.kind == "provider":
                alias = each.values.get("alias")
                named = f"{each.address}.{alias[0]}" if isinstance(alias, list) and alias else each.address
                self._declared[each.module, named] = each
            elif each.kind == "module":
                self._calls[*each.module, each.address.partition("[")[0]] = each

    def of(self, each: Block, prefix: str) -> tuple[str, Block | None]:
        """The name under which reports know it, and the block; None where there is none, or it is not told which."""
        said = each.values.get("provider")
        name = _bare(said[0]) if isinstance(said, list) and said else prefix
        module = each.module
        while True:
            declared = self._declared.get((module, name))
            if declared is not None or not module:
                return ".".join((*module, name)), declared
            name = self._handed(module, name)
            module = module[:-1]

    def _handed(self, module: tuple[str, ...], name: str) -> str:
        """What a provider of a module is in the one that calls it; an alias that is not handed on is nobody's."""
        call = self._calls.get(module)
        listed = call.values.get("providers") if call else None
        table = listed[0] if isinstance(listed, list) and listed else None
        if isinstance(table, dict) and name in table:
            return _bare(table[name])
        return name if "." not in name and call is not None else f"{name} (not handed on)"


def _bare(reference: Node) -> str:
    """A provider's name out of ``${aws.us}``."""
    return str(reference).removeprefix("${").removesuffix("}").strip()


class _Tree:
    """The values of a block in the form of a plan: known ones, marks of unknown ones, and the expressions by path."""

    def __init__(self, values: dict[str, Node]) -> None:
        self.known: dict[str, Node] = {}
        self.unknown: dict[str, Node] = {}
        self.texts: dict[tuple[str | int, ...], str] = {}
        for name, raw in values.items():
            if name not in _META and not name.startswith(_OWN):
                self.known[name], self.unknown[name] = self._attribute(raw, (name,))
        for name in _dynamic(values):
            self.known[name], self.unknown[name] = None, True
            self.texts[name,] = f"dynamic {name}"

    @property
    def configured(self) -> list[str]:
        """The attributes that the configuration sets."""
        return sorted({*self.known, *self.unknown})

    @property
    def values(self) -> Values:
        """In the form in which a plan's are converted."""
        return Values(self.known, self.unknown)

    def _attribute(self, raw: Node, path: tuple[str | int, ...]) -> tuple[Node, Node]:
        """An attribute's value out of the list that Checkov puts it in; blocks stay a list."""
        if not isinstance(raw, list):
            return self._value(raw, path)
        blocks = [each for each in raw if isinstance(each, dict)]
        if blocks and len(blocks) == len(raw) and (len(raw) > 1 or _is_block(blocks[0])):
            return self._several([self._block(each, (*path, at)) for at, each in enumerate(blocks)])
        return self._value(raw[0] if len(raw) == 1 else raw, path)

    def _block(self, raw: dict[str, Node], path: tuple[str | int, ...]) -> tuple[Node, Node]:
        made = {
            name: self._attribute(each, (*path, name))
            for name, each in raw.items()
            if not name.startswith(_OWN) and name != "dynamic"
        }
        for name in _dynamic(raw):
            made[name] = (None, True)
            self.texts[(*path, name)] = f"dynamic {name}"
        return {name: each[0] for name, each in made.items()}, {name: each[1] for name, each in made.items()}

    def _value(self, raw: Node, path: tuple[str | int, ...]) -> tuple[Node, Node]:
        if raw is None or (isinstance(raw, str) and _EXPRESSION.search(raw)):
            # Checkov also makes null of an expression that it cannot work out, so that it says nothing.
            self.texts[path] = raw or "null"
            return None, True
        if isinstance(raw, dict):
            made = {name: self._value(each, (*path, name)) for name, each in raw.items()}
            return {name: each[0] for name, each in made.items()}, {name: each[1] for name, each in made.items()}
        if isinstance(raw, list):
            return self._several([self._value(each, (*path, at)) for at, each in enumerate(raw)])
        return raw, False

    def _several(self, made: Sequence[tuple[Node, Node]]) -> tuple[Node, Node]:
        return [each[0] for each in made], [each[1] for each in made]


def _is_block(raw: dict[str, Node]) -> bool:
    """Whether it is a block and no map: Checkov puts each value of a block, and none of a map, in a list."""
    own = [each for name, each in raw.items() if not name.startswith(_OWN)]
    return all(isinstance(each, list) for each in own)


def _dynamic(values: dict[str, Node]) -> Iterator[str]:
    listed = values.get("dynamic")
    for each in listed if isinstance(listed, list) else ():
        yield from each if isinstance(each, dict) else ()


def _is_none(each: Block) -> bool:
    return each.values.get("count") in ([0], ["0"], [False])


def _is_open(each: Block) -> bool:
    """Whether an expression that Checkov did not work out says how many of it there are."""
    said = [each.values.get(name) for name in ("count", "for_each")]
    return "[" not in each.address.rpartition(".")[2] and any(
        isinstance(value, list) and any(not isinstance(one, (int, bool)) for one in value) for value in said
    )


def _parts(address: str) -> tuple[tuple[str, ...], str, str]:
    """The modules with their keys, the type, and the name with its key."""
    *steps, type_, name = addresses.steps(address)
    modules = tuple(_step(each) for each in steps[1::2])
    return modules, type_.name, _step(name)


def _step(step: addresses.Step) -> str:
    return step.name if step.key is None else f"{step.name}[{step.key}]"


def _worded(value: Value) -> Value:
    """A value with reasons that speak of the configuration, since there is no plan."""
    if isinstance(value, Unknown):
        return msgspec.structs.replace(value, reason=value.reason.replace(_PLAN, _HERE))
    if isinstance(value, Mapping):
        return {name: _worded(each) for name, each in value.items()}
    return [_worded(each) for each in value] if is_list(value) else value
