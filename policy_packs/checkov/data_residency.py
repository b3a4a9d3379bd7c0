"""Checks for ``checkov --external-checks-dir``: the engine's verdicts, one check a rule.

In:  what Checkov hands to a check: a resource, the graph of what it scans, and the name of the file.
Out: in Checkov's report, one result a resource and rule. The engine judges a configuration, a plan or a template once.
"""

# Checkov is in an environment of its own, where this is run and tested, and not in the one where types are checked.
# pyright: basic, reportMissingImports=false

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from checkov.cloudformation.checks.resource.base_resource_check import BaseResourceCheck as TemplateCheck
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck as TerraformCheck

ROOT = Path(__file__).resolve().parents[2]
if (ROOT / "residency" / "__init__.py").is_file() and str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # a clone of the repository: its own engine, if none is installed
try:
    from residency.gates import scanned
    from residency.gates.scanned import Answer, Result, Scan, Scanned

    MISSING = ""
except ImportError as missing:
    MISSING = (
        f"the residency checks cannot run: {missing}; install it beside Checkov: `uv tool install checkov --with"
        " PATH`, or `pipx inject checkov PATH`, PATH being a clone of its repository"
    )
    sys.stderr.write(f"error: {MISSING}\n")

RULES = (
    *("RES001", "RES101", "RES102", "RES103", "RES104", "RES105", "RES106", "RES107", "RES108", "RES109", "RES110"),
    *("RES111", "RES112", "RES901", "RES902"),
)
PAGE = "https://github.com/residency/residency/blob/main/docs/rules.md"
_RESULTS = {
    "passed": CheckResult.PASSED,
    "failed": CheckResult.FAILED,
    "accepted": CheckResult.SKIPPED,
    "silent": CheckResult.UNKNOWN,
}


class Graph(Protocol):
    """What Checkov's graph is asked for: its nodes, by themselves or behind their numbers."""

    def nodes(self) -> Iterable[Any]:
        """All nodes."""
        ...


class Verdicts:
    """Answers one rule for every resource; what is common to Terraform and CloudFormation."""

    id: str
    name: str
    details: list[str]
    graph: Graph
    shows_details = True

    def scan(self, scanned_file: str, address: str) -> Scan:
        """The scan that a resource belongs to; each side says how to find it."""
        raise NotImplementedError

    def run(
        self,
        scanned_file: str,
        entity_configuration: Mapping[str, object],
        entity_name: str,
        entity_type: str,  # noqa: ARG002 - Checkov hands it on
        skip_info: Mapping[str, str],
    ) -> dict[str, object]:
        """Called by Checkov for each resource; name and details of the check are set to those of this result."""
        address = str(entity_configuration.get("__address__") or entity_name)
        try:
            answer = self.scan(scanned_file, address).answer(address, self.id)
        except Exception as error:  # noqa: BLE001 - Checkov would drop it without a word, and it must block
            problem = f"`{address}` could not be judged: {type(error).__name__}"
            answer = Answer(result=Result.FAILED, what=problem, details=("help: report it to the engine's makers",))
        self.details = list(answer.details)
        self.name = f"{answer.what} ({scanned.names()[self.id]})"
        if not self.shows_details and answer.result is Result.FAILED:
            self.name = "; ".join(
                [self.name, *(line for line in answer.details if line.startswith(("why: ", "help: ")))]
            )
        if answer.result is not Result.SILENT and (skip_info or answer.result is Result.ACCEPTED):
            comment = skip_info["suppress_comment"] if skip_info else "; ".join(answer.details)
            return {"result": CheckResult.SKIPPED, "suppress_comment": comment}
        return {
            "result": _RESULTS[answer.result.value],
            "evaluated_keys": [path.replace(".", "/") for path in answer.properties],
            "fingerprints": list(answer.fingerprints),
        }

    def scan_resource_conf(self, _: object) -> CheckResult:
        """Never asked: ``run`` answers."""
        return CheckResult.UNKNOWN


class TerraformVerdicts(Verdicts, TerraformCheck):
    """Resources of a configuration or of a plan, which Checkov has in one graph."""

    def scan(self, scanned_file: str, address: str) -> Scan:
        """By Terraform's address."""
        return GRAPHS.scan(self.graph, scanned_file, address)


class TemplateVerdicts(Verdicts, TemplateCheck):
    """Resources of a CloudFormation template, by their logical ids. Checkov's report drops the details of these."""

    shows_details = False

    def scan(self, scanned_file: str, address: str) -> Scan:  # noqa: ARG002 - a template is one file
        """By the file."""
        return TEMPLATES.scan(scanned_file)


class Missing:
    """Fails on a resource, since without the engine nothing is judged, and Checkov would report nothing wrong."""

    def run(self, *_: object, **__: object) -> dict[str, object]:
        """Called by Checkov for each resource."""
        return {"result": CheckResult.FAILED, "evaluated_keys": []}

    def scan_resource_conf(self, _: object) -> CheckResult:
        """Never asked: ``run`` answers."""
        return CheckResult.UNKNOWN


class TerraformMissing(Missing, TerraformCheck):
    """Of Terraform."""


class TemplateMissing(Missing, TemplateCheck):
    """Of CloudFormation."""


def registered(rule: str) -> tuple[object, object]:
    """The two checks of a rule; making one registers it with Checkov."""
    about = {
        "name": MISSING or scanned.names()[rule],
        "id": rule,
        "categories": [CheckCategories.GENERAL_SECURITY],
        "supported_resources": ["*"],
        "guideline": PAGE,
    }
    if MISSING:
        return TerraformMissing(**about), TemplateMissing(**about)
    return TerraformVerdicts(**about), TemplateVerdicts(**about)


class Graphs:
    """The scans of the graphs that Checkov makes of Terraform; each is judged once."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._found: Mapping[str, Sequence[Scanned]] = {}

    def scan(self, graph: Graph, scanned_file: str, address: str) -> Scan:
        """The scan that a resource belongs to.

        Args:
            graph: of Checkov; the same for all resources of a run.
            scanned_file: relative to the folder of the run, which a check is not told.
            address: the resource's.
        """
        if graph is not self._graph:
            self._graph = graph
            self._found = scanned.configuration(node[1] if isinstance(node, tuple) else node for node in graph.nodes())
        listed = self._found[address]
        ending = scanned_file.replace("\\", "/")
        named = [each for each in listed if each.file.endswith(ending)]
        return min(named or listed, key=lambda each: len(each.file)).scan


class Templates:
    """The scans of templates by their files."""

    def __init__(self) -> None:
        self._scans: dict[Path, Scan] = {}

    def scan(self, scanned_file: str) -> Scan:
        """The scan of a template."""
        path = located(scanned_file)
        if path not in self._scans:
            self._scans[path] = scanned.template(path)
        return self._scans[path]


def located(scanned_file: str) -> Path:
    """A file by its path relative to the folder of the run, which Checkov tells no check: its arguments say it."""
    relative = scanned_file.lstrip("/\\")
    named = [Path(each).resolve() for each in sys.argv[1:] if not each.startswith("-")]
    for each in named:
        if each.is_file() and each.as_posix().endswith(f"/{relative.lstrip('./')}"):
            return each
        if each.is_dir() and (each / relative).is_file():
            return each / relative
    return Path(relative).resolve()


GRAPHS, TEMPLATES = Graphs(), Templates()
CHECKS = [registered(rule) for rule in RULES]
