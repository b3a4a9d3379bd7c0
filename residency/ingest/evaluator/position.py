"""Which line of the user's own files a frame or a source position means."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Protocol
from urllib.parse import quote, unquote, urlparse

_OWN = str(Path(__file__).resolve().parent)


class _Position(Protocol):
    @property
    def uri(self) -> str: ...
    @property
    def line(self) -> int: ...


class Locator:
    """Knows the project's root, and tells the user's own files from libraries and from this package."""

    def __init__(self, root: str) -> None:
        self._root = Path(root).resolve()
        self._known: dict[str, str | None] = {}
        self._libraries = {str(Path(prefix).resolve()) for prefix in (sys.prefix, sys.base_prefix)}

    def relative(self, filename: str) -> str | None:
        """Take a file name; give its path relative to the root, with ``/``; None if it is not the user's own."""
        if filename not in self._known:
            self._known[filename] = self._relative(filename)
        return self._known[filename]

    def _relative(self, filename: str) -> str | None:
        try:
            path = Path(filename).resolve()
            relative = path.relative_to(self._root)
        except (OSError, ValueError):
            return None
        text = str(path)
        if text.startswith(_OWN) or {"site-packages", "dist-packages"} & set(path.parts):
            return None
        if any(library != "/" and self._inside(library) and text.startswith(library) for library in self._libraries):
            return None
        return relative.as_posix() if path.suffix else None

    def here(self, frame: FrameType | None) -> str:
        """Take the innermost frame; give ``file:line`` of the first frame in the user's files, or ""."""
        while frame is not None:
            relative = self.relative(frame.f_code.co_filename)
            if relative is not None:
                return f"{relative}:{frame.f_lineno}"
            frame = frame.f_back
        return ""

    def first(self, positions: Iterable[_Position]) -> str | None:
        """Take positions, innermost first; give the first in the user's files as ``project:///file#line``, escaped."""
        for position in positions:
            address = urlparse(position.uri)
            relative = self.relative(unquote(address.path)) if address.scheme == "file" else None
            if relative is not None:
                return f"project:///{quote(relative)}#{position.line}"
        return None

    def _inside(self, library: str) -> bool:
        # An interpreter's prefix such as /usr may contain the project: only one inside the project hides files.
        return Path(library).is_relative_to(self._root) and Path(library) != self._root
