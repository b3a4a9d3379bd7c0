"""Property values between protobuf and JSON, with every secret's text taken out on the way.

The signature objects (unknown, secret, asset) are those of Pulumi's wire format and state files; source: package
``pulumi`` 3.259.0, ``pulumi/runtime/rpc.py``, checked 2026-11-23.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

from google.protobuf import struct_pb2

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature, not a password
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
PLACEHOLDER = "residency-placeholder:"
CONCEALED = {SIGNATURE: SECRET, "ciphertext": "[secret]"}

_EXACT = 2**53  # the largest float below which every whole number is exact
_SHORTEST_SECRET = 4  # shorter texts would turn up in messages by chance


class Scrubber:
    """Turns wire values into JSON without secrets; remembers the secrets' texts, to keep them out of messages."""

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def properties(self, struct: struct_pb2.Struct) -> dict[str, Any]:
        """Take a request's properties; give JSON values sorted by key, secrets and asset texts replaced."""
        return {key: self.value(struct.fields[key]) for key in sorted(struct.fields)}

    def value(self, value: struct_pb2.Value) -> Any:  # noqa: ANN401 - JSON
        """Take one wire value; give its JSON value."""
        kind = value.WhichOneof("kind")
        if kind == "struct_value":
            return self._object(value.struct_value)
        if kind == "list_value":
            return [self.value(item) for item in value.list_value.values]
        if kind == "number_value":
            number = value.number_value
            if not math.isfinite(number):
                return str(number)  # JSON has no such number
            return int(number) if number.is_integer() and abs(number) < _EXACT else number
        if kind == "string_value":
            return value.string_value
        return value.bool_value if kind == "bool_value" else None

    def redact(self, text: str) -> str:
        """Take a message; give it with every secret seen so far replaced."""
        for secret in sorted(self._texts, key=len, reverse=True):
            text = text.replace(secret, "[secret]")
        return text

    def conceal(self, text: str) -> None:
        """Remember a text as secret."""
        if len(text) >= _SHORTEST_SECRET and PLACEHOLDER not in text and text != UNKNOWN:
            self._texts.add(text)

    def _object(self, struct: struct_pb2.Struct) -> Any:  # noqa: ANN401 - JSON
        signature = struct.fields[SIGNATURE].string_value if SIGNATURE in struct.fields else ""
        if signature == SECRET:
            self._conceal_all(struct.fields["value"])
            return dict(CONCEALED)
        if signature == OUTPUT:
            return self._output(struct)
        found = self.properties(struct)
        if signature == ASSET and "text" in found:
            text = str(found.pop("text"))
            found["hash"] = hashlib.sha256(text.encode()).hexdigest()
        return found

    def _output(self, struct: struct_pb2.Struct) -> Any:  # noqa: ANN401 - JSON
        """Give a known output as its value, and an unknown one with the resources that this very value comes from."""
        if "secret" in struct.fields and struct.fields["secret"].bool_value:
            if "value" in struct.fields:
                self._conceal_all(struct.fields["value"])
            return dict(CONCEALED)
        if "value" in struct.fields:
            return self.value(struct.fields["value"])
        urns = sorted(item.string_value for item in struct.fields["dependencies"].list_value.values)
        return {SIGNATURE: OUTPUT, "dependencies": urns}

    def _conceal_all(self, value: struct_pb2.Value) -> None:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            self.conceal(value.string_value)
        elif kind == "struct_value":
            for item in value.struct_value.fields.values():
                self._conceal_all(item)
        elif kind == "list_value":
            for item in value.list_value.values:
                self._conceal_all(item)


def without_outputs(struct: struct_pb2.Struct) -> struct_pb2.Struct:
    """Take properties with output values; give them as a provider has them: plain, secret or unknown."""
    plain_struct = struct_pb2.Struct()
    for key, value in struct.fields.items():
        plain_struct.fields[key].CopyFrom(_without_outputs(value))
    return plain_struct


def _without_outputs(value: struct_pb2.Value) -> struct_pb2.Value:
    kind = value.WhichOneof("kind")
    if kind == "list_value":
        items = [_without_outputs(item) for item in value.list_value.values]
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=items))
    if kind != "struct_value":
        return value
    fields = value.struct_value.fields
    if SIGNATURE not in fields or fields[SIGNATURE].string_value != OUTPUT:
        return struct_pb2.Value(struct_value=without_outputs(value.struct_value))
    unknown = struct_pb2.Value(string_value=UNKNOWN)
    found = _without_outputs(fields["value"]) if "value" in fields else unknown
    if "secret" not in fields or not fields["secret"].bool_value:
        return found
    concealed = struct_pb2.Struct()
    concealed.fields[SIGNATURE].string_value = SECRET
    concealed.fields["value"].CopyFrom(found)
    return struct_pb2.Value(struct_value=concealed)


def to_struct(properties: dict[str, Any]) -> struct_pb2.Struct:
    """Take JSON properties; give them as a wire struct (signature objects pass through as they are)."""
    struct = struct_pb2.Struct()
    struct.update(properties)
    return struct


def plain(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Take the arguments of an invoke; give them with secrets unwrapped: to answer with, never to record."""
    return {key: _plain(value) for key, value in struct.fields.items()}


def secret(value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Take a JSON value; give it marked secret, as the SDK expects it."""
    return {SIGNATURE: SECRET, "value": value}


def _plain(value: struct_pb2.Value) -> Any:  # noqa: ANN401 - JSON
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        found = plain(value.struct_value)
        return found["value"] if found.get(SIGNATURE) == SECRET else found
    if kind == "list_value":
        return [_plain(item) for item in value.list_value.values]
    return getattr(value, kind) if kind and kind != "null_value" else None
