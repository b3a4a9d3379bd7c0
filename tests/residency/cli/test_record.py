"""``check --record`` and ``verify-record``: a record fits exactly what it is of, and anything else is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from residency.cli.main import main
from residency.record import digests, values
from tests.residency.repositories import PROJECT, STACK, committed, git, program, repository, shop
from tests.residency.samples import AMERICA, BUCKET, IRELAND, SECRET, resource, state, urn
from tests.terraform.schemas import FIXTURES as TERRAFORM

OTHER_SETTINGS = "`--region`, a `--parameter` or `--configuration` is not the one that was judged"
DAY = ("--date", "2026-11-26")
UPLOADS = "aws.s3.Bucket('uploads')"
README = """[perimeter]
name = "acme"
countries = ["IE", "NO"]
groups = ["EEA"]

[[site]]
name = "dc-oslo"
country = "NO"
provider = "aws"
endpoints = ["s3.dc-oslo.example.no"]

[[exemption]]
rule = "RES001"
resource = "old"
owner = "platform"
reason = "moves"
approver = "security"
expires = 2026-12-31
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def inside(name: str = "a") -> str:
    """A state inside."""
    return state(IRELAND, resource(BUCKET, name, {}, by="eu"))


def outside(name: str = "a") -> str:
    """A state outside."""
    return state(AMERICA, resource(BUCKET, name, {}, by="us"))


def recorded(*targets: str, code: int = 0, record: str = "r.json") -> dict[str, Any]:
    """Check targets, and give the record."""
    assert main(["check", *targets, "--record", record, *DAY]) == code
    return json.loads(Path(record).read_text("utf-8"))


class Verified:
    """What ``verify-record`` said, and its exit code."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        capsys.readouterr()
        self.code = main(["verify-record", *arguments, *(() if "--date" in arguments else DAY)])
        captured = capsys.readouterr()
        self.out, self.err = captured.out, captured.err
        assert "Traceback" not in self.err


Verify = Callable[..., Verified]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    """Call ``verify-record``."""
    return lambda *arguments: Verified(capsys, *arguments)


def test_a_record_of_the_same_input_is_accepted_under_any_name(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(inside())
    recorded("s.json")
    (here / "elsewhere.json").write_text(inside())
    assert verify("r.json", "s.json").out == "accepted: the record is of this input, and its outcome is acceptable\n"
    assert verify("r.json", "elsewhere.json").code == 0
    assert verify("r.json", "s.json", "--again").code == 0


def test_the_record_of_the_same_check_is_the_same(here: Path) -> None:
    (here / "s.json").write_text(inside())
    recorded("s.json")
    first = (here / "r.json").read_bytes()
    recorded("s.json")
    assert (here / "r.json").read_bytes() == first


def test_a_record_holds_digests_and_ids_and_no_value_of_a_property(here: Path) -> None:
    secret = resource(BUCKET, "a", {"tags": {"k": SECRET, "plain": "hush-plain"}}, by="eu")
    (here / "s.json").write_text(state(IRELAND, secret))
    found = recorded("s.json")
    assert "hush" not in (here / "r.json").read_text()
    assert [each["id"] for each in found["resources"]] == [urn(BUCKET, "a")]
    assert found["date"] == "2026-11-26"
    assert found["summary"]["inside"] == 1
    assert found["inputs"][0]["files"] == {"": digests.of_bytes((here / "s.json").read_bytes())}


def test_a_missing_record_is_refused_with_words(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(inside())
    found = verify("none.json", "s.json")
    assert found.code == 1
    assert "there is no record at `none.json`: this was not judged, or its record was not kept" in found.out


def test_another_input_is_refused(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(inside())
    (here / "t.json").write_text(inside("b"))
    recorded("s.json")
    assert "`t.json` is another input: its bytes differ" in verify("r.json", "t.json").out
    assert "`t.json` was not judged" in verify("r.json", "s.json", "t.json").out
    recorded("s.json", "t.json")
    assert "`t.json` was judged, and is not given here" in verify("r.json", "s.json").out
    assert verify("r.json", "t.json", "s.json").code == 0


def test_line_endings_are_part_of_the_input(here: Path, verify: Verify) -> None:
    """Bytes as they are."""
    (here / "s.json").write_bytes(inside().encode() + b"\n")
    recorded("s.json")
    (here / "s.json").write_bytes(inside().encode() + b"\r\n")
    assert verify("r.json", "s.json").code == 1


def test_an_outcome_that_was_not_inside_is_refused(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(outside())
    recorded("s.json", code=1)
    found = verify("r.json", "s.json")
    assert (found.code, found.out) == (1, "refused: `r.json`: its outcome was not inside: 1 outside (exit code 1)\n")
    assert verify("r.json", "s.json", "--max-outside", "1").code == 0
    (here / "s.json").write_text(state(resource(BUCKET, "a", {})))
    recorded("s.json", code=3)
    assert "1 undetermined (exit code 3)" in verify("r.json", "s.json", "--max-outside", "9").out


def test_another_perimeter_is_refused(here: Path, verify: Verify) -> None:
    """Also one of the same name."""
    (here / "s.json").write_text(inside())
    (here / "residency.toml").write_text(README)
    recorded("s.json")
    assert verify("r.json", "s.json").code == 0
    assert "by another perimeter `acme`, not by `eea`" in verify("r.json", "s.json", "--perimeter", "eea").out
    (here / "residency.toml").write_text(README.replace("oslo.example.no", "other.example.no"))
    assert "by another perimeter of the same name, not by `acme` as it is" in verify("r.json", "s.json").out


def test_an_acceptance_that_has_ended_since_is_refused(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(outside("old"))
    (here / "residency.toml").write_text(README)
    assert recorded("s.json")["summary"]["exempt"] == 1
    assert verify("r.json", "s.json", "--date", "2026-12-31").code == 0
    found = verify("r.json", "s.json", "--date", "2027-01-01")
    assert (found.code, "the acceptance of `old` ended on 2026-12-31" in found.out) == (1, True)


def test_another_catalogue_another_build_and_another_version_are_refused(
    here: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "s.json").write_text(inside())
    recorded("s.json")
    monkeypatch.setattr(digests, "of_catalogue", lambda: "0" * 64)
    monkeypatch.setattr(digests, "of_tool", lambda: "0" * 64)
    found = verify("r.json", "s.json").out
    assert "with another catalogue" in found
    assert "by another build of residency" in found
    monkeypatch.setattr("residency.record.verify.__version__", "9.9")
    assert "and this is 9.9" in verify("r.json", "s.json").out


def test_a_baseline_must_be_named_and_be_the_same(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(outside())
    main(["check", "s.json", "--format", "json", "--output", "base.json", *DAY])
    assert main(["check", "s.json", "--baseline", "base.json", "--record", "r.json", *DAY]) == 0
    assert "carried over by a baseline; name it" in verify("r.json", "s.json").out
    assert verify("r.json", "s.json", "--baseline", "base.json", "--again").code == 0
    (here / "base.json").write_text((here / "base.json").read_text() + " ")
    assert "with another baseline" in verify("r.json", "s.json", "--baseline", "base.json").out


def test_a_record_that_was_altered_is_refused(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(outside())
    found = recorded("s.json", code=1)
    found["exit_code"], found["summary"]["outside"] = 0, 0
    (here / "r.json").write_text(json.dumps(found))
    assert "altered after it was made" in verify("r.json", "s.json").out


def test_a_record_that_was_made_up_and_sealed_shows_when_it_is_judged_again(here: Path, verify: Verify) -> None:
    """Without a signature only a second judgement can tell."""
    (here / "s.json").write_text(outside())
    found = recorded("s.json", code=1)
    found["exit_code"], found["summary"]["outside"], found["summary"]["inside"] = 0, 0, 1
    record = values.decode(json.dumps(found).encode(), "r.json").sealed()
    (here / "r.json").write_bytes(values.encode(record))
    assert verify("r.json", "s.json").code == 0
    assert "judged again, it has other verdicts" in verify("r.json", "s.json", "--again").out


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"version": 1}'])
def test_what_is_no_record_is_bad_input(here: Path, verify: Verify, content: bytes) -> None:
    (here / "s.json").write_text(inside())
    (here / "r.json").write_bytes(content)
    found = verify("r.json", "s.json")
    assert (found.code, "`r.json` is no record of a check" in found.err) == (2, True)


def test_a_call_without_target_or_with_both_is_refused(here: Path, verify: Verify) -> None:
    (here / "s.json").write_text(inside())
    recorded("s.json")
    assert verify("r.json").code == 2
    assert verify("r.json", "s.json", "--deployed", "s.json").code == 2


def test_a_record_that_cannot_be_written_is_an_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "s.json").write_text(inside())
    assert main(["check", "s.json", "--record", "no/where.json"]) == 2
    assert "--record" in capsys.readouterr().err


def test_one_record_of_a_folder_must_fit(here: Path, verify: Verify) -> None:
    (here / "records").mkdir()
    for name in ("a", "b"):
        (here / f"{name}.json").write_text(inside(name))
        recorded(f"{name}.json", record=f"records/{name}.json")
    assert verify("records", "b.json").code == 0
    (here / "c.json").write_text(inside("c"))
    assert verify("records", "c.json").out.count("is another input") == 2


def test_each_deployed_resource_needs_a_record(here: Path, verify: Verify) -> None:
    (here / "records").mkdir()
    (here / "a.json").write_text(inside("a"))
    (here / "ab.json").write_text(state(IRELAND, *(resource(BUCKET, name, {}, by="eu") for name in "ab")))
    assert "there is no record at `records`" in verify("records", "--deployed", "a.json").out
    recorded("a.json", record="records/a.json")
    assert verify("records", "--deployed", "a.json").code == 0
    found = verify("records", "--deployed", "ab.json")
    assert (found.code, found.out) == (1, f"refused: `{urn(BUCKET, 'b')}` has no record\n")


def test_a_resource_that_is_elsewhere_than_its_record_says_is_found(here: Path, verify: Verify) -> None:
    (here / "a.json").write_text(inside("a"))
    recorded("a.json")
    (here / "a.json").write_text(outside("a"))
    found = verify("r.json", "--deployed", "a.json")
    assert (found.code, "is not placed as its record says" in found.out) == (1, True)


def test_a_record_that_was_not_inside_covers_nothing(here: Path, verify: Verify) -> None:
    (here / "a.json").write_text(outside("a"))
    recorded("a.json", code=1)
    found = verify("r.json", "--deployed", "a.json")
    assert found.code == 1
    assert "covers nothing: its outcome was not inside" in found.out
    assert "`urn:pulumi:dev::sample::aws:s3/bucket:Bucket::a` has no record" in found.out


def test_a_projects_record_names_its_files_and_what_its_program_read_beside_them(here: Path, verify: Verify) -> None:
    home = repository(here / "home")
    committed(home, **{"lib/data.txt": "eu-west-1", ".gitignore": "*.ignored\n"})
    shop(home, "region = open('../lib/data.txt').read()", "aws.s3.Bucket('uploads', region=region)")
    (home / "infra" / "x.ignored").write_text("ignored")
    (home / "infra" / "new.txt").write_text("not yet tracked")
    [found] = recorded("home/infra")["inputs"]
    assert (found["form"], found["stack"]) == ("project", "dev")
    assert list(found["files"]) == ["../lib/data.txt", "Pulumi.dev.yaml", "Pulumi.yaml", "__main__.py", "new.txt"]
    assert verify("r.json", "home/infra").code == 0
    (home / "lib" / "data.txt").write_text("us-east-1")
    assert "`home/infra` is another input: `../lib/data.txt` differs" in verify("r.json", "home/infra").out
    (home / "lib" / "data.txt").write_text("eu-west-1")
    (home / "infra" / "more.py").write_text("")
    (home / "infra" / "new.txt").unlink()
    said = verify("r.json", "home/infra").out
    assert "`more.py` is new" in said
    assert "`new.txt` is missing" in said


def test_a_record_fits_a_fresh_clone_and_may_lie_in_the_project(here: Path, verify: Verify) -> None:
    """The pull request's checkout and the pipeline's are two folders."""
    home = repository(here / "home")
    shop(home, UPLOADS)
    recorded("home/infra", record="home/infra/record.json")
    assert verify("home/infra/record.json", "home/infra").code == 0
    git(here, "clone", "--quiet", str(home), "clone")
    assert verify("home/infra/record.json", "clone/infra").code == 0


def test_a_chosen_stack_is_part_of_the_input_although_git_ignores_it(here: Path, verify: Verify) -> None:
    home = repository(here / "home")
    shop(home, UPLOADS, **{".gitignore": "Pulumi.prod.yaml\n"})
    (home / "infra" / "Pulumi.prod.yaml").write_text(STACK)
    assert main(["check", "home/infra", "--stack", "prod", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "home/infra", "--stack", "prod").code == 0
    assert "its stack is `dev`, and `prod` was judged" in verify("r.json", "home/infra", "--stack", "dev").out
    (home / "infra" / "Pulumi.prod.yaml").write_text(STACK.replace("eu-west-1", "us-east-1"))
    assert "`Pulumi.prod.yaml` differs" in verify("r.json", "home/infra", "--stack", "prod").out


def test_without_git_all_files_but_environments_are_the_input(here: Path) -> None:
    folder = here / "infra"
    (folder / "venv").mkdir(parents=True)
    (folder / "venv" / "pyvenv.cfg").write_text("")
    (folder / "Pulumi.yaml").write_text(PROJECT)
    (folder / "Pulumi.dev.yaml").write_text(STACK)
    (folder / "__main__.py").write_text(program(UPLOADS))
    [found] = recorded("infra")["inputs"]
    assert list(found["files"]) == ["Pulumi.dev.yaml", "Pulumi.yaml", "__main__.py"]


def test_the_texts_of_a_configuration_are_part_of_its_plan(here: Path, verify: Verify) -> None:
    """They decide what a plan does not show, so another text is another input."""
    shutil.copytree(TERRAFORM / "inside", here / "terraform")
    assert main(["check", "terraform/plan.json", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "terraform/plan.json").code == 0
    shutil.copytree(here / "terraform", here / "elsewhere")
    assert verify("r.json", "elsewhere/plan.json").code == 0
    with (here / "elsewhere" / "main.tf").open("a") as file:
        file.write('locals { region = "us-east-1" }\n')
    assert "`main.tf` differs" in verify("r.json", "elsewhere/plan.json").out
    (here / "elsewhere" / "main.tf").unlink()
    assert "`main.tf` is missing" in verify("r.json", "elsewhere/plan.json").out
    other = verify("r.json", "terraform/plan.json", "--configuration", "elsewhere")
    assert OTHER_SETTINGS in other.out


def test_nested_templates_are_part_of_their_parent(here: Path, verify: Verify) -> None:
    nested = "Resources: {Inner: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: in/ner.yaml}}}\n"
    (here / "in").mkdir()
    (here / "t.yaml").write_text(nested)
    (here / "in" / "ner.yaml").write_text("Resources: {Data: {Type: 'AWS::S3::Bucket'}}\n")
    assert main(["check", "t.yaml", "--region", "eu-west-1", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "t.yaml", "--region", "eu-west-1").code == 0
    (here / "in" / "ner.yaml").write_text("Resources: {Other: {Type: 'AWS::S3::Bucket'}}\n")
    assert "`in/ner.yaml` differs" in verify("r.json", "t.yaml", "--region", "eu-west-1").out


def test_settings_and_other_stacks_states_are_part_of_it(here: Path, verify: Verify) -> None:
    (here / "t.yaml").write_text("Resources:\n  Data:\n    Type: AWS::S3::Bucket\n")
    assert main(["check", "t.yaml", "--region", "eu-west-1", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "t.yaml", "--region", "eu-west-1").code == 0
    assert OTHER_SETTINGS in verify("r.json", "t.yaml", "--region", "us-east-1").out
    assert OTHER_SETTINGS in verify("r.json", "t.yaml", "--region", "t.yaml=us-east-1").out
    assert main(["check", "t.yaml", "--region", "t.yaml=eu-west-1", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "t.yaml", "--region", "t.yaml=eu-west-1").code == 0
    assert OTHER_SETTINGS in verify("r.json", "t.yaml", "--region", "t.yaml=us-east-1").out
    (here / "s.json").write_text(inside())
    (here / "other.json").write_text(inside("b"))
    assert main(["check", "s.json", "--with-state", "other.json", "--record", "r.json", *DAY]) == 0
    assert verify("r.json", "s.json", "--with-state", "other.json").code == 0
    assert "`--with-state` `other.json` was judged, and is not given" in verify("r.json", "s.json").out


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_that_changes_in_an_input_or_the_record_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    """Wherever it is, and whatever it becomes."""
    (here / "s.json").write_text(inside())
    recorded("s.json")
    name = data.draw(st.sampled_from(["s.json", "r.json"]))
    before = (here / name).read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != before[at]))
    (here / name).write_bytes(before[:at] + bytes([byte]) + before[at + 1 :])
    found = Verified(capsys, "r.json", "s.json")
    assert found.code in ((1,) if name == "s.json" else (1, 2))
