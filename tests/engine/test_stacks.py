"""The stacks at the root are deployed by the real engine under the pack, and stay inside."""

from __future__ import annotations

import pytest

from tests.engine.harness import ROOT, Engine, Pack

EUROPE = Pack(ROOT / "policy_packs" / "europe")


@pytest.mark.parametrize(("name", "places"), [("ireland", {"eu-west-1"}), ("norway", {"norwayeast", "northeurope"})])
def test_a_stack_of_the_root_passes(engine: Engine, name: str, places: set[str]) -> None:
    run = engine.project(ROOT, name, packs=[EUROPE], main="stacks", beside=("components",)).up()
    assert run.succeeded, run.stdout
    assert run.violations == ()
    assert places <= {place for _, place in run.created}
    assert {place for _, place in run.created} <= places | {""}
