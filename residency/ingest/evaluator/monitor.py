"""The resource monitor that the SDK talks to in place of the engine's: records, and answers as a preview would.

A preview echoes what was asked for and leaves everything computed unknown; so does this. Requests and replies are
the messages of Pulumi's ``ResourceMonitor`` service; source: package ``pulumi`` 3.259.0, ``pulumi/runtime/proto``,
and the engine's ``resource/deploy/source_eval.go`` v3.259.0, checked 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from .invokes import Invokes
from .position import Locator
from .providers import DefaultProviders
from .recorder import Json, Recorder
from .transforms import Transforms
from .urns import STACK_TYPE, make_urn
from .wire import CONCEALED, PLACEHOLDER, SECRET, SIGNATURE, UNKNOWN, Scrubber, secret, to_struct, without_outputs

_FEATURES = (
    "SECRETS",
    "RESOURCE_REFERENCES",
    "ALIAS_SPECS",
    "REPLACEMENT_TRIGGER",
    "DELETED_WITH",
    "REPLACE_WITH",
    "TRANSFORMS",
    "INVOKE_TRANSFORMS",
    "PARAMETERIZATION",
    "RESOURCE_HOOKS",
    "ERROR_HOOKS",
)
"""What the program may always use. Output values are among them only where origins are asked for."""

STACK_REFERENCE = "pulumi:pulumi:StackReference"


_STUB: Any = resource_pb2_grpc.ResourceMonitorStub  # untyped: its attributes are callables, ours are methods


class Monitor(_STUB):
    """Stands in for the engine. It is a stub by type only: the SDK serves transforms to no other monitor.

    Attributes:
        recorder: where everything declared goes.
        scrubber: takes secrets out of everything recorded.
    """

    def __init__(  # noqa: PLR0913 - one collaborator a concern
        self,
        *,
        stack: str,
        project: str,
        recorder: Recorder,
        scrubber: Scrubber,
        locator: Locator,
        providers: DefaultProviders,
        invokes: Invokes,
        states: Mapping[str, Json],
        with_origins: bool,
    ) -> None:
        # The base class's own initialiser would open a channel: there is none here.
        self.recorder = recorder
        self.scrubber = scrubber
        self._stack = stack
        self._project = project
        self._locator = locator
        self._providers = providers
        self._invokes = invokes
        self._states = states
        self._features = (*_FEATURES, "OUTPUT_VALUES") if with_origins else _FEATURES
        self._transforms = Transforms()

    # The SDK calls these by the names of the service's methods.

    def GetDeploymentInfo(self, _request: empty_pb2.Empty) -> resource_pb2.DeploymentInfo:  # noqa: N802
        """Say what this monitor supports; newer SDKs ask once."""
        known = [getattr(resource_pb2, f"RESOURCE_MONITOR_FEATURE_{name}", None) for name in self._features]
        return resource_pb2.DeploymentInfo(supportedFeatures=[item for item in known if item is not None])

    def SupportsFeature(self, request: Any) -> resource_pb2.SupportsFeatureResponse:  # noqa: ANN401, N802
        """Say whether one feature is supported; older SDKs ask for each."""
        return resource_pb2.SupportsFeatureResponse(
            hasSupport=request.id != "outputValues" or "OUTPUT_VALUES" in self._features
        )

    def RegisterPackage(self, request: Any) -> resource_pb2.RegisterPackageResponse:  # noqa: ANN401, N802
        """Remember a parameterised package; give the reference under which its resources will ask for it."""
        return resource_pb2.RegisterPackageResponse(ref=self._providers.register_package(request))

    def RegisterResource(self, request: Any) -> resource_pb2.RegisterResourceResponse:  # noqa: ANN401, N802
        """Record a declared resource; echo its inputs, leave its id and everything computed unknown."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        if request.type == STACK_TYPE:
            self.recorder.add({"urn": urn, "custom": False, "type": request.type})
            return resource_pb2.RegisterResourceResponse(urn=urn)
        given = struct_pb2.Struct()
        given.CopyFrom(request.object)
        as_declared = without_outputs(given)
        request.object.CopyFrom(as_declared)
        request = self._transforms.resource(urn, request)
        inputs = given if request.object == as_declared else request.object  # a transform keeps no origins
        self.recorder.add(self._declared(urn, request, self.scrubber.properties(inputs)))
        if request.remote:
            self._note_remote(request)
            return resource_pb2.RegisterResourceResponse(urn=urn)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=request.importId, object=request.object)

    def ReadResource(self, request: Any) -> resource_pb2.ReadResourceResponse:  # noqa: ANN401, N802
        """Record a resource that is only read (``.get()``): it exists, its properties are not known here."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        properties = without_outputs(request.properties)
        if request.type == STACK_REFERENCE:
            properties = self._stack_outputs(request)
        known = self.scrubber.properties(properties)
        self.recorder.add(
            {
                **self._common(urn, request),
                "custom": True,
                "external": True,
                "id": request.id if request.id != UNKNOWN else "",
                "inputs": self.scrubber.properties(request.properties),
                "outputs": known,
                "provider": self._provider(request),
            }
        )
        return resource_pb2.ReadResourceResponse(urn=urn, properties=properties)

    def RegisterResourceOutputs(self, request: Any) -> empty_pb2.Empty:  # noqa: ANN401, N802
        """Record the outputs of a component or of the stack."""
        self.recorder.set_outputs(request.urn, self.scrubber.properties(request.outputs))
        return empty_pb2.Empty()

    def Invoke(self, request: Any) -> Any:  # noqa: ANN401, N802
        """Answer a provider function from its arguments where they decide it, else with placeholders."""
        if request.tok == "pulumi:pulumi:getResource":
            found = self.recorder.get(request.args.fields["urn"].string_value) or {}
            state = {
                "urn": found.get("urn", ""),
                "id": found.get("id") or UNKNOWN,
                "state": found.get("inputs", {}),
            }
            return _invoked(state)
        request = self._transforms.invoke(request)
        reference = request.provider or self._providers.reference(request.tok, request)
        answer = self._invokes.answer(request.tok, request.args, self._providers.inputs(reference))
        return _invoked(answer)

    def Call(self, _request: Any) -> provider_pb2.CallResponse:  # noqa: ANN401, N802
        """Answer a method of a resource: everything unknown, as it is before the resource exists."""
        result: dict[str, Any] = {"return": to_struct({"result": UNKNOWN})}
        return provider_pb2.CallResponse(**result)

    def RegisterStackTransform(self, request: Any) -> empty_pb2.Empty:  # noqa: ANN401, N802
        """Remember a transform of every later resource."""
        self._transforms.stack.append(request)
        return empty_pb2.Empty()

    def RegisterStackInvokeTransform(self, request: Any) -> empty_pb2.Empty:  # noqa: ANN401, N802
        """Remember a transform of every later provider function call."""
        self._transforms.invokes.append(request)
        return empty_pb2.Empty()

    def RegisterResourceHook(self, _request: Any) -> empty_pb2.Empty:  # noqa: ANN401, N802
        """Accept a hook. Hooks run around real changes, so none runs here."""
        return empty_pb2.Empty()

    RegisterErrorHook = RegisterResourceHook
    SignalAndWaitForShutdown = RegisterResourceHook

    def _declared(self, urn: str, request: Any, inputs: Json) -> Json:  # noqa: ANN401 - a request
        is_provider = request.type.startswith("pulumi:providers:")
        if is_provider and request.version:
            inputs["version"] = request.version
        if "__provider" in inputs:  # a dynamic provider's pickled code may hold anything, secrets too
            inputs["__provider"] = dict(CONCEALED)
        return {
            **self._common(urn, request),
            "custom": request.custom,
            "remote": request.remote,
            "id": request.importId,
            "importID": request.importId,
            "inputs": inputs,
            "outputs": {} if request.remote else inputs,
            "propertyDependencies": {
                key: sorted(request.propertyDependencies[key].urns)
                for key in sorted(request.propertyDependencies)
                if request.propertyDependencies[key].urns
            },
            "provider": self._provider(request) if request.custom and not is_provider else "",
            "providers": {key: request.providers[key] for key in sorted(request.providers)} if request.remote else {},
            "protect": request.protect,
            "retainOnDelete": getattr(request, "retainOnDelete", False),
            "aliases": self._aliases(request),
        }

    def _common(self, urn: str, request: Any) -> Json:  # noqa: ANN401 - a request
        return {
            "urn": urn,
            "type": request.type,
            "parent": request.parent,
            "dependencies": sorted(request.dependencies),
            "sourcePosition": self._locator.first(_positions(request)),
        }

    def _provider(self, request: Any) -> str:  # noqa: ANN401 - a request
        return request.provider or self._providers.reference(request.type, request)

    def _aliases(self, request: Any) -> list[str]:  # noqa: ANN401 - a request
        found: set[str] = set(getattr(request, "aliasURNs", ()))
        for alias in request.aliases:
            if isinstance(alias, str):  # as the oldest SDKs send them
                found.add(alias)
                continue
            spec = alias.spec
            parent = "" if spec.noParent else spec.parentUrn or request.parent
            found.add(
                alias.urn
                or make_urn(
                    spec.stack or self._stack,
                    spec.project or self._project,
                    parent,
                    spec.type or request.type,
                    spec.name or request.name,
                )
            )
        return sorted(found)

    def _place(self, request: Any) -> str:  # noqa: ANN401 - a request
        position = (self._locator.first(_positions(request)) or "").removeprefix("project:///")
        return unquote(position.replace("#", ":"))

    def _note_remote(self, request: Any) -> None:  # noqa: ANN401 - a request
        self.recorder.note(
            f"`{request.name}` ({request.type}) is made by a provider plugin: the resources inside it are not seen",
            where=self._place(request),
            doubt=True,
            settle="judge the output of `pulumi preview --json`, which runs the plugin",
        )

    def _stack_outputs(self, request: Any) -> struct_pb2.Struct:  # noqa: ANN401 - a request
        name = request.properties.fields["name"].string_value or request.id
        # A program may put an organisation before project and stack; a state does not know it.
        state = self._states.get("/".join(name.split("/")[-2:]), self._states.get(name))
        if state is None:
            self.recorder.assume("stack-reference", name, "outputs", [self._place(request)])
            return to_struct({"name": name, "outputs": UNKNOWN, "secretOutputNames": []})
        hidden = sorted(key for key, value in state.items() if _is_secret(value))
        shown = {key: secret(f"{PLACEHOLDER}{name}.{key}") if key in hidden else state[key] for key in state}
        return to_struct({"name": name, "outputs": shown, "secretOutputNames": hidden})


def _positions(request: Any) -> list[Any]:  # noqa: ANN401 - a request
    """Give the source positions of a request, innermost first; older SDKs send one, and the oldest none."""
    frames = [frame.pc for frame in getattr(getattr(request, "stackTrace", None), "frames", ())]
    return frames or [position for position in [getattr(request, "sourcePosition", None)] if position is not None]


def _invoked(answer: Json) -> Any:  # noqa: ANN401 - a response
    older: Any = provider_pb2  # older SDKs answer with the provider service's message
    response = getattr(resource_pb2, "ResourceInvokeResponse", None) or older.InvokeResponse
    return response(**{"return": to_struct(answer)})


def _is_secret(value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether an output of a given state is secret, wholly or in part: its parts have no names to tell."""
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        return items.get(SIGNATURE) == SECRET or any(_is_secret(item) for item in items.values())
    return isinstance(value, list) and any(_is_secret(item) for item in cast("list[Any]", value))
