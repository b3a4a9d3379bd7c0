"""GitLab's job, its script run as GitLab's runner would: line by line in bash, with the job's variables."""

from __future__ import annotations

import itertools
import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from residency.report.markdown import MARKER
from tests.ci.gitlab_api import NUMBER, PROJECT, TOKEN, Notes, served
from tests.ci.repositories import INSIDE, LEAK, ROOT, commit, copied, git, with_uv

FILE = ROOT / "ci" / "gitlab" / "residency.gitlab-ci.yml"
JOB = yaml.safe_load(FILE.read_text("utf-8"))["residency"]
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a runner."""
    return with_uv(tmp_path_factory.mktemp("gitlab") / "bin")


@pytest.fixture
def notes() -> Iterator[Notes]:
    """A merge request without notes."""
    with served() as found:
        yield found


class Runner:
    """Runs the job in a project."""

    def __init__(self, machine: dict[str, str], published: tuple[Path, str], notes: Notes) -> None:
        self._variables = {
            **machine,
            **JOB["variables"],
            "RESIDENCY_REPOSITORY": str(published[0]),
            "RESIDENCY_REF": published[1],
            "RESIDENCY_EXTRAS": "pulumi,aws,terraform",
            "CI_API_V4_URL": notes.url,
            "CI_PROJECT_ID": str(PROJECT),
            "CI_MERGE_REQUEST_IID": str(NUMBER),
            "CI_JOB_TOKEN": TOKEN,
        }

    def run(self, folder: Path, **variables: str) -> Done:
        """Run the script; a line that fails ends it."""
        script = "set -eo pipefail\n" + "\n".join(JOB["script"])
        return subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env={**self._variables, **variables},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(machine: dict[str, str], published: tuple[Path, str], notes: Notes) -> Runner:
    """A runner of GitLab."""
    return Runner(machine, published, notes)


def project(folder: Path, source: Path) -> Path:
    copied(source, folder / "infra")
    commit(folder)
    return folder


def test_a_leak_fails_the_job_and_is_in_every_report(tmp_path: Path, runner: Runner, notes: Notes) -> None:
    notes.add(f"{MARKER}\nold\n")
    notes.add(f"{MARKER}\nall inside\n", author=1)
    done = runner.run(project(tmp_path, LEAK), RESIDENCY_TARGETS="infra", RESIDENCY_TOKEN=TOKEN)
    assert done.returncode == 1, done.stderr
    assert "error[RES001]: data of `documents-dr`" in done.stdout
    reports = JOB["artifacts"]["reports"]
    quality = json.loads((tmp_path / reports["codequality"]).read_bytes())
    assert {each["location"]["path"] for each in quality} == {"infra/__main__.py"}
    suites = ET.parse(tmp_path / reports["junit"]).getroot()  # noqa: S314 - our own file
    assert suites.get("failures") == "2"
    assert [each for each in JOB["artifacts"]["paths"] if not (tmp_path / each).is_file()] == []
    assert "would put user data in the United States" in notes.bodies[0]
    assert notes.bodies[1] == f"{MARKER}\nall inside\n", "somebody else's note is theirs"
    assert len(notes.bodies) == 2
    assert git(tmp_path, "status", "--porcelain") == "", "reports are no part of the project"


def test_what_is_inside_passes_and_needs_no_token(tmp_path: Path, runner: Runner, notes: Notes) -> None:
    done = runner.run(project(tmp_path, INSIDE), RESIDENCY_TARGETS="infra")
    assert done.returncode == 0, done.stderr
    assert notes.bodies == []


def test_what_cannot_be_judged_fails_whatever_may_pass(tmp_path: Path, runner: Runner, notes: Notes) -> None:
    notes.add(f"{MARKER}\nall inside\n")
    variables = {"RESIDENCY_TARGETS": "nowhere", "RESIDENCY_FAIL_ON": "never", "RESIDENCY_TOKEN": TOKEN}
    done = runner.run(project(tmp_path, LEAK), **variables)
    assert done.returncode == 2
    assert "could not be judged" in notes.bodies[0]
    assert not (tmp_path / ".residency" / "report.json").exists()


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("sometimes", 2)])
def test_what_fails_the_job_can_be_said(tmp_path: Path, runner: Runner, fail_on: str, code: int) -> None:
    done = runner.run(project(tmp_path, LEAK), RESIDENCY_TARGETS="infra", RESIDENCY_FAIL_ON=fail_on)
    assert done.returncode == code, done.stderr


def test_a_note_that_is_refused_leaves_the_verdict(tmp_path: Path, runner: Runner, notes: Notes) -> None:
    notes.refuses = 403
    done = runner.run(project(tmp_path, LEAK), RESIDENCY_TARGETS="infra", RESIDENCY_TOKEN=TOKEN)
    assert done.returncode == 1
    assert "no note in the merge request: GitLab answered 403" in done.stderr
    assert TOKEN not in done.stderr + done.stdout


def test_variables_are_never_commands_and_the_program_gets_no_token(tmp_path: Path, runner: Runner) -> None:
    hostile = "a; touch pwned; $(touch pwned) `touch pwned` \" '"
    project(tmp_path, LEAK)
    (tmp_path / "infra").rename(tmp_path / hostile)
    seen = tmp_path / "seen"
    with (tmp_path / hostile / "__main__.py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport os, pathlib\npathlib.Path({str(seen)!r}).write_text(repr(dict(os.environ)))\n")
    done = runner.run(tmp_path, RESIDENCY_TARGETS=f"\n{hostile}\n", RESIDENCY_TOKEN=TOKEN)
    assert done.returncode == 1, done.stderr
    assert TOKEN not in seen.read_text("utf-8")
    stack = runner.run(tmp_path, RESIDENCY_TARGETS=hostile, RESIDENCY_STACK=hostile, RESIDENCY_PARAMETERS=hostile)
    assert stack.returncode == 2
    assert list(tmp_path.rglob("pwned")) == []


def test_every_variable_of_the_script_is_documented() -> None:
    script = (ROOT / "ci" / "gitlab" / "check.sh").read_text("utf-8") + "\n".join(JOB["script"])
    unknown = [name for name in JOB["variables"] if name not in script]
    assert unknown == []
    text = FILE.read_text("utf-8").splitlines()
    bare = [
        line for before, line in itertools.pairwise(text) if line.startswith("    RESIDENCY_") and "#" not in before
    ]
    assert bare == []
