"""The user's own files are told from libraries and from the evaluator."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import NamedTuple

import residency.ingest.evaluator
from residency.ingest.evaluator.position import Locator


class Position(NamedTuple):
    """As a request carries it."""

    uri: str
    line: int


def at(path: Path, line: int) -> Position:
    return Position(path.as_uri(), line)


def test_the_first_position_in_the_users_files_counts(tmp_path: Path) -> None:
    positions = [
        at(tmp_path / ".venv/lib/python3.11/site-packages/sdk/bucket.py", 1),
        at(Path("/elsewhere/x.py"), 2),
        at(tmp_path / "stacks/my file.py", 3),
        at(tmp_path / "__main__.py", 4),
    ]
    assert Locator(str(tmp_path)).first(positions) == "project:///stacks/my%20file.py#3"


def test_without_one_there_is_none(tmp_path: Path) -> None:
    assert Locator(str(tmp_path)).first([at(Path("/elsewhere/x.py"), 2), Position("", 0)]) is None


def test_the_evaluators_own_files_are_nobodys() -> None:
    own = Path(str(residency.ingest.evaluator.__file__))
    locator = Locator(str(own.parents[3]))
    assert locator.relative(str(own)) is None
    assert locator.relative(str(own.parents[1] / "program.py")) == "residency/ingest/program.py"


def test_here_is_the_calling_line() -> None:
    assert Locator(str(Path(__file__).parent)).here(inspect.currentframe()).startswith("test_position.py:")


def test_code_made_from_text_has_no_place(tmp_path: Path) -> None:
    assert Locator(str(tmp_path)).relative("<string>") is None
