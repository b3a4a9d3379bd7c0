"""Where the parts of a component stand."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from residency_components.ask import Asked


@dataclass(frozen=True)
class Spot:
    """A region, with the tags and options of what is in it."""

    region: str
    asked: Asked
    child: pulumi.ResourceOptions
    kept: pulumi.ResourceOptions
