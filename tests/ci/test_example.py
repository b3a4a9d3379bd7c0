"""The example workflow: every shell step of it runs, with our own actions, in jobs that pass on what they keep."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci import repositories
from tests.ci.actions_runner import FAILURE, SKIPPED, SUCCESS, Job, StepRun
from tests.ci.expressions import evaluate
from tests.ci.github_api import NUMBER, REPOSITORY, Comments
from tests.ci.repositories import INSIDE, LEAK, ROOT, commit, copied, git, own_environment
from tests.terraform.providers import providers
from tests.terraform.serve import attached

FILE = ROOT / "examples" / "ci" / "github-workflow.yml"
WORKFLOW: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
TERRAFORM = ROOT / "tests" / "residency" / "ingest" / "terraform" / "fixtures"
PULUMI = """#!/bin/sh
echo "$PWD: pulumi $*" >> "$CALLS"
"""
PLANNED = """#!/bin/sh
case $1 in show) cat "$RECORDED" ;; esac
"""


class Pipeline:
    """The workflow in one repository: jobs on machines of their own, and what they keep for one another.

    Attributes:
        calls: what ``pulumi`` was called with.
        kept: the folder of artifacts.
    """

    def __init__(self, folder: Path, runner_temp: Path, api: str, environment: Mapping[str, str]) -> None:
        self.repository = folder / "repository"
        self.kept = folder / "artifacts"
        self._folder = folder
        self._temp = runner_temp
        self._api = api
        self._environment = environment
        self.calls = folder / "calls"
        self.calls.write_text("", "utf-8")

    def event(self, name: str) -> Mapping[str, Any]:
        """A pull request of the repository's own, or a push."""
        base = {"sha": git(self.repository, "rev-list", "--max-parents=0", "HEAD")}
        pull = {"number": NUMBER, "base": base, "head": {"repo": {"full_name": REPOSITORY}}}
        return {"pull_request": pull} if name == "pull_request" else {}

    def run(self, name: str, event: str) -> list[StepRun]:
        """Run one job: a checkout of its own, then its steps."""
        workspace = self._folder / f"{name}-{event}"
        git(self._folder, "clone", "--quiet", str(self.repository), str(workspace))
        place = repositories.job(workspace, self._temp, event_name=event, api=self._api, event=self.event(event))
        place.environment |= {**self._environment, "CALLS": str(self.calls)}
        place.stand_ins = repositories.stand_ins(
            **{
                "actions/upload-artifact": self._keep,
                "actions/download-artifact": self._fetch,
                "pulumi/actions": self._install_pulumi,
            }
        )
        place.secrets = {"PULUMI_ACCESS_TOKEN": "given"}
        return place.run(JOBS[name]["steps"], {}, None)

    def _keep(self, job: Job, given: Mapping[str, str]) -> Mapping[str, str]:
        target = self.kept / given["name"]
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(job.workspace / given["path"], target)
        return {}

    def _fetch(self, job: Job, given: Mapping[str, str]) -> Mapping[str, str]:
        shutil.copytree(self.kept / given["name"], job.workspace, dirs_exist_ok=True)
        return {}

    def _install_pulumi(self, job: Job, _given: Mapping[str, str]) -> Mapping[str, str]:
        command(job.temp / "pulumi-bin", "pulumi", PULUMI)
        job.environment["PATH"] = os.pathsep.join((str(job.temp / "pulumi-bin"), job.environment["PATH"]))
        return {}


def command(folder: Path, name: str, text: str) -> None:
    """A command of our own making."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    (folder / name).chmod(0o755)


def wheels(folder: Path) -> Path:
    """What ``requirements.txt`` names: a package that lends the SDKs of this environment, so that none is fetched."""
    lent = next(path for path in sys.path if path.endswith("site-packages"))
    with zipfile.ZipFile(folder / "lent_sdks-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("lent_sdks.pth", lent + "\n")
        wheel.writestr("lent_sdks-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: lent-sdks\nVersion: 1\n")
        wheel.writestr("lent_sdks-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("lent_sdks-1.dist-info/RECORD", "")
    return folder


@pytest.fixture
def terraform(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """The variables of a machine with Terraform: the real one where it is at hand, else one that tells what it told."""
    with ExitStack() as stack:
        found = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels(tmp_path))}
        if shutil.which("terraform"):
            settings = tmp_path / "terraform.rc"
            settings.touch()
            found |= {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": str(settings)}
            found["TF_REATTACH_PROVIDERS"] = stack.enter_context(attached(providers()))
        else:
            command(tmp_path / "terraform-bin", "terraform", PLANNED)
            path = os.pathsep.join((str(tmp_path / "terraform-bin"), repositories.machine()["PATH"]))
            found |= {"PATH": path, "RECORDED": str(tmp_path / "repository" / "terraform" / "recorded")}
        yield found


@pytest.fixture
def pipeline(tmp_path: Path, runner_temp: Path, comments: Comments, terraform: Mapping[str, str]) -> Pipeline:
    """The workflow in a repository where everything is inside."""
    made = Pipeline(tmp_path, runner_temp, comments.url, terraform)
    project = copied(INSIDE, made.repository / "infra")
    own_environment(project)
    (project / "Pulumi.dev.yaml").rename(project / "Pulumi.prod.yaml")
    (project / "requirements.txt").write_text("lent-sdks\n", "utf-8")
    (project / ".gitignore").write_text("/venv/\n", "utf-8")
    planned(made, "inside")
    commit(made.repository)
    return made


def planned(pipeline: Pipeline, fixture: str) -> None:
    """Have the repository's Terraform be one of the recorded ones."""
    folder = pipeline.repository / "terraform"
    shutil.rmtree(folder, ignore_errors=True)
    copied(TERRAFORM / fixture, folder)
    for plan in folder.glob("*.json"):
        plan.rename(folder / "recorded") if plan.name == "plan.json" else plan.unlink()


def leaks(pipeline: Pipeline) -> None:
    """Have the program leak."""
    for name in ("__main__.py", "Pulumi.yaml"):
        (pipeline.repository / "infra" / name).write_bytes((LEAK / name).read_bytes())
    own_environment(pipeline.repository / "infra")
    commit(pipeline.repository, "leak")


def conclusions(steps: list[StepRun]) -> dict[str, str]:
    """By the steps' names."""
    return {each.name: each.conclusion for each in steps}


def test_every_step_runs_and_what_is_inside_is_deployed(pipeline: Pipeline, comments: Comments) -> None:
    """The whole workflow of a push, job by job in the order of ``needs``."""
    ran = {name: pipeline.run(name, "push") for name in ("program", "terraform", "deploy")}
    assert ran.keys() == JOBS.keys()
    for name, steps in ran.items():
        assert set(conclusions(steps).values()) == {SUCCESS}, (name, [each.log for each in steps])
        assert all(each.code == 0 for each, step in zip(steps, JOBS[name]["steps"], strict=True) if "run" in step)
    deploy = {each.name: each for each in ran["deploy"]}
    assert "accepted: the record is of this input" in deploy["Require the record of exactly this program"].log
    (call,) = pipeline.calls.read_text("utf-8").splitlines()
    assert call.endswith("/deploy-push/infra: pulumi up --yes --stack prod")
    assert comments.calls == [], "a push has no pull request to comment on"


def test_a_pull_request_that_leaks_fails_says_what_it_does_and_keeps_no_record(
    pipeline: Pipeline, comments: Comments
) -> None:
    leaks(pipeline)
    steps = pipeline.run("program", "pull_request")
    assert conclusions(steps)["Judge the program"] == FAILURE
    assert conclusions(steps)["Keep the record"] == SKIPPED
    assert not pipeline.kept.exists()
    assert "`documents-dr`" in comments.bodies[0].split("\n\n")[0]
    assert "::error file=infra/__main__.py,line=" in steps[2].log


def test_a_plan_that_leaks_fails(pipeline: Pipeline) -> None:
    """With the line of the configuration that was planned."""
    planned(pipeline, "disaster-recovery")
    commit(pipeline.repository, "leak")
    steps = pipeline.run("terraform", "pull_request")
    assert conclusions(steps)["Plan"] == SUCCESS, steps[2].log
    assert (steps[-1].conclusion, steps[-1].code) == (FAILURE, 1)
    assert "::error file=terraform/" in steps[-1].log


def test_nothing_is_deployed_that_was_changed_after_the_check(pipeline: Pipeline) -> None:
    pipeline.run("program", "push")
    leaks(pipeline)
    steps = pipeline.run("deploy", "push")
    required = next(each for each in steps if each.name == "Require the record of exactly this program")
    assert required.code == 1
    assert "refused: `record.json`: " in required.log
    assert conclusions(steps)["Deploy"] == SKIPPED
    assert pipeline.calls.read_text("utf-8") == ""


def test_nothing_is_deployed_whose_check_was_skipped(pipeline: Pipeline) -> None:
    """The record of a leak is no way around either."""
    (pipeline.kept / "residency-record").mkdir(parents=True)
    steps = pipeline.run("deploy", "push")
    required = next(each for each in steps if each.name == "Require the record of exactly this program")
    assert "refused: there is no record at `record.json`" in required.log
    assert pipeline.calls.read_text("utf-8") == ""


@pytest.mark.parametrize(("event", "head", "runs"), [("push", None, True), ("pull_request", REPOSITORY, True)])
def test_plans_are_made_where_there_are_credentials(event: str, head: str | None, runs: bool) -> None:
    assert job_runs("terraform", event, head) is runs


def test_a_fork_gets_the_check_of_the_program_and_nothing_with_credentials() -> None:
    assert "if" not in JOBS["program"]
    assert not job_runs("terraform", "pull_request", "mallory/shop")
    assert not job_runs("deploy", "pull_request", REPOSITORY)
    assert job_runs("deploy", "push", None)


def job_runs(name: str, event: str, head: str | None) -> bool:
    """Whether the ``if`` of a job holds; ``head`` is the repository that a pull request comes from."""
    pull = {"pull_request": {"head": {"repo": {"full_name": head}}}} if head else {}
    github = {"event_name": event, "event": pull, "repository": REPOSITORY}
    return bool(evaluate(JOBS[name]["if"], {"github": github}))


def test_each_job_has_the_permissions_it_needs_and_no_others() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "program": {"contents": "read", "security-events": "write", "pull-requests": "write"},
        "terraform": {"contents": "read", "security-events": "write"},
        "deploy": {"contents": "read"},
    }
    assert set(JOBS["deploy"]["needs"]) == {"program", "terraform"}
    checkouts = [step for job in JOBS.values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert len(checkouts) == len(JOBS)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
