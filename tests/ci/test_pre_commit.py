"""The hooks, run by the real pre-commit from a repository as a user names it; packages come from the registry."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.ci.repositories import LEAK, ROOT, commit, copied, git, machine, own_environment

PRE_COMMIT = ROOT / ".venv" / "bin" / "pre-commit"
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Uploads:
    Type: AWS::S3::Bucket
"""
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps environments; of the module, so that the engine is installed once."""
    return tmp_path_factory.mktemp("pre-commit")


def configured(folder: Path, published: tuple[Path, str], *hooks: dict[str, object]) -> None:
    """A user's configuration; the project's own environment is this one."""
    text = {"repos": [{"repo": str(published[0]), "rev": published[1], "hooks": list(hooks)}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(text), "utf-8")
    (folder / ".gitignore").write_text("/venv\n", "utf-8")


def hooked(folder: Path, home: Path, *arguments: str) -> Done:
    """What ``git commit`` would run. Without a registry the test is skipped, and fails in CI."""
    done = subprocess.run(
        [str(PRE_COMMIT), "run", *arguments],
        cwd=folder,
        env={**machine(), "PRE_COMMIT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "No matching distribution found" in done.stdout + done.stderr and os.environ.get("CI") != "true":
        pytest.skip("no registry of packages can be reached")
    return done


def test_a_commit_that_leaks_is_stopped(tmp_path: Path, published: tuple[Path, str], home: Path) -> None:
    """And one that touches nothing of the kind is left alone. Without `args` the project is the repository."""
    copied(LEAK, tmp_path)
    own_environment(tmp_path)
    (tmp_path / "venv").symlink_to(ROOT / ".venv")
    configured(tmp_path, published, {"id": "residency-check"})
    commit(tmp_path)
    (tmp_path / "notes.txt").write_text("nothing\n", "utf-8")
    git(tmp_path, "add", "notes.txt")
    skipped = hooked(tmp_path, home)
    assert skipped.returncode == 0, skipped.stdout + skipped.stderr
    assert "(no files to check)Skipped" in skipped.stdout
    stopped = hooked(tmp_path, home, "--all-files")
    assert stopped.returncode == 1
    assert "- exit code: 1" in stopped.stdout, stopped.stdout + stopped.stderr
    assert "error[RES001]: data of `documents-dr` would be placed in `us-east-1`" in stopped.stdout


def test_the_templates_of_a_commit_are_judged_where_they_are_to_be(
    tmp_path: Path, published: tuple[Path, str], home: Path
) -> None:
    (tmp_path / "shop.cfn.yaml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "values.yaml").write_text("no: template\n", "utf-8")
    for region, code in (("eu-west-1", 0), ("us-east-1", 1)):
        configured(tmp_path, published, {"id": "residency-cloudformation", "args": [f"--region={region}"]})
        commit(tmp_path)
        done = hooked(tmp_path, home, "--all-files", "--verbose")
        assert done.returncode == code, done.stdout + done.stderr
        assert "1 resource, 1 placement" in done.stdout


def test_which_files_are_templates() -> None:
    (hook,) = (each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")) if "files" in each)
    names = [
        "template.yaml",
        "a/template.json",
        "a/b.template",
        "b.template.json",
        "x.cfn.yml",
        "values.yaml",
        "a.json",
    ]
    assert [each for each in names if re.search(hook["files"], each)] == names[:5]
