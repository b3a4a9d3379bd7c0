"""The services that a stack's configuration lists.

In:  the decoded value of `residency:services`: a list of mappings. Each has `name`, `country`, `owner` and
     `dataClass`, may have `cloud` and `perimeter`, and a mapping for each part of the service, with the arguments of
     its component as other languages spell them. A part may have a `cloud` of its own.
Out: ``Service`` values. Here the form is checked; what the values mean is for the components to check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from residency_components.ask import camel
from residency_components.errors import ArgumentFaultError

WHERE = "residency:services"
PARTS = ("network", "uploads", "profiles", "sessions", "registry", "web", "backups", "logs")
"""The parts of a service, in the order in which they are built."""
_COMMON = ("country", "owner", "dataClass", "perimeter")
_OWN = ("name", "cloud")


@dataclass(frozen=True)
class Part:
    """One part of a service: where its configuration is, the arguments that it says, and its cloud if it says one."""

    where: str
    args: Mapping[str, Any]
    cloud: str | None


@dataclass(frozen=True)
class Service:
    """One service: its name, and its parts by name."""

    name: str
    parts: Mapping[str, Part]


def services(listed: object) -> tuple[Service, ...]:
    """The services that a stack lists, in its order.

    Raises:
        ArgumentFaultError: not a list, an empty one, an entry or a part that is no mapping, an unknown key, or two
            entries of one name.
    """
    if not isinstance(listed, list) or not listed:
        raise ArgumentFaultError("`services` is not a list of at least one service", where=WHERE)
    entries = cast("Sequence[object]", listed)
    found = tuple(_service(entry, f"{WHERE}[{at}]") for at, entry in enumerate(entries))
    names = [service.name for service in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ArgumentFaultError(f"two services are named `{twice[0]}`", where=WHERE)
    return found


def _service(entry: object, where: str) -> Service:
    given = _mapping(entry, where, "a service")
    unknown = sorted(set(given) - {*_OWN, *_COMMON, *PARTS})
    if unknown:
        known = ", ".join((*_OWN, *_COMMON, *PARTS))
        raise ArgumentFaultError(f"unknown key `{unknown[0]}`", where=where, help=f"one of {known}")
    name = given.get("name")
    if not isinstance(name, str) or not name:
        raise ArgumentFaultError("`name` is missing", where=where, help="name the service in 2 to 5 small letters")
    common = {key: _country(given[key], f"{where}.{key}") for key in _COMMON if key in given}
    parts = {part: _part(given.get(part, {}), f"{where}.{part}", common, given.get("cloud")) for part in PARTS}
    return Service(name, parts)


def _part(given: object, where: str, common: Mapping[str, Any], cloud: Any) -> Part:  # noqa: ANN401 - checked by `build`
    own = {key: _country(value, f"{where}.{key}") for key, value in _mapping(given, where, "a part").items()}
    cloud = own.pop("cloud", cloud)
    return Part(where, {_snake(key): value for key, value in {**common, **own}.items()}, cloud)


def _mapping(value: object, where: str, what: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ArgumentFaultError(f"{what} is not a mapping", where=where, help="write keys and values below it")
    return {str(key): each for key, each in cast("Mapping[object, Any]", value).items()}


def _country(value: Any, where: str) -> Any:  # noqa: ANN401 - whatever the configuration holds
    """The value; a country that YAML took for a truth value is refused with the way to write it."""
    if value is False and camel(where.rpartition(".")[2]) in {"country", "replicateTo"}:
        raise ArgumentFaultError(
            "a country is a truth value",
            where=where,
            help="write the country's code in quotes: a bare one of Norway's is a truth value to YAML",
        )
    return value


def _snake(key: str) -> str:
    """A key as Python spells it."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
