"""Git repositories of a user's, and the machines that jobs run on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import run
from tests.ci.actions_runner import Job, StandIn
from tests.ci.github_api import NUMBER, REPOSITORY, TOKEN

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
OWN = {"residency/residency": ROOT, "residency/residency/ci/github/setup": ROOT / "ci" / "github" / "setup"}
FOREIGN = ("GITHUB_", "RUNNER_", "INPUT_", "CI_", "PULUMI_", "TF_", "AWS_")
LEAK, INSIDE = EXAMPLES / "leaks" / "disaster-recovery", EXAMPLES / "inside" / "disaster-recovery"


def machine() -> dict[str, str]:
    """The variables of a machine that knows nothing of this project's own environment."""
    own = {str(ROOT / ".venv" / "bin"), str(Path(sys.executable).parent)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "CI"):
        kept.pop(name, None)
    kept["PATH"] = os.pathsep.join(each for each in kept["PATH"].split(os.pathsep) if each not in own)
    # What is downloaded is shared with this project's own set-up, so that a run downloads nothing twice.
    kept.setdefault("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv"))
    return kept


def stand_ins(**more: StandIn) -> Mapping[str, StandIn]:
    """What foreign actions do here: a Python is there, everything else does nothing."""

    def nothing(_job: Job, _given: Mapping[str, str]) -> Mapping[str, str]:
        return {}

    def python(_job: Job, given: Mapping[str, str]) -> Mapping[str, str]:
        assert given["update-environment"] == "false"
        return {"python-path": sys.executable}

    return {
        "actions/setup-python": python,
        "actions/cache": nothing,
        "actions/checkout": nothing,
        "actions/upload-artifact": nothing,
        "actions/download-artifact": nothing,
        "github/codeql-action/upload-sarif": nothing,
        "hashicorp/setup-terraform": nothing,
        "pulumi/actions": nothing,
        **more,
    }


def job(
    workspace: Path,
    temp: Path,
    *,
    event_name: str = "pull_request",
    api: str = "",
    event: Mapping[str, Any] | None = None,
) -> Job:
    """A job of a pull request of the repository's own."""
    pull = {"pull_request": {"number": NUMBER, "head": {"repo": {"full_name": REPOSITORY}}}}
    temp.mkdir(parents=True, exist_ok=True)
    return Job(
        workspace=workspace,
        temp=temp,
        github={
            "event_name": event_name,
            "event": dict(event if event is not None else pull),
            "repository": REPOSITORY,
            "api_url": api or "http://127.0.0.1:9",
            "token": TOKEN,
        },
        environment=machine(),
        own=OWN,
        stand_ins=stand_ins(),
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git without the user's own settings."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *names, *arguments],
        cwd=folder,
        env={**machine(), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "change") -> str:
    """Commit everything; the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def copied(source: Path, folder: Path) -> Path:
    """A project's files in another folder."""
    return Path(shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")))


def own_environment(project: Path) -> None:
    """Have a project name the folder of its environment, as `pulumi new` writes it."""
    file = project / "Pulumi.yaml"
    named = "runtime: {name: python, options: {virtualenv: venv}}"
    file.write_text(file.read_text("utf-8").replace("runtime: python", named), "utf-8")


ENGINE = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "ci", "pyproject.toml", "residency", "run.py", "uv.lock")
"""What of this repository a user of its CI pieces gets; tests and docs are left out, to be quick."""


def published(folder: Path) -> str:
    """This repository as a user's tools fetch it, with what is not committed yet; the commit."""
    for name in ENGINE:
        source = ROOT / name
        if source.is_dir():
            copied(source, folder / name)
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy2(source, folder / name)
    return commit(folder)


def with_uv(folder: Path) -> dict[str, str]:
    """A machine that has uv, as this project's own set-up has it: a test need not install it again."""
    folder.mkdir()
    (folder / "uv").symlink_to(run.uv())
    found = machine()
    return {**found, "PATH": os.pathsep.join((str(folder), found["PATH"]))}
