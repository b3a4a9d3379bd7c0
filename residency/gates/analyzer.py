"""Two things that the engine tells a pack and pulumi_policy 1.21.0 drops: secrets' marks, and what it is doing.

In:  pulumi_policy's analyzer service, whose methods are wrapped before the pack starts.
Out: secrets stay marked in the arguments of policies, and `mode` says whether resources are about to be created.
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
    _keep_the_mode(module._PolicyAnalyzerServicer)  # noqa: SLF001 - pulumi_policy offers no other way


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
