"""The commands as a person calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from residency import __version__
from residency.cli.main import main
from tests.residency.samples import AMERICA, BUCKET, IRELAND, REPLICATION, resource, state


def test_places_shows_a_place_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    """Zurich, whatever the prefix says."""
    assert main(["places", "eu-central-2"]) == 0
    shown = capsys.readouterr().out
    assert "Switzerland (CH)" in shown
    assert "source:" in shown
    assert "checked:" in shown


def test_places_takes_every_spelling(capsys: pytest.CaptureFixture[str]) -> None:
    """As people write it."""
    assert main(["places", "North Europe"]) == 0
    assert "Ireland (IE)" in capsys.readouterr().out


def test_places_lists_all_of_a_provider(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a place."""
    assert main(["places", "--provider", "azure"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("azure  norwayeast ") and line.endswith(" NO") for line in lines)
    assert not any(line.startswith("aws") for line in lines)


def test_places_suggests_the_likely_code(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    assert main(["places", "norwayeastt"]) == 2
    assert "did you mean `norwayeast`?" in capsys.readouterr().err


def test_the_version_is_the_packages() -> None:
    """In a process of its own."""
    done = subprocess.run([sys.executable, "-m", "residency", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"residency {__version__}\n"


def test_a_reference_into_another_stack_is_settled_by_its_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Undetermined without it, and its own resources are not judged with it."""
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::far"}}]
    own, other = tmp_path / "own.json", tmp_path / "other.json"
    own.write_text(state(IRELAND, resource(REPLICATION, "r", {"bucket": "data", "rules": rules}, by="eu")))
    far = resource(BUCKET, "far", {"bucket": "far"}, by="us")
    other.write_text(state(AMERICA, far).replace("pulumi:dev::sample", "pulumi:dev::other"))
    assert main(["check", str(own)]) == 3
    assert "--with-state" in capsys.readouterr().out
    assert main(["check", str(own), "--with-state", str(other), "--format", "json"]) == 1
    [verdict] = json.loads(capsys.readouterr().out)["verdicts"]
    assert (verdict["rule"], verdict["location"]) == ("RES101", "us-east-1")


def test_a_program_with_a_stack_reference_uses_the_other_stacks_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The output of the other stack is a real value then."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: sample\nruntime: python\n")
    (project / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-west-1\n")
    (project / "__main__.py").write_text(
        "import pulumi, pulumi_aws as aws\n"
        "other = pulumi.StackReference('acme/other/dev')\n"
        "aws.s3.BucketReplicationConfig('r', bucket='data', role='role', rules=[{'status': 'Enabled',"
        " 'destination': {'bucket': other.get_output('archive')}}])\n"
    )
    stack = {
        "urn": "urn:pulumi:dev::other::pulumi:pulumi:Stack::other-dev",
        "type": "pulumi:pulumi:Stack",
        "outputs": {"archive": "arn:aws:s3:::far"},
    }
    far = resource(BUCKET, "far", {"bucket": "far"}, by="us")
    other = tmp_path / "other.json"
    other.write_text(state(stack, AMERICA, far).replace("pulumi:dev::sample", "pulumi:dev::other"))
    assert main(["check", str(project)]) == 3
    capsys.readouterr()
    assert main(["check", str(project), "--with-state", str(other), "--format", "json"]) == 1
    [verdict] = json.loads(capsys.readouterr().out)["verdicts"]
    assert (verdict["rule"], verdict["location"], verdict["where"]) == ("RES101", "us-east-1", "__main__.py:3")


def test_a_targets_own_perimeter_file_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`residency.toml` at the project's root."""
    (tmp_path / "Pulumi.yaml").write_text("name: sample\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("import pulumi_aws as aws\naws.s3.Bucket('b', region='eu-north-1')\n")
    (tmp_path / "residency.toml").write_text('[perimeter]\nname = "narrow"\ncountries = ["IE"]\n')
    assert main(["check", str(tmp_path)]) == 1
    assert "outside `narrow`" in capsys.readouterr().out
    assert main(["check", str(tmp_path), "--perimeter", "eea"]) == 0


def test_undetermined_only_warns_where_the_perimeter_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Still shown and counted."""
    (tmp_path / "residency.toml").write_text('[perimeter]\ngroups = ["EEA"]\nundetermined = "warn"\n')
    path = tmp_path / "state.json"
    path.write_text(state(resource(BUCKET, "b", {})))
    assert main(["check", str(path), "--perimeter", str(tmp_path / "residency.toml")]) == 0
    assert "undetermined[RES001]" in capsys.readouterr().out
