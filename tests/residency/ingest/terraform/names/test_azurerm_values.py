"""azurerm's attributes and azure-native's inputs, in both directions."""

from __future__ import annotations

from residency.ingest.terraform.names import azurerm
from residency.ingest.terraform.names.azurerm import TypePair
from residency.ingest.terraform.names.azurerm_values import attributes, inputs, row_of
from residency.model import Properties, Secret, Unknown

ACCOUNT: Properties = {
    "accountName": "uploads",
    "resourceGroupName": "shop",
    "location": "norwayeast",
    "kind": "StorageV2",
    "sku": {"name": "Standard_GRS"},
    "enableHttpsTrafficOnly": False,
    "publicNetworkAccess": "Disabled",
    "networkRuleSet": {
        "bypass": "Logging, AzureServices",
        "defaultAction": "Deny",
        "ipRules": [{"iPAddressOrRange": "192.0.2.1"}, {"iPAddressOrRange": "192.0.2.2"}],
    },
    "identity": {"type": "SystemAssigned"},
}


def row(name: str) -> TypePair:
    found = azurerm.find(name)
    assert found is not None
    return found


def test_a_storage_account_in_azurerm_s_words() -> None:
    made = attributes(row("azurerm_storage_account").pairs, ACCOUNT)
    assert made == {
        "name": "uploads",
        "resource_group_name": "shop",
        "location": "norwayeast",
        "account_kind": "StorageV2",
        "account_tier": "Standard",
        "account_replication_type": "GRS",
        "https_traffic_only_enabled": False,
        "public_network_access_enabled": False,
        "network_rules": [
            {
                "bypass": ["Logging", "AzureServices"],
                "default_action": "Deny",
                "ip_rules": ["192.0.2.1", "192.0.2.2"],
            }
        ],
        "identity": [{"type": "SystemAssigned"}],
    }


def test_the_way_back_gives_the_same_inputs() -> None:
    account = row("azurerm_storage_account")
    assert inputs(account, account.pairs, attributes(account.pairs, ACCOUNT)) == ACCOUNT


def test_an_unknown_text_makes_each_of_its_parts_unknown() -> None:
    sku = Unknown("known only after the deployment", "", ("urn:sku",))
    made = attributes(row("azurerm_storage_account").pairs, {"sku": {"name": sku}})
    assert made == {"account_tier": sku, "account_replication_type": sku}


def test_an_unknown_list_makes_the_azurerm_list_unknown() -> None:
    rules = Unknown("known only after the deployment", "", ("urn:rules",))
    made = attributes(row("azurerm_network_security_group").pairs, {"securityRules": rules})
    assert made == {"security_rule": rules}


def test_a_key_s_address_is_made_of_its_parts() -> None:
    known: Properties = {"keyVaultUri": "https://acme.vault.azure.net/", "keyName": "disk"}
    name = "customer_managed_key"
    made = attributes(row("azurerm_storage_account").pairs, {"encryption": {"keyVaultProperties": known}})
    assert made == {name: [{"key_vault_key_id": "https://acme.vault.azure.net/keys/disk"}]}
    vault = Unknown("known only after the deployment", "", ("urn:vault",))
    given: Properties = {"encryption": {"keyVaultProperties": {**known, "keyVaultUri": vault}}}
    unknown = Unknown("a part of it is not known", "", ("urn:vault",))
    assert attributes(row("azurerm_storage_account").pairs, given) == {name: [{"key_vault_key_id": unknown}]}


def test_a_block_stands_for_a_flag() -> None:
    pairs = row("azurerm_linux_virtual_machine").pairs
    on: Properties = {"diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}
    off: Properties = {"diagnosticsProfile": {"bootDiagnostics": {"enabled": False}}}
    assert attributes(pairs, on) == {"boot_diagnostics": [{}]}
    assert attributes(pairs, off) == {}


def test_settings_are_a_map_in_azurerm_and_secrets_stay_secret() -> None:
    listed = [{"name": "MODE", "value": "live"}, {"name": "KEY", "value": Secret()}]
    made = attributes(row("azurerm_linux_web_app").pairs, {"siteConfig": {"appSettings": listed}})
    assert made == {"app_settings": {"MODE": "live", "KEY": Secret()}}


def test_a_machine_s_system_says_which_azurerm_type_it_is() -> None:
    machine = "azure-native:compute:VirtualMachine"
    linux, _ = row_of(machine, {"osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": True}}})
    windows, _ = row_of(machine, {"storageProfile": {"imageReference": {"publisher": "MicrosoftWindowsServer"}}})
    neither, why = row_of(machine, {"hardwareProfile": {"vmSize": "Standard_D2s_v5"}})
    assert linux is not None
    assert windows is not None
    assert (linux.azurerm, windows.azurerm) == ("azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine")
    assert neither is None
    assert why == "its properties do not say which of azurerm's types it is"


def test_a_web_app_whose_kind_is_not_known_is_not_taken_for_one() -> None:
    made, why = row_of("azure-native:web:WebApp", {"kind": Unknown("later")})
    assert made is None
    assert why == "it is not known whether it is an `azurerm_linux_function_app`"
    app, _ = row_of("azure-native:web:WebApp", {"kind": "functionapp"})
    assert app is not None
    assert app.azurerm == "azurerm_windows_function_app"


def test_what_the_azurerm_type_says_by_itself_is_among_the_inputs() -> None:
    app = row("azurerm_linux_web_app")
    made = inputs(app, app.pairs, {"name": "shop", "https_only": True})
    assert made == {"kind": "app,linux", "reserved": True, "name": "shop", "httpsOnly": True}
