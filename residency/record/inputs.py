"""The files that a target consists of.

In:  a target as the user named it, its stack, and files that its program was seen to read.
Out: an Input. Of a project: what git tracks or would track in its folder, or all files where there is no git; the
     chosen stack's settings; and what its program read beside these. The project's environment is not part of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from residency.errors import InputError
from residency.ingest import checkout, pulumi_project, targets
from residency.record import digests
from residency.record.values import Input

_NEVER = frozenset({".git", "__pycache__", "node_modules"})


def of_target(target: str, stack: str | None, reads: Iterable[str], without: Iterable[Path]) -> Input:
    """The files of one target.

    Args:
        target: as the user named it.
        stack: for a project, which stack.
        reads: names of further files, relative to the target, or to its folder where it is a file.
        without: paths that are no part of it: the record itself.

    Raises:
        InputError: it cannot be read.
    """
    path = Path(target)
    left_out = {each.resolve() for each in without}
    if targets.is_project(path):
        project = pulumi_project.read_project(path, stack)
        more = [project.root / name for name in reads]
        more += [project.program, *([project.stack_file] if project.stack_file else [])]
        files = _named(project.root, [*of_folder(project.root), *more], left_out)
        return Input(target=_text(target), form="project", stack=project.stack, files=files)
    if path.is_dir() or path.name == "manifest.json":
        folder = path if path.is_dir() else path.parent
        found = _named(folder.resolve(), _walked(folder.resolve()), left_out)
        return Input(target=_text(target), form="folder", stack=None, files=found)
    more = _named(path.parent, (path.parent / name for name in reads), left_out)
    return Input(target=_text(target), form="file", stack=None, files={"": of_file(path), **more})


def of_folder(folder: Path) -> tuple[Path, ...]:
    """The files of a folder: those that git tracks or would track, else all but environments and caches."""
    found = checkout.listed(folder) if folder.is_dir() else ()
    files = _walked(folder) if found is None else found
    return tuple(each for each in files if not _NEVER & set(each.parts[len(folder.parts) :]))


def of_pack(folder: Path) -> str:
    """The digest of a policy pack's own files.

    Raises:
        InputError: there are none, or one cannot be read.
    """
    place = folder.resolve()
    found = {_text(path.relative_to(place).as_posix()): of_file(path) for path in of_folder(place) if path.is_file()}
    if not found:
        raise InputError(f"no policy pack is in `{folder}`")
    return digests.of_value(found)


def of_file(path: Path) -> str:
    """The digest of a file's bytes.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return digests.of_bytes(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read `{path}`: {error.strerror}") from None


def _named(folder: Path, paths: Iterable[Path], left_out: set[Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        if _NEVER & set(path.parts[len(folder.parts) :]):
            continue
        with contextlib.suppress(ValueError, OSError):  # a record may name what can be no file; it is missing then
            if path.resolve() not in left_out and (path.is_file() or path.is_symlink()):
                found[_text(Path(os.path.relpath(path, folder)).as_posix())] = _of_entry(path)
    return {name: found[name] for name in sorted(found)}


def _of_entry(path: Path) -> str:
    return of_file(path) if path.is_file() else digests.of_bytes(os.fsencode(path.readlink()))


def _walked(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        place = Path(root)
        folders[:] = sorted(
            each for each in folders if each not in _NEVER and not (place / each / "pyvenv.cfg").is_file()
        )
        yield from (place / name for name in sorted(names))


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()  # a name that is not UTF-8, which JSON cannot hold
