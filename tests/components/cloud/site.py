"""What the data centre of one's own answers in the tests of the components."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "residency.toml"
UNPLACED: frozenset[str] = frozenset(
    {
        "kubernetes:apps/v1:Deployment",
        "kubernetes:core/v1:Service",
        "kubernetes:core/v1:ServiceAccount",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "kubernetes:policy/v1:PodDisruptionBudget",
    }
)
"""Everything in a cluster: it is where the cluster is that the provider's context names."""

CALLS: dict[str, dict[str, Any]] = {}
"""Nothing is asked."""
OWN: dict[str, dict[str, Any]] = {
    "SiteContainerService": {},
    "SiteObjectStore": {
        "endpoint": "https://s3.oslo.example",
        "key": "records",
        "access_key": "AKIAOSLO",
        "secret_key": "correct horse",
    },
}
"""What the classes need besides their interface's arguments, `site` and `perimeter_file`."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """A cluster answers with what it was sent."""
    del type_, name, inputs
    return {}
