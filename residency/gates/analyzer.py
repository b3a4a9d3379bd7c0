"""Three things that the engine tells a pack and pulumi_policy 1.21.0 drops or keeps apart.

In:  pulumi_policy's analyzer service, whose methods are wrapped before the pack starts.
Out: secrets stay marked in the arguments of policies; `mode` says whether resources are about to be created; what is
     configured for one policy of the pack holds for all that are not configured themselves.
"""

from __future__ import annotations

import enum
import os
from typing import Any, cast

from pulumi_policy import policy


class Mode(enum.Enum):
    """What the engine is doing. It does not say so where a state is only analysed."""

    PREVIEW = "preview"
    DEPLOYMENT = "deployment"
    NOT_TOLD = "not told"


class _Told:
    """What the engine's `ConfigureStack` said."""

    preview: bool | None = None


def mode() -> Mode:
    """What the engine is doing now."""
    if _Told.preview is not None:
        return Mode.PREVIEW if _Told.preview else Mode.DEPLOYMENT
    variable = os.environ.get("PULUMI_DRY_RUN")
    if variable is None:
        return Mode.NOT_TOLD
    return Mode.PREVIEW if variable == "true" else Mode.DEPLOYMENT


def keep_what_the_engine_tells() -> None:
    """Wrap the analyzer service; to be called once, before the pack starts."""
    module = cast("Any", policy)
    _keep_secrets_marked(module)
    servicer = module._PolicyAnalyzerServicer  # noqa: SLF001 - pulumi_policy offers no other way
    _keep_the_mode(servicer)
    _share_the_configuration(servicer)


def _keep_secrets_marked(module: Any) -> None:  # noqa: ANN401 - a module's private parts
    """Give policies the wire form, in which a secret is marked, instead of the secret itself.

    The service calls ``deserialize_properties`` by its module's name for validations, and takes the mark off there, so
    that a message could show a secret.
    """
    original = module.deserialize_properties

    def keep_wire_form(props: dict[str, object], proxy_secrets: bool = False) -> object:
        return original(props, proxy_secrets) if proxy_secrets else props

    module.deserialize_properties = keep_wire_form


def _keep_the_mode(servicer: Any) -> None:  # noqa: ANN401 - as above
    """Keep what `ConfigureStack` says of a dry run.

    The environment has it only where the pack is started without Pulumi's Python language host (pulumi 3.259.0,
    `plugin/analyzer_plugin.go`, `NewPolicyAnalyzer`; checked 2026-11-23).
    """
    original = servicer.ConfigureStack

    def configure_stack(self: object, request: Any, context: object) -> object:  # noqa: ANN401 - a message
        _Told.preview = bool(request.dry_run)
        return original(self, request, context)

    servicer.ConfigureStack = configure_stack


def _share_the_configuration(servicer: Any) -> None:  # noqa: ANN401 - as above
    """Give the configuration of one policy to those that have none.

    The engine keeps it policy by policy. A perimeter given to the policy over the whole stack only would leave the one
    before each create with its default, and a resource outside would be created before the stack is judged.
    """
    original = servicer.Configure

    def configure(self: object, request: Any, context: object) -> object:  # noqa: ANN401 - a message
        each = [request.policyConfig[name] for name in sorted(request.policyConfig)]
        given = next((one.properties for one in each if one.properties.fields), None)
        for one in each:
            if given is not None and not one.properties.fields:
                one.properties.CopyFrom(given)
        return original(self, request, context)

    servicer.Configure = configure
