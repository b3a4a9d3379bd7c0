"""Writes the one note in the merge request: a later run replaces what an earlier one wrote.

In:  the report's file; ``RESIDENCY_TOKEN`` and GitLab's own variables. Without a token or a merge request: nothing.
Out: the note. What GitLab refuses is said in the log; the verdict of the job is another matter, so it ends with 0.
     Source: https://docs.gitlab.com/api/notes/, read 2026-11-26.
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

MARKER = "<!-- residency report -->"
PAGE = 100
SECONDS = 30
NOT_JUDGED = (
    f"{MARKER}\nWhere this change would put user data could not be judged; what is wrong is in the job's log.\n"
)


def main(arguments: list[str]) -> int:
    """Write it; 0 also where it may not be written."""
    number = os.environ.get("CI_MERGE_REQUEST_IID")
    if not (os.environ.get("RESIDENCY_TOKEN") and number):
        return 0
    report = Path(arguments[0])
    try:
        _write(report.read_text("utf-8") if report.is_file() else f"{MARKER}\n{NOT_JUDGED}\n", int(number))
    except urllib.error.HTTPError as error:
        print(f"warning: no note in the merge request: GitLab answered {error.code}", file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"warning: no note in the merge request: {type(error).__name__}", file=sys.stderr)
    return 0


def _write(text: str, number: int) -> None:
    notes = f"/projects/{int(os.environ['CI_PROJECT_ID'])}/merge_requests/{number}/notes"
    ours = next(_ours(notes), None)
    if ours is None:
        _call("POST", notes, {"body": text})
    else:
        _call("PUT", f"{notes}/{ours}", {"body": text})


def _ours(path: str) -> Iterator[int]:
    """The notes that an earlier run wrote. One of somebody else with our mark is theirs."""
    own = _call("GET", "/user")["id"]
    page = 1
    while True:
        found = _call("GET", f"{path}?per_page={PAGE}&page={page}")
        for each in found:
            if each["author"]["id"] == own and each["body"].startswith(MARKER):
                yield int(each["id"])
        if len(found) < PAGE:
            return
        page += 1


def _call(method: str, path: str, value: object = None) -> Any:  # noqa: ANN401 - what GitLab answers
    headers = {
        "Content-Type": "application/json",
        "PRIVATE-TOKEN": os.environ["RESIDENCY_TOKEN"],
        "User-Agent": "residency",
    }
    data = None if value is None else json.dumps(value).encode()
    url = os.environ["CI_API_V4_URL"] + path
    # The address is GitLab's own.
    request = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
