"""What is copied is not where it goes: the origin of a copy taken out of what a destination may be.

In:  a resource that makes copies, and a destination of it that is known only after the deployment.
Out: the same Unknown, without the resources that the origin's properties name.

Before a deployment all that is known of such a destination is which resources it is made out of. A program may make
its name out of the origin's (``concat("arn:aws:s3:::", source.bucket, "-copy")``), which says nothing about where the
destination is; counted as the origin itself, a copy in any country would look as if it stayed.
"""

from __future__ import annotations

from collections.abc import Mapping

from residency.catalogue.rows import ResourceRow
from residency.model import Resource, Unknown
from residency.placements.paths import parse


def without_origins(value: Unknown, resource: Resource, path: str, row: ResourceRow | None) -> Unknown:
    """``value``, found at ``path``, as made out of what only destinations name.

    Args:
        value: the destination.
        resource: has it.
        path: of the destination.
        row: of the resource's type.

    Returns:
        The same value where no origin names what it is made out of.
    """
    own = str(parse(path)[0])
    named = {urn for name in _origins(resource, own, row) for urn in resource.depends_on.get(name, ())}
    left = tuple(urn for urn in value.depends_on if urn not in named)
    if left == value.depends_on:
        return value
    if left:
        return Unknown(value.reason, value.settle, left)
    names = ", ".join(f"`{urn.rpartition('::')[2]}`" for urn in value.depends_on)
    return Unknown(
        f"it may be made out of the name of {names}, which is what is copied",
        "name the destination by a text, or by an output of the destination itself",
    )


def _origins(resource: Resource, own: str, row: ResourceRow | None) -> list[str]:
    """The top-level properties that may name what is copied.

    Those that the catalogue calls an origin; and each other one whose whole value is one text, unless a placement is
    read from it or the catalogue says that it is no origin.
    """
    said = _said(row)
    return [
        name
        for name in resource.depends_on
        if name != own and said.get(name, isinstance(resource.inputs.get(name), (str, Unknown)))
    ]


def _said(row: ResourceRow | None) -> Mapping[str, bool]:
    """By top-level property, whether the catalogue calls it an origin; properties it says nothing of are not here."""
    if row is None:
        return {}
    said = {str(parse(each.path)[0]): False for each in row.placement if each.path}
    said.update({str(parse(each.path)[0]): each.origin for each in row.dismissed if each.origin is not None})
    return said
