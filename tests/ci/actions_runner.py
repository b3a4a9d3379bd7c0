"""Runs the steps of a workflow's job, or of a composite action, as GitHub's runner does, without GitHub.

In:  steps as in the file; our own actions by their name; for each foreign action what stands in for it.
Out: a StepRun for each: what it printed, its outputs, its conclusion. Shells are real. A foreign action is not run: it
     is recorded with its inputs, which tests look at, and its stand-in gives its outputs.
     Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, read 2026-11-26.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.ci.expressions import condition, expand

SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"], None: ["bash", "-e"]}
SUCCESS, FAILURE, SKIPPED = "success", "failure", "skipped"

StandIn = Callable[["Job", Mapping[str, str]], Mapping[str, str]]


@dataclass
class StepRun:
    """What came of a step.

    Attributes:
        name: as in the file, else its id or what it runs.
        uses: the action and its inputs, where it is one.
        conclusion: success, failure or skipped; after ``continue-on-error`` a success.
        code: the exit code of a shell, None where none ran.
        log: what it printed, both streams.
        outputs: by name.
        inner: the steps of a composite action.
    """

    name: str
    uses: str = ""
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    conclusion: str = SUCCESS
    code: int | None = None
    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict[str, str])
    inner: list[StepRun] = field(default_factory=list["StepRun"])


@dataclass
class Job:
    """A job on a machine of its own.

    Attributes:
        workspace: where the repository is checked out.
        temp: the runner's temporary folder.
        github: the ``github`` context; its ``event`` becomes the event's file.
        environment: variables of the machine and the job.
        own: folders of our actions by their name without version.
        stand_ins: what foreign actions do here, by their name without version.
        secrets: the ``secrets`` context.
    """

    workspace: Path
    temp: Path
    github: dict[str, Any]
    environment: dict[str, str]
    own: Mapping[str, Path]
    stand_ins: Mapping[str, StandIn]
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    summary: str = ""

    def run(self, steps: Sequence[Mapping[str, Any]], inputs: Mapping[str, str], action: Path | None) -> list[StepRun]:
        """Run steps in their order; after a failure only those whose ``if`` asks for it."""
        found: list[StepRun] = []
        by_id: dict[str, Any] = {}
        for step in steps:
            contexts = self._contexts(inputs, by_id, action)
            failed = any(each.conclusion == FAILURE for each in found)
            status = {"success": lambda f=failed: not f, "always": lambda: True, "failure": lambda f=failed: f}
            name = step.get("name") or step.get("id") or step.get("uses") or step["run"]
            if condition(str(step.get("if", "success()")), contexts, status):
                ran = self._step(name, step, contexts)
            else:
                ran = StepRun(name, conclusion=SKIPPED)
            if ran.conclusion == FAILURE and step.get("continue-on-error"):
                ran.conclusion = SUCCESS
            found.append(ran)
            if "id" in step:
                by_id[step["id"]] = {"outputs": ran.outputs, "conclusion": ran.conclusion}
        return found

    def use(self, name: str, given: Mapping[str, str]) -> StepRun:
        """Use one of our own actions, with values as they are."""
        ran = StepRun(name, uses=name, given=given)
        self._composite(ran, self.own[name])
        return ran

    def _contexts(self, inputs: Mapping[str, str], steps: Mapping[str, Any], action: Path | None) -> Mapping[str, Any]:
        path = {"action_path": str(action)} if action else {}
        runner = {"os": "Linux", "arch": "X64", "temp": str(self.temp)}
        return {
            "inputs": inputs,
            "github": self.github | path,
            "steps": steps,
            "runner": runner,
            "env": self.environment,
            "secrets": self.secrets,
        }

    def _step(self, name: str, step: Mapping[str, Any], contexts: Mapping[str, Any]) -> StepRun:
        if "run" in step:
            return self._shell(name, step, contexts)
        given = {key: expand(_scalar(value), contexts) for key, value in step.get("with", {}).items()}
        ran = StepRun(name, uses=step["uses"], given=given)
        action = step["uses"].split("@")[0]
        if action in self.own:
            self._composite(ran, self.own[action])
        else:
            ran.outputs.update(self.stand_ins[action](self, given))
        return ran

    def _composite(self, ran: StepRun, folder: Path) -> None:
        described: dict[str, Any] = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
        unknown = ran.given.keys() - described["inputs"].keys()
        assert not unknown, f"{ran.uses} has no inputs {sorted(unknown)}"
        contexts = self._contexts({}, {}, folder)
        defaults = {
            name: expand(_scalar(each.get("default", "")), contexts) for name, each in described["inputs"].items()
        }
        inputs = {**defaults, **ran.given}
        steps: list[dict[str, Any]] = described["runs"]["steps"]
        ran.inner = self.run(steps, inputs, folder)
        by_id = {
            step["id"]: {"outputs": each.outputs} for step, each in zip(steps, ran.inner, strict=True) if "id" in step
        }
        for name, each in described.get("outputs", {}).items():
            ran.outputs[name] = expand(each["value"], self._contexts(inputs, by_id, folder))
        ran.log = "".join(each.log for each in ran.inner)
        if any(each.conclusion == FAILURE for each in ran.inner):
            ran.conclusion = FAILURE
            ran.code = next(each.code for each in reversed(ran.inner) if each.conclusion == FAILURE)

    def _shell(self, name: str, step: Mapping[str, Any], contexts: Mapping[str, Any]) -> StepRun:
        files = {each: self.temp / f"_file_{each}" for each in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY", "STATE")}
        for file in files.values():
            file.write_text("", "utf-8")
        event = self.temp / "_event.json"
        event.write_text(json.dumps(self.github["event"]), "utf-8")
        script = self.temp / "_script.sh"
        script.write_text(expand(step["run"], contexts), "utf-8")
        variables = {
            **self.environment,
            **{f"GITHUB_{each}": str(file) for each, file in files.items()},
            **{f"GITHUB_{key.upper()}": value for key, value in self.github.items() if isinstance(value, str)},
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **{key: expand(_scalar(value), contexts) for key, value in step.get("env", {}).items()},
        }
        folder = self.workspace / expand(step.get("working-directory", "."), contexts)
        done = subprocess.run(
            [*SHELLS[step.get("shell")], str(script)],
            cwd=folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        for line in files["PATH"].read_text("utf-8").splitlines():
            self.environment["PATH"] = os.pathsep.join((line, self.environment["PATH"]))
        self.environment.update(_assigned(files["ENV"].read_text("utf-8")))
        self.summary += files["STEP_SUMMARY"].read_text("utf-8")
        return StepRun(
            name,
            conclusion=FAILURE if done.returncode else SUCCESS,
            code=done.returncode,
            log=done.stdout.decode(errors="backslashreplace"),
            outputs=_assigned(files["OUTPUT"].read_text("utf-8")),
        )


def _assigned(text: str) -> dict[str, str]:
    """``name=value`` a line, or ``name<<MARK``, lines, ``MARK``."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n"))
    for line in lines:
        name, mark, end = line.partition("<<")
        if mark and "=" not in name:
            value: list[str] = []
            for each in lines:
                if each == end:
                    break
                value.append(each)
            found[name] = "\n".join(value)
        elif line:
            name, _, value_of_line = line.partition("=")
            found[name] = value_of_line
    return found


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
