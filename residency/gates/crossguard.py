"""The body of the policy pack: Pulumi's resource and stack policies over the one judge.

In:  what the engine shows of a deployment.
Out: violations in Pulumi's own policy output.

How it follows the engine (measured with engine 3.259.0):

- In ``up``, the resource policy runs before each create and blocks it; all inputs are known then.
- In ``preview``, inputs may be unknown and only the stack policy is told where they come from. The resource policy then
  only takes notes, and the stack policy judges the whole.
"""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pulumi_policy
from pulumi_policy import policy as pulumi_policy_internals

from residency import __version__
from residency.errors import ResidencyError
from residency.ingest.crossguard import SeenSoFar
from residency.judge import Judgement, judge
from residency.model import Outcome, Verdict
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load
from residency.report.text import finding
from residency.rules import rules

PACK = "residency-europe"
BEFORE_CREATE = "data-residency-before-create"
WHOLE_STACK = "data-residency"
WARNING = "data-residency-undetermined"

Report = Callable[..., None]

_SCHEMA = pulumi_policy.PolicyConfigSchema(
    properties={
        "perimeter": {
            "type": "string",
            "description": "eea, europe, ireland-norway, or the path of a residency.toml relative to the project",
        },
        "undetermined": {
            "type": "string",
            "enum": ["block", "warn"],
            "description": "what a placement that cannot be determined does",
        },
    }
)


def start_pack(name: str = PACK) -> None:
    """Serve the pack to the engine; does not return."""
    _keep_secrets_marked()
    gate = Gate(datetime.datetime.now(tz=datetime.UTC).date())
    pulumi_policy.PolicyPack(
        name=name,
        version=__version__,
        enforcement_level=pulumi_policy.EnforcementLevel.MANDATORY,
        policies=[
            pulumi_policy.ResourceValidationPolicy(
                name=BEFORE_CREATE,
                description="User data and its copies stay inside the perimeter (before each create)",
                validate=gate.before_create,
                config_schema=_SCHEMA,
            ),
            pulumi_policy.StackValidationPolicy(
                name=WHOLE_STACK,
                description="User data and its copies stay inside the perimeter",
                validate=gate.whole_stack,
                config_schema=_SCHEMA,
            ),
            pulumi_policy.StackValidationPolicy(
                name=WARNING,
                description="Placements that could not be determined",
                validate=gate.warn,
                enforcement_level=pulumi_policy.EnforcementLevel.ADVISORY,
            ),
        ],
    )


def _keep_secrets_marked() -> None:
    """Let policies see that a value is a secret, instead of the secret itself.

    pulumi_policy 1.21.0 takes the secret mark off before a validation runs, so that a message could show a secret. Its
    servicer calls ``deserialize_properties`` by its module's name; here that name gives the wire form back as it is.
    """
    original = pulumi_policy_internals.deserialize_properties

    def keep_wire_form(props: dict[str, object], proxy_secrets: bool = False) -> dict[str, object]:
        return original(props, proxy_secrets) if proxy_secrets else props

    pulumi_policy_internals.deserialize_properties = keep_wire_form  # type: ignore[assignment]


class Gate:
    """The policies of one deployment. The engine calls them from several threads."""

    def __init__(self, on: datetime.date) -> None:
        self._on = on
        self._seen = SeenSoFar()
        self._lock = threading.Lock()
        self._config: Mapping[str, object] = {}
        self._perimeter: Perimeter | None = None

    def before_create(self, args: pulumi_policy.ResourceValidationArgs, report: Report) -> None:
        """Refuse a resource outside, over the resources shown so far."""
        with self._lock, _blocking(report):
            resource = self._seen.add(args)
            perimeter = self._configured(args.get_config())
            if _is_preview():
                return
            found = Judgement(self._seen.graph(_stack()), perimeter).of(resource)
            self._report(sorted(found, key=_severity), report, perimeter)

    def whole_stack(self, args: pulumi_policy.StackValidationArgs, report: Report) -> None:
        """Refuse every resource outside, over the whole stack."""
        with self._lock, _blocking(report):
            perimeter = self._configured(args.get_config())
            self._report(self._judged(args, perimeter), report, perimeter)

    def warn(self, args: pulumi_policy.StackValidationArgs, report: Report) -> None:
        """Show what is undetermined, where the configuration says that it does not block."""
        with self._lock, _blocking(report):
            perimeter = self._configured({})
            if perimeter.undetermined_blocks:
                return
            for verdict in self._judged(args, perimeter):
                if verdict.blocks and verdict.outcome is Outcome.UNDETERMINED:
                    report(_message(verdict), verdict.placement.resource.id)

    def _judged(self, args: pulumi_policy.StackValidationArgs, perimeter: Perimeter) -> Sequence[Verdict]:
        return judge(self._seen.whole(_stack(), args.resources), perimeter)

    def _report(self, verdicts: Sequence[Verdict], report: Report, perimeter: Perimeter) -> None:
        for verdict in verdicts:
            if verdict.blocks and (verdict.outcome is Outcome.OUTSIDE or perimeter.undetermined_blocks):
                report(_message(verdict), verdict.placement.resource.id)

    def _configured(self, config: Mapping[str, object]) -> Perimeter:
        """The perimeter of the pack's configuration; the policies of one pack share it."""
        if self._perimeter is None or (config and config != self._config):
            self._config = config or self._config
            self._perimeter = _perimeter(self._config, self._on)
        return self._perimeter


def _perimeter(config: Mapping[str, object], on: datetime.date) -> Perimeter:
    named = config.get("perimeter")
    root = Path(os.environ.get("PULUMI_ROOT_DIRECTORY", "."))
    if not isinstance(named, str) or not named:
        own = root / FILE_NAME
        named = str(own) if own.is_file() else DEFAULT
    elif named.endswith(".toml"):
        named = str(root / named)
    perimeter = load(named, on)
    if "undetermined" not in config:
        return perimeter
    return perimeter.with_undetermined(blocks=config["undetermined"] != "warn")


class _blocking:  # noqa: N801 - reads as a statement
    """Whatever fails inside a policy is reported as a violation, so that nothing is let through unjudged."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        problem = str(error) if isinstance(error, ResidencyError) else f"{type(error).__name__} in the policy pack"
        self._report(f"error[RES901]: nothing is proven: {problem}\n  help:  {rules()['RES901'].advice}")
        return True


def _message(verdict: Verdict) -> str:
    return "\n".join(finding(verdict))


def _severity(verdict: Verdict) -> tuple[bool, str, str]:
    return verdict.outcome is not Outcome.OUTSIDE, verdict.rule, verdict.placement.property or ""


def _is_preview() -> bool:
    return os.environ.get("PULUMI_DRY_RUN") == "true"


def _stack() -> str:
    return os.environ.get("PULUMI_STACK") or "stack"
