"""Which of the user's own files a program was made of: its modules, and what it opened while it ran.

In:  Python's audit events, and the modules that are loaded at the end.
Out: paths. Files of libraries and of this package are left out, and so is what lies outside the user's work tree.
Source: https://docs.python.org/3/library/audit_events.html, ``open``, read 2026-11-26.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

_OWN = Path(__file__).resolve().parent
_LIBRARIES = frozenset({"site-packages", "dist-packages", "__pycache__", ".git"})
_STANDARD = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
_PACKAGES = "-packages" + os.sep
_WRITING = frozenset("wax")


class FilesRead:
    """Listens from its making to the end of the process.

    Args:
        root: the project's folder; the work tree around it is found by its ``.git``.
    """

    def __init__(self, root: str) -> None:
        self._root = Path(root).resolve()
        self._top = next((each for each in (self._root, *self._root.parents) if (each / ".git").exists()), self._root)
        self._opened: set[str] = set()
        self._prefix = str(self._top) + os.sep
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open":
            return
        path, mode = arguments[0], arguments[1]
        if isinstance(path, (str, bytes)) and not (isinstance(mode, str) and _WRITING & set(mode)):
            self._opened.add(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - nothing may be opened in here

    def reads(self) -> list[str]:
        """Take nothing; give paths relative to the project, with ``/``, sorted."""
        paths = {Path(path) for path in self._opened if path.startswith(self._prefix)}
        paths.update(path for _, path in _modules() if path.is_relative_to(self._top))
        return sorted(
            Path(os.path.relpath(path, self._root)).as_posix()
            for path in paths
            if not _is_library(path) and path.suffix != ".pyc" and path.is_file()
        )


def look_elsewhere(folder: str, instead: str) -> None:
    """Have modules that would come from a folder, by an editable install perhaps, come from another one."""
    for number, entry in enumerate(sys.path):
        path = Path(entry)
        if entry and path.is_relative_to(folder) and not path.is_relative_to(instead) and not _is_library(path):
            sys.path[number] = str(Path(instead) / path.relative_to(folder))


def strays(elsewhere: str, allowed: str) -> list[str]:
    """Take a folder, and the one instead of it; give the modules that came from the first and not from the second."""
    return sorted(
        name
        for name, path in _modules()
        if path.is_relative_to(elsewhere) and not path.is_relative_to(allowed) and not _is_library(path)
    )


def _modules() -> Iterator[tuple[str, Path]]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # SDKs have thousands of modules, and to resolve a path asks the disk.
        if isinstance(file, str) and name != "__main__" and not file.startswith(_STANDARD) and _PACKAGES not in file:
            yield name, Path(file).resolve()


def _is_library(path: Path) -> bool:
    return bool(_LIBRARIES & set(path.parts)) or any(path.is_relative_to(each) for each in (*_STANDARD, _OWN))
