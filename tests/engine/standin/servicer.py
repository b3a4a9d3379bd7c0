"""A stand-in for a cloud's Pulumi provider: speaks the real gRPC protocol, touches no cloud, records what it made.

In:  the engine's calls, over the connection that ``PULUMI_DEBUG_PROVIDERS`` names. One stand-in serves every provider
     instance of its package: each has a connection of its own, so that `peer` tells whose configuration applies.
Out: `operations`, every create, update and delete that was not a preview.

Protocol: pulumi 3.259.0, `pulumi.runtime.proto.provider_pb2_grpc.ResourceProviderServicer`; checked 2026-11-23.
"""

# The protocol gives these methods their names and their two arguments, and describes them.
# ruff: noqa: N802, D102, ARG002

from __future__ import annotations

import enum
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from tests.engine.standin.wire import UNKNOWN, Properties, always_set, decode, encode


class Action(enum.Enum):
    """What was really done, not only previewed."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a stand-in really did; `place` is where the real provider would have done it."""

    action: Action
    type: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A resource that a cloud is asked about: its type token, its name in the program, its URN."""

    type: str
    name: str
    urn: str


class Cloud(Protocol):
    """What differs from provider to provider."""

    package: str
    version: str
    replaces: frozenset[str]
    """Inputs whose change makes a new resource."""

    def place(self, provider: Properties, inputs: Properties) -> str:
        """Where the real provider would put the resource; empty if it cannot know."""
        ...

    def check(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """The inputs with the provider's defaults, such as automatic names."""
        ...

    def planned(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Outputs that the real provider knows before it creates."""
        ...

    def created(self, subject: Subject, inputs: Properties, provider: Properties) -> tuple[str, Properties]:
        """The id and the outputs of a created resource."""
        ...

    def read(self, subject: Subject, cloud_id: str, provider: Properties) -> Properties:
        """The outputs of a resource that exists outside of the program; no inputs are known."""
        ...

    def invoke(self, token: str, arguments: Properties, provider: Properties) -> Properties:
        """A function's result."""
        ...


class StandInProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Answers like the real provider wherever a residency verdict could tell the difference."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self._lock = threading.Lock()
        self._operations: list[Operation] = []
        self._configurations: dict[str, Properties] = {}

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What was really done, in order."""
        with self._lock:
            return tuple(self._operations)

    def forget(self) -> None:
        """Start a new record."""
        with self._lock:
            self._operations.clear()

    def _provider(self, context: Any) -> Properties:
        return self._configurations.get(context.peer(), {})

    def _record(self, action: Action, subject: Subject, inputs: Properties, context: Any) -> None:
        place = self.cloud.place(self._provider(context), inputs)
        with self._lock:
            self._operations.append(Operation(action, subject.type, subject.name, place))

    # The life of a provider instance.

    def Handshake(self, request: Any, context: Any) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=True, accept_outputs=False)

    def Attach(self, request: Any, context: Any) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def CheckConfig(self, request: Any, context: Any) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> provider_pb2.DiffResponse:
        return self._diff(decode(request.old_inputs), decode(request.news))

    def Configure(self, request: Any, context: Any) -> provider_pb2.ConfigureResponse:
        self._configurations[context.peer()] = decode(request.args)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, acceptResources=True, acceptOutputs=False
        )

    def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=self.cloud.version)

    def GetSchema(self, request: Any, context: Any) -> provider_pb2.GetSchemaResponse:
        return provider_pb2.GetSchemaResponse(schema=f'{{"name": "{self.cloud.package}"}}')

    # The life of a resource.

    def Check(self, request: Any, context: Any) -> provider_pb2.CheckResponse:
        inputs = self.cloud.check(_subject(request), decode(request.news), self._provider(context))
        olds = decode(request.olds)
        inputs.update({key: olds[key] for key in inputs.get("__defaults", ()) if key in olds})
        return provider_pb2.CheckResponse(inputs=encode(inputs))

    def Diff(self, request: Any, context: Any) -> provider_pb2.DiffResponse:
        return self._diff(decode(request.old_inputs), decode(request.news))

    def _diff(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> provider_pb2.DiffResponse:
        changed = sorted(key for key in {*olds, *news} if olds.get(key) != news.get(key))
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(
            changes=kind, diffs=changed, replaces=[key for key in changed if key in self.cloud.replaces]
        )

    def Create(self, request: Any, context: Any) -> provider_pb2.CreateResponse:
        subject, inputs, provider = _subject(request), decode(request.properties), self._provider(context)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(self._preview(subject, inputs, provider)))
        self._record(Action.CREATE, subject, inputs, context)
        cloud_id, outputs = self.cloud.created(subject, inputs, provider)
        return provider_pb2.CreateResponse(id=cloud_id, properties=encode({**inputs, **outputs}))

    def _preview(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        unknown = dict.fromkeys(always_set(subject.type) - set(inputs), UNKNOWN)
        return {**inputs, **unknown, **self.cloud.planned(subject, inputs, provider)}

    def Update(self, request: Any, context: Any) -> provider_pb2.UpdateResponse:
        subject, inputs = _subject(request), decode(request.news)
        if not request.preview:
            self._record(Action.UPDATE, subject, inputs, context)
        return provider_pb2.UpdateResponse(properties=encode({**decode(request.olds), **inputs}))

    def Delete(self, request: Any, context: Any) -> empty_pb2.Empty:
        self._record(Action.DELETE, _subject(request), decode(request.properties), context)
        return empty_pb2.Empty()

    def Read(self, request: Any, context: Any) -> provider_pb2.ReadResponse:
        known = decode(request.properties)
        found = self.cloud.read(_subject(request), request.id, self._provider(context))
        return provider_pb2.ReadResponse(
            id=request.id, properties=encode({**found, **known}), inputs=encode(decode(request.inputs))
        )

    def Invoke(self, request: Any, context: Any) -> provider_pb2.InvokeResponse:
        result = self.cloud.invoke(request.tok, decode(request.args), self._provider(context))
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(result))  # a reserved word of Python
        return response


def _subject(request: Any) -> Subject:
    """The resource a request is about; the type is the URN's third part, after its parents."""
    qualified = str(request.urn).split("::")[2]
    return Subject(type=qualified.rsplit("$", 1)[-1], name=str(request.urn).split("::", 3)[3], urn=str(request.urn))
