"""The names inside a reference: by which resources that do not exist yet, and have no id, can be found.

In:  a reference as clouds write them: ARN, ARM id, self link, URI, the address of an account or a vault.
Out: the bare names in it, the nearest first; and the names of what its own name is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from residency.model import Resource, Unknown

Pair: TypeAlias = tuple[str, str]

_ARN_PARTS = 6
_URI = re.compile(r"^(?:gs|s3|s3a|s3n|s3ssl|gcs)://([^/]+)")
_WEB = re.compile(r"^https?://", re.IGNORECASE)
_CLOUD = re.compile(r"^https?://(?:[a-z0-9.-]+\.)?googleapis\.com/", re.IGNORECASE)
# Source: Amazon S3 User Guide, Virtual hosting of buckets; read 2026-11-24.
_BUCKET_HOST = re.compile(r"^(?:https?://)?([a-z0-9.-]+)\.s3\.amazonaws\.com(?:/|$)")
# Where Azure's services answer: the first label is the name of the account, which is unique in all of Azure. Source:
# https://learn.microsoft.com/azure/private-link/private-endpoint-dns, public DNS zone forwarders, read 2026-11-24.
_HOST = re.compile(
    r"(?:^|//|[=;@])([a-z0-9][a-z0-9-]*)(?:\.[a-z0-9-]+)*?\."
    r"(?:(?:blob|file|queue|table|dfs|web)\.core\.windows\.net|vault\.azure\.net|managedhsm\.azure\.net"
    r"|documents\.azure\.com|mongo\.cosmos\.azure\.com|servicebus\.windows\.net|azurecr\.io|azconfig\.io"
    r"|database\.windows\.net|database\.azure\.com|search\.windows\.net|redis\.cache\.windows\.net"
    r"|openai\.azure\.com|cognitiveservices\.azure\.com|azurewebsites\.net|azure-devices\.net"
    r"|azuresynapse\.net|kusto\.windows\.net)(?![a-z0-9.-])",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?:^|;)\s*AccountName=([a-z0-9]+)", re.IGNORECASE)
_TABLE = re.compile(r"^(?:bq://)?([a-z][a-z0-9-]*)[.:]([A-Za-z0-9_]+)(?:\.([\w$-]+))?$")
# What such a pair names is no resource that holds another: it is checked elsewhere, or is no name.
_SCOPES = frozenset(
    {"subscriptions", "resourcegroups", "providers", "projects", "locations", "regions", "zones", "global", "folders"}
)


def shorter(value: str, *, parents: bool) -> Iterator[str]:
    """The bare names in a reference.

    Args:
        value: the reference.
        parents: whether what its own name is in may be meant: the account of a container, the dataset of a table.
    """
    uri = _URI.match(value)
    if uri:
        yield uri.group(1)
    elif value.startswith("arn:"):
        yield from _in_arn(value)
    elif _HOST.search(value) or _ACCOUNT.search(value):
        yield from (match.group(1).lower() for form in (_HOST, _ACCOUNT) for match in form.finditer(value))
    elif value.startswith("/subscriptions/"):
        yield value.rpartition("/")[2]
    elif bucket := _BUCKET_HOST.match(value):
        yield bucket.group(1)
    elif "/" in value and (not _WEB.match(value) or _CLOUD.match(value)):
        yield value.rstrip("/").rpartition("/")[2]
    if parents:
        yield from (name for _, name in reversed(_pairs(value)[:-1]))


def bucket_of(value: str) -> str:
    """The bucket of ``bucket/folder`` and ``/bucket/folder``, as AWS writes them; "" for everything else."""
    plain = "/" in value and "://" not in value and not value.startswith(("arn:", "//"))
    return value.removeprefix("/").partition("/")[0] if plain else ""


def full(value: str) -> str:
    """A BigQuery table as a path: ``bq://p.d.t`` and ``p:d.t`` are ``projects/p/datasets/d/tables/t``."""
    table = _TABLE.match(value)
    if table is None:
        return value
    project, dataset, name = table.groups()
    path = f"projects/{project}/datasets/{dataset}"
    return f"{path}/tables/{name}" if name else path


def within(value: str, name: str, candidate: Resource, named: Callable[[Unknown], Sequence[str]]) -> bool:
    """Whether a candidate found by ``name`` can be in what the reference says that the name is in.

    A database `d` of another server is not the one that ``servers/s/databases/d`` names. What the candidate's own
    inputs do not say yet does not rule it out; ``named`` gives the names of the resources that such a value comes from.
    """
    parents: list[Pair] = []
    for pair in _pairs(value):
        if pair[1].lower() == name.lower():
            return all(_is_in(parent, candidate, named) for parent in parents if parent[1].lower() != "default")
        parents.append(pair)
    return True


def _is_in(parent: Pair, candidate: Resource, named: Callable[[Unknown], Sequence[str]]) -> bool:
    properties = {**candidate.outputs, **candidate.inputs}
    naming = [value for key, value in properties.items() if _names(key, parent[0])] or list(properties.values())
    for value in naming:
        known = [value] if isinstance(value, str) else named(value) if isinstance(value, Unknown) else ()
        if parent[1].lower() in map(_last, known) or (isinstance(value, Unknown) and not known):
            return True
    return False


def _names(key: str, collection: str) -> bool:
    """Whether an input such as ``accountName`` names one of a collection such as ``storageaccounts``."""
    stem = key.lower().removesuffix("name").removesuffix("id")
    return bool(stem) and collection.removesuffix("s").endswith(stem)


def _last(value: str) -> str:
    return value.rpartition("/")[2].lower()


def _pairs(value: str) -> list[Pair]:
    """Collection and name of each step of a path that holds resources: ``servers``, ``s``; ``databases``, ``d``."""
    path = re.sub(r"^(?:https?:)?//[^/]+/", "", value)
    parts = [part for part in path.split("/") if part]
    for start in ("providers", "projects"):
        if start in parts:
            parts = parts[parts.index(start) :]
            break
    else:
        return []
    pairs = [(parts[at].lower(), parts[at + 1]) for at in range(0, len(parts) - 1, 2)]
    return [pair for pair in pairs if pair[0] not in _SCOPES]


def _in_arn(value: str) -> Iterator[str]:
    parts = value.split(":", _ARN_PARTS - 1)
    if len(parts) == _ARN_PARTS:
        yield parts[5].partition("/")[0]
        if parts[2] == "s3":
            return  # what follows the bucket is a folder
        yield parts[5].rpartition("/")[2]
        yield parts[5].rpartition(":")[2]
