"""A program of 500 resources, served to the engine until standard input ends; prints its address."""

from __future__ import annotations

import sys

from tests.engine.harness import inline

RESOURCES = 500


def program() -> None:
    """Buckets and queues in Ireland."""
    # As in a real program, the SDK is loaded when the engine has asked for the program to run.
    import pulumi_aws as aws  # noqa: PLC0415

    for number in range(RESOURCES // 2):
        aws.s3.Bucket(f"bucket-{number}")
        aws.sqs.Queue(f"queue-{number}")


if __name__ == "__main__":
    with inline(program) as address:
        print(address, flush=True)  # noqa: T201 - the answer to the process that started this one
        sys.stdin.read()
