"""URNs as the engine makes them.

Source: the engine's ``resource.NewURN`` and ``DefaultName`` (v3.259.0), checked 2026-11-23.
"""

from __future__ import annotations

import re

STACK_TYPE = "pulumi:pulumi:Stack"


def make_urn(stack: str, project: str, parent: str, token: str, name: str) -> str:
    """Take the parent's URN ("" for none), a type and a name; give the URN. The stack is no part of the chain."""
    chain = parent.split("::", 3)[2] if parent else ""
    if chain and chain != STACK_TYPE:
        token = f"{chain}${token}"
    return f"urn:pulumi:{stack}::{project}::{token}::{name}"


def default_provider_name(version: str, url: str) -> str:
    """Take the version and address an SDK asks for; give the default provider's name, ``default_7_51_1``."""
    parts = ["default"]
    if version:
        release, _, build = version.removeprefix("v").partition("+")
        core, _, pre = release.partition("-")
        parts += [*core.split("."), *(pre.split(".") if pre else ()), *(build.split(".") if build else ())]
    if url:
        parts.append(
            "/".join(re.sub(r"^[^A-Za-z0-9_.]|[^A-Za-z0-9_.\-]", "_", part) for part in url.split("/") if part)
        )
    return "_".join(parts)


def package_of(token: str) -> str:
    """Take a type or function token; give its package, ``aws`` of ``aws:s3/bucket:Bucket``."""
    return token.split(":", 1)[0]
