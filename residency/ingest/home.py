"""Where a program of another revision would be at home: whose environment runs it, and what must not leak into it.

In:  the user's own project folder and work tree, and the folder in which a revision of it is laid out.
Out: the import path of its program, on which the work tree's folders are replaced by the revision's; and an error for
     a module that came from the work tree all the same, since then not the revision was judged.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

from residency.errors import InputError

_ASK = "import json, sys; print(json.dumps([sys.prefix, *sys.path]))"


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """The user's own project, for one that was laid out elsewhere.

    Attributes:
        project: its folder in the user's work tree.
        top: the root of that work tree.
        files: the folder that stands for ``top``.
    """

    project: Path
    top: Path
    files: Path

    def import_path(self, interpreter: Path) -> str:
        """What ``PYTHONPATH`` must say so that packages of the work tree (editable installs) are the revision's."""
        try:
            done = subprocess.run([interpreter, "-c", _ASK], capture_output=True, check=True, cwd=self.files)  # noqa: S603
            prefix, *entries = msgspec.json.decode(done.stdout, type=list[str])
        except (OSError, subprocess.CalledProcessError, msgspec.DecodeError):
            return os.environ.get("PYTHONPATH", "")  # the evaluation says what is wrong with the interpreter
        library = Path(prefix)
        own = [
            str(self.files / Path(entry).relative_to(self.top))
            for entry in entries
            if entry
            and Path(entry).is_relative_to(self.top)
            and not (library != self.top and library.is_relative_to(self.top) and Path(entry).is_relative_to(library))
            and not {"site-packages", "dist-packages"} & set(Path(entry).parts)
        ]
        before = os.environ.get("PYTHONPATH", "")
        return os.pathsep.join((*own, before) if before else own)

    def refuse(self, strays: Sequence[str]) -> None:
        """Refuse an evaluation in which modules were the work tree's instead of the revision's.

        Raises:
            InputError: there is one.
        """
        if strays:
            raise InputError(
                f"the program imports `{strays[0]}` from the work tree, not from the revision",
                help="check out each revision with an environment of its own, and compare the two folders",
            )
