"""The resources that Terraform's come to: one each, several where a block is a resource of its own, or a part of one.

In:  what each resource was converted to, and its head: id, provider, line.
Out: resources, with their parts in them, children in the place of their parents, and keys in that of their vaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from residency.ingest.terraform.converted import Converted
from residency.ingest.terraform.joined import Child, Part, joined, placed
from residency.ingest.terraform.vaults import with_vaults
from residency.ingest.values import NOT_YET_KNOWN, dependencies
from residency.model import Resource, Unknown, Value


class Assembly:
    """Collects what resources come to, and puts it together at the end."""

    def __init__(self) -> None:
        self._own: list[Resource] = []
        self._parts: list[Part] = []
        self._children: list[Child] = []

    def add(self, head: Resource, found: Sequence[Converted]) -> None:
        """Add one resource of Terraform's: its head has no type and inputs yet."""
        for made in found:
            inputs = {**made.inputs, made.owner: _name_of(head, found[0])} if made.owner else made.inputs
            own = made.outputs.get("id")
            resource = msgspec.structs.replace(
                head,
                id=f"{head.id}{made.suffix}",
                type=made.token,
                name=f"{head.name}{made.suffix}",
                inputs=inputs,
                outputs=made.outputs,
                depends_on=_depends_on(inputs),
                cloud_id=own if isinstance(own, str) else "",
            )
            if made.within is not None:
                self._children.append(Child(resource, made.within))
            if made.part_of is None:
                self._own.append(resource)
            else:
                self._parts.append(Part(resource, made.part_of))

    def resources(self, context: Sequence[Resource] = ()) -> Mapping[str, Resource]:
        """All of them by id, in order, with what is only read beside them."""
        whole = [*joined(self._own, self._parts, context=context), *context]
        made = with_vaults(list(placed(whole, self._children)))
        return {each.id: each for each in sorted(made, key=lambda each: each.id)}


def _name_of(head: Resource, main: Converted) -> Value:
    """How a block of a resource names it: by its name, or by what it is made out of while that is not known."""
    name = main.outputs.get("name")
    return name if isinstance(name, str) else Unknown(NOT_YET_KNOWN, "", (head.id,))


def _depends_on(inputs: Mapping[str, Value]) -> Mapping[str, tuple[str, ...]]:
    open_ = ((name, value) for name, value in inputs.items() if not isinstance(value, (str, int, float)))
    return {name: ids for name, value in open_ if (ids := dependencies(value))}
