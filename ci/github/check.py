"""Judges once, and writes every report that is wanted.

In:  the settings, in the folder that ``FOLDER`` names.
Out: reports in that folder, annotations in the log, the job's summary; outputs ``exit-code``, ``outside``,
     ``undetermined``, ``json``, ``sarif``. It ends with 0 whatever the verdict is: first it is reported everywhere.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import runner

JUDGED = (0, 1, 3)


def main() -> int:
    """Judge; the exit code is an output."""
    folder = Path(os.environ["FOLDER"])
    given = runner.settings(folder)
    wanted = {
        "json": folder / "report.json",
        "sarif": folder / "report.sarif" if given.sarif else None,
        "markdown": folder / "report.md" if given.comment else None,
        "summary": folder / "summary.md" if given.summary else None,
        "html": Path(given.html) if given.html else None,
    }
    files = {name: file for name, file in wanted.items() if file}
    if "html" in files:
        files["html"].parent.mkdir(parents=True, exist_ok=True)
    arguments = [
        "check",
        f"--format={'github' if given.annotations else 'text'}",
        *(f"--report={name}={file}" for name, file in files.items()),
        *given.judging,
        *given.keeping,
        "--",
        *given.targets,
    ]
    code = runner.call(given, arguments, commands=given.annotations)
    runner.output("exit-code", code)
    _tell(code, files)
    return 0


def _tell(code: int, files: dict[str, Path]) -> None:
    report = files["json"]
    if code not in JUDGED or not report.is_file():
        runner.error("nothing was judged; what is wrong is in the log of this step")
        if "summary" in files:
            runner.summary(NOT_JUDGED)
        return
    counts = json.loads(report.read_bytes())["summary"]
    runner.output("outside", counts["outside"])
    runner.output("undetermined", counts["undetermined"])
    runner.output("json", report)
    if "sarif" in files:
        runner.output("sarif", files["sarif"])
    if "summary" in files:
        runner.summary(files["summary"].read_text("utf-8"))


NOT_JUDGED = "Where this change would put user data could not be judged; what is wrong is in the job's log.\n"

if __name__ == "__main__":
    sys.exit(main())
