"""What a run of the real engine gave, as frozen values; read from its output and its event log.

The event log is a line of JSON an event (`pulumi --event-log`). Source of its fields: pulumi sdk/v3 3.259.0,
`go/common/apitype/events.go`; checked 2026-11-23.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engine.standin.servicer import Action, Operation

SHOWN = frozenset({"warning", "error"})
COLOUR = re.compile(r"<\{%.*?%\}>")


@dataclass(frozen=True, slots=True)
class Violation:
    """One policy violation, as the engine's event says it; `message` begins with the policy's description."""

    policy: str
    level: str
    severity: str
    urn: str
    message: str

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return self.urn.rsplit("::", 1)[-1]


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the command line.

    Attributes:
        succeeded: whether it ended with exit code 0.
        stdout, stderr: as a person would read them, without colours.
        violations: in the order of the events.
        diagnostics: messages of severity warning or error, without policy violations.
        operations: what each stand-in provider really did, by package.
    """

    succeeded: bool
    stdout: str
    stderr: str
    violations: tuple[Violation, ...]
    diagnostics: tuple[str, ...]
    operations: Mapping[str, tuple[Operation, ...]]

    @property
    def created(self) -> tuple[tuple[str, str], ...]:
        """Name and place of everything that was really created, sorted."""
        everything = (operation for operations in self.operations.values() for operation in operations)
        return tuple(sorted((made.name, made.place) for made in everything if made.action is Action.CREATE))

    @property
    def blocking(self) -> tuple[Violation, ...]:
        """The mandatory violations."""
        return tuple(violation for violation in self.violations if violation.level == "mandatory")

    def messages(self) -> str:
        """Every violation's message, for searching."""
        return "\n".join(violation.message for violation in self.violations)


def read_events(path: Path) -> list[dict[str, Any]]:
    """The events of a log; none if it was never written."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def violations(events: Iterable[Mapping[str, Any]]) -> tuple[Violation, ...]:
    """The policy violations among events."""
    found = (event["policyEvent"] for event in events if "policyEvent" in event)
    return tuple(
        Violation(
            policy=event["policyName"],
            level=event["enforcementLevel"],
            severity=event.get("severity", ""),
            urn=event.get("resourceUrn", ""),
            message=COLOUR.sub("", event["message"]).strip(),
        )
        for event in found
    )


def diagnostics(events: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Warnings and errors among events, but for the warning that the harness's own pack starter causes."""
    found = (event["diagnosticEvent"] for event in events if "diagnosticEvent" in event)
    texts = (COLOUR.sub("", event["message"]).strip() for event in found if event.get("severity") in SHOWN)
    return tuple(text for text in texts if not text.startswith("using pulumi-analyzer-policy-python"))
