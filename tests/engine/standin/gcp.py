"""Stand-in for the Google Cloud provider: locations, self links and names in the real one's form.

Sources, checked 2026-11-23: pulumi-gcp 10.2.0, docstrings of `gcp.storage.Bucket` (`location`, `self_link`, `url`);
https://cloud.google.com/apis/design/resource_names (forms of names).
"""

# `Cloud` describes these methods and gives them their arguments.
# ruff: noqa: D102, ARG002

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping

from tests.engine.standin.servicer import Subject
from tests.engine.standin.wire import UNKNOWN, Properties, always_set, text

PROJECT = "residency-test"
BUCKET = "gcp:storage/bucket:Bucket"
OWN_NAMES = ("name", "secretId", "datasetId", "instanceId", "keyRingId")
REGION_VARIABLES = ("GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION")


class GcpCloud:
    """Takes the place from a resource, else its provider's configuration, else the environment.

    Attributes:
        environment: the variables of the run; the provider's own region variables are read.
    """

    package = "gcp"
    version = "10.2.0"
    replaces = frozenset({"location", "region", "zone", "name"})

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def place(self, provider: Properties, inputs: Properties) -> str:
        own = text(inputs.get("location")) or text(inputs.get("region")) or text(inputs.get("zone"))
        fallback = next((self.environment[name] for name in REGION_VARIABLES if self.environment.get(name)), "")
        return own or text(provider.get("region")) or fallback

    def check(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Automatic names; a bucket's location in capitals, as the service keeps it."""
        filled = dict(inputs)
        if "name" in always_set(subject.type) and "name" not in filled:
            filled["name"] = f"{subject.name}-{hashlib.sha256(subject.urn.encode()).hexdigest()[:7]}"
            filled["__defaults"] = ["name"]
        if subject.type == BUCKET and text(filled.get("location")):
            filled["location"] = text(filled["location"]).upper()
        return filled

    def planned(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Project, region and zone come from the provider while it plans."""
        documented = always_set(subject.type)
        known = {"project": self._project(provider, inputs), "region": self.place(provider, inputs)}
        return {key: value or UNKNOWN for key, value in known.items() if key in documented and key not in inputs}

    def _project(self, provider: Properties, inputs: Properties) -> str:
        return text(inputs.get("project")) or text(provider.get("project")) or PROJECT

    def created(self, subject: Subject, inputs: Properties, provider: Properties) -> tuple[str, Properties]:
        place, project = self.place(provider, inputs), self._project(provider, inputs)
        name = next((text(inputs[key]) for key in OWN_NAMES if text(inputs.get(key))), subject.name)
        documented = always_set(subject.type)
        if subject.type == BUCKET:
            links = {"selfLink": f"https://www.googleapis.com/storage/v1/b/{name}", "url": f"gs://{name}"}
            path = name
        else:
            path = _path(subject.type, project, place, name, zonal=bool(text(inputs.get("zone"))))
            service = subject.type.split(":")[1].split("/")[0]
            links = {"selfLink": f"https://www.googleapis.com/{service}/v1/{path}"}
        known = {**links, "project": project, "region": place, "location": place, "name": name}
        return path, {key: value for key, value in known.items() if key in documented and key not in inputs}

    def read(self, subject: Subject, cloud_id: str, provider: Properties) -> Properties:
        """Place from the id's own path, else the provider's."""
        parts = cloud_id.split("/")
        words = {"locations", "regions", "zones"}
        place = next((after for word, after in itertools.pairwise(parts) if word in words), "")
        known = {
            "name": parts[-1],
            "location": place or self.place(provider, {}),
            "project": self._project(provider, {}),
        }
        return {key: value for key, value in known.items() if key in always_set(subject.type)}

    def invoke(self, token: str, arguments: Properties, provider: Properties) -> Properties:
        if token.endswith(":getProject"):
            return {"projectId": self._project(provider, arguments), "number": "1", "name": PROJECT, "id": PROJECT}
        if token.endswith(":getClientConfig"):
            return {"project": self._project(provider, {}), "region": self.place(provider, {}), "id": "", "zone": ""}
        return dict(arguments)


def _path(token: str, project: str, place: str, name: str, *, zonal: bool) -> str:
    """A resource's full name: ``projects/P/zones/Z/instances/N`` in Compute Engine, ``locations`` elsewhere."""
    service, _, rest = token.split(":")[1].partition("/")
    compute = "zones" if zonal else "regions"
    scope = f"{compute if service == 'compute' else 'locations'}/{place}" if place else "global"
    return f"projects/{project}/{scope}/{rest}s/{name}"
