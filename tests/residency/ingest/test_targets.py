"""A project folder as a target: what is missing to evaluate it, and which of that leaves the whole in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.ingest import targets
from residency.model import Note

PROGRAM = """
import pulumi
from pulumi_aws import rds
config = pulumi.Config()
rds.Instance("db", region="eu-west-1", instance_class="db.t4g.micro", {line})
"""


def notes(folder: Path, line: str) -> tuple[Note, ...]:
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", encoding="utf-8")
    (folder / "__main__.py").write_text(PROGRAM.format(line=line), encoding="utf-8")
    return targets.read(str(folder), stack=None, others=targets.read_states(()), timeout=60).notes


@pytest.mark.parametrize(
    ("line", "what", "doubt"),
    [
        (
            'password=config.require_secret("p")',
            "config `shop:p` has no value here; a secret string was assumed",
            False,
        ),
        ('username=config.require("u")', "config `shop:u` has no value here; a string was assumed", True),
    ],
)
def test_a_missing_value_is_a_doubt_unless_it_is_a_secret(tmp_path: Path, line: str, what: str, doubt: bool) -> None:
    """A program can choose by a text, never by a secret, which it has only as an output."""
    assert [(note.what, note.doubt) for note in notes(tmp_path, line)] == [(what, doubt)]
