"""The part of GitLab's REST API that has the notes of a merge request, on this machine.

In:  requests of ``ci/gitlab/note.py``.
Out: what GitLab answers; the notes can be looked at.
     Source: https://docs.gitlab.com/api/notes/, read 2026-11-26.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROJECT, NUMBER, OURSELVES = 42, 7, 900
TOKEN = "not-a-secret"  # noqa: S105 - of this stand-in
_NOTES = f"/projects/{PROJECT}/merge_requests/{NUMBER}/notes"


@dataclass
class Notes:
    """The notes of one merge request; ``refuses`` is the status that every request gets, if any."""

    url: str = ""
    found: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    refuses: int | None = None

    def add(self, body: str, author: int = OURSELVES) -> dict[str, Any]:
        """A note of somebody."""
        made = {"id": 1000 + len(self.found), "body": body, "author": {"id": author}}
        self.found.append(made)
        return made

    @property
    def bodies(self) -> list[str]:
        """The texts."""
        return [each["body"] for each in self.found]


class _Handler(BaseHTTPRequestHandler):
    notes: Notes

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Say nothing."""

    def do_GET(self) -> None:
        """Who asks, or a page of notes, the newest first."""
        if self.path == "/user":
            return self._answer(200, {"id": OURSELVES})
        if self.path == f"{_NOTES}?per_page=100&page=1":
            return self._answer(200, self.notes.found[::-1])
        return self._answer(404, {})

    def do_POST(self) -> None:
        """Add a note."""
        self._answer(201, self.notes.add(self._body())) if self.path == _NOTES else self._answer(404, {})

    def do_PUT(self) -> None:
        """Change a note."""
        known = [each for each in self.notes.found if self.path == f"{_NOTES}/{each['id']}"]
        if known:
            known[0]["body"] = self._body()
        self._answer(200 if known else 404, {})

    def _body(self) -> str:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def _answer(self, status: int, value: object) -> None:
        known = self.headers["PRIVATE-TOKEN"] == TOKEN
        data = json.dumps(value).encode()
        self.send_response((self.notes.refuses or status) if known else 401)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served() -> Generator[Notes]:
    """A merge request without notes."""
    notes = Notes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Served", (_Handler,), {"notes": notes}))
    notes.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield notes
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
