"""A digest changes with everything that it stands for, and with nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from residency.record import digests
from tests.residency.changing import bucket, judged
from tests.residency.perimeter.test_difference import ADDITIONS, with_
from tests.residency.samples import eea


@pytest.mark.parametrize("field", sorted(ADDITIONS))
def test_whatever_a_perimeter_says_is_in_its_digest(field: str) -> None:
    assert digests.of_perimeter(with_(**{field: ADDITIONS[field][0]})) != digests.of_perimeter(eea())


def test_the_day_is_not_in_a_perimeters_digest() -> None:
    """The deployment is on another day than the pull request."""
    later = msgspec.structs.replace(eea(), on=datetime.date(2027, 1, 1))
    assert digests.of_perimeter(later) == digests.of_perimeter(eea())


def test_the_order_of_a_set_is_not_in_a_digest() -> None:
    assert digests.of_value(frozenset("abcdef")) == digests.of_value(frozenset("fedcba"))


def test_any_file_of_the_catalogue_is_in_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places").mkdir()
    monkeypatch.setattr(digests, "_CATALOGUE", tmp_path)
    seen = {digests.of_catalogue()}
    for name, text in (("resources.msgpack", "a"), ("places/aws.toml", "b"), ("places/aws.toml", "c")):
        (tmp_path / name).write_text(text)
        seen.add(digests.of_catalogue())
    (tmp_path / "places" / "aws.toml").rename(tmp_path / "places" / "azure.toml")
    assert len({*seen, digests.of_catalogue()}) == 5


def test_the_tools_digest_is_of_its_code() -> None:
    """The catalogue has its own."""
    assert digests.of_tool() == digests.of_tool()
    assert digests.of_tool() != digests.of_catalogue()


def test_placements_are_the_same_wherever_a_perimeter_ends() -> None:
    wide = judged(bucket("a", "us-east-1"), perimeter=with_(countries=frozenset({"US"})))
    narrow = judged(bucket("a", "us-east-1"))
    assert digests.of_placements(wide.verdicts) == digests.of_placements(narrow.verdicts)
    assert digests.of_verdicts(wide.verdicts) != digests.of_verdicts(narrow.verdicts)
    moved = judged(bucket("a", "eu-west-1"))
    assert digests.of_placements(moved.verdicts) != digests.of_placements(narrow.verdicts)
