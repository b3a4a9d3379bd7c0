"""What the program declared so far: resources in the shape of a deployment, assumptions and notes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any, NamedTuple

Json = dict[str, Any]


class Assumed(NamedTuple):
    """One value that the program asked for and that had to be made up."""

    kind: str
    name: str
    type: str
    where: str


class Duplicate(Exception):  # noqa: N818 - the engine's word
    """Two resources with one URN; the engine refuses them."""


class Recorder:
    """Collects what the program's threads declare, and gives it in an order that does not depend on them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._resources: dict[str, Json] = {}
        self._assumed: set[Assumed] = set()
        self._notes: set[tuple[str, str, bool, str]] = set()

    def add(self, resource: Json) -> None:
        """Record a resource; raises Duplicate if its URN is taken by another declaration."""
        with self.lock:
            urn = resource["urn"]
            if urn in self._resources and not (resource.get("external") and self._resources[urn].get("external")):
                raise Duplicate(f"duplicate resource URN `{urn}`: give each resource a name of its own")
            self._resources[urn] = {
                key: value
                for key, value in resource.items()
                if key == "custom" or value not in ("", None, False, [], {})
            }

    def get(self, urn: str) -> Json | None:
        """Give the recorded resource of a URN, or None."""
        with self.lock:
            return self._resources.get(urn)

    def set_outputs(self, urn: str, outputs: Json) -> None:
        """Record the outputs that a component or the stack registers at its end."""
        with self.lock:
            if urn in self._resources and outputs:
                self._resources[urn]["outputs"] = outputs

    def assume(self, kind: str, name: str, type_: str, where: Iterable[str]) -> None:
        """Record that a value was made up, once for each place that asked for it."""
        with self.lock:
            self._assumed.update(Assumed(kind, name, type_, place) for place in where)

    def assumed(self) -> list[Assumed]:
        """Give everything made up so far, sorted."""
        with self.lock:
            return sorted(self._assumed)

    def note(self, what: str, *, where: str = "", doubt: bool = False, settle: str = "") -> None:
        """Record what was left out; ``doubt`` where a verdict could rest on it."""
        with self.lock:
            self._notes.add((what, where, doubt, settle))

    def answer(self) -> Json:
        """Give everything recorded, sorted."""
        with self.lock:
            return {
                "resources": [self._resources[urn] for urn in sorted(self._resources)],
                "assumed": [list(item) for item in self.assumed()],
                "notes": [list(item) for item in sorted(self._notes)],
            }
