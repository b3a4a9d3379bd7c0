"""Every place that the catalogue reads from an input is reached by an attribute of Terraform, or it is said why not.

A path that no attribute reaches would be a copy that nobody sees: the data would be called inside. The table of names
and the rule of `camel` are asked here; whether a provider has the attribute at all is asked of its schema when the
table is made (`residency catalogue terraform`): an attribute without a counterpart is in the table with "-".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import pytest

from residency.catalogue import resources
from residency.catalogue.rows import ResourceRow
from residency.catalogue.sdk import words
from residency.catalogue.sdk.paths import Leaf
from residency.ingest.terraform.names import table
from residency.ingest.terraform.names.table import TypeNames, camel, snake

PROVIDERS = ("aws", "google")
_JSON = "the attribute is a text of JSON, whose own names are read as they are"
_BUCKET = "Statement[*].Operation.Audit.FindingsDestination.S3.Bucket"
NOT_REACHED: Mapping[tuple[str, str], str] = {
    ("aws_cloudwatch_log_account_policy", "policyDocument.DestinationArn"): _JSON,
    ("aws_cloudwatch_log_account_policy", f"policyDocument.{_BUCKET}"): _JSON,
    ("aws_cloudwatch_log_data_protection_policy", f"policyDocument.{_BUCKET}"): _JSON,
    ("aws_ecs_task_definition", "containerDefinitions[*].logConfiguration.options.Host"): _JSON,
    ("aws_sns_topic_data_protection_policy", f"policy.{_BUCKET}"): _JSON,
}
"""Type and path of the catalogue, with the reason."""
_EMPTY = "a block with nothing in it, which the SDK's inputs do not list: it names no place"
_FLAG = "yes or no"
_DEFINITION = "the SDK has it as a text or not at all; what is set there is told as a doubt"
_SAME = "the SDK has the resource's other name of it; a permission, without data"
WITHOUT_COUNTERPART: Mapping[tuple[str, str], str] = {
    ("aws_bedrockagent_flow", "definition.node.configuration.output"): _EMPTY,
    ("aws_quicksight_analysis", "definition"): _DEFINITION,
    ("aws_quicksight_dashboard", "definition"): _DEFINITION,
    ("aws_quicksight_template", "definition"): _DEFINITION,
    ("aws_s3_bucket_inventory", "destination.bucket.encryption.sse_s3"): _EMPTY,
    (
        "aws_s3control_storage_lens_configuration",
        "storage_lens_configuration.data_export.s3_bucket_destination.encryption.sse_s3",
    ): _EMPTY,
    ("aws_wafv2_web_acl_logging_configuration", "redacted_fields.uri_path"): _EMPTY,
    ("google_bigquery_analytics_hub_data_exchange", "sharing_environment_config"): _EMPTY,
    ("google_bigquery_dataset_access", "dataset"): _SAME,
    ("google_bigtable_table_iam_binding", "instance"): _SAME,
    ("google_bigtable_table_iam_member", "instance"): _SAME,
    ("google_bigtable_table_iam_policy", "instance"): _SAME,
    ("google_compute_subnetwork", "enable_flow_logs"): _FLAG,
    ("google_data_loss_prevention_discovery_config", "targets.big_query_target.filter.other_tables"): _EMPTY,
    ("google_data_loss_prevention_discovery_config", "targets.secrets_target"): _EMPTY,
    ("google_data_loss_prevention_job_trigger", "inspect_job.actions.publish_findings_to_cloud_data_catalog"): _EMPTY,
    ("google_data_loss_prevention_job_trigger", "inspect_job.actions.publish_summary_to_cscc"): _EMPTY,
    ("google_data_loss_prevention_job_trigger", "inspect_job.actions.publish_to_stackdriver"): _EMPTY,
    ("google_dataproc_gdc_service_instance", "spark_service_instance_config"): _EMPTY,
    ("google_datastream_connection_profile", "bigquery_profile"): _EMPTY,
    ("google_datastream_stream", "source_config.mysql_source_config.binary_log_position"): _EMPTY,
    ("google_datastream_stream", "source_config.oracle_source_config.stream_large_objects"): _EMPTY,
    ("google_datastream_stream", "source_config.sql_server_source_config.change_tables"): _EMPTY,
    ("google_datastream_stream", "source_config.sql_server_source_config.transaction_logs"): _EMPTY,
    ("google_integrations_client", "run_as_service_account"): "a service account, which holds no data",
    ("google_memorystore_instance", "allow_fewer_zones_deployment"): _FLAG,
    ("google_redis_cluster", "allow_fewer_zones_deployment"): _FLAG,
    ("google_spanner_backup_schedule", "full_backup_spec"): _EMPTY,
    ("google_spanner_backup_schedule", "incremental_backup_spec"): _EMPTY,
}
"""Type and attribute of Terraform whose name may speak of a place, and that the catalogue's type has not."""
_MARKS = re.compile(r"\[\*\]|\.\*")


@functools.cache
def types(provider: str) -> Mapping[str, TypeNames]:
    """Every type of a table."""
    text = (table.FOLDER / f"{provider}.txt").read_text("utf-8")
    listed = re.findall(r"^(\w+) \S+$", text, re.MULTILINE)
    return {name: found for name in listed if (found := table.find(name))}


def paths(row: ResourceRow) -> set[str]:
    """The inputs that a row reads: of places, and of what they depend on."""
    used = [(each.path, each.inherit, *(one.path for one in each.when)) for each in row.placement]
    return {path for each in used for path in each if path}


def is_reached(names: TypeNames, path: str) -> bool:
    """Whether an attribute has the name at each level: one of the table, else one that the rule gives."""
    theirs = ""
    for ours in _MARKS.sub("", path).split("."):
        level = {name: each for at, each in names.attributes.items() for above, _, name in [at.rpartition(".")]
                 if above == theirs}  # fmt: skip
        named = next((name for name, each in level.items() if each.name == ours), "")
        if named and level[named].table:
            return True
        name = named or snake(ours)
        if not named and (name in level or camel(name) != ours):
            return False
        theirs = f"{theirs}.{name}" if theirs else name
    return True


def unreached(provider: str) -> Iterator[tuple[str, str]]:
    """Type and path of what the catalogue reads and no attribute is called."""
    for name, names in types(provider).items():
        row = resources.row(names.token)
        yield from ((name, path) for path in sorted(paths(row) if row else ()) if not is_reached(names, path))


def without_counterpart(provider: str) -> Iterator[tuple[str, str]]:
    """Type and attribute that the catalogue's type has not, where the name may speak of a place."""
    for name, names in types(provider).items():
        for path, each in names.attributes.items():
            if not each.name and words.why(Leaf(path, frozenset({"text"}), "", ())) is not None:
                yield name, path


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_place_that_the_catalogue_reads_is_reached_by_an_attribute(provider: str) -> None:
    found = set(unreached(provider))
    prefix = f"{provider}_"
    assert found == {key for key in NOT_REACHED if key[0].startswith(prefix)}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_attribute_without_a_counterpart_is_reviewed(provider: str) -> None:
    found = set(without_counterpart(provider))
    prefix = f"{provider}_"
    assert found == {key for key in WITHOUT_COUNTERPART if key[0].startswith(prefix)}
