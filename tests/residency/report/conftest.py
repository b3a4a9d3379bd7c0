"""The folder of a run in which the sample's targets are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.residency.report.sample import make_files


@pytest.fixture
def run_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample's files, and the process in it."""
    make_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
