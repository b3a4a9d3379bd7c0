"""The tables of azurerm's and azapi's types against both schemas, and against what the catalogue's rows read."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from residency.catalogue import resources
from residency.catalogue.rows import Data, ResourceRow
from residency.catalogue.sdk import generate, source, words
from residency.catalogue.sdk.paths import Leaf, leaves
from residency.ingest.terraform import azapi
from residency.ingest.terraform.names import azurerm
from residency.ingest.terraform.names.azurerm import Apart, Beside, Pair, TypePair
from residency.ingest.terraform.names.table import camel
from residency.model import PlacementKind
from tests.residency.ingest.terraform.names import azurerm_schema

if importlib.util.find_spec("pulumi_azure_native") is None:  # looked up, not imported: that takes long
    pytest.skip("pulumi-azure-native is not installed", allow_module_level=True)

ROWS = azurerm.readable()
SCHEMA = azurerm_schema.types(azurerm_schema.FILE.read_text("utf-8"))
# Types that left azurerm before 4.55, which old configurations still have: no schema of them is at hand.
GONE = {name for name in azurerm_schema.named() if name not in SCHEMA}
READ = sorted(name for name, row in ROWS.items() if name not in GONE and not azurerm.is_dataless(row))
PARTS = [(row, part) for row in ROWS.values() for part in row.apart]
# What all types share.
SHARED = {
    "location": "location",
    "resource_group_name": "resourceGroupName",
    "tags": "tags",
    "identity.type": "identity.type",
    "identity.identity_ids": "identity.userAssignedIdentities",
}
# Lists of blocks that are read in their first element only; a second one leaves a doubt.
FIRST_ONLY = {
    "azurerm_automation_account": {"encryption.key_vault_key_id"},
    "azurerm_batch_account": {"encryption.key_vault_key_id"},
    "azurerm_container_registry": {
        *("encryption.identity_client_id", "encryption.key_vault_key_id", "network_rule_set.default_action"),
        *("network_rule_set.ip_rule[*].action", "network_rule_set.ip_rule[*].ip_range"),
    },
}
# What may carry a place and has no counterpart in native: a configuration that sets it is in doubt on purpose.
IN_DOUBT = {
    "azurerm_iothub": {"endpoint.connection_string", "endpoint.container_name", "endpoint.endpoint_uri"},
    "azurerm_monitor_action_group": {
        *("itsm_receiver.connection_id", "itsm_receiver.region", "itsm_receiver.workspace_id"),
    },
    "azurerm_postgresql_server": {"threat_detection_policy.storage_endpoint"},
    "azurerm_mongo_cluster": {"customer_managed_key.key_vault_key_id"},
    "azurerm_private_endpoint": {"private_service_connection.private_connection_resource_alias"},
    "azurerm_linux_function_app": {"storage_key_vault_secret_id"},
    "azurerm_linux_function_app_slot": {"storage_key_vault_secret_id"},
    "azurerm_windows_function_app": {"storage_key_vault_secret_id"},
    "azurerm_windows_function_app_slot": {"storage_key_vault_secret_id"},
    "azurerm_linux_web_app": {"logs.application_logs.azure_blob_storage.sas_url"},
    "azurerm_linux_web_app_slot": {"logs.application_logs.azure_blob_storage.sas_url"},
    "azurerm_windows_web_app": {"logs.application_logs.azure_blob_storage.sas_url"},
    "azurerm_windows_web_app_slot": {"logs.application_logs.azure_blob_storage.sas_url"},
    "azurerm_logic_app_action_custom": {"body"},
}
TABLES = ("addonProfiles.", "definition.actions.")
"""Inputs of which each key is a name that somebody gave."""
# What a row reads and no attribute of azurerm says, by token.
NOT_IN_AZURERM = {
    "aadiam:DiagnosticSetting": {"serviceBusRuleId"},
    "app:ContainerApp": {"extendedLocation.name"},
    "app:Job": {"extendedLocation.name"},
    "app:ManagedEnvironment": {
        *("appInsightsConfiguration.connectionString", "daprAIInstrumentationKey"),
        "diskEncryptionConfiguration.keyVaultConfiguration.keyUrl",
        "openTelemetryConfiguration.destinationsConfiguration.dataDogConfiguration.site",
        "openTelemetryConfiguration.destinationsConfiguration.otlpConfigurations.endpoint",
    },
    "cognitiveservices:Account": {
        *("properties.locations.regions.name", "properties.raiMonitorConfig.adxStorageResourceId"),
        "properties.apiProperties.storageAccountConnectionString",
        "properties.apiProperties.eventHubConnectionString",
        *("properties.apiProperties.qnaAzureSearchEndpointId", "properties.apiProperties.qnaRuntimeEndpoint"),
    },
    "compute:DiskEncryptionSet": {"activeKey.sourceVault.id"},  # activeKey.keyUrl says it
    "compute:GalleryApplicationVersion": {
        "publishingProfile.targetExtendedLocations.name",
        "publishingProfile.targetExtendedLocations.extendedLocation.name",
    },
    "compute:GalleryImageVersion": {
        "publishingProfile.targetExtendedLocations.name",
        "publishingProfile.targetExtendedLocations.extendedLocation.name",
    },
    "compute:Image": {"extendedLocation.name"},
    "compute:Snapshot": {"extendedLocation.name"},
    "compute:VirtualMachine": {  # unmanaged disks, which azurerm_linux_virtual_machine has not
        *("storageProfile.osDisk.vhd.uri", "storageProfile.dataDisks.vhd.uri"),
        "storageProfile.osDisk.encryptionSettings.diskEncryptionKey.sourceVault.id",
        "storageProfile.osDisk.encryptionSettings.keyEncryptionKey.sourceVault.id",
    },
    "compute:VirtualMachineScaleSet": {
        *("extendedLocation.name", "virtualMachineProfile.storageProfile.osDisk.vhdContainers"),
    },
    "datafactory:IntegrationRuntime": {
        "properties.computeProperties.location",  # of a self-hosted one
        "properties.ssisProperties.catalogInfo.catalogServerEndpoint",
    },
    "dataprotection:BackupVault": {"properties.replicatedRegions"},
    "dbforpostgresql:ServerGroupCluster": {"enableGeoBackup", "dataEncryption.primaryKeyUri"},
    "eventgrid:EventSubscription": {  # azurerm writes both with destination and an identity beside it
        "deliveryWithResourceIdentity.destination.resourceId",
        "deliveryWithResourceIdentity.destination.endpointUrl",
        "deadLetterWithResourceIdentity.deadLetterDestination.resourceId",
    },
    "eventgrid:SystemTopicEventSubscription": {
        "deliveryWithResourceIdentity.destination.resourceId",
        "deliveryWithResourceIdentity.destination.endpointUrl",
        "deadLetterWithResourceIdentity.deadLetterDestination.resourceId",
    },
    "eventhub:EventHub": {"captureDescription.destination.dataLakeAccountName"},
    "healthcareapis:FhirService": {"encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"},
    "iothub:IotHubResource": {"properties.enableDataResidency"},
    "keyvault:ManagedHsm": {"properties.regions.name"},
    "kusto:ReadWriteDatabase": {"keyVaultProperties.keyVaultUri"},
    "machinelearningservices:Workspace": {
        *("encryption.storageAccountResourceId", "encryption.searchAccountResourceId"),
        "workspaceHubConfig.additionalWorkspaceStorageAccounts",
        "sharedPrivateLinkResources.privateLinkResourceId",
        "managedNetwork.outboundRules.destination.serviceResourceId",
    },
    "maps:Account": {
        "properties.locations.locationName",
        "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
    },
    "monitor:DiagnosticSetting": {"serviceBusRuleId"},
    "network:ExpressRouteCircuit": {"peerings.connections.peerExpressRouteCircuitPeering.id"},
    "network:ExpressRouteGateway": {"expressRouteConnections.expressRouteCircuitPeering.id"},
    "network:NetworkInterface": {"ipConfigurations.virtualNetworkTaps.id"},
    "network:PrivateEndpoint": {"manualPrivateLinkServiceConnections.privateLinkServiceId"},  # read as the other list
    "recoveryservices:ReplicationProtectionContainerMapping": {"properties.providerSpecificInput.targetLocation"},
    "recoveryservices:ReplicationPolicy": {"properties.providerSpecificInput.storageAccounts"},
    "recoveryservices:ReplicationProtectedItem": {  # of machines that are in no cloud
        f"properties.providerSpecificDetails.{name}"
        for name in (
            *("targetAzureNetworkId", "targetNetworkId", "targetStorageAccountId", "logStorageAccountId"),
            *("disksDefault.logStorageAccountId", "disksToInclude.logStorageAccountId"),
            *("disksToIncludeForManagedDisks.logStorageAccountId", "targetBootDiagnosticsStorageAccountId"),
        )
    },
    "redisenterprise:RedisEnterprise": {"encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"},
    "search:SharedPrivateLinkResource": {"properties.resourceRegion"},  # the resource that it names says it
    "servicebus:Namespace": {"geoDataReplication.locations.locationName"},
    "streamanalytics:Output": {  # each azurerm type is of one kind of destination
        f"datasource.{name}"
        for name in (
            *("storageAccounts.accountName", "accountName", "accountId", "serviceBusNamespace", "server"),
            "functionAppName",
        )
    },
    "streamanalytics:StreamingJob": {  # outputs and functions are resources of their own in azurerm
        *(
            f"outputs.datasource.{name}"
            for name in (
                *("storageAccounts.accountName", "accountName", "accountId", "serviceBusNamespace", "server"),
                *("functionAppName", "type"),
            )
        ),
        "functions.properties.binding.endpoint",
    },
    "synapse:IntegrationRuntime": {"properties.ssisProperties.catalogInfo.catalogServerEndpoint"},
    "web:AppServicePlan": {"extendedLocation.name"},
    "web:StaticSite": {"enterpriseGradeCdnStatus"},
    "web:WebApp": {
        *("extendedLocation.name", "functionAppConfig.deployment.storage.value"),
        "siteConfig.azureStorageAccounts.accountName",
    },
    "web:WebAppSlot": {"extendedLocation.name", "functionAppConfig.deployment.storage.value"},
}


@pytest.fixture(scope="module")
def inputs() -> Mapping[str, frozenset[str]]:
    """Every input of each type of the SDK, with the blocks that it is in."""
    wanted = {row.native for row in ROWS.values()} | {each.native for row in ROWS.values() for each in row.beside}
    wanted |= {each.token for each in azapi.rows().values()}
    sdk = source.read(generate.installed("azure-native"))
    types = [each for each in sdk.types if each.token in wanted]
    return {each.token: frozenset(with_blocks(leaf.path for leaf in leaves(sdk, each))) for each in types}


def plain(path: str) -> str:
    """A path without the marks of lists, tables and elements."""
    return re.sub(r"\[(?:\*|\+|\d+)\]|\.\*|\.\$default", "", path)


def with_blocks(paths: Iterable[str]) -> Iterator[str]:
    """Paths, and the blocks that they are in."""
    for path in paths:
        steps = plain(path).split(".")
        yield from (".".join(steps[:end]) for end in range(1, len(steps) + 1))


def offenders(found: Iterable[tuple[str, set[str]]]) -> dict[str, set[str]]:
    """Who is wrong, and in what."""
    return {name: wrong for name, wrong in found if wrong}


def own_pairs(row: TypePair | Beside | Apart) -> list[Pair]:
    """The pairs that a row says itself, without those that all types share."""
    return [pair for pair in row.pairs if pair.azurerm not in SHARED or pair.native != SHARED[pair.azurerm]]


def is_taken_over(name: str, path: str) -> bool:
    """Whether another type of the same module has the path, so that this one may have taken it over."""
    module = ROWS[name].native.rpartition(":")[0]
    return any(path in SCHEMA[other] for other in READ if ROWS[other].native.startswith(f"{module}:"))


def is_silent(token: str) -> bool:
    row = resources.row(token)
    return row is not None and row.data is Data.NONE and not row.placement


def row_of(token: str) -> ResourceRow:
    return resources.row(token) or ResourceRow(source="")


def test_every_azurerm_path_is_declared() -> None:
    """No pair and no reason is dead or misspelled."""

    def wrong(name: str, row: TypePair) -> set[str]:
        named = [path for each in (row, *row.beside) for pair in own_pairs(each) for path in pair.azurerm_paths]
        named += [*row.none, *row.reported, *([row.within[0]] if row.within else [])]
        unknown = {plain(path) for path in named} - SCHEMA[name].keys() - SHARED.keys() - {"*"}
        return {path for path in unknown if not is_taken_over(name, path)}

    assert offenders((name, wrong(name, ROWS[name])) for name in READ) == {}


def test_what_is_each_element_is_a_list() -> None:
    """`[*]` on what is no list would read nothing; a list of blocks without it would be read in its first only."""

    def is_wrong(name: str, path: str) -> bool:
        steps = path.split(".")
        ends = [(steps[end], SCHEMA[name].get(plain(".".join(steps[: end + 1])), "+")) for end in range(len(steps))]
        return any("+" not in marks for step, marks in ends if step.endswith("[*]")) or any(
            "+" in marks for step, marks in ends[:-1] if not step.endswith("[*]")
        )

    def wrong(name: str) -> set[str]:
        pairs = [pair for each in (ROWS[name], *ROWS[name].beside) for pair in own_pairs(each)]
        listed = [path for pair in pairs for path in pair.azurerm_paths if plain(path) in SCHEMA[name]]
        return {path for path in listed if is_wrong(name, path)}

    assert offenders((name, wrong(name)) for name in READ) == FIRST_ONLY


def test_every_path_of_a_part_is_declared() -> None:
    """Also the attribute with the id of the resource that it is a part of."""

    def wrong(part: Apart) -> set[str]:
        named = [part.own, *(path for pair in part.pairs for path in pair.azurerm_paths), *part.none]
        return {plain(path) for path in named if path != "*"} - SCHEMA[part.azurerm].keys()

    assert offenders((part.azurerm, wrong(part)) for _, part in PARTS) == {}


def test_every_native_path_is_an_input(inputs: Mapping[str, frozenset[str]]) -> None:
    """Of the type, or of the block that is a resource of its own there."""

    def wrong(row: TypePair) -> set[str]:
        named = {path for each in (row, *row.apart) for pair in own_pairs(each) for path in pair.native_paths}
        named |= {*row.fixed}
        found = {path for path in named if plain(path) not in inputs[row.native]}
        for each in row.beside:
            own = {each.owner, *(path for pair in each.pairs for path in pair.native_paths)}
            found |= {path for path in own if plain(path) not in inputs[each.native]}
        return {path for path in found if not path.startswith(TABLES)}

    assert offenders((name, wrong(row)) for name, row in ROWS.items()) == {}


def test_native_has_a_list_wherever_azurerm_has() -> None:
    """Else a second element would take the place of the first."""

    def depth(path: str) -> int:
        return len(re.findall(r"\[[*+]\]", path))

    def wrong(row: TypePair) -> set[str]:
        own = [(pair, 0) for each in (row, *row.apart) for pair in own_pairs(each)]
        own += [(pair, 1 if each.each else 0) for each in row.beside for pair in each.pairs]
        return {
            pair.azurerm
            for pair, less in own
            if "[+]" not in pair.native and depth(pair.azurerm) - less != depth(pair.native)
        }

    assert offenders((name, wrong(row)) for name, row in ROWS.items()) == {}


def test_every_token_has_a_row() -> None:
    """Of the catalogue: a type that it does not know would be judged by general rows only."""
    tokens = {each.native for row in ROWS.values() for each in (row, *row.beside)}
    missing = {token for token in tokens if resources.row(token) is None}
    assert missing == {"azure-native:compute:VirtualMachineExtension"}


def test_a_type_of_which_nothing_is_read_holds_no_data() -> None:
    """By the row of its native type, which passes none on either."""
    assert {name for name, row in ROWS.items() if azurerm.is_dataless(row) and not is_silent(row.native)} == set()


def unanswered(paths: Mapping[str, str], answered: set[str]) -> Iterator[str]:
    """The paths that may carry a place and that neither a pair nor a reason speaks of.

    A block that only the provider says looks like a dynamic one, once it is known; other reports are never asked for.
    """
    for path, marks in paths.items():
        if "." in marks or path in ("id", "name") or ("!" in marks and "." not in path):
            continue
        if any(path == each or path.startswith(f"{each}.") for each in answered):
            continue
        form = "flag" if "?" in marks else "number" if "#" in marks else "text"
        if words.why(Leaf(".".join(map(camel, path.split("."))), frozenset({form}), "", ())) is not None:
            yield path


def test_every_attribute_that_may_carry_a_place_is_answered() -> None:
    """By a pair, or by a reason; the rest is in doubt on purpose."""

    def wrong(name: str, row: TypePair) -> set[str]:
        pairs = [pair for each in (row, *row.beside) for pair in each.pairs]
        answered = {*row.none, *(plain(path) for pair in pairs for path in pair.azurerm_paths)}
        return set() if is_silent(row.native) or "*" in row.none else set(unanswered(SCHEMA[name], answered))

    def of_part(row: TypePair, part: Apart) -> set[str]:
        answered = {part.own, *part.none, *(plain(path) for pair in part.pairs for path in pair.azurerm_paths)}
        silent = is_silent(row.native) or "*" in part.none
        return set() if silent else set(unanswered(SCHEMA[part.azurerm], answered))

    found = offenders((name, wrong(name, ROWS[name])) for name in READ)
    found.update(offenders((part.azurerm, of_part(row, part)) for row, part in PARTS))
    assert found == IN_DOUBT


def is_reached(path: str, by: str) -> bool:
    for table in TABLES:
        if path.startswith(table):
            return by.startswith(table) and by.rpartition(".")[2] == path.rpartition(".")[2]
    return path == by or path.startswith(f"{by}.")


def test_every_placement_is_reached_from_azurerm() -> None:
    """Whatever the catalogue's row reads is set by a pair, unless azurerm has no attribute for it."""

    def wrong(row: TypePair) -> set[str]:
        reached = {plain(path) for each in (row, *row.apart) for pair in each.pairs for path in pair.native_paths}
        reached |= {plain(path) for path in row.fixed}
        asked = {plain(each.path) for each in row_of(row.native).placement if each.path}
        missing = {path for path in asked if not any(is_reached(path, by) for by in reached)}
        return missing - NOT_IN_AZURERM.get(row.native.partition(":")[2], set())

    assert offenders((name, wrong(ROWS[name])) for name in READ) == {}


def test_a_resource_without_a_location_is_placed_by_another() -> None:
    """Else the location of its resource group, which need not be its own, would be taken for its place."""

    def is_wrong(name: str, row: TypePair) -> bool:
        residences = [each.path for each in row_of(row.native).placement if each.kind is PlacementKind.RESIDENCE]
        unplaced = row.native in resources.unplaced("azure-native")
        by_location = "location" in residences or not (residences or unplaced)
        says = "!" not in SCHEMA[name].get("location", "!")
        return row_of(row.native).data is Data.USER and by_location and not says and row.within is None

    assert [name for name in READ if is_wrong(name, ROWS[name])] == []


def test_every_name_of_an_arm_type_is_an_input(inputs: Mapping[str, frozenset[str]]) -> None:
    """The own name and those of what it is in, one for each segment of the type."""
    rows = azapi.rows()
    assert (
        offenders((arm, {*filter(None, (row.name, *row.parents))} - inputs[row.token]) for arm, row in rows.items())
        == {}
    )
    assert [arm for arm, row in rows.items() if len(row.parents) != arm.count("/") - 1] == []
    assert [arm for arm, row in rows.items() if resources.row(row.token) is None] == []


def test_only_the_last_row_of_a_token_has_no_condition() -> None:
    """A row behind one without a condition would never be taken."""
    tokens = {row.native for row in azurerm.rows()}
    assert [token for token in sorted(tokens) for row in azurerm.of_token(token)[:-1] if not row.when] == []


def test_every_azurerm_type_has_one_row() -> None:
    names = [row.azurerm for row in azurerm.rows()]
    assert sorted(set(names)) == sorted(names)
