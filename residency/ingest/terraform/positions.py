"""Where a configuration declares its resources: file and line, read from the ``.tf`` files themselves.

In:  the folders of modules. A plan does not say this.
Out: positions, with the file relative to the folder of the plan; None where the files are not at hand.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.model import SourcePosition

_HEAD = re.compile(r'\s*resource\s+"?([\w-]+)"?\s+"?([\w-]+)"?\s*\{')
_HEREDOC = re.compile(r"<<[-~]?\s*([A-Za-z_]\w*)\s*$")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOCAL = ("./", "../")


class _Installed(msgspec.Struct, frozen=True):
    key: str = msgspec.field(name="Key", default="")
    folder: str = msgspec.field(name="Dir", default="")


class _Modules(msgspec.Struct, frozen=True):
    modules: list[_Installed] = msgspec.field(name="Modules", default=[])


class Positions:
    """Finds the declaring lines of one configuration; files are read at the first question."""

    def __init__(self, folders: Mapping[tuple[str, ...], Path], relative_to: Path) -> None:
        self._folders, self._relative_to = folders, relative_to
        self._found: dict[tuple[str, ...], Mapping[tuple[str, str], SourcePosition]] = {}

    def of(self, module: tuple[str, ...], type_: str, name: str) -> SourcePosition | None:
        """The line of a resource block of a module, named by the names of the calls that lead to it."""
        if module not in self._found:
            folder = self._folders.get(module)
            self._found[module] = dict(_declared(folder, self._relative_to)) if folder else {}
        return self._found[module].get((type_, name))


def module_folders(root: Path, sources: Mapping[tuple[str, ...], str]) -> Mapping[tuple[str, ...], Path]:
    """The folder of each module, by the names of the calls that lead to it.

    It is where ``terraform init`` installed it, else where a local source points.
    """
    found: dict[tuple[str, ...], Path] = {(): root}
    for path in sorted(sources, key=len):
        above = found.get(path[:-1])
        if above is not None and sources[path].startswith(_LOCAL):
            found[path] = above / sources[path]
    for each in _installed(root / ".terraform" / "modules" / "modules.json"):
        if each.key:
            found[tuple(each.key.split("."))] = root / each.folder
    return found


def files(folder: Path) -> list[Path]:
    """A module's files. OpenTofu reads ``main.tofu`` in place of ``main.tf``."""
    found = {file.stem: file for kind in ("*.tf", "*.tofu") for file in folder.glob(kind)}
    return [found[stem] for stem in sorted(found)]


def text_files(folders: Mapping[tuple[str, ...], Path], relative_to: Path) -> tuple[str, ...]:
    """The files of a configuration, relative to a folder: what they say can decide a verdict."""
    found = (file for folder in folders.values() for file in files(folder))
    return tuple(sorted({Path(os.path.relpath(file, relative_to)).as_posix() for file in found}))


def _installed(file: Path) -> list[_Installed]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Modules).modules
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []  # not initialised here: local sources are found without it


def _declared(folder: Path, relative_to: Path) -> Iterator[tuple[tuple[str, str], SourcePosition]]:
    for file in files(folder):
        try:
            text = file.read_text("utf-8", "replace")
        except OSError:
            continue  # a position is a help; the verdict does not rest on it
        shown = Path(os.path.relpath(file, relative_to)).as_posix()
        for number, line in _lines(text):
            head = _HEAD.match(line)
            if head:
                yield (head.group(1), head.group(2)), SourcePosition(shown, number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are code: no comments between stars, no text between the marks of a heredoc."""
    blanked = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    end = ""
    for number, line in enumerate(blanked.splitlines(), 1):
        if end:
            end = "" if line.strip() == end else end
            continue
        opened = _HEREDOC.search(line)
        end = opened.group(1) if opened else ""
        yield number, line
