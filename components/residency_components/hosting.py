"""The component package as other languages see it.

In:  the clouds' classes, all of them.
Out: the provider that `components/__main__.py` serves, and its schema, in which every argument and output is described.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi
from pulumi.errors import InputPropertyError
from pulumi.provider import ConstructResult
from pulumi.provider.experimental.analyzer import Analyzer
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.server import ComponentInitError

from residency_components import capabilities
from residency_components.ask import camel
from residency_components.attached import AttachedArgs
from residency_components.component import PACKAGE, Component, PlacedArgs, lineage
from residency_components.errors import ComponentError
from residency_components.regions import BUILT_IN
from residency_components.site.placed import SitedArgs

# A typed dictionary does not tell which others it was made from (Python 3.11).
_SHARED = (PlacedArgs, AttachedArgs, SitedArgs)


def interfaces() -> tuple[type[Component[Any]], ...]:
    """All interfaces, sorted by module."""
    modules = sorted(module.name for module in pkgutil.iter_modules(capabilities.__path__))
    loaded = [importlib.import_module(f"{capabilities.__name__}.{name}") for name in modules]
    classes: list[Any] = [value for module in loaded for value in vars(module).values() if inspect.isclass(value)]
    return tuple(kind for kind in classes if Component in kind.__mro__ and kind is not Component)


@functools.cache
def components() -> tuple[type[Component[Any]], ...]:
    """Every cloud's class of every interface, by cloud; this imports the SDKs of all clouds."""
    folders = {cloud: importlib.import_module(f"residency_components.{cloud}") for cloud in BUILT_IN}
    built = {cloud: {module.name for module in pkgutil.iter_modules(folders[cloud].__path__)} for cloud in BUILT_IN}
    return tuple(
        interface.of(cloud)
        for cloud in BUILT_IN
        for interface in interfaces()
        if interface.__module__.rpartition(".")[2] in built[cloud]
    )


class _Provider(ComponentProvider):
    """Says a caller's mistake as an error of the property that it is in, which the engine shows without a traceback."""

    def construct(
        self, name: str, resource_type: str, inputs: pulumi.Inputs, options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        try:
            return super().construct(name, resource_type, inputs, options)
        except ComponentInitError as error:
            if not isinstance(error.inner, ComponentError):
                raise
            raise InputPropertyError(camel(error.inner.where), str(error.inner)) from None


def provider(version: str = "0.0.0") -> ComponentProvider:
    """The provider of the package, with a schema that describes what classes inherit as well."""
    served = _Provider([*components()], PACKAGE, version=version)
    schema = json.loads(served.schema or "{}")
    for component in components():
        resource = schema["resources"][f"{PACKAGE}:index:{component.__name__}"]
        for asked in (*_asked(component), *_SHARED):
            _describe(resource["inputProperties"], _documented(asked))
        for inherited in lineage(component):
            _describe(resource["properties"], _documented(inherited))
    served.schema = json.dumps(schema, indent=2, sort_keys=True) + "\n"
    return served


def _asked(component: type[Component[Any]]) -> Iterator[type[Any]]:
    """The typed dictionaries of a component's own arguments and of its interface's."""
    for kind in lineage(component):
        if "__init__" in vars(kind) and kind is not Component:
            yield inspect.signature(vars(kind)["__init__"]).parameters["args"].annotation


def _documented(kind: type[Any]) -> dict[str, str]:
    """What the docstrings below a class's own annotations say, by the name that other languages use."""
    texts = {name: Analyzer(PACKAGE).get_docstring(kind, name) for name in inspect.get_annotations(kind)}
    return {camel(name): text for name, text in texts.items() if text}


def _describe(properties: Mapping[str, dict[str, Any]], texts: Mapping[str, str]) -> None:
    for name, given in properties.items():
        if name in texts:
            given.setdefault("description", texts[name])
