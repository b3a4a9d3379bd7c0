"""How a program failed, in words for its author: never a traceback of ours, never a secret's text."""

from __future__ import annotations

import traceback
from typing import Any

from .position import Locator

_FRAMES = 3
_LONGEST = 2000


def describe(error: BaseException, locator: Locator) -> dict[str, Any]:
    """Take what the program raised; give kind, type, message, place, and the last frames of the user's files."""
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
    elif isinstance(error, SystemExit):
        found.update(kind="exit", message=str(error.code))
    elif isinstance(error, SyntaxError) and error.filename:
        place = locator.relative(error.filename)
        found["where"] = f"{place}:{error.lineno}" if place else found["where"]
        found["message"] = error.msg
    return found


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
