"""`pulumi preview` of 500 resources in the real engine: with the policy pack, with one that judges nothing, with none.

As in real use, program, engine and pack are processes of their own; the providers are stand-ins.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from tests.benchmarks.measure import Series
from tests.engine.build import NoPulumiError, find_or_build
from tests.engine.harness import ROOT, Engine, Pack

PACKS = {
    "ours": [Pack(ROOT / "policy_packs" / "europe")],
    "idle": [Pack(Path(__file__).parent / "idle_pack")],
    "none": [],
}


def previews(runs: int) -> dict[str, Series] | None:
    """With each pack and with none, in turn; None where there is no engine."""
    try:
        binary = find_or_build()
    except NoPulumiError:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(binary.path, Path(scratch))
        try:
            return _measured(engine, runs)
        finally:
            engine.close()


def _measured(engine: Engine, runs: int) -> dict[str, Series]:
    config = {"aws:region": "eu-west-1"}
    stacks = {name: engine.served(_program_process, config, name=name, packs=packs) for name, packs in PACKS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in stacks}
    for number in range(runs + 1):
        for name, stack in stacks.items():
            begin = time.perf_counter()
            run = stack.preview()
            if not run.succeeded:
                raise RuntimeError(run.stdout + run.stderr)
            if number:
                seconds[name].append(time.perf_counter() - begin)
    return {name: Series(tuple(taken), 0) for name, taken in seconds.items()}


@contextlib.contextmanager
def _program_process() -> Generator[str]:
    """The address of a program of 500 resources in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.program"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the program's process has no pipes")
        yield process.stdout.readline().strip()
        process.stdin.close()
