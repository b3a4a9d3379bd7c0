"""Transforms, applied in the engine's order: the resource's own, then its parents', then the stack's.

The SDK serves a transform as a gRPC callback for the engine to call; so does this module. Source: the engine's
``resource/deploy/source_eval.go`` v3.259.0, checked 2026-11-23.
"""

from __future__ import annotations

from typing import Any

_OPTIONS = ("provider", "version", "protect", "retain_on_delete", "deleted_with", "plugin_download_url")
_FIELDS = {
    "retain_on_delete": "retainOnDelete",
    "deleted_with": "deletedWith",
    "plugin_download_url": "pluginDownloadURL",
}


class Transforms:
    """Holds the callbacks that the program registered, and runs requests through them.

    Attributes:
        stack: callbacks for every resource, in the order they were registered.
        invokes: callbacks for every provider function.
    """

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.invokes: list[Any] = []
        self._by_urn: dict[str, list[Any]] = {}
        self._parents: dict[str, str] = {}

    def resource(self, urn: str, request: Any) -> Any:  # noqa: ANN401 - a request
        """Take a RegisterResource request; give it as the transforms leave it."""
        self._by_urn[urn] = list(getattr(request, "transforms", ()))
        self._parents[urn] = request.parent
        callbacks: list[Any] = []
        place = urn
        while place:
            callbacks += self._by_urn.get(place, [])
            place = self._parents.get(place, "")
        for callback in callbacks + self.stack:
            self._apply(callback, request)
        return request

    def invoke(self, request: Any) -> Any:  # noqa: ANN401 - a request
        """Take an Invoke request; give it as the transforms leave it."""
        from pulumi.runtime.proto import resource_pb2  # noqa: PLC0415 - only programs with transforms need it

        for callback in self.invokes:
            message = resource_pb2.TransformInvokeRequest(token=request.tok, args=request.args)
            message.options.provider = request.provider
            message.options.version = request.version
            answer = resource_pb2.TransformInvokeResponse.FromString(_call(callback, message))
            request.args.CopyFrom(answer.args)
            request.provider = answer.options.provider or request.provider
        return request

    def _apply(self, callback: Any, request: Any) -> None:  # noqa: ANN401 - protobuf messages
        from pulumi.runtime.proto import resource_pb2  # noqa: PLC0415 - as above

        message = resource_pb2.TransformRequest(
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent,
            properties=request.object,
        )
        options: Any = message.options
        options.depends_on.extend(request.dependencies)
        options.aliases.extend(request.aliases)
        for name in _OPTIONS:
            value = getattr(request, _FIELDS.get(name, name))
            if value:
                setattr(options, name, value)
        for key, reference in request.providers.items():
            options.providers[key] = reference
        answer = resource_pb2.TransformResponse.FromString(_call(callback, message))
        request.object.CopyFrom(answer.properties)
        if answer.HasField("options"):
            self._take(answer.options, request)

    def _take(self, options: Any, request: Any) -> None:  # noqa: ANN401 - protobuf messages
        for name in _OPTIONS:
            setattr(request, _FIELDS.get(name, name), getattr(options, name))
        del request.dependencies[:]
        request.dependencies.extend(options.depends_on)
        del request.aliases[:]
        request.aliases.extend(options.aliases)
        request.providers.clear()
        for key, reference in options.providers.items():
            request.providers[key] = reference


def _call(callback: Any, message: Any) -> bytes:  # noqa: ANN401 - protobuf messages
    """Run one callback on the SDK's own callback server; what it raises is raised here with its message."""
    import grpc  # noqa: PLC0415 - as above
    from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc  # noqa: PLC0415 - as above

    with grpc.insecure_channel(callback.target) as channel:
        stub: Any = callback_pb2_grpc.CallbacksStub(channel)
        request = callback_pb2.CallbackInvokeRequest(token=callback.token, request=message.SerializeToString())
        response: bytes = stub.Invoke(request).response
        return response
