"""Where a program of another revision would be at home: whose environment runs it, and what must not leak into it.

In:  the user's own project folder and work tree, and the folder in which a revision of it is laid out.
Out: an error for a module that came from the work tree all the same, since then not the revision was judged. The
     evaluator itself looks for modules in the revision's folders instead of the work tree's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from residency.errors import InputError


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
