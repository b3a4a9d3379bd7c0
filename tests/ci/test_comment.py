"""The one comment on a pull request: written, found again, replaced, and given up without hiding the verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from residency.report import limits
from residency.report.markdown import MARKER
from tests.ci.github_api import NUMBER, REPOSITORY, TOKEN, Comments
from tests.ci.repositories import ROOT, machine

SCRIPT = ROOT / "ci" / "github" / "comment.py"
SETTINGS = {
    "environment": "",
    "judging": [],
    "keeping": [],
    "targets": ["."],
    "base": "",
    "html": "",
    "annotations": True,
    "summary": True,
    "sarif": True,
    "comment": True,
    "author": "github-actions[bot]",
}


def commented(folder: Path, comments: Comments, *, report: str | None = None, change: str | None = None) -> str:
    """Run the step; what it printed. It never fails."""
    (folder / "settings.json").write_text(json.dumps(SETTINGS), "utf-8")
    for name, text in (("report.md", report), ("change.md", change)):
        (folder / name).unlink(missing_ok=True)
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    event = folder / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": NUMBER}}), "utf-8")
    variables = {
        "FOLDER": str(folder),
        "TOKEN": TOKEN,
        "GITHUB_API_URL": comments.url,
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_REPOSITORY": REPOSITORY,
    }
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], env={**machine(), **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_run_writes_a_comment_and_the_second_replaces_it(tmp_path: Path, comments: Comments) -> None:
    comments.add("looks good", "alice")
    assert commented(tmp_path, comments, report=f"{MARKER}\nleaks\n") == ""
    assert commented(tmp_path, comments, report=f"{MARKER}\nmended\n") == ""
    assert comments.bodies == ["looks good", f"{MARKER}\nmended\n"]


def test_a_comment_beyond_the_first_page_is_found(tmp_path: Path, comments: Comments) -> None:
    for number in range(100):
        comments.add(f"comment {number}", "alice")
    comments.add(f"{MARKER}\nold\n")
    commented(tmp_path, comments, report=f"{MARKER}\nnew\n")
    assert comments.bodies[100:] == [f"{MARKER}\nnew\n"]


def test_a_comment_of_somebody_else_with_our_mark_is_theirs(tmp_path: Path, comments: Comments) -> None:
    """Its author could change it to say that all is inside."""
    comments.add(f"{MARKER}\nall inside\n", "mallory")
    comments.add(f"{MARKER}\nall inside\n", None)
    commented(tmp_path, comments, report=f"{MARKER}\nleaks\n")
    assert comments.bodies[2:] == [f"{MARKER}\nleaks\n"]


def test_our_mark_in_the_middle_of_a_comment_is_no_report(tmp_path: Path, comments: Comments) -> None:
    comments.add(f"quoting {MARKER}")
    commented(tmp_path, comments, report=f"{MARKER}\nleaks\n")
    assert comments.bodies == [f"quoting {MARKER}", f"{MARKER}\nleaks\n"]


@pytest.mark.parametrize("blind", [False, True], ids=["cannot write", "cannot read"])
def test_a_token_that_may_not_is_a_warning(tmp_path: Path, comments: Comments, blind: bool) -> None:
    comments.refuses, comments.blind = 403, blind
    said = commented(tmp_path, comments, report=f"{MARKER}\nleaks\n")
    assert said.startswith("::warning title=residency::the comment could not be written: GitHub answered 403.")
    assert TOKEN not in said
    assert comments.bodies == []


def test_a_service_that_is_down_is_a_warning(tmp_path: Path) -> None:
    said = commented(tmp_path, Comments(url="http://127.0.0.1:9"), report=f"{MARKER}\nleaks\n")
    assert said.startswith("::warning title=residency::the comment could not be written")


def test_what_judged_nothing_replaces_an_older_verdict(tmp_path: Path, comments: Comments) -> None:
    comments.add(f"{MARKER}\nEverything stays inside.\n")
    commented(tmp_path, comments)
    assert len(comments.bodies) == 1
    assert "could not be judged" in comments.bodies[0]
    assert "inside" not in comments.bodies[0]


def test_what_the_change_does_comes_first_and_the_mark_once(tmp_path: Path, comments: Comments) -> None:
    commented(tmp_path, comments, report=f"{MARKER}\nthe whole\n", change="the change\n")
    assert comments.bodies == [f"{MARKER}\nthe change\n\n---\n\nthe whole\n"]


def test_what_is_too_long_for_a_comment_leaves_the_whole_to_the_summary(tmp_path: Path, comments: Comments) -> None:
    """Both parts fit by themselves; GitHub refuses what is longer than its limit."""
    report = f"{MARKER}\n{'é' * ((limits.COMMENT_BYTES - 200) // 2)}\n"
    commented(tmp_path, comments, report=report, change=f"{'x' * 500}\n")
    (body,) = comments.bodies
    assert len(body.encode()) <= limits.COMMENT_BYTES
    assert body.startswith(f"{MARKER}\n{'x' * 500}\n")
    assert "summary of the job" in body
    commented(tmp_path, comments, report=report)
    assert comments.bodies == [report]


def test_the_step_knows_the_limit_and_the_mark_of_the_reports() -> None:
    """It runs without the engine, so it has them again."""
    text = SCRIPT.read_text("utf-8")
    assert f'MARKER = "{MARKER}"' in text
    assert f"MOST_BYTES = {limits.COMMENT_BYTES:_}" in text
