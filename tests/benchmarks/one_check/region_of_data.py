"""One check for Checkov, as a person would write it for what the measured plan has: buckets and keys stay in the EEA.

It is simpler than what it is compared with: the destination of a replication is not followed.
"""

# The real Checkov is in an environment of its own, so nothing of it is known here.
# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUntypedBaseClass=false, reportUnknownParameterType=false, reportUnknownArgumentType=false
from __future__ import annotations

from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

_EEA = frozenset({"eu-west-1", "eu-west-3", "eu-north-1", "eu-central-1", "eu-south-1", "eu-south-2"})


class RegionOfData(BaseResourceCheck):
    """Fails where the planned region of a resource is not in the list."""

    def __init__(self) -> None:
        super().__init__(
            name="Ensure that data stays in the European Economic Area",
            id="CKV2_BENCH_1",
            categories=(CheckCategories.GENERAL_SECURITY,),
            supported_resources=("aws_s3_bucket", "aws_kms_key"),
        )

    def scan_resource_conf(self, conf: dict[str, Any]) -> CheckResult:
        """Read the region as Checkov wraps it: in a list."""
        return CheckResult.PASSED if conf.get("region", [""])[0] in _EEA else CheckResult.FAILED


check = RegionOfData()
