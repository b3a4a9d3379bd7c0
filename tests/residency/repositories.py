"""Small git repositories with Pulumi projects in them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

PROJECT = "name: shop\nruntime: python\n"
STACK = "config:\n  aws:region: eu-west-1\n"
IDENTITY = {f"GIT_{who}_{what}": "tests@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> str:
    """One call of git, without any configuration of the machine's."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **IDENTITY}
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def repository(folder: Path) -> Path:
    """An empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def committed(folder: Path, **files: str) -> str:
    """Write files by their paths, commit all, give the commit."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=change")
    return git(folder, "rev-parse", "HEAD").strip()


def program(*lines: str) -> str:
    """A program that declares resources."""
    return "\n".join(("import pulumi_aws as aws", *lines)) + "\n"


def shop(folder: Path, *lines: str, project: str = "infra", **more: str) -> str:
    """Commit a project whose program has these lines; keys of ``more`` are its further files."""
    files = {"Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": STACK, "__main__.py": program(*lines), **more}
    return committed(folder, **{f"{project}/{name}": text for name, text in files.items()})
