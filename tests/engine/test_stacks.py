"""The stacks at the root are deployed by the real engine under the pack, and stay inside."""

from __future__ import annotations

import pytest

from tests.engine.harness import ROOT, Engine
from tests.engine.test_pack import configured

STRICT = configured(perimeter="ireland-norway")


PLACES = {
    "ireland": {"eu-west-1"},
    "norway": {"norwayeast"},
    "europe": {"eu-west-1", "northeurope", "norwayeast"},
}
# Private zones hold names of a network's own addresses, and no user data.
NAMES = "global"


@pytest.mark.parametrize(("name", "places"), PLACES.items())
def test_a_stack_of_the_root_passes(engine: Engine, name: str, places: set[str]) -> None:
    run = engine.project(ROOT, name, packs=[STRICT], main="stacks", beside=("components",)).up()
    assert run.succeeded, run.stdout
    assert run.violations == ()
    assert places <= {place for _, place in run.created}
    assert {place for _, place in run.created} <= places | {"", NAMES}
