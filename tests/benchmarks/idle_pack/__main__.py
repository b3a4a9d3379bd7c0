"""A policy pack that judges nothing: what Pulumi itself takes to run any Python pack."""

from __future__ import annotations

import pulumi_policy

pulumi_policy.PolicyPack(
    name="idle",
    policies=[
        pulumi_policy.ResourceValidationPolicy(
            name="each", description="Judges nothing", validate=lambda _args, _report: None
        ),
        pulumi_policy.StackValidationPolicy(
            name="whole", description="Judges nothing", validate=lambda _args, _report: None
        ),
    ],
)
