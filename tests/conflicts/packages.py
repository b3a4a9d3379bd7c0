"""Reads which checks a tool's unpacked package has, to hold the conflict map against a newer version of it.

In:  a folder: Prowler's wheel, the Go module trivy-checks, or a package of Pulumi policies.
Out: id, titles and file of each check. Nothing of it is run: metadata and texts are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from residency.catalogue.conflicts import Tool

_PLACES = re.compile(
    r"replic|\bgeo|region|global|failover|accelerat|redundan|\bedge\b|\bcdn\b|front ?door|cloudfront|stack ?driver"
    r"|secondary|copied|copying|\bcopy\b|\bcopies\b|cross-|query logging|DNSSEC|\ball locations\b|disaster|\bDRS\b",
    re.IGNORECASE,
)
_LOGS = re.compile(r"\blog(s|ging|ged)?\b|\blog_", re.IGNORECASE)

_CLOUDS = ("aws", "azure", "gcp")
_TITLE = re.compile(r"^# title: (.*)$", re.MULTILINE)
_ID = re.compile(r"^#\s+(?:avd_)?id: (\S+)$", re.MULTILINE)
_POLICY = re.compile(r"\bname:\s*\"([^\"]+)\",\s*description:\s*\"([^\"]*)\"")


def speaks(title: str, whose: str) -> bool:
    """Whether a check must be read: its title speaks of a place, or of logs on Google Cloud, which leave by default.

    Args:
        title: as the tool has it.
        whose: text that has the cloud's name: the check's id and file.
    """
    google = "gcp" in whose.lower() or "google" in whose.lower()
    return bool(_PLACES.search(title) or (google and _LOGS.search(title)))


class Check(msgspec.Struct, frozen=True):
    """One check of a package: its file is relative to the folder."""

    id: str
    title: str
    file: str


def prowler(folder: Path) -> Iterator[Check]:
    """The checks of the clouds that we know, from their metadata."""
    for cloud in _CLOUDS:
        for path in sorted((folder / "prowler" / "providers" / cloud / "services").rglob("*.metadata.json")):
            found: dict[str, object] = json.loads(path.read_text("utf-8"))
            code = path.with_name(path.name.replace(".metadata.json", ".py")).relative_to(folder)
            yield Check(str(found["CheckID"]), str(found["CheckTitle"]), code.as_posix())


def trivy(folder: Path) -> Iterator[Check]:
    """The checks of clouds, from the comments that open them."""
    for path in sorted((folder / "checks" / "cloud").rglob("*.rego")):
        text = path.read_text("utf-8")
        title = _TITLE.search(text)
        for identity in sorted(set(_ID.findall(text))) if title else ():
            assert title
            yield Check(identity, title[1].strip(), path.relative_to(folder).as_posix())


def pulumi(folder: Path) -> Iterator[Check]:
    """Policies that are written in JavaScript or TypeScript, by name and description."""
    for path in sorted([*folder.rglob("*.js"), *folder.rglob("*.ts")]):
        for name, description in _POLICY.findall(path.read_text("utf-8")):
            yield Check(name, description, path.relative_to(folder).as_posix())


READERS = {"prowler": prowler, "pulumi": pulumi, "trivy": trivy}


def faults(tool: Tool, checks: list[Check]) -> list[str]:
    """What the map says otherwise than a package; a source none of whose rows is in the package is not looked at."""
    there = {(each.id, each.file): each.title for each in checks}
    files = {row.id: row.files for row in tool.conflict}
    looked_at = {row.source for row in tool.conflict if any((row.id, file) in there for file in row.files)}
    if not looked_at:
        return ["no check of the map is in this folder"]
    wrong = [
        f"{row.id}: {there.get((row.id, file), 'not there')} ({file})"
        for row in tool.conflict
        if row.source in looked_at
        for file in row.files
        if there.get((row.id, file)) != row.title
    ]
    titles = {each.id: each.title for each in checks}
    considered = {each.id for each in tool.considered}
    wrong += [
        f"{each.id}: {titles[each.id]}"
        for each in tool.considered
        if each.id in titles and titles[each.id] != each.title
    ]
    return wrong + [
        f"{each.id}: nobody has read it: {each.title} ({each.file})"
        for each in checks
        if speaks(each.title, f"{each.id} {each.file}") and each.id not in files and each.id not in considered
    ]
