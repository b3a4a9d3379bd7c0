"""The client of the emulated AWS, and the forms that its services share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import boto3

Inputs = dict[str, Any]
Call = Callable[[Inputs], Any]
REGION = "eu-west-1"


def client(service: str) -> Any:
    """A client of a service; untyped, because it is made from a description at run time."""
    return cast("Any", boto3.client(service, region_name=REGION))  # pyright: ignore[reportUnknownMemberType]


def tags(inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Tags as most services take them."""
    return [{key: name, value: each} for name, each in inputs["tags"].items()]


def named(kind: str, inputs: Inputs) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": tags(inputs)}]
