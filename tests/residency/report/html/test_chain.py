"""The way of the data: from what is copied, through what copies it, to the place."""

from __future__ import annotations

from residency.check import CheckResult, result
from residency.model import Verdict
from residency.report.html.chain import Chains, Link
from tests.residency.samples import AMERICA, BUCKET, IRELAND, REPLICATION, eea, graph_of, replicated, resource, urn


def judged(*records: object) -> CheckResult:
    """The result on some records."""
    return result([graph_of(*records)], eea())  # pyright: ignore[reportArgumentType]


def only(found: CheckResult, name: str, rule: str) -> Verdict:
    """The one verdict of a rule on a resource."""
    (verdict,) = [each for each in found.verdicts if each.placement.resource.name == name and each.rule == rule]
    return verdict


def test_a_replica_leads_from_bucket_to_rule_to_bucket_to_place() -> None:
    found = judged(*replicated())

    links = Chains(found).of(only(found, "replication", "RES101"))
    assert [(link.name, link.countries) for link in links] == [
        ("data", ("IE",)),
        ("replication", ()),
        ("copy", ("US",)),
        ("us", ()),
        ("us-east-1", ("US",)),
    ]
    assert links[1].said == ("`rules[0].destination.bucket` is known only after the deployment",)
    assert links[2].said == (f"it names `copy` ({BUCKET})",)
    assert links[3].said == ("provider `us` has region `us-east-1`",)


def test_a_residence_has_no_origin() -> None:
    found = judged(*replicated())

    names = [link.name for link in Chains(found).of(only(found, "data", "RES001"))]
    assert names == ["data", "eu", "eu-west-1"]


def test_a_place_that_is_not_known_ends_the_chain_in_words() -> None:
    found = judged(resource("acme:index:Store", "store", {}))

    links = Chains(found).of(only(found, "store", "RES001"))
    assert links[-1] == Link(name="a place not known")


def test_an_origin_known_only_after_the_deployment_is_found_by_what_it_depends_on() -> None:
    records = replicated()
    records[-1] = resource(
        REPLICATION,
        "replication",
        {"bucket": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "rules": records[-1]["inputs"]["rules"]},
        by="eu",
        depends_on={"rules": [urn(BUCKET, "copy")], "bucket": [urn(BUCKET, "data")]},
    )
    found = judged(*records)

    assert [link.name for link in Chains(found).of(only(found, "replication", "RES101"))][:2] == ["data", "replication"]


def test_of_two_possible_origins_none_is_drawn() -> None:
    records = replicated()
    records.insert(3, resource(BUCKET, "other", {"bucket": "other"}, by="eu"))
    records[-1]["inputs"]["role"] = "other"
    found = judged(*records)

    assert Chains(found).of(only(found, "replication", "RES101"))[0].name == "replication"


def test_a_resource_of_another_target_is_no_origin() -> None:
    records = replicated()
    alone = [IRELAND, AMERICA, records[3], records[4]]
    found = result([graph_of(*alone, target="one"), graph_of(records[0], records[2], target="two")], eea())

    assert Chains(found).of(only(found, "replication", "RES101"))[0].name == "replication"
