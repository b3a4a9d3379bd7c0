"""The part of GitHub's REST API that has comments, on this machine.

In:  requests of ``ci/github/comment.py``.
Out: what GitHub answers; the comments can be looked at. Paging, authors and refusals are GitHub's.
     Source: https://docs.github.com/rest/issues/comments, read 2026-11-26.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "acme/shop"
NUMBER = 7
TOKEN = "not-a-secret"  # noqa: S105 - of this stand-in
BOT = "github-actions[bot]"


@dataclass
class Comments:
    """The comments of one pull request.

    Attributes:
        url: of the API.
        found: the comments, oldest first.
        calls: method and path of each request.
        refuses: the status that every attempt to write gets, if any; also reading, if ``blind``.
    """

    url: str = ""
    found: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    calls: list[str] = field(default_factory=list[str])
    refuses: int | None = None
    blind: bool = False

    def add(self, body: str, login: str | None = BOT) -> dict[str, Any]:
        """A comment of somebody; None is an account that is gone."""
        user = None if login is None else {"login": login}
        made = {"id": 1000 + len(self.found), "body": body, "user": user}
        self.found.append(made)
        return made

    @property
    def bodies(self) -> list[str]:
        """The texts."""
        return [each["body"] for each in self.found]


class _Handler(BaseHTTPRequestHandler):
    comments: Comments

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Say nothing."""

    def do_GET(self) -> None:
        """List a page of comments."""
        parts = urlsplit(self.path)
        if not self._may(write=False) or parts.path != f"/repos/{REPOSITORY}/issues/{NUMBER}/comments":
            return self._answer(self.comments.refuses or 404, {"message": "Not Found"})
        query = parse_qs(parts.query)
        size, page = int(query["per_page"][0]), int(query["page"][0])
        return self._answer(200, self.comments.found[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        """Add a comment."""
        if not self._may(write=True):
            return self._refuse()
        if self.path != f"/repos/{REPOSITORY}/issues/{NUMBER}/comments":
            return self._answer(404, {"message": "Not Found"})
        return self._answer(201, self.comments.add(self._body()))

    def do_PATCH(self) -> None:
        """Change a comment."""
        if not self._may(write=True):
            return self._refuse()
        match = re.fullmatch(rf"/repos/{REPOSITORY}/issues/comments/(\d+)", self.path)
        known = [each for each in self.comments.found if match and each["id"] == int(match[1])]
        if not known:
            return self._answer(404, {"message": "Not Found"})
        known[0]["body"] = self._body()
        return self._answer(200, known[0])

    def _may(self, *, write: bool) -> bool:
        self.comments.calls.append(f"{self.command} {self.path}")
        known = self.headers["Authorization"] == f"Bearer {TOKEN}"
        return known and not (self.comments.refuses and (write or self.comments.blind))

    def _refuse(self) -> None:
        self._answer(self.comments.refuses or 401, {"message": "Resource not accessible by integration"})

    def _body(self) -> str:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def _answer(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served() -> Generator[Comments]:
    """A repository without comments."""
    comments = Comments()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Served", (_Handler,), {"comments": comments}))
    comments.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield comments
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
