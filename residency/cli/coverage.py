"""``residency coverage``: what the catalogue answers of each provider's SDK, and of a target's types."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

import msgspec

from residency.catalogue import coverage, generated, resources
from residency.catalogue.coverage import AnsweredType, Coverage, PathAnswer, TypeAnswer
from residency.catalogue.own import Catalogue, OwnFile
from residency.errors import UsageError


def run(options: argparse.Namespace, own_rows: Callable[[], Sequence[OwnFile]]) -> int:
    """Print what is asked for; the exit code is 0. ``own_rows`` gives the rows of the target's project."""
    if options.unanswered is not None:
        sys.stdout.write(_unanswered(options.unanswered, options.format))
    elif options.target is not None:
        from residency.cli.coverage_of_target import report  # noqa: PLC0415 - reading a target costs more than a table

        sys.stdout.write(report(options, Catalogue(own_rows())))
    else:
        found = [coverage.coverage(provider) for provider in generated.PROVIDERS]
        sys.stdout.write(_json([summary(each) for each in found]) if options.format == "json" else table(found))
    return 0


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one provider, under the words of the answers."""

    provider: str
    sdk: str
    types: dict[str, int]
    paths: dict[str, int]


def summary(found: Coverage) -> Summary:
    """Count the answers of a provider."""
    return Summary(
        provider=found.provider,
        sdk=f"{found.package} {found.version}",
        types={"all": len(found.types), **{each.value: found.types_with(each) for each in TypeAnswer}},
        paths={
            "all": sum(len(each.paths) for each in found.types),
            **{each.value: found.paths_with(each) for each in PathAnswer},
        },
    )


def table(found: Sequence[Coverage]) -> str:
    """The counts of several providers, a column each; plain Markdown, so that the README can quote it."""
    counts = [summary(each) for each in found]
    lines = [["", *(each.sdk for each in counts)], ["---", *("---:" for _ in counts)]]
    for part, words in (("types", TypeAnswer), ("paths", PathAnswer)):
        lines.append([f"**{part}**", *(str(getattr(each, part)["all"]) for each in counts)])
        lines += [[word.value, *(str(getattr(each, part)[word.value]) for each in counts)] for word in words]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _unanswered(what: str, form: str) -> str:
    provider, _, module = what.partition(":")
    if provider and provider not in generated.PROVIDERS:
        raise UsageError(
            f"unknown provider `{provider}`", where="--unanswered", help=f"one of {', '.join(generated.PROVIDERS)}"
        )
    types = [
        each
        for name in ([provider] if provider else generated.PROVIDERS)
        for each in coverage.coverage(name).types
        if each.unanswered and module in ("", resources.split(each.token)[1])
    ]
    return _json({each.token: each.unanswered for each in types}) if form == "json" else "".join(map(_lines, types))


def _lines(found: AnsweredType) -> str:
    return f"{found.token} ({found.answer.value})\n" + "".join(f"  {path}\n" for path in found.unanswered)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
