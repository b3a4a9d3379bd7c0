"""`pulumi preview` of 500 resources in the real engine, with the policy pack and without."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pulumi_aws as aws

from tests.benchmarks.measure import Series
from tests.engine.build import NoPulumiError, find_or_build
from tests.engine.harness import ROOT, Engine, Pack

RESOURCES = 500


def program() -> None:
    """Buckets and queues in Ireland."""
    for number in range(RESOURCES // 2):
        aws.s3.Bucket(f"bucket-{number}")
        aws.sqs.Queue(f"queue-{number}")


def previews(runs: int) -> tuple[Series, Series] | None:
    """With and without the pack, in turn; None where there is no engine."""
    try:
        binary = find_or_build()
    except NoPulumiError:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(binary.path, Path(scratch))
        try:
            pack = Pack(ROOT / "policy_packs" / "europe")
            stacks = (
                engine.stack(program, {"aws:region": "eu-west-1"}, name="with", packs=[pack]),
                engine.stack(program, {"aws:region": "eu-west-1"}, name="without"),
            )
            taken: tuple[list[float], list[float]] = ([], [])
            for number in range(runs + 1):
                for stack, seconds in zip(stacks, taken, strict=True):
                    begin = time.perf_counter()
                    run = stack.preview()
                    if not run.succeeded:
                        raise RuntimeError(run.stdout + run.stderr)
                    if number:
                        seconds.append(time.perf_counter() - begin)
        finally:
            engine.close()
    return Series(tuple(taken[0]), 0), Series(tuple(taken[1]), 0)
