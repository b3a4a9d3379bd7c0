"""Every file of CI has the form that its service wants, pins what it uses, and passes no input to a shell as text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from residency import __version__
from tests.ci.repositories import ROOT

ACTIONS = (ROOT / "action.yml", ROOT / "ci" / "github" / "setup" / "action.yml")
WORKFLOW = ROOT / "examples" / "ci" / "github-workflow.yml"
GITLAB = ROOT / "ci" / "gitlab" / "residency.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
OWN = "residency/residency"
BIN = Path(sys.executable).parent
SCHEMAS = (
    *((file, "vendor.github-actions") for file in ACTIONS),
    (WORKFLOW, "vendor.github-workflows"),
    (WORKFLOW, "custom.github-workflows-require-timeout"),
    (GITLAB, "vendor.gitlab-ci"),
)


def loaded(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def steps(file: Path) -> list[dict[str, Any]]:
    """The steps of an action, or of all jobs of a workflow."""
    content = loaded(file)
    if "runs" in content:
        return content["runs"]["steps"]
    return [step for job in content["jobs"].values() for step in job["steps"]]


def shells() -> Iterator[tuple[str, str]]:
    """Every text that a shell runs, with its name."""
    for file in (*ACTIONS, WORKFLOW):
        yield from ((f"{file.name}: {step.get('name')}", step["run"]) for step in steps(file) if "run" in step)
    yield GITLAB.name, "\n".join(loaded(GITLAB)["residency"]["script"])
    yield from ((file.name, file.read_text("utf-8")) for file in sorted((ROOT / "ci").rglob("*.sh")))


@pytest.mark.parametrize(("file", "schema"), SCHEMAS, ids=lambda value: getattr(value, "name", value))
def test_a_file_has_the_form_of_its_service(file: Path, schema: str) -> None:
    """By the schemas that check-jsonschema carries; it fetches none."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_have_the_form_of_pre_commit() -> None:
    done = subprocess.run(
        [str(BIN / "pre-commit"), "validate-manifest", str(HOOKS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_shells_are_without_fault() -> None:
    """By shellcheck."""
    for name, text in shells():
        done = subprocess.run(
            [str(BIN / "shellcheck"), "--shell=bash", "-"], input=text, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{name}\n{done.stdout}{done.stderr}"


def test_no_shell_has_an_expression_in_its_text() -> None:
    """What GitHub puts into a text becomes part of the command; a variable stays a value."""
    assert [name for name, text in shells() if "${{" in text] == []


def test_every_foreign_action_is_pinned_by_its_full_commit_and_names_its_release() -> None:
    for file in (*ACTIONS, WORKFLOW):
        lines = [line.strip() for line in file.read_text("utf-8").splitlines() if "uses:" in line]
        foreign = [line for line in lines if OWN not in line]
        assert foreign
        form = r"(- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
        assert [line for line in foreign if not re.fullmatch(form, line)] == []


def test_one_release_of_an_action_is_used_everywhere() -> None:
    used: dict[str, set[str]] = {}
    for file in (*ACTIONS, WORKFLOW):
        for line in file.read_text("utf-8").splitlines():
            if match := re.search(r"uses: ([\w./-]+)@(.+)", line):
                used.setdefault(match[1], set()).add(match[2])
    assert {name for name, releases in used.items() if len(releases) > 1} == set()


def test_our_own_release_is_the_one_that_is_named() -> None:
    for file in (WORKFLOW, GITLAB, ROOT / "docs" / "ci.md"):
        found = set(re.findall(r"(?:residency/residency[\w/-]*@|RESIDENCY_REF: |rev: )(\S+)", file.read_text("utf-8")))
        assert found == {f"v{__version__}"}, file.name
