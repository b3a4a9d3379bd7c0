"""Answers to provider functions: from their arguments where these decide, else placeholders of the SDK's types.

A zone's or region's name is made only from the region that the provider is configured with.
Every answer with a made-up part is recorded as assumed, with the lines that asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from google.protobuf import struct_pb2

from . import policy_document
from .placeholders import of_result, str_safe, text
from .recorder import Json, Recorder
from .wire import PLACEHOLDER, UNKNOWN, plain

_ZONE_LETTERS = ("a", "b", "c")
_POLICY_DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument"
_AWS_REGION = "aws:index/getRegion:getRegion"
_AWS_ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones"
_GCP_CLIENT = "gcp:organizations/getClientConfig:getClientConfig"
_AZURE_CLIENT = "azure-native:authorization:getClientConfig"
_KUBERNETES = ("kubernetes:yaml:decode", "kubernetes:helm:template", "kubernetes:kustomize:directory")


class _Call(NamedTuple):
    result: type | None
    places: frozenset[str]


class Invokes:
    """Knows which functions the program called with which result types, and answers them."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._calls: dict[str, _Call] = {}

    def called(self, token: str, result: type | None, where: str) -> None:
        """Remember a call: the function's token, the SDK's result type and the line that called."""
        with self._recorder.lock:
            known = self._calls.get(token, _Call(None, frozenset()))
            self._calls[token] = _Call(result or known.result, known.places | {where})

    def answer(self, token: str, arguments: struct_pb2.Struct, provider: Json) -> Json:
        """Take a function's token, arguments and provider's inputs; give the wire properties of its result."""
        given = plain(arguments)
        call = self._calls.get(token, _Call(None, frozenset({""})))
        if token == _POLICY_DOCUMENT:
            try:
                return {**self._typed(call, token, given), **policy_document.render(given)}
            except (ValueError, KeyError, TypeError):
                pass  # a source document that is itself a placeholder: nothing follows from the arguments
        name = call.result.__name__ if call.result else ""
        self._recorder.assume("invoke", token, name.lstrip("_"), call.places)
        if token in _KUBERNETES:
            return {"result": UNKNOWN}
        return self._typed(call, token, {**given, **_from_provider(token, given, provider)})

    def _typed(self, call: _Call, token: str, known: Mapping[str, Any]) -> Json:
        if call.result is None:
            return {
                "result": str_safe(text(token)),
                **{key: value for key, value in known.items() if value is not None},
            }
        try:
            return of_result(call.result, token, known)
        except Exception as error:  # noqa: BLE001 - a type that the SDK itself cannot read must not end the program
            self._recorder.note(
                f"the result type of `{token}` cannot be read ({type(error).__name__}); its result is empty"
            )
            return {}


def _from_provider(token: str, given: Mapping[str, Any], provider: Json) -> Json:
    """Give the parts of an answer that the provider's own configuration decides."""
    if token.startswith("aws:"):
        return _aws(token, given, provider)
    if token == _GCP_CLIENT:
        return {key: provider[key] for key in ("project", "region", "zone") if _is_text(provider.get(key))}
    if token == _AZURE_CLIENT:
        return {key: provider[key] for key in ("subscriptionId", "tenantId", "clientId") if _is_text(provider.get(key))}
    return {}


def _aws(token: str, given: Mapping[str, Any], provider: Json) -> Json:
    region = given.get("region") or given.get("name") if token == _AWS_REGION else given.get("region")
    region = region or provider.get("region")
    if not _is_text(region):
        return {}
    if token == _AWS_REGION:
        return {"id": region, "name": region, "region": region}
    if token == _AWS_ZONES:
        return {"names": [f"{region}{letter}" for letter in _ZONE_LETTERS], "id": region, "region": region}
    return {"region": region}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and PLACEHOLDER not in value
