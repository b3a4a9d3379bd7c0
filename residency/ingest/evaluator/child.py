"""Runs one program: request on standard input, answer in a file, then the process ends at once.

Source for how a program is started: ``pulumi-language-python-exec`` (github.com/pulumi/pulumi), 2026-11-23.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .failure import describe
from .files import FilesRead, look_elsewhere, strays
from .position import Locator

if TYPE_CHECKING:
    from .session import Session

_YOUNG_OBJECTS = 100_000  # provider SDKs make many objects and no garbage while they are imported


def main() -> None:
    """Read the request, run the program, write the answer, end the process.

    The request: ``project``, ``stack``, ``organization``; ``root``, ``folder``, ``program`` (absolute paths);
    ``config`` (full key to text), ``secrets`` (keys), ``states`` (stack name to outputs), ``origins`` (whether each
    unknown part of a property names the resources it comes from), ``answered`` (optional values, not set, for which a
    placeholder is made up), ``answer`` (path); perhaps ``reads``: whether the files that are read are wanted, which
    slows the program by a tenth; and ``elsewhere``: a folder that no module may come from, and the one instead of it.
    The answer: ``resources``, ``assumed``, ``notes``, ``reads`` (files), ``strays`` (modules of ``elsewhere``); or
    ``failure``, as ``failure.describe`` gives it.
    """
    gc.set_threshold(_YOUNG_OBJECTS, 50, 50)
    request: dict[str, Any] = json.load(sys.stdin)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for the rest of the process
    answer = _answer(request)
    path = Path(request["answer"])
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(answer, allow_nan=False), encoding="utf-8")
    partial.replace(path)
    os._exit(0)  # threads that the program left running must not keep it alive


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    locator = Locator(request["root"])
    session: Session | None = None
    files = FilesRead(request["root"]) if request.get("reads") else None
    if "elsewhere" in request:
        look_elsewhere(*request["elsewhere"])
    try:
        from .session import Session  # noqa: PLC0415 - imports pulumi, which may be missing: that is an answer too

        session = Session(request, locator)
        answer = {**session.run(), "reads": files.reads() if files else []}
        return {**answer, "strays": strays(*request["elsewhere"])} if "elsewhere" in request else answer
    except BaseException as error:  # noqa: BLE001 - whatever the program raises is the answer
        failure = describe(error, locator)
        if session is not None:
            failure["message"] = session.scrubber.redact(failure["message"])
            failure["unanswered"] = sorted(session.unset.unanswered)
            failure["assumed"] = sorted({item.name for item in session.recorder.assumed() if item.kind == "config"})
        return {"failure": failure}
