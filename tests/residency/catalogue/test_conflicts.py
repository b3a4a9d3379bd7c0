"""Other tools' checks that ask for a copy elsewhere: rows are whole, and what to do is counted from the places."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from residency.catalogue import conflicts, places
from residency.catalogue.conflicts import Conflict, Decision, Disposition, Needs, decide
from residency.catalogue.membership import members
from residency.errors import CatalogueError
from residency.rules import rules

TODAY = dt.date(2026, 11, 26)
IRELAND_NORWAY = frozenset({"IE", "NO"})
EEA = members("EEA", TODAY)
ROW = Conflict(
    id="X_1",
    title="Ensure that there is a copy",
    provider="aws",
    types=("Terraform:aws_s3_bucket",),
    asks="a copy",
    why="it may be anywhere",
    needs=Needs.SECOND_REGION,
    instead="copy inside",
    rule="RES101",
    files=("check.py",),
    source="tool",
)
FILE = """\
tool = "checkov"
name = "Checkov"
version = "checkov 1"
considered = []

[sources.tool]
title = "Checkov"
package = "checkov 1"
checked = 2026-11-26
"""
TABLE = """
[[conflict]]
id = "{id}"
title = "Ensure that there is a copy"
provider = "aws"
types = ["Terraform:aws_s3_bucket"]
asks = "a copy"
why = "it may be anywhere"
needs = "second-region"
instead = "copy inside"
rule = "RES101"
files = ["check.py"]
source = "{source}"
"""


def table(identity: str, source: str = "tool", more: str = "") -> str:
    """A row as a file has it."""
    return TABLE.format(id=identity, source=source) + more


def decided(needs: Needs, countries: frozenset[str], provider: str = "aws", regions: tuple[str, ...] = ()) -> Decision:
    """What to do with a check that needs something."""
    return decide(msgspec.structs.replace(ROW, needs=needs, provider=provider, regions=regions), countries)


@pytest.mark.parametrize("name", conflicts.TOOLS)
def test_every_row_is_whole_and_names_a_rule_that_there_is(name: str) -> None:
    tool = conflicts.tool(name)
    assert tool.tool == name
    assert tool.conflict
    for row in tool.conflict:
        texts = (row.id, row.title, row.asks, row.why, row.instead, *row.types, *row.files)
        assert all(each.strip() == each and each for each in texts), row.id
        assert row.rule in rules(), row.id
    assert all(each.id and each.title and each.reason for each in tool.considered)


@pytest.mark.parametrize("name", conflicts.TOOLS)
def test_every_source_is_used_and_was_read(name: str) -> None:
    tool = conflicts.tool(name)
    used = {each for row in tool.conflict for each in (row.source, *row.facts)}
    assert used == set(tool.sources)
    assert all(each.title and each.checked <= TODAY for each in tool.sources.values())


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (table("X_1") + table("X_1"), "`X_1` is there twice"),
        (table("X_10") + table("X_9"), "`X_10` is out of order"),
        (table("X_1", source="nobody"), "`X_1` has an unknown source `nobody`"),
        (table("X_1", more='regions = ["us-east-1"]\n'), "`X_1` needs second-region, and its regions are `us-east-1`"),
        (table("X_1").replace("second-", "listed-"), "`X_1` needs listed-region, and its regions are ``"),
        (
            table("X_1", more='regions = ["moon-1"]\n').replace("second-", "listed-"),
            "`X_1` lists an unknown region `moon-1`",
        ),
        (table("X_1", more='color = "red"\n'), "unknown field `color`"),
        (table("X_1").replace("second-region", "the moon"), "Invalid enum value 'the moon'"),
        (table("X_1").replace('types = ["Terraform:aws_s3_bucket"]', "types = []"), "`X_1` names no types or no files"),
        (table("X_1").replace("2026", "x") + "[[conflict", "cannot be read"),
    ],
)
def test_a_file_at_fault_names_the_row(tmp_path: Path, rows: str, fault: str) -> None:
    (tmp_path / "checkov.toml").write_text(FILE + rows)
    with pytest.raises(CatalogueError) as error:
        conflicts.read(tmp_path / "checkov.toml")
    assert fault in str(error.value)
    assert "checkov.toml" in str(error.value)


def test_a_source_without_a_place_to_read_it_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "checkov.toml").write_text(FILE.replace('package = "checkov 1"', "") + table("X_1"))
    with pytest.raises(CatalogueError, match="source `tool` has neither url nor package"):
        conflicts.read(tmp_path / "checkov.toml")


def test_ids_are_sorted_by_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "checkov.toml").write_text(FILE + table("X_9") + table("X_10"))
    assert [row.id for row in conflicts.read(tmp_path / "checkov.toml").conflict] == ["X_9", "X_10"]


def test_a_copy_in_another_region_must_leave_where_the_cloud_has_one_region_inside() -> None:
    assert decided(Needs.SECOND_REGION, IRELAND_NORWAY) == Decision(
        Disposition.SKIP, "AWS has one region inside, eu-west-1: a copy in another region must leave"
    )


def test_a_copy_in_another_region_can_stay_where_the_cloud_has_two_inside() -> None:
    found = decided(Needs.SECOND_REGION, frozenset({"IE", "SE"}))
    assert found == Decision(Disposition.SATISFY_INSIDE, "between eu-north-1, eu-west-1")
    assert decided(Needs.SECOND_REGION, EEA).disposition is Disposition.SATISFY_INSIDE


def test_regions_of_two_partitions_are_no_pair() -> None:
    """Germany has a region of the public cloud and one of the sovereign cloud."""
    found = decided(Needs.SECOND_REGION, frozenset({"DE"}))
    assert found.disposition is Disposition.SKIP
    assert "eu-central-1, eusc-de-east-1 are of different partitions" in found.reason


def test_geo_redundancy_stays_inside_only_where_the_pair_is() -> None:
    """Ireland is paired with the Netherlands, Norway with Norway."""
    found = decided(Needs.PAIRED_REGION, IRELAND_NORWAY, "azure")
    assert found == Decision(Disposition.SATISFY_INSIDE, "only from norwayeast (paired with norwaywest)")
    found = decided(Needs.PAIRED_REGION, frozenset({"IE"}), "azure")
    reason = "no region inside has its pair inside: northeurope (paired with westeurope)"
    assert found == Decision(Disposition.SKIP, reason)
    found = decided(Needs.PAIRED_REGION, frozenset({"IE", "NL"}), "azure")
    assert found.reason == "from northeurope (paired with westeurope), westeurope (paired with northeurope)"


def test_a_region_without_a_pair_is_named_so() -> None:
    found = decided(Needs.PAIRED_REGION, frozenset({"PL"}), "azure")
    assert found == Decision(Disposition.SKIP, "no region inside has its pair inside: polandcentral (no pair)")


@pytest.mark.parametrize("needs", [Needs.ONE_REGION, Needs.SECOND_REGION])
def test_a_cloud_without_a_region_inside_satisfies_nothing(needs: Needs) -> None:
    found = decided(needs, IRELAND_NORWAY, "gcp")
    assert found == Decision(Disposition.SKIP, "Google Cloud has no region inside")


def test_a_paired_region_needs_a_region_too() -> None:
    found = decided(Needs.PAIRED_REGION, frozenset({"MT"}), "azure")
    assert found == Decision(Disposition.SKIP, "Azure has no region inside")


def test_one_region_inside_is_enough_for_a_destination() -> None:
    found = decided(Needs.ONE_REGION, IRELAND_NORWAY)
    assert found == Decision(Disposition.SATISFY_INSIDE, "with a destination in eu-west-1")
    assert decided(Needs.ONE_REGION, EEA, "azure").reason.endswith(" more")


def test_a_region_that_the_cloud_prescribes_is_inside_or_not() -> None:
    found = decided(Needs.LISTED_REGION, EEA, regions=("us-east-1",))
    assert found == Decision(Disposition.SKIP, "AWS takes only us-east-1 (United States) for it")
    inside = decided(Needs.LISTED_REGION, frozenset({"US"}), regions=("us-east-1",))
    assert inside == Decision(Disposition.SATISFY_INSIDE, "in us-east-1")


def test_a_list_of_regions_is_satisfied_by_one_of_them() -> None:
    listed = ("eastus", "northeurope", "norwayeast")
    found = decided(Needs.LISTED_REGION, IRELAND_NORWAY, "azure", listed)
    assert found == Decision(Disposition.SATISFY_INSIDE, "in northeurope, norwayeast")
    found = decided(Needs.LISTED_REGION, frozenset({"DK"}), "azure", listed)
    assert found == Decision(Disposition.SKIP, "none of the 3 regions that it takes is inside")


def test_something_in_every_region_is_outside_while_one_region_is() -> None:
    found = decided(Needs.EVERY_REGION, EEA)
    assert found == Decision(Disposition.SKIP, "AWS has regions outside, such as af-south-1 (South Africa)")
    everywhere = frozenset(code for place in places.places("aws") for code in place.countries)
    assert decided(Needs.EVERY_REGION, everywhere).disposition is Disposition.SATISFY_INSIDE


def test_no_perimeter_holds_the_edge() -> None:
    everywhere = frozenset(code for place in places.places("aws") for code in place.countries)
    assert decided(Needs.EDGE, everywhere).disposition is Disposition.SKIP


def test_a_cloud_that_the_catalogue_does_not_know_is_undetermined() -> None:
    found = decided(Needs.ONE_REGION, EEA, "alicloud")
    assert found == Decision(Disposition.UNDETERMINED, "the catalogue does not know the regions of Alibaba Cloud")


def test_a_check_does_not_load_the_conflicts() -> None:
    program = (
        "import sys; from residency.cli import commands; from residency.ingest import targets;"
        "print([name for name in sys.modules if 'conflict' in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
