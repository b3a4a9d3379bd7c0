"""Last step: fails as the check did.

In:  ``EXIT_CODE`` of the check, empty if it never ran; ``FAIL_ON``.
Out: the exit code of the step: the check's own where it blocks, else 0. What was not judged always blocks.
"""

from __future__ import annotations

import os
import sys

import runner

OK, OUTSIDE, BAD_INPUT, UNDETERMINED = 0, 1, 2, 3
_SAYS = {
    OUTSIDE: "user data would be placed outside the perimeter",
    UNDETERMINED: "it is not proven that user data stays inside the perimeter",
}
_BLOCKS = {"outside": {OUTSIDE}, "undetermined": {OUTSIDE, UNDETERMINED}, "never": set[int]()}


def main() -> int:
    """The exit code that the run ends with."""
    given = os.environ.get("EXIT_CODE", "")
    code = int(given) if given.lstrip("-").isdigit() else BAD_INPUT
    if code == OK:
        return OK
    if code not in _SAYS:
        runner.error("nothing was judged, so nothing is proven")
        return code if code > 0 else BAD_INPUT
    if code not in _BLOCKS.get(os.environ.get("FAIL_ON") or "undetermined", {OUTSIDE, UNDETERMINED}):
        runner.warning(f"{_SAYS[code]}; `fail-on` lets it pass")
        return OK
    runner.error(_SAYS[code])
    return code


if __name__ == "__main__":
    sys.exit(main())
