"""A plan or a state as a graph.

In:  a path, and the folder of the configuration that it was made of.
Out: a ResourceGraph: what there will be after the plan is applied, one provider for each provider block. What the plan
     deletes is left out; what it leaves alone is in. Data sources are context, where they say in which place they are.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from residency.ingest.terraform import addresses, document
from residency.ingest.terraform.addresses import Step
from residency.ingest.terraform.assembled import Assembly
from residency.ingest.terraform.blocks import expressions
from residency.ingest.terraform.configuration import Configured, Instances, Sources
from residency.ingest.terraform.convert import converted, in_brief, package
from residency.ingest.terraform.document import ConfiguredResource, Document, Node, StateModule
from residency.ingest.terraform.names.table import camel
from residency.ingest.terraform.positions import Positions, module_folders, text_files
from residency.ingest.terraform.values import Values
from residency.ingest.terraform.written import Text, Written
from residency.ingest.values import dependencies
from residency.model import Note, Resource, ResourceGraph, Unknown, Value

_PROVIDER = "pulumi:providers:{}"
_DEFAULTS: Mapping[str, tuple[str, str]] = {
    "aws": ("region", "AWS_REGION"),
    "gcp": ("region", "GOOGLE_REGION"),
}
"""The provider inputs that give a default place, and where each may come from if no block says it. Sources: the
argument references of hashicorp/aws 6.25.0 and hashicorp/google 6.50.0, read 2026-11-26."""
_RENAMED: Mapping[str, str] = {"default_location": "location"}
"""What azapi calls otherwise than azure-native; source: the argument reference of Azure/azapi 2.7, read 2026-11-26."""
_DELETED = (["delete"], ["no-op", "delete"])
_FORGET = "forget"
_DATA_PLACES = ("bucket_region", "location")
_CLOUDS = frozenset({"aws", "google", "azurerm", "azapi"})
_NOWHERE = Sources()


class _Instance(msgspec.Struct, frozen=True, kw_only=True):
    """One resource instance, of a plan or of a state."""

    address: str
    type: str
    name: str
    module: tuple[Step, ...]
    index: str | None
    provider_name: str
    is_data: bool
    values: Values
    is_left: bool = False
    """Forgotten beside another of the same address, so that no reference means it."""


def read(path: str, *, root: Path | None = None, own_types: frozenset[str] | None = None) -> ResourceGraph:
    """Read the JSON of a plan or of a state.

    Args:
        path: of the file.
        root: the folder of the configuration, for the lines of resources; the file's own folder if None.
        own_types: the types that rows of the project judge. If they are known, types without data are read in brief.

    Raises:
        InputError: it cannot be read, or is neither, or of another format version.
    """
    found = document.read(path)
    folder = Path(path).parent
    return Reading(found, list(_instances(found)), root or folder, folder, own_types).graph(path)


def _instances(found: Document) -> Iterator[_Instance]:
    seen: set[str] = set()
    for each in found.resource_changes or ():
        seen.add(each.address)
        change = each.change
        before = Values(change.before, None, change.before_sensitive)
        # "forget": Terraform lets go of it, and it stays where it is, also beside what is made in its stead.
        if _FORGET in change.actions and (each.deposed or change.after is not None):
            left = f"{each.address} (forgotten {each.deposed}".rstrip() + ")"
            yield _changed(each, before, left, is_left=True)
        if each.deposed or change.actions in _DELETED:
            continue
        after = Values(change.after, change.after_unknown, change.after_sensitive)
        yield _changed(each, before if change.after is None else after, each.address)
    modules = [each.root_module for each in (found.values, found.prior_state and found.prior_state.values) if each]
    for module in modules:
        yield from (each for each in _of_state(module) if each.address not in seen)


def _changed(each: document.ResourceChange, values: Values, address: str, *, is_left: bool = False) -> _Instance:
    return _Instance(
        address=address,
        type=each.type,
        name=each.name,
        module=addresses.modules(each.module_address),
        index=_key(each.index),
        provider_name=each.provider_name,
        is_data=each.mode == "data",
        values=values,
        is_left=is_left,
    )


def _of_state(module: StateModule) -> Iterator[_Instance]:
    for each in module.resources:
        yield _Instance(
            address=each.address,
            type=each.type,
            name=each.name,
            module=addresses.modules(module.address),
            index=_key(each.index),
            provider_name=each.provider_name,
            is_data=each.mode == "data",
            values=Values(each.values, None, each.sensitive_values),
        )
    for inner in module.child_modules:
        yield from _of_state(inner)


def _key(index: Node) -> str | None:
    """A key as references write it: with quotes, or a number."""
    if isinstance(index, str):
        return msgspec.json.encode(index).decode()
    return None if index is None else str(index)


class Reading:
    """Puts the instances of one document together into a graph."""

    def __init__(
        self,
        found: Document,
        instances: Sequence[_Instance],
        root: Path,
        folder: Path,
        own_types: frozenset[str] | None = None,
    ) -> None:
        self._own_types = own_types
        self._document = found
        self._instances = instances
        self._configured = Configured(found, _index(instances))
        folders = module_folders(root, dict(self._configured.module_sources()))
        self._positions = Positions(folders, folder)
        self._reads = text_files(folders, folder)
        self._texts = Written(folders)
        self._configured.read_texts(self._texts)
        self._providers: dict[str, Resource] = {}
        self._notes: set[Note] = set()
        self._assembly = Assembly()

    def graph(self, target: str) -> ResourceGraph:
        """The graph of the whole document."""
        for each in self._instances:
            if not each.is_data:
                self._add(each, target)
        data = [made for each in self._instances if each.is_data and (made := self._data(each)) is not None]
        self._notes.update(_left_open(self._document, target))
        return ResourceGraph(
            target=target,
            resources=self._assembly.resources(data),
            providers=self._providers,
            notes=tuple(sorted(self._notes)),
            reads=self._reads,
        )

    def _add(self, instance: _Instance, target: str) -> None:
        block = self._configured.resource(instance.module, instance.type, instance.name, "managed")
        configured = frozenset(block.expressions) if block else None
        origin = functools.partial(self._origin, instance, block)
        where = self._positions.of(addresses.names(instance.module), instance.type, instance.name)
        brief = in_brief(instance.type, instance.values, self._own_types)
        found = (
            (brief,) if brief else converted(instance.type, instance.provider_name, instance.values, configured, origin)
        )
        for path in sorted({path for made in found for path in made.left}):
            what = f"`{path}` of `{instance.address}` may say where data goes, and the catalogue has no such input"
            place = f"{where.file}:{where.line}" if where else target
            self._notes.add(Note(what, place, doubt=True, settle="use an attribute that the provider's docs list"))
        address, provider = instance.address, self._provider(instance, block)
        self._assembly.add(
            Resource(id=address, type="", name=address, inputs={}, provider=provider, where=where), found
        )

    def _origin(self, instance: _Instance, block: ConfiguredResource | None, path: Sequence[str | int]) -> Sources:
        """What the expression at a path refers to, by the plan, and by the files where the plan does not show it."""
        if block is None:
            return _NOWHERE
        nodes = list(expressions(block.expressions, tuple(path), instance.values.known))
        texts = self._texts_at(instance, path)
        if not nodes and not texts:
            return self._unwritten(instance, block, path)
        found = self._configured.of_texts(texts, instance.module, block)
        if nodes:
            more = len(path) > 1 and _are_more([block.expressions], path, [instance.values.known])
            found = found if more else Sources(hidden=found.hidden)
            for node in nodes:
                found |= self._configured.sources(node, instance.module, block)
            if more and not texts:
                return Sources(found.ids, f"what makes `{_written(path)}`")
        mixed = sorted(each for each in found.ids if not _is_of_a_cloud(each)) if len(found.ids) > 1 else ()
        if mixed:
            return Sources(found.ids, f"a text that `{mixed[0]}` is a part of")
        return found

    def _unwritten(self, instance: _Instance, block: ConfiguredResource, path: Sequence[str | int]) -> Sources:
        """Where nothing is written: the provider says it, or a dynamic block of which a plan has no expressions."""
        around = tuple(path[:-1])
        shown = any(True for _ in expressions(block.expressions, around, instance.values.known))
        more = _are_more([block.expressions], around, [instance.values.known])
        no_block = self._texts.has(addresses.names(instance.module), instance.type, instance.name)
        what = f"what makes `{_written(path)}`"
        return Sources(hidden=what, written=False, no_attribute=shown and not more, no_block=no_block)

    def _texts_at(self, instance: _Instance, path: Sequence[str | int]) -> list[Text]:
        return self._texts.at(addresses.names(instance.module), instance.type, instance.name, path)

    def _provider(self, instance: _Instance, block: ConfiguredResource | None) -> str | None:
        key = block.provider_config_key if block else ""
        if block is not None and not self._configured.has_provider(key):
            return None
        id_ = f"provider::{key or instance.provider_name}"
        if id_ not in self._providers:
            of = package(instance.provider_name)
            said = self._configured.provider(key).items()
            inputs: dict[str, Value] = {
                _RENAMED.get(name, camel(name)): each for name, each in said if each is not None
            }
            if of in _DEFAULTS and _DEFAULTS[of][0] not in inputs:
                inputs[_DEFAULTS[of][0]] = _unsaid(of, key or instance.provider_name)
            self._providers[id_] = Resource(
                id=id_,
                type=_PROVIDER.format(of),
                name=key or instance.provider_name,
                inputs=inputs,
                depends_on={name: ids for name, value in inputs.items() if (ids := dependencies(value))},
            )
        return id_

    def _data(self, instance: _Instance) -> Resource | None:
        """A data source that says where what it found is; one that does not would be judged by the asker's place."""
        known: Node = instance.values.known
        values = known if isinstance(known, dict) else {}
        place = next((value for name in _DATA_PLACES if isinstance(value := values.get(name), str)), None)
        if place is None:
            return None
        found = converted(instance.type, instance.provider_name, instance.values, None, lambda _: _NOWHERE)
        if not found:
            return None
        made = found[0]
        key = "region" if "bucket_region" in values else "location"
        outputs: dict[str, Value] = {**made.outputs, key: place}
        return Resource(
            id=instance.address,
            type=made.token,
            name=instance.address,
            inputs={},
            outputs=outputs,
            is_context=True,
        )


@functools.lru_cache(maxsize=65_536)
def _is_of_a_cloud(address: str) -> bool:
    return any(each.name.partition("_")[0] in _CLOUDS for each in addresses.steps(address))


def _are_more(nodes: Sequence[Node], path: Sequence[str | int], values: Sequence[Node]) -> bool:
    """Whether there are more blocks on the way than expressions of them: dynamic blocks stand beside those written."""
    for step in path:
        if isinstance(step, str):
            nodes, values = ([each[step] for each in level if isinstance(each, dict) and step in each]
                             for level in (nodes, values))  # fmt: skip
            continue
        written, there = ([each for each in level if isinstance(each, list)] for level in (nodes, values))
        if not written or not there:
            return False
        if max(map(len, there)) > max(map(len, written)):
            return True
        nodes, values = ([one for each in level for one in (each if step < 0 else each[step : step + 1])]
                         for level in (written, there))  # fmt: skip
    return False


def _unsaid(of: str, name: str) -> Unknown:
    key, variable = _DEFAULTS[of]
    return Unknown(
        f"provider `{name}` has no {key} in the configuration; it may come from {variable}, which a plan does not show",
        f"write `{key}` in the provider block",
    )


def _index(instances: Iterable[_Instance]) -> Instances:
    found: dict[tuple[tuple[str, ...], str], dict[tuple[Step, ...], list[tuple[str | None, str]]]] = {}
    for each in instances:
        if each.is_left:
            continue
        block = f"{'data.' if each.is_data else ''}{each.type}.{each.name}"
        by_module = found.setdefault((addresses.names(each.module), block), {})
        by_module.setdefault(each.module, []).append((each.index, each.address))
    return found


def _left_open(found: Document, target: str) -> Iterator[Note]:
    if found.errored:
        yield Note("the plan ended with an error, so that resources may be missing from it", target, doubt=True,
                   settle="mend the plan's own errors and make the file again")  # fmt: skip
    if found.deferred_changes:
        what = f"the plan defers {len(found.deferred_changes)} changes, which it does not show"
        yield Note(what, target, doubt=True, settle="apply this plan, and check the next one")
    for each in found.resource_changes or ():
        if _FORGET in each.change.actions:
            what = f"`{each.address}` is no longer managed once this plan is applied; it stays where it is"
            yield Note(what, target)


def _written(path: Sequence[str | int]) -> str:
    steps = (f".{each}" if isinstance(each, str) else f"[{each}]" if each >= 0 else "[*]" for each in path)
    return "".join(steps).lstrip(".")
