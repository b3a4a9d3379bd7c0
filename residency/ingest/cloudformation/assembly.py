"""The folder that ``cdk synth`` writes: its stacks, and the files that its templates name by their hashes.

In:  a path of ``manifest.json``; the form is aws-cdk's cloud assembly (schema 55, read 2026-11-26).
Out: where each stack's template is and to which environment it goes; the local file behind an asset's address.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import InputError
from residency.ingest.cloudformation.document import HELP

_STACK_TYPE = "aws:cloudformation:stack"
_STAGE_TYPE = "cdk:cloud-assembly"
_MOST_STAGES = 10


class StackFile(msgspec.Struct, frozen=True, kw_only=True):
    """A stack of an assembly.

    Attributes:
        where: the file relative to the outermost assembly, as people find it.
        name: of the artifact, with the stages that it is in.
        stack_name: that it is deployed under.
        account: "" if not known.
        region: None if not known.
    """

    file: Path
    where: str
    name: str
    stack_name: str
    account: str
    region: str | None


class _Properties(msgspec.Struct, frozen=True, rename="camel"):
    directory_name: str = ""
    template_file: str = ""
    stack_name: str = ""


class _Artifact(msgspec.Struct, frozen=True):
    type: str = ""
    environment: str = ""
    properties: _Properties = _Properties()


class _Manifest(msgspec.Struct, frozen=True):
    artifacts: dict[str, _Artifact] = {}


class _Source(msgspec.Struct, frozen=True):
    path: str = ""
    packaging: str = "file"


class _Destination(msgspec.Struct, frozen=True, rename="camel"):
    object_key: str = ""


class _Asset(msgspec.Struct, frozen=True):
    source: _Source = _Source()
    destinations: dict[str, _Destination] = {}


class _Assets(msgspec.Struct, frozen=True):
    files: dict[str, _Asset] = {}


def stacks(manifest: Path, stage: str = "", folder: str = "") -> Iterator[StackFile]:
    """The stacks of an assembly and of the stages in it; ``stage`` begins their names, ``folder`` their files'.

    Raises:
        InputError: it cannot be read, is no manifest, or its stages are in one another without end.
    """
    if stage.count("/") > _MOST_STAGES:
        raise InputError(f"the stages of `{manifest}` are in one another without end", help="run `cdk synth` again")
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=_Manifest)
    except OSError as error:
        raise InputError(f"cannot read `{manifest}`: {error.strerror}", help=HELP) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InputError(f"`{manifest}` is not a manifest of `cdk synth`", help="run `cdk synth` again") from None
    for name, artifact in sorted(content.artifacts.items()):
        if artifact.type == _STACK_TYPE and artifact.properties.template_file:
            file = artifact.properties.template_file
            yield _stack(manifest.parent / file, f"{folder}{file}", f"{stage}{name}", artifact)
        elif artifact.type == _STAGE_TYPE:
            inner = artifact.properties.directory_name
            yield from stacks(manifest.parent / inner / "manifest.json", f"{stage}{name}/", f"{folder}{inner}/")


def _stack(file: Path, where: str, name: str, artifact: _Artifact) -> StackFile:
    """``aws://123456789012/eu-west-1``; either part may be ``unknown-account`` and ``unknown-region``."""
    account, _, place = artifact.environment.removeprefix("aws://").partition("/")
    return StackFile(
        file=file,
        where=where,
        name=name,
        stack_name=artifact.properties.stack_name or name,
        account=account if account.isdigit() else "",
        region=place if place and place != "unknown-region" else None,
    )


def local(url: str, folder: Path) -> Path | None:
    """The local file that a template's address stands for; None where there is none.

    In an assembly an address ends in the key under which ``*.assets.json`` lists the file. Before
    ``aws cloudformation package`` it is a path from the template's own folder.
    """
    asset = _assets(folder).get(url.rpartition("/")[2])
    path = folder / (asset or url)
    return path if (asset or "://" not in url) and _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # longer than a name may be, or with a character that none has


@functools.lru_cache(maxsize=64)
def _assets(folder: Path) -> Mapping[str, str]:
    """Files by the key under which they are uploaded."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.assets.json")):
        try:
            content = msgspec.json.decode(file.read_bytes(), type=_Assets)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue  # what it lists is then not found, and said so
        for asset in content.files.values():
            if asset.source.packaging == "file":
                found.update({each.object_key: asset.source.path for each in asset.destinations.values()})
    return {key: path for key, path in found.items() if key}
