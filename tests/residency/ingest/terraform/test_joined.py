"""What azurerm writes as a resource of its own and azure-native as a part of another; keys, named by their vaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from residency.model import Outcome
from tests.residency.ingest.terraform.azure_plans import (
    HERE,
    Sample,
    account,
    id_of,
)
from tests.residency.ingest.terraform.plans import refers

INSIDE, OUTSIDE, UNDETERMINED = Outcome.INSIDE, Outcome.OUTSIDE, Outcome.UNDETERMINED


def keyed(sample: Sample, place: str) -> dict[str, Any]:
    """A vault, a key in it, and an expression that refers to the key."""
    sample.add("azurerm_key_vault.v", {**HERE, "location": place})
    refer = {"key_vault_id": refers("azurerm_key_vault.v.id", "azurerm_key_vault.v")}
    sample.add("azurerm_key_vault_key.k", {"key_type": "RSA"}, unknown={"key_vault_id": True}, refer=refer)
    return refers("azurerm_key_vault_key.k.id", "azurerm_key_vault_key.k")


@pytest.mark.parametrize(("place", "outcome"), [("norwayeast", INSIDE), ("eastus", OUTSIDE)])
def test_a_part_of_another_resource_is_added_to_it(place: str, outcome: Outcome, tmp_path: Path) -> None:
    """The key of an account is a resource of its own in azurerm."""
    sample = Sample()
    address = account(sample, "x")
    key = keyed(sample, place)
    part = "azurerm_storage_account_customer_managed_key.x"
    unknown = {"storage_account_id": True, "key_vault_id": True}
    refer = {
        "storage_account_id": refers(f"{address}.id", address),
        "key_vault_id": refers("azurerm_key_vault.v.id", "azurerm_key_vault.v"),
    }
    sample.add(part, {"key_name": "k"}, unknown=unknown, refer=refer)
    found = sample.verdicts(tmp_path)
    assert key
    assert found[address, "key"].outcome is outcome
    assert part not in sample.graph(tmp_path).resources


def networks(sample: Sample, group: str, **refer: Any) -> Sample:
    """Two networks of one name, a subnet that names one, and what is in the subnet."""
    for number, (of, place) in enumerate((("rg", "norwayeast"), ("other", "eastus"))):
        values = {"name": "w", "resource_group_name": of, "location": place}
        sample.add(f"azurerm_virtual_network.w{number}", values)
    values = {"virtual_network_name": "w", "resource_group_name": group}
    sample.add("azurerm_subnet.s", values, refer=refer)
    refer = {"subnet_id": id_of("azurerm_subnet.s")}
    values = {"resource_group_name": group}
    return sample.add("azurerm_app_service_environment_v3.x", values, unknown={"subnet_id": True}, refer=refer)


@pytest.mark.parametrize(
    ("group", "refer", "countries"),
    [
        ("rg", {}, ("NO",)),
        ("other", {}, ("US",)),
        ("third", {}, ()),
        ("other", {"virtual_network_name": refers("each.value")}, ("US",)),
        (
            "rg",
            {"virtual_network_name": refers("azurerm_virtual_network.w1.name", "azurerm_virtual_network.w1")},
            ("US",),
        ),
    ],
    ids=["here", "there", "in neither", "of a loop", "by its expression"],
)
def test_a_name_is_that_of_its_own_group(
    group: str, refer: dict[str, Any], countries: tuple[str, ...], tmp_path: Path
) -> None:
    """An expression says more than a name, and a name alone is none of another group's."""
    found = networks(Sample(), group, **refer).verdicts(tmp_path)["azurerm_app_service_environment_v3.x", "residence"]
    assert found.countries == countries


def test_a_part_that_places_nothing_is_not_missed(tmp_path: Path) -> None:
    """Whoever may reach an account, its data is where it is."""
    owner = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/other"
    rules = {"storage_account_id": owner, "default_action": "Deny", "virtual_network_subnet_ids": ["x"]}
    assert Sample().add("azurerm_storage_account_network_rules.x", rules).verdicts(tmp_path) == {}


def test_what_a_part_leaves_to_the_provider_is_not_asked_for(tmp_path: Path) -> None:
    """One of two ways to name a vault."""
    sample = Sample()
    address = account(sample, "x")
    sample.add("azurerm_key_vault.v", {**HERE, "location": "norwayeast"})
    refer = {
        "storage_account_id": refers(f"{address}.id", address),
        "key_vault_id": refers("azurerm_key_vault.v.id", "azurerm_key_vault.v"),
    }
    unknown = {"storage_account_id": True, "key_vault_id": True, "key_vault_uri": True}
    sample.add("azurerm_storage_account_customer_managed_key.x", {"key_name": "k"}, unknown=unknown, refer=refer)
    assert sample.verdicts(tmp_path)[address, "key"].outcome is INSIDE


def test_a_part_of_what_is_not_in_the_plan_is_undetermined(tmp_path: Path) -> None:
    """Nothing says where the account is."""
    owner = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/other"
    part = "azurerm_storage_account_customer_managed_key.x"
    sample = Sample().add(part, {"key_name": "k", "storage_account_id": owner})
    found = sample.verdicts(tmp_path)[part, "residence"]
    assert (found.outcome, "not in this plan" in found.why) == (UNDETERMINED, True)


@pytest.mark.parametrize(("place", "outcome"), [("norwayeast", INSIDE), ("eastus", OUTSIDE)])
def test_a_key_is_where_its_vault_is(place: str, outcome: Outcome, tmp_path: Path) -> None:
    """The key is named in azurerm, the vault in azure-native."""
    sample = Sample()
    key = keyed(sample, place)
    values = {**HERE, "account_tier": "Standard", "account_replication_type": "LRS"}
    sample.add(
        "azurerm_storage_account.x",
        {**values, "customer_managed_key": [{}]},
        unknown={"customer_managed_key": [{"key_vault_key_id": True}]},
        refer={"customer_managed_key": [{"key_vault_key_id": key}]},
    )
    found = sample.verdicts(tmp_path)["azurerm_storage_account.x", "key"]
    assert (found.outcome, found.placement.property) == (outcome, "encryption.keyVaultProperties.keyVaultUri")
