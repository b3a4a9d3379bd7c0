"""Records the plans and states beside the fixtures' configurations: ``python -m tests.terraform.record [NAME ...]``.

In:  ``fixtures/NAME/*.tf`` and what is below; ``fixtures/NAME/before/`` where something is there already.
Out: ``plan.json``, and where the recipe says so ``plan-target.json``, ``plan-destroy.json``, ``state.json`` and, if
     ``tofu`` is there too, ``plan-opentofu.json``: what ``terraform show -json`` prints, with a fixed time stamp, line
     breaks, and ``relevant_attributes`` (which Terraform gives in no order) sorted. A real Terraform makes them; only
     the providers are stand-ins.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tests.terraform.providers import providers
from tests.terraform.schemas import FIXTURES
from tests.terraform.serve import attached

TIMESTAMP = "2026-01-01T00:00:00Z"
"""What is written for the time of a plan."""


class Recipe(msgspec.Struct, frozen=True):
    """What is recorded of a fixture.

    Attributes:
        targets: also record a plan of these alone.
        destroy: also record a plan that deletes everything that is there before.
        state: also record the state after apply.
        opentofu: also record OpenTofu's plan.
    """

    targets: tuple[str, ...] = ()
    destroy: bool = False
    state: bool = False
    opentofu: bool = False


RECIPES: Mapping[str, Recipe] = {
    "disaster-recovery": Recipe(state=True, opentofu=True),
    "inside": Recipe(),
    "modules": Recipe(state=True),
    "prior-state": Recipe(
        targets=("aws_dynamodb_table.index", "aws_s3_bucket.scans", "aws_s3_bucket.uploads"), destroy=True, state=True
    ),
    "google": Recipe(state=True),
    "azurerm": Recipe(state=True),
    "data-sources": Recipe(state=True),
    "sensitive": Recipe(state=True),
    "unknown": Recipe(),
    "backup": Recipe(state=True),
}
"""Every fixture by its folder."""


def main(names: Sequence[str]) -> None:
    """Record the named fixtures, or all."""
    terraform, opentofu = shutil.which("terraform"), shutil.which("tofu")
    if not terraform:
        raise SystemExit("there is no `terraform` on the PATH")
    for name in names or list(RECIPES):
        for file, text in recorded(name, terraform).items():
            (FIXTURES / name / file).write_text(text, "utf-8")
        if opentofu and RECIPES[name].opentofu:
            (FIXTURES / name / "plan-opentofu.json").write_text(recorded(name, opentofu)["plan.json"], "utf-8")


def recorded(name: str, binary: str) -> Mapping[str, str]:
    """Plan a fixture with a real Terraform; the files' texts by their name."""
    recipe, folder = RECIPES[name], FIXTURES / name
    with tempfile.TemporaryDirectory() as scratch, attached(providers()) as reattach:
        terraform = _Terraform(binary, Path(scratch), reattach)
        if (folder / "before").is_dir():
            terraform.configure(folder / "before")
            terraform.run("apply", "-auto-approve")
        terraform.configure(folder)
        found = {"plan.json": terraform.plan()}
        if recipe.targets:
            found["plan-target.json"] = terraform.plan(*(f"-target={each}" for each in recipe.targets))
        if recipe.destroy:
            found["plan-destroy.json"] = terraform.plan("-destroy")
        if recipe.state:
            terraform.run("apply", "-auto-approve")
            found["state.json"] = terraform.show()
    return found


class _Terraform:
    """A Terraform and its working folder."""

    def __init__(self, binary: str, scratch: Path, reattach: str) -> None:
        self._binary = binary
        self._work = scratch / "work"
        self._settings = scratch / "terraform.rc"
        self._settings.touch()
        kept = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
        self._environment = kept | {
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": str(self._settings),
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            "TF_REATTACH_PROVIDERS": reattach,
        }

    def configure(self, folder: Path) -> None:
        """Put a configuration in place of the one that is there; the state stays."""
        for old in self._work.rglob("*.tf*"):
            if old.suffix in (".tf", ".tfvars"):
                old.unlink()
        ignored = shutil.ignore_patterns("before", "*.json")
        shutil.copytree(folder, self._work, dirs_exist_ok=True, ignore=ignored)
        self.run("init")

    def plan(self, *options: str) -> str:
        """Plan, and show the plan."""
        self.run("plan", "-out=saved", *options)
        return self.show("saved")

    def show(self, *saved: str) -> str:
        """The JSON of a plan, or of the state."""
        found: dict[str, Any] = json.loads(self.run("show", "-json", *saved, colour=()))
        if "timestamp" in found:
            found["timestamp"] = TIMESTAMP
        if "relevant_attributes" in found:
            found["relevant_attributes"].sort(key=json.dumps)
        return json.dumps(found, indent=1, ensure_ascii=False) + "\n"

    def run(self, command: str, *options: str, colour: Sequence[str] = ("-no-color",)) -> str:
        """Run a command; its output. What it says on failure is the error."""
        done = subprocess.run(
            [self._binary, command, *colour, *options],
            cwd=self._work,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"terraform {command} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
