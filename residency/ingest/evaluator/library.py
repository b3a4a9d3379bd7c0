"""What the standard library is asked about placeholders: a file's text, a folder's files, an address, decoded bytes.

A program that opens the file which its configuration names cannot be answered by the file system where nothing is
configured. Each function here answers for placeholders only; for anything else the library's own one does.
"""

from __future__ import annotations

import base64
import binascii
import builtins
import functools
import inspect
import io
import ipaddress
import json
import os
from collections.abc import Callable
from typing import Any, Self, cast

from .placeholders import of_kind
from .position import Locator
from .recorder import Recorder
from .texts import Bytes, Text, is_placeholder
from .wire import PLACEHOLDER

_MARKED = (str, bytes, os.PathLike)
_ADDRESSES = {  # addresses are no places: each placeholder is a private network of its own, which can be divided
    "ip_network": "10.{}.0.0/16",
    "ip_interface": "10.{}.0.4/16",
    "ip_address": "10.{}.0.4",
}
_NETWORKS = 256
_DECODERS = ("b64decode", "standard_b64decode", "urlsafe_b64decode", "decodebytes", "b32decode", "b16decode")


class _File(io.StringIO):
    """A text file that a placeholder names."""

    def read(self, size: int | None = -1) -> str:
        return Text(super().read(size)) if size is None or size < 0 else super().read(size)


class _BinaryFile(io.BytesIO):
    """The same, opened for bytes."""

    def read(self, size: int | None = -1) -> bytes:
        return Bytes(super().read(size)) if size is None or size < 0 else super().read(size)


class _NoFiles(list[Any]):
    """What ``os.scandir`` gives of a folder that nobody knows."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Do nothing: nothing was opened."""


def answer_for_placeholders(recorder: Recorder, locator: Locator) -> None:
    """Let the standard library's functions that programs apply to configuration give placeholders for placeholders."""
    _replace((builtins, io), "open", _open)
    _replace((json,), "loads", functools.partial(_loads, json.loads))
    for name in _DECODERS:
        _replace((base64,), name, _decoded)
    _replace((binascii,), "a2b_base64", _decoded)
    networks: dict[str, int] = {}
    for name, form in _ADDRESSES.items():
        _replace((ipaddress,), name, functools.partial(_address, getattr(ipaddress, name), form, networks))
    for name in ("listdir", "scandir"):
        _replace((os,), name, functools.partial(_folder, recorder, locator))


def _replace(modules: tuple[Any, ...], name: str, answer: Callable[..., Any]) -> None:
    """Let a function of some modules answer differently where its first argument is a placeholder."""
    original: Callable[..., Any] = getattr(modules[0], name)

    @functools.wraps(original)
    def replaced(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the library's own
        if args and isinstance(args[0], _MARKED) and is_placeholder(cast("object", args[0])):
            return answer(*args, **kwargs)
        return original(*args, **kwargs)

    for module in modules:
        setattr(module, name, replaced)


def _open(path: Any, mode: str = "r", *_args: Any, **_options: Any) -> Any:  # noqa: ANN401 - a file
    """Give a file that holds the placeholder that names it; what is written to it goes nowhere."""
    binary, fresh = "b" in mode, "r" not in mode
    if fresh:
        return _BinaryFile() if binary else _File()
    text = _mark(path).decode()
    return _BinaryFile(text.encode()) if binary else _File(text)


def _asked_for(given: Any) -> str:  # noqa: ANN401 - a text, bytes or a path
    return str(_mark(given).decode()).removeprefix(PLACEHOLDER)


def _mark(given: Any) -> Bytes:  # noqa: ANN401 - a text, bytes or a path
    """Give the placeholder within a text as bytes, without what the program wrote before it."""
    text = given.decode() if isinstance(given, bytes) else str(given)
    return Bytes((PLACEHOLDER + text.partition(PLACEHOLDER)[2]).encode())


def _loads(original: Callable[..., Any], text: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - JSON
    """Decode what the program wrote around placeholders; of a placeholder alone give an object."""
    try:
        return original(text, *args, **options)
    except ValueError:
        return of_kind("object", _asked_for(text))


def _decoded(text: Any, *_args: Any, **_options: Any) -> Bytes:  # noqa: ANN401 - a text or bytes
    return _mark(text)


def _address(
    original: Callable[..., Any],
    form: str,
    networks: dict[str, int],
    text: Any,  # noqa: ANN401 - a text or bytes
    *_args: Any,  # noqa: ANN401 - the library's own
    **_options: Any,  # noqa: ANN401 - the library's own
) -> Any:  # noqa: ANN401 - a network, an interface or an address
    return original(form.format(networks.setdefault(_asked_for(text), len(networks) % _NETWORKS)))


def _folder(recorder: Recorder, locator: Locator, path: Any) -> _NoFiles:  # noqa: ANN401 - a path
    recorder.note(
        f"the files in a folder that `{_asked_for(path)}` names are not known: what the"
        " program makes of each is not seen",
        where=locator.here(inspect.currentframe()),
        doubt=True,
        settle="choose a stack that has a value for it",
    )
    return _NoFiles()
