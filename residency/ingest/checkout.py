"""The files of one git revision, in a temporary folder that is gone afterwards.

In:  a path in somebody's repository, and a revision as git reads it.
Out: a Checkout while it is entered. The user's work tree, index, references and hooks are not touched: the revision is
     laid out by a repository of its own that borrows the objects, has no configuration of its user's (so no filter
     and no hook runs) and no remote (so nothing is fetched). Submodules are left out, with a note.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from residency.errors import InputError, UsageError
from residency.model import Note

_SUBMODULE = "160000"
_OFFLINE: Mapping[str, str] = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""A partial clone would fetch what it lacks: here it is an error."""
_ALONE: Mapping[str, str] = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""No configuration but the new repository's own."""
_POINTING = re.compile(
    r"GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX)"
)
"""What a hook's environment has, and would point these calls at another repository."""


class Checkout(msgspec.Struct, frozen=True, kw_only=True):
    """A revision laid out as files.

    Attributes:
        revision: as the user named it.
        top: the root of the user's own work tree.
        files: the temporary folder that holds the revision.
        notes: what was left out.
    """

    revision: str
    top: Path
    files: Path
    notes: tuple[Note, ...] = ()

    def real(self, path: Path) -> Path:
        """Where the revision has what the user's work tree has at a path.

        Raises:
            InputError: the path is not in the repository.
        """
        try:
            return self.files / path.resolve().relative_to(self.top)
        except ValueError:
            raise InputError(f"`{path}` is not in the repository `{self.top}`") from None

    def shown(self, text: str) -> str:
        """A text with the temporary folder replaced by the user's own."""
        return text.replace(str(self.files), str(self.top))


@contextmanager
def checkout(path: Path, revision: str) -> Generator[Checkout]:
    """Lay out one revision of the repository that has a path; the path itself need not exist today.

    Raises:
        InputError: there is no repository, or no such revision, or an object of it is not here.
        UsageError: git is not installed.
    """
    folder = _existing(path)
    top = top_of(folder)
    commit = find(folder, revision)
    if commit is None:
        raise InputError(
            f"`{revision}` is no revision of `{path}`", help="`git fetch` may bring it; a shallow clone has few"
        )
    objects = folder / _text(_git(folder, "rev-parse", "--git-path", "objects"))
    form = _text(_git(folder, "rev-parse", "--show-object-format"))
    with tempfile.TemporaryDirectory(prefix="residency-") as scratch:
        files = Path(scratch).resolve() / "files"
        _lay_out(files, objects.resolve(), form, commit)
        yield Checkout(revision=revision, top=top, files=files, notes=_left_out(files, revision))


def find(path: Path, revision: str) -> str | None:
    """The commit that a revision means in the repository of a path; None if there is none.

    Raises:
        UsageError: git is not installed.
    """
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    done = _run(_existing(path), wanted, {})
    return _text(done.stdout) if done.returncode == 0 else None


def top_of(path: Path) -> Path:
    """The root of the work tree that has a path.

    Raises:
        InputError: none has.
    """
    done = _run(_existing(path), ("rev-parse", "--show-toplevel"), {})
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise InputError(f"`{path}` is in no git work tree: {said}", help="compare two paths instead of two revisions")
    return Path(_text(done.stdout)).resolve()


def listed(folder: Path) -> tuple[Path, ...] | None:
    """The files of a folder that git tracks or would track, sorted; None where there is no git or no work tree."""
    if shutil.which("git") is None:
        return None
    done = _run(folder, ("ls-files", "--cached", "--others", "--exclude-standard", "-z"), {})
    if done.returncode != 0:
        return None
    names = {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
    return tuple(folder / name for name in sorted(names))


def _lay_out(files: Path, objects: Path, form: str, commit: str) -> None:
    files.mkdir()
    _git(files, "init", "--quiet", "--template=", f"--object-format={form}", alone=True)
    information = files / ".git" / "objects" / "info"
    information.mkdir(parents=True, exist_ok=True)
    (information / "alternates").write_bytes(os.fsencode(objects) + b"\n")
    _git(files, "read-tree", commit, alone=True)
    _git(files, "checkout-index", "--all", "--quiet", alone=True)


def _left_out(files: Path, revision: str) -> tuple[Note, ...]:
    entries = _git(files, "ls-files", "--stage", "-z", alone=True).split(b"\0")
    names = [os.fsdecode(entry.partition(b"\t")[2]) for entry in entries if entry.startswith(_SUBMODULE.encode())]
    return tuple(
        Note(f"the submodule `{name}` is left out of revision `{revision}`", name, settle="compare two checkouts")
        for name in sorted(names)
    )


def _existing(path: Path) -> Path:
    place = path.resolve()
    return next(each for each in (place, *place.parents) if each.is_dir())


def _git(folder: Path, *arguments: str, alone: bool = False) -> bytes:
    done = _run(folder, arguments, _ALONE if alone else {})
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            f"git cannot lay out the revision: {said[-1] if said else f'exit code {done.returncode}'}",
            help="is the clone partial or shallow? `git fetch` the revision first",
        )
    return done.stdout


def _run(folder: Path, arguments: tuple[str, ...], settings: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise UsageError("`git` is not installed", help="install it, or compare two paths")
    dropped = re.compile("GIT_") if settings else _POINTING
    environment = {name: value for name, value in os.environ.items() if not dropped.match(name)}
    return subprocess.run(  # noqa: S603 - a list of arguments, no shell
        [git, *arguments],
        cwd=folder,
        env={**environment, **_OFFLINE, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _text(data: bytes) -> str:
    return os.fsdecode(data.rstrip(b"\n"))
