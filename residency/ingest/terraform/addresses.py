"""Terraform's addresses: ``module.eu["a"].aws_s3_bucket.copy[0]`` taken apart.

In:  addresses of resources and modules, and references as configurations write them.
Out: steps, each a name and a key; the key is None where there is none.
"""

from __future__ import annotations

import functools
import re

import msgspec

_STEP = re.compile(r"([^.\[\]]+)((?:\[(?:\"(?:[^\"\\]|\\.)*\"|[^\]]*)\])*)(?:\.|$)")


class Step(msgspec.Struct, frozen=True):
    """One dotted part: a name, and what is between brackets behind it."""

    name: str
    key: str | None = None


@functools.lru_cache(maxsize=65_536)
def steps(address: str) -> tuple[Step, ...]:
    """The dotted parts of an address or reference; a key keeps its quotes."""
    found: list[Step] = []
    at = 0
    while at < len(address):
        match = _STEP.match(address, at)
        if match is None:
            return (*found, Step(address[at:]))
        key = match.group(2)
        found.append(Step(match.group(1), key[1:-1] if key else None))
        at = match.end()
    return tuple(found)


def modules(address: str) -> tuple[Step, ...]:
    """The module instances that an address of a module names, outermost first: ``module.a[0].module.b``."""
    return tuple(step for step in steps(address)[1::2])


def names(path: tuple[Step, ...]) -> tuple[str, ...]:
    """The names of module instances without their keys."""
    return tuple(step.name for step in path)


def is_instance(given: Step, key: str | None) -> bool:
    """Whether a reference may mean the instance with that key: it names it, or names none."""
    return given.key is None or given.key == key
