"""From TopoJSON to shapes: a small world of two neighbours, an island on the edge, and land that ISO does not know."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from residency.report.html.shaping import lines, projections, topology, views
from residency.report.html.shaping.__main__ import main

# Whole degrees. Two countries share the line 0; arcs are steps, as TopoJSON has them.
ARCS = [
    [[10, 45], [0, 10]],
    [[10, 55], [-10, 0], [0, -10], [10, 0]],
    [[10, 45], [10, 0], [0, 10], [-10, 0]],
    [[-171, 0], [4, 0], [0, 4], [-4, 0], [0, -4]],
    [[40, 40], [5, 0], [0, 5], [-5, -5]],
]


def geometry(number: str | None, *rings: list[int]) -> dict[str, Any]:
    """One country of the file."""
    made: dict[str, Any] = {"type": "MultiPolygon", "arcs": [[ring] for ring in rings]}
    return made if number is None else {**made, "id": number}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Both inputs."""
    made = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": ARCS,
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    geometry("001", [0, 1]),
                    {"type": "Polygon", "arcs": [[2, -1]], "id": "002"},
                    geometry("003", [3]),
                    geometry(None, [4]),
                ],
            }
        },
    }
    codes = [{"alpha_2": code, "numeric": f"00{number}"} for number, code in enumerate(("AA", "BB", "CC"), 1)]
    (tmp_path / "countries.json").write_text(json.dumps(made), "utf-8")
    (tmp_path / "codes.json").write_text(json.dumps({"3166-1": codes}), "utf-8")
    return tmp_path / "countries.json", tmp_path / "codes.json"


def test_countries_are_read_by_their_code_and_land_without_one_is_kept(files: tuple[Path, Path]) -> None:
    found = topology.read(*files)

    assert found.countries == {"AA": [[0, 1]], "BB": [[2, -1]], "CC": [[3]], "": [[4]]}
    assert topology.ring(found.lines, [2, -1]) == [(10, 45), (20, 45), (20, 55), (10, 55)]


def test_a_view_has_land_and_a_mark_inside_each_country(files: tuple[Path, Path]) -> None:
    found = views.europe(topology.read(*files))

    assert sorted(found.land) == ["", "AA", "BB"]
    assert sorted(found.points) == ["AA", "BB"]
    assert found.points["AA"][0] < found.points["BB"][0]
    assert list(found.beyond) == ["CC"]


def test_an_island_on_the_edge_of_the_world_is_drawn_whole(files: tuple[Path, Path]) -> None:
    island = projections.world(topology.read(*files).lines[3])

    xs = [x for x, _ in island]
    assert max(xs) - min(xs) < math.radians(5)


def test_the_command_writes_nothing_when_it_checks(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*map(str, files), "--date", "2026-11-26", "--check"]) == 1
    assert capsys.readouterr().out == ""


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")

    assert main([str(tmp_path / "a.json"), str(tmp_path / "a.json"), "--date", "2026-11-26", "--check"]) == 2
    assert "has not the form of its kind" in capsys.readouterr().err
    assert main([str(tmp_path / "no.json"), str(tmp_path / "a.json"), "--date", "2026-11-26"]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_both_projections_keep_areas() -> None:
    """A cell of one degree near the pole is as much smaller on the map as it is on the globe."""
    for project in (projections.europe, projections.world):
        cells = [project([(20, lat), (21, lat), (21, lat + 1), (20, lat + 1)]) for lat in (0, 40, 65)]
        ratios = [
            lines.area(cell) / (math.radians(1) * (math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat))))
            for cell, lat in zip(cells, (0, 40, 65), strict=True)
        ]
        assert ratios == pytest.approx([1, 1, 1], rel=0.01)


def test_a_point_that_adds_nothing_is_left_out_and_both_ends_stay() -> None:
    assert lines.simplified([(0, 0), (5, 0.1), (10, 0), (10, 10)], 2) == [(0, 0), (10, 0), (10, 10)]
    assert len(lines.simplified([(0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0), (0, 0)], 9)) == 4


def test_a_ring_is_cut_to_its_frame() -> None:
    cut = lines.clipped([(-5, -5), (5, -5), (5, 5), (-5, 5)], 20, 20)

    assert lines.area(cut) == 25
    assert lines.clipped([(30, 30), (40, 30), (40, 40)], 20, 20) == []


def test_the_inner_point_of_a_crescent_is_in_it() -> None:
    crescent = [(0.0, 0.0), (10.0, 0.0), (10.0, 2.0), (2.0, 2.0), (2.0, 8.0), (10.0, 8.0), (10.0, 10.0), (0.0, 10.0)]
    x, y = lines.inner_point(crescent)

    assert x < 2 or y < 2 or y > 8


def test_a_path_is_written_in_steps() -> None:
    assert lines.path([[(0, 0), (10, 0), (10, -5)]]) == "M0 0l10 0 0-5z"
    assert lines.path([[(0, 0), (0.2, 0), (0, 0.3)]]) == ""
