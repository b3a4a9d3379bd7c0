"""Skip comments in a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.checkov.skips import Skips

PROGRAM = """\
import pulumi_aws as aws

# checkov:skip=CKV_AWS_18:logs are read elsewhere
uploads = aws.s3.Bucket(
    "uploads",
    acl="public-read",  # checkov:skip=CKV_AWS_20: a public site
)
for name in ("a", "b"):  # checkov:skip=CKV_AWS_21:not of a statement in it
    print(name)
    aws.s3.Bucket(name)  # checkov:skip=CKV_AWS_144
    aws.s3.Bucket(f"{name}-2")
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (4, {"CKV_AWS_18": "logs are read elsewhere", "CKV_AWS_20": "a public site"}),
        (6, {"CKV_AWS_18": "logs are read elsewhere", "CKV_AWS_20": "a public site"}),
        (10, {"CKV_AWS_144": "skipped by a comment"}),
        (11, {}),
        (1, {}),
    ],
)
def test_a_comment_in_the_statement_or_above_it_counts(tmp_path: Path, line: int, found: dict[str, str]) -> None:
    (tmp_path / "__main__.py").write_text(PROGRAM, "utf-8")
    assert Skips().of(tmp_path / "__main__.py", line) == found


def test_in_another_language_the_line_and_the_one_above_count(tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text(
        "// checkov:skip=CKV_AWS_20:public\nnew aws.s3.Bucket('a');\n\nnew X();\n", "utf-8"
    )
    skips = Skips()
    assert skips.of(tmp_path / "index.ts", 2) == {"CKV_AWS_20": "public"}
    assert skips.of(tmp_path / "index.ts", 4) == {}


def test_a_file_that_is_not_there_or_cannot_be_parsed_skips_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def (\n", "utf-8")
    assert Skips().of(tmp_path / "broken.py", 1) == {}
    assert Skips().of(tmp_path / "none.py", 1) == {}
