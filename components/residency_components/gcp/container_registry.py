"""A registry of container images in Artifact Registry.

Fact: a repository whose location is a region is in that region only, and answers at `REGION-docker.pkg.dev`
(pulumi-gcp 10.2.0, artifactregistry.Repository.location; checked 2026-11-24).
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.container_registry import ContainerRegistry
from residency_components.gcp.keys import lend, own_key, project_of, waiting
from residency_components.gcp.labels import labels, refuse_labels


class GcpContainerRegistry(ContainerRegistry):
    """A repository of Artifact Registry in one region, under a key of the same region, whose tags never change.

    Scanning is off: where Google keeps what it finds is not said anywhere that could be read.
    """

    _cloud = "gcp"
    _cost = "what it holds, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        registry = gcp.artifactregistry.Repository(
            name,
            repository_id=name,
            location=asked.region,
            format="DOCKER",
            mode="STANDARD_REPOSITORY",
            kms_key_name=key.id,
            docker_config={"immutable_tags": True},
            vulnerability_scanning_config={"enablement_config": "DISABLED"},
            labels=labels(asked),
            opts=waiting(spot, lend(name, key, "artifactregistry", spot)),
        )
        return {
            "registry_name": registry.name,
            "registry_id": registry.id,
            "address": project_of(key).apply(lambda project: f"{asked.region}-docker.pkg.dev/{project}/{name}/{name}"),
            "key_id": key.id,
        }
