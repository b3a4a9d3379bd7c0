"""Programs in YAML build the components in the real engine, as programs in any other language do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.harness import ROOT, Engine
from tests.engine.test_pack import configured

PROGRAM = """name: sample
runtime: yaml
resources:
  irish:
    type: residency-components:AwsObjectStore
    name: irish
    properties: {country: IE, owner: office, dataClass: personal}
  nordic:
    type: residency-components:AzureObjectStore
    name: nordic
    properties: {country: "NO", owner: office, dataClass: personal, replicateTo: IE}
outputs:
  irish: ${irish.region}
  nordic: ${nordic.region}
  copy: ${nordic.copyRegion}
"""
CONFIGURED = {"AWS_REGION": "us-east-1", "ARM_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000"}
"""What the default providers need."""
CONNECTED = """name: sample
runtime: yaml
resources:
  net:
    type: residency-components:AwsPrivateNetwork
    name: net
    properties: {country: IE, owner: office, dataClass: personal, block: 10.20.0.0/16}
  people:
    type: residency-components:AwsRelationalDatabase
    name: people
    properties:
      country: IE
      owner: office
      dataClass: personal
      networkId: ${net.networkId}
      networkBlock: ${net.block}
      subnetIds: ${net.subnetIds}
      storageGib: 100
outputs:
  address: ${people.address}
"""


@pytest.fixture(name="host", scope="module")
def _host() -> Iterator[int]:
    """The port on which the component package is served."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "components")))
    command = [sys.executable, "-m", "tests.engine.component_host"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **CONFIGURED, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


@pytest.fixture(name="attached")
def _attached(engine: Engine, host: int) -> Engine:
    """An engine to which the component package answers."""
    engine.attach("residency-components", host)
    return engine


def test_a_program_in_yaml_is_deployed_in_the_countries_that_it_names(attached: Engine, yaml_host: Path) -> None:
    stack = attached.written(PROGRAM, yaml_host, packs=[configured(perimeter="ireland-norway")])

    run = stack.up()

    assert run.succeeded, run.stdout + run.stderr
    assert run.violations == ()
    assert {place for _, place in run.created} == {"", "eu-west-1", "northeurope", "norwayeast"}
    outputs = stack.export()["deployment"]["resources"][0]["outputs"]
    assert outputs == {"irish": "eu-west-1", "nordic": "norwayeast", "copy": "northeurope"}


def test_a_preview_of_a_program_in_yaml_creates_nothing(attached: Engine, yaml_host: Path) -> None:
    run = attached.written(PROGRAM, yaml_host).preview()

    assert run.succeeded, run.stdout + run.stderr
    assert run.created == ()


def test_components_take_one_anothers_outputs(attached: Engine, yaml_host: Path) -> None:
    stack = attached.written(CONNECTED, yaml_host)

    run = stack.up()

    assert run.succeeded, run.stdout + run.stderr
    assert stack.export()["deployment"]["resources"][0]["outputs"] == {
        "address": "people.c0123456789.eu-west-1.rds.amazonaws.com"
    }
    assert {place for _, place in run.created} == {"", "eu-west-1"}


@pytest.mark.parametrize(
    ("country", "what"),
    [
        ("US", "United States (`US`) is outside the perimeter"),
        ("eu-west-1", "`eu-west-1` is a region, and a component is asked for by country; did you mean country `IE`?"),
    ],
)
def test_a_mistake_is_said_at_its_property_without_a_traceback_and_nothing_is_created(
    attached: Engine, yaml_host: Path, country: str, what: str
) -> None:
    run = attached.written(PROGRAM.replace("country: IE", f"country: {country}"), yaml_host).up_without_preview()

    assert not run.succeeded
    assert what in run.stdout
    assert "country" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert 'File "' not in run.stdout + run.stderr
    assert not [name for name, _ in run.created if name.startswith("irish")]
