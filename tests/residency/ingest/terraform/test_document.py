"""Files that are no plan are refused by name, with what to give instead; never a traceback."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residency.errors import InputError
from residency.ingest import terraform
from residency.ingest.targets import OtherStacks, read
from tests.residency.ingest.terraform.plans import change, plan

PLAN = json.dumps(plan([change("aws_s3_bucket.x", {"bucket": "x"})])).encode()


def refusal(path: Path) -> str:
    """What the reader of any target says of a file."""
    with pytest.raises(InputError) as caught:
        read(str(path), stack=None, others=OtherStacks(), timeout=1)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PLAN[:-40], "cut off"),
        (PLAN.replace(b'"1.2"', b'"2.0"'), "format version 2.0"),
        (PLAN.replace(b'"1.2"', b'"0.1"'), "format version 0.1"),
        (PLAN.replace(b'"1.2"', b'""'), "format version (none)"),
        (b'{"format_version": "1.2"}', "neither changes nor values"),
        (b'{"format_version": "1.2", "resource_changes": 7}', "not the JSON of a Terraform plan"),
        (PLAN.replace(b'"address": "aws_s3_bucket.x"', b'"address": 7'), "not the JSON of a Terraform plan"),
        (b"PK\x03\x04rest", "a plan in Terraform's own form"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_the_way_to_make_one(content: bytes, words: str, tmp_path: Path) -> None:
    """Each says what is wrong with it."""
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    said = refusal(path)
    assert words in said
    assert "help:" in said


def test_a_folder_of_configuration_is_refused(tmp_path: Path) -> None:
    """Only Terraform can work it out."""
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "x" {}\n')
    assert "`terraform show -json plan.bin > plan.json`" in refusal(tmp_path)


def test_a_plan_nested_without_end_is_refused(tmp_path: Path) -> None:
    """By the bound of the JSON reader."""
    path = tmp_path / "plan.json"
    deep = "[" * 200_000 + "]" * 200_000
    path.write_text('{"format_version": "1.2", "resource_changes": [], "variables": {"x": {"value": ' + deep + "}}}")
    with pytest.raises(InputError, match="nested too deeply"):
        terraform.read(str(path))


WORDS = (
    *("references", "constant_value", "rule", "destination", "bucket", "region", "expressions", "each.value.arn"),
    *("module.a.x", "var.x", "aws_s3_bucket.x.arn", "logging", "tags", "id"),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=5), inner),
    max_leaves=12,
)


@given(after=JSON, unknown=JSON, sensitive=JSON, expressions=st.dictionaries(st.sampled_from(WORDS), JSON))
def test_no_values_crash_the_reader(
    after: Any, unknown: Any, sensitive: Any, expressions: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the trees of known, unknown and sensitive values are."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    entry = change("aws_s3_bucket_replication_configuration.x", after)
    entry["change"].update(after_unknown=unknown, after_sensitive=sensitive)
    block = {"address": "aws_s3_bucket_replication_configuration.x", "expressions": expressions}
    block.update(type="aws_s3_bucket_replication_configuration", name="x", provider_config_key="aws")
    path.write_text(json.dumps(plan([entry], [block])))
    with contextlib.suppress(InputError):
        terraform.read(str(path))
