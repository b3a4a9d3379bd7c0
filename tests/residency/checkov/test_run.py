"""Checkov run as a command: where it is looked for, what is handed on, what its report is worth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from residency.checkov import run
from residency.errors import InputError
from residency.model import Unread
from tests.residency.samples import BUCKET, graph_of, provider, resource

Standin = Callable[[str], str]
GRAPH = graph_of(provider("eu", region="eu-west-1"), resource(BUCKET, "a", by="eu"), target="shop")


@pytest.fixture
def standin(tmp_path: Path) -> Standin:
    """A command that answers --version, and else does what the given lines of Python say."""

    def make(lines: str) -> str:
        path = tmp_path / "checkov"
        path.write_text(
            f"#!{sys.executable}\nimport json, os, sys\n"
            "if '--version' in sys.argv:\n    print('9.9.9')\n    sys.exit()\n"
            "plan = sys.argv[sys.argv.index('--file') + 1]\n" + lines,
            "utf-8",
        )
        path.chmod(0o755)
        return str(path)

    return make


def report(*failed: Mapping[str, Any], skipped: Mapping[str, Any] | None = None) -> str:
    results = {"failed_checks": failed, "skipped_checks": [skipped] if skipped else [], "parsing_errors": []}
    return f"print(json.dumps({{'results': {results!r}, 'summary': {{'passed': 3}}}}))\nsys.exit(1)"


RECORD = {
    "check_id": "CKV_AWS_20",
    "check_name": "no public bucket",
    "check_result": {"result": "FAILED"},
    "resource": "aws_s3_bucket.a",
    "file_path": "/plan-0.json",
    "guideline": "https://example.com/20",
    "severity": "HIGH",
}


def test_a_finding_comes_back_on_the_resource(standin: Standin) -> None:
    found = run.remarks([GRAPH], standin(report(RECORD)))
    [remark] = found.remarks
    assert (remark.check, remark.what, remark.guideline, remark.severity) == (
        "CKV_AWS_20",
        "no public bucket",
        "https://example.com/20",
        "HIGH",
    )
    assert (remark.target, remark.resource.name) == ("shop", "a")
    assert (found.tool, found.version, found.passed, found.resources) == ("Checkov", "9.9.9", 3, 1)


def test_a_finding_on_what_is_no_resource_of_ours_is_none(standin: Standin) -> None:
    assert run.remarks([GRAPH], standin(report({**RECORD, "resource": "aws.eu"}))).remarks == ()


def test_a_skipped_check_keeps_the_reason(standin: Standin) -> None:
    skipped = {**RECORD, "check_result": {"result": "SKIPPED", "suppress_comment": "a public site"}}
    [remark] = run.remarks([GRAPH], standin(report(skipped=skipped))).remarks
    assert remark.skipped == "a public site"


def test_each_target_has_a_plan_of_its_own(standin: Standin) -> None:
    other = graph_of(resource(BUCKET, "a"), target="other")
    second = {**RECORD, "check_id": "CKV_AWS_21", "file_path": "/plan-1.json"}
    found = run.remarks([GRAPH, other], standin(report(RECORD, second)))
    assert [(each.target, each.check) for each in found.remarks] == [("other", "CKV_AWS_21"), ("shop", "CKV_AWS_20")]


def test_without_a_check_that_applies_there_is_nothing_to_say(standin: Standin) -> None:
    found = run.remarks([GRAPH], standin("print(json.dumps({'passed': 0, 'failed': 0, 'checkov_version': '9'}))"))
    assert (found.remarks, found.passed) == ((), 0)


def test_checkov_is_not_run_where_nothing_is_in_terraform_s_words(standin: Standin) -> None:
    graph = graph_of(resource("kubernetes:core/v1:Pod", "p"))
    found = run.remarks([graph], standin("sys.exit('it was run')"))
    assert found.unread == (
        Unread("kubernetes:core/v1:Pod", 1, "nothing says how the package `kubernetes` is called in Terraform"),
    )


def test_the_plan_is_for_this_user_only_and_is_gone_afterwards(standin: Standin, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    lines = f"open({str(seen)!r}, 'w').write(plan + ' ' + oct(os.stat(os.path.dirname(plan)).st_mode & 0o777))\n"
    run.remarks([GRAPH], standin(lines + report(RECORD)))
    path, mode = seen.read_text("utf-8").split(" ")
    assert mode == "0o700"
    assert not Path(path).exists()


def test_no_key_of_a_platform_is_handed_on(standin: Standin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BC_API_KEY", "secret")
    seen = tmp_path / "seen"
    run.remarks([GRAPH], standin(f"open({str(seen)!r}, 'w').write(str('BC_API_KEY' in os.environ))\n{report(RECORD)}"))
    assert seen.read_text("utf-8") == "False"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("sys.exit('no such option')\n", "printed no report"),
        ("print('Passed checks: 3')\n", "printed no report"),
        ("print(json.dumps([1]))\n", "printed no report"),
        ("sys.stderr.write('boom\\n')\nsys.exit(2)\n", "ended with 2: boom"),
        ("print(json.dumps({'results': {'parsing_errors': [plan]}}))\n", "could not read the plan"),
    ],
)
def test_a_checkov_that_fails_is_bad_input(standin: Standin, lines: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        run.remarks([GRAPH], standin(lines))


def test_the_command_is_the_named_one_else_the_environment_s_else_on_the_path(tmp_path: Path) -> None:
    for name in ("one", "two", "checkov"):
        (tmp_path / name).write_text("", "utf-8")
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": str(tmp_path), "RESIDENCY_CHECKOV": str(tmp_path / "two")}
    assert run.command(str(tmp_path / "one"), environment) == str(tmp_path / "one")
    assert run.command(None, environment) == str(tmp_path / "two")
    assert run.command(None, {"PATH": str(tmp_path)}) == str(tmp_path / "checkov")


def test_a_checkov_that_is_not_there_says_how_to_install_it(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        run.command(None, {"PATH": str(tmp_path)})
    assert caught.value.what == "there is no command `checkov`, so Checkov cannot be asked"
    assert "uv tool install checkov" in caught.value.help
