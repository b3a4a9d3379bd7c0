"""How a program failed, in words for its author: never a traceback of ours, never a secret's text."""

from __future__ import annotations

import re
import sys
import traceback
from importlib import metadata
from types import ModuleType
from typing import Any

from .position import Locator

_FRAMES = 3
_LONGEST = 2000
_NETWORK = {"ConnectionError", "ConnectTimeout", "gaierror", "URLError", "ServiceRequestError", "MaxRetryError"}
_REQUIRED = "Missing required property"  # as each provider SDK's resource says
_UNEXPECTED = re.compile(r"(\w+)\.\w+\(\) got an unexpected keyword argument")


def describe(error: BaseException, locator: Locator) -> dict[str, Any]:
    """Take what the program raised; give kind, type, message, place, and the last frames of the user's files.

    A name that an installed package does not have, or a property that it requires, gives ``package`` too, its name
    and version.
    """
    frames = _frames(error, locator)
    found: dict[str, Any] = {
        "kind": "crash",
        "type": type(error).__name__,
        "message": _message(error),
        "where": frames[-1].partition(",")[0] if frames else "",
        "frames": frames[-_FRAMES:],
    }
    if isinstance(error, ModuleNotFoundError) and error.name:
        found.update(kind="module", name=error.name)
        if "." in error.name and (package := _installed(error.name)):
            found["package"] = package
    elif isinstance(error, SystemExit):
        found.update(kind="exit", message=str(error.code))
    elif isinstance(error, SyntaxError) and error.filename:
        place = locator.relative(error.filename)
        found["where"] = f"{place}:{error.lineno}" if place else found["where"]
        found["message"] = error.msg
    elif _NETWORK & {item.__name__ for item in type(error).__mro__}:
        found.update(kind="network")
    elif package := _lacking(error):
        found["package"] = package
    return found


def _lacking(error: BaseException) -> str:
    """Give the name and version of the package whose names or required properties are others than the program's."""
    if isinstance(error, ImportError):
        return _installed(error.name or "")
    if isinstance(error, AttributeError):
        # Older interpreters do not keep the object.
        return _installed(_module_of(getattr(error, "obj", None)))
    if not isinstance(error, TypeError):
        return ""
    if _message(error).startswith(_REQUIRED):
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        return _installed(str(frames[-1].f_globals.get("__name__", "")))
    found = _UNEXPECTED.match(_message(error))
    return _installed(_module_with(found.group(1))) if found else ""


def _installed(module: str) -> str:
    owner = module.partition(".")[0]
    try:
        return f"{owner} {metadata.version(owner)}" if owner else ""
    except metadata.PackageNotFoundError:  # the user's own module, or the language's
        return ""


def _module_of(value: object) -> str:
    return value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")


def _module_with(name: str) -> str:
    """Give a provider SDK's module that has a class of this name: the message of a wrong call does not tell it."""
    modules = sorted(key for key in sys.modules if key.startswith("pulumi_"))
    return next((key for key in modules if name in vars(sys.modules[key])), "")


def _message(error: BaseException) -> str:
    # A program may raise an exception whose text cannot be made, or is endless.
    try:
        return str(error).strip()[:_LONGEST].encode("utf-8", "replace").decode()
    except Exception:  # noqa: BLE001 - the author's own __str__ failed; its type still says something
        return ""


def _frames(error: BaseException, locator: Locator) -> list[str]:
    """Give the user's frames of an exception; if it has none, of what caused it (the SDK raises from itself)."""
    found: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen and not found:
        seen.add(id(cause))
        for frame in traceback.extract_tb(cause.__traceback__):
            place = locator.relative(frame.filename)
            if place is not None:
                found.append(f"{place}:{frame.lineno}, in {frame.name}")
        cause = cause.__cause__
    return found
