"""Whether a program's default provider of a cloud can work at all: said before anything is registered.

In:  a component's cloud and options, the stack's configuration, and the environment.
Out: nothing, or an error that names what is missing. What a provider may find elsewhere (a profile, a signed-in command
     line) is not missing: only the provider can tell.

Sources, read 2026-11-24: pulumi-aws 7.51.1, aws.ProviderArgs.region and profile; pulumi-gcp 10.2.0,
gcp.ProviderArgs.project and credentials; pulumi-azure-native 3.29.0, ProviderArgs.subscription_id: the variables that
each names, and the folders in which the clouds' own command lines keep what they know.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import pulumi

from residency_components.errors import ComponentError

EVALUATION = "RESIDENCY_EVALUATION"
"""Set while `residency check` evaluates a program, which needs neither credentials nor a cloud."""


class ProviderNotConfiguredError(ComponentError):
    """The default provider of a cloud misses what it cannot do without."""


class _Need(msgspec.Struct, frozen=True):
    """What a provider cannot do without, and where it may find it."""

    package: str
    key: str
    meaning: str
    elsewhere: tuple[str, ...]
    variables: tuple[str, ...]
    folder: str


_NEEDS = {
    "aws": _Need(
        package="aws",
        key="region",
        meaning="the region that the provider itself works in; every resource names its own",
        elsewhere=("profile",),
        variables=("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_CONFIG_FILE"),
        folder=".aws",
    ),
    "azure": _Need(
        package="azure-native",
        key="subscriptionId",
        meaning="the subscription that everything is made in",
        elsewhere=(),
        variables=("ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"),
        folder=".azure",
    ),
    "gcp": _Need(
        package="gcp",
        key="project",
        meaning="the project that everything is made in",
        elsewhere=("credentials",),
        variables=(
            "GOOGLE_PROJECT",
            "GOOGLE_CLOUD_PROJECT",
            "GCLOUD_PROJECT",
            "CLOUDSDK_CORE_PROJECT",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CREDENTIALS",
        ),
        folder=".config/gcloud",
    ),
}


def refuse_unconfigured(cloud: str, opts: pulumi.ResourceOptions | None) -> None:
    """Refuse a component whose provider is the program's default one and can surely not work.

    Args:
        cloud: of the component; a site's components have providers of their own.
        opts: the component's options; a provider in them, or a parent, is for the caller to configure.

    Raises:
        ProviderNotConfiguredError: the help says the command that sets what is missing.
    """
    need = _NEEDS.get(cloud)
    if need is None or os.environ.get(EVALUATION) or _given(need.package, opts) or _known(need):
        return
    raise ProviderNotConfiguredError(
        f"the provider `{need.package}` has no `{need.key}`: {need.meaning}",
        where=f"{need.package}:{need.key}",
        help=f"`pulumi config set {need.package}:{need.key} ...`, or set {' or '.join(need.variables[:2])}",
    )


def _given(package: str, opts: pulumi.ResourceOptions | None) -> bool:
    if opts is None:
        return False
    if opts.provider is not None or opts.parent is not None:
        return True
    given: Any = opts.providers or ()
    listed = cast("Mapping[str, pulumi.ProviderResource]", given).values() if isinstance(given, Mapping) else given
    return any(each.package == package for each in cast("Sequence[pulumi.ProviderResource]", listed))


def _known(need: _Need) -> bool:
    config = pulumi.Config(need.package)
    if any(config.get(key) for key in (need.key, *need.elsewhere)):
        return True
    return any(os.environ.get(name) for name in need.variables) or (Path.home() / need.folder).is_dir()
