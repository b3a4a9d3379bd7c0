"""The sentence: what would happen to user data, where the line is, and what to do about it."""

from __future__ import annotations

import msgspec
import pytest

from residency.check import CheckResult, result
from residency.model import Location, Outcome, PlacementKind
from residency.report.headline import headline
from residency.report.position import Positions
from tests.residency.report.sample import PROGRAM, at, empty_result, graph_with, sample_result
from tests.residency.samples import AMERICA, BUCKET, IRELAND, eea, resource

pytestmark = pytest.mark.usefixtures("run_folder")


def said(of: CheckResult) -> str:
    """The sentence."""
    return headline(of, Positions(of))


def leaks(*regions: str, kind: PlacementKind = PlacementKind.RESIDENCE, countries: str = "US") -> CheckResult:
    """Buckets outside, by region; with another kind and other countries, if asked."""
    records = [AMERICA]
    records += [at(resource(BUCKET, f"b{n}", {"region": each}, by="us"), n + 1) for n, each in enumerate(regions)]
    made = result([graph_with(records, PROGRAM)], eea())
    verdicts = [
        msgspec.structs.replace(
            each,
            placement=msgspec.structs.replace(each.placement, kind=kind),
            countries=each.countries if countries == "US" else tuple(countries.split()),
        )
        for each in made.verdicts
    ]
    return msgspec.structs.replace(made, verdicts=tuple(verdicts))


def test_one_leak_is_named_with_its_place_and_line() -> None:
    assert said(leaks("us-east-1")) == (
        "This change would put user data in the United States: `b0` in `us-east-1` (`shop/__main__.py:1`)."
    )


def test_three_are_named_and_the_others_counted() -> None:
    """And every country is said."""
    sentence = said(leaks("us-east-1", "ap-south-1", "us-west-2", "sa-east-1", "eu-west-2"))
    assert sentence.startswith(
        "This change would put user data in Brazil, India, the United Kingdom and the United States: "
    )
    assert sentence.count(" in `") == 3
    assert sentence.endswith("; and 2 more findings outside.")


def test_a_country_inside_is_not_blamed() -> None:
    """A multi-region with a country inside and one outside."""
    assert "in Canada:" in said(leaks("us-east-1", countries="CA IE"))


def test_a_place_in_any_country_is_said_so() -> None:
    assert "put user data in any country, outside `eea`: `b0`" in said(leaks("us-east-1", countries=""))


def test_very_many_countries_are_counted() -> None:
    assert "put user data in 7 countries outside `eea`" in said(leaks("us-east-1", countries="AU BR CA CL IN JP US"))


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        (PlacementKind.REPLICA, "put user data in"),
        (PlacementKind.COMPUTE, "process user data in"),
        (PlacementKind.KEY, "keep keys of user data in"),
        (PlacementKind.ACCESS, "open user data to"),
        (PlacementKind.NETWORK, "join a private network to"),
    ],
)
def test_the_verb_is_what_would_be_done(kind: PlacementKind, done: str) -> None:
    """Data that can be reached from a country is not put there."""
    assert said(leaks("us-east-1", kind=kind)).startswith(f"This change would {done} the United States: `b0`")


def test_data_comes_before_its_keys() -> None:
    made = leaks("us-east-1", "us-west-2")
    key = msgspec.structs.replace(made.verdicts[0].placement, kind=PlacementKind.KEY)
    mixed = msgspec.structs.replace(
        made, verdicts=(msgspec.structs.replace(made.verdicts[0], placement=key), made.verdicts[1])
    )
    assert said(mixed) == (
        "This change would put user data in the United States: `b1` in `us-west-2` (`shop/__main__.py:2`); "
        "and 1 more finding outside."
    )


def test_what_is_only_undetermined_says_what_settles_the_first() -> None:
    sample = sample_result()
    only = tuple(each for each in sample.verdicts if each.outcome is Outcome.UNDETERMINED)
    assert said(msgspec.structs.replace(sample, verdicts=only)) == (
        "This change is not proven to keep user data inside `sample`: `shop` (`shop/Pulumi.yaml`); "
        "`shop` (`shop/Pulumi.yaml`); `foreign` (`shop/__main__.py:31`); and 2 more findings; for the first, set it."
    )


def test_inside_is_said_with_what_was_accepted() -> None:
    assert said(empty_result()) == "This change keeps user data inside `eea`: 1 placement of 1 resource judged."
    sample = sample_result()
    quiet = tuple(each for each in sample.verdicts if not each.blocks)
    summary = msgspec.structs.replace(sample.summary, exempt=1)
    assert said(msgspec.structs.replace(sample, verdicts=quiet, summary=summary)).startswith(
        "This change keeps user data inside `sample`, but for 1 finding that somebody accepted: "
    )


def test_a_state_without_positions_is_named_without_a_line() -> None:
    made = result([graph_with([IRELAND, AMERICA, resource(BUCKET, "b", {}, by="us")], "exports/state.json")], eea())
    assert isinstance(made.verdicts[0].placement.location, Location)
    assert said(made).endswith(": `b` in `us-east-1` (`exports/state.json`).")
