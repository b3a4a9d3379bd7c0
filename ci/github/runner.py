"""What the steps of the action share: how a step speaks to GitHub's runner, and how it calls the command line.

In:  the environment of a step; the file of settings that the first step wrote.
Out: outputs, warnings, text in the job's summary. Only Python's own library: nothing is installed yet when these run.
     Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, read 2026-11-26.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_WITHHELD = ("ACTIONS_", "INPUT_")
_WITHHELD_NAMES = frozenset(
    {
        "GITHUB_ENV",
        "GITHUB_OUTPUT",
        "GITHUB_PATH",
        "GITHUB_STATE",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_TOKEN",
        "GH_TOKEN",
        "TOKEN",
    }
)


@dataclass(frozen=True)
class Settings:
    """The action's inputs, read once: ``prepare.py`` writes them, the other steps read them.

    Attributes:
        environment: the folder of the engine's environment.
        judging: the options that say how a target is read and by which perimeter it is judged.
        keeping: the options of a baseline and a record.
        targets: what is judged; paths as seen from the folder of the run.
        base: the revision to compare with, or nothing.
        html: the file of the HTML report, or nothing.
        annotations, summary, sarif, comment: which reports are wanted.
        author: the login that the comment is written as.
    """

    environment: str
    judging: list[str]
    keeping: list[str]
    targets: list[str]
    base: str
    html: str
    annotations: bool
    summary: bool
    sarif: bool
    comment: bool
    author: str

    def write(self, folder: Path) -> None:
        """Keep them for the next step."""
        (folder / "settings.json").write_text(json.dumps(asdict(self)), "utf-8")


def settings(folder: Path) -> Settings:
    """What ``prepare.py`` wrote."""
    return Settings(**json.loads((folder / "settings.json").read_text("utf-8")))


def output(name: str, value: object) -> None:
    """Set an output of this step. A value of several lines, or one that looks like another output, stays a value."""
    mark = secrets.token_hex(16)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.write(f"{name}<<{mark}\n{value}\n{mark}\n")


def summary(text: str) -> None:
    """Add Markdown to the job's summary."""
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def warning(text: str) -> None:
    """Show a warning at the run; it fails nothing."""
    _say("warning", text)


def error(text: str) -> None:
    """Show an error at the run."""
    _say("error", text)


def _say(kind: str, text: str) -> None:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{kind} title=residency::{escaped}", flush=True)


def call(given: Settings, arguments: Sequence[str], *, commands: bool) -> int:
    """Call the command line in the folder of the run; what it prints is in the log.

    The program that it evaluates is the pull request's own: it gets neither tokens nor the runner's files.

    Args:
        given: of this run.
        arguments: of ``residency``.
        commands: whether the runner reads commands in what is printed, as annotations are.

    Returns:
        The exit code.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _WITHHELD_NAMES and not name.startswith(_WITHHELD)
    }
    pause = secrets.token_hex(16)
    if not commands:
        print(f"::stop-commands::{pause}", flush=True)
    try:
        return subprocess.run([executable(given.environment), *arguments], env=kept, check=False).returncode
    finally:
        if not commands:
            print(f"::{pause}::", flush=True)


def executable(environment: str) -> str:
    """The command line's own file, which looks for no modules in the folder of the run: that is the pull request's."""
    name = Path("Scripts", "residency.exe") if sys.platform == "win32" else Path("bin", "residency")
    return str(Path(environment) / name)
