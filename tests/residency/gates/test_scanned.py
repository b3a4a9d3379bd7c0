"""What a scanner is told of a resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.errors import InputError
from residency.gates import scanned
from residency.gates.scanned import Result, Scan
from residency.model import Note, ResourceGraph
from residency.perimeter import load
from tests.residency.samples import BUCKET, ON, eea, graph_of, provider, resource, urn

A = urn(BUCKET, "a")


def scan(region: str, *notes: Note) -> Scan:
    graph = graph_of(provider("p", region=region), resource(BUCKET, "a", by="p"), resource(BUCKET, "b", by="p"))
    told = ResourceGraph(target="t", resources=graph.resources, providers=graph.providers, notes=notes)
    return Scan(told, eea())


def test_outside_fails_with_why_help_and_our_fingerprint() -> None:
    answer = scan("us-east-1").answer(A, "RES001")
    assert answer.result is Result.FAILED
    assert answer.what == "data of `a` would be placed in `us-east-1` (United States), outside `eea`"
    assert answer.details[0] == "why: provider `p` has region `us-east-1`"
    assert answer.details[1].startswith("help: place it inside `eea`")
    assert answer.details[2] == f"fingerprint: {answer.fingerprints[0]}"


def test_inside_passes_and_a_rule_without_a_verdict_is_silent() -> None:
    assert scan("eu-west-1").answer(A, "RES001").result is Result.PASSED
    assert scan("eu-west-1").answer(A, "RES101").result is Result.SILENT


def test_undetermined_fails_unless_the_perimeter_lets_it_pass(tmp_path: Path) -> None:
    answer = scan("xx-nowhere-1").answer(A, "RES001")
    assert answer.result is Result.FAILED
    assert "undetermined" in answer.what
    (tmp_path / "residency.toml").write_text('[perimeter]\ncountries = ["IE"]\nundetermined = "warn"\n', "utf-8")
    graph = graph_of(provider("p", region="xx-nowhere-1"), resource(BUCKET, "a", by="p"))
    lenient = Scan(graph, load(str(tmp_path / "residency.toml"), ON))
    assert lenient.answer(A, "RES001").result is Result.ACCEPTED


def test_a_doubt_about_the_whole_is_told_once() -> None:
    doubtful = scan("eu-west-1", Note("a loop is not worked out", "t:1", doubt=True))
    results = [doubtful.answer(each, "RES902").result for each in (A, urn(BUCKET, "b"))]
    assert results == [Result.FAILED, Result.SILENT]


def test_what_cannot_be_read_fails_once_for_each_rule() -> None:
    broken = Scan(InputError("`t` is cut off", help="write it again"), None)
    first, second = broken.answer(A, "RES101"), broken.answer(urn(BUCKET, "b"), "RES101")
    assert (first.result, second.result) == (Result.FAILED, Result.SILENT)
    assert first.what == "nothing could be judged: `t` is cut off"
    assert first.details == ("help: write it again",)
    assert broken.answer(A, "RES001").result is Result.FAILED


def test_the_perimeter_is_the_variable_s_else_the_nearest_file_s_else_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "stacks" / "eu"
    inner.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESIDENCY_PERIMETER", raising=False)
    assert scanned.perimeter_name(inner) == "eea"
    (tmp_path / "residency.toml").touch()
    assert scanned.perimeter_name(inner) == str(tmp_path.resolve() / "residency.toml")
    (inner / "residency.toml").touch()
    assert scanned.perimeter_name(inner) == str(inner.resolve() / "residency.toml")
    monkeypatch.setenv("RESIDENCY_PERIMETER", "ireland-norway")
    assert scanned.perimeter_name(inner) == "ireland-norway"
