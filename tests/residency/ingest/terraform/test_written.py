"""What the configuration's files add to a plan: locals, dynamic blocks, texts that are put together, and lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from residency.model import Outcome, SourcePosition, Verdict
from tests.residency.ingest.terraform.plans import block, change, constant, graph, plan, provider, refers, verdicts

COPY = "aws_s3_bucket.copy"
RULE = "aws_s3_bucket_replication_configuration.rule"
HEAD = 'resource "aws_s3_bucket_replication_configuration" "rule" {\n'


def judged(text: str, expressions: dict[str, Any], tmp_path: Path, region: str = "us-east-1") -> Verdict:
    """The verdict on a replication whose destination is not known yet, with a file beside the plan."""
    (tmp_path / "main.tf").write_text(text)
    unknown = {"rule": [{"destination": [{"bucket": True}]}]}
    given = plan(
        [
            change(COPY, {"bucket": "copy", "region": region}),
            change(RULE, {"rule": [{"destination": [{}]}]}, change={"after_unknown": unknown}),
        ],
        [block(COPY, {"bucket": constant("copy")}), block(RULE, expressions)],
    )
    return verdicts(given, tmp_path)[RULE, "replica"]


def static(reference: dict[str, Any]) -> dict[str, Any]:
    """The plan's expressions of a block that is written out."""
    return {"rule": [{"destination": [{"bucket": reference}]}]}


@pytest.mark.parametrize(("region", "outcome"), [("us-east-1", Outcome.OUTSIDE), ("eu-north-1", Outcome.INSIDE)])
def test_a_local_is_what_it_is_written_as(region: str, outcome: Outcome, tmp_path: Path) -> None:
    """A plan has no expressions of locals."""
    text = f"locals {{\n  to = {{ copy = {COPY}.arn, other = local.gone }}\n}}\n{HEAD}}}\n"
    found = judged(text, static(refers("local.to.copy", "local.to")), tmp_path, region)
    assert found.outcome is outcome
    assert f"it names `{COPY}`" in found.why


def test_a_local_that_rests_on_what_nobody_shows_stays_undetermined(tmp_path: Path) -> None:
    """The other key of the same local does."""
    text = f"locals {{\n  to = {{ copy = {COPY}.arn, other = local.gone }}\n}}\n{HEAD}}}\n"
    found = judged(text, static(refers("local.to.other", "local.to")), tmp_path, "eu-north-1")
    assert found.outcome is Outcome.UNDETERMINED
    assert "`local.gone`" in found.why


@pytest.mark.parametrize(("region", "outcome"), [("us-east-1", Outcome.OUTSIDE), ("eu-north-1", Outcome.INSIDE)])
def test_a_dynamic_block_is_read_where_it_is_written(region: str, outcome: Outcome, tmp_path: Path) -> None:
    """Its iterator stands for what it goes over."""
    text = f"""locals {{
  rules = [{COPY}.arn]
}}
{HEAD}  dynamic "rule" {{
    for_each = local.rules
    iterator = each_rule
    content {{
      destination {{
        bucket = each_rule.value
      }}
    }}
  }}
}}
"""
    assert judged(text, {}, tmp_path, region).outcome is outcome


def test_a_text_that_a_reference_is_only_a_part_of_is_undetermined(tmp_path: Path) -> None:
    """The plan lists the reference alone, as if it were the value."""
    text = f'{HEAD}  rule {{\n    destination {{\n      bucket = "arn:aws:s3:::${{{COPY}.id}}-us"\n    }}\n  }}\n}}\n'
    found = judged(text, static(refers(f"{COPY}.id", COPY)), tmp_path, "eu-north-1")
    assert found.outcome is Outcome.UNDETERMINED
    assert "a text that is put together" in found.why
    whole = text.replace("-us", "")
    assert judged(whole, static(refers(f"{COPY}.id", COPY)), tmp_path, "eu-north-1").outcome is Outcome.INSIDE


def test_a_file_that_is_no_hcl_only_leaves_unknown_what_it_would_say(tmp_path: Path) -> None:
    """Terraform made the plan; the file is a help."""
    found = judged("resource {{{", static(refers(f"{COPY}.arn", COPY)), tmp_path)
    assert found.outcome is Outcome.OUTSIDE


def test_of_a_set_of_blocks_any_may_be_meant(tmp_path: Path) -> None:
    """A plan sorts a set by hashes, so that the first block of a plan need not be the first one written."""
    table = "aws_s3_bucket.uploads"
    far = "aws_s3_bucket.far"
    rules = {"rules": [{"destination": [{"bucket": True}]}, {"destination": [{"bucket": True}]}]}
    known: dict[str, Any] = {"rules": [{"destination": [{}]}, {"destination": [{}]}]}
    written = {
        "rules": [
            {"destination": [{"bucket": refers(f"{COPY}.arn", COPY)}]},
            {"destination": [{"bucket": refers(f"{far}.arn", far)}]},
        ]
    }
    given = plan(
        [
            change(COPY, {"region": "eu-north-1"}),
            change(far, {"region": "us-east-1"}),
            change(
                table,
                {"region": "eu-west-1", "replication_configuration": [known]},
                change={"after_unknown": {"replication_configuration": [rules]}},
            ),
        ],
        [block(COPY, {}), block(far, {}), block(table, {"replication_configuration": [written]})],
    )
    assert verdicts(given, tmp_path)[table, "replica"].outcome is Outcome.UNDETERMINED


def test_a_resource_has_the_line_of_its_block_in_the_module_that_declares_it(tmp_path: Path) -> None:
    """Comments and heredocs hold no blocks; a module is where its source, or `terraform init`, says."""
    (tmp_path / "main.tf").write_text(
        '# resource "aws_s3_bucket" "copy" {\n/*\nresource "aws_s3_bucket" "copy" {}\n*/\nlocals {\n  x = <<EOT\n'
        'resource "aws_s3_bucket" "copy" {\nEOT\n}\n  resource "aws_s3_bucket" "copy" {}\n'
        '/*\nresource "aws_s3_bucket" "copy" {}\n*/\n'
    )
    for name in ("near", "far"):
        (tmp_path / name).mkdir()
    (tmp_path / "near" / "b.tf").write_text('\nresource "aws_s3_bucket" "this" {}\n')
    (tmp_path / "far" / "c.tf").write_text("\n\nresource aws_s3_bucket this {\n}\n")
    installed = tmp_path / ".terraform" / "modules"
    installed.mkdir(parents=True)
    (installed / "modules.json").write_text('{"Modules": [{"Key": "far", "Source": "x/y", "Dir": "far"}]}')
    inner = {"resources": [block("aws_s3_bucket.this", {})]}
    given = plan(
        [
            change(COPY, {}),
            change('module.near["a"].aws_s3_bucket.this', {}),
            change("module.far.aws_s3_bucket.this", {}),
            change("module.elsewhere.aws_s3_bucket.this", {}),
        ],
        [block(COPY, {})],
        modules={
            "near": {"source": "./near", "module": inner},
            "far": {"source": "registry/x/y", "module": inner},
            "elsewhere": {"source": "registry/z", "module": inner},
        },
    )
    found = graph(given, tmp_path).resources
    assert found[COPY].where == SourcePosition("main.tf", 10)
    assert found['module.near["a"].aws_s3_bucket.this'].where == SourcePosition("near/b.tf", 2)
    assert found["module.far.aws_s3_bucket.this"].where == SourcePosition("far/c.tf", 3)
    assert found["module.elsewhere.aws_s3_bucket.this"].where is None


REGION = {"home": "eu-west-1", "regions": {"near": "eu-north-1", "far": "us-east-1"}}
US, IE, SE = ("US",), ("IE",), ("SE",)


@pytest.mark.parametrize(
    ("text", "references", "countries"),
    [
        ("var.home", ("var.home",), IE),
        ('"${var.home}"', ("var.home",), IE),
        ('replace(var.home, "eu-west", "us-west")', ("var.home",), ()),
        ('var.home == "eu-west-1" ? "us-east-1" : "eu-west-1"', ("var.home",), ()),
        ('"${var.home}-1"', ("var.home",), ()),
        ('var.regions["far"]', ('var.regions["far"]', "var.regions"), US),
        ("var.regions.near", ("var.regions.near", "var.regions"), SE),
        ("var.regions.gone", ("var.regions.gone", "var.regions"), ()),
        ("local.region", ("local.region",), SE),
        ("local.all.far", ("local.all.far", "local.all"), US),
        ("local.made", ("local.made",), ()),
        ("local.circle", ("local.circle",), ()),
    ],
)
def test_a_providers_region_is_what_its_text_says(
    text: str, references: tuple[str, ...], countries: tuple[str, ...], tmp_path: Path
) -> None:
    """A plan shows which variable an expression refers to, not what it makes of it."""
    (tmp_path / "main.tf").write_text(
        f"""provider "aws" {{
  region = {text}
}}
locals {{
  region = local.all["near"]
  all    = {{ near = var.regions.near, far = "us-east-1" }}
  made   = "${{var.home}}-x"
  circle = local.circle
}}
"""
    )
    variables = {name: {"value": value} for name, value in REGION.items()}
    given = plan(
        [change(COPY, {"bucket": "copy"})],
        [block(COPY, {"bucket": constant("copy")})],
        providers={"aws": provider(refers(*references))},
        variables=variables,
    )
    found = verdicts(given, tmp_path)[COPY, "residence"]
    assert found.countries == countries
    outside, unknown = countries == US, not countries
    assert found.outcome is (Outcome.OUTSIDE if outside else Outcome.UNDETERMINED if unknown else Outcome.INSIDE)


def test_what_a_call_makes_of_a_variable_is_not_the_variable(tmp_path: Path) -> None:
    """A module with a provider block of its own, called with a text that is put together."""
    (tmp_path / "main.tf").write_text(
        'module "m" {\n  source = "./m"\n  region = replace(var.home, "eu-west", "us-west")\n}\n'
    )
    given = plan(
        [change(f"module.m.{COPY}", {"bucket": "copy"})],
        providers={"module.m:aws": {**provider(refers("var.region")), "module_address": "module.m"}},
        variables={"home": {"value": "eu-west-1"}},
        modules={
            "m": {
                "source": "./m",
                "expressions": {"region": refers("var.home")},
                "module": {"resources": [block(COPY, {"bucket": constant("copy")}, "module.m:aws")]},
            }
        },
    )
    assert verdicts(given, tmp_path)[f"module.m.{COPY}", "residence"].outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("over", "value", "outcome"),
    [
        ("var.local ? [1] : []", True, Outcome.UNDETERMINED),
        ("var.local ? [1] : []", False, Outcome.INSIDE),
        ("var.local ? [] : [1]", False, Outcome.UNDETERMINED),
        ("local.made", False, Outcome.UNDETERMINED),
    ],
)
def test_endpoints_of_a_dynamic_block_are_not_the_clouds(
    over: str, value: bool, outcome: Outcome, tmp_path: Path
) -> None:
    """A plan does not show them; one that is only there for a variable that is false is not there."""
    (tmp_path / "main.tf").write_text(
        f'provider "aws" {{\n  dynamic "endpoints" {{\n    for_each = {over}\n'
        '    content {\n      s3 = "http://minio.example"\n    }\n  }\n}\n'
    )
    given = plan(
        [change(COPY, {"bucket": "copy", "region": "eu-west-1"})],
        [block(COPY, {"bucket": constant("copy")})],
        variables={"local": {"value": value}},
    )
    assert verdicts(given, tmp_path)[COPY, "residence"].outcome is outcome


def test_a_file_of_opentofu_stands_for_the_one_of_the_same_name(tmp_path: Path) -> None:
    """OpenTofu reads no `main.tf` beside a `main.tofu`."""
    text = f"locals {{\n  to = {COPY}.arn\n}}\n"
    (tmp_path / "main.tofu").write_text(f"{HEAD}}}\n{text}")
    assert judged("locals {\n  to = local.gone\n}\n", static(refers("local.to")), tmp_path).countries == ("US",)
