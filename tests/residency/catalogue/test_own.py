"""A project's own rows: they answer for types that the catalogue does not know, and are checked like its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.check import CheckResult, result
from residency.errors import ResidencyError
from residency.model import Outcome
from residency.perimeter import Perimeter, load
from tests.residency.samples import BUCKET, IRELAND, ON, graph_of, provider, resource

ROWS = """
[sources.atlas]
title = "Regions of clusters"
url = "https://example.com/regions"
checked = 2026-11-24

[[provider]]
package = "acme"
places = "aws"
default_place = ["region"]
source = "atlas"

[[resource]]
type = "acme:index/cluster:Cluster"
source = "atlas"

  [[resource.placement]]
  kind = "residence"
  path = "regionName"
  value = "map"
  source = "atlas"
  values = { EU_WEST_1 = "place:eu-west-1", US_EAST_1 = "place:us-east-1" }

  [[resource.placement]]
  kind = "backup"
  path = "copyTo"
  value = "reference"
  target = ["aws:s3/bucket:Bucket"]
  source = "atlas"
"""
CLUSTER = "acme:index/cluster:Cluster"


def perimeter(folder: Path, rows: str = ROWS) -> Perimeter:
    (folder / "rows").mkdir()
    (folder / "rows" / "acme.toml").write_text(rows, encoding="utf-8")
    file = folder / "residency.toml"
    file.write_text('[perimeter]\ngroups = ["EEA"]\n[catalogue]\nrows = ["rows/acme.toml"]\n', encoding="utf-8")
    return load(str(file), ON)


def checked(folder: Path, *records: dict[str, object], rows: str = ROWS) -> CheckResult:
    return result([graph_of(IRELAND, *records)], perimeter(folder, rows))


@pytest.mark.parametrize(
    ("region", "outcome"),
    [("EU_WEST_1", Outcome.INSIDE), ("US_EAST_1", Outcome.OUTSIDE), ("MARS_1", Outcome.UNDETERMINED)],
)
def test_a_type_of_another_package_is_judged_by_the_projects_row(tmp_path: Path, region: str, outcome: Outcome) -> None:
    [verdict] = checked(tmp_path, resource(CLUSTER, "db", {"regionName": region})).verdicts
    assert verdict.outcome is outcome


def test_its_copies_are_found_in_the_graph(tmp_path: Path) -> None:
    far = provider("far", region="us-east-1")
    bucket = resource(BUCKET, "backups", {"bucket": "backups"}, by="far")
    cluster = resource(CLUSTER, "db", {"regionName": "EU_WEST_1", "copyTo": "backups"})
    found = checked(tmp_path, far, bucket, cluster).verdicts
    assert {each.placement.property: each.outcome for each in found if each.rule == "RES102"} == {
        "copyTo": Outcome.OUTSIDE
    }


def test_a_type_of_the_same_package_without_a_row_is_where_its_provider_says(tmp_path: Path) -> None:
    instance = provider("there", "acme", region="us-east-1")
    [verdict] = checked(tmp_path, instance, resource("acme:index/queue:Queue", "q", {}, by="there")).verdicts
    assert verdict.outcome is Outcome.OUTSIDE


def test_a_row_that_replaces_the_catalogues_holds_and_is_reported(tmp_path: Path) -> None:
    own = f"""
[sources.s]
title = "t"
url = "https://example.com"
checked = 2026-11-24
[[resource]]
type = "{BUCKET}"
data = "none"
reason = "only ever holds packages"
source = "s"
"""
    found = checked(tmp_path, resource(BUCKET, "b", {}, by="eu"), rows=own)
    assert found.verdicts == ()
    assert [(note.what, note.where) for note in found.notes] == [
        (f"`{BUCKET}` is judged by a row of this project instead of the catalogue's", "rows/acme.toml")
    ]


def test_a_row_for_what_the_catalogue_does_not_know_is_reported(tmp_path: Path) -> None:
    found = checked(tmp_path, resource(CLUSTER, "db", {"regionName": "EU_WEST_1"}))
    assert [note.what for note in found.notes] == [f"`{CLUSTER}` is judged by a row of this project"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (ROWS.replace("checked = 2026-11-24", ""), "checked"),
        (ROWS.replace('places = "aws"', 'places = "mars"'), "nothing is known of places of `mars`"),
        (ROWS.replace('package = "acme"', 'package = "aws"'), "the catalogue has this package"),
        (ROWS.replace('type = "acme:', 'type = "ajax:'), "the catalogue has no package `ajax`"),
        (ROWS.replace('"place:eu-west-1"', '"eu-west-1"'), "unknown effect `eu-west-1`"),
        (ROWS.replace("kind =", "kinds ="), "kinds"),
        ("[sources", "not valid"),
    ],
)
def test_a_fault_in_the_projects_rows_is_named(tmp_path: Path, rows: str, problem: str) -> None:
    with pytest.raises(ResidencyError) as raised:
        perimeter(tmp_path, rows)
    assert problem in str(raised.value)
    assert "rows/acme.toml" in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "residency.toml"
    file.write_text('[perimeter]\ngroups = ["EEA"]\n[catalogue]\nrows = ["nowhere.toml"]\n', encoding="utf-8")
    with pytest.raises(ResidencyError, match="cannot read the project's rows"):
        load(str(file), ON)
