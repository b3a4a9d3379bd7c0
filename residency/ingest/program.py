"""A Pulumi program in Python, evaluated without an engine, a cloud or credentials.

In:  a project's folder, a stack's name, a time limit, and other stacks' outputs where they are known.
Out: an Evaluation: the resources that the program declares, in the shape of a deployment (version 3), with
     URNs, default providers and unknowns as a preview has them, and everything that had to be assumed.

The program runs in the interpreter of its own project, in a process (and process group) of its own, by the
package beside this module, which is loaded there by its location. It reads no secret and no cloud; what it asks
them is answered by placeholders, which are recorded.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from residency.errors import InputError
from residency.ingest.home import Home
from residency.ingest.pulumi_project import Project, how_to_install, read_project
from residency.model import Note

_EVALUATOR = Path(__file__).with_name("evaluator")
_BOOTSTRAP = """
import importlib.util as u, sys
p = sys.argv[1]
s = u.spec_from_file_location("_residency_evaluator", p + "/__init__.py", submodule_search_locations=[p])
sys.modules[s.name] = m = u.module_from_spec(s)
s.loader.exec_module(m)
from _residency_evaluator.child import main
main()
"""
_NOT_FOR_PROGRAMS = (
    "PULUMI_CONFIG",  # would be read as configuration of this stack
    "PULUMI_CONFIG_SECRET_KEYS",
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
    "PULUMI_ACCESS_TOKEN",
)
_NETWORK_HELP = (
    "the program itself calls the network, which is not answered here: check it where the call works, or judge the"
    " output of `pulumi preview --json`"
)
_VERSION_HELP = "install the version that the program was written for, or mend the program"
_MAY_BE_UNSET = ("crash", "exit")  # kinds of failure that a value which nobody set may explain
_ORGANIZATION = "organization"  # as Pulumi's own do-it-yourself backends call it


class Assumed(msgspec.Struct, frozen=True, order=True):
    """A value that the program asked for and that was made up.

    Attributes:
        kind: ``config``, ``invoke`` or ``stack-reference``.
        name: the configuration key, function token or stack.
        type: of what type the placeholder is.
        where: ``file:line`` that asked, relative to the project; empty where it is not known.
    """

    kind: str
    name: str
    type: str
    where: str


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What a program declares.

    Attributes:
        project, stack: as in the URNs.
        resources: deployment resources, sorted by URN, secrets' texts replaced.
        assumed: what was made up, sorted.
        notes: what could not be seen, sorted.
        reads: the user's own files that it was made of, relative to the project, where they were asked for.
    """

    project: str
    stack: str
    resources: tuple[dict[str, Any], ...]
    assumed: tuple[Assumed, ...] = ()
    notes: tuple[Note, ...] = ()
    reads: tuple[str, ...] = ()


class _Failure(msgspec.Struct, frozen=True):
    kind: str
    type: str
    message: str
    where: str
    frames: tuple[str, ...]
    name: str = ""
    assumed: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    package: str = ""


class _Answer(msgspec.Struct, frozen=True):
    resources: tuple[dict[str, Any], ...] = ()
    assumed: tuple[tuple[str, str, str, str], ...] = ()
    notes: tuple[tuple[str, str, bool, str], ...] = ()
    reads: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    failure: _Failure | None = None


class _Deadline(NamedTuple):
    seconds: float
    end: float


def evaluate(  # noqa: PLR0913 - each names one thing that the evaluation may need
    project: Path,
    *,
    stack: str | None,
    timeout: float,
    states: Mapping[str, Mapping[str, Any]] | None = None,
    origins: bool = False,
    home: Home | None = None,
    reads: bool = False,
) -> Evaluation:
    """Run the program of a project and give what it declares.

    A program that fails, and asked for optional values that are not set, is run again with placeholders for these.

    Args:
        project: the project's folder, or its Pulumi.yaml.
        stack: the stack's name; None for the only one.
        timeout: seconds after which the program's whole process group is ended, all its runs together.
        states: outputs of other stacks by the name the program gives them, as they stand in a state file.
        origins: write an unknown part of a property as an output value that names the resources this very part comes
            from, as no preview does; without it they are named for each property as a whole.
        home: the user's own project, where this one is another revision of it.
        reads: whether to find out which files the program is made of; it is slower then.

    Raises:
        InputError: the project's files are not usable, a module is missing, the program fails or never ends.
    """
    found = read_project(project, stack, home.project if home else None)
    deadline = _Deadline(timeout, time.monotonic() + timeout)
    options: dict[str, Any] = {"states": states or {}, "origins": origins, "reads": reads}
    if home:
        options["elsewhere"] = [str(home.top), str(home.files)]
    answer = _run_until_answered(found, deadline, options)
    if answer.failure is not None:
        raise _error(found, answer.failure)
    if home:
        home.refuse(answer.strays)
    notes = {
        *found.notes,
        *(Note(what=what, where=where, doubt=doubt, settle=settle) for what, where, doubt, settle in answer.notes),
    }
    return Evaluation(
        project=found.name,
        stack=found.stack,
        resources=answer.resources,
        assumed=tuple(Assumed(*item) for item in answer.assumed),
        notes=tuple(sorted(notes)),
        reads=answer.reads,
    )


def _run_until_answered(project: Project, deadline: _Deadline, options: Mapping[str, Any]) -> _Answer:
    answered: set[str] = set()
    while True:
        answer = _run(project, deadline, {**options, "answered": sorted(answered)})
        failure = answer.failure
        if failure is None or failure.kind not in _MAY_BE_UNSET or answered.issuperset(failure.unanswered):
            return answer
        answered.update(failure.unanswered)


def _run(project: Project, deadline: _Deadline, options: Mapping[str, Any]) -> _Answer:
    with tempfile.TemporaryDirectory(prefix="residency-") as scratch:
        answer = Path(scratch) / "answer.json"
        request = {
            "project": project.name,
            "stack": project.stack,
            "organization": _ORGANIZATION,
            "root": str(project.root),
            "folder": str(project.folder),
            "program": str(project.program),
            "config": project.config,
            "secrets": project.secrets,
            **options,
            "answer": str(answer),
        }
        code = _child(project, msgspec.json.encode(request), deadline)
        if not answer.is_file():
            raise InputError(
                f"the program's process ended without an answer (exit code {code})",
                where=_relative(project),
                help=f"run it alone to see why: `{project.interpreter} {_relative(project)}`",
            )
        return msgspec.json.decode(answer.read_bytes(), type=_Answer)


def _child(project: Project, request: bytes, deadline: _Deadline) -> int:
    environment = {key: value for key, value in os.environ.items() if key not in _NOT_FOR_PROGRAMS}
    environment["RESIDENCY_EVALUATION"] = "1"  # a guard in the program leaves the judging to the check
    try:
        process = subprocess.Popen(  # noqa: S603 - the project's interpreter, our own code
            [project.interpreter, "-c", _BOOTSTRAP, _EVALUATOR],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=project.folder,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise InputError(
            f"the interpreter `{project.interpreter}` does not start: {error.strerror}",
            where="Pulumi.yaml: runtime",
        ) from None
    try:
        process.communicate(request, timeout=max(0.0, deadline.end - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise InputError(
            f"the program did not end within {deadline.seconds:g} seconds",
            where=_relative(project),
            help="give it longer with `--timeout`, or see what it waits for",
        ) from None
    finally:
        _end_group(process)
    return process.returncode


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the child and everything it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # the whole group has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _error(project: Project, failure: _Failure) -> InputError:
    where = failure.where or _relative(project)
    if failure.kind == "module" and failure.package:
        what = f"the program needs the module `{failure.name}`, which `{failure.package}` does not have"
        return InputError(what, where=where, help=_VERSION_HELP)
    if failure.kind == "module":
        what = f"the program needs the module `{failure.name}`, which `{project.interpreter}` does not have"
        return InputError(what, where=where, help=how_to_install(project, failure.name))
    if failure.kind == "exit":
        return InputError(f"the program ended itself with exit code {failure.message}", where=where)
    what = f"the program failed: {failure.type}"
    if failure.message:
        what += f": {failure.message}"
    if failure.kind == "network":
        return InputError(what, where=where, help=_NETWORK_HELP)
    advice = [f"called from {'; '.join(failure.frames)}"] if len(failure.frames) > 1 else []
    if failure.package:
        lacks = "asks for it" if failure.message.startswith("Missing") else "does not have that name"
        advice.append(f"`{failure.package}` is installed and {lacks}: {_VERSION_HELP}")
    elif failure.assumed:
        keys = ", ".join(f"`{key}`" for key in failure.assumed)
        advice.append(f"no value is configured for {keys}, and a placeholder may not fit: choose a stack that has them")
    return InputError(what, where=where, help="; ".join(advice))


def _relative(project: Project) -> str:
    return (
        project.program.relative_to(project.root).as_posix()
        if project.program.is_relative_to(project.root)
        else project.program.name
    )
