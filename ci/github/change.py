"""Says what the change itself does, compared with the base.

In:  the settings, in the folder that ``FOLDER`` names; the repository's history as far as it is fetched.
Out: ``change.md`` in that folder, the same in the job's summary; output ``exit-code``. A base that is not there is a
     warning: the check of the whole project is what decides.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import runner


def main() -> int:
    """Compare; the exit code is an output."""
    folder = Path(os.environ["FOLDER"])
    given = runner.settings(folder)
    base = _meeting_point(given.base)
    if base is None:
        runner.warning(f"`{given.base}` is no revision that is fetched here; `fetch-depth: 0` of actions/checkout does")
        return 0
    file = folder / "change.md"
    options = [f"--project={given.targets[0]}", "--format=markdown", f"--output={file}"]
    code = runner.call(given, ["diff", *options, *given.judging, "--", base, "HEAD"], commands=False)
    runner.output("exit-code", code)
    if not file.is_file():
        runner.warning("the change could not be compared with its base; what is wrong is in the log of this step")
    elif given.summary:
        runner.summary(file.read_text("utf-8") + "\n")
    return 0


def _meeting_point(name: str) -> str | None:
    """The commit where the change left its base, so that what the base did since is not the change's."""
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return commit and (_git("merge-base", commit, "HEAD") or commit)


def _git(*arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
