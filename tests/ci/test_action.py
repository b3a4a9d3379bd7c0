"""``action.yml`` run step by step: the verdict, every report, and inputs that would rather be commands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.ci.actions_runner import FAILURE, SKIPPED, SUCCESS, Job, StepRun
from tests.ci.github_api import BOT, TOKEN, Comments
from tests.ci.repositories import INSIDE, LEAK, ROOT, commit, copied, git, job

ACTION = "residency/residency"
PROGRAM = {"extras": "pulumi,aws,terraform", "targets": "infra"}
LINE = 47
PLAN = ROOT / "tests" / "residency" / "ingest" / "terraform" / "fixtures" / "unknown"


def ran(inner: StepRun, name: str) -> StepRun:
    """One step of the action."""
    return next(each for each in inner.inner if each.name == name)


def leaking(folder: Path, where: str = "infra") -> Path:
    """A user's repository whose project leaks."""
    copied(LEAK, folder / where)
    commit(folder)
    return folder


def test_a_leak_fails_the_job_after_everything_is_reported(
    tmp_path: Path, runner_temp: Path, comments: Comments
) -> None:
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    found = place.use(ACTION, {**PROGRAM, "html": "out/report.html", "record": "record.json"})
    assert (found.conclusion, found.code) == (FAILURE, 1)
    assert ran(found, "Check").conclusion == SUCCESS
    assert ran(found, "Verdict").code == 1
    assert (found.outputs["exit-code"], found.outputs["outside"], found.outputs["undetermined"]) == ("1", "2", "0")
    assert re.search(rf"^::error file=infra/__main__\.py,line={LINE},title=RES001 outside::", found.log, re.MULTILINE)
    assert "documents-dr" in place.summary
    assert (tmp_path / "out" / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "record.json").read_bytes())["exit_code"] == 1
    assert json.loads(Path(found.outputs["json"]).read_bytes())["summary"]["outside"] == 2
    assert comments.bodies == [Path(found.outputs["comment"]).read_text("utf-8")]
    assert "This change would put user data in the United States" in comments.bodies[0]
    sarif = json.loads(Path(found.outputs["sarif"]).read_bytes())
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in sarif["runs"][0]["results"]
    ]
    assert places == ["infra/__main__.py", "infra/__main__.py"]


def test_what_is_inside_passes_and_its_comment_replaces_the_leak(
    tmp_path: Path, runner_temp: Path, comments: Comments
) -> None:
    comments.add("<!-- residency report -->\nThis change would put user data in the United States.\n", BOT)
    copied(INSIDE, tmp_path / "infra")
    commit(tmp_path)
    found = job(tmp_path, runner_temp, api=comments.url).use(ACTION, {**PROGRAM, "base": "HEAD"})
    assert found.conclusion == SUCCESS
    assert (found.outputs["exit-code"], found.outputs["outside"]) == ("0", "0")
    assert "::error" not in found.log
    assert len(comments.bodies) == 1
    assert "United States" not in comments.bodies[0]


def test_foreign_actions_are_pinned_and_get_what_they_need(
    tmp_path: Path, runner_temp: Path, comments: Comments
) -> None:
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    found = place.use(ACTION, {**PROGRAM, "python-version": "3.13", "category": "shop"})
    foreign = {each.uses.split("@")[0]: each for each in found.inner if each.uses}
    assert foreign.keys() == {"actions/setup-python", "actions/cache", "github/codeql-action/upload-sarif"}
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each.uses) for each in foreign.values())
    assert foreign["actions/setup-python"].given["python-version"] == "3.13"
    cache = foreign["actions/cache"].given
    assert Path(cache["path"]).is_dir(), "what is kept is where downloads were"
    assert re.fullmatch(r"residency-\w+-\w+-3\.\d+-[0-9a-f]{16}", cache["key"])
    upload = foreign["github/codeql-action/upload-sarif"].given
    assert upload == {"sarif_file": found.outputs["sarif"], "category": "shop", "token": TOKEN}


def test_what_is_not_wanted_is_not_done(tmp_path: Path, runner_temp: Path, comments: Comments) -> None:
    off = dict.fromkeys(("annotations", "summary", "sarif", "comment", "cache"), "false")
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    found = place.use(ACTION, {**PROGRAM, **off, "python-version": ""})
    assert (found.conclusion, found.code) == (FAILURE, 1)
    assert {each.name for each in found.inner if each.conclusion == SKIPPED} == {
        "Set up Python",
        "Keep downloads",
        "Compare with the base",
        "Upload to code scanning",
        "Comment on the pull request",
    }
    assert comments.calls == []
    assert place.summary == ""
    assert found.outputs["sarif"] == ""
    check = ran(found, "Check").log
    mark = re.match(r"::stop-commands::(\w+)\n", check)
    assert mark, "names in a report in text could be commands of the log"
    assert check.endswith(f"::{mark[1]}::\n")
    assert "error[RES001]" in check


def test_a_push_has_no_comment(tmp_path: Path, runner_temp: Path, comments: Comments) -> None:
    place = job(leaking(tmp_path), runner_temp, api=comments.url, event_name="push", event={})
    assert ran(place.use(ACTION, PROGRAM), "Comment on the pull request").conclusion == SKIPPED
    assert comments.calls == []


def test_a_fork_gets_its_verdict_though_its_token_may_write_nothing(
    tmp_path: Path, runner_temp: Path, comments: Comments
) -> None:
    comments.refuses = 403
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    found = place.use(ACTION, PROGRAM)
    assert (found.conclusion, found.code) == (FAILURE, 1)
    assert "::warning title=residency::the comment could not be written: GitHub answered 403." in found.log
    assert "documents-dr" in place.summary


@pytest.mark.parametrize(("fail_on", "conclusion"), [("undetermined", FAILURE), ("outside", SUCCESS)])
def test_a_plan_that_proves_nothing_fails_unless_told_otherwise(
    tmp_path: Path, runner_temp: Path, fail_on: str, conclusion: str
) -> None:
    copied(PLAN, tmp_path / "terraform")
    place = job(tmp_path, runner_temp)
    found = place.use(ACTION, {"targets": "terraform/plan.json", "comment": "false", "fail-on": fail_on})
    assert (found.outputs["exit-code"], found.outputs["outside"]) == ("3", "0")
    assert int(found.outputs["undetermined"]) > 0
    assert found.conclusion == conclusion
    assert ("`fail-on` lets it pass" in found.log) == (conclusion == SUCCESS)


@pytest.mark.parametrize("targets", ["nowhere", "infra/README.md"])
def test_what_cannot_be_judged_fails_whatever_may_pass(
    tmp_path: Path, runner_temp: Path, comments: Comments, targets: str
) -> None:
    comments.add("<!-- residency report -->\nEverything stays inside.\n", BOT)
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    found = place.use(ACTION, {**PROGRAM, "targets": targets, "fail-on": "never"})
    assert (found.conclusion, found.code) == (FAILURE, 2)
    assert found.outputs["exit-code"] == "2"
    assert found.outputs["outside"] == ""
    assert "could not be judged" in place.summary
    assert "could not be judged" in comments.bodies[0]
    assert ran(found, "Upload to code scanning").conclusion == SKIPPED


def test_an_engine_that_cannot_be_installed_is_no_pass_and_no_older_verdict(
    tmp_path: Path, runner_temp: Path, comments: Comments
) -> None:
    comments.add("<!-- residency report -->\nEverything stays inside.\n", BOT)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (tmp_path / "bin" / "uv").chmod(0o755)
    place = job(leaking(tmp_path), runner_temp, api=comments.url)
    place.environment["PATH"] = f"{tmp_path / 'bin'}:{place.environment['PATH']}"
    found = place.use(ACTION, {**PROGRAM, "fail-on": "never"})
    assert (found.conclusion, found.code) == (FAILURE, 2)
    assert ran(found, "Check").conclusion == SKIPPED
    assert "could not be judged" in comments.bodies[0]


def test_a_working_directory_is_where_paths_begin_and_reports_still_name_the_repository(
    tmp_path: Path, runner_temp: Path
) -> None:
    """And its perimeter applies: this one allows the United States."""
    copied(LEAK, tmp_path / "teams" / "shop" / "infra")
    perimeter = tmp_path / "teams" / "shop" / "residency.toml"
    perimeter.write_text('[perimeter]\nname = "north"\ncountries = ["NO"]\n', "utf-8")
    commit(tmp_path)
    given = {**PROGRAM, "comment": "false", "working-directory": "teams/shop", "record": "record.json"}
    found = job(tmp_path, runner_temp).use(ACTION, given)
    assert int(found.outputs["outside"]) > 1, "Ireland is outside this perimeter too"
    assert "::error file=teams/shop/infra/__main__.py," in found.log
    assert (tmp_path / "teams" / "shop" / "record.json").is_file()


TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters: {Stage: {Type: String}, Owner: {Type: String, Default: nobody}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources: {Uploads: {Type: "AWS::S3::Bucket", Condition: IsProd}}
"""


def test_templates_are_judged_where_each_is_to_be_deployed(tmp_path: Path, runner_temp: Path) -> None:
    """Names of targets in ``region`` are relative to the working directory, as the targets are."""
    (tmp_path / "shop").mkdir()
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / "shop" / name).write_text(TEMPLATE, "utf-8")
    given = {
        "working-directory": "shop",
        "targets": "one.yaml\n\n  two.yaml\n",
        "region": "eu-west-1\ntwo.yaml=us-east-1",
        "parameters": "Stage=prod\nOwner=a b=c",
        "comment": "false",
    }
    found = job(tmp_path, runner_temp).use(ACTION, given)
    assert (found.code, found.outputs["outside"]) == (1, "1"), found.log
    assert "::error file=shop/two.yaml,line=4," in found.log


def test_the_change_itself_comes_first_in_the_comment(tmp_path: Path, runner_temp: Path, comments: Comments) -> None:
    """Compared with where it left its base: what the base did since is not the change's."""
    copied(INSIDE, tmp_path / "infra")
    left = commit(tmp_path)
    with (tmp_path / "infra" / "__main__.py").open("a", encoding="utf-8") as file:
        file.write('\nlater = aws.Provider("later", region="us-east-1")\n')
        file.write('aws.s3.Bucket("later-in-the-base", opts=pulumi.ResourceOptions(provider=later))\n')
    base = commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", left)
    (tmp_path / "infra" / "__main__.py").write_bytes((LEAK / "__main__.py").read_bytes())
    (tmp_path / "infra" / "Pulumi.yaml").write_bytes((LEAK / "Pulumi.yaml").read_bytes())
    commit(tmp_path)
    found = job(tmp_path, runner_temp, api=comments.url).use(ACTION, {**PROGRAM, "base": base})
    assert (found.code, found.outputs["change-exit-code"]) == (1, "1")
    (body,) = comments.bodies
    change, _, whole = body.partition("\n\n---\n\n")
    assert "`documents-dr`" in change.split("\n\n")[0]
    assert "later-in-the-base" not in change
    assert "This change would put user data in the United States" in whole


def test_a_base_that_is_not_fetched_is_a_warning(tmp_path: Path, runner_temp: Path) -> None:
    place = job(leaking(tmp_path), runner_temp)
    found = place.use(ACTION, {**PROGRAM, "comment": "false", "base": "f" * 40})
    assert (found.conclusion, found.code) == (FAILURE, 1)
    assert "is no revision that is fetched here" in found.log


def test_a_baseline_lets_pass_what_was_there(tmp_path: Path, runner_temp: Path) -> None:
    place = job(leaking(tmp_path), runner_temp)
    report = Path(place.use(ACTION, {**PROGRAM, "comment": "false"}).outputs["json"])
    (tmp_path / "baseline.json").write_bytes(report.read_bytes())
    found = place.use(ACTION, {**PROGRAM, "comment": "false", "baseline": "baseline.json"})
    assert (found.conclusion, found.outputs["outside"]) == (SUCCESS, "0")


def test_the_program_that_is_judged_gets_no_token_and_none_of_the_runners_files(
    tmp_path: Path, runner_temp: Path
) -> None:
    """It is the pull request's own code: with ``GITHUB_ENV`` it could change what later steps do."""
    leaking(tmp_path)
    seen = tmp_path / "seen.json"
    with (tmp_path / "infra" / "__main__.py").open("a", encoding="utf-8") as file:
        file.write(
            f"\nimport json, os, pathlib\npathlib.Path({str(seen)!r}).write_text(json.dumps(dict(os.environ)))\n"
        )
    place = job(tmp_path, runner_temp)
    place.environment |= {"GITHUB_TOKEN": TOKEN, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": TOKEN, "KEPT": "kept"}
    assert place.use(ACTION, {**PROGRAM, "comment": "false"}).code == 1
    names: dict[str, str] = json.loads(seen.read_bytes())
    assert names["KEPT"] == "kept"
    assert TOKEN not in names.values()
    assert not {"GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"} & names.keys()


def test_a_package_beside_the_program_takes_no_place_of_the_engines(tmp_path: Path, runner_temp: Path) -> None:
    """Else a pull request with a module ``residency`` would judge itself."""
    leaking(tmp_path)
    for name in ("residency", "msgspec", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(0)\n", "utf-8")
    assert job(tmp_path, runner_temp).use(ACTION, {**PROGRAM, "comment": "false"}).code == 1


HOSTILE = '"; touch pwned; "$(touch pwned)`touch pwned`\' || touch pwned #${{ github.token }}'


def test_inputs_are_never_commands(tmp_path: Path, runner_temp: Path, comments: Comments) -> None:
    """A folder of such a name is judged as any other."""
    leaking(tmp_path, HOSTILE.replace("/", ""))
    place = job(tmp_path, runner_temp, api=comments.url)
    found = place.use(ACTION, {**PROGRAM, "targets": HOSTILE, "category": HOSTILE, "html": f"{HOSTILE}.html"})
    assert (found.code, found.outputs["outside"]) == (1, "2")
    assert list(tmp_path.rglob("pwned")) == list(runner_temp.rglob("pwned")) == []
    assert (tmp_path / f"{HOSTILE}.html").is_file()


NAMES = ("stack", "perimeter", "configuration", "region", "parameters", "with-state", "baseline", "record", "base")


@pytest.mark.parametrize("text", [HOSTILE, "--help", "a\nexit-code=0\n::set-output name=exit-code::0"])
def test_no_input_makes_a_leak_pass(tmp_path: Path, runner_temp: Path, text: str) -> None:
    place = job(leaking(tmp_path), runner_temp)
    off = {"comment": "false", "sarif": "false"}
    found = place.use(ACTION, {**PROGRAM, **off, **dict.fromkeys(NAMES, text)})
    assert found.conclusion == FAILURE
    assert found.outputs["exit-code"] in {"", "2"}
    assert list(tmp_path.rglob("pwned")) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fail-on": "sometimes"}, "`fail-on` is `sometimes`: write outside, undetermined or never"),
        ({"sarif": "yes"}, "`sarif` is `yes`: write true or false"),
        ({"extras": "pulumi;id"}, "`extras` is `pulumi;id`: write names with commas"),
        ({"stack": "a\nb"}, "`stack` has several lines"),
        ({"working-directory": "nowhere"}, "`working-directory` is `nowhere`, which is no folder here"),
        ({"base": "main", "targets": "a.json\nb.json"}, "`base` compares two revisions of one project"),
    ],
)
def test_an_input_that_cannot_be_meant_is_refused_at_once(
    tmp_path: Path, runner_temp: Path, given: Mapping[str, str], said: str
) -> None:
    found = job(tmp_path, runner_temp).use(ACTION, given)
    assert (found.conclusion, found.outputs["exit-code"]) == (FAILURE, "")
    assert f"::error title=residency::{said}" in found.log
    assert [each.name for each in found.inner if each.code is not None] == ["Read the inputs", "Verdict"]


def test_every_input_is_read() -> None:
    """Each reaches a step, so that none is documented and forgotten."""
    text = (ROOT / "action.yml").read_text("utf-8")
    described = yaml.safe_load(text)
    unused = [name for name in described["inputs"] if f"inputs.{name} " not in text]
    assert unused == []


def test_a_command_on_the_path_is_the_only_thing_there(tmp_path: Path, runner_temp: Path) -> None:
    """The setup action leaves the job's own Python alone."""
    place = job(leaking(tmp_path), runner_temp)
    (used,) = place.run([{"uses": "residency/residency/ci/github/setup@v0"}], {}, None)
    assert used.conclusion == SUCCESS, used.log
    first = Path(place.environment["PATH"].split(":")[0])
    assert sorted(each.name for each in first.iterdir()) == ["residency", "residency.cmd"]
    steps = [{"run": "residency --version"}, {"run": "residency check nowhere"}]
    version, failed = place.run(steps, {}, None)
    assert version.log.startswith("residency ")
    assert failed.code == 2


def test_nothing_of_a_run_stays_in_the_repository(tmp_path: Path, runner_temp: Path) -> None:
    """Reports in the project would be part of what a record is of."""
    place: Job = job(leaking(tmp_path), runner_temp)
    place.use(ACTION, {**PROGRAM, "comment": "false"})
    assert git(tmp_path, "status", "--porcelain", "--ignored") in {"", "!! infra/__pycache__/"}
