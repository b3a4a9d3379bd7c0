"""Whole processes, measured in turn: A B A B ..., so that a machine that slows down slows both.

In:  commands.
Out: wall seconds and peak memory of each run, as the operating system counts them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Series:
    """The runs of one command."""

    seconds: tuple[float, ...]
    peak_bytes: int

    @property
    def median(self) -> float:
        """Median of the wall seconds."""
        return statistics.median(self.seconds)

    def shown(self) -> str:
        """Minimum, median and maximum, for people."""
        return f"{min(self.seconds):.3f} / {self.median:.3f} / {max(self.seconds):.3f} s"


def interleaved(commands: Mapping[str, Sequence[str]], runs: int, *, warm: bool = True) -> dict[str, Series]:
    """Run each command once to warm up, then all in turn.

    Args:
        commands: by name.
        runs: counted runs of each.
        warm: whether there is a run that is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    peaks = dict.fromkeys(commands, 0)
    for number in range(0 if warm else 1, runs + 1):
        for name, command in commands.items():
            taken, peak = _once(command)
            if number:
                seconds[name].append(taken)
                peaks[name] = max(peaks[name], peak)
    return {name: Series(tuple(seconds[name]), peaks[name]) for name in commands}


def ratio(own: Series, peer: Series) -> float:
    """Median of the ratios pair by pair."""
    return statistics.median(a / b for a, b in zip(own.seconds, peer.seconds, strict=True))


def _once(command: Sequence[str]) -> tuple[float, int]:
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2]
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begin, usage.ru_maxrss * 1024
