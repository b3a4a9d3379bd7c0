"""What is changed in the SDK while a program runs: what nobody can answer here gets a recorded placeholder."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pulumi

from .invokes import Invokes
from .placeholders import of_kind
from .position import Locator
from .recorder import Recorder
from .texts import recognise

_KINDS = {"": "string", "_bool": "bool", "_int": "int", "_float": "float", "_object": "object"}
_INVOKES = (
    "invoke",
    "invoke_output",
    "invoke_single",
    "invoke_output_single",
    "invoke_async",
    "call",
    "call_single",
)
_TYPE_AT = 3  # the position of the result type among the arguments of the SDK's invoke functions


def answer_missing_config(recorder: Recorder, locator: Locator) -> None:
    """Let every ``Config.require*`` of a key that is not configured give a placeholder of the asked type."""
    for suffix, kind in _KINDS.items():
        for secret in (False, True):
            name = f"require_secret{suffix}" if secret else f"require{suffix}"
            asked = getattr(pulumi.Config, name, None)
            if asked is not None:
                setattr(pulumi.Config, name, _answered(asked, kind, recorder, locator, secret=secret))


def _answered(
    asked: Callable[..., Any], kind: str, recorder: Recorder, locator: Locator, *, secret: bool
) -> Callable[..., Any]:
    @functools.wraps(asked)
    def require(self: pulumi.Config, key: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        try:
            return asked(self, key, *args, **kwargs)
        except pulumi.ConfigMissingError:
            name = self.full_key(key)
            recorder.assume(
                "config", name, f"secret {kind}" if secret else kind, [locator.here(inspect.currentframe())]
            )
            value = of_kind(kind, f"config:{name}")
            return pulumi.Output.secret(value) if secret else value

    return require


def watch_invokes(invokes: Invokes, locator: Locator) -> None:
    """Learn the result type and calling line of each provider function; the request itself carries neither."""
    for name in _INVOKES:
        original = getattr(pulumi.runtime, name, None)
        if original is not None:
            setattr(pulumi.runtime, name, _watched(original, invokes, locator))


def _watched(original: Callable[..., Any], invokes: Invokes, locator: Locator) -> Callable[..., Any]:
    @functools.wraps(original)
    def watched(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        token = args[0] if args else kwargs.get("tok", "")
        result = args[_TYPE_AT] if len(args) > _TYPE_AT else kwargs.get("typ")
        invokes.called(token, result, locator.here(inspect.currentframe()))
        return original(*args, **kwargs)

    return watched


def keep_placeholders_recognisable() -> None:
    """Let placeholder texts that come from an answer, an input or a stack's file be Texts, whose parts are known."""
    rpc: Any = importlib.import_module("pulumi.runtime.rpc")
    deserialize = rpc.deserialize_property

    @functools.wraps(deserialize)
    def deserialize_property(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        return recognise(deserialize(*args, **kwargs))

    rpc.deserialize_property = deserialize_property
    config: Any = pulumi.Config
    configured = config._get  # noqa: SLF001 - every public method asks this one

    @functools.wraps(configured)
    def get(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        return recognise(configured(*args, **kwargs))

    config._get = get  # noqa: SLF001


def keep_origins() -> None:
    """Let each part of a property tell which resources it comes from, as the SDK itself does for remote components."""
    rpc: Any = importlib.import_module("pulumi.runtime.rpc")
    original = rpc.serialize_properties

    @functools.wraps(original)
    def serialize_properties(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        if "keep_output_values" in kwargs:  # only resources and methods say it; functions need plain values
            kwargs["keep_output_values"] = True
        return original(*args, **kwargs)

    rpc.serialize_properties = serialize_properties
