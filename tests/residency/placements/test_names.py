"""The names inside references: of accounts in addresses, of tables in each form, and never of a namesake elsewhere."""

from __future__ import annotations

import pytest

from residency.model import Resource, Unknown, Value
from residency.placements.names import full, shorter, within

_ID = "/subscriptions/s/resourceGroups/g/providers/"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("https://account.blob.core.windows.net/container/blob", ["account"]),
        ("https://Vault.vault.azure.net/keys/k/1", ["vault"]),
        ("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=", ["account"]),
        ("Endpoint=sb://space.servicebus.windows.net/;SharedAccessKeyName=n", ["space"]),
        ("https://cluster.westeurope.kusto.windows.net", ["cluster"]),
        (f"{_ID}Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", ["c", "default", "a"]),
        ("projects/p/datasets/d/tables/t", ["t", "d"]),
        ("gs://bucket/folder/object", ["bucket"]),
        # The Region in its host says where it is; a namesake in the program does not.
        ("https://sqs.eu-west-1.amazonaws.com/123456789012/queue", []),
        ("logs.s3.amazonaws.com", ["logs"]),
    ],
)
def test_the_names_in_a_reference_are_those_of_resources(value: str, names: list[str]) -> None:
    assert list(dict.fromkeys(shorter(value, parents=True))) == names


@pytest.mark.parametrize(
    "value",
    [
        "https://example.com/account",
        "https://account.blob.core.windows.net.example.com/x",
        "https://notvault.azure.net.example.org",
    ],
)
def test_an_address_that_is_no_clouds_names_nothing(value: str) -> None:
    assert list(shorter(value, parents=True)) == []


def test_parents_are_names_only_where_they_may_be_meant() -> None:
    assert list(shorter("projects/p/datasets/d/tables/t", parents=False)) == ["t"]


@pytest.mark.parametrize("value", ["bq://p.d.t", "p.d.t", "p:d.t"])
def test_each_form_of_a_table_is_one_path(value: str) -> None:
    assert full(value) == "projects/p/datasets/d/tables/t"


@pytest.mark.parametrize(
    ("inputs", "outcome"),
    [
        ({"serverName": "far"}, True),
        ({"serverName": "near", "description": "far"}, False),
        ({"serverName": f"{_ID}Microsoft.Sql/servers/FAR"}, True),
        ({"serverName": Unknown("not yet"), "location": "eastus"}, True),
        ({"serverName": Unknown("not yet", depends_on=("near",))}, False),
        ({"serverName": Unknown("not yet", depends_on=("far",))}, True),
        ({"serverName": "near", "location": Unknown("not yet")}, False),
        ({"in": "near"}, False),
    ],
)
def test_a_namesake_counts_only_inside_what_the_reference_says(inputs: dict[str, Value], outcome: bool) -> None:
    candidate = Resource(id="urn", type="azure-native:sql:Database", name="d", inputs=inputs)
    assert within(f"{_ID}Microsoft.Sql/servers/far/databases/d", "d", candidate, _behind) is outcome


def _behind(value: Unknown) -> tuple[str, ...]:
    """The resources that a value comes from are named as they are here."""
    return value.depends_on
