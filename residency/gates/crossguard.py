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
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pulumi_policy

from residency.errors import ResidencyError
from residency.gates.analyzer import Mode, keep_what_the_engine_tells, mode
from residency.gates.recording import Recorder
from residency.ingest.crossguard import SeenSoFar
from residency.judge import Judgement, judge, order
from residency.model import Outcome, ResourceGraph, Verdict
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load
from residency.report.text import finding
from residency.rules import rules

PACK = "residency-europe"
BEFORE_CREATE = "data-residency-before-create"
WHOLE_STACK = "data-residency"
UNDETERMINED = "data-residency-undetermined"
WARNING = "data-residency-warning"

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
        "record": {
            "type": "string",
            "description": "where a record of what was judged is written, relative to the project; see docs/records.md",
        },
    }
)


def start_pack(name: str = PACK, folder: Path | None = None) -> None:
    """Serve the pack to the engine; does not return.

    Args:
        name: of the pack.
        folder: of the pack, whose files a record names; the one that the engine starts it in if None.
    """
    keep_what_the_engine_tells()
    gate = Gate(datetime.datetime.now(tz=datetime.UTC).date(), Recorder(name, folder or Path.cwd()))
    pulumi_policy.PolicyPack(
        name=name,
        enforcement_level=pulumi_policy.EnforcementLevel.MANDATORY,
        policies=[
            pulumi_policy.ResourceValidationPolicy(
                name=BEFORE_CREATE,
                description="User data and its copies stay inside the perimeter (before each create)",
                validate=gate.before_create,
                config_schema=_SCHEMA,
                severity=pulumi_policy.Severity.CRITICAL,
            ),
            pulumi_policy.StackValidationPolicy(
                name=WHOLE_STACK,
                description="User data and its copies stay inside the perimeter",
                validate=gate.whole_stack,
                config_schema=_SCHEMA,
                severity=pulumi_policy.Severity.CRITICAL,
            ),
            # A policy of its own: the engine sorts what it prints by severity, and severity belongs to a policy.
            pulumi_policy.StackValidationPolicy(
                name=UNDETERMINED,
                description="What cannot be proven inside the perimeter is refused",
                validate=gate.undetermined,
                severity=pulumi_policy.Severity.HIGH,
            ),
            pulumi_policy.StackValidationPolicy(
                name=WARNING,
                description="Placements that could not be determined",
                validate=gate.warn,
                enforcement_level=pulumi_policy.EnforcementLevel.ADVISORY,
            ),
        ],
    )


class Gate:
    """The policies of one deployment. The engine calls them from several threads."""

    def __init__(self, on: datetime.date, recorder: Recorder) -> None:
        self._on = on
        self._recorder = recorder
        self._seen = SeenSoFar()
        self._lock = threading.Lock()
        self._config: Mapping[str, object] = {}
        self._perimeter: Perimeter | None = None
        self._reported: set[str] = set()
        self._judged: Sequence[Verdict] | None = None
        self._whole: ResourceGraph | None = None

    def before_create(self, args: pulumi_policy.ResourceValidationArgs, report: Report) -> None:
        """Refuse a resource outside, over the resources shown so far."""
        with self._lock, _blocking(report):
            resource = self._seen.add(args)
            perimeter = self._configured(args.get_config(), args.urn)
            now = mode()
            if now is Mode.PREVIEW or args.resource_type.startswith("pulumi:"):
                return
            # Where a state is analysed, what comes later in it may settle what is undetermined here.
            undetermined = now is Mode.DEPLOYMENT and perimeter.undetermined_blocks
            found = Judgement(self._seen.graph(_stack(args.urn)), perimeter).of(resource)
            for verdict in sorted(found, key=order):
                if verdict.blocks and (verdict.outcome is Outcome.OUTSIDE or undetermined):
                    self._reported.add(verdict.fingerprint)
                    report(_message(verdict), verdict.placement.resource.id)

    def whole_stack(self, args: pulumi_policy.StackValidationArgs, report: Report) -> None:
        """Refuse every resource outside, over the whole stack."""
        with self._lock, _blocking(report):
            self._judged = None
            self._report_stack(args, report, Outcome.OUTSIDE)
            # Here, where all is judged and a failure blocks; the warnings' policy, which is the last, is advisory.
            if self._judged is not None and self._whole is not None:
                self._recorder.write(self._whole, self._judged, self._of(args), self._config)

    def undetermined(self, args: pulumi_policy.StackValidationArgs, report: Report) -> None:
        """Refuse what is undetermined, unless the configuration says that it only warns."""
        with self._lock, _blocking(report):
            if self._of(args).undetermined_blocks:
                self._report_stack(args, report, Outcome.UNDETERMINED)

    def warn(self, args: pulumi_policy.StackValidationArgs, report: Report) -> None:
        """Show what is undetermined, where the configuration says that it does not block."""
        with self._lock, _blocking(report):
            if not self._of(args).undetermined_blocks:
                self._report_stack(args, report, Outcome.UNDETERMINED)
            self._judged = None

    def _of(self, args: pulumi_policy.StackValidationArgs) -> Perimeter:
        return self._configured(args.get_config(), args.resources[0].urn if args.resources else "")

    def _report_stack(self, args: pulumi_policy.StackValidationArgs, report: Report, outcome: Outcome) -> None:
        """Report one outcome; the stack is judged once for all its policies, which are called in their order."""
        perimeter = self._of(args)
        if self._judged is None:
            stack = _stack(args.resources[0].urn if args.resources else "")
            self._whole = self._seen.whole(stack, args.resources)
            self._judged = judge(self._whole, perimeter)
        for verdict in self._judged:
            if verdict.blocks and verdict.outcome is outcome and verdict.fingerprint not in self._reported:
                report(_message(verdict), verdict.placement.resource.id)

    def _configured(self, config: Mapping[str, object], urn: str) -> Perimeter:
        """The perimeter of the pack's configuration; the policies of one pack share it."""
        if self._perimeter is None or (config and config != self._config):
            self._config = config or self._config
            root = _project_folder(urn)
            self._recorder.begin(self._config, root)
            self._perimeter = _perimeter(self._config, root, self._on)
        return self._perimeter


def _perimeter(config: Mapping[str, object], root: Path, on: datetime.date) -> Perimeter:
    named = config.get("perimeter")
    if not isinstance(named, str) or not named:
        own = root / FILE_NAME
        named = str(own) if own.is_file() else DEFAULT
    elif named.endswith(".toml"):
        named = str(root / named)
    perimeter = load(named, on)
    if "undetermined" not in config:
        return perimeter
    return perimeter.with_undetermined(blocks=config["undetermined"] != "warn")


def _project_folder(urn: str) -> Path:
    """The folder of the `Pulumi.yaml` that names the project of a URN.

    The engine tells a pack no folder but the pack's own, so that it is looked for upwards of where this process, the
    shell and the engine work; the project's name tells it from the pack's surroundings.
    """
    name = urn.split("::")[1] if urn.count("::") > 1 else ""
    named = re.compile(rf"""^name:\s*["']?{re.escape(name)}["']?\s*(#.*)?$""", re.MULTILINE)
    for start in (Path.cwd(), Path(os.environ.get("PWD", ".")), Path(f"/proc/{os.getppid()}/cwd")):
        try:
            folder = start.resolve()
            for each in (folder, *folder.parents):
                file = each / "Pulumi.yaml"
                if file.is_file() and named.search(file.read_text("utf-8")):
                    return each
        except (OSError, UnicodeDecodeError):
            continue
    return Path.cwd()


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
    """Three lines; Pulumi prints the resource itself above them."""
    return "\n".join(finding(verdict, with_where=False))


def _stack(urn: str) -> str:
    return urn.partition("::")[0].rpartition(":")[2] or os.environ.get("PULUMI_STACK") or "stack"
