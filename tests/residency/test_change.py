"""What a change adds, moves, mends and removes, whatever line it stands on."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from residency.change import ChangeKind, DiffResult
from residency.check import result
from residency.model import Note
from tests.residency.changing import (
    OUTSIDE,
    accepting,
    any_region,
    bucket,
    change,
    judged,
    stacks,
    table,
    told,
)
from tests.residency.samples import AMERICA, BUCKET, IRELAND, eea, graph_of, replicated, resource


def test_a_new_bucket_outside_is_added_and_blocks() -> None:
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "eu-west-1"), bucket("b", "us-east-1")))
    assert told(found) == [("added", "b", "", "outside")]
    assert (found.exit_code, found.unchanged) == (1, 1)


def test_a_new_bucket_inside_is_no_change_to_tell() -> None:
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "eu-west-1"), bucket("b", "eu-north-1")))
    assert (told(found), found.exit_code) == ([], 0)


def test_a_bucket_that_leaves_is_moved_and_blocks() -> None:
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "us-east-1")))
    assert told(found) == [("moved", "a", "inside", "outside")]
    assert found.exit_code == 1


def test_a_bucket_that_moves_between_two_places_outside_blocks() -> None:
    """That it was outside before excuses no other place outside."""
    found = change(judged(bucket("a", "us-east-1")), judged(bucket("a", "us-west-2")))
    assert told(found) == [("moved", "a", "outside", "outside")]
    assert found.exit_code == 1


def test_a_move_between_two_countries_inside_is_shown_and_does_not_block() -> None:
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "eu-north-1")))
    assert told(found) == [("moved", "a", "inside", "inside")]
    assert (found.exit_code, found.blocking) == (0, ())


def test_a_bucket_that_comes_home_is_mended() -> None:
    found = change(judged(bucket("a", "us-east-1")), judged(bucket("a", "eu-west-1")))
    assert told(found) == [("mended", "a", "outside", "inside")]
    assert found.exit_code == 0


def test_a_finding_whose_resource_is_gone_is_removed() -> None:
    found = change(judged(bucket("a", "us-east-1"), bucket("b", "eu-west-1")), judged(bucket("b", "eu-west-1")))
    assert told(found) == [("removed", "a", "outside", "")]


def test_a_finding_whose_placement_is_gone_is_mended() -> None:
    """The table stays; its replica does not."""
    found = change(judged(table("t", "us-east-1")), judged(table("t")))
    assert told(found) == [("mended", "t", "outside", "")]


def test_what_was_there_before_is_listed_and_does_not_block() -> None:
    found = change(judged(bucket("a", "us-east-1")), judged(bucket("a", "us-east-1")))
    assert told(found) == [("carried-over", "a", "outside", "outside")]
    assert found.exit_code == 0


def test_an_acceptance_that_is_lost_is_added() -> None:
    """The same place, and somebody no longer answers for it."""
    old = bucket("old", "us-east-1")
    found = change(judged(old, perimeter=accepting()), judged(old))
    assert told(found) == [("added", "old", "outside", "outside")]
    assert found.exit_code == 1


def test_an_acceptance_mends_and_is_told_as_a_change_of_the_perimeter() -> None:
    old = bucket("old", "us-east-1")
    found = change(judged(old), judged(old, perimeter=accepting()))
    assert told(found) == [("mended", "old", "outside", "outside")]
    assert found.widened == ("adds or alters exemption `RES001 for old*` in the perimeter `eea`",)


def test_a_wider_perimeter_is_told() -> None:
    """Nothing moves, and yet more would pass."""
    wider = msgspec.structs.replace(eea(), countries=eea().countries | {"US"})
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "us-east-1"), perimeter=wider))
    assert told(found) == [("moved", "a", "inside", "inside")]
    assert found.widened == ("adds United States (US) to the perimeter `eea`",)


def test_a_narrower_perimeter_makes_findings() -> None:
    narrow = msgspec.structs.replace(eea(), countries=frozenset({"NO"}))
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "eu-west-1"), perimeter=narrow))
    assert told(found) == [("added", "a", "inside", "outside")]
    assert found.exit_code == 1


def test_only_undetermined_added_ends_with_3() -> None:
    before, after = judged(bucket("a", "eu-west-1")), judged(bucket("a", "moon-1"))
    assert told(change(before, after)) == [("moved", "a", "inside", "undetermined")]
    assert change(before, after).exit_code == 3
    warned = judged(bucket("a", "moon-1"), perimeter=eea().with_undetermined(blocks=False))
    assert change(before, warned).exit_code == 0


def test_an_unknown_that_is_another_unknown_is_not_carried_over() -> None:
    """Both have no location, so that only the reason tells them apart."""
    here = replicated(destination="arn:aws:s3:::one")
    there = replicated(destination="arn:aws:s3:::two")
    found = change(judged(*here), judged(*there))
    assert ("moved", "replication", "undetermined", "undetermined") in told(found)
    assert found.exit_code == 3
    assert change(judged(*here), judged(*here)).exit_code == 0


def test_a_replica_that_changes_its_place_in_the_list_is_the_same() -> None:
    """Identity is not the index: a new first element moves nothing."""
    found = change(judged(table("t", "us-east-1")), judged(table("t", "eu-north-1", "us-east-1")))
    assert told(found) == [("carried-over", "t", "outside", "outside")]
    worse = change(judged(table("t", "eu-north-1")), judged(table("t", "us-east-1", "eu-north-1")))
    assert told(worse) == [("added", "t", "", "outside")]


def test_a_second_copy_in_the_same_place_is_added() -> None:
    """One that was there before covers one."""
    found = change(judged(table("t", "us-east-1")), judged(table("t", "us-east-1", "us-east-1")))
    assert sorted(told(found)) == [("added", "t", "", "outside"), ("carried-over", "t", "outside", "outside")]


def test_a_place_that_was_inherited_and_is_written_down_is_the_same() -> None:
    before = judged(AMERICA, resource(BUCKET, "a", {"bucket": "a"}, by="us"))
    after = judged(AMERICA, resource(BUCKET, "a", {"bucket": "a", "region": "us-east-1"}, by="us"))
    assert told(change(before, after)) == [("carried-over", "a", "outside", "outside")]


def test_an_inherited_place_that_is_overruled_is_moved() -> None:
    before = judged(IRELAND, resource(BUCKET, "a", {"bucket": "a"}, by="eu"))
    after = judged(IRELAND, resource(BUCKET, "a", {"bucket": "a", "region": "us-east-1"}, by="eu"))
    assert told(change(before, after)) == [("moved", "a", "inside", "outside")]


def test_a_doubt_about_a_target_is_the_same_under_another_name_and_on_another_line() -> None:
    """Two files of one stack have two names."""

    def doubted(target: str, line: int, what: str = "a value was assumed") -> Any:
        graph = graph_of(bucket("a", "eu-west-1"), target=target)
        note = Note(what, f"__main__.py:{line}", doubt=True)
        return result([msgspec.structs.replace(graph, notes=(note,))], eea())

    assert told(change(doubted("old.json", 1), doubted("new.json", 9))) == [
        ("carried-over", "new.json", "undetermined", "undetermined")
    ]
    assert change(doubted("old.json", 1), doubted("new.json", 9)).exit_code == 0
    assert change(doubted("old.json", 1), doubted("new.json", 1, "another")).exit_code == 3


def test_a_side_that_does_not_exist_has_nothing() -> None:
    leak = judged(bucket("a", "us-east-1"))
    assert told(change(None, leak)) == [("added", "a", "", "outside")]
    assert told(change(leak, None)) == [("removed", "a", "outside", "")]


def test_what_blocks_comes_first() -> None:
    before = judged(bucket("a", "us-east-1"), bucket("b", "us-east-1"), bucket("c", "eu-west-1"))
    after = judged(bucket("b", "us-east-1"), bucket("c", "us-west-1"), bucket("d", "us-west-1"))
    assert [kind for kind, *_ in told(change(before, after))] == ["added", "moved", "carried-over", "removed"]


@pytest.mark.parametrize("kind", ChangeKind)
def test_each_kind_is_reached_by_name(kind: ChangeKind) -> None:
    before = judged(
        bucket("gone", "us-east-1"), bucket("stays", "us-east-1"), bucket("home", "us-east-1"), bucket("c", "eu-west-1")
    )
    after = judged(
        bucket("new", "us-east-1"), bucket("stays", "us-east-1"), bucket("home", "eu-west-1"), bucket("c", "us-east-1")
    )
    assert [each.kind for each in change(before, after).of(kind)] == [kind]


@settings(deadline=None)
@given(stacks())
def test_a_thing_compared_with_itself_changes_nothing(records: list[dict[str, Any]]) -> None:
    """Whatever it has, all of it was there before."""
    found = change(judged(*records, perimeter=accepting()), judged(*records, perimeter=accepting()))
    assert {each.kind for each in found.changes} <= {ChangeKind.CARRIED_OVER}
    assert found.exit_code == 0


def begun(found: DiffResult) -> list[str]:
    """The findings that were none before."""
    return sorted(
        each.after.fingerprint
        for each in found.changes
        if each.after and each.after.blocks and not (each.before and each.before.blocks)
    )


def ended(found: DiffResult) -> list[str]:
    """The findings that are none any more."""
    return sorted(
        each.before.fingerprint
        for each in found.changes
        if each.before and each.before.blocks and not (each.after and each.after.blocks)
    )


@settings(deadline=None)
@given(stacks(), stacks())
def test_what_one_way_begins_the_other_way_ends(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    """Findings added there are mended or removed on the way back."""
    one, other = judged(*old, perimeter=accepting()), judged(*new, perimeter=accepting())
    assert begun(change(one, other)) == ended(change(other, one))


@settings(deadline=None)
@given(stacks(), stacks())
def test_every_finding_of_the_new_side_is_in_the_change(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    """Carried over, added or moved; none is dropped."""
    after = judged(*new)
    found = change(judged(*old), after)
    listed = sorted(each.after.fingerprint for each in found.changes if each.after and each.after.blocks)
    assert listed == sorted(each.fingerprint for each in after.verdicts if each.blocks)


@settings(deadline=None)
@given(stacks(), any_region.filter(lambda code: code in OUTSIDE))
def test_a_new_leak_always_blocks(records: list[dict[str, Any]], region: str) -> None:
    """Whatever was there before."""
    before, after = judged(*records), judged(*records, bucket("leak", region))
    assert change(before, after).exit_code == 1
    assert told(change(before, after))[0] == ("added", "leak", "", "outside")
