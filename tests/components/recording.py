"""Runs a Pulumi program without an engine and records every resource that it registers.

The stand-in answers as the clouds would: with the inputs, and with the outputs that the components read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pulumi
from pulumi.runtime import mocks, rpc

from tests.components.cloud import aws, azure, gcp, site

CLOUDS: dict[str, Any] = {"aws": aws, "azure": azure, "gcp": gcp, "site": site}
CONFIGURED = {"aws:region": "us-east-1", "azure-native:subscriptionId": "0000", "gcp:project": "project"}
"""The default providers can work, and are far away."""
PLACES = ("region", "location", "zone", "locationId")
SUBSCRIPTION = "/subscriptions/0000/resourceGroups/group"


@dataclass(frozen=True)
class Registered:
    """One resource as a program registered it."""

    type: str
    name: str
    parent: str
    provider: str
    protect: bool
    custom: bool
    inputs: dict[str, Any]

    @property
    def place(self) -> str | None:
        """The region or location that the resource itself names."""
        return next((self.inputs[key] for key in PLACES if self.inputs.get(key)), None)


def answered(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """A created resource's properties."""
    cloud = CLOUDS.get(cloud_of(type_))
    return {"name": name, **inputs, **(cloud.outputs(type_, name, inputs) if cloud else {})}


def identity(type_: str, name: str) -> str:
    """A created resource's id."""
    if cloud_of(type_) == "azure":
        return f"{SUBSCRIPTION}/{name}"
    return f"projects/project/things/{name}" if cloud_of(type_) == "gcp" else f"{name}-{type_.rpartition(':')[2]}"


def cloud_of(type_: str) -> str:
    """The cloud of a resource type, by the name that the catalogue of places has for it."""
    package = type_.partition(":")[0]
    return {"azure-native": "azure", "kubernetes": "site"}.get(package, package)


class _Answers(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        inputs = cast("dict[str, Any]", args.inputs)  # pyright: ignore[reportUnknownMemberType]
        return identity(args.typ, args.name), answered(args.typ, args.name, inputs) if args.custom else inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[Any, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        for cloud in CLOUDS.values():
            if args.token in cloud.CALLS:
                return cloud.CALLS[args.token]
        raise AssertionError(f"a component asked the cloud: {args.token}")


class _Unanswered(_Answers):
    """What a preview knows: no id and no output."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        del args
        return None, {}


def plain(value: Any) -> Any:
    """A value without the marks of what is secret, at any depth."""
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        if items.get(rpc._special_sig_key) == rpc._special_secret_sig:  # pyright: ignore[reportPrivateUsage]
            return plain(items["value"])
        return {key: plain(each) for key, each in items.items()}
    return [plain(each) for each in cast("list[Any]", value)] if isinstance(value, list) else value


class _Recorder(mocks.MockMonitor):
    def __init__(self, answers: pulumi.runtime.Mocks) -> None:
        super().__init__(answers)
        self.registered: list[Registered] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - the monitor's own name
        if request.type != "pulumi:pulumi:Stack":
            self.registered.append(
                Registered(
                    type=request.type,
                    name=request.name,
                    parent=request.parent.rsplit("::", 1)[-1],
                    provider=request.provider,
                    protect=request.protect,
                    custom=request.custom,
                    inputs=plain(rpc.deserialize_properties(request.object)),
                )
            )
        return super().RegisterResource(request)  # pyright: ignore[reportUnknownMemberType]


def record(
    program: Callable[[], Any],
    *,
    preview: bool = False,
    config: dict[str, str] | None = None,
    project: str = "residency",
) -> list[Registered]:
    """Run a program and return what it registered, sorted by type and name.

    Args:
        program: registers resources; outputs that it returns are awaited.
        preview: whether the outputs stay unknown.
        config: the stack's configuration, beside what default providers need; empty: nothing at all.
        project: the project's name.

    Raises:
        Exception: whatever the program raises.
    """
    recorder = _Recorder(_Unanswered() if preview else _Answers())
    pulumi.runtime.set_mocks(recorder.mocks, project=project, stack="test", preview=preview, monitor=recorder)
    pulumi.runtime.set_all_config({**CONFIGURED, **(config or {})} if config != {} else {})
    faults: list[BaseException] = []
    results: list[Any] = []

    def guarded() -> Any:
        try:
            return pulumi.Output.from_input(program()).apply(results.append)
        except Exception as fault:  # noqa: BLE001 - raised again below, outside Pulumi's own handling
            faults.append(fault)
            return None

    pulumi.runtime.test(guarded)()  # pyright: ignore[reportUnknownMemberType]
    if faults:
        raise faults[0]
    return sorted(recorder.registered, key=lambda resource: (resource.type, resource.name))
