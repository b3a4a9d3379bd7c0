"""For maintainers: hold the conflict map against an unpacked package, ``python -m tests.conflicts prowler FOLDER``.

Ends with 1 where the package has a check otherwise than the map, or one that speaks of a place and nobody has read.
Checkov needs no such run: its tests do it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from residency.catalogue import conflicts
from tests.conflicts.packages import READERS, faults


def main(arguments: list[str]) -> int:
    """Compare, and print what differs."""
    if len(arguments) != 2 or arguments[0] not in READERS:
        sys.stderr.write(f"usage: python -m tests.conflicts {'|'.join(READERS)} FOLDER\n")
        return 2
    tool, folder = arguments
    found = faults(conflicts.tool(tool), list(READERS[tool](Path(folder))))
    sys.stdout.write("".join(f"{each}\n" for each in found) or "the map holds\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
