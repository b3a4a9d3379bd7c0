"""Bad input: a named error and exit code 2, or an undetermined verdict and 3; never a traceback, never a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from residency.cli.main import main
from tests.residency.samples import AMERICA, BUCKET, IRELAND, SECRET, provider, replicated, resource, state

CHECK = ["check", "--date", "2026-11-23"]
NORWAY = '[perimeter]\ncountries = ["NO"]\n'


class Shown:
    """What a call printed and gave."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.code = main([*CHECK, *arguments])
        captured = capsys.readouterr()
        self.out, self.err = captured.out, captured.err
        assert "Traceback" not in self.out + self.err


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"not json", "is not JSON"),
        (b"[1, 2]", "neither a Pulumi state nor a Pulumi preview"),
        (b'{"a": 1}', "neither a Pulumi state nor a Pulumi preview"),
        (b'"text"', "neither a Pulumi state nor a Pulumi preview"),
        (b'{"version": 3, "deployment": {"resources": [{"urn": "u', "cut off"),
        (b'{"version": 3, "deployment": {"resources": [{"urn": 7}]}}', "neither a Pulumi state"),
        (b'{"version": 3, "deployment": {"resources": []}}', "has no resources"),
        (b'{"version": 3, "deployment": {}}', "has no resources"),
        (b'{"version": 12, "deployment": {"resources": []}}', "version 12"),
        (b"\xff\xfe\x00{", "is not JSON"),
        (b'{"version": 3, "deployment": {"resources": [{"urn": "\xe9", "type": "t"}]}}', "is not UTF-8"),
        (b"[" * 200_000, "neither"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (
            b'{"version":3,"deployment":{"resources":[{"urn":"u","type":"aws:s3/bucket:Bucket","custom":true,"inputs":'
            + b'{"a":' * 5_000
            + b"1"
            + b"}" * 5_000
            + b"}]}}",
            "nested too deeply",
        ),
        (
            b'{"version":3,"deployment":{"resources":[{"urn":"u","type":"t","custom":true,"inputs":[1]}]}}',
            "not an object",
        ),
    ],
)
def test_a_file_that_is_no_state_is_named_and_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, problem: str
) -> None:
    """Exit 2, the file, the fault, and what to give instead."""
    path = tmp_path / "state.json"
    path.write_bytes(content)
    shown = Shown(capsys, str(path))
    assert (shown.code, shown.out) == (2, "")
    assert problem in shown.err
    assert "help:" in shown.err


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    shown = Shown(capsys, str(tmp_path / "none.json"))
    assert shown.code == 2
    assert "No such file" in shown.err


def test_a_stack_of_nothing_but_itself_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty stack is bad input, not a pass."""
    path = tmp_path / "state.json"
    path.write_text(state({"urn": "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", "type": "pulumi:pulumi:Stack"}))
    shown = Shown(capsys, str(path))
    assert shown.code == 2
    assert "has no resources" in shown.err


def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str], *records: Any, options: tuple[str, ...] = ()) -> Shown:
    """A check of a state with these records, as JSON."""
    path = tmp_path / "state.json"
    path.write_text(state(*records))
    return Shown(capsys, str(path), "--format", "json", *options)


def test_an_unknown_region_is_undetermined_with_the_likely_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3: never guessed from its spelling."""
    shown = checked(tmp_path, capsys, provider("p", region="eu-wst-1"), resource(BUCKET, "b", {}, by="p"))
    verdict = json.loads(shown.out)["verdicts"][0]
    assert (shown.code, verdict["outcome"]) == (3, "undetermined")
    assert verdict["fix"] == "did you mean `eu-west-1`?"


def test_resources_that_inherit_from_one_another_in_a_circle_are_undetermined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cyclic reference neither hangs nor passes."""
    token = "azure-native:storage:BlobContainer"  # noqa: S105 - a type token
    shown = checked(
        tmp_path,
        capsys,
        provider("p", "azure-native", location="norwayeast"),
        resource("azure-native:storage:StorageAccount", "a", {"accountName": "a", "location": "northeurope"}, by="p"),
        resource(token, "c", {"accountName": "c", "containerName": "c"}, by="p", id="c"),
    )
    by_name = {each["resource"].rpartition("::")[2]: each for each in json.loads(shown.out)["verdicts"]}
    assert by_name["a"]["outcome"] == "inside"
    assert by_name["c"]["outcome"] == "undetermined"
    assert shown.code == 3


def test_a_secret_where_a_region_belongs_is_undetermined_and_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither ciphertext nor plaintext reaches a report."""
    plain = {**SECRET, "plaintext": '"us-east-1-hush"'}
    shown = checked(
        tmp_path,
        capsys,
        provider("p", region=plain),
        resource(BUCKET, "b", {}, by="p"),
        resource(BUCKET, "c", {"region": SECRET}, by="p"),
    )
    assert shown.code == 3
    assert {each["outcome"] for each in json.loads(shown.out)["verdicts"]} == {"undetermined"}
    assert "hush" not in shown.out + shown.err


def test_nothing_is_lost_beside_a_resource_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown value hides no other finding."""
    shown = checked(tmp_path, capsys, *replicated(), resource(BUCKET, "odd", {"region": 7}, by="eu"))
    outcomes = {each["resource"].rpartition("::")[2]: each["outcome"] for each in json.loads(shown.out)["verdicts"]}
    assert outcomes == {"data": "inside", "copy": "outside", "replication": "outside", "odd": "undetermined"}
    assert shown.code == 1


def test_a_resource_that_is_to_be_deleted_still_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its data is there until it is gone."""
    old = resource(BUCKET, "b", {"bucket": "old"}, by="us", delete=True)
    shown = checked(tmp_path, capsys, IRELAND, AMERICA, resource(BUCKET, "b", {"bucket": "new"}, by="eu"), old)
    assert sorted(each["outcome"] for each in json.loads(shown.out)["verdicts"]) == ["inside", "outside"]


def test_an_operation_that_never_ended_is_judged_and_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The resource may exist."""
    path = tmp_path / "state.json"
    pending = [{"type": "creating", "resource": resource(BUCKET, "half", {"bucket": "half"}, by="us")}]
    path.write_text(state(IRELAND, AMERICA, resource(BUCKET, "b", {}, by="eu"), pending=pending))
    shown = Shown(capsys, str(path))
    assert shown.code == 1
    assert "data of `half` would be placed in `us-east-1`" in shown.out
    assert "an operation that never ended: creating" in shown.out


@pytest.mark.parametrize(
    ("text", "problem", "help_"),
    [
        ("[perimeter]\n", "has no country", "countries ="),
        ('[perimeter]\ncountries = ["Norway"]\n', "`Norway` is not an ISO", "did you mean `NO`"),
        ('[perimeter]\ncountry = ["NO"]\n', "unknown key `country`", "did you mean `countries`"),
        ('[perimeter]\ngroups = ["EAA"]\n', "unknown group `EAA`", "did you mean `EEA`"),
        ("[perimeter\n", "is not TOML", ""),
        (f'{NORWAY}[[site]]\nname = "a"\ncountry = "NO"\nprovider = "aws"\n', "recognise", "endpoints ="),
        ('[perimeter]\ncountries = "NO"\n', "not valid", ""),
        (
            f'{NORWAY}[[external]]\nname = "a"\nprovider = "aws"\nlocation = "eu-wst-1"\nreason = "r"\n',
            "not a place of `aws`",
            "did you mean `eu-west-1`",
        ),
    ],
)
def test_a_perimeter_file_is_checked_strictly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, problem: str, help_: str
) -> None:
    """Exit 2 with the file and the mend."""
    path = tmp_path / "residency.toml"
    path.write_text(text)
    shown = Shown(capsys, str(tmp_path), "--perimeter", str(path))
    assert shown.code == 2
    assert problem in shown.err
    assert str(path) in shown.err
    assert help_ in shown.err


@pytest.mark.parametrize(("name", "near"), [("eurpoe", "europe"), ("ireland_norway", "ireland-norway")])
def test_an_unknown_perimeter_suggests_the_likely_one(capsys: pytest.CaptureFixture[str], name: str, near: str) -> None:
    """Exit 2."""
    shown = Shown(capsys, "x.json", "--perimeter", name)
    assert shown.code == 2
    assert f"did you mean `{near}`?" in shown.err


def test_usage_errors_have_the_form_of_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, one error, one help."""
    assert main(["check"]) == 2
    assert capsys.readouterr().err == (
        "error: the following arguments are required: TARGET\n  help:  `residency check --help` shows what it takes\n"
    )


def test_the_report_can_be_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output then."""
    report = tmp_path / "report.json"
    shown = checked(tmp_path, capsys, IRELAND, resource(BUCKET, "b", {}, by="eu"), options=("--output", str(report)))
    assert (shown.code, shown.out) == (0, "")
    assert json.loads(report.read_text())["summary"]["inside"] == 1


def test_several_targets_are_judged_in_one_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each verdict names its target; the worst decides the exit code."""
    for name, by in (("a", "eu"), ("b", "us")):
        (tmp_path / f"{name}.json").write_text(state(IRELAND, AMERICA, resource(BUCKET, name, {}, by=by)))
    shown = Shown(capsys, str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--format", "json")
    found = [(Path(each["target"]).name, each["outcome"]) for each in json.loads(shown.out)["verdicts"]]
    assert found == [("b.json", "outside"), ("a.json", "inside")]
    assert shown.code == 1
