"""What a component can be asked for besides a country, and how each value is checked.

In:  one value, as the caller gave it, and the argument's name.
Out: the value, known to be of the right form; or an ``ArgumentFaultError`` that names it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec
import pulumi

from residency_components.errors import ArgumentFaultError

Check = Callable[[object, str], Any]
"""Takes a value and where it stands; gives the value or raises ``ArgumentFaultError``."""

# What tags may hold in every cloud, kept narrow: letters, digits and a few signs.
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@-]{0,127}")
# Types that every cloud takes. Source: each cloud's page on key pairs of Linux machines: RSA and ED25519.
_SSH_KEY = re.compile(r"ssh-(?:ed25519|rsa) [A-Za-z0-9+/]+={0,3}(?: [^\r\n]*)?")


class Argument(msgspec.Struct, frozen=True):
    """One argument of a component.

    Attributes:
        check: how a given value is checked.
        default: what holds where none is given; None where nothing does.
        required: whether it must be given.
        why: the reason of the default, for the docs; empty where there is none.
    """

    check: Check
    default: Any = None
    required: bool = False
    why: str = ""


def needed(check: Check) -> Argument:
    """An argument that has no default."""
    return Argument(check, required=True)


def optional(check: Check) -> Argument:
    """An argument that may be left out; then what it asks for is not built."""
    return Argument(check)


def preset(check: Check, default: object, why: str) -> Argument:
    """An argument with a default, and the reason of that default."""
    return Argument(check, default, why=why)


def label(value: object, where: str) -> str:
    """A text that can be a tag of every cloud."""
    if isinstance(value, str) and _LABEL.fullmatch(value):
        return value
    raise ArgumentFaultError(
        f"`{where}` is missing or cannot be a tag",
        where=where,
        help="pass up to 128 letters, digits, spaces or any of . _ @ -, a letter or digit first",
    )


def whole(least: int, most: int) -> Check:
    """A whole number between two bounds, both included."""

    def check(value: object, where: str) -> int:
        # Other languages send whole numbers as floats.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise ArgumentFaultError(
            f"`{where}` is not a whole number that can be used", where=where, help=f"pass one from {least} to {most}"
        )

    return check


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(value: object, where: str) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise ArgumentFaultError(
            f"`{where}` is none of the values that it can have", where=where, help=f"one of {', '.join(choices)}"
        )

    return check


def matching(pattern: str, meaning: str) -> Check:
    """A text of a form; `meaning` tells the caller what it is."""

    def check(value: object, where: str) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise ArgumentFaultError(f"`{where}` has a form that cannot be used", where=where, help=f"pass {meaning}")

    return check


def block(value: object, where: str) -> str:
    """A private IPv4 block of the size that every cloud's network takes.

    Source: Amazon VPC User Guide, VPC CIDR blocks: between /16 and /28
    (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html, checked 2026-11-24); /20 leaves room for
    three parts.
    """
    try:
        network = ipaddress.IPv4Network(value) if isinstance(value, str) else None
    except ValueError:
        network = None
    if network and network.is_private and 16 <= network.prefixlen <= 20:  # noqa: PLR2004 - the clouds' own bounds
        return str(network)
    raise ArgumentFaultError(
        f"`{where}` is no private block of addresses",
        where=where,
        help="pass one from /16 to /20, such as 10.20.0.0/16",
    )


def given(value: object, where: str) -> Any:  # noqa: ANN401 - a text now, or an output that becomes one
    """A text, or an output of another resource; what it holds then is for the cloud to say."""
    if isinstance(value, pulumi.Output) or (isinstance(value, str) and value):
        return cast("pulumi.Input[str]", value)
    raise ArgumentFaultError(
        f"`{where}` is neither a text nor an output", where=where, help="pass the id that another resource puts out"
    )


def several(check: Check, least: int = 1) -> Check:
    """A list, each element of which passes a check; or an output that becomes such a list."""

    def checked(value: object, where: str) -> Any:  # noqa: ANN401
        if isinstance(value, pulumi.Output):
            return cast("pulumi.Output[list[str]]", value)
        if isinstance(value, list | tuple) and len(cast("Sequence[object]", value)) >= least:
            return [check(one, f"{where}[{at}]") for at, one in enumerate(cast("Sequence[object]", value))]
        raise ArgumentFaultError(f"`{where}` is not a list of at least {least}", where=where, help="pass a list")

    return checked


def table(value: object, where: str) -> Any:  # noqa: ANN401 - texts or outputs by name
    """Texts or outputs by name, such as the variables of a process."""
    if isinstance(value, dict):
        return {
            str(key): given(one, f"{where}.{key}")
            for key, one in sorted(cast("dict[object, object]", value).items(), key=lambda pair: str(pair[0]))
        }
    raise ArgumentFaultError(f"`{where}` is not a mapping", where=where, help="pass texts by name")


def hidden(value: object, where: str) -> Any:  # noqa: ANN401 - an output that is secret
    """A text or an output that nobody may see: it is marked as secret before anything else happens to it."""
    return pulumi.Output.secret(given(value, where))


def ssh_key(value: object, where: str) -> str:
    """The public half of an SSH key, as ``authorized_keys`` holds it."""
    if isinstance(value, str) and _SSH_KEY.fullmatch(value):
        return value
    raise ArgumentFaultError(
        f"`{where}` is not the public half of an SSH key",
        where=where,
        help="pass the line of the .pub file: `ssh-ed25519 AAAA... name` or `ssh-rsa AAAA... name`",
    )


SIZE = preset(one_of("small", "medium", "large"), "small", "it is cheap to grow later, and nothing is lost by it")
"""How strong something is, in words; each cloud's module says what a word is there."""
