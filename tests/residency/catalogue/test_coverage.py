"""What the catalogue answers: by rule, and as committed. Nothing becomes unanswered unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from residency.catalogue import coverage, generated, resources, rows
from residency.catalogue.coverage import PathAnswer, TypeAnswer
from residency.catalogue.generated import PROVIDERS, ListedPath, ListedType, Why
from residency.catalogue.rows import ResourceRow
from residency.cli.coverage import table
from residency.cli.main import main
from tests.residency.samples import BUCKET, provider, resource, state

ROOT = Path(__file__).parents[3]
README = ROOT / "README.md"
BEGIN, END = "<!-- coverage -->\n", "<!-- /coverage -->\n"
TOKEN = "aws:a/b:B"  # noqa: S105


@pytest.mark.parametrize("name", PROVIDERS)
def test_nothing_of_the_sdk_is_unanswered(name: str) -> None:
    """A new type or input of an SDK is read, and claimed or dismissed, in the change that brings it."""
    assert coverage.unanswered(coverage.coverage(name).types) == ()


def test_the_readme_quotes_the_coverage(same_as_file: Callable[[Path, str], None]) -> None:
    """The table between its markers is the one that the command prints."""
    text = README.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, "the README has no place for the table"
    assert end
    shown = table([coverage.coverage(each) for each in PROVIDERS])
    same_as_file(README, f"{before}{begin}{shown}{end}{after}")


def row(**keys: object) -> ResourceRow:
    """A row of ``TOKEN``, from the keys of a catalogue file."""
    return msgspec.convert({"type": TOKEN, "source": "s", **keys}, rows.ResourceRow)


def placement(path: str, kind: str = "replica", **more: object) -> dict[str, object]:
    """A placement that reads a path."""
    return {"kind": kind, "path": path, "value": "region", "source": "s", **more}


def gone(path: str) -> dict[str, object]:
    """A dismissal."""
    return {"path": path, "reason": "r", "source": "s"}


def answer(monkeypatch: pytest.MonkeyPatch, known: ResourceRow | None, path: str, why: Why) -> PathAnswer:
    """The answer for one listed path of a type with a given row."""
    monkeypatch.setattr(resources, "row", {TOKEN: known}.get)
    found = coverage.answered("aws", ListedType(TOKEN, (), (ListedPath(path, why),)))
    [(_, by)] = found.paths
    return by


@pytest.mark.parametrize(
    ("known", "path", "why", "by"),
    [
        (None, "region", Why.PLACE, PathAnswer.CLAIMED),
        (None, "bucket", Why.NAME, PathAnswer.UNANSWERED),
        (row(), "region", Why.PLACE, PathAnswer.CLAIMED),
        (row(placement=[placement("home", "residence")]), "region", Why.PLACE, PathAnswer.UNANSWERED),
        (row(placement=[placement("r[*].to")]), "r[*].to", Why.PLACE, PathAnswer.CLAIMED),
        (row(placement=[placement("doc.r[*].to")]), "doc", Why.NAME, PathAnswer.CLAIMED),
        (row(placement=[placement("doc")]), "doc.to", Why.NAME, PathAnswer.UNANSWERED),
        (row(placement=[placement("a", inherit="of")]), "of", Why.NAME, PathAnswer.CLAIMED),
        (
            row(placement=[placement("a", when=[{"path": "copyOf", "present": True}])]),
            "copyOf",
            Why.COPY,
            PathAnswer.CLAIMED,
        ),
        (row(dismissed=[gone("a[*].bucket")]), "a[*].bucket", Why.NAME, PathAnswer.ROW),
        (row(dismissed=[gone("auth")]), "auth.server.url", Why.COPY, PathAnswer.ROW),
        (row(dismissed=[gone("auth")]), "auth.region", Why.PLACE, PathAnswer.UNANSWERED),
        (row(dismissed=[gone("auth.region")]), "auth.region", Why.PLACE, PathAnswer.ROW),
        (row(dismissed=[gone("auth") | {"whole": True}]), "auth.region", Why.PLACE, PathAnswer.ROW),
        (row(dismissed=[gone("auth")]), "author", Why.NAME, PathAnswer.UNANSWERED),
        (row(data="none"), "topicId", Why.NAME, PathAnswer.TYPE),
        (row(data="none"), "parent", Why.TEXT, PathAnswer.TYPE),
        (row(data="none"), "destination", Why.COPY, PathAnswer.UNANSWERED),
        (row(data="none"), "homeRegion", Why.PLACE, PathAnswer.UNANSWERED),
        (row(data="none", placement=[placement("a")]), "topicId", Why.NAME, PathAnswer.UNANSWERED),
        (row(), "serverName", Why.ID, PathAnswer.ID),
        (None, "serverName", Why.ID, PathAnswer.UNANSWERED),
        (row(), "a.roleArn", Why.NAME, PathAnswer.NAME),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_who_answers_for_a_path(
    monkeypatch: pytest.MonkeyPatch, known: ResourceRow | None, path: str, why: Why, by: PathAnswer
) -> None:
    """As docs/catalogue.md says."""
    assert answer(monkeypatch, known, path, why) is by


def test_a_part_of_the_id_needs_no_answer_where_an_input_says_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, where it is depends on what it is in, and somebody must read that."""
    monkeypatch.setattr(resources, "row", {TOKEN: None}.get)
    paths = (ListedPath("region", Why.PLACE), ListedPath("serverName", Why.ID))
    found = coverage.answered("aws", ListedType(TOKEN, (), paths))
    assert [by for _, by in found.paths] == [PathAnswer.CLAIMED, PathAnswer.ID]


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "rules[*].destination.bucket"),
        ("aws:dynamodb/table:Table", "replicas[*].regionName"),
        ("gcp:storage/bucket:Bucket", "location"),
        ("gcp:bigquery/dataset:Dataset", "location"),
        ("azure-native:storage:StorageAccount", "sku.name"),
        ("azure-native:cosmosdb:DatabaseAccount", "locations[*].locationName"),
    ],
)
def test_the_ways_out_that_everybody_knows_are_listed_and_claimed(token: str, path: str) -> None:
    """In the committed layer, by the committed rows."""
    [found] = [each for each in coverage.coverage(resources.split(token)[0]).types if each.token == token]
    assert {each.path: by for each, by in found.paths}.get(path) is PathAnswer.CLAIMED


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_listed_path_and_type_has_one_answer(name: str) -> None:
    """The counts add up to what is listed."""
    found, listed = coverage.coverage(name), generated.inventory(name)
    assert sum(found.types_with(each) for each in TypeAnswer) == len(listed.types)
    assert sum(found.paths_with(each) for each in PathAnswer) == listed.count


def test_the_command_prints_the_table_and_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Types and paths of each provider, with the version that they were read from."""
    assert main(["coverage"]) == 0
    assert capsys.readouterr().out == table([coverage.coverage(each) for each in PROVIDERS])
    assert main(["coverage", "--format", "json"]) == 0
    aws = json.loads(capsys.readouterr().out)[0]
    assert (aws["provider"], aws["sdk"].split()[0]) == ("aws", "pulumi-aws")
    assert sum(aws["paths"].values()) == 2 * aws["paths"]["all"]


def test_unanswered_lists_a_provider_or_a_module(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Types at the margin, their open paths below."""
    types = tuple(
        coverage.AnsweredType(token, TypeAnswer.GENERAL, ((ListedPath("sinkArn", Why.COPY), PathAnswer.UNANSWERED),))
        for token in ("aws:a/b:B", "aws:c/d:D")
    )
    found = coverage.Coverage("aws", "pulumi-aws", "1", types)
    monkeypatch.setattr(coverage, "coverage", {"aws": found}.__getitem__)
    assert main(["coverage", "--unanswered", "aws:c"]) == 0
    assert capsys.readouterr().out == "aws:c/d:D (general row only)\n  sinkArn\n"
    assert main(["coverage", "--unanswered", "aws", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"aws:a/b:B": ["sinkArn"], "aws:c/d:D": ["sinkArn"]}


def test_an_unknown_provider_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that are known."""
    assert main(["coverage", "--unanswered", "azure"]) == 2
    assert "azure-native" in capsys.readouterr().err


def test_a_target_shows_which_of_its_types_nobody_has_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own row, none of its own, or a package that is not known."""
    path = tmp_path / "state.json"
    records = [
        provider("eu", region="eu-west-1"),
        resource(BUCKET, "a", {}, by="eu"),
        resource(BUCKET, "b", {}, by="eu"),
        resource("aws:newest/thing:Thing", "c", {}, by="eu"),
        resource("unheard:of/it:It", "d", {}),
    ]
    path.write_text(state(*records))
    assert main(["coverage", str(path)]) == 0
    assert capsys.readouterr().out == (
        "3 types, 1 with an own row or without user data\n"
        "  general row only  aws:newest/thing:Thing (1)\n"
        "  no row            unheard:of/it:It (1)\n"
    )
    assert main(["coverage", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[1] == {"type": BUCKET, "resources": 2, "answer": "own row"}


def test_a_target_that_cannot_be_read_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As for a check."""
    assert main(["coverage", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_a_projects_own_row_answers_for_a_type_of_its_target(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a check; and a package of which somebody has read that it holds no user data is none to doubt."""
    (tmp_path / "rows.toml").write_text(
        '[sources.s]\ntitle = "t"\nurl = "https://example.com"\nchecked = 2026-11-24\n'
        '[[resource]]\ntype = "aws:newest/thing:Thing"\nsource = "s"\n'
    )
    (tmp_path / "residency.toml").write_text('[perimeter]\ngroups = ["EEA"]\n[catalogue]\nrows = ["rows.toml"]\n')
    (tmp_path / "state.json").write_text(
        state(resource("aws:newest/thing:Thing", "c", {}), resource("random:index/randomId:RandomId", "r", {}))
    )
    monkeypatch.chdir(tmp_path)
    assert main(["coverage", "state.json"]) == 0
    assert capsys.readouterr().out == "2 types, 2 with an own row or without user data\n"
