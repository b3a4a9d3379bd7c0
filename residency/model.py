"""The values that pass between the stages: frozen, typed, and free of any source's or report's own words.

In:  built by ``ingest`` (Resource, ResourceGraph), ``placements`` (Placement) and ``perimeter`` (Verdict).
Out: read by every later stage. Nothing here reads a file, a clock or the environment.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec


class Outcome(enum.Enum):
    """What a placement is against a perimeter. ``UNDETERMINED`` is shown, counted, and blocks."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNDETERMINED = "undetermined"


class PlacementKind(enum.Enum):
    """Why data is, or will be, at a place."""

    RESIDENCE = "residence"
    REPLICA = "replica"
    BACKUP = "backup"
    EXPORT = "export"
    STREAM = "stream"
    LOG = "log"
    CACHE = "cache"
    COMPUTE = "compute"
    INFERENCE = "inference"
    KEY = "key"
    SECRET = "secret"  # noqa: S105 - a kind of placement, not a password
    ACCESS = "access"
    NETWORK = "network"


class Unknown(msgspec.Struct, frozen=True):
    """A value that a source cannot say, and why.

    Attributes:
        reason: in words, for a person: ``known only after the deployment``.
        settle: what would make it known; empty if nothing does.
        depends_on: ids of the resources whose outputs it comes from, where the source says so.
    """

    reason: str
    settle: str = ""
    depends_on: tuple[str, ...] = ()


class Secret(msgspec.Struct, frozen=True):
    """A value that the source keeps secret. Its text is never read and never shown."""

    depends_on: tuple[str, ...] = ()


Value: TypeAlias = "bool | int | float | str | Unknown | Secret | Sequence[Value] | Mapping[str, Value] | None"
"""A property's value past ingest: JSON's own types, Unknown or Secret."""

Properties: TypeAlias = Mapping[str, Value]


class SourcePosition(msgspec.Struct, frozen=True):
    """The line of a program that declares a resource: path relative to the project, line from 1."""

    file: str
    line: int


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """One declared resource.

    Attributes:
        id: unique in its graph; for Pulumi the URN.
        type: the catalogue's type token, for example ``aws:s3/bucket:Bucket``.
        name: the short name a person gave it.
        inputs: what was asked for.
        outputs: what the provider says it is; empty before it exists.
        provider: id of the provider resource that makes it, or None.
        parent: id of the resource it belongs to, or None.
        depends_on: for each input property, ids of the resources its value comes from.
        is_component: a grouping without data of its own.
        is_context: known only to resolve references (another stack's); never judged.
        is_certain: False if a condition that is not known yet decides whether it is made at all.
        cloud_id: the provider's id, or "" when it does not exist yet.
        where: the declaring line, where the source knows it.
    """

    id: str
    type: str
    name: str
    inputs: Properties
    outputs: Properties = {}
    provider: str | None = None
    parent: str | None = None
    depends_on: Mapping[str, tuple[str, ...]] = {}
    is_component: bool = False
    is_context: bool = False
    is_certain: bool = True
    cloud_id: str = ""
    where: SourcePosition | None = None


class Note(msgspec.Struct, frozen=True, order=True):
    """Something that was assumed or left out while reading a target; shown beside the verdicts.

    Attributes:
        what: the assumption, in words.
        where: file, line or key.
        doubt: True where a verdict could rest on it, so that the whole target is not proven inside.
        settle: what would make the assumption needless.
    """

    what: str
    where: str = ""
    doubt: bool = False
    settle: str = ""


class ResourceGraph(msgspec.Struct, frozen=True, kw_only=True):
    """All resources of one target.

    Attributes:
        target: how the user named it.
        resources: by id, in id order; judged ones and context.
        providers: provider instances by their id (Pulumi's provider resources), as resources.
        notes: what was assumed while reading.
        reads: the user's own files that it was made of beside the target; of a program relative to it and only if asked
            for, of a Terraform plan and of a template relative to its folder.
    """

    target: str
    resources: Mapping[str, Resource]
    providers: Mapping[str, Resource] = {}
    notes: tuple[Note, ...] = ()
    reads: tuple[str, ...] = ()


class Location(msgspec.Struct, frozen=True):
    """A provider's code for a place: ``Location("aws", "eu-west-1")``; provider ``site`` for a declared site."""

    provider: str
    code: str
    service: str = ""


class Choice(msgspec.Struct, frozen=True):
    """One of several locations: the source says which resources a value comes from, not which of them it is."""

    locations: tuple[Location, ...]
    reason: str


class Evidence(msgspec.Struct, frozen=True):
    """One step from a resource to a location: which property or catalogue row said what."""

    text: str
    resource: str = ""
    property: str = ""
    source: str = ""


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """One place where one resource's data, or a copy of it, will be.

    Attributes:
        resource: whose data.
        kind: why it is there.
        property: path of the input that says so; None for a place that is inherited or a default.
        location: where; a Choice, if it is one of several; or Unknown with the reason.
        certain: False if a condition that is not yet known decides whether there is a placement at all.
        evidence: the steps from the resource to the location, in order.
        reason: the catalogue's words for a default or a doubt; may be empty.
        fix: the catalogue's own advice; may be empty.
    """

    resource: Resource
    kind: PlacementKind
    property: str | None
    location: Location | Choice | Unknown
    certain: bool = True
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    fix: str = ""


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An own data centre, and how the provider instance that reaches it is recognised.

    Attributes:
        name: how reports call it.
        country: ISO 3166-1 alpha-2.
        provider: the Pulumi package of the instance: ``aws`` for S3-compatible storage, ``kubernetes``, ``openstack``.
        endpoints: host names; the instance reaches the site if an endpoint of it has one of them.
        inputs: provider inputs that all must have these values, such as ``context = "oslo"``.
    """

    name: str
    country: str
    provider: str
    endpoints: tuple[str, ...] = ()
    inputs: Mapping[str, str] = {}


class External(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A resource that no given stack declares, and where somebody states that it is.

    Attributes:
        name: its ARN, URI, id or name, as programs write it.
        provider: ``aws``, ``gcp`` or ``azure``.
        location: the provider's code of the place.
        reason: who says so, for reports.
    """

    name: str
    provider: str
    location: str
    reason: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One placement judged by one perimeter.

    Attributes:
        outcome: inside, outside or undetermined.
        rule: id of the rule that judged, such as ``RES101``.
        exempt: the exemption, transfer or data class for which it does not block, or "".
        countries: ISO 3166-1 alpha-2 codes of the location, sorted; empty if unknown.
        what, why, fix: one line each, without a full stop.
        fingerprint: 32 hex digits over rule, resource, kind, property and location; the same from every source.
    """

    target: str
    placement: Placement
    outcome: Outcome
    rule: str
    countries: tuple[str, ...]
    what: str
    why: str
    fix: str
    fingerprint: str
    exempt: str = ""

    @property
    def blocks(self) -> bool:
        """Whether somebody has to act on it."""
        return self.outcome is not Outcome.INSIDE and not self.exempt


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What another tool finds wrong with a resource. It is shown beside the verdicts and is none of them.

    Attributes:
        target: how the user named it.
        resource: the one it is about.
        check: the tool's own id of its check.
        what: the tool's own words for it.
        guideline: address of the tool's page on it, or "".
        severity: the tool's own word, or "".
        skipped: why somebody lets it be, or "".
    """

    target: str
    resource: Resource
    check: str
    what: str
    guideline: str = ""
    severity: str = ""
    skipped: str = ""


class Unread(msgspec.Struct, frozen=True, order=True):
    """A type of resource that another tool was not asked about: how many there are, and why it was not."""

    type: str
    count: int
    reason: str


class Remarks(msgspec.Struct, frozen=True, kw_only=True):
    """What another tool says of the same targets.

    Attributes:
        tool, version: which one.
        remarks: what it finds wrong, by target, resource and check.
        passed: how many of its checks found nothing.
        resources: how many resources it was asked about.
        unread: those that it was not.
    """

    tool: str
    version: str
    remarks: tuple[Remark, ...]
    passed: int
    resources: int
    unread: tuple[Unread, ...]
