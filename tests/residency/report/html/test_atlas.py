"""What the map shows: each placement once at each of its countries, copies as flows, the rest beside it."""

from __future__ import annotations

from residency.check import result
from residency.report.html.atlas import ANYWHERE, UNKNOWN, Flow, atlas, beside_map
from residency.report.html.origins import Origins
from residency.report.html.standing import Standing
from tests.residency.report.html.results import large_result
from tests.residency.samples import eea, graph_of, provider, replicated, resource, sample_result


def test_a_mark_counts_the_placements_of_a_country_the_worst_first() -> None:
    found = sample_result()

    marks = {mark.key: mark for mark in atlas(found, Origins(found)).marks}
    assert sorted(marks) == ["IE", "US"]
    assert list(marks["US"].counts.items()) == [(Standing.OUTSIDE, 2), (Standing.ACCEPTED, 1)]
    assert marks["US"].worst is Standing.OUTSIDE
    assert marks["US"].codes == ("us-east-1",)
    assert marks["IE"].counts == {Standing.INSIDE: 1}


def test_a_copy_flows_from_where_the_data_is_to_where_it_goes() -> None:
    found = sample_result()

    assert atlas(found, Origins(found)).flows == (Flow("IE", "US", Standing.OUTSIDE, 1, ("replica",)),)


def test_a_copy_whose_origin_is_not_known_is_no_flow() -> None:
    records = replicated()
    del records[-1]["inputs"]["bucket"]
    found = result([graph_of(*records)], eea())

    assert atlas(found, Origins(found)).flows == ()


def test_a_copy_within_a_country_is_no_flow() -> None:
    found = result([graph_of(*replicated(to="eu"))], eea())

    assert atlas(found, Origins(found)).flows == ()


def test_what_may_be_anywhere_and_what_is_not_known_stand_beside_the_map() -> None:
    secret = resource("gcp:secretmanager/secret:Secret", "pw", {"replication": {"auto": {}}, "secretId": "pw"}, by="g")
    records = [provider("g", "gcp", region="europe-west1"), secret, resource("acme:index:Store", "store", {})]
    found = result([graph_of(*records)], eea())

    assert {mark.key: dict(mark.counts) for mark in atlas(found, Origins(found)).elsewhere} == {
        ANYWHERE: {Standing.OUTSIDE: 1},
        UNKNOWN: {Standing.UNDETERMINED: 1},
    }


def test_one_of_many_countries_is_a_mark_in_none_of_them() -> None:
    found = large_result(2_000)
    many = [verdict for verdict in found.verdicts if len(verdict.countries) > 4]

    assert many
    assert {beside_map(verdict) for verdict in many} == {"AT BE DE DK ES FI FR IE IT NL PL SE"}


def test_every_placement_is_counted() -> None:
    found = large_result(2_000)
    drawn = atlas(found, Origins(found))

    both = sum(len(verdict.countries) == 2 for verdict in found.verdicts)
    assert sum(mark.total for mark in (*drawn.marks, *drawn.elsewhere)) == len(found.verdicts) + both
