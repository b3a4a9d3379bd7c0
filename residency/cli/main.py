"""``residency``: reads its arguments, calls one function a command, prints, and returns the exit code.

Exit codes: 0 all inside, 1 something outside, 2 bad input or usage, 3 nothing outside but something undetermined.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from residency import __version__
from residency.cli import change_arguments, checkov, reports
from residency.errors import ResidencyError, UsageError

_DESCRIPTION = "Where user data and its copies would go, judged before anything is created."


class _Parser(argparse.ArgumentParser):
    """A parser whose errors have the form of all others."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing usage."""
        raise UsageError(message, help=f"`{self.prog} --help` shows what it takes")


def parser() -> argparse.ArgumentParser:
    """The parser of every command; also the source of the help text in the documentation."""
    top = _Parser(prog="residency", description=_DESCRIPTION, allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"residency {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_check(commands.add_parser("check", help="judge project folders, states, previews and templates"))
    change_arguments.add_diff(
        commands.add_parser("diff", help="judge what a change adds, moves and mends"), _add_judging
    )
    verify = commands.add_parser("verify-record", help="hold the record of a check against what is to be deployed")
    change_arguments.add_verify_record(verify, _add_judging)
    explain = commands.add_parser("explain", help="show what a rule judges, why, and how to mend it")
    explain.add_argument("rule", metavar="RULE", nargs="?", help="id or name; without one, the list of rules")
    places = commands.add_parser("places", help="show what is known of a place, with its source")
    places.add_argument("code", metavar="CODE", nargs="?", help="a region, zone or multi-region; without one, all")
    places.add_argument("--provider", choices=("aws", "azure", "gcp"), help="only this provider's")
    _add_judged(commands.add_parser("graph", help="draw what is where, in which colour: text for Mermaid"))
    _add_coverage(commands.add_parser("coverage", help="show what the catalogue answers of each SDK, or of a target"))
    _add_conflicts(commands.add_parser("conflicts", help="list other tools' checks that ask for a copy elsewhere"))
    _add_catalogue(commands.add_parser("catalogue", help="for maintainers: make the catalogue's generated layer"))
    return top


def _add_coverage(coverage: argparse.ArgumentParser) -> None:
    coverage.add_argument("target", metavar="TARGET", nargs="?", help="as for check; without one, all of each SDK")
    coverage.add_argument("--stack", metavar="NAME", help="which stack of a project folder")
    coverage.add_argument(
        "--unanswered",
        metavar="PROVIDER[:MODULE]",
        nargs="?",
        const="",
        help="list the inputs that nobody has read: aws, gcp, azure-native, or a module such as aws:s3",
    )
    coverage.add_argument("--format", choices=("text", "json"), default="text", help="of the report (default: text)")
    coverage.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=120.0, help="limit of a program's evaluation (default: 120)"
    )


def _add_conflicts(conflicts: argparse.ArgumentParser) -> None:
    conflicts.add_argument(
        "tool", metavar="TOOL", nargs="?", choices=("checkov", "prowler", "pulumi", "trivy"), help="without one, all"
    )
    conflicts.add_argument(
        "--perimeter",
        metavar="NAME|FILE",
        action="append",
        help="what decides; may be given more than once (default: residency.toml of this folder, else eea)",
    )
    shown = conflicts.add_mutually_exclusive_group()
    shown.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")
    shown.add_argument("--skip-list", action="store_true", help="print a configuration of Checkov with what to skip")
    conflicts.add_argument("--date", metavar="YYYY-MM-DD", help="day for which memberships hold (default: today)")


def _add_catalogue(catalogue: argparse.ArgumentParser) -> None:
    what = catalogue.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=_Parser)
    generate = what.add_parser("generate", help="list every type and every input that could carry a place")
    generate.add_argument("provider", metavar="PROVIDER", choices=("aws", "azure-native", "gcp"))
    generate.add_argument("--sdk", metavar="FOLDER", help="of the SDK package (default: the one installed here)")
    generate.add_argument("--check", action="store_true", help="write nothing; end with 1 if anything differs")
    terraform = what.add_parser("terraform", help="pair Terraform's types and attributes with the catalogue's")
    terraform.add_argument("provider", metavar="PROVIDER", choices=("aws", "google"))
    terraform.add_argument(
        "--schema", metavar="FOLDER", required=True, help="of the unpacked @cdktf/provider-* package"
    )
    terraform.add_argument("--sdk", metavar="FOLDER", help="of the Pulumi SDK (default: the one installed here)")
    terraform.add_argument("--check", action="store_true", help="write nothing; end with 1 if anything differs")
    cloudformation = what.add_parser("cloudformation", help="pair CloudFormation's types with the catalogue's")
    cloudformation.add_argument(
        "--schema", metavar="FOLDER", help="cfnlint/data/schemas (default: the one installed here)"
    )
    cloudformation.add_argument("--sdk", metavar="FOLDER", help="of the Pulumi SDK (default: the one installed here)")
    cloudformation.add_argument("--check", action="store_true", help="write nothing; end with 1 if anything differs")
    unanswered = what.add_parser("unanswered", help="list what nobody has read, with what the SDK says of it")
    unanswered.add_argument("provider", metavar="PROVIDER[:MODULE]", help="aws, gcp, azure-native, or aws:s3")
    unanswered.add_argument("--sdk", metavar="FOLDER", help="of the SDK package (default: the one installed here)")
    what.add_parser("pack", help="write the rows in the form that loads at once; after each edit of a row")


def _add_check(check: argparse.ArgumentParser) -> None:
    reports.add_arguments(check)
    change_arguments.add_keeping(check)
    _add_judged(check)
    checkov.add_arguments(check)


def _add_judged(check: argparse.ArgumentParser) -> None:
    """What is judged, and by which perimeter."""
    check.add_argument(
        "targets",
        metavar="TARGET",
        nargs="+",
        help="project folder, exported state, preview JSON, Terraform plan JSON, CloudFormation template or cdk.out",
    )
    _add_judging(check)


def _add_judging(check: argparse.ArgumentParser) -> None:
    """How it is read, and by which perimeter it is judged."""
    check.add_argument("--stack", metavar="NAME", help="which stack of a project folder")
    check.add_argument(
        "--region",
        metavar="[TARGET=]CODE",
        action="append",
        default=[],
        help="where a CloudFormation template is to be deployed; again for a target of another Region",
    )
    check.add_argument("--configuration", metavar="FOLDER", help="of a plan (default: its folder)")
    check.add_argument(
        "--parameter", metavar="NAME=VALUE", action="append", default=[], help="of a CloudFormation template"
    )
    check.add_argument(
        "--perimeter",
        metavar="NAME|FILE",
        help="eea, europe, ireland-norway or a file (default: residency.toml of the target or this folder, else eea)",
    )
    check.add_argument("--output", metavar="FILE", help="write the report there instead of to standard output")
    check.add_argument(
        "--with-state", metavar="FILE", action="append", default=[], help="state of another stack, for references"
    )
    check.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=120.0, help="limit of a program's evaluation (default: 120)"
    )
    check.add_argument("--date", metavar="YYYY-MM-DD", help="day for which expiries hold (default: today)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; ``sys.argv`` if None.

    Returns:
        The exit code.
    """
    try:
        options = parser().parse_args(arguments)
        # Imported after the arguments are read, so that --version and --help start at once.
        from residency.cli import commands  # noqa: PLC0415

        return commands.run(options)
    except ResidencyError as error:
        from residency.report.escape import shown  # noqa: PLC0415

        lines = [shown(line) for line in str(error).split("\n")]
        sys.stderr.write("error: " + "\n".join(lines) + "\n")
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
        return 130
