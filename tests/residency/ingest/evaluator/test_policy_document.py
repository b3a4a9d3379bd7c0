"""An IAM policy document is rendered as the AWS provider renders it."""

from __future__ import annotations

import json
from typing import Any

from residency.ingest.evaluator.policy_document import render


def document(arguments: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(arguments)["json"])
    return found


def test_keys_stand_in_the_providers_order_with_its_indent() -> None:
    statement = {
        "principals": [{"type": "Service", "identifiers": ["s3.amazonaws.com"]}],
        "resources": ["arn:aws:s3:::a", "arn:aws:s3:::b"],
        "actions": ["s3:GetObject"],
        "sid": "Read",
    }
    assert render({"statements": [statement]})["json"] == (
        "{\n"
        '  "Version": "2012-10-17",\n'
        '  "Statement": [\n'
        "    {\n"
        '      "Sid": "Read",\n'
        '      "Effect": "Allow",\n'
        '      "Action": "s3:GetObject",\n'
        '      "Resource": [\n'
        '        "arn:aws:s3:::b",\n'
        '        "arn:aws:s3:::a"\n'
        "      ],\n"
        '      "Principal": {\n'
        '        "Service": "s3.amazonaws.com"\n'
        "      }\n"
        "    }\n"
        "  ]\n"
        "}"
    )


def test_the_minified_form_has_no_spaces() -> None:
    assert render({})["minifiedJson"] == '{"Version":"2012-10-17","Statement":[]}'


def test_everybody_is_written_as_a_star() -> None:
    found = document({"statements": [{"principals": [{"type": "AWS", "identifiers": ["*"]}]}]})
    assert found["Statement"][0]["Principal"] == "*"


def test_conditions_are_grouped_by_test_and_variable() -> None:
    conditions = [
        {"test": "StringEquals", "variable": "aws:b", "values": ["1"]},
        {"test": "StringEquals", "variable": "aws:a", "values": ["2", "3"]},
        {"test": "Bool", "variable": "aws:c", "values": ["true"]},
    ]
    found = document({"statements": [{"conditions": conditions, "effect": "Deny"}]})
    assert found["Statement"] == [
        {
            "Effect": "Deny",
            "Condition": {"Bool": {"aws:c": "true"}, "StringEquals": {"aws:a": ["3", "2"], "aws:b": "1"}},
        }
    ]


def test_variables_of_iam_are_unescaped() -> None:
    found = document({"statements": [{"resources": ["arn:aws:s3:::home/&{aws:username}"]}]})
    assert found["Statement"][0]["Resource"] == "arn:aws:s3:::home/${aws:username}"


def test_marks_are_escaped_as_go_does() -> None:
    assert "a\\u003cb\\u0026" in render({"statements": [{"resources": ["a<b&"]}]})["json"]


def test_an_overriding_statement_takes_the_place_of_its_sid() -> None:
    override = json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Deny"}]})
    arguments = {"statements": [{"sid": "A"}, {"sid": "B"}], "overridePolicyDocuments": [override]}
    assert [item["Effect"] for item in document(arguments)["Statement"]] == ["Deny", "Allow"]


def test_a_source_document_comes_first_and_may_have_one_statement() -> None:
    source = json.dumps({"Id": "x", "Statement": {"Sid": "S", "Effect": "Allow"}})
    found = document({"statements": [{"sid": "T"}], "sourcePolicyDocuments": [source]})
    assert [item["Sid"] for item in found["Statement"]] == ["S", "T"]
    assert found["Id"] == "x"
