"""The plans that the benchmarks read have the form of a recorded one."""

from __future__ import annotations

import json

from tests.benchmarks.plans import plan
from tests.terraform.schemas import FIXTURES

RECORDED = json.loads((FIXTURES / "modules" / "plan.json").read_text("utf-8"))


def test_a_plan_has_as_many_resources_as_asked_for_each_with_its_own_address() -> None:
    addresses = [each["address"] for each in json.loads(plan(800))["resource_changes"]]
    assert len(addresses) == 800
    assert len(set(addresses)) == 800


def test_a_plan_is_the_same_on_every_run() -> None:
    assert plan(50) == plan(50)


def test_every_store_is_a_recorded_one_under_another_name() -> None:
    made = json.loads(plan(1))
    text = json.dumps(made["resource_changes"]).replace(
        "records-office-store-00000", "records-office-production-letters"
    )
    recorded = [
        each for each in RECORDED["resource_changes"] if each["address"].startswith('module.documents["letters"]')
    ]
    assert json.loads(text.replace(r"site_0000[\"store-00000\"]", r"documents[\"letters\"]")) == recorded


def test_the_copy_of_every_fiftieth_store_is_in_the_united_states() -> None:
    changes = json.loads(plan(800))["resource_changes"]
    far = [each["address"] for each in changes if each["change"]["after"].get("region") == "us-east-1"]
    assert {address.split('"')[1] for address in far} == {"store-00049", "store-00099"}


def test_every_module_of_a_plan_is_in_its_configuration() -> None:
    made = json.loads(plan(400))
    called = {each["address"].split("[")[0].removeprefix("module.") for each in made["resource_changes"]}
    assert called == made["configuration"]["root_module"]["module_calls"].keys()
    assert called == {"site_0000", "site_0001"}
