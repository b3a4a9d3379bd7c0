"""Writes the one comment on the pull request: a later run replaces what an earlier one wrote.

In:  ``report.md`` and ``change.md`` in the folder that ``FOLDER`` names; ``TOKEN``; the event's file.
Out: ``comment.md`` and the comment; output ``path``. A token that may not write, as in a pull request from a fork, is a
     warning: the verdict is in the job all the same.
     Source: https://docs.github.com/rest/issues/comments, read 2026-11-26.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import runner

MARKER = "<!-- residency report -->"
MOST_BYTES = 65_536
"""Of a comment, as in ``residency/report/limits.py``; a test compares them."""
PAGE = 100
SECONDS = 30
NOT_JUDGED = "Where this change would put user data could not be judged; what is wrong is in the job's log."
ELSEWHERE = "The report of the whole project is in the summary of the job."


def main() -> int:
    """Write it; 0 also where it may not be written."""
    folder = Path(os.environ["FOLDER"])
    text = body(_read(folder / "report.md"), _read(folder / "change.md"))
    file = folder / "comment.md"
    file.write_text(text, "utf-8", newline="\n")
    runner.output("path", file)
    try:
        _write(text, runner.settings(folder).author)
    except urllib.error.HTTPError as error:
        hint = (
            " The token needs `pull-requests: write`; a fork's has it never." if error.code in {401, 403, 404} else ""
        )
        runner.warning(f"the comment could not be written: GitHub answered {error.code}.{hint}")
    except (OSError, ValueError) as error:
        runner.warning(f"the comment could not be written: {type(error).__name__}")
    return 0


def body(report: str | None, change: str | None) -> str:
    """The comment's text: what the change does, then the whole project; the latter elsewhere if both are too long.

    A check that judged nothing says so, and does not leave an older comment's verdict standing.
    """
    rest = NOT_JUDGED if report is None else report.removeprefix(MARKER).strip("\n")
    if change is None:
        return f"{MARKER}\n{rest}\n"
    told = change.strip("\n")
    whole = f"{MARKER}\n{told}\n\n---\n\n{rest}\n"
    return whole if len(whole.encode()) <= MOST_BYTES else f"{MARKER}\n{told}\n\n---\n\n{ELSEWHERE}\n"


def _write(text: str, author: str) -> None:
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
    number = int(event["pull_request"]["number"])
    issues = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    ours = next(_ours(f"{issues}/{number}/comments", author), None)
    if ours is None:
        _call("POST", f"{issues}/{number}/comments", {"body": text})
    else:
        _call("PATCH", f"{issues}/comments/{ours}", {"body": text})


def _ours(path: str, author: str) -> Iterator[int]:
    """The comments that an earlier run wrote. One of somebody else with our mark is theirs."""
    page = 1
    while True:
        found = _call("GET", f"{path}?per_page={PAGE}&page={page}")
        for each in found:
            writer: dict[str, Any] = each["user"] or {}  # null where the account is gone
            if writer.get("login") == author and (each["body"] or "").startswith(MARKER):
                yield int(each["id"])
        if len(found) < PAGE:
            return
        page += 1


def _call(method: str, path: str, value: object = None) -> Any:  # noqa: ANN401 - what GitHub answers
    url = os.environ.get("GITHUB_API_URL", "https://api.github.com") + path
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ['TOKEN']}",
        "Content-Type": "application/json",
        "User-Agent": "residency",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    data = None if value is None else json.dumps(value).encode()
    # The address is the runner's own.
    request = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        return json.load(answer)


def _read(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
