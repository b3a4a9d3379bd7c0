"""Default providers, as the engine makes them: one for each package, version and download address asked for.

Source: the engine's ``resource/deploy/default_providers.go`` and ``target.go`` v3.259.0, checked 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from .recorder import Json, Recorder
from .urns import default_provider_name, make_urn, package_of
from .wire import CONCEALED, UNKNOWN

_DYNAMIC = "pulumi-python"


class _Package(NamedTuple):
    name: str
    version: str
    url: str


class DefaultProviders:
    """Makes and records default providers when first asked for; the stack's configuration is their inputs."""

    def __init__(
        self, *, stack: str, project: str, config: Mapping[str, str], secrets: AbstractSet[str], recorder: Recorder
    ) -> None:
        self._stack = stack
        self._project = project
        self._config = config
        self._secrets = secrets
        self._recorder = recorder
        self._packages: dict[str, _Package] = {}

    def register_package(self, request: Any) -> str:  # noqa: ANN401 - a request
        """Take a RegisterPackage request; give the reference that later requests carry."""
        parameter = getattr(request, "parameterization", None)
        name, version = request.name, request.version
        if parameter is not None and parameter.name:
            name, version = parameter.name, parameter.version
        reference = f"{name}-{version}"
        self._packages[reference] = _Package(name, version, request.download_url)
        return reference

    def reference(self, token: str, request: Any) -> str:  # noqa: ANN401 - a request
        """Take a token and the request with its version; give the default provider's reference, recorded once."""
        package = self._packages.get(getattr(request, "packageRef", ""))
        if package is None:
            package = _Package(package_of(token), request.version, request.pluginDownloadURL)
        name = default_provider_name(package.version, package.url)
        token = f"pulumi:providers:{package.name}"
        urn = make_urn(self._stack, self._project, "", token, name)
        with self._recorder.lock:
            if self._recorder.get(urn) is None:
                inputs = self._inputs(package)
                self._recorder.add(
                    {"urn": urn, "custom": True, "type": token, "inputs": inputs, "outputs": dict(inputs)}
                )
        return f"{urn}::{UNKNOWN}"

    def inputs(self, reference: str) -> Json:
        """Take a provider reference (``urn::id``); give the provider's recorded inputs."""
        found = self._recorder.get(reference.rpartition("::")[0]) or {}
        inputs: Json = found.get("inputs", {})
        return inputs

    def _inputs(self, package: _Package) -> Json:
        found: Json = {}
        for key in sorted(self._config):
            namespace, _, name = key.partition(":")
            if package.name not in (namespace, _DYNAMIC):
                continue
            # Dynamic providers get the whole configuration, with the namespaces kept.
            found[key if package.name == _DYNAMIC else name] = (
                dict(CONCEALED) if key in self._secrets else self._config[key]
            )
        if package.version:
            found["version"] = package.version
        if package.url:
            found["pluginDownloadURL"] = package.url
        return found
