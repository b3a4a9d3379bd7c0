"""Where a finding is shown: relative to the folder of the run, with slashes, whatever the target is."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from residency.check import CheckResult, result
from residency.cli.main import main
from residency.ingest import deployment
from residency.ingest.cloudformation.read import Deployed, read
from residency.ingest.deployment import Record
from residency.report import sarif
from residency.report.position import Position, Positions
from tests.residency.ingest.cloudformation.test_read import assembly
from tests.residency.report.sample import at, graph_with, make_files, sample_result
from tests.residency.samples import AMERICA, BUCKET, IRELAND, REPLICATION, eea, resource

LEAK = resource(BUCKET, "b", {}, by="us")


def checked(target: str, *, file: str | None = "__main__.py", line: int = 12) -> CheckResult:
    """One leak of a target, declared at a line of a file."""
    return result([graph_with([AMERICA, LEAK if file is None else at(LEAK, line, file)], target)], eea())


def shown(target: str, *, file: str | None = "__main__.py", line: int = 12) -> Position:
    """Where its leak is shown."""
    made = checked(target, file=file, line=line)
    return Positions(made).of(made.verdicts[0])


@pytest.mark.usefixtures("run_folder")
@pytest.mark.parametrize(
    ("target", "file", "expected"),
    [
        ("shop", "__main__.py", "shop/__main__.py:12"),
        ("shop/", "__main__.py", "shop/__main__.py:12"),
        ("./shop/../shop", "data/stores.py", "shop/data/stores.py:12"),
        ("shop/Pulumi.yaml", "__main__.py", "shop/__main__.py:12"),
        ("shop", None, "shop/Pulumi.yaml"),
        ("shop/Pulumi.yaml", None, "shop/Pulumi.yaml"),
        ("exports/state.json", None, "exports/state.json"),
        ("exports/state.json", "__main__.py", "exports/state.json"),
        ("templates/archive.yaml", "templates/archive.yaml", "templates/archive.yaml:12"),
        ("gone", None, "gone"),
    ],
)
def test_each_kind_of_target_has_its_place(target: str, file: str | None, expected: str) -> None:
    assert shown(target, file=file).shown == expected


def test_a_state_beside_its_program_is_shown_in_the_program(run_folder: Path) -> None:
    (run_folder / "shop" / "state.json").touch()
    assert shown("shop/state.json").shown == "shop/__main__.py:12"


def test_the_folder_of_the_run_itself(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run_folder / "shop")
    assert shown(".").shown == "__main__.py:12"
    assert shown(".", file=None).shown == "Pulumi.yaml"


def test_an_absolute_target_inside_is_relative(run_folder: Path) -> None:
    assert shown(str(run_folder / "shop")).shown == "shop/__main__.py:12"


def test_a_target_outside_is_absolute_and_never_goes_up(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that knows its checkout makes it relative; `../` would be refused, or be another file."""
    monkeypatch.chdir(run_folder / "exports")
    outside = (run_folder / "shop" / "__main__.py").as_posix()
    assert shown("../shop").shown == f"{outside}:12"
    run = json.loads(sarif.render(checked("../shop")))["runs"][0]
    [uri] = [
        place["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"] for place in each["locations"]
    ]
    assert uri == f"file://{outside}"


def test_a_link_is_shown_at_the_file_that_it_names(run_folder: Path) -> None:
    """GitHub shows nothing at a symbolic link."""
    (run_folder / "linked").symlink_to(run_folder / "shop")
    assert shown("linked").shown == "shop/__main__.py:12"


def test_a_folder_whose_name_only_begins_with_dots_is_inside(run_folder: Path) -> None:
    make_files(run_folder / "..hidden")
    assert shown("..hidden/shop").shown == "..hidden/shop/__main__.py:12"


def test_names_with_spaces_and_letters_of_any_language_are_escaped_in_sarif_only(run_folder: Path) -> None:
    folder = run_folder / "mine tjenester"
    folder.mkdir()
    (folder / "Pulumi.yaml").touch()
    made = checked("mine tjenester", file="l%C3%A5s%20%231.py")
    assert Positions(made).of(made.verdicts[0]).shown == "mine tjenester/lås #1.py:12"
    [found] = json.loads(sarif.render(made))["runs"][0]["results"]
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "mine%20tjenester/l%C3%A5s%20%231.py"


def test_a_name_that_looks_like_a_scheme_stays_a_path(run_folder: Path) -> None:
    """`a:b/main.py` would be a URI of the scheme `a`."""
    (run_folder / "a:b").mkdir()
    [found] = json.loads(sarif.render(checked("a:b")))["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%3Ab/__main__.py"


def test_a_template_and_a_stage_of_a_cdk_program_have_their_own_files(run_folder: Path) -> None:
    """Also from the manifest itself."""
    (run_folder / "cdk.out").mkdir()
    assembly(run_folder / "cdk.out", "us-east-1")
    for target in ("cdk.out", "cdk.out/manifest.json"):
        made = result([read(Deployed(target, None), parameters={})], eea())
        places = {Positions(made).of(each).shown for each in made.verdicts}
        assert places == {
            "cdk.out/assembly-stage/far.template.json:1",
            "cdk.out/assembly-stage/near.template.json:1",
        }


def test_a_template_in_a_folder_is_shown_at_its_line(run_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the command line."""
    (run_folder / "templates" / "archive.yaml").write_text(
        "Resources:\n  Archive:\n    Type: AWS::S3::Bucket\n", encoding="utf-8"
    )
    assert main(["check", "templates/archive.yaml", "--region", "us-east-1", "--format", "github"]) == 1
    assert "::error file=templates/archive.yaml,line=2," in capsys.readouterr().out


def test_a_step_has_its_line_but_not_the_findings_own(run_folder: Path) -> None:
    assert run_folder.is_dir()
    sample = sample_result()
    [verdict] = [each for each in sample.verdicts if each.rule == "RES101"]
    steps = [Positions(sample).of_step(verdict, each) for each in verdict.placement.evidence]
    assert [each and each.shown for each in steps] == [None, "shop/data/stores.py:7", "shop/__main__.py:5"]


def test_a_line_is_never_less_than_one(run_folder: Path) -> None:
    assert run_folder.is_dir()
    assert shown("shop", line=0).line == 1


def test_another_stacks_line_is_not_shown(run_folder: Path) -> None:
    """It is a line of another project."""
    assert run_folder.is_dir()
    there = [at(AMERICA, 5), at(resource(BUCKET, "far", {"bucket": "far"}, by="us"), 7)]
    others = [deployment.resource(msgspec.json.decode(json.dumps(each), type=Record)) for each in there]
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::far"}}]
    copying = [IRELAND, at(resource(REPLICATION, "r", {"bucket": "data", "rules": rules}, by="eu"), 3)]
    records = msgspec.json.decode(json.dumps(copying), type=list[Record])
    made = result([deployment.graph("shop", records, context=others)], eea())
    [verdict] = [each for each in made.verdicts if each.rule == "RES101"]
    assert [each.text for each in verdict.placement.evidence][-1] == "provider `us` has region `us-east-1`"
    assert [Positions(made).of_step(verdict, each) for each in verdict.placement.evidence] == [None, None, None]
