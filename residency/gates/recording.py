"""The record that a policy pack leaves: what it judged in one run of the engine, by what, and with which outcome.

In:  a pack's configuration and folder, the graph of the whole stack and its verdicts.
Out: a file. The record of an earlier run is removed before anything is judged, so that a run which is stopped leaves
     none. Whatever fails in here is an error of the policy that calls it, and blocks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from residency.check import result_of
from residency.errors import UsageError
from residency.model import ResourceGraph, Verdict
from residency.perimeter import Perimeter
from residency.record import inputs, make, values
from residency.record.values import Named

VARIABLE = "RESIDENCY_RECORD"
_HELP = f"give a file in a folder that exists, by `{VARIABLE}` or the pack's configuration `record`"


class Recorder:
    """Writes the record of one run, where one is asked for.

    Args:
        name: of the pack.
        folder: of the pack; its files are part of the record.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._folder = name, folder
        self._path: Path | None = None

    def begin(self, config: Mapping[str, object], root: Path) -> None:
        """Find out where the record goes, and remove an earlier one.

        Args:
            config: of the pack.
            root: the project's folder, to which a relative path belongs.

        Raises:
            UsageError: an earlier record cannot be removed.
        """
        named = os.environ.get(VARIABLE) or config.get("record")
        path = root / named if isinstance(named, str) and named else None
        if path is None or path == self._path:
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"cannot replace the record `{path}`: {error.strerror}", help=_HELP) from None
        self._path = path

    def write(
        self, graph: ResourceGraph, verdicts: Sequence[Verdict], perimeter: Perimeter, config: Mapping[str, object]
    ) -> None:
        """Write the record of a whole stack.

        Raises:
            UsageError: it cannot be written.
        """
        if self._path is None:
            return
        pack = Named(name=self._name, digest=inputs.of_pack(self._folder))
        beside = make.Beside(settings=dict(config), pack=pack)
        record = make.of_result((graph,), result_of((graph,), verdicts, perimeter), beside)
        try:
            self._path.write_bytes(values.encode(record))
        except OSError as error:
            raise UsageError(f"cannot write the record `{self._path}`: {error.strerror}", help=_HELP) from None
