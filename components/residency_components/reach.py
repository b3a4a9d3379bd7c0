"""What a value that a caller passed says about where it leads: an ARN, an endpoint, a path, a registry's address.

In:  a text, an output that becomes one, or lists and mappings of them.
Out: the same value. A text is checked now, an output when it resolves: before the child that takes it is created.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pulumi

from residency.catalogue import places
from residency.model import Location
from residency.placements.references import carried_location
from residency_components.errors import OutsidePerimeterError

# Source: Artifact Registry, repository and image names: LOCATION-docker.pkg.dev
# (https://docs.cloud.google.com/artifact-registry/docs/docker/names, checked 2026-11-24).
_REGISTRY = re.compile(r"(?:^|//)([a-z0-9-]+)-docker\.pkg\.dev(?:/|$)")


def kept_inside(value: Any, where: str, perimeter: tuple[str, ...]) -> Any:  # noqa: ANN401 - any argument's value
    """The value, whose texts name no place outside the perimeter.

    Args:
        value: as the caller gave it.
        where: the argument, for the message.
        perimeter: the countries that are allowed.

    Raises:
        OutsidePerimeterError: a text names a place outside, or one that the catalogue does not know. Where the text
            is an output, the error is raised when it resolves.
    """
    if isinstance(value, pulumi.Output):
        output = cast("pulumi.Output[Any]", value)
        return output.apply(lambda known: kept_inside(known, where, perimeter))
    if isinstance(value, str):
        _refuse_outside(value, where, perimeter)
    elif isinstance(value, Mapping):
        texts = cast("Mapping[str, Any]", value)
        return {key: kept_inside(each, f"{where}.{key}", perimeter) for key, each in texts.items()}
    elif isinstance(value, list | tuple):
        items = cast("Sequence[Any]", value)
        return [kept_inside(each, f"{where}[{at}]", perimeter) for at, each in enumerate(items)]
    return value


def _refuse_outside(text: str, where: str, perimeter: tuple[str, ...]) -> None:
    location = _named(text)
    if location is None:
        return
    place = places.find(location.provider, location.code)
    if place is not None and place.countries and set(perimeter).issuperset(place.countries):
        return
    country = ", ".join(places.country_name(code) for code in place.countries) if place else ""
    raise OutsidePerimeterError(
        f"`{where}` leads to `{location.code}`{f' ({country})' if country else ''}, outside the perimeter",
        where=where,
        help=f"pass one in {' or '.join(places.country_name(code) for code in perimeter)}",
    )


def _named(text: str) -> Location | None:
    registry = _REGISTRY.search(text)
    return Location("gcp", registry.group(1)) if registry else carried_location(text, "gcp")
