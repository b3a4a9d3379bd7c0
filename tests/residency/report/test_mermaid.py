"""The drawing: each resource in its country, each copy an arrow, each box in the colour of the worst said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from residency.cli.main import main
from residency.report.mermaid import render
from tests.residency.samples import sample_result

HERE = Path(__file__).parent


def test_the_sample_is_drawn_as_committed(same_as_file: Callable[[Path, str], None]) -> None:
    same_as_file(HERE / "sample.mmd", render(sample_result()))


def test_a_leak_is_red_and_stands_in_its_country() -> None:
    text = render(sample_result())

    frame = re.search(r'subgraph c\d+\["United States"\]\n(.*?)  end', text, re.DOTALL)
    assert frame is not None
    assert '["copy (Bucket)"]:::outside' in frame.group(1)


def test_a_copy_is_an_arrow_from_what_makes_it_to_its_place() -> None:
    text = render(sample_result())

    rule = re.search(r'(n\d+)\["replication \(BucketReplicationConfig\)"\]', text)
    place = re.search(r'(n\d+)\["us-east-1"\]', text)
    assert rule is not None
    assert place is not None
    assert f"  {rule.group(1)} -->|replica| {place.group(1)}\n" in text


def test_a_name_cannot_end_its_text_or_become_markup() -> None:
    text = render(sample_result())

    assert "\x1b" not in text
    for label in re.findall(r'\["(.*)"\]', text):
        assert not set(label) & set('"<>[]`')


def test_the_command_draws_and_is_no_gate(tmp_path: Path) -> None:
    leaks = HERE.parents[2] / "examples" / "leaks" / "disaster-recovery"

    ended = main(["graph", str(leaks), "--output", str(tmp_path / "drawing.mmd")])

    assert ended == 0
    assert (tmp_path / "drawing.mmd").read_text("utf-8").startswith("flowchart LR\n")
    assert ":::outside" in (tmp_path / "drawing.mmd").read_text("utf-8")
