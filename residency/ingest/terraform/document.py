"""The JSON that ``terraform show -json`` and ``tofu show -json`` write of a plan or a state.

In:  bytes of such a file, format version 1.x.
Out: the parts of it that say what will be, and how it is configured; parts that say nothing about places are left out.

Source of the format: https://developer.hashicorp.com/terraform/internals/json-format, read 2026-11-26.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from residency.errors import InputError

Node: TypeAlias = "bool | int | float | str | list[Node] | dict[str, Node] | None"

HELP = "make it with `terraform show -json PLAN > plan.json`, PLAN being the file that `terraform plan -out` wrote"
_MAJOR = "1"


class Change(msgspec.Struct, frozen=True):
    """What happens to one resource: ``after`` is null where it is deleted."""

    actions: list[str] = []
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    after_unknown: Any = None
    after_sensitive: Any = None
    before_sensitive: Any = None


class ResourceChange(msgspec.Struct, frozen=True):
    """One resource instance of a plan."""

    address: str
    type: str
    name: str
    change: Change
    mode: str = "managed"
    index: Any = None
    module_address: str = ""
    provider_name: str = ""
    deposed: str = ""


class StateResource(msgspec.Struct, frozen=True):
    """One resource instance of a state."""

    address: str
    type: str
    name: str
    mode: str = "managed"
    index: Any = None
    provider_name: str = ""
    values: dict[str, Any] | None = None
    sensitive_values: Any = None


class StateModule(msgspec.Struct, frozen=True):
    """A module of a state, with the modules in it."""

    address: str = ""
    resources: list[StateResource] = []
    child_modules: list[StateModule] = []


class Values(msgspec.Struct, frozen=True):
    """The values of a state."""

    root_module: StateModule = StateModule()


class State(msgspec.Struct, frozen=True):
    """A state inside a plan."""

    values: Values = Values()


class ConfiguredResource(msgspec.Struct, frozen=True):
    """A resource block: expressions by attribute, not yet worked out."""

    address: str
    type: str
    name: str
    mode: str = "managed"
    provider_config_key: str = ""
    expressions: dict[str, Any] = {}
    for_each_expression: Any = None


class Configured(msgspec.Struct, frozen=True):
    """An expression of an output."""

    expression: Any = None


class ModuleCall(msgspec.Struct, frozen=True):
    """A call of a module."""

    source: str = ""
    expressions: dict[str, Any] = {}
    for_each_expression: Any = None
    module: Module = msgspec.field(default_factory=lambda: Module())  # noqa: PLW0108 - it is declared below


class Module(msgspec.Struct, frozen=True):
    """The configuration of a module."""

    resources: list[ConfiguredResource] = []
    module_calls: dict[str, ModuleCall] = {}
    outputs: dict[str, Configured] = {}


class ProviderConfig(msgspec.Struct, frozen=True):
    """A provider block."""

    name: str = ""
    full_name: str = ""
    alias: str = ""
    module_address: str = ""
    expressions: dict[str, Any] = {}


class Configuration(msgspec.Struct, frozen=True):
    """The whole configuration of a plan."""

    provider_config: dict[str, ProviderConfig] = {}
    root_module: Module = Module()


class Variable(msgspec.Struct, frozen=True):
    """The value of a root variable; it is in clear text even where it is sensitive."""

    value: Any = None


class Document(msgspec.Struct, frozen=True):
    """A plan, or a state: a state has ``values``, a plan ``resource_changes``."""

    format_version: str = ""
    variables: dict[str, Variable] = {}
    resource_changes: list[ResourceChange] | None = None
    values: Values | None = None
    prior_state: State | None = None
    configuration: Configuration = Configuration()
    deferred_changes: list[Any] = []
    errored: bool = False


_decoder = msgspec.json.Decoder(Document)


def read(path: str) -> Document:
    """Read a plan or a state.

    Raises:
        InputError: it cannot be read, is cut off, is no JSON, another kind of JSON, or of another format version.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read `{path}`: {error.strerror}", help=HELP) from None
    document = _decoded(data, path)
    # A plan of `-refresh-only` has no changes: it is the state as it was found.
    if document.resource_changes is None and document.values is None and document.prior_state is None:
        raise InputError(f"`{path}` has neither changes nor values of resources", help=HELP)
    if document.format_version.partition(".")[0] != _MAJOR:
        raise InputError(
            f"`{path}` is Terraform JSON of format version {document.format_version or '(none)'}, not known here",
            help="versions 1.x are, of Terraform 1.0 and later and of OpenTofu; make the file with one of these",
        )
    return document


def _decoded(data: bytes, path: str) -> Document:
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        raise InputError(f"`{path}` is not the JSON of a Terraform plan or state: {error}", help=HELP) from None
    except UnicodeDecodeError as error:
        raise InputError(f"`{path}` is not UTF-8 (byte {error.start})", help=HELP) from None
    except msgspec.DecodeError as error:
        cut = "truncated" in str(error)
        problem = "cut off: its JSON does not end" if cut else f"not JSON: {error}"
        raise InputError(f"`{path}` is {problem}", help="write it again" if cut else HELP) from None
    except RecursionError:
        raise InputError(f"`{path}` is nested too deeply to be a Terraform plan", help=HELP) from None
