"""One page a component for the docs: what it is, arguments, defaults and reasons, outputs, examples, what it costs.

In:  an interface; the texts are its docstrings, its arguments and its clouds' classes.
Out: Markdown.
"""

from __future__ import annotations

import functools
import inspect
import json
from typing import Any

import yaml

from residency_components.ask import camel
from residency_components.component import PACKAGE, Component
from residency_components.hosting import components, provider
from residency_components.regions import BUILT_IN

_CLOUD_NAMES = {
    "aws": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "gcp": "Google Cloud",
    "site": "a site of one's own",
}
_WIDTH = 120
_COMMON = {"country": "IE", "owner": "records-office", "data_class": "personal"}


def page(interface: type[Component[Any]]) -> str:
    """The page of one interface; the same docstrings give the same bytes."""
    built = [kind for kind in components() if issubclass(kind, interface)]
    schema = _resources()[f"{PACKAGE}:index:{built[0].__name__}"]
    parts = [
        f"# {interface.__name__}\n\n{inspect.getdoc(interface)}\n",
        "## Where it is built\n\n" + "".join(_cloud(kind) for kind in built) + _missing(built),
        "## Arguments\n\n" + _arguments(interface, schema),
        "## Outputs\n\n| output | meaning |\n| --- | --- |\n" + _outputs(schema["properties"]),
        "## Examples\n\n" + _examples(interface, built[0]),
    ]
    return "\n".join(parts)


@functools.cache
def _resources() -> dict[str, Any]:
    """The schema of every component, by its type; made once, because all SDKs are read for it."""
    return json.loads(provider().schema or "{}")["resources"]


def _cloud(kind: type[Component[Any]]) -> str:
    name = _CLOUD_NAMES[kind.__module__.split(".")[1]]
    text = " ".join((inspect.getdoc(kind) or "").split())
    return f"- **{name[:1].upper()}{name[1:]}**: {text} It costs by {kind.cost()}.\n"


def _missing(built: list[type[Component[Any]]]) -> str:
    there = {kind.__module__.split(".")[1] for kind in built}
    names = [_CLOUD_NAMES[cloud] for cloud in BUILT_IN if cloud not in there]
    return f"\nNot built for {' and '.join(names)}.\n" if names else ""


def _arguments(interface: type[Component[Any]], schema: dict[str, Any]) -> str:
    rows = ["| argument | needed | without it | meaning |\n| --- | --- | --- | --- |\n"]
    own = {camel(name): argument for name, argument in interface.arguments().items()}
    for name in sorted(schema["inputProperties"], key=lambda each: (each not in schema["requiredInputs"], each)):
        argument = own.get(name)
        default = "" if argument is None or argument.default is None else f"`{argument.default}`: {argument.why}"
        needed = "yes" if name in schema["requiredInputs"] else "no"
        rows.append(f"| `{name}` | {needed} | {default} | {schema['inputProperties'][name]['description']} |\n")
    return "".join(rows)


def _outputs(properties: dict[str, dict[str, Any]]) -> str:
    return "".join(f"| `{name}` | {each['description']} |\n" for name, each in sorted(properties.items()))


def _call(name: str, given: dict[str, Any]) -> str:
    """A call on one line if it fits, else with one argument a line, as formatters write it."""
    line = f'{name}.build("things", {json.dumps(given)})'
    if len(line) <= _WIDTH:
        return line
    items = "".join(f"        {json.dumps(key)}: {json.dumps(value)},\n" for key, value in given.items())
    return f'{name}.build(\n    "things",\n    {{\n{items}    }},\n)'


def _examples(interface: type[Component[Any]], first: type[Component[Any]]) -> str:
    given = {**_COMMON, **interface.example()}
    python = _call(interface.__name__, given)
    properties = {camel(key): value for key, value in given.items()}
    resource = {"resources": {"things": {"type": f"{PACKAGE}:{first.__name__}", "properties": properties}}}
    text = yaml.safe_dump(resource, sort_keys=False)
    return f"```python\nfrom residency_components import {interface.__name__}\n\n{python}\n```\n\n```yaml\n{text}```\n"
