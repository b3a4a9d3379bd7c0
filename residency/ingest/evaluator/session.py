"""One run of one program against the recording monitor, started as Pulumi's own language host starts it."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import runpy
import sys
from pathlib import Path
from typing import Any

import pulumi
import pulumi.runtime
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2

from . import derived
from .callbacks import Callbacks
from .invokes import Invokes
from .library import answer_for_placeholders
from .monitor import Monitor
from .patches import answer_missing_config, keep_origins, keep_placeholders_recognisable, watch_invokes
from .position import Locator
from .providers import DefaultProviders
from .recorder import Recorder
from .unset import Unset
from .wire import Scrubber


class Engine:
    """Takes the program's log. An error that a program logs would fail a real preview: it is noted."""

    def __init__(self, recorder: Recorder, scrubber: Scrubber) -> None:
        self._recorder = recorder
        self._scrubber = scrubber

    # The SDK calls these by the names of the service's methods.

    def Log(self, request: Any) -> empty_pb2.Empty:  # noqa: ANN401, N802
        """Note what the program logs as an error."""
        if request.severity == engine_pb2.ERROR:
            self._recorder.note(f"the program logged an error: {self._scrubber.redact(request.message.strip())}")
        return empty_pb2.Empty()

    def RequirePulumiVersion(self, _request: Any) -> engine_pb2.RequirePulumiVersionResponse:  # noqa: ANN401, N802
        """Accept any: there is no Pulumi command here whose version could be wrong."""
        return engine_pb2.RequirePulumiVersionResponse()


class Session:
    """Holds the parts of one run.

    Attributes:
        scrubber: knows every secret's text that was seen, for messages.
        recorder: has what was declared and assumed so far.
        unset: knows the optional values that nobody set.
    """

    def __init__(self, request: dict[str, Any], locator: Locator) -> None:
        """Take the request that ``child.main`` documents; set up the SDK, run nothing yet."""
        self._request = request
        self.scrubber = Scrubber()
        self.recorder = Recorder()
        stack, project = request["stack"], request["project"]
        invokes = Invokes(self.recorder)
        monitor = Monitor(
            stack=stack,
            project=project,
            recorder=self.recorder,
            scrubber=self.scrubber,
            locator=locator,
            providers=DefaultProviders(
                stack=stack,
                project=project,
                config=request["config"],
                secrets=set(request["secrets"]),
                recorder=self.recorder,
            ),
            invokes=invokes,
            states=request["states"],
            with_origins=request["origins"],
        )
        self._configure(monitor)
        answer_missing_config(self.recorder, locator)
        watch_invokes(invokes, locator)
        keep_placeholders_recognisable()
        answer_for_placeholders(self.recorder, locator)
        self.unset = Unset(self.recorder, locator, request["answered"])
        self.unset.watch()
        if request["origins"]:
            keep_origins()
        self._callbacks = Callbacks(locator, request["config"].values())
        self._callbacks.watch()
        if request["origins"]:
            derived.watch()

    def run(self) -> dict[str, Any]:
        """Run the program to its end, callbacks and pending registrations too; give what it declared."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        # A program that ends early leaves tasks behind; asyncio would complain about each.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        loop.run_until_complete(pulumi.runtime.run_in_stack(self._program))
        self._callbacks.note_skipped(self.recorder)
        return self.recorder.answer()

    def _configure(self, monitor: Monitor) -> None:
        request = self._request
        pulumi.runtime.set_all_config(request["config"], request["secrets"])
        wanted: dict[str, Any] = {
            "project": request["project"],
            "stack": request["stack"],
            "organization": request["organization"],
            "root_directory": request["root"],
            "monitor": monitor,
            "engine": Engine(self.recorder, self.scrubber),
            "parallel": 1,
            "dry_run": True,
        }
        known = inspect.signature(pulumi.runtime.Settings).parameters  # older SDKs know fewer
        pulumi.runtime.configure(pulumi.runtime.Settings(**{key: wanted[key] for key in wanted if key in known}))

    def _program(self) -> None:
        program = self._request["program"]
        os.chdir(self._request["folder"])
        sys.path[:] = [str(Path(program).parent), *(entry for entry in sys.path if entry)]
        sys.argv = [program]
        try:
            runpy.run_path(program, run_name="__main__")
        except SystemExit as error:
            if error.code not in (None, 0):
                raise
