"""The forms in which conflicts are shown: text, JSON, the page docs/conflicts.md, and Checkov's skip list.

In:  the rows of tools, and perimeters.
Out: a text each; the same input gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from residency.catalogue.conflicts import Conflict, Considered, Decision, Disposition, Tool, decide
from residency.catalogue.places_file import Source
from residency.perimeter import Perimeter
from residency.report.escape import shown

_WIDTH = max(len(each.value) for each in Disposition)
_OPENING = """\
# Checks of other tools that contradict data residency

Security scanners ask for copies: a second region, geo-redundancy, an edge network, one log for all regions. They never
ask where to. So a stack can pass all their checks because user data has left the promised countries. This page names
those checks, what each asks for, and what to do with it under a perimeter. It is made by

    residency conflicts --format markdown {options}

- `skip`: what it asks for cannot be had inside. The cloud has too few regions there, prescribes a region outside, or
  has the thing everywhere.
- `satisfy-inside`: keep it, and satisfy it with a destination inside. The rule named judges where the destination is.
- `undetermined`: the catalogue does not know that cloud's regions.

Which of them it is, is counted from the [places](../residency/catalogue/data/places): another perimeter, or a new
region, gives another answer. An answer says that a place exists inside, not that the service is offered there.

A check is listed if what makes it pass names another place (another region, the paired region, every region, the edge,
a list of regions), or goes to another place by the cloud's own default. A check that only asks how such a thing is set
up is not listed. Those that sound alike were read too: they stand under each table with the reason.

For Checkov a test runs the real one. It holds ids, titles and types against this table, and fails where a title speaks
of such a thing and nobody has read its check. It shows that each check passes on a
[Terraform file](../tests/checkov/fixtures/conflicts/leads_out.tf) whose user data have left, and fails on
[one](../tests/checkov/fixtures/conflicts/stays.tf) where nothing leaves. The checks of the other tools were read in the
version named; for a newer one, unpack it and run `python -m tests.conflicts TOOL FOLDER`.

`residency conflicts checkov --skip-list --perimeter ireland-norway > .checkov.yaml` writes a configuration of Checkov
that skips what must be skipped, each with its reason. A check that can be satisfied from some regions only (Azure's
pairs) stays: skip it beside the resource that is elsewhere, with `checkov:skip=ID:reason`. Without `--perimeter`, the
one that `residency check` would take decides: residency.toml of the folder, else `eea`. `--format json` has every field
of every row, with the files and pages it was read in.
"""


class Under(msgspec.Struct, frozen=True):
    """A perimeter, and how the user named it."""

    given: str
    perimeter: Perimeter

    @property
    def name(self) -> str:
        """The perimeter's own name, safe to show."""
        return shown(self.perimeter.name)

    def decide(self, row: Conflict) -> Decision:
        """What to do with a check under it."""
        return decide(row, self.perimeter.countries)


class _Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What to do with a check under one perimeter."""

    perimeter: str
    disposition: Disposition
    reason: str


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A check with its sources written out and its decisions."""

    check: Conflict
    sources: tuple[Source, ...]
    decisions: tuple[_Decided, ...]


class _Report(msgspec.Struct, frozen=True, kw_only=True):
    """One tool, as JSON has it."""

    tool: str
    name: str
    version: str
    conflicts: tuple[_Row, ...]
    considered: tuple[Considered, ...]


def json(tools: Sequence[Tool], perimeters: Sequence[Under]) -> str:
    """Every field of every row, with its sources and a decision for each perimeter."""
    found = [
        _Report(
            tool=each.tool,
            name=each.name,
            version=each.version,
            conflicts=tuple(_row(each, row, perimeters) for row in each.conflict),
            considered=each.considered,
        )
        for each in tools
    ]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _row(tool: Tool, row: Conflict, perimeters: Sequence[Under]) -> _Row:
    decided = [(each.perimeter.name, each.decide(row)) for each in perimeters]
    return _Row(
        check=row,
        sources=tuple(tool.sources[name] for name in (row.source, *row.facts)),
        decisions=tuple(
            _Decided(perimeter=name, disposition=one.disposition, reason=one.reason) for name, one in decided
        ),
    )


def text(tools: Sequence[Tool], perimeters: Sequence[Under]) -> str:
    """A block for each tool and perimeter: what to do, the check, and why."""
    return "\n".join(_block(tool, perimeter) for tool in tools for perimeter in perimeters)


def _block(tool: Tool, perimeter: Under) -> str:
    decided = [(row, perimeter.decide(row)) for row in tool.conflict]
    lines = [f"{tool.name} ({tool.version}) under {perimeter.name}: {_counts([one for _, one in decided])}"]
    for row, decision in decided:
        lines.append(f"  {decision.disposition.value:<{_WIDTH}}  {row.id}  {row.title}")
        lines.append(f"  {'':<{_WIDTH}}  {decision.reason}; {row.rule} judges it")
    return "".join(f"{line}\n" for line in lines)


def _counts(found: Sequence[Decision]) -> str:
    counts = {each: sum(one.disposition is each for one in found) for each in Disposition}
    return ", ".join(f"{count} {each.value}" for each, count in counts.items() if count)


def markdown(tools: Sequence[Tool], perimeters: Sequence[Under]) -> str:
    """The page docs/conflicts.md."""
    options = " ".join(f"--perimeter {shown(each.given)}" for each in perimeters)
    return "\n".join([_OPENING.format(options=options), *(_section(each, perimeters) for each in tools)])


def _section(tool: Tool, perimeters: Sequence[Under]) -> str:
    heads = ("check", "looks at", "asks for", "how that can lead out", *(each.name for each in perimeters))
    lines = [f"## {tool.name}", "", f"Read: {tool.version}.", "", _line((*heads, "instead", "judged by"))]
    lines.append(_line("---" for _ in range(len(heads) + 2)))
    for row in tool.conflict:
        decided = [each.decide(row) for each in perimeters]
        cells = [f"`{row.id}` {row.title}", ", ".join(f"`{each}`" for each in row.types), row.asks, row.why]
        cells += [f"**{each.disposition.value}**: {each.reason}" for each in decided]
        lines.append(_line([*cells, row.instead, row.rule]))
    lines += ["", "Read, and not listed:", "", _line(("check", "why not")), _line(("---", "---"))]
    lines += [_line((f"`{each.id}` {each.title}", each.reason)) for each in tool.considered]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def skip_list(tool: Tool, perimeter: Under) -> str:
    """The checks to skip, as Checkov's configuration file has them; what is kept follows as comments."""
    decided = [(row, perimeter.decide(row)) for row in tool.conflict]
    skipped = [(row, one) for row, one in decided if one.disposition is Disposition.SKIP]
    kept = [(row, one) for row, one in decided if one.disposition is not Disposition.SKIP]
    lines = [
        f"# Checks of {tool.name} that ask for what cannot be had inside {perimeter.name}, read in {tool.version}.",
        f"# Made by `residency conflicts {tool.tool} --skip-list --perimeter {shown(perimeter.given)}`.",
        "skip-check:" if skipped else "skip-check: []",
    ]
    for row, decision in skipped:
        lines += [f"  # {row.title}", f"  # {decision.reason}; {row.why}", f"  - {row.id}"]
    if kept:
        lines.append("# Not skipped:")
    lines += [f"#   {row.id}: {decision.reason}; {row.instead} ({row.rule})" for row, decision in kept]
    return "".join(f"{line}\n" for line in lines)
