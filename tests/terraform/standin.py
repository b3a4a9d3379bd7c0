"""A stand-in for a Terraform provider, at the outermost edge: real Terraform speaks to it over its real protocol.

The real providers of AWS, Google and Azure plan most of a configuration without their cloud, but they cannot be had
where the tests run. This stand-in declares the types as they do (``schemas/``) and answers each call of the protocol as
such a provider would, with a cloud of its own behind it (``clouds/``) that holds nothing and never fails.

In:  calls of Terraform, messages of ``wire``.
Out: answers. Settings are kept by connection: Terraform opens one for each provider block.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.terraform import planning, values, wire
from tests.terraform.clouds.cloud import Cloud
from tests.terraform.shape import Block, Declared

_NESTING = {"single": 1, "list": 2, "set": 3}


class StandIn:
    """One provider.

    Args:
        declared: its types.
        cloud: what it decides on its own.
    """

    def __init__(self, declared: Declared, cloud: Cloud) -> None:
        self._declared = declared
        self._cloud = cloud
        self._settings: dict[str, Mapping[str, Any]] = {}
        self._answers: Mapping[str, Callable[[Any, str], Any]] = {
            "GetSchema": self._schema,
            "PrepareProviderConfig": self._prepare,
            "ValidateResourceTypeConfig": self._valid,
            "ValidateDataSourceConfig": self._valid,
            "UpgradeResourceState": self._upgrade,
            "Configure": self._configure,
            "ReadResource": self._refresh,
            "PlanResourceChange": self._plan,
            "ApplyResourceChange": self._apply,
            "ImportResourceState": self._import,
            "ReadDataSource": self._read,
            "Stop": self._stop,
        }

    def answer(self, call: str, request: Any, peer: str) -> Any:
        """Answer a call; ``peer`` names the connection."""
        return self._answers[call](request, peer)

    def _schema(self, _request: Any, _peer: str) -> Any:
        found = wire.message("Schemas")()
        found.provider.block.SetInParent()  # there even when it holds nothing
        _write(found.provider.block, self._cloud.settings)
        for types, written in (
            (self._declared.resources, found.resources),
            (self._declared.data_sources, found.data_sources),
        ):
            for name, block in types.items():
                _write(written.add(key=name).value.block, block)
        return found

    def _prepare(self, request: Any, _peer: str) -> Any:
        return wire.message("PrepareOut")(config=request.config)

    def _valid(self, _request: Any, _peer: str) -> Any:
        return wire.message("Diagnosed")()

    def _configure(self, request: Any, peer: str) -> Any:
        self._settings[peer] = values.decode(request.config)
        return wire.message("Diagnosed")()

    def _upgrade(self, request: Any, _peer: str) -> Any:
        state = values.filled(json.loads(request.raw_state.json), self._declared.resources[request.type_name])
        return wire.message("UpgradeOut")(state=_value(state))

    def _refresh(self, request: Any, _peer: str) -> Any:
        state = self._cloud.refreshed(request.type_name, values.decode(request.state))
        return wire.message("ReadOut")(state=_value(state), private=request.private)

    def _plan(self, request: Any, peer: str) -> Any:
        prior, proposed = values.decode(request.prior), values.decode(request.proposed)
        if proposed is None:
            return wire.message("PlanOut")(planned=request.proposed, legacy=True)
        planned = planning.planned(self._declared.resources[request.type_name], prior, proposed)
        self._cloud.defaults(request.type_name, planned, values.decode(request.config), self._settings[peer])
        found = wire.message("PlanOut")(planned=_value(planned), private=request.private, legacy=True)
        for name in sorted(self._cloud.replacing(request.type_name)):
            if prior is not None and name in planned and planned[name] != prior.get(name):
                found.replace.add().steps.add(attribute_name=name)
        return found

    def _apply(self, request: Any, peer: str) -> Any:
        planned = values.decode(request.planned)
        if planned is None:
            return wire.message("ApplyOut")(state=request.planned, legacy=True)
        computed = self._cloud.made(request.type_name, planned, self._settings[peer])
        state = planning.applied(self._declared.resources[request.type_name], planned, computed)
        return wire.message("ApplyOut")(state=_value(state), private=request.private, legacy=True)

    def _import(self, request: Any, peer: str) -> Any:
        """The cloud holds what is imported under its id, with the settings that a new one would have."""
        block = self._declared.resources[request.type_name]
        named = {name: request.id for name in ("bucket", "name") if name in block.attributes}
        asked = values.empty(block) | named | {"id": request.id}
        planned = planning.planned(block, None, asked)
        self._cloud.defaults(request.type_name, planned, asked, self._settings[peer])
        computed = self._cloud.made(request.type_name, planned, self._settings[peer])
        found = wire.message("ImportOut")()
        found.imported.add(type_name=request.type_name, state=_value(planning.applied(block, planned, computed)))
        return found

    def _read(self, request: Any, peer: str) -> Any:
        block = self._declared.data_sources[request.type_name]
        asked = values.decode(request.config)
        told = self._cloud.read(request.type_name, asked, self._settings[peer])
        state = {name: told[name] if asked.get(name) is None and name in told else asked.get(name) for name in asked}
        return wire.message("DataOut")(state=_value(values.filled(state, block)))

    def _stop(self, _request: Any, _peer: str) -> Any:
        return wire.message("Stopped")()


def _value(value: Any) -> Any:
    return wire.message("Value")(msgpack=values.encode(value))


def _write(written: Any, block: Block) -> None:
    for name, each in block.attributes.items():
        written.attributes.add(
            name=name,
            type=json.dumps(each.type).encode(),
            required=each.required,
            optional=each.optional,
            computed=each.computed,
            sensitive=each.sensitive,
        )
    for name, nested in block.blocks.items():
        made = written.block_types.add(type_name=name, nesting=_NESTING[nested.nesting])
        made.min_items, made.max_items = nested.min_items, nested.max_items
        _write(made.block, nested.block)
