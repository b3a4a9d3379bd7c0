"""``residency diff`` as a person calls it: two paths, or two revisions of a project."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from residency.cli.main import main
from tests.residency.repositories import committed, git, program, repository, shop
from tests.residency.samples import AMERICA, BUCKET, IRELAND, resource, state

UPLOADS, LEAK = "aws.s3.Bucket('uploads')", "aws.s3.Bucket('uploads', region='us-east-1')"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which the command runs; temporary folders are made beside it."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    folder = repository(tmp_path / "home")
    monkeypatch.chdir(folder)
    return folder


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Exit code, and the report as JSON."""
    code = main(["diff", "--date", "2026-11-26", "--format", "json", *arguments])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, json.loads(captured.out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The error of a call that ends with 2."""
    assert main(["diff", *arguments]) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return captured.err


def test_a_leak_of_a_revision_is_told_with_its_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    shop(home, "", LEAK)
    assert main(["diff", "HEAD~1", "HEAD", "--project", "infra", "--format", "markdown"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (
        "This change would place user data in the United States: `uploads` -> `us-east-1` "
        r"(`infra/__main__.py:3`)."
    )


def test_the_reverse_of_a_leak_mends_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    shop(home, LEAK)
    code, report = diff(capsys, "HEAD", "HEAD~1", "--project", "infra")
    assert code == 0
    assert [each["kind"] for each in report["changes"]] == ["mended"]


def test_reports_are_those_of_a_check_in_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same verdicts word for word, although the program shows where it lies; nothing of the temporary folder."""
    shop(home, UPLOADS)
    shop(home, "import os", "aws.s3.Bucket('a', region=os.path.abspath(__file__), tags={'x': __file__})", LEAK)
    _, report = diff(capsys, "HEAD~1", "HEAD", "--project", "infra")
    main(["check", "infra", "--date", "2026-11-26", "--format", "json"])
    checked = json.loads(capsys.readouterr().out)["verdicts"]
    found = [each["after"] for each in report["changes"]]
    assert sorted(found, key=str) == sorted(checked, key=str)
    assert "scratch" not in json.dumps(report)
    assert any(str(home / "infra" / "__main__.py") in each["what"] for each in checked)


def test_the_work_tree_is_neither_read_nor_changed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    shop(home, UPLOADS, "# a comment")
    (home / "infra" / "__main__.py").write_text(program(LEAK))
    assert diff(capsys, "HEAD~1", "HEAD", "--project", "infra")[0] == 0
    assert git(home, "status", "--short").strip() == "M infra/__main__.py"
    assert list((home.parent / "scratch").iterdir()) == []


def test_one_revision_is_compared_with_the_files_as_they_are(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    assert diff(capsys, "HEAD", "--project", "infra")[0] == 0
    (home / "infra" / "__main__.py").write_text(program(LEAK))
    code, report = diff(capsys, "HEAD", "--project", "infra")
    assert (code, report["base"], report["head"]) == (1, "HEAD", "work tree")
    assert [each["kind"] for each in report["changes"]] == ["moved"]
    assert "`infra` is compared with nothing" in refused(capsys, "infra")
    assert "`nothing` is no revision" in refused(capsys, "nothing", "--project", "infra")


def test_this_folder_is_the_project_unless_one_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(home, UPLOADS)
    shop(home, LEAK)
    monkeypatch.chdir(home / "infra")
    assert diff(capsys, "HEAD~1", "HEAD")[0] == 1


def test_a_program_of_a_revision_imports_that_revisions_modules(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the environment names a folder of the work tree, as an editable install does."""
    monkeypatch.setenv("PYTHONPATH", str(home / "lib"))
    lines = ("import where", "aws.s3.Bucket('uploads', region=where.REGION)")
    committed(home, **{"lib/where.py": "REGION = 'eu-west-1'\n"})
    shop(home, *lines)
    committed(home, **{"lib/where.py": "REGION = 'us-east-1'\n"})
    code, report = diff(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert code == 1
    assert [(each["kind"], each["before"]["location"]) for each in report["changes"]] == [("moved", "eu-west-1")]


def test_a_module_that_only_the_work_tree_has_is_missing(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else today's file would be judged as the revision's."""
    monkeypatch.setenv("PYTHONPATH", str(home / "lib"))
    shop(home, "import where", "aws.s3.Bucket('uploads', region=where.REGION)")
    (home / "lib").mkdir()
    (home / "lib" / "where.py").write_text("REGION = 'eu-west-1'\n")
    assert "needs the module `where`" in refused(capsys, "HEAD", "HEAD", "--project", "infra")


def test_a_module_that_comes_from_the_work_tree_all_the_same_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an import hook of an editable install could do."""
    (home / "lib").mkdir()
    (home / "lib" / "where.py").write_text("REGION = 'eu-west-1'\n")
    path = f"import sys; sys.path.append({str(home / 'lib')!r})"
    shop(home, path, "import where", "aws.s3.Bucket('uploads', region=where.REGION)")
    said = refused(capsys, "HEAD", "HEAD", "--project", "infra")
    assert "imports `where` from the work tree, not from the revision" in said


def test_a_project_that_is_new_has_only_additions(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    committed(home, readme="x")
    shop(home, LEAK)
    code, report = diff(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert code == 1
    assert [(each["kind"], each["before"]) for each in report["changes"]] == [("added", None)]


def test_a_stack_that_is_new_has_only_additions(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    shop(home, UPLOADS, **{"Pulumi.us.yaml": "config:\n  aws:region: us-east-1\n"})
    code, report = diff(capsys, "HEAD~1", "HEAD", "--project", "infra", "--stack", "us")
    assert (code, [each["kind"] for each in report["changes"]]) == (1, ["added"])
    assert "neither `HEAD~1` nor `HEAD` has the stack `eu`" in refused(
        capsys, "HEAD~1", "HEAD", "--project", "infra", "--stack", "eu"
    )


def test_a_program_that_declared_nothing_yet_is_a_base(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And no head: a check of nothing proves nothing."""
    shop(home)
    shop(home, LEAK)
    assert diff(capsys, "HEAD~1", "HEAD", "--project", "infra")[0] == 1
    assert "has no resources" in refused(capsys, "HEAD", "HEAD~1", "--project", "infra")


def test_each_revision_is_judged_by_its_own_perimeter(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change that widens it is told so first, since it has no finding."""
    shop(home, UPLOADS, **{"residency.toml": '[perimeter]\nname = "own"\ncountries = ["IE"]\n'})
    shop(home, LEAK, **{"residency.toml": '[perimeter]\nname = "own"\ncountries = ["IE", "US"]\n'})
    code, report = diff(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert code == 0
    assert report["perimeter_changes"] == ["adds United States (US) to the perimeter `own`"]
    assert diff(capsys, "HEAD~1", "HEAD", "--project", "infra", "--perimeter", "eea")[0] == 1


def test_an_error_in_a_revision_names_it_and_the_users_own_path(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    committed(home, **{"infra/readme": "x"})
    shop(home, UPLOADS)
    said = refused(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert "no Pulumi.yaml in `infra` (in revision `HEAD~1`)" in said
    shop(home, "aws.s3.Bucket('b', region=open('missing.txt').read())")
    said = refused(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert "scratch" not in said
    assert "(in revision `HEAD`)" in said
    committed(home, **{"infra/residency.toml": "[perimetre]\n"})
    said = refused(capsys, "HEAD~1", "HEAD", "--project", "infra")
    assert "scratch" not in said


def test_a_template_is_compared_in_two_revisions(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any target of a check that git keeps."""
    table = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n"
    committed(home, **{"shop.yaml": table})
    committed(home, **{"shop.yaml": table + "  More:\n    Type: AWS::S3::Bucket\n"})
    arguments = ("HEAD~1", "HEAD", "--project", "shop.yaml", "--region", "us-east-1")
    code, report = diff(capsys, *arguments)
    assert code == 1
    assert [(each["kind"], each["after"]["where"]) for each in report["changes"]] == [
        ("added", "shop.yaml:4"),
        ("carried-over", "shop.yaml:2"),
    ]


def test_two_paths_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(state(IRELAND, resource(BUCKET, "a", {}, by="eu")))
    new.write_text(state(AMERICA, resource(BUCKET, "a", {}, by="us")))
    assert diff(capsys, str(old), str(new))[0] == 1
    assert diff(capsys, str(new), str(old))[0] == 0


def test_what_could_be_a_path_and_a_revision_must_be_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS, project="main")
    git(home, "branch", "other")
    assert "write `./main` for the path, or add `--revisions`" in refused(capsys, "main", "other")
    assert "write `./main` for the path" in refused(capsys, "main", "main")
    assert diff(capsys, "./main", "./main")[0] == 0
    assert diff(capsys, "main", "other", "--project", "main")[0] == 0


def test_a_path_and_a_revision_are_not_compared(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    said = refused(capsys, "infra", "HEAD")
    assert "`infra` is a path and `HEAD` is a git revision" in said
    assert "--project infra" in said


def test_what_is_neither_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    assert "`nothing` is neither a path nor a git revision" in refused(capsys, "HEAD", "nothing")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interruption_leaves_nothing_behind(home: Path) -> None:
    """Ctrl-C while the program runs; it says so through a pipe."""
    told = home.parent / "told"
    os.mkfifo(told)
    shop(home, "import signal", f"open({str(told)!r}, 'w').close()", "signal.pause()")
    scratch = home.parent / "scratch"
    command = [sys.executable, "-m", "residency", "diff", "HEAD", "HEAD", "--project", "infra"]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    # What runs in the background ignores the signal, and so would the child that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, text=True) as process:
        signal.signal(signal.SIGINT, before)
        pipe = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
        assert process.stderr
        select.select([pipe, process.stderr], [], [])
        os.close(pipe)
        assert list(scratch.iterdir()) != []
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert (process.returncode, said) == (130, "error: interrupted\n")
    assert list(scratch.iterdir()) == []


def test_the_project_file_may_be_named_itself(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop(home, UPLOADS)
    assert diff(capsys, "HEAD", "HEAD", "--project", "infra/Pulumi.yaml")[0] == 0
