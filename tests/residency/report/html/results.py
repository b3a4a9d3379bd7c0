"""Results that the page's tests and its benchmark share: hostile names, and ten thousand verdicts."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from residency.check import CheckResult, result, summarise
from residency.judge import order
from residency.model import (
    Evidence,
    Location,
    Note,
    Outcome,
    Placement,
    PlacementKind,
    Resource,
    SourcePosition,
    Unknown,
    Verdict,
)
from residency.perimeter import load
from tests.residency.samples import BUCKET, graph_of, provider, resource

ON = datetime.date(2026, 11, 23)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(3)>",
    '" onmouseover="alert(4)',
    "' onclick='alert(5)",
    "javascript:alert(6)",
    "]]>&lt;b&gt;&amp;",
    "right\u202eto left",
    "nul\x00and bell\x07",
    "lone\udcffsurrogate",
    "line\u2028and\u2029paragraph",
    "$title ${style} {{x}} `tick`",
    "long" * 40,
)
"""Names that would become markup, end the script, or hide something, if they were not escaped."""


def hostile_result() -> CheckResult:
    """Every hostile name as a resource, a type, a file, a target, a place, and in a note."""
    verdicts = [
        _verdict(
            _resource(f"urn::{name}", f"acme:{name}:Store", name, SourcePosition(name, 1)),
            PlacementKind.RESIDENCE,
            Location("acme", name),
            Outcome.OUTSIDE if number % 2 else Outcome.UNDETERMINED,
            ("US",) if number % 2 else (),
            target=name,
            exempt=f"exemption {name}" if number == 0 else "",
        )
        for number, name in enumerate(HOSTILE)
    ]
    return _made(verdicts, tuple(Note(name, name, settle=name) for name in HOSTILE))


def inside_result() -> CheckResult:
    """One bucket in Ireland."""
    made = graph_of(provider("eu", region="eu-west-1"), resource(BUCKET, "data", {"bucket": "data"}, by="eu"))
    return result([made], load("eea", ON))


_PLACES = (
    ("eu-west-1", ("IE",)),
    ("eu-central-1", ("DE",)),
    ("eu-north-1", ("SE",)),
    ("eu-west-3", ("FR",)),
    ("eu-south-1", ("IT",)),
    ("eu-south-2", ("ES",)),
    ("norwayeast", ("NO",)),
    ("westeurope", ("NL",)),
    ("europe-west1", ("BE",)),
    ("europe-north1", ("FI",)),
    ("europe-central2", ("PL",)),
    ("austriaeast", ("AT",)),
    ("denmarkeast", ("DK",)),
    ("italynorth", ("IT",)),
    ("eur4", ("FI", "NL")),
    ("us-east-1", ("US",)),
    ("eu-central-2", ("CH",)),
    ("eu-west-2", ("GB",)),
    ("ap-southeast-1", ("SG",)),
    ("ap-northeast-1", ("JP",)),
    ("sa-east-1", ("BR",)),
)
_EU = ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "NL", "PL", "SE")
_KINDS = tuple(PlacementKind)
_TYPES = ("aws:s3/bucket:Bucket", "aws:rds/instance:Instance", "azure-native:storage:StorageAccount")


def large_result(count: int = 10_000) -> CheckResult:
    """So many verdicts, of every kind, outcome and country that there is on the list."""
    return _made(
        sorted(_many(count), key=order),
        (Note("filled `region` with a placeholder", "Pulumi.dev.yaml", settle="set it"),),
    )


def _many(count: int) -> Iterator[Verdict]:
    promised = load("eea", ON).countries
    for number in range(count // 2):
        held = _resource(
            f"urn:pulumi:prod::shop::{_TYPES[number % 3]}::store-{number:05}",
            _TYPES[number % 3],
            f"store-{number:05}",
            SourcePosition(f"services/team{number % 37}/__main__.py", number % 400 + 1),
        )
        code, countries = _PLACES[(number * number + number // 7) % len(_PLACES)]
        if number % 50 == 0:
            where: Location | Unknown = Unknown("known only after the deployment", "name the region")
            outcome, countries = Outcome.UNDETERMINED, ()
        elif number % 97 == 0:
            where, outcome, countries = Location("gcp", "EU"), Outcome.INSIDE, _EU
        elif number % 131 == 0:
            where, outcome, countries = Location("gcp", "global"), Outcome.OUTSIDE, ()
        else:
            where = Location("aws", code)
            outcome = Outcome.INSIDE if promised.issuperset(countries) else Outcome.OUTSIDE
        exempt = "exemption `old` until 2027-01-31, owner platform" if outcome is Outcome.OUTSIDE and number % 3 else ""
        home, home_countries = _PLACES[number % 14]
        yield _verdict(held, PlacementKind.RESIDENCE, Location("aws", home), Outcome.INSIDE, home_countries)
        yield _verdict(held, _KINDS[1 + number % (len(_KINDS) - 1)], where, outcome, countries, exempt=exempt)


def _resource(urn: str, type_: str, name: str, where: SourcePosition) -> Resource:
    return Resource(id=urn, type=type_, name=name, inputs={}, where=where)


def _verdict(  # noqa: PLR0913 - a verdict has so many fields
    held: Resource,
    kind: PlacementKind,
    location: Location | Unknown,
    outcome: Outcome,
    countries: tuple[str, ...],
    *,
    target: str = "shop",
    exempt: str = "",
) -> Verdict:
    code = location.code if isinstance(location, Location) else "a place not known yet"
    step = Evidence(f"`replicas[0].region` is `{code}`", held.id, "replicas[0].region")
    fingerprint = hashlib.sha256(f"{held.id} {kind} {code}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Verdict(
        target=target,
        placement=Placement(
            resource=held, kind=kind, property="replicas[0].region", location=location, evidence=(step,)
        ),
        outcome=outcome,
        rule="RES001" if kind is PlacementKind.RESIDENCE else "RES101",
        countries=countries,
        what=f"{kind.value} made by `{held.name}` would be placed in `{code}`",
        why=step.text,
        fix="" if outcome is Outcome.INSIDE else "choose a destination inside the perimeter, for example `eu-west-1`",
        fingerprint=fingerprint,
        exempt=exempt,
    )


def _made(verdicts: Sequence[Verdict], notes: tuple[Note, ...]) -> CheckResult:
    summary = summarise(verdicts, len({each.placement.resource.id for each in verdicts}))
    code = 1 if summary.outside else 3 if summary.undetermined else 0
    perimeter = msgspec.structs.replace(load("eea", ON), name="acme & söhne")
    return CheckResult(perimeter=perimeter, verdicts=tuple(verdicts), notes=notes, summary=summary, exit_code=code)
